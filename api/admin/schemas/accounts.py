"""What administrators send and read of accounts, organisations, the audit log and the overview."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, JsonValue

from api.schemas.email_addresses import Email
from api.schemas.fields import EXAMPLE_ID, WHEN, Document, examples
from engine.explain import Locale
from engine.programmes.days import Day
from store.hiring.employers import EmployerStatus
from store.people.accounts import AccountStatus, Role

ACCOUNT_EXAMPLE: dict[str, JsonValue] = {
    "account_id": EXAMPLE_ID,
    "status": "active",
    "roles": ["seeker"],
    "locale": "es",
    "created_at": WHEN,
}


class ListedAccount(Document):
    """An account without its private values."""

    model_config = examples(ACCOUNT_EXAMPLE)

    account_id: str
    status: AccountStatus
    roles: list[Role]
    locale: Locale
    created_at: str


class ListedAccounts(Document):
    """A page of accounts."""

    model_config = examples({"items": [ACCOUNT_EXAMPLE], "next_cursor": None})

    items: list[ListedAccount]
    next_cursor: str | None


class ActedFor(Document):
    """An organisation that an account acts for."""

    employer_id: str
    name: str
    status: EmployerStatus


class AccountDetail(ListedAccount):
    """An account with what it acts for and, if it was ever suspended, by whom, when and why the last time."""

    model_config = examples(
        ACCOUNT_EXAMPLE
        | {
            "has_second_factor": False,
            "organisations": [],
            "suspended_by": None,
            "suspended_at": None,
            "suspended_for": None,
        }
    )

    has_second_factor: bool
    organisations: list[ActedFor]
    suspended_by: str | None
    suspended_at: str | None
    suspended_for: str | None


class Lookup(Document):
    """The mail address, the DNI, or the phone of somebody who asks for help: one of them.

    A phone is one that they confirmed by a code; without + and a country's code it is of Peru.
    """

    model_config = examples({"email": "rosa@correo.pe"})

    email: Email | None = None
    national_id: Annotated[str, Field(pattern="^[0-9]{8}$")] | None = None
    phone: Annotated[str, Field(pattern="^[+]?[0-9 ]{6,20}$")] | None = None


class SessionsEnded(Document):
    """How many sessions of an account ended."""

    model_config = examples({"account_id": EXAMPLE_ID, "ended": 2})

    account_id: str
    ended: int


class ReasonRequest(Document):
    """Why an account or an organisation is suspended or restored: a word that the audit log keeps.

    Notes belong on a case.
    """

    model_config = examples({"reason": "fraud"})

    reason: Literal["fraud", "abuse", "security", "asked_for", "mistake", "other"]


class WeekOfNumbers(Document):
    """What a week saw, from its Monday on; `median_hours` is how long the cases that it decided had waited."""

    starts_on: Day
    cases_opened: int
    cases_decided: int
    median_hours: float | None
    jobs_held: int
    jobs_shown: int
    jobs_taken_down: int
    accounts: int
    applications: int


class GivenUp(Document):
    """A partner to whose webhooks deliveries of the last week were given up."""

    partner_id: str
    name: str
    deliveries: int


class Broken(Document):
    """What does not arrive: mails and text messages tried three times or more, webhooks given up, feeds that fail."""

    late_mails: int
    late_messages: int
    webhooks_given_up: list[GivenUp]
    failing_feeds: list[str]


class Overview(Document):
    """How much there is of everything, how the last eight weeks went, what is broken, and what is served."""

    model_config = examples(
        {
            "accounts": {"all": 1200, "seeker": 1100, "employer": 97, "administrator": 2, "analyst": 1},
            "people": {"profiles": 1080, "findable": 700},
            "employers": {"unverified": 12, "verified": 60},
            "jobs": {"all": 3000, "open": 2400},
            "applications": {"received": 90, "hired": 12},
            "placements": {"all": 800, "hired": 120},
            "waiting_cases": {"posting": 3},
            "served": {
                "bundle": "20261124T132527860630-bd0538d8",
                "model": "bd0538d8d43a8a87",
                "reranker": "formula",
                "data_version": "5f2d6c1a9b3e4f70",
                "jobs": 2400,
                "fresh_jobs": 7,
                "built_at": WHEN,
            },
            "weeks": [
                {
                    "starts_on": "2026-11-23",
                    "cases_opened": 40,
                    "cases_decided": 38,
                    "median_hours": 5.5,
                    "jobs_held": 31,
                    "jobs_shown": 9,
                    "jobs_taken_down": 22,
                    "accounts": 120,
                    "applications": 60,
                }
            ],
            "broken": {"late_mails": 0, "late_messages": 0, "webhooks_given_up": [], "failing_feeds": []},
        }
    )

    accounts: dict[str, int]
    people: dict[str, int]
    employers: dict[str, int]
    jobs: dict[str, int]
    applications: dict[str, int]
    placements: dict[str, int]
    waiting_cases: dict[str, int]
    served: dict[str, Any] | None
    weeks: list[WeekOfNumbers]
    broken: Broken


class AuditEntryDocument(Document):
    """One act, chained to the one before it by its hash."""

    number: int
    happened_at: str
    actor: str
    action: str
    subject: str
    detail: dict[str, Any]
    entry_hash: str


class AuditEntries(Document):
    """A page of the audit log."""

    model_config = examples(
        {
            "items": [
                {
                    "number": 1,
                    "happened_at": WHEN,
                    "actor": f"account:{EXAMPLE_ID}",
                    "action": "account.signed_up",
                    "subject": f"account:{EXAMPLE_ID}",
                    "detail": {"role": "seeker"},
                    "entry_hash": "9f2c…",
                }
            ],
            "next_cursor": None,
        }
    )

    items: list[AuditEntryDocument]
    next_cursor: str | None
