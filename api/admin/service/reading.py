"""What an administrator reads of cases, jobs and organisations: private values among it are told to the audit log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from api.access.auditing import audit
from api.credentials.callers import Caller
from api.services.services import Services
from engine.explain import Locale
from store.audit import AuditAction, read_audit
from store.people.cases import Case, CaseKind, CaseState, Decision
from store.people.listed_cases import CaseFilter, list_cases

MOST_ACTS = 20


@dataclass(frozen=True, slots=True)
class Reading:
    """One request of an administrator on a connection; `private` gathers what it reads, by whose it is."""

    connection: Connection
    caller: Caller
    services: Services
    private: dict[str, set[str]] = field(default_factory=dict)

    @property
    def locale(self) -> Locale:
        """The language of whoever reads."""
        return self.caller.locale

    @property
    def now(self) -> datetime:
        """The moment of the request."""
        return self.services.now()

    def reveal(self, subject: str, **values: object) -> None:
        """Note that those of the values that there are were read of a subject such as `employer:…`."""
        named = {name for name, value in values.items() if value is not None}
        if named:
            self.private.setdefault(subject, set()).update(named)

    def tell(self) -> None:
        """Tell the audit log what was read, last in the transaction."""
        for subject, fields in sorted(self.private.items()):
            detail = {"fields": sorted(fields)}
            audit(self.connection, self.caller, AuditAction.PRIVATE_VALUES_READ, subject, self.services, detail)

    def acts(self, subject: str) -> list[dict[str, Any]]:
        """The last acts upon a subject that the audit log has."""
        entries = read_audit(self.connection, subject=subject, limit=MOST_ACTS, newest_first=True)
        return [
            {"action": entry.action, "actor": entry.actor, "happened_at": entry.happened_at.isoformat()}
            for entry in entries
        ]


@contextmanager
def told_reading(connection: Connection, caller: Caller, services: Services) -> Iterator[Reading]:
    """A reading that the audit log is told of at its end, last in the transaction."""
    reading = Reading(connection, caller, services)
    yield reading
    reading.tell()


def reports_of(connection: Connection, opened_by: str) -> dict[str, int]:
    """How many jobs somebody reported, and how often that was right and wrong."""
    cases = list_cases(connection, CaseFilter(opened_by=opened_by, kinds=[CaseKind.REPORT]))
    decisions = Counter(case.decision for case in cases)
    return {
        "reports": len(cases),
        "reports_right": decisions[Decision.JOB_TAKEN_DOWN],
        "reports_wrong": decisions[Decision.JOB_STAYS],
    }


def decided_documents(cases: Iterable[Case]) -> list[dict[str, Any]]:
    """Cases in the shape of `DecidedCase`."""
    return [decided_document(case) for case in cases]


def decided_document(case: Case) -> dict[str, Any]:
    """A case in the shape of `DecidedCase`."""
    return {
        "case_id": case.case_id,
        "kind": case.kind,
        "state": case.state,
        "reasons": list(case.reasons),
        "opened_by": case.opened_by,
        "opened_at": case.opened_at.isoformat(),
        "decision": case.decision,
        "decision_reason": case.decision_reason,
        "decided_by": case.assigned_to if case.state is CaseState.DECIDED else None,
        "decided_at": isoformat(case.decided_at),
    }


def isoformat(moment: datetime | None) -> str | None:
    """A moment as JSON has it."""
    return None if moment is None else moment.isoformat()
