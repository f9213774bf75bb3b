"""A person's profile as a JSON document: as it is stored, and as it is sent with one request.

`seeker_from_document(seeker_document(seeker), id) == seeker`.
"""

from __future__ import annotations

from typing import Any

from pydantic import ConfigDict, Field, JsonValue, model_validator
from pydantic_core import PydanticCustomError

from engine.documents.conversion import stated, writer
from engine.documents.fields import (
    ConnectionName,
    CountryCode,
    DeviceName,
    Document,
    Skills,
    SomeText,
    SpokenLanguages,
)
from engine.documents.parts import AVAILABILITY_EXAMPLE, AvailabilityPart, PayPart
from engine.documents.stored import read_stored, read_stored_json
from engine.seekers import Seeker

PROFILE_EXAMPLE: dict[str, JsonValue] = {
    "text": "Diseñadora gráfica, identidad de marca y redes sociales",
    "skills": ["Adobe Illustrator", "Photoshop"],
    "languages": {"es": "native", "en": "A2"},
    "availability": AVAILABILITY_EXAMPLE,
    "device": "phone",
    "min_pay": {"amount": 1130, "currency": "PEN", "period": "month"},
}


class SeekerDocument(Document):
    """What is known of a person; what is left out rules nothing out."""

    text: SomeText | None = Field(None, description="what the person does and looks for, in their own words")
    skills: Skills | None = None
    languages: SpokenLanguages | None = None
    availability: AvailabilityPart | None = None
    device: DeviceName | None = Field(None, description="the best device the person has")
    connection: ConnectionName | None = Field(None, description="the best connection the person has")
    min_pay: PayPart | None = Field(None, description="jobs that state a lower pay are left out")
    country: CountryCode | None = Field(None, description="where the person lives; PE when left out")

    def seeker(self, seeker_id: str = "") -> Seeker:
        """The person; raises InvalidInputError for a pay floor that no pay can be held against."""
        return Seeker(seeker_id, **stated(self))


class ProfileDocument(SeekerDocument):
    """A person looking for work; all but `text` or `skills` is optional, and what is left out rules nothing out."""

    model_config = ConfigDict(json_schema_extra={"examples": [PROFILE_EXAMPLE]})

    @model_validator(mode="before")
    @classmethod
    def _says_something(cls, sent: Any) -> Any:
        if isinstance(sent, dict) and _is_blank(sent.get("text")) and all(map(_is_blank, _listed(sent.get("skills")))):
            raise PydanticCustomError(
                "empty_profile", "a profile needs a text or a skill: without one there is nothing to match"
            )
        return sent


def seeker_from_document(document: object, seeker_id: str = "") -> Seeker:
    """The seeker of a stored document; raises InvalidInputError naming the first field that cannot be used."""
    return Seeker(seeker_id, **read_stored(SeekerDocument, document))


def seeker_from_json(text: str | bytes, seeker_id: str = "") -> Seeker:
    """The seeker of a stored text of JSON; raises InvalidInputError as `seeker_from_document` does."""
    return Seeker(seeker_id, **read_stored_json(SeekerDocument, text))


SEEKER_KEYS = tuple(SeekerDocument.model_fields)
seeker_document = writer(SeekerDocument)


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]
