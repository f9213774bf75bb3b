"""Runs the quality checks over a snapshot's Parquet files, in DuckDB.

A check is a query that returns the rows at fault. None: passed. Some, within the share that the check tolerates:
warned. More: failed. Without the right columns no other check can run, and then none counts as passed.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from training.snapshots.leakage import LEAKAGE_CHECKS, create_split
from training.snapshots.structure import SCHEMA_CHECK, STRUCTURE_CHECKS, Check, create_expected_columns
from training.snapshots.tables import open_tables

if TYPE_CHECKING:
    import duckdb

SHOWN_ROWS = 20


class Status(StrEnum):
    """What became of a check."""

    PASSED = "passed"
    WARNED = "warned"
    FAILED = "failed"
    NOT_RUN = "not run"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """A check's outcome: how many rows are at fault, the first of them by id, and what to do about it."""

    name: str
    status: Status
    message: str
    found: int = 0
    rows: list[dict[str, Any]] = field(default_factory=list)
    fix: str = ""

    @property
    def is_drift(self) -> bool:
        """Whether it compares with an earlier snapshot; only such a failure can be accepted."""
        return self.name.startswith("drift")

    def document(self) -> dict[str, Any]:
        """The result as JSON."""
        return asdict(self)

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> CheckResult:
        """The result of a JSON document."""
        return cls(**(document | {"status": Status(document["status"])}))


def run_checks(folder: Path, taken_at: datetime) -> list[CheckResult]:
    """Every check of the snapshot in `folder`, which was taken at `taken_at`."""
    with open_tables(folder) as connection:
        connection.execute("create table snapshot as select $1::timestamp as taken_at", [_utc_text(taken_at)])
        create_expected_columns(connection)
        schema = _run(connection, SCHEMA_CHECK)
        if schema.status is Status.FAILED:
            return [schema, *(_not_run(check) for check in (*STRUCTURE_CHECKS, *LEAKAGE_CHECKS))]
        create_split(connection)
        return [schema, *(_run(connection, check) for check in (*STRUCTURE_CHECKS, *LEAKAGE_CHECKS))]


def _run(connection: duckdb.DuckDBPyConnection, check: Check) -> CheckResult:
    answer = connection.execute(
        f"with offending as ({check.query}) "
        f"select *, count(*) over () as in_all from offending order by all limit {SHOWN_ROWS}"
    )
    names = [column[0] for column in answer.description or []][:-1]
    fetched = answer.fetchall()
    rows = [dict(zip(names, map(_plain, row[:-1]), strict=True)) for row in fetched]
    found = int(fetched[0][-1]) if fetched else 0
    total = _count(connection, check.out_of) if check.out_of else 0
    excess = found > check.tolerated_share * total
    status = Status.FAILED if excess else Status.WARNED if found else Status.PASSED
    message = check.message
    if found and check.out_of:
        message += f" ({found / max(total, 1):.1%} of {total:,}; {check.tolerated_share:.0%} is tolerated)"
    return CheckResult(check.name, status, message, found, rows, check.fix)


def _not_run(check: Check) -> CheckResult:
    return CheckResult(check.name, Status.NOT_RUN, check.message, fix="mend the schema first")


def _count(connection: duckdb.DuckDBPyConnection, rows: str) -> int:
    (count,) = connection.execute(f"select count(*) from {rows}").fetchall()[0]
    return int(count)


def _plain(value: Any) -> Any:
    """A value that JSON can hold."""
    return value.isoformat() if isinstance(value, datetime | date) else value


def _utc_text(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat()
