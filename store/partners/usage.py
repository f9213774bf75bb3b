"""How many requests partners made, by minute and by day: counted by several processes, kept here together."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from sqlalchemy import Connection, Table, and_, delete, func, insert, select, update

from store.tables.partners import PartnerAnswersRow, PartnerUsageRow

USAGE: Table = PartnerUsageRow.metadata.tables["partner_usage"]
ANSWERS: Table = PartnerAnswersRow.metadata.tables["partner_answers"]
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MINUTE_LENGTH = len("2026-11-25T19:05")

# How many requests: (partner, period) → count.
Counts = dict[tuple[str, str], int]
# How many answers: (partner, day, class of the status) → count.
AnswerCounts = dict[tuple[str, str, int], int]


@dataclass(frozen=True, slots=True)
class Periods:
    """The minute and the day (UTC) of a moment, as `partner_usage` names them."""

    minute: str
    day: str

    @classmethod
    def of(cls, now: datetime) -> Periods:
        """The periods that hold `now`."""
        return _periods(int(now.timestamp()) // 60)


@lru_cache(maxsize=16)  # every request of a minute asks for the same
def _periods(minute_number: int) -> Periods:
    minute = datetime.fromtimestamp(minute_number * 60, UTC).isoformat(timespec="minutes")[:MINUTE_LENGTH]
    return Periods(minute, minute.partition("T")[0])


def is_minute(period: str) -> bool:
    """Whether a period is a minute rather than a day."""
    return len(period) == MINUTE_LENGTH


def add_usage(connection: Connection, counts: Mapping[tuple[str, str], int]) -> None:
    """Add to what is counted; who inserts a row that another inserts too gets an IntegrityError and does it again."""
    for (partner_id, period), count in sorted(counts.items()):  # sorted: two writers lock rows in the same order
        at_row = (USAGE.c.partner_id == partner_id) & (USAGE.c.period == period)
        more = update(USAGE).where(at_row).values(request_count=USAGE.c.request_count + count)
        if connection.execute(more).rowcount == 0:
            connection.execute(insert(USAGE).values(partner_id=partner_id, period=period, request_count=count))


def add_answers(connection: Connection, counts: Mapping[tuple[str, str, int], int]) -> None:
    """The same for what was answered."""
    for (partner_id, day, status_class), count in sorted(counts.items()):
        at_row = (
            (ANSWERS.c.partner_id == partner_id) & (ANSWERS.c.day == day) & (ANSWERS.c.status_class == status_class)
        )
        more = update(ANSWERS).where(at_row).values(answer_count=ANSWERS.c.answer_count + count)
        if connection.execute(more).rowcount == 0:
            row = {"partner_id": partner_id, "day": day, "status_class": status_class, "answer_count": count}
            connection.execute(insert(ANSWERS).values(row))


def read_days(connection: Connection, partner_id: str, since: str) -> dict[str, int]:
    """A partner's requests of each day from `since` (`2026-11-25`) on; days without any are left out."""
    is_day = (func.length(USAGE.c.period) != MINUTE_LENGTH) & (USAGE.c.period >= since)
    query = select(USAGE.c.period, USAGE.c.request_count).where(USAGE.c.partner_id == partner_id, is_day)
    return {row.period: row.request_count for row in connection.execute(query)}


def read_answers(connection: Connection, partner_id: str, since: str) -> dict[tuple[str, int], int]:
    """What a partner was answered from `since` on: (day, class of the status) → count."""
    query = select(ANSWERS).where(ANSWERS.c.partner_id == partner_id, ANSWERS.c.day >= since)
    return {(row.day, row.status_class): row.answer_count for row in connection.execute(query)}


def read_usage(connection: Connection, partner_ids: Collection[str], periods: Periods) -> Counts:
    """What those partners used of these periods; nothing for those that made no request."""
    in_periods = USAGE.c.period.in_([periods.minute, periods.day])
    query = select(USAGE).where(USAGE.c.partner_id.in_(partner_ids), in_periods)
    return {(row.partner_id, row.period): row.request_count for row in connection.execute(query)}


def forget_minutes(connection: Connection, partner_ids: Collection[str], now: datetime) -> int:
    """Drop those partners' minutes but for this one and the one before, in which others may still count; how many."""
    is_past = and_(func.length(USAGE.c.period) == MINUTE_LENGTH, USAGE.c.period < Periods.of(now - MINUTE).minute)
    return connection.execute(delete(USAGE).where(USAGE.c.partner_id.in_(partner_ids), is_past)).rowcount
