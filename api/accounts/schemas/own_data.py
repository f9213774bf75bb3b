"""What a person takes away of themselves, and what erases them."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import ConfigDict, Field, JsonValue

from api.accounts.schemas.accounts import GivenPassword
from api.schemas.fields import EXAMPLE_ID, WHEN, Document
from store.people.export.export import FORMAT

Section = dict[str, Any]

EXPORT_EXAMPLE: dict[str, JsonValue] = {
    "format": FORMAT,
    "exported_at": WHEN,
    "account": {"account_id": EXAMPLE_ID, "email": "rosa@correo.pe", "name": "Rosa Quispe", "locale": "es"},
    "sessions": [{"device": "Chrome, Android", "begun_at": WHEN, "last_used_at": WHEN, "ended_at": None}],
    "second_factors": {"authenticator_app": None, "recovery_codes": [], "passkeys": []},
    "consents": [{"purpose": "matching", "text_version": "2026-11", "is_given": True, "recorded_at": WHEN}],
    "notice_choices": [{"group": "alerts", "is_wanted": False, "chosen_at": WHEN}],
    "private_details": {"national_id": None, "income": None, "poverty_class": None, "region": "Puno"},
    "profile": {"seeker_id": EXAMPLE_ID, "document": {"text": "Diseñadora gráfica"}, "is_findable": False},
    "career": None,
    "cv": None,
    "saved_jobs": [{"job_id": "web-1", "saved_at": WHEN}],
    "saved_searches": [],
    "told_jobs": [],
    "numbered_jobs": [],
    "dismissals": [],
    "applications": [],
    "invitations": [],
    "cases": [],
    "recommendations": [
        {"recommendation_id": EXAMPLE_ID, "answered_at": WHEN, "shown": [{"job_id": "web-1", "score": 0.93}]}
    ],
    "profiles_answered_for": [],
    "events": [],
    "placements": [],
    "organisations": [],
    "member_requests": [],
    "screenings": [],
    "programmes": [],
    "partners": [],
    "audit_entries": [],
    "jobs": {"web-1": {"title": "Diseñadora web, por las noches", "employer": None, "url": None}},
}


class ErasureRequest(Document):
    """The password, so that nobody erases somebody else who left their phone lying about."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"password": "lluvia en Huaraz"}]})

    password: GivenPassword


class OwnExport(Document):
    """Everything that is held about the person, in the clear; a changed structure has another `format`.

    Ids of jobs are explained in `jobs`. Nothing about other people is in it.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [EXPORT_EXAMPLE]})

    format: Annotated[str, Field(json_schema_extra={"const": FORMAT})]
    exported_at: str
    account: Section
    sessions: list[Section] = Field(description="each log-in: its device, when it was used, and its tokens' times")
    second_factors: Section = Field(description="when each was added and used; no secret of them")
    consents: list[Section] = Field(description="every statement, with the words that were agreed to")
    notice_choices: list[Section] = Field(description="which notices the person chose to get or not, and by what")
    private_details: Section = Field(description="national id, household, income, birth date and region, if told")
    profile: Section | None = Field(description="null before there is one, and for those who are no seekers")
    career: Section | None = Field(description="portfolio, experience and education")
    cv: Section | None = Field(description="the CV file, in Base64")
    saved_jobs: list[Section]
    saved_searches: list[Section] = Field(description="with name, words and filters")
    told_jobs: list[Section] = Field(description="the jobs that the person was told of as new for them")
    numbered_jobs: list[Section] = Field(description="which job each number of their last text message stands for")
    dismissals: list[Section]
    applications: list[Section] = Field(description="with notes, steps and the messages of both sides")
    invitations: list[Section] = Field(description="to apply for jobs, with what was written and answered")
    cases: list[Section] = Field(description="what the person asked somebody to look at, and what was decided")
    recommendations: list[Section] = Field(description="every answer: jobs, scores, what was asked, versions")
    profiles_answered_for: list[Section] = Field(description="what the person had said when they got those answers")
    events: list[Section]
    placements: list[Section] = Field(description="what models learn from: 4 hired … 0 applied, -1 declined")
    organisations: list[Section] = Field(description="those that the person acts for")
    member_requests: list[Section] = Field(description="organisations that ask the person to act for them")
    screenings: list[Section] = Field(description="what programmes' rules said, each rule with figure and value")
    programmes: list[Section] = Field(description="those that the person acts for")
    partners: list[Section] = Field(description="the partner app that the person acts for")
    audit_entries: list[Section] = Field(description="what the person did, and what was done to their data")
    jobs: dict[str, Section] = Field(description="by id: what the ads are called that are named above")
