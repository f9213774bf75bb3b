"""What administrators read of organisations."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, JsonValue

from api.admin.schemas.jobs import Act, DecidedCase
from api.schemas.fields import EXAMPLE_ID, WHEN, Document, examples
from api.schemas.state_reasons import StateReason
from store.hiring.employers import EmployerStatus

LISTED_EXAMPLE: dict[str, JsonValue] = {
    "employer_id": EXAMPLE_ID,
    "name": "Tienda Killa",
    "status": "unverified",
    "created_at": WHEN,
}


class AdministeredEmployer(Document):
    """An organisation after a change of its status, and how many of its jobs followed."""

    model_config = examples(
        {"employer_id": EXAMPLE_ID, "name": "Tienda Killa", "status": "suspended", "jobs_hidden": 3, "jobs_shown": 0}
    )

    employer_id: str
    name: str
    status: EmployerStatus
    jobs_hidden: int
    jobs_shown: int


class VerificationRequest(Document):
    """How an organisation was found to be what it says."""

    model_config = examples({"reason": "El RUC está activo en SUNAT y el teléfono es el suyo"})

    reason: Annotated[str, Field(min_length=1, max_length=1_000)]


class OrganisationLookup(Document):
    """The RUC of an organisation."""

    model_config = examples({"tax_id": "20555123451"})

    tax_id: Annotated[str, Field(pattern="^[0-9]{11}$")]


class ListedOrganisation(Document):
    """An organisation without its private values."""

    model_config = examples(LISTED_EXAMPLE)

    employer_id: str
    name: str
    status: EmployerStatus
    created_at: str


class ListedOrganisations(Document):
    """A page of organisations."""

    model_config = examples({"items": [LISTED_EXAMPLE], "next_cursor": None})

    items: list[ListedOrganisation]
    next_cursor: str | None


class WaitingJob(Document):
    """A job of an organisation that is not shown, and why."""

    job_id: str
    title: str | None
    state: str
    state_reasons: list[StateReason]


class OrganisationDetail(ListedOrganisation):
    """An organisation with its RUC and contact, its people, its jobs and its history.

    `tax_id_is_valid` says whether the RUC's check digit is right; `jobs` counts its jobs by what was decided of them,
    `waiting` and `taken_down` are the first of those. `suspended_by`, `suspended_at` and `suspended_for` (a word, or
    the reason with which it was refused) are of its last suspension.
    """

    model_config = examples(
        LISTED_EXAMPLE
        | {
            "description": "Ropa de algodón hecha en Gamarra.",
            "website": "https://killa.example",
            "country": "PE",
            "tax_id": "20555123451",
            "tax_id_is_valid": True,
            "contact": "+51 987 654 321",
            "members": 2,
            "jobs": {"approved": 4, "waiting": 1},
            "waiting": [],
            "taken_down": [],
            "times_suspended": 0,
            "decisions": [],
            "suspended_by": None,
            "suspended_at": None,
            "suspended_for": None,
            "acts": [],
        }
    )

    description: str
    website: str | None
    country: str
    tax_id: str | None
    tax_id_is_valid: bool | None
    contact: str | None
    members: int
    jobs: dict[str, int]
    waiting: list[WaitingJob]
    taken_down: list[WaitingJob]
    times_suspended: int
    decisions: list[DecidedCase]
    suspended_by: str | None
    suspended_at: str | None
    suspended_for: str | None
    acts: list[Act]
