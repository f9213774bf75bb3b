"""What the sections of the impact record share: where their figures come from, and how Peru writes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Table, func, select

LIMA = ZoneInfo("America/Lima")
MONTHS = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "setiembre", "octubre", "noviembre", "diciembre"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures come from: an open connection to the database, the data folder, and the moment of the record.

    `replay_count`: how many logged answers are given again.
    """

    connection: Connection
    data_dir: Path
    now: datetime
    replay_count: int

    def count(self, table: Table, *conditions: ColumnElement[bool]) -> int:
        """How many rows of a table meet some conditions."""
        query = select(func.count()).select_from(table).where(*conditions)
        return int(self.connection.execute(query).scalar_one())

    def tally(self, *columns: ColumnElement[Any], where: ColumnElement[bool] | None = None) -> list[tuple[Any, ...]]:
        """Each combination of values of some columns with its number of rows, in their order."""
        query = select(*columns, func.count()).group_by(*columns).order_by(*columns)
        rows = self.connection.execute(query if where is None else query.where(where))
        return [tuple(row) for row in rows]


def moment(at: datetime | None) -> str:
    """A moment as Lima's clock has it."""
    return "–" if at is None else f"{at.astimezone(LIMA):%d/%m/%Y %H:%M}"


def number(value: int) -> str:
    """A count with its thousands apart."""
    return f"{value:,}"


def share(part: int, whole: int) -> str:
    """A part of a whole as a percentage."""
    return f"{100 * part / whole:.1f} %" if whole else "–"


def durations(found: Sequence[timedelta]) -> str:
    """The middle one and the longest of some durations."""
    if not found:
        return "–"
    middle = timedelta(seconds=median(one.total_seconds() for one in found))
    return f"mediana {_duration(middle)}, la mayor {_duration(max(found))}"


def months(first: datetime, last: datetime) -> Iterator[tuple[str, datetime, datetime]]:
    """The months of Lima from one moment to another, each with its beginning and its end."""
    start = first.astimezone(LIMA).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    while start <= last:
        next_year, next_month = start.year + start.month // len(MONTHS), start.month % len(MONTHS) + 1
        end = start.replace(year=next_year, month=next_month)
        yield f"{MONTHS[start.month - 1]} de {start.year}", start.astimezone(UTC), end.astimezone(UTC)
        start = end


def _duration(length: timedelta) -> str:
    hours = length.total_seconds() / 3600
    return f"{hours:.1f} h" if hours < 48 else f"{hours / 24:.1f} días"
