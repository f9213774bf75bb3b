"""Records: what is stored, what is left alone, and what happens when many write at once."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, insert, text, update

from engine.errors import InvalidInputError, NotFoundError
from engine.jobs import Job, Modality
from engine.pay import Pay, PayPeriod
from engine.placements import Placement
from engine.schedules import Schedule, ScheduleKind, Weekday, Window
from engine.seekers import Availability, Seeker
from store.database import migrate, open_database, writing
from store.matching.events import EVENTS, Event, EventKind
from store.records.records import Records
from store.tables import SEEKERS
from store.upserts import PutCounts
from tests.databases import NewDatabaseUrl

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def jobs_of(count: int, note: str = "") -> list[Job]:
    """`count` jobs, a:0000 on, whose text says `note`."""
    return [Job(f"a:{number:04d}", f"Puesto {number}", note, source="a") for number in range(count)]


def test_a_job_is_read_back_as_it_was_written(records: Records) -> None:
    schedule = Schedule(ScheduleKind.FIXED, "America/Lima", (Window((Weekday.MON,), 1320, 360),))
    job = Job("a:1", "Agente de noche ☎", schedule=schedule, modality=Modality.REMOTE, closes_at=NOON, is_open=False)
    records.put_jobs([job])
    assert records.get_job("a:1") == job


def test_putting_the_same_jobs_again_touches_nothing(records: Records, database: Engine) -> None:
    times = "SELECT job_id, created_at, updated_at FROM jobs ORDER BY job_id"
    assert records.put_jobs(jobs_of(1203)) == PutCounts(created=1203)
    with database.connect() as connection:
        before = connection.execute(text(times)).all()
    assert records.put_jobs(jobs_of(1203)) == PutCounts(unchanged=1203)
    with database.connect() as connection:
        assert connection.execute(text(times)).all() == before


def test_only_changed_jobs_are_updated_and_keep_their_birth(records: Records, database: Engine) -> None:
    records.put_jobs(jobs_of(3))
    changed = [Job("a:0001", "Otro título", source="a"), *jobs_of(1), Job("b:1", "Nuevo")]
    assert records.put_jobs(changed) == PutCounts(created=1, updated=1, unchanged=1)
    assert records.get_job("a:0001").title == "Otro título"
    with database.connect() as connection:
        row = connection.execute(text("SELECT created_at < updated_at FROM jobs WHERE job_id = 'a:0001'"))
        assert row.scalar() == 1


def test_the_last_of_two_jobs_with_one_id_stands(records: Records) -> None:
    records.put_jobs([Job("a:1", "Primero"), Job("a:1", "Segundo")])
    assert records.get_job("a:1").title == "Segundo"
    assert len(list(records.iter_jobs())) == 1


def test_jobs_come_in_order_of_id_and_closed_ones_can_be_left_out(records: Records) -> None:
    hour = timedelta(hours=1)
    records.put_jobs(
        [
            Job("c", "Abierto"),
            Job("b", "Cierra luego", closes_at=NOON + hour),
            Job("d", "Cerró", closes_at=NOON - hour),
            Job("a", "Retirado", is_open=False),
            Job("e", "Cierra justo ahora", closes_at=NOON),
        ]
    )
    assert [job.job_id for job in records.iter_jobs()] == ["a", "b", "c", "d", "e"]
    assert [job.job_id for job in records.iter_jobs(open_at=NOON)] == ["b", "c"]


def test_everything_comes_in_the_order_in_which_python_sorts(records: Records) -> None:
    """Which is not how a database that was told to sort in Spanish would."""
    ids = ["a", "B", "ñ", "n", "o", "N", "a-b", "a:b", "a.a", "ab", "_", "~", "10", "9", "Ñ", "ｚ", "😀"]
    records.put_jobs(Job(one, "Puesto") for one in ids)
    records.put_seekers(Seeker(one, "hola") for one in ids)
    records.store_seeker_vectors([(Seeker(one, "hola"), np.ones(2, np.float32)) for one in ids], "m1")
    records.add_placements(Placement(one, "x", NOON) for one in ids)
    records.add_placements(Placement("x", one, NOON) for one in ids)
    assert [job.job_id for job in records.iter_jobs()] == sorted(ids)
    assert [stored.seeker.seeker_id for stored in records.iter_seekers()] == sorted(ids)
    assert records.people_vectors("m1").seeker_ids == sorted(ids)
    pairs = [(placement.seeker_id, placement.job_id) for placement in records.iter_placements()]
    assert pairs == sorted(pairs)


def test_a_reader_that_stops_early_leaves_nothing_open(records: Records, database: Engine) -> None:
    records.put_jobs(jobs_of(3))
    assert next(records.iter_jobs()).job_id == "a:0000"
    assert database.pool.status().endswith("Current Checked out connections: 0")


def test_what_is_not_there_is_not_found(records: Records) -> None:
    for missing in (records.get_job, records.delete_job, records.get_seeker, records.delete_seeker):
        with pytest.raises(NotFoundError, match="nadie"):
            missing("nadie")


def test_deleting_leaves_history(records: Records) -> None:
    records.put_jobs([Job("a:1", "Puesto")])
    records.put_seekers([Seeker("s1", "hola")])
    placement = Placement("s1", "a:1", NOON, 3)
    records.add_placements([placement])
    records.delete_job("a:1")
    records.delete_seeker("s1")
    assert list(records.iter_jobs()) == []
    assert list(records.iter_placements()) == [placement]


def test_a_seekers_vector_is_kept_with_its_model(records: Records) -> None:
    vector = np.linspace(-1, 1, 384, dtype=np.float32)
    assert records.put_seeker(Seeker("s1", "hola"), vector, "m1") is True
    stored = records.get_seeker("s1")
    assert stored.vector is not None
    assert stored.vector.dtype == np.float32
    np.testing.assert_array_equal(stored.vector, vector)
    assert stored.vector_model_id == "m1"
    assert records.put_seeker(Seeker("s1", "hola"), -vector, "m2") is False
    assert records.get_seeker("s1").vector_model_id == "m2"


def test_a_profile_that_changed_loses_the_vector_that_no_longer_fits(records: Records) -> None:
    records.put_seeker(Seeker("s1", "hola"), np.ones(2, np.float32), "m1")
    records.put_seekers([Seeker("s1", "hola")])
    assert records.get_seeker("s1").vector is not None
    records.put_seekers([Seeker("s1", "adiós")])
    assert records.get_seeker("s1").vector is None
    assert records.get_seeker("s1").vector_model_id is None


def test_vectors_can_be_stored_later_in_bulk(records: Records) -> None:
    records.put_seekers(Seeker(f"s{number}", "hola") for number in range(3))
    vector = np.ones(2, np.float32)
    records.store_seeker_vectors([(Seeker("s1", "hola"), vector), (Seeker("nadie", "hola"), vector)], "m1")
    assert [stored.vector_model_id for stored in records.iter_seekers()] == [None, "m1", None]


def test_whole_numbers_are_the_same_profile_as_the_decimals_they_are_read_back_as(records: Records) -> None:
    seeker = Seeker(
        "s1", "hola", availability=Availability("America/Lima", (), 20), min_pay=Pay(1130, "PEN", PayPeriod.MONTH)
    )
    records.put_seekers([seeker])
    read = records.get_seeker("s1").seeker
    records.store_seeker_vectors([(read, np.ones(2, np.float32))], "m1")
    assert records.get_seeker("s1").vector_model_id == "m1"
    assert records.put_seekers([read]).unchanged == 1


def test_a_vector_of_what_a_profile_was_does_not_touch_what_it_has_become(records: Records) -> None:
    records.put_seekers([Seeker("s1", "antes")])
    read = records.get_seeker("s1").seeker
    records.put_seeker(Seeker("s1", "después"), np.zeros(2, np.float32), "m1")
    records.store_seeker_vectors([(read, np.ones(2, np.float32))], "m1")
    stored = records.get_seeker("s1")
    assert stored.vector is not None
    assert stored.vector.tolist() == [0, 0]


@pytest.mark.parametrize(("vector", "model_id"), [([1.0, np.nan], "m1"), ([[1.0]], "m1"), ([1.0], None)])
def test_a_vector_that_is_none_is_refused(records: Records, vector: list[float], model_id: str | None) -> None:
    with pytest.raises(InvalidInputError):
        records.put_seeker(Seeker("s1", "hola"), np.array(vector, np.float32), model_id)


def test_of_two_outcomes_the_later_stands_in_any_order(records: Records) -> None:
    applied, hired = Placement("s", "j", NOON, 0), Placement("s", "j", NOON + timedelta(days=9), 4)
    assert records.add_placements([applied]) == 1
    assert records.add_placements([hired]) == 1
    assert records.add_placements([applied, hired, applied]) == 0
    assert list(records.iter_placements()) == [hired]


def told(event_id: str, seeker_id: str, job_id: str, kind: EventKind = EventKind.CLICK) -> Event:
    return Event(event_id, kind, seeker_id, job_id, None, 3, NOON)


def test_only_who_agreed_is_read_for_training(records: Records, database: Engine) -> None:
    records.put_jobs([Job("a:1", "Puesto"), Job("a:2", "Retirado")])
    records.put_seekers(Seeker(one, "hola") for one in ("no", "sí"))
    placements = [Placement(one, "a:1", NOON, 4) for one in ("nadie", "no", "sí")]
    records.add_placements(placements)
    events = [told(f"{who} {job_id}", who, job_id) for who in ("nadie", "no", "sí") for job_id in ("a:1", "a:2")]
    with writing(database).begin() as connection:
        connection.execute(update(SEEKERS).where(SEEKERS.c.seeker_id == "no").values(may_train=False))
        rows = [asdict(one) | {"told_by": "p", "received_at": NOON} for one in events]
        connection.execute(insert(EVENTS), rows)
    assert [stored.seeker.seeker_id for stored in records.iter_seekers()] == ["no", "sí"]
    assert [stored.seeker.seeker_id for stored in records.iter_seekers(for_training=True)] == ["sí"]
    assert list(records.iter_placements()) == placements
    assert list(records.iter_placements(for_training=True)) == [placements[0], placements[2]]
    assert sorted(records.iter_events(), key=lambda one: one.job_id) == [
        told(f"sí a:{n}", "sí", f"a:{n}") for n in "12"
    ]
    assert records.ids_excluded_from_training() == ["no"]
    records.delete_job("a:2")
    assert list(records.iter_events()) == [told("sí a:1", "sí", "a:1")]


def test_the_data_version_names_the_content_and_not_its_history(new_database_url: NewDatabaseUrl) -> None:
    versions = []
    for seed in (1, 2):
        engine = open_database(new_database_url())
        records, jobs = Records(engine), jobs_of(700)
        random.Random(seed).shuffle(jobs)
        records.put_jobs(jobs)
        records.put_seekers([Seeker("s1", "hola")])
        records.add_placements([Placement("s1", "a:0001", NOON)])
        versions.append(records.data_version())
    assert versions[0] == versions[1]
    changes: list[Callable[[], object]] = [
        lambda: records.put_jobs([Job("a:0001", "Otro", source="a")]),
        lambda: records.put_seekers([Seeker("s1", "adiós")]),
        lambda: records.add_placements([Placement("s1", "a:0001", NOON + timedelta(days=1))]),
        lambda: records.delete_job("a:0002"),
    ]
    for change in changes:
        change()
        versions.append(records.data_version())
    assert len(set(versions)) == 5
    engine.dispose()


def test_four_writers_at_once_lose_nothing(new_database_url: NewDatabaseUrl) -> None:
    url = new_database_url(is_migrated=False)
    engines = [open_database(url) for _ in range(4)]

    def write(number: int) -> PutCounts:
        migrate(engines[number])
        records = Records(engines[number])
        own = [Job(f"own:{number}:{item}", "Propio") for item in range(300)]
        counts = records.put_jobs(own + jobs_of(400, note=str(number)))
        records.add_placements(Placement(f"s{number}", f"j{item}", NOON) for item in range(300))
        return counts

    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(write, range(4)))
    records = Records(engines[0])
    assert len(list(records.iter_jobs())) == 4 * 300 + 400
    assert sum(count.created for count in counts) == 4 * 300 + 400
    assert sum(count.updated for count in counts) == 3 * 400
    assert len(list(records.iter_placements())) == 1200
    for engine in engines:
        engine.dispose()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.sampled_from(["put", "delete"]), st.sampled_from("xyz")), max_size=12
    )
)
def test_the_records_agree_with_a_dictionary(records: Records, steps: list[tuple[str, str, str]]) -> None:
    oracle: dict[str, str] = {}
    for job in list(records.iter_jobs()):
        records.delete_job(job.job_id)
    for job_id, action, title in steps:
        if action == "put":
            counts = records.put_jobs([Job(job_id, title)])
            same = oracle.get(job_id) == title
            assert counts == PutCounts(job_id not in oracle, job_id in oracle and not same, same)
            oracle[job_id] = title
        elif job_id in oracle:
            records.delete_job(job_id)
            del oracle[job_id]
    assert {job.job_id: job.title for job in records.iter_jobs()} == oracle
