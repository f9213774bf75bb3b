"""How many requests partners made, against their limits: counted in memory, exchanged with other workers now and then.

A sloppy counter: each process counts exactly for itself, and learns what the others counted when it flushes. A
partner can so overrun a limit by at most what the other workers let through between two flushes.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from functools import lru_cache, partial
from threading import Lock

from sqlalchemy import Connection, Engine

from store.partners.partners import RequestLimits
from store.partners.usage import (
    DAY,
    MINUTE,
    AnswerCounts,
    Counts,
    Periods,
    add_answers,
    add_usage,
    forget_minutes,
    is_minute,
    read_usage,
)
from store.upserts import in_transaction

DAY_SECONDS = round(DAY.total_seconds())


class RequestCounts:
    """Counts of one process, safe to share between threads; counting takes microseconds and no SQL."""

    def __init__(self, database: Engine) -> None:
        self._database = database
        self._lock, self._flushing = Lock(), Lock()
        # What the database had at the last flush, what is being written to it, and what came since.
        self._known: Counts = {}
        self._written: Counts = {}
        self._pending: Counts = {}
        self._answered: AnswerCounts = {}  # what the database does not know of
        self._minute = ""

    def count(self, partner_id: str, limits: RequestLimits, now: datetime) -> dict[str, str] | None:
        """Count a request; past a limit nothing is counted, and the answer is the headers that say so.

        They are `Retry-After` (RFC 9110, 10.2.3) and the `RateLimit` fields of draft-ietf-httpapi-ratelimit-headers.
        """
        periods = Periods.of(now)
        with self._lock:
            if self._total(partner_id, periods.minute) >= limits.requests_per_minute:
                return _headers("minute", limits.requests_per_minute, MINUTE.seconds, now)
            if self._total(partner_id, periods.day) >= limits.requests_per_day:
                return _headers("day", limits.requests_per_day, DAY_SECONDS, now)
            for period in (periods.minute, periods.day):
                self._pending[partner_id, period] = self._pending.get((partner_id, period), 0) + 1
        return None

    def answered(self, partner_id: str, status: int, now: datetime) -> None:
        """Count an answer by the class of its status."""
        key = (partner_id, Periods.of(now).day, status // 100)
        with self._lock:
            self._answered[key] = self._answered.get(key, 0) + 1

    def used(self, partner_id: str, now: datetime) -> tuple[int, int]:
        """The requests of this minute and of this day."""
        periods = Periods.of(now)
        with self._lock:
            return self._total(partner_id, periods.minute), self._total(partner_id, periods.day)

    def left(self, partner_id: str, limits: RequestLimits, now: datetime) -> bytes:
        """The `RateLimit` field: how many requests are left of each limit, and in how many seconds it begins anew."""
        in_minute, today = self.used(partner_id, now)
        at = int(now.timestamp())
        return b'"minute";r=%d;t=%d, "day";r=%d;t=%d' % (
            max(0, limits.requests_per_minute - in_minute),
            MINUTE.seconds - at % MINUTE.seconds,
            max(0, limits.requests_per_day - today),
            DAY_SECONDS - at % DAY_SECONDS,
        )

    def flush(self, partner_ids: Collection[str], now: datetime) -> None:
        """Write what was counted and read what all counted, for those partners.

        Raises SQLAlchemyError when the database does not answer; what was counted is then written by a later flush.
        Should it fail after the database had committed, that part is counted twice rather than never.
        """
        periods = Periods.of(now)
        with self._flushing:
            with self._lock:
                # Nobody is limited by a minute that is past.
                self._written = {
                    (partner_id, period): count
                    for (partner_id, period), count in self._pending.items()
                    if not is_minute(period) or period >= periods.minute
                }
                self._pending = {}
                answered, self._answered = self._answered, {}
            try:
                counted_ids = {*partner_ids, *(partner_id for partner_id, _ in self._written)}
                known = self._exchange(counted_ids, periods, answered)
            except BaseException:
                with self._lock:
                    for key, count in self._written.items():
                        self._pending[key] = self._pending.get(key, 0) + count
                    for answer, count in answered.items():
                        self._answered[answer] = self._answered.get(answer, 0) + count
                    self._written = {}
                raise
            with self._lock:
                self._known, self._written = known, {}
            if self._minute != periods.minute:
                in_transaction(self._database, partial(forget_minutes, partner_ids=partner_ids, now=now))
                self._minute = periods.minute

    def pending(self) -> int:
        """How many requests the database does not know of yet."""
        with self._lock:
            days = [count for (_, period), count in self._pending.items() if not is_minute(period)]
        return sum(days)

    def _exchange(self, partner_ids: Collection[str], periods: Periods, answered: AnswerCounts) -> Counts:
        if not self._written and not answered:
            with self._database.connect() as connection:
                return read_usage(connection, partner_ids, periods)

        def write(connection: Connection) -> Counts:
            add_usage(connection, self._written)
            add_answers(connection, answered)
            return read_usage(connection, partner_ids, periods)

        return in_transaction(self._database, write)

    def _total(self, partner_id: str, period: str) -> int:
        key = (partner_id, period)
        return self._known.get(key, 0) + self._written.get(key, 0) + self._pending.get(key, 0)


@lru_cache(maxsize=256)
def policy(limits: RequestLimits) -> bytes:
    """The `RateLimit-Policy` field, which tells all limits."""
    return b'"minute";q=%d;w=%d, "day";q=%d;w=%d' % (
        *(limits.requests_per_minute, MINUTE.seconds),
        *(limits.requests_per_day, DAY_SECONDS),
    )


def _headers(name: str, limit: int, seconds: int, now: datetime) -> dict[str, str]:
    left = seconds - int(now.astimezone(UTC).timestamp()) % seconds
    return {
        "Retry-After": str(left),
        "RateLimit-Policy": f'"{name}";q={limit};w={seconds}',
        "RateLimit": f'"{name}";r=0;t={left}',
    }
