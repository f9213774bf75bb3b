"""What administrators send and read of cases."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, JsonValue

from api.admin.schemas.jobs import AdministeredJob, DecidedCase
from api.admin.schemas.organisations import OrganisationDetail
from api.recommendations.schemas.answers import RecommendationAnswer
from api.schemas.fields import EXAMPLE_ID, WHEN, Document, FreeText, RowId, examples
from api.schemas.state_reasons import StateReason
from engine.documents.seekers import ProfileDocument
from store.people.accounts import AccountStatus, Role
from store.people.cases import CaseKind, CaseState, Decision

MOST_AT_ONCE = 100
REASON = Annotated[str, Field(min_length=1, max_length=1_000)]
WAITS_FOR: JsonValue = [{"code": "asks_for_money", "text": "Pide dinero para postular o empezar"}]
CASE_EXAMPLE: dict[str, JsonValue] = {
    "case_id": EXAMPLE_ID,
    "kind": "posting",
    "subject_id": "web-1",
    "opened_by": None,
    "reasons": ["asks_for_money"],
    "waits_for": WAITS_FOR,
    "state": "open",
    "assigned_to": None,
    "taken_at": None,
    "decision": None,
    "decision_reason": None,
    "opened_at": WHEN,
    "decided_at": None,
    "age_hours": 26.5,
}


class CaseDocument(Document):
    """A case; its subject is a job, an organisation, a recommendation or an account.

    `waits_for` says why there is one, `age_hours` how long it waits, or took to be decided.
    """

    model_config = examples(CASE_EXAMPLE)

    case_id: str
    kind: CaseKind
    subject_id: str
    opened_by: str | None
    reasons: list[str]
    waits_for: list[StateReason]
    state: CaseState
    assigned_to: str | None
    taken_at: str | None
    decision: Decision | None
    decision_reason: str | None
    opened_at: str
    decided_at: str | None
    age_hours: float


class Cases(Document):
    """A page of cases, the oldest first."""

    model_config = examples({"items": [CASE_EXAMPLE], "next_cursor": None})

    items: list[CaseDocument]
    next_cursor: str | None


class WaitingKind(Document):
    """How much of a kind waits for a decision, since when, and for which reasons."""

    kind: CaseKind
    text: str
    open: int
    taken: int
    oldest_at: str
    oldest_age_hours: float
    by_reason: dict[str, int]


class WaitingKinds(Document):
    """What waits for a decision, by kind of case."""

    model_config = examples(
        {
            "items": [
                {
                    "kind": "import",
                    "text": "Un aviso importado muestra señales de fraude.",
                    "open": 212,
                    "taken": 1,
                    "oldest_at": WHEN,
                    "oldest_age_hours": 50.2,
                    "by_reason": {"asks_for_money": 190, "money_mule": 23},
                }
            ]
        }
    )

    items: list[WaitingKind]


class NoteDocument(Document):
    """What an administrator noted."""

    author_id: str
    text: str
    noted_at: str


class NotedCase(CaseDocument):
    """A case with its notes."""

    model_config = examples(CASE_EXAMPLE | {"notes": []})

    notes: list[NoteDocument]


class AnsweredJob(Document):
    """A job of a logged answer as it was then, and the state that it is in now."""

    place: int
    job_id: str
    title: str | None
    employer: str | None
    score: float
    state: str


class ContestedAnswer(Document):
    """An answer as it was given: what was asked, from which profile, by which versions, and the jobs in their places.

    `/v1/admin/cases/{case_id}/answer` gives it again, with reasons and breakdown, beside what would be answered now.
    """

    recommendation_id: str
    answered_at: str
    seeker_id: str | None
    partner_id: str | None
    query: dict[str, Any]
    profile: ProfileDocument
    bundle: str
    model: str
    reranker: str
    job_change_number: int
    jobs: list[AnsweredJob]


class JobAnsweredNow(Document):
    """A job of the present answer, and the place that it had in the contested one."""

    place: int
    job_id: str
    score: float
    place_then: int | None


class AnsweredNow(Document):
    """What the same question is answered now, of the profile as it is now."""

    bundle: str
    model: str
    jobs: list[JobAnsweredNow]


class ReplayedAnswer(Document):
    """A contested answer given again from the versions that it came from, with reasons and breakdown.

    `difference` is the first place at which it is not the same to the last bit, or why it cannot be given again;
    `software` names what has another version now.
    """

    model_config = examples(
        {
            "is_identical": True,
            "difference": None,
            "software": [],
            "answer": None,
            "now": {
                "bundle": "20261124T132527860630-bd0538d8",
                "model": "bd0538d8d43a8a87",
                "jobs": [{"place": 1, "job_id": "web-1", "score": 0.91, "place_then": 3}],
            },
        }
    )

    is_identical: bool
    difference: str | None
    software: list[str]
    answer: RecommendationAnswer | None
    now: AnsweredNow | None


class AppealedAccount(Document):
    """An account that a case is about; of an appeal, who suspended it, when and why."""

    account_id: str
    status: AccountStatus
    roles: list[Role]
    created_at: str
    suspended_by: str | None
    suspended_at: str | None
    suspended_for: str | None
    decisions: list[DecidedCase]


class ContestedScreening(Document):
    """What a programme's rules said of somebody, without what they told."""

    screening_id: str
    programme: str
    organisation: str
    version: int
    eligibility: str
    by_the_rules: str
    rules: list[dict[str, Any]]
    holds_until: str


class Opener(Document):
    """Whoever opened a case: how many they opened, and of those about jobs, how many reports were right and wrong."""

    opened_by: str
    cases: int
    reports: int
    reports_right: int
    reports_wrong: int


class PossibleDecision(Document):
    """A decision that a case can take, and what follows from it."""

    decision: Decision
    text: str


class CaseDetail(NotedCase):
    """A case with what it is about, the text that opened it, its history, and the decisions that it can take.

    `unfair` says why the reader should leave it to another administrator.
    """

    model_config = examples(
        CASE_EXAMPLE
        | {
            "notes": [],
            "text": None,
            "subject": None,
            "opener": None,
            "decisions": [{"decision": "job_shown", "text": "El aviso se muestra desde ahora."}],
            "unfair": None,
        }
    )

    text: str | None
    subject: AdministeredJob | OrganisationDetail | ContestedAnswer | ContestedScreening | AppealedAccount | None
    opener: Opener | None
    decisions: list[PossibleDecision]
    unfair: StateReason | None


class NoteRequest(Document):
    """A note on a case, for other administrators."""

    model_config = examples({"text": "Llamé a la empresa: el aviso no es suyo."})

    text: FreeText


class DecisionRequest(Document):
    """What is decided, named by what follows from it, and why; the reason is read by whoever opened the case.

    The owner of a job that is taken down reads it too. Which decisions a case can take, `decisions` of the case says.
    """

    model_config = examples({"decision": "job_taken_down", "reason": "Pide un pago para postular"})

    decision: Decision
    reason: REASON


class DecisionsRequest(DecisionRequest):
    """The same decision of several cases, such as imported jobs with the same sign."""

    model_config = examples(
        {"case_ids": [EXAMPLE_ID], "decision": "job_taken_down", "reason": "Pide un pago para postular"}
    )

    case_ids: Annotated[list[RowId], Field(min_length=1, max_length=MOST_AT_ONCE)]


class DecisionLine(Document):
    """What became of one case of several."""

    case_id: str
    is_decided: bool
    problem: str | None


class DecisionLines(Document):
    """What became of each case, in their order."""

    model_config = examples({"items": [{"case_id": EXAMPLE_ID, "is_decided": True, "problem": None}]})

    items: list[DecisionLine]
