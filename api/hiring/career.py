"""What people tell of what they did and learned: portfolio links, experience, education; contacts are taken out."""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, ConfigDict, Field, JsonValue, model_validator

from api.schemas.fields import Document
from engine.documents.faults import refused
from engine.errors import InvalidInputError
from engine.moderation.contacts.masking import masked

MOST_LINKS, MOST_POSTS, MOST_STUDIES = 10, 30, 20
FIRST_YEAR, LONGEST_STUDY_AHEAD = 1940, 12
# A host with a dot in it, of names and not of numbers; no user, no password, no port.
_LINK = re.compile(
    r"https://(?:[a-z0-9\u00a1-\U0010ffff-]{1,63}\.)++[a-z\u00a1-\U0010ffff][a-z0-9-]{1,62}(?:[/?#].*)?", re.I
)
_CONTROL = re.compile(r"[\s\x00-\x20\x7f\\]")


def _portfolio_link(text: str) -> str:
    if _CONTROL.search(text) or not _LINK.fullmatch(text):
        raise refused("that is no address of a portfolio", "https://, a host's name, and no user, password or port")
    return text


class EducationLevel(StrEnum):
    """How far one studied."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    TECHNICAL = "technical"
    UNIVERSITY = "university"
    POSTGRADUATE = "postgraduate"
    COURSE = "course"


Words = Annotated[str, Field(min_length=1, max_length=120)]
Month = Annotated[str, Field(pattern=r"^(?:19[4-9]|20[0-9])[0-9]-(?:0[1-9]|1[0-2])$", examples=["2024-03"])]
Link = Annotated[str, Field(max_length=500, json_schema_extra={"format": "uri"}), AfterValidator(_portfolio_link)]


class PortfolioLink(Document):
    """An address where the person shows what they do; nobody here opens it."""

    url: Link
    label: Words | None = None


class Experience(Document):
    """Work that the person did; without `to_month` they do it now."""

    title: Words
    employer: Words | None = None
    from_month: Month | None = None
    to_month: Month | None = None
    text: Annotated[str, Field(max_length=2_000)] | None = Field(None, description="what they did there")

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Experience:
        if self.from_month is not None and self.to_month is not None and self.to_month < self.from_month:
            raise refused("work ends before it begins", "to_month at or after from_month")
        return self


class Education(Document):
    """What the person studied; `year`: when they ended, or will."""

    level: EducationLevel
    title: Words | None = None
    institution: Words | None = None
    year: Annotated[int, Field(strict=True, ge=FIRST_YEAR, le=2100)] | None = None


CAREER_EXAMPLE: dict[str, JsonValue] = {
    "portfolio": [{"url": "https://portafolio.example/rosa", "label": "Mis diseños"}],
    "experience": [
        {
            "title": "Diseñadora",
            "employer": "Imprenta Sol",
            "from_month": "2021-02",
            "to_month": "2024-03",
            "text": "Volantes y catálogos.",
        }
    ],
    "education": [{"level": "technical", "title": "Diseño gráfico", "institution": "Instituto Túpac", "year": 2020}],
}


class Career(Document):
    """What the person tells of themselves to those whom they apply to; no ranking reads it."""

    model_config = ConfigDict(json_schema_extra={"examples": [CAREER_EXAMPLE]})

    portfolio: Annotated[list[PortfolioLink], Field(max_length=MOST_LINKS)] = Field(default_factory=list)
    experience: Annotated[list[Experience], Field(max_length=MOST_POSTS)] = Field(default_factory=list)
    education: Annotated[list[Education], Field(max_length=MOST_STUDIES)] = Field(default_factory=list)


def career_to_keep(career: Career, now: datetime) -> dict[str, Any]:
    """The document as it is kept, without contacts; raises InvalidInputError for what has not been yet."""
    today = now.date()
    for number, post in enumerate(career.experience):
        if any(month is not None and _first_day(month) > today for month in (post.from_month, post.to_month)):
            raise InvalidInputError(
                "work that has not been yet", expected="months up to this one", field=f"experience.{number}"
            )
    for number, study in enumerate(career.education):
        if study.year is not None and study.year > today.year + LONGEST_STUDY_AHEAD:
            raise InvalidInputError("a year too far ahead", expected="when it ends", field=f"education.{number}.year")
    document = career.model_dump(mode="json")
    return {
        "portfolio": [_masked(link, "label") for link in document["portfolio"]],
        "experience": [_masked(post, "title", "employer", "text") for post in document["experience"]],
        "education": [_masked(study, "title", "institution") for study in document["education"]],
    }


def _masked(document: dict[str, Any], *fields: str) -> dict[str, Any]:
    return document | {name: masked(document[name]) for name in fields if document[name]}


def _first_day(month: str) -> date:
    year, _, number = month.partition("-")
    return date(int(year), int(number), 1)
