"""How much there is of everything: what an administrator sees first."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, Table, func, select

from store.hiring.applications import APPLICATIONS
from store.hiring.employers import EMPLOYERS
from store.people.accounts import ACCOUNTS, ROLES
from store.people.cases import CASES, CaseState
from store.tables import JOBS, PLACEMENTS, SEEKERS

HIRED_GRADE = 4


def counts_by(connection: Connection, table: Table, column: str, *conditions: ColumnElement[bool]) -> dict[str, int]:
    """How many rows of a table there are by each value of a column, of those that meet some conditions."""
    query = select(table.c[column], func.count()).where(*conditions)
    query = query.group_by(table.c[column]).order_by(table.c[column])
    return {str(value): count for value, count in connection.execute(query)}


def overview(connection: Connection) -> dict[str, dict[str, int]]:
    """People, jobs, applications, placements and cases, by kind and state."""

    def count(table: Table, *conditions: object) -> int:
        query = select(func.count()).select_from(table).where(*conditions)  # type: ignore[arg-type]
        return int(connection.execute(query).scalar_one())

    undecided = select(CASES.c.kind, func.count()).where(CASES.c.state != CaseState.DECIDED).group_by(CASES.c.kind)
    return {
        "accounts": counts_by(connection, ROLES, "role") | {"all": count(ACCOUNTS)},
        "people": {"profiles": count(SEEKERS), "findable": count(SEEKERS, SEEKERS.c.is_findable)},
        "employers": counts_by(connection, EMPLOYERS, "status"),
        "jobs": {"all": count(JOBS), "open": count(JOBS, JOBS.c.is_open)},
        "applications": counts_by(connection, APPLICATIONS, "stage"),
        "placements": {"all": count(PLACEMENTS), "hired": count(PLACEMENTS, PLACEMENTS.c.grade == HIRED_GRADE)},
        "waiting_cases": {row.kind: row[1] for row in connection.execute(undecided)},
    }
