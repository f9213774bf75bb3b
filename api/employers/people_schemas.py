"""What employers send and read of people who agreed to be found: searches, those found, invitations."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field, JsonValue

from api.hiring.schemas import Fit, InvitationStateName
from api.recommendations.schemas.answers import ScoreBreakdown
from api.schemas.fields import EXAMPLE_ID, WHEN, Document, Flag, FreeText, StoredId
from engine.documents.seekers import ProfileDocument


class FoundPerson(Fit):
    """Somebody who agreed to be found, without name or contacts: what they can do, and how the job fits them."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "seeker_id": EXAMPLE_ID,
                    "headline": "Diseñadora gráfica, identidad de marca y redes sociales",
                    "profile": {"text": "Diseñadora gráfica, identidad de marca y redes sociales"},
                    "score": 0.91,
                    "shared_hours": "Tiene libres las 15 horas que pide el aviso",
                    "reasons": [{"kind": "hours", "text": "Tiene libres las 15 horas que pide el aviso"}],
                    "score_breakdown": {
                        "relevance": 0.98,
                        "availability": 1.0,
                        "hours_shared": 15.0,
                        "hours_needed": 15.0,
                        "core_hours_shared": None,
                        "core_hours_needed": None,
                        "contributions": None,
                    },
                    "matched_skills": ["Photoshop"],
                    "has_applied": False,
                    "invitation": None,
                    "can_be_invited": True,
                }
            ]
        }
    )

    seeker_id: str
    headline: str | None = Field(description="what they do, from their own words")
    profile: ProfileDocument = Field(description="what they can do, and their hours")
    score_breakdown: ScoreBreakdown
    matched_skills: list[str]
    has_applied: bool
    invitation: InvitationStateName | None
    can_be_invited: bool = Field(description="not those of a partner app, nor who was invited or has applied")


class FoundPeople(Document):
    """The best people first, and the versions that ranked them."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "job_id": "web-1",
                    "people": [],
                    "bundle": "20261124T132527860630-bd0538d8",
                    "model": "bd0538d8d43a8a87",
                    "reranker": "formula",
                }
            ]
        }
    )

    job_id: str
    people: list[FoundPerson]
    bundle: str
    model: str
    reranker: str


class PeopleSearchRequest(Document):
    """How many people to name, and whether those who applied are among them."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"limit": 20, "include_applicants": False}]})

    limit: Annotated[int, Field(strict=True, ge=1, le=50)] = 20
    include_applicants: Flag = True


INVITATION_EXAMPLE: dict[str, JsonValue] = {
    "invitation_id": EXAMPLE_ID,
    "job_id": "web-1",
    "seeker_id": EXAMPLE_ID,
    "state": "waiting",
    "invited_at": WHEN,
}


class InvitationRequest(Document):
    """Somebody who was found for the job, and some words to them."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"seeker_id": EXAMPLE_ID, "text": "Nos gustó lo que haces con redes."}]}
    )

    seeker_id: StoredId
    text: FreeText | None = None


class InvitationDocument(Document):
    """An invitation, and whether the person has accepted it."""

    model_config = ConfigDict(json_schema_extra={"examples": [INVITATION_EXAMPLE]})

    invitation_id: str
    job_id: str
    seeker_id: str
    state: InvitationStateName
    invited_at: str


class Invitations(Document):
    """A page of invitations, the newest first."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [INVITATION_EXAMPLE], "next_cursor": None}]})

    items: list[InvitationDocument]
    next_cursor: str | None
