"""Applications, their steps, messages and reviews, as people and employers see them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, JsonValue

from api.hiring.career import CAREER_EXAMPLE, Career
from api.recommendations.schemas.answers import ReasonDocument
from api.schemas.fields import (
    EXAMPLE_ID,
    WHEN,
    Document,
    FreeText,
    RowId,
)
from engine.documents.seekers import PROFILE_EXAMPLE, ProfileDocument
from store.hiring.applications import Stage, StepTaker
from store.people.cases import CaseKind, CaseState, Decision


class StepDocument(Document):
    """A step of an application."""

    stage: Stage
    reason: str | None
    taken_by: StepTaker
    taken_at: str


class MessageDocument(Document):
    """A message about an application."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "message_id": EXAMPLE_ID,
                    "sent_by": "employer",
                    "text": "¿Puedes el jueves a las 8?",
                    "sent_at": WHEN,
                    "read_at": None,
                }
            ]
        }
    )

    message_id: str
    sent_by: StepTaker
    text: str
    sent_at: str
    read_at: str | None


class MessageRequest(Document):
    """A message to the other side of an application."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"text": "Sí, el jueves a las 8 puedo."}]})

    text: FreeText


class ReviewRequest(Document):
    """What the person asks somebody to look at, in their own words."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"text": "No me recomienda nada de diseño aunque tengo portafolio."}]}
    )

    text: FreeText


CASE_EXAMPLE: dict[str, JsonValue] = {
    "case_id": EXAMPLE_ID,
    "kind": "human_review",
    "subject_id": EXAMPLE_ID,
    "state": "open",
    "decision": None,
    "decision_reason": None,
    "message": "Una persona lo revisa y te escribe la respuesta con la razón, a más tardar el …",
    "answer_by": "2026-12-09",
    "opened_at": WHEN,
    "decided_at": None,
}


class OwnCase(Document):
    """Something that the person asked somebody to look at, and what was decided.

    `message` says what that means and what to do; `answer_by`: the day by which there is an answer, null once there is.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [CASE_EXAMPLE]})

    case_id: str
    kind: CaseKind
    subject_id: str
    state: CaseState
    decision: Decision | None
    decision_reason: str | None
    message: str
    answer_by: str | None
    opened_at: str
    decided_at: str | None


class OwnCaseDetail(OwnCase):
    """The same with what the person wrote."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [CASE_EXAMPLE | {"text": "No me recomienda nada de diseño."}]}
    )

    text: str | None


APPLICANT_EXAMPLE: dict[str, JsonValue] = {
    "application_id": EXAMPLE_ID,
    "job_id": "web-1",
    "job_title": "Diseñadora web, por las noches",
    "seeker_id": EXAMPLE_ID,
    "name": "Rosa Quispe",
    "headline": "Diseñadora gráfica, identidad de marca y redes sociales",
    "score": 0.9268,
    "shared_hours": "Tiene libres las 9 horas que pide el aviso",
    "reasons": [
        {"kind": "hours", "text": "Tiene libres las 9 horas que pide el aviso"},
        {"kind": "skills", "text": "Nombra lo que pide el aviso: Photoshop"},
    ],
    "was_invited": False,
    "unread_messages": 0,
    "stage": "received",
    "next_stages": ["shortlisted", "interview", "offer", "hired", "declined"],
    "version": 1,
    "applied_at": WHEN,
    "updated_at": WHEN,
}


Version = Annotated[int, Field(strict=True, ge=1, le=2**31 - 1)]


class Fit(Document):
    """How a person fits the job, in words; nothing where nothing judged it."""

    score: float | None = Field(None, description="0 to 1, when they applied")
    shared_hours: str | None = None
    reasons: list[ReasonDocument] = Field(default_factory=list)


class Applicant(Fit):
    """An application as the employer sees it in a list; of somebody who withdrew, without them."""

    model_config = ConfigDict(json_schema_extra={"examples": [APPLICANT_EXAMPLE]})

    application_id: str
    job_id: str
    job_title: str | None
    seeker_id: str
    name: str | None
    headline: str | None = Field(None, description="what they do, from their own words")
    was_invited: bool
    unread_messages: int = Field(description="those of the person that nobody has read")
    stage: Stage
    next_stages: list[Stage]
    version: int
    applied_at: str
    updated_at: str


class Applicants(Document):
    """A page of applications."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [APPLICANT_EXAMPLE], "next_cursor": None}]})

    items: list[Applicant]
    next_cursor: str | None


class PersonContact(Document):
    """How the person who applied is reached."""

    name: str | None
    email: str | None
    phone: str | None


class ApplicantDetail(Applicant):
    """An application with the person's profile, contacts, note, and all that happened to it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                APPLICANT_EXAMPLE
                | {
                    "profile": PROFILE_EXAMPLE,
                    "contact": {"name": "Rosa Quispe", "email": "rosa@correo.pe", "phone": None},
                    "text": "Tengo portafolio y las noches libres.",
                    "career": CAREER_EXAMPLE,
                    "has_cv": True,
                    "steps": [],
                    "messages": [],
                }
            ]
        }
    )

    profile: ProfileDocument | None
    contact: PersonContact | None
    text: str | None
    career: Career | None = Field(description="what they did, learned and show")
    has_cv: bool = Field(description="whether their CV file is at `…/cv`")
    steps: list[StepDocument]
    messages: list[MessageDocument]


class StepRequest(Document):
    """The stage to step to from the version that was seen. A decline needs a reason, which the person reads.

    `text`, or a template filled in, is sent with the step.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"stage": "interview", "version": 2, "text": "¿Puedes el jueves a las 8 de la noche?"},
                {"stage": "declined", "version": 2, "reason": "Buscamos a alguien con inglés B2"},
            ]
        }
    )

    stage: Stage
    version: Version
    reason: FreeText | None = None
    text: FreeText | None = None
    template_id: RowId | None = None


# `ended` is told to nobody.
InvitationStateName = Literal["waiting", "accepted", "declined"]
APPLICATION_EXAMPLE: dict[str, JsonValue] = {
    "application_id": EXAMPLE_ID,
    "job_id": "web-1",
    "title": "Diseñadora web, por las noches",
    "stage": "interview",
    "reason": None,
    "version": 3,
    "applied_at": WHEN,
    "updated_at": WHEN,
    "unread_messages": 0,
    "job_state": "open",
    "job_message": None,
}


class OwnApplication(Document):
    """An application in a list; `reason` is what the employer said with the last step.

    `job_state` is what became of the job meanwhile, and `job_message` says so where it is not open.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [APPLICATION_EXAMPLE]})

    application_id: str
    job_id: str
    title: str | None
    stage: Stage
    reason: str | None
    version: int
    applied_at: str
    updated_at: str
    unread_messages: int = Field(description="those of the employer that the person has not read")
    job_state: Literal["open", "closed", "held", "taken_down", "gone"]
    job_message: str | None


class OwnApplicationDetail(OwnApplication):
    """An application with all that happened to it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                APPLICATION_EXAMPLE
                | {
                    "text": "Tengo portafolio y las noches libres.",
                    "steps": [{"stage": "received", "reason": None, "taken_by": "seeker", "taken_at": WHEN}],
                    "messages": [],
                }
            ]
        }
    )

    text: str | None
    steps: list[StepDocument]
    messages: list[MessageDocument]
