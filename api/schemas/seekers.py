"""A person's profile, as it is stored and as it is sent with one request."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import ConfigDict, Field, JsonValue, model_validator
from pydantic_core import PydanticCustomError

from api.schemas.fields import (
    ConnectionName,
    CountryCode,
    DeviceName,
    Document,
    Hours,
    LanguageCode,
    LevelName,
    PayDocument,
    Skills,
    SomeText,
    Windows,
    ZoneName,
)
from engine.documents import seeker_from_document
from engine.seekers import Seeker

PROFILE_EXAMPLE: dict[str, JsonValue] = {
    "text": "Diseñadora gráfica, identidad de marca y redes sociales",
    "skills": ["Adobe Illustrator", "Photoshop"],
    "languages": {"es": "native", "en": "A2"},
    "availability": {
        "time_zone": "America/Lima",
        "hours_per_week": 20,
        "windows": [{"days": ["mon", "tue", "wed", "thu", "fri"], "start": "19:00", "end": "23:00"}],
    },
    "device": "phone",
    "min_pay": {"amount": 1130, "currency": "PEN", "period": "month"},
}


class AvailabilityDocument(Document):
    """The hours a person is free, in local time; without windows, any hour of the week."""

    model_config = ConfigDict(json_schema_extra={"examples": [PROFILE_EXAMPLE["availability"]]})

    time_zone: ZoneName
    hours_per_week: Hours | None = None
    windows: Windows | None = None


class ProfileDocument(Document):
    """A person looking for work; all but `text` or `skills` is optional, and what is left out rules nothing out."""

    model_config = ConfigDict(json_schema_extra={"examples": [PROFILE_EXAMPLE]})

    text: SomeText | None = Field(None, description="what the person does and looks for, in their own words")
    skills: Skills | None = None
    languages: Annotated[dict[LanguageCode, LevelName], Field(max_length=30)] | None = None
    availability: AvailabilityDocument | None = None
    device: DeviceName | None = Field(None, description="the best device the person has")
    connection: ConnectionName | None = Field(None, description="the best connection the person has")
    min_pay: PayDocument | None = Field(None, description="jobs that state a lower pay are left out")
    country: CountryCode | None = Field(None, description="where the person lives; PE when left out")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.text or "").strip() and not any(skill.strip() for skill in self.skills or ()):
            raise PydanticCustomError(
                "empty_profile", "a profile needs a text or a skill: without one there is nothing to match"
            )
        return self

    def seeker(self, seeker_id: str = "") -> Seeker:
        """The person; raises InvalidInputError for a value that no domain type accepts."""
        return seeker_from_document(self.model_dump(exclude_unset=True), seeker_id)
