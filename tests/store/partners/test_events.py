"""Events are taken once each, only of a partner's own people, and those that are outcomes become placements."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from threading import Barrier, Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, Insert, insert, text, update

from engine.jobs import Job
from engine.placements import Placement
from engine.seekers import Seeker
from store.database import writing
from store.matching.events import Event, EventKind, EventRefusal, ReceivedEvents, receive_events
from store.records.records import Records
from store.tables import SEEKERS, Base
from store.upserts import in_transaction

Receive = Callable[..., ReceivedEvents]
PARTNER, OTHER = "partner-1", "partner-2"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def receive(database: Engine, records: Records, now: datetime) -> Receive:
    """Receives events of a partner with two people, `rosa` and `luis`; there are three jobs, one was deleted."""
    records.put_jobs([Job(job_id, f"Trabajo {job_id}") for job_id in ("a", "b", "gone")])
    records.delete_job("gone")
    records.put_seekers([Seeker(seeker_id, text="Excel") for seeker_id in ("rosa", "luis", "theirs", "nobodys")])
    owners = {"rosa": PARTNER, "luis": PARTNER, "theirs": OTHER}
    with writing(database).begin() as connection:
        for seeker_id, partner_id in owners.items():
            mine = update(SEEKERS).where(SEEKERS.c.seeker_id == seeker_id)
            connection.execute(mine.values(partner_id=partner_id))

    def receive_(*events: Event, partner_id: str = PARTNER) -> ReceivedEvents:
        return in_transaction(database, partial(receive_events, partner_id=partner_id, events=events, now=now))

    return receive_


@pytest.fixture
def click(now: datetime) -> Event:
    """A click of an hour ago."""
    return Event("click-1", EventKind.CLICK, "rosa", "a", None, 2, now - HOUR)


def stored(database: Engine) -> list[tuple[str, str, str]]:
    with database.connect() as connection:
        rows = connection.execute(text("select told_by, event_id, kind from events order by told_by, event_id"))
        return [(row.told_by, row.event_id, row.kind) for row in rows]


def test_an_event_told_again_counts_once(database: Engine, receive: Receive, click: Event) -> None:
    assert receive(click, replace(click, event_id="click-2"), click) == ReceivedEvents(2, 1, {})
    assert receive(click, replace(click, event_id="click-3")) == ReceivedEvents(1, 1, {})
    assert stored(database) == [(PARTNER, f"click-{n}", "click") for n in (1, 2, 3)]


def test_event_ids_are_each_partners_own(database: Engine, receive: Receive, click: Event) -> None:
    assert receive(click).new == 1
    assert receive(replace(click, seeker_id="theirs"), partner_id=OTHER).new == 1
    assert len(stored(database)) == 2


def test_what_cannot_be_is_refused_by_its_place_and_the_rest_is_taken(
    database: Engine, receive: Receive, click: Event, now: datetime
) -> None:
    with writing(database).begin() as connection:
        for recommendation_id, seeker_id in (("of-rosa", "rosa"), ("of-luis", "luis"), ("of-a-profile", "")):
            connection.execute(_recommendation(recommendation_id, seeker_id, now))
    told: list[tuple[dict[str, object], EventRefusal | None]] = [
        ({}, None),
        ({"occurred_at": now + 2 * timedelta(minutes=1)}, EventRefusal.IN_THE_FUTURE),
        ({"occurred_at": now + timedelta(seconds=30)}, None),  # clocks differ
        ({"occurred_at": now - 366 * DAY}, EventRefusal.TOO_OLD),
        ({"occurred_at": now - 364 * DAY}, None),
        ({"seeker_id": "theirs"}, EventRefusal.NOT_YOUR_SEEKER),
        ({"seeker_id": "nobodys"}, EventRefusal.NOT_YOUR_SEEKER),
        ({"seeker_id": "unknown"}, EventRefusal.NOT_YOUR_SEEKER),
        ({"job_id": "unknown"}, EventRefusal.UNKNOWN_JOB),
        ({"job_id": "gone"}, None),
        ({"recommendation_id": "of-luis"}, EventRefusal.NOT_THEIR_RECOMMENDATION),
        ({"recommendation_id": "of-rosa"}, None),
        ({"recommendation_id": "of-a-profile"}, None),
        ({"recommendation_id": "forgotten"}, None),
    ]
    events = [replace(click, event_id=f"e{n}", **change) for n, (change, _) in enumerate(told)]  # type: ignore[arg-type]
    received = receive(*events)
    refused = {index: refusal for index, (_, refusal) in enumerate(told) if refusal is not None}
    assert received == ReceivedEvents(len(told) - len(refused), 0, refused)
    assert [event_id for _, event_id, _ in stored(database)] == sorted(
        f"e{n}" for n in range(len(told)) if n not in refused
    )


def test_applications_and_hires_become_placements_and_nothing_else_does(
    records: Records, receive: Receive, click: Event
) -> None:
    receive(
        click,
        replace(click, event_id="i", kind=EventKind.IMPRESSION),
        replace(click, event_id="a", kind=EventKind.APPLY),
        replace(click, event_id="h", kind=EventKind.HIRE, seeker_id="luis", job_id="gone"),
    )
    assert set(records.iter_placements()) == {
        Placement("rosa", "a", click.occurred_at, 0),
        Placement("luis", "gone", click.occurred_at, 4),
    }


def test_an_event_told_twice_places_nobody_twice(records: Records, receive: Receive, click: Event) -> None:
    application = replace(click, kind=EventKind.APPLY)
    receive(application)
    receive(replace(application, kind=EventKind.HIRE))  # under the id of the application
    assert list(records.iter_placements()) == [Placement("rosa", "a", click.occurred_at, 0)]


def test_an_application_told_of_late_does_not_undo_an_interview_or_a_hire(
    records: Records, receive: Receive, click: Event
) -> None:
    records.add_placements(
        [Placement("rosa", "a", click.occurred_at, 2), Placement("rosa", "b", click.occurred_at, -1)]
    )
    later = click.occurred_at + HOUR / 2
    receive(
        *(
            replace(click, event_id=f"{n}", kind=EventKind.APPLY, occurred_at=later, seeker_id=seeker_id, job_id=job_id)
            for n, (seeker_id, job_id) in enumerate([("rosa", "a"), ("rosa", "b"), ("luis", "a")])
        ),
        replace(click, event_id="hire", kind=EventKind.HIRE, seeker_id="luis"),
    )
    grades = {(one.seeker_id, one.job_id): one.grade for one in records.iter_placements()}
    assert grades == {("rosa", "a"): 2, ("rosa", "b"): 0, ("luis", "a"): 4}


def test_batches_at_once_take_each_event_once(database: Engine, receive: Receive, click: Event) -> None:
    events = [replace(click, event_id=f"e{n:03}", kind=EventKind.HIRE) for n in range(50)]
    barrier, received = Barrier(3), []

    def tell() -> None:
        barrier.wait()
        received.append(receive(*events))

    threads = [Thread(target=tell) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.new for one in received) == [0, 0, 50]
    assert {one.new + one.repeated for one in received} == {50}
    assert len(stored(database)) == 50


def test_a_thousand_events_fit_in_one_batch(database: Engine, receive: Receive, click: Event) -> None:
    events = [replace(click, event_id=f"{n}", kind=EventKind.APPLY) for n in range(1_000)]
    assert receive(*events) == ReceivedEvents(1_000, 0, {})
    assert receive(*events) == ReceivedEvents(0, 1_000, {})
    assert len(stored(database)) == 1_000


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(told=st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["rosa", "theirs"])), min_size=1, max_size=8))
def test_however_a_stream_is_cut_into_batches_the_first_right_telling_of_each_id_stands(
    database: Engine, receive: Receive, click: Event, told: list[tuple[int, str]]
) -> None:
    with writing(database).begin() as connection:
        connection.execute(text("delete from events"))
    for number, seeker_id in told:
        receive(replace(click, event_id=f"{number}", seeker_id=seeker_id))
    one_by_one = stored(database)
    with writing(database).begin() as connection:
        connection.execute(text("delete from events"))
    receive(*(replace(click, event_id=f"{number}", seeker_id=seeker_id) for number, seeker_id in told))
    assert stored(database) == one_by_one
    assert [event_id for _, event_id, _ in one_by_one] == sorted({str(n) for n, seeker in told if seeker == "rosa"})


def _recommendation(recommendation_id: str, seeker_id: str, now: datetime) -> Insert:
    return insert(Base.metadata.tables["recommendations"]).values(
        recommendation_id=recommendation_id,
        seeker_id=seeker_id,
        input_hash="0" * 64,
        partner_id=PARTNER,
        asked={},
        answered_at=now,
        bundle="b",
        model_id="m",
        reranker="formula",
        job_change_number=1,
        shown=[],
        answer_hash="0" * 64,
    )
