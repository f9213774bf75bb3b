"""What administrators send and read: accounts, cases, the overview, partners and their keys, the audit log."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, JsonValue

from api.credentials.callers import Scope
from api.schemas.email_addresses import Email
from api.schemas.fields import EXAMPLE_ID, WHEN, Count, Document, Moment, Words
from engine.explain import Locale
from store.hiring.employers import EmployerStatus
from store.partners.partners import PartnerStatus
from store.people.accounts import AccountStatus, Role
from store.people.cases import CaseKind, CaseState, Decision

ACCOUNT_EXAMPLE: dict[str, JsonValue] = {
    "account_id": EXAMPLE_ID,
    "status": "active",
    "roles": ["seeker"],
    "locale": "es",
    "created_at": WHEN,
}
CASE_EXAMPLE: dict[str, JsonValue] = {
    "case_id": EXAMPLE_ID,
    "kind": "posting",
    "subject_id": "web-1",
    "opened_by": None,
    "reasons": ["asks_for_money"],
    "state": "open",
    "assigned_to": None,
    "decision": None,
    "decision_reason": None,
    "opened_at": WHEN,
    "decided_at": None,
}
PARTNER_EXAMPLE: dict[str, JsonValue] = {
    "partner_id": EXAMPLE_ID,
    "name": "Bolsa de la Municipalidad",
    "status": "active",
    "requests_per_day": 100_000,
    "requests_per_minute": 600,
    "contact": "sistemas@municipalidad.example",
    "created_at": WHEN,
}
KEY_EXAMPLE: dict[str, JsonValue] = {
    "key_id": EXAMPLE_ID,
    "scopes": ["recommend", "seekers"],
    "created_at": WHEN,
    "expires_at": None,
    "revoked_at": None,
}


def _examples(*examples: JsonValue) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": list(examples)})


class ListedAccount(Document):
    """An account without its private values."""

    model_config = _examples(ACCOUNT_EXAMPLE)

    account_id: str
    status: AccountStatus
    roles: list[Role]
    locale: Locale
    created_at: str


class ListedAccounts(Document):
    """A page of accounts."""

    model_config = _examples({"items": [ACCOUNT_EXAMPLE], "next_cursor": None})

    items: list[ListedAccount]
    next_cursor: str | None


class Lookup(Document):
    """The mail address of somebody who asks for help."""

    model_config = _examples({"email": "rosa@correo.pe"})

    email: Email


class Because(Document):
    """Why an account or an organisation is suspended or restored: a word that the audit log keeps.

    Notes belong on a case.
    """

    model_config = _examples({"reason": "fraud"})

    reason: Literal["fraud", "abuse", "security", "asked_for", "mistake", "other"]


class CaseDocument(Document):
    """A case; its subject is a job, an organisation, a recommendation or an account."""

    model_config = _examples(CASE_EXAMPLE)

    case_id: str
    kind: CaseKind
    subject_id: str
    opened_by: str | None
    reasons: list[str]
    state: CaseState
    assigned_to: str | None
    decision: Decision | None
    decision_reason: str | None
    opened_at: str
    decided_at: str | None


class Cases(Document):
    """A page of cases, the oldest first."""

    model_config = _examples({"items": [CASE_EXAMPLE], "next_cursor": None})

    items: list[CaseDocument]
    next_cursor: str | None


class NoteDocument(Document):
    """What an administrator noted."""

    author_id: str
    body: str
    noted_at: str


class CaseDetail(CaseDocument):
    """A case with what it is about, the words that opened it, and its notes."""

    model_config = _examples(CASE_EXAMPLE | {"words": None, "subject": {"title": "Gana desde casa"}, "notes": []})

    words: str | None
    subject: dict[str, Any] | None
    notes: list[NoteDocument]


class NoteRequest(Document):
    """A note on a case, for other administrators."""

    model_config = _examples({"body": "Llamé a la empresa: el aviso no es suyo."})

    body: Words


class DecisionRequest(Document):
    """What is decided and why; the reason is read by whoever opened the case."""

    model_config = _examples({"decision": "rejected", "reason": "Pide un pago para postular"})

    decision: Decision
    reason: Annotated[str, Field(min_length=1, max_length=1_000)]


class Overview(Document):
    """How much there is of everything, and what is served."""

    model_config = _examples(
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


class PartnerRequest(Document):
    """A partner app and its limits."""

    model_config = _examples(
        {
            "name": "Bolsa de la Municipalidad",
            "requests_per_day": 100_000,
            "requests_per_minute": 600,
            "contact": "sistemas@municipalidad.example",
        }
    )

    name: Annotated[str, Field(min_length=1, max_length=200)]
    requests_per_day: Count = 100_000
    requests_per_minute: Count = 600
    contact: Annotated[str, Field(max_length=300)] | None = None


class PartnerEdit(Document):
    """What is to be another; what is left out stays."""

    model_config = _examples({"requests_per_minute": 1_200}, {"status": "suspended"})

    status: PartnerStatus | None = None
    requests_per_day: Count | None = None
    requests_per_minute: Count | None = None


class AdministeredEmployer(Document):
    """An organisation after a change of its status, and how many of its jobs followed."""

    model_config = _examples(
        {"employer_id": EXAMPLE_ID, "name": "Tienda Killa", "status": "suspended", "jobs_hidden": 3, "jobs_shown": 0}
    )

    employer_id: str
    name: str
    status: EmployerStatus
    jobs_hidden: int
    jobs_shown: int


class AdministeredPartner(Document):
    """A partner as administrators see it."""

    model_config = _examples(PARTNER_EXAMPLE)

    partner_id: str
    name: str
    status: PartnerStatus
    requests_per_day: int
    requests_per_minute: int
    contact: str | None
    created_at: str


class AdministeredPartners(Document):
    """A page of partners."""

    model_config = _examples({"items": [PARTNER_EXAMPLE], "next_cursor": None})

    items: list[AdministeredPartner]
    next_cursor: str | None


class KeyRequest(Document):
    """What a key opens, and until when."""

    model_config = _examples({"scopes": ["recommend", "seekers"]})

    scopes: Annotated[list[Scope], Field(min_length=1, max_length=len(Scope))]
    expires_at: Moment | None = None


class KeyMade(Document):
    """A new key; its text is shown this once."""

    model_config = _examples({"key_id": EXAMPLE_ID, "key": "chamba_0197a6b2…", "expires_at": None})

    key_id: str
    key: str
    expires_at: str | None


class KeyListed(Document):
    """A key without its secret."""

    model_config = _examples(KEY_EXAMPLE)

    key_id: str
    scopes: list[str]
    created_at: str
    expires_at: str | None
    revoked_at: str | None


class KeysListed(Document):
    """Every key of a partner."""

    model_config = _examples({"items": [KEY_EXAMPLE]})

    items: list[KeyListed]


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

    model_config = _examples(
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
