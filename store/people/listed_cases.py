"""Cases of a list: those that wait, those of a kind, of whoever opened them, of whoever has them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, String, cast, select

from store.people.cases import CASES, Case, CaseKind, CaseState, case_of_row


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases of a list: those that have each value that is given."""

    state: CaseState | None = None
    kinds: Collection[CaseKind] | None = None
    opened_by: str | None = None
    subject_id: str | None = None
    assigned_to: str | None = None
    reason: str | None = None
    is_undecided: bool = False


def list_cases(
    connection: Connection,
    wanted: CaseFilter,
    *,
    after: str | None = None,
    limit: int | None = None,
    newest_first: bool = False,
) -> list[Case]:
    """Cases by when they were opened, the oldest first unless said otherwise; `after`: the last one seen."""
    case_id = CASES.c.case_id
    query = _among(select(CASES), wanted).order_by(case_id.desc() if newest_first else case_id).limit(limit)
    if after is not None:
        query = query.where(case_id < after if newest_first else case_id > after)
    return [case_of_row(row) for row in connection.execute(query)]


def _among(query: Select[Any], wanted: CaseFilter) -> Select[Any]:
    named = {
        "state": wanted.state,
        "opened_by": wanted.opened_by,
        "subject_id": wanted.subject_id,
        "assigned_to": wanted.assigned_to,
    }
    for column, value in named.items():
        if value is not None:
            query = query.where(CASES.c[column] == value)
    if wanted.kinds is not None:
        query = query.where(CASES.c.kind.in_(wanted.kinds))
    if wanted.reason is not None:  # JSON, whose text holds each code in quotes
        query = query.where(cast(CASES.c.reasons, String).contains(f'"{wanted.reason}"', autoescape=True))
    if wanted.is_undecided:
        query = query.where(CASES.c.state != CaseState.DECIDED)
    return query
