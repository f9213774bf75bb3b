"""The runs of feeds as they are kept: begun, gone on with after a kill, ended, and when the next is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from store.feeds.counts import Outcome, RunCounts
from store.feeds.feed_files import Feed
from store.tables import Base

FEEDS, RUNS = Base.metadata.tables["feeds"], Base.metadata.tables["feed_runs"]
KEPT_RUNS = 100
FIRST_WAIT, WAIT_GROWTH = timedelta(minutes=15), 2


@dataclass(slots=True)
class Run:
    """A run under way. `reading_digest` names what it reads by; `is_fresh`: what did not change is read again too."""

    feed: str
    number: int
    started_at: datetime
    counts: RunCounts
    reading_digest: str
    is_fresh: bool


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is known of a feed; `last` is its last run, with how it ended."""

    feed: str
    due_at: datetime
    succeeded_at: datetime | None
    failures: int
    run_number: int
    started_at: datetime
    ended_at: datetime | None
    outcome: Outcome
    counts: RunCounts


def begin(connection: Connection, feed: Feed, now: datetime, *, is_fresh: bool) -> Run:
    """Go on with the run that has not ended, or begin the next."""
    row = connection.execute(select(FEEDS).where(FEEDS.c.feed == feed.name)).one_or_none()
    if row is not None and row.is_running:
        return _going_on(connection, row, feed.reading_digest, is_fresh=is_fresh)
    number = 1 if row is None else row.run_number + 1
    values = {"run_number": number, "is_running": True}
    if row is None:
        connection.execute(insert(FEEDS).values(feed=feed.name, due_at=now, failures=0, **values))
    else:
        _update(connection, feed.name, **values)
    counts = RunCounts()
    connection.execute(
        insert(RUNS).values(
            feed=feed.name,
            run_number=number,
            started_at=now,
            outcome=Outcome.RUNNING,
            counts=counts.document(),
            problems=[],
        )
    )
    connection.execute(delete(RUNS).where(RUNS.c.feed == feed.name, RUNS.c.run_number <= number - KEPT_RUNS))
    return Run(feed.name, number, now, counts, feed.reading_digest, is_fresh)


def note(connection: Connection, run: Run, counts: RunCounts) -> None:
    """Keep what a run has counted so far."""
    _update_run(connection, run, counts=counts.document(), problems=counts.problems)


def stop(connection: Connection, run: Run, now: datetime) -> None:
    """Leave a run that the next goes on with at once."""
    _update(connection, run.feed, due_at=now)
    _update_run(connection, run, outcome=Outcome.STOPPED, ended_at=now)


def end(connection: Connection, run: Run, outcome: Outcome, now: datetime, every: timedelta, wait: float) -> None:
    """End a run. After one that did not read all the next comes sooner, but not before `wait` seconds."""
    failures = connection.execute(select(FEEDS.c.failures).where(FEEDS.c.feed == run.feed)).scalar_one()
    values: dict[str, Any] = {"is_running": False}
    if outcome is Outcome.COMPLETE:
        values |= {"failures": 0, "succeeded_at": now, "due_at": run.started_at + every}
    else:
        soon = FIRST_WAIT * WAIT_GROWTH ** min(failures, 10)
        due_at = now + max(min(every, soon), timedelta(seconds=wait))
        values |= {"failures": failures + 1, "due_at": due_at}
    _update(connection, run.feed, **values)
    counts = run.counts
    _update_run(connection, run, outcome=outcome, ended_at=now, counts=counts.document(), problems=counts.problems)


def feed_states(connection: Connection) -> dict[str, FeedState]:
    """Every feed that ever ran, by name."""
    is_last = (RUNS.c.feed == FEEDS.c.feed) & (RUNS.c.run_number == FEEDS.c.run_number)
    columns = [RUNS.c[name] for name in ("started_at", "ended_at", "outcome", "counts", "problems")]
    query = select(FEEDS, *columns).join(RUNS, is_last).order_by(FEEDS.c.feed)
    return {row.feed: _state(row) for row in connection.execute(query)}


def last_runs(connection: Connection, feed: str, most: int) -> list[Row[Any]]:
    """The last runs of a feed, the newest first."""
    query = select(RUNS).where(RUNS.c.feed == feed).order_by(RUNS.c.run_number.desc()).limit(most)
    return list(connection.execute(query))


def _going_on(connection: Connection, row: Row[Any], digest: str, *, is_fresh: bool) -> Run:
    of_run = (RUNS.c.feed == row.feed) & (RUNS.c.run_number == row.run_number)
    stored = connection.execute(select(RUNS).where(of_run)).one()
    counts = RunCounts.of(stored.counts, stored.problems)
    run = Run(row.feed, row.run_number, stored.started_at, counts, digest, is_fresh)
    _update_run(connection, run, outcome=Outcome.RUNNING, ended_at=None)
    return run


def _state(row: Row[Any]) -> FeedState:
    return FeedState(
        row.feed,
        row.due_at,
        row.succeeded_at,
        row.failures,
        row.run_number,
        row.started_at,
        row.ended_at,
        Outcome(row.outcome),
        RunCounts.of(row.counts, row.problems),
    )


def _update(connection: Connection, feed: str, **values: Any) -> None:
    connection.execute(update(FEEDS).where(FEEDS.c.feed == feed).values(**values))


def _update_run(connection: Connection, run: Run, **values: Any) -> None:
    of_run = (RUNS.c.feed == run.feed) & (RUNS.c.run_number == run.number)
    connection.execute(update(RUNS).where(of_run).values(**values))
