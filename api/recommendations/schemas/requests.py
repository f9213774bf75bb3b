"""The request body of `POST /v1/recommendations`."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from api.routing.lines import ONE_LINE
from api.schemas.fields import ID_PATTERN, Document, Flag, Share
from engine.documents.fields import CurrencyCode, LanguageCode
from engine.documents.seekers import PROFILE_EXAMPLE, ProfileDocument
from engine.explain import Locale
from engine.filtering.filters import JobFilter
from engine.jobs import ContractType, HoursType, Modality
from engine.recommendation.recommend import MAX_LIMIT
from engine.recommendation.sorting import JobSort

DEFAULTS = JobFilter()
MAX_BATCH = 1000


def _once(schema: JsonDict) -> None:
    """What is said twice counts once: it is no error."""
    del schema["uniqueItems"]


Sort = Annotated[
    JobSort,
    Field(
        description="what the jobs are put in order by: the score, or pay in soles among the best by the score, where "
        "jobs whose pay is not known come last"
    ),
]
UnwantedWords = Annotated[str, Field(min_length=2, max_length=80)]
Some = Field(min_length=1, json_schema_extra=_once)


class FilterDocument(Document):
    """What jobs must be like, beyond the person's own limits; null asks for any."""

    modalities: Annotated[frozenset[Modality], Some] | None = DEFAULTS.modalities
    contracts: Annotated[frozenset[ContractType], Some] | None = DEFAULTS.contracts
    hours_types: Annotated[frozenset[HoursType], Some] | None = DEFAULTS.hours_types
    allow_unstated: Flag = Field(
        DEFAULTS.allow_unstated, description="whether a job may pass that does not state what is filtered"
    )
    min_hours_coverage: Share = Field(
        DEFAULTS.min_hours_coverage, description="least share of a job's hours that the person has free"
    )
    max_experience_years: Annotated[float, Field(strict=True, ge=0, le=60)] | None = Field(
        None, description="jobs may ask for no more years of experience, as far as their words tell"
    )
    min_hours_per_week: Annotated[float, Field(strict=True, gt=0, le=168)] | None = Field(
        None, description="jobs have so many hours a week at least, as far as they tell them"
    )
    place: Annotated[str, Field(min_length=2, max_length=80)] | None = Field(
        None, description="a city or region: jobs are there, or remote"
    )
    currencies: Annotated[frozenset[CurrencyCode], Some] | None = Field(
        None, description="currencies that pay may be in, where a job states its pay"
    )
    without_languages: frozenset[LanguageCode] = Field(
        frozenset(), max_length=20, json_schema_extra=_once, description="languages that jobs may not ask for"
    )
    without_words: frozenset[UnwantedWords] = Field(
        frozenset(),
        max_length=20,
        json_schema_extra=_once,
        description="work that is not wanted, such as `ventas`: a job's title, employer or skills may not have all "
        "words of one",
    )

    def wanted(self) -> JobFilter:
        """The engine's filter."""
        return JobFilter(**self.model_dump()) if self.model_fields_set else DEFAULTS


class RecommendationRequest(Document):
    """Jobs for a stored person (`seeker_id`) or for the `profile` in the request: exactly one of the two."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"profile": PROFILE_EXAMPLE, "profile_reference": "user-8231", "limit": 10}]}
    )

    seeker_id: Annotated[str, Field(pattern=ID_PATTERN)] | None = None
    profile: ProfileDocument | None = None
    profile_reference: Annotated[str, Field(pattern=ID_PATTERN)] | None = Field(
        None,
        description="your own id of the person in `profile`, by which `DELETE /v1/profiles/{profile_reference}` erases "
        "them from what was logged; only a keyed hash of it is stored",
    )
    limit: Annotated[int, Field(strict=True, ge=1, le=MAX_LIMIT)] = 10
    filters: FilterDocument = Field(default_factory=FilterDocument)
    sort: Sort = JobSort.BEST
    locale: Locale = Field(Locale.ES, description="the language of reasons and notice")

    reads_limits: Flag = Field(
        True,
        description="whether hours and pay that the words of `profile` ask for are read where it states none; what was "
        "read is in the answer's `understood`",
    )

    @model_validator(mode="after")
    def _one_person(self) -> Self:
        if (self.seeker_id is None) == (self.profile is None):
            raise PydanticCustomError("one_person", "send either seeker_id or profile, exactly one of them")
        if self.profile_reference is not None and self.profile is None:
            raise PydanticCustomError("reference_of_profile", "a profile_reference goes with a profile: send both")
        return self


class BatchRequest(Document):
    """The same question for many stored people: each gets a line of the answer, in this order."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"seeker_ids": ["seeker-1", "seeker-2"], "limit": 5}]})

    seeker_ids: Annotated[
        list[Annotated[str, Field(pattern=ID_PATTERN), ONE_LINE]], Field(min_length=1, max_length=MAX_BATCH)
    ]
    limit: Annotated[int, Field(strict=True, ge=1, le=MAX_LIMIT)] = 10
    filters: FilterDocument = Field(default_factory=FilterDocument)
    sort: Sort = JobSort.BEST
    locale: Locale = Field(Locale.ES, description="the language of reasons and notice")
