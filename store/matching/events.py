"""What partners tell of their people and jobs: impressions, clicks, applications, hires. Told twice, it counts once.

Applications and hires are placements too, which train the towers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Column, ColumnElement, Connection, Table, insert, select, tuple_

from engine.placements import Placement
from store.matching.placements import put_placements
from store.tables import DELETED_JOBS, JOBS, PLACEMENTS, SEEKERS, Base
from store.upserts import BATCH_ROWS, batches

EVENTS: Table = Base.metadata.tables["events"]
RECOMMENDATIONS: Table = Base.metadata.tables["recommendations"]
MOST_EVENTS = 1_000
CHAMBA = "chamba"  # who tells of what people do on our own pages; no partner's id
OLDEST = timedelta(days=365)
# Clocks differ.
NEWEST = timedelta(minutes=1)


class EventKind(StrEnum):
    """What happened between a person and a job."""

    IMPRESSION = "impression"
    CLICK = "click"
    APPLY = "apply"
    HIRE = "hire"


GRADES = {EventKind.APPLY: 0, EventKind.HIRE: 4}


class EventRefusal(StrEnum):
    """Why an event is not taken."""

    INVALID = "invalid"  # it cannot be read
    IN_THE_FUTURE = "in_the_future"
    TOO_OLD = "too_old"
    NOT_YOUR_SEEKER = "not_your_seeker"
    UNKNOWN_JOB = "unknown_job"
    NOT_THEIR_RECOMMENDATION = "not_their_recommendation"


@dataclass(frozen=True, slots=True)
class Event:
    """One event; `event_id` is the partner's own, `position` the job's place in the answer, 1 for the first."""

    event_id: str
    kind: EventKind
    seeker_id: str
    job_id: str
    recommendation_id: str | None
    position: int | None
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class ReceivedEvents:
    """What became of a batch: how many events are new and how many were told before; the refused by their index."""

    new: int
    repeated: int
    refused: dict[int, EventRefusal]


@dataclass(frozen=True, slots=True)
class _Known:
    """Which of the ids that a batch names are known: whose events may be told of."""

    seekers: frozenset[str]
    jobs: frozenset[str]
    recommended_to: dict[str, str]


def receive_events(connection: Connection, partner_id: str, events: Sequence[Event], now: datetime) -> ReceivedEvents:
    """Store a partner's new events, and the placements that they tell of.

    A partner tells of its own people only, of jobs that are or were here, and of the last year. A recommendation that
    is no longer kept is taken as told; one that was somebody else's is refused. People that are told of cannot be
    erased before the caller's transaction ends. Two batches at once that tell the same: IntegrityError for the second.
    """
    known = _known(connection, partner_id, events)
    stored_before = _stored(
        connection, EVENTS.c.event_id, (event.event_id for event in events), EVENTS.c.told_by == partner_id
    )
    new: dict[str, Event] = {}
    refused: dict[int, EventRefusal] = {}
    repeated = 0
    for index, event in enumerate(events):
        if event.event_id in stored_before or event.event_id in new:
            repeated += 1
        elif (refusal := _refusal(event, known, now)) is not None:
            refused[index] = refusal
        else:
            new[event.event_id] = event
    if new:
        connection.execute(insert(EVENTS), [_row(event, partner_id, now) for _, event in sorted(new.items())])
    for batch in batches(_placements(connection, list(new.values()))):
        put_placements(connection, batch)
    return ReceivedEvents(len(new), repeated, refused)


def note_click(
    connection: Connection, seeker_id: str, job_id: str, recommendation_id: str, position: int | None, now: datetime
) -> bool:
    """Note that somebody opened a job of an answer on our own pages; False where that is noted, or is none of theirs.

    Told by Chamba itself: an answer and a job name the event, so that it counts once.
    """
    event = Event(f"{recommendation_id}/{job_id}", EventKind.CLICK, seeker_id, job_id, recommendation_id, position, now)
    whose = select(RECOMMENDATIONS.c.seeker_id).where(RECOMMENDATIONS.c.recommendation_id == recommendation_id)
    if connection.execute(whose).scalar_one_or_none() not in (None, seeker_id):
        return False
    if _stored(connection, EVENTS.c.event_id, [event.event_id], EVENTS.c.told_by == CHAMBA):
        return False
    connection.execute(insert(EVENTS), [_row(event, CHAMBA, now)])
    return True


def _known(connection: Connection, partner_id: str, events: Sequence[Event]) -> _Known:
    seeker_ids = sorted({event.seeker_id for event in events})
    own = select(SEEKERS.c.seeker_id).where(SEEKERS.c.partner_id == partner_id, SEEKERS.c.seeker_id.in_(seeker_ids))
    # Locked, so that whoever erases a person finds these events, or these events find nobody.
    locked = own.order_by(SEEKERS.c.seeker_id).with_for_update(read=True, key_share=True)
    seekers = frozenset(connection.execute(locked).scalars())
    jobs = _stored(connection, JOBS.c.job_id, (event.job_id for event in events))
    jobs |= _stored(connection, DELETED_JOBS.c.job_id, (event.job_id for event in events if event.job_id not in jobs))
    named = sorted({event.recommendation_id for event in events if event.recommendation_id is not None})
    of_whom = select(RECOMMENDATIONS.c.recommendation_id, RECOMMENDATIONS.c.seeker_id)
    # Nobody's, where a profile came with the request: it may be anybody's.
    of_whom = of_whom.where(RECOMMENDATIONS.c.recommendation_id.in_(named), RECOMMENDATIONS.c.seeker_id != "")
    return _Known(seekers, jobs, {row.recommendation_id: row.seeker_id for row in connection.execute(of_whom)})


def _stored(
    connection: Connection, column: Column[str], ids: Iterable[str], *also: ColumnElement[bool]
) -> frozenset[str]:
    query = select(column).where(column.in_(sorted(set(ids))), *also)
    return frozenset(connection.execute(query).scalars())


def _refusal(event: Event, known: _Known, now: datetime) -> EventRefusal | None:
    refusals = {
        EventRefusal.IN_THE_FUTURE: event.occurred_at > now + NEWEST,
        EventRefusal.TOO_OLD: event.occurred_at < now - OLDEST,
        EventRefusal.NOT_YOUR_SEEKER: event.seeker_id not in known.seekers,
        EventRefusal.UNKNOWN_JOB: event.job_id not in known.jobs,
        EventRefusal.NOT_THEIR_RECOMMENDATION: known.recommended_to.get(event.recommendation_id or "", event.seeker_id)
        != event.seeker_id,
    }
    return next((refusal for refusal, is_so in refusals.items() if is_so), None)


def _row(event: Event, partner_id: str, now: datetime) -> dict[str, object]:
    return {
        "told_by": partner_id,
        "event_id": event.event_id,
        "kind": event.kind,
        "seeker_id": event.seeker_id,
        "job_id": event.job_id,
        "recommendation_id": event.recommendation_id,
        "position": event.position,
        "occurred_at": event.occurred_at,
        "received_at": now,
    }


def _placements(connection: Connection, events: Sequence[Event]) -> Iterator[Placement]:
    """The outcomes among events. An application that is told of late undoes nothing better that came of it."""
    outcomes = [event for event in events if event.kind in GRADES]
    better = {(event.seeker_id, event.job_id) for event in outcomes if event.kind is EventKind.HIRE}
    pairs = sorted({(event.seeker_id, event.job_id) for event in outcomes} - better)
    for start in range(0, len(pairs), BATCH_ROWS):
        named = tuple_(PLACEMENTS.c.seeker_id, PLACEMENTS.c.job_id).in_(pairs[start : start + BATCH_ROWS])
        query = select(PLACEMENTS.c.seeker_id, PLACEMENTS.c.job_id).where(named, PLACEMENTS.c.grade > 0)
        better |= {(row.seeker_id, row.job_id) for row in connection.execute(query)}
    for event in outcomes:
        if event.kind is EventKind.HIRE or (event.seeker_id, event.job_id) not in better:
            yield Placement(event.seeker_id, event.job_id, event.occurred_at, GRADES[event.kind])
