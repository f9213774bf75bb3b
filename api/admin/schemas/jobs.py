"""What administrators send and read of jobs of any origin."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, JsonValue

from api.hiring.state_texts import Cause
from api.schemas.fields import EXAMPLE_ID, WHEN, Document, examples
from api.schemas.state_reasons import StateReason
from engine.documents.jobs import JobDocument
from engine.offer_signs import Severity, SignKind
from store.hiring.finding import JobStanding
from store.people.cases import CaseKind, CaseState, Decision

DECIDED_EXAMPLE: dict[str, JsonValue] = {
    "case_id": EXAMPLE_ID,
    "kind": "report",
    "state": "decided",
    "reasons": ["looks_false"],
    "opened_by": EXAMPLE_ID,
    "opened_at": WHEN,
    "decision": "job_taken_down",
    "decision_reason": "Pide un pago para postular",
    "decided_by": EXAMPLE_ID,
    "decided_at": WHEN,
}


class DecidedCase(Document):
    """A case of the past, or one that waits beside the one that is read."""

    case_id: str
    kind: CaseKind
    state: CaseState
    reasons: list[str]
    opened_by: str | None
    opened_at: str
    decision: Decision | None
    decision_reason: str | None
    decided_by: str | None
    decided_at: str | None


class FoundSign(Document):
    """A sign of a fraudulent or unlawful offer, the ad's own words that show it, and what it means."""

    kind: SignKind
    quote: str
    severity: Severity
    text: str


class JobReport(DecidedCase):
    """Somebody's report of a job, in their words, and how often they were right before."""

    text: str | None
    reports: int
    reports_right: int
    reports_wrong: int


class JobOwner(Document):
    """Whose a job is: an organisation, a partner, or the source of an import; of the first two with what is private.

    `jobs` counts its jobs by what was decided of them; `tax_id_is_valid` says whether the RUC's check digit is right.
    """

    kind: Literal["employer", "partner", "import", "nobody"]
    owner_id: str | None
    name: str | None
    status: str | None
    tax_id: str | None = None
    tax_id_is_valid: bool | None = None
    contact: str | None = None
    website: str | None = None
    members: int | None = None
    jobs: dict[str, int]
    times_suspended: int
    decisions: list[DecidedCase]


class Act(Document):
    """Something that was done, as the audit log has it."""

    action: str
    actor: str
    happened_at: str


FOUND_EXAMPLE: dict[str, JsonValue] = {
    "job_id": "computrabajo-pe:1234",
    "title": "Gana desde casa",
    "employer": "Inversiones Sumaq",
    "origin": "import",
    "owner_id": "computrabajo-pe",
    "standing": "waiting",
}


class ListedJob(Document):
    """An ad of a list; `standing` `closed`: by its owner or its source, or while its owner may not act."""

    model_config = examples(FOUND_EXAMPLE)

    job_id: str
    title: str
    employer: str | None
    origin: Literal["employer", "partner", "import", "nobody"]
    owner_id: str | None
    standing: JobStanding


class ListedJobs(Document):
    """A page of ads."""

    model_config = examples({"items": [FOUND_EXAMPLE], "next_cursor": None})

    items: list[ListedJob]
    next_cursor: str | None


JOB_STATE = Literal["open", "closed", "hidden", "waiting", "rejected", "deleted"]
JOB_EXAMPLE_OF_ADMINISTRATORS: dict[str, JsonValue] = {
    "job_id": "computrabajo-pe:1234",
    "origin": "import",
    "state": "waiting",
    "state_reasons": [{"code": "asks_for_money", "text": "Pide dinero para postular o empezar"}],
    "job": None,
    "signs": [],
    "owner": {
        "kind": "import",
        "owner_id": "computrabajo-pe",
        "name": None,
        "status": None,
        "jobs": {"open": 900, "closed": 12},
        "times_suspended": 0,
        "decisions": [],
    },
    "reports": [],
    "steps": [DECIDED_EXAMPLE],
    "acts": [],
    "saved_by": 2,
    "applications": 0,
}


class AdministeredJob(Document):
    """A job of any origin with everything that is known of it.

    `state`: `waiting` until a person has looked, `rejected` when one took it down, `hidden` while its owner may not
    act; `state_reasons` say why. `steps` are the cases about it, `acts` what the audit log has of it, the newest first.
    """

    model_config = examples(JOB_EXAMPLE_OF_ADMINISTRATORS)

    job_id: str
    origin: Literal["employer", "partner", "import", "nobody"]
    state: JOB_STATE
    state_reasons: list[StateReason]
    job: JobDocument | None
    signs: list[FoundSign]
    owner: JobOwner
    reports: list[JobReport]
    steps: list[DecidedCase]
    acts: list[Act]
    saved_by: int
    applications: int


class JobDecisionRequest(Document):
    """Why a job is taken down or put back: a kind of cause, and words that its owner reads."""

    model_config = examples({"cause": "fraud", "reason": "La empresa que nombra dice que el aviso no es suyo"})

    cause: Cause
    reason: Annotated[str, Field(min_length=1, max_length=1_000)]


class TakenDownJob(Document):
    """A job that is taken down: why in words, by whom and when, and whose it is."""

    job_id: str
    title: str | None
    origin: Literal["employer", "partner", "import"]
    owner_id: str | None
    reason: str | None
    decided_by: str | None
    case_id: str | None
    taken_down_at: str
    state: JOB_STATE


class TakenDownJobs(Document):
    """A page of what is taken down."""

    model_config = examples(
        {
            "items": [
                {
                    "job_id": "computrabajo-pe:1234",
                    "title": "Gana desde casa",
                    "origin": "import",
                    "owner_id": "computrabajo-pe",
                    "reason": "Pide un pago para postular",
                    "decided_by": EXAMPLE_ID,
                    "case_id": EXAMPLE_ID,
                    "taken_down_at": WHEN,
                    "state": "rejected",
                }
            ],
            "next_cursor": None,
        }
    )

    items: list[TakenDownJob]
    next_cursor: str | None
