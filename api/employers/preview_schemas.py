"""What employers read of a job before they post it: the card, what is wrong with it, and how many could do it."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field, JsonValue

from api.employers.schemas import SignDocument
from api.recommendations.schemas.answers import JobCard
from api.schemas.fields import Document
from api.schemas.state_reasons import REASON_EXAMPLE, StateReason
from engine.recommendation.people_counts import Change

WAY_EXAMPLE: dict[str, JsonValue] = {
    "change": "later",
    "more": 10,
    "text": "Si empezara 30 minutos más tarde, unas 10 personas más",
}


class PreviewedSign(SignDocument):
    """A sign, and how it is mended."""

    fix: str = Field(description="what to do, in the language of whoever asks")


class WayToMore(Document):
    """A change of the job, and how many more people could do it then, to the nearest five."""

    model_config = ConfigDict(json_schema_extra={"examples": [WAY_EXAMPLE]})

    change: Change
    more: int
    text: str


class PeopleWhoCould(Document):
    """How many of the people who agreed to be found could do the job and are free then, to the nearest five.

    `count`: null for fewer than five, of whom nothing is told. `is_at_least`: not everybody was looked at.
    """

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"count": 35, "is_at_least": False, "ways": [WAY_EXAMPLE]}]}
    )

    count: int | None
    is_at_least: bool
    ways: list[WayToMore]


class JobPreview(Document):
    """A job as people would see it, its signs, whether it would be shown at once, and who could do it.

    `people` is null while nothing is served that could tell.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "job": {"title": "Diseñadora web, por las noches", "modality": "remote"},
                    "state": "waiting",
                    "state_reasons": [REASON_EXAMPLE],
                    "signs": [],
                    "people": {"count": 35, "is_at_least": False, "ways": [WAY_EXAMPLE]},
                }
            ]
        }
    )

    job: JobCard
    state: Literal["open", "waiting"]
    state_reasons: list[StateReason]
    signs: list[PreviewedSign]
    people: PeopleWhoCould | None
