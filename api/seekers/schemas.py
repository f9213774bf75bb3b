"""What a person with an account sends and reads: profile, private details, saved jobs, dismissals, applications."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, JsonValue

from api.hiring.schemas import APPLICATION_EXAMPLE, InvitationStateName, OwnApplication, OwnCase
from api.recommendations.schemas.answer_examples import CHIP_EXAMPLE
from api.recommendations.schemas.requests import FilterDocument, Sort
from api.schemas.fields import EXAMPLE_ID, ID_PATTERN, WHEN, Amount, Document, Flag, FreeText, RowId
from engine.documents.jobs import JobDocument
from engine.documents.kinds import whole_number
from engine.documents.parts import AvailabilityDocument
from engine.documents.seekers import PROFILE_EXAMPLE, ProfileDocument
from engine.explain import Locale
from engine.programmes.days import Day
from engine.programmes.form import RegionName
from engine.recommendation.recommend import MAX_LIMIT
from engine.recommendation.sorting import JobSort
from engine.search.chips import ChipKind
from store.hiring.saved_jobs import DismissalReason

JobIdField = Annotated[str, Field(pattern=ID_PATTERN, examples=["web-1"])]


class OwnProfile(Document):
    """The profile as it is stored; `masked`: contacts were taken out of the words, which others may read."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"seeker_id": EXAMPLE_ID, "profile": PROFILE_EXAMPLE, "masked": False}]}
    )

    seeker_id: str
    profile: ProfileDocument
    masked: bool


class AvailabilityImported(Document):
    """The hours that were read from a calendar, and what of it could not be told in a week."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "availability": {
                        "time_zone": "America/Lima",
                        "windows": [{"days": ["mon", "tue"], "start": "19:00", "end": "23:00"}],
                    },
                    "notes": ["Dejamos fuera un horario que no se repite cada semana."],
                }
            ]
        }
    )

    availability: AvailabilityDocument
    notes: list[str]


class PrivateDetailsDocument(Document):
    """What no ranking ever sees; null where it is not told. Income and class need the consent `sensitive`."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "national_id": "12345678",
                    "income": 850,
                    "household_size": 4,
                    "poverty_class": "poor",
                    "poverty_class_date": "2025-03-31",
                    "birth_date": "1998-07-28",
                    "region": "Puno",
                }
            ],
        }
    )

    national_id: Annotated[str, Field(pattern=r"^[0-9]{8}$", description="DNI")] | None = None
    income: Amount | None = Field(None, description="of the household, soles a month")
    household_size: Annotated[int, whole_number("people, from 1 to 50", ge=1, le=50)] | None = Field(
        None, description="how many live on it, oneself among them"
    )
    poverty_class: Literal["not_poor", "poor", "extremely_poor"] | None = Field(None, description="SISFOH")
    poverty_class_date: Day | None = Field(None, description="the day on which the class was given")
    birth_date: Day | None = None
    region: RegionName | None = Field(None, description="where one lives")


SAVED_EXAMPLE: dict[str, JsonValue] = {
    "job_id": "web-1",
    "saved_at": WHEN,
    "job": {"title": "Diseñadora web", "apply": {"how": "here", "text": "Postula por Chamba"}},
    "state": "open",
    "message": None,
}


class SavedJobDocument(Document):
    """A job that was saved; `job` is null once it is gone, held or taken down, and `message` says so."""

    model_config = ConfigDict(json_schema_extra={"examples": [SAVED_EXAMPLE]})

    job_id: str
    saved_at: str
    job: JobDocument | None
    state: Literal["open", "closed", "held", "taken_down", "gone"]
    message: str | None


class SavedJobs(Document):
    """A page of saved jobs."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [SAVED_EXAMPLE], "next_cursor": None}]})

    items: list[SavedJobDocument]
    next_cursor: str | None


class DismissalRequest(Document):
    """Why a job is not for the person, and in their own words if they like."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "hours", "text": "Recojo a mi hija a las 6"}]})

    reason: DismissalReason
    text: FreeText | None = None


class DismissalDocument(DismissalRequest):
    """A job that is not for the person."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"job_id": "web-1", "reason": "hours", "text": None, "dismissed_at": WHEN}],
        }
    )

    job_id: str
    dismissed_at: str


class Dismissals(Document):
    """Every job that is not for the person."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"items": [{"job_id": "web-1", "reason": "hours", "text": None, "dismissed_at": WHEN}]}]
        }
    )

    items: list[DismissalDocument]


class ApplicationRequest(Document):
    """A job to apply for, with a text to the employer; `recommendation_id`: the answer that showed it.

    `with_cv`: the employer may have the CV file of `/v1/me/cv`, as it is when they read it.
    """

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"job_id": "web-1", "text": "Tengo portafolio y las noches libres."}]}
    )

    job_id: JobIdField
    text: FreeText | None = None
    recommendation_id: RowId | None = None
    with_cv: Flag = False


class Acceptance(Document):
    """A note to the organisation, as with any application."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"text": "Me interesa; las noches las tengo libres."}]})

    text: FreeText | None = None
    with_cv: Flag = False


class InvitationAnswer(Document):
    """Why one declines, if one likes to say; whoever invited is not told."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "hours"}, {}]})

    reason: DismissalReason | None = None


INVITATION_EXAMPLE: dict[str, JsonValue] = {
    "invitation_id": EXAMPLE_ID,
    "job_id": "web-1",
    "title": "Diseñadora web, por las noches",
    "is_open": True,
    "employer": "Tienda Killa",
    "text": "Nos gustó lo que haces con redes sociales.",
    "state": "waiting",
    "reason": None,
    "invited_at": WHEN,
    "answered_at": None,
}


class OwnInvitation(Document):
    """An organisation that asks the person to apply for a job; `text` is what it wrote."""

    model_config = ConfigDict(json_schema_extra={"examples": [INVITATION_EXAMPLE]})

    invitation_id: str
    job_id: str
    title: str | None
    is_open: bool
    employer: str | None
    text: str | None
    state: InvitationStateName
    reason: DismissalReason | None
    invited_at: str
    answered_at: str | None


class OwnInvitations(Document):
    """A page of invitations, the newest first."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [INVITATION_EXAMPLE], "next_cursor": None}]})

    items: list[OwnInvitation]
    next_cursor: str | None


class OwnApplications(Document):
    """A page of applications, the newest first."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [APPLICATION_EXAMPLE], "next_cursor": None}]})

    items: list[OwnApplication]
    next_cursor: str | None


class Withdrawal(Document):
    """The version that was seen, and why, if the person likes to say."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"version": 3, "reason": "Encontré otro trabajo"}]})

    version: Annotated[int, Field(strict=True, ge=1, le=2**31 - 1)]
    reason: FreeText | None = None


class RecommendationsForMe(Document):
    """How many jobs, what they must be like, and the language of reasons (the account's when left out)."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"limit": 10}]})

    limit: Annotated[int, Field(strict=True, ge=1, le=MAX_LIMIT)] = 10
    filters: FilterDocument = Field(default_factory=FilterDocument)
    sort: Sort = JobSort.BEST
    locale: Locale | None = None


MOST_CHIPS = 40


class KeptChip(Document):
    """A limit of `understood` to keep, as the answer has it: its kind and quote name it."""

    model_config = ConfigDict(json_schema_extra={"examples": [CHIP_EXAMPLE]})

    kind: ChipKind
    quote: Annotated[str, Field(max_length=400)]
    label: Annotated[str, Field(max_length=800)] | None = None
    filters: dict[str, JsonValue] | None = None


class SearchRequest(RecommendationsForMe):
    """What to look for. `is_for_me`: only jobs that the profile's hours, languages, device and least pay allow.

    Words that state a limit ("medio tiempo", "S/ 1500 al mes", "Lima") become filters, which the answer names in
    `understood`; what `filters` states itself is kept.
    """

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"query": "community manager", "limit": 10, "is_for_me": True}]}
    )

    query: Annotated[str, Field(min_length=2, max_length=400)]
    is_for_me: Flag = True
    reads_limits: Flag = Field(True, description="false: every word is looked for, and none is a limit")
    understood: Annotated[list[KeptChip], Field(max_length=MOST_CHIPS)] | None = Field(
        None, description="of an answer's `understood` those to keep; the words of the others are looked for. null: all"
    )


class OwnCases(Document):
    """A page of what the person asked, the oldest first."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [], "next_cursor": None}]})

    items: list[OwnCase]
    next_cursor: str | None
