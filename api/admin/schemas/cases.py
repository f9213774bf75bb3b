"""What administrators send and read of cases."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, JsonValue

from api.schemas.fields import EXAMPLE_ID, WHEN, Document, FreeText, examples
from store.people.cases import CaseKind, CaseState, Decision

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


class CaseDocument(Document):
    """A case; its subject is a job, an organisation, a recommendation or an account."""

    model_config = examples(CASE_EXAMPLE)

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

    model_config = examples({"items": [CASE_EXAMPLE], "next_cursor": None})

    items: list[CaseDocument]
    next_cursor: str | None


class NoteDocument(Document):
    """What an administrator noted."""

    author_id: str
    text: str
    noted_at: str


class CaseDetail(CaseDocument):
    """A case with what it is about, the text that opened it, and its notes."""

    model_config = examples(CASE_EXAMPLE | {"text": None, "subject": {"title": "Gana desde casa"}, "notes": []})

    text: str | None
    subject: dict[str, Any] | None
    notes: list[NoteDocument]


class NoteRequest(Document):
    """A note on a case, for other administrators."""

    model_config = examples({"text": "Llamé a la empresa: el aviso no es suyo."})

    text: FreeText


class DecisionRequest(Document):
    """What is decided and why; the reason is read by whoever opened the case."""

    model_config = examples({"decision": "rejected", "reason": "Pide un pago para postular"})

    decision: Decision
    reason: Annotated[str, Field(min_length=1, max_length=1_000)]
