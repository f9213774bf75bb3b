"""Every change of a job leaves a version: the jobs of any past moment are read again as they were."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from sqlalchemy import Connection, Engine, text

from engine.jobs import Job
from store.database import migrate, migrate_down, writing
from store.evidence.past_jobs import PastJobs
from store.matching.job_changes import JobChange
from store.records.records import Records

ONES = np.ones(3, np.float32)
State = dict[str, tuple[int, Job | None, list[float] | None, str | None]]
Steps = list[tuple[str, str, str]]
STEPS = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.sampled_from(["put", "put with a vector", "put several", "close", "delete", "vector comes later"]),
        st.sampled_from("xy"),
    ),
    max_size=20,
)


def state_of(changes: list[JobChange]) -> State:
    return {
        change.job_id: (
            change.change_number,
            change.job,
            None if change.vector is None else change.vector.tolist(),
            change.vector_model_id,
        )
        for change in changes
    }


def read_past(connection: Connection, until: int, page: int) -> list[JobChange]:
    past, after = PastJobs(connection, until), 0
    assert past.job_change_number() == until
    read: list[JobChange] = []
    while changes := past.job_changes(after, page):
        read += changes
        after = changes[-1].change_number
    return read


def take(step: tuple[str, str, str], records: Records, vector: NDArray[np.float32]) -> None:
    job_id, action, title = step
    job = Job(job_id, title)
    if action == "put":
        records.put_jobs([job])
    elif action == "put several":
        records.put_jobs([Job(name, title) for name in "cba"])
    elif action == "put with a vector":
        records.put_job(job, vector, f"m{title}")
    elif action == "close":
        records.put_job(Job(job_id, title, is_open=False), None, None)
    elif action == "vector comes later":
        records.store_job_vectors([(job, vector)], "late")
    elif job_id in {stored.job_id for stored in records.iter_jobs()}:
        records.delete_job(job_id)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS, st.integers(1, 3))
def test_whoever_followed_at_any_moment_is_followed_again(
    records: Records, database: Engine, steps: Steps, page: int
) -> None:
    first = records.job_change_number()
    states: dict[int, State] = {first: state_of(records.job_changes(0, 1000))}
    for number, step in enumerate(steps):
        take(step, records, ONES * number)
        now = state_of(records.job_changes(0, 1000))
        # A vector that comes later is its version's, whatever has changed beside it since.
        for state in states.values():
            state |= {name: told for name, told in now.items() if name in state and state[name][0] == told[0]}
        states[records.job_change_number()] = now
    with database.connect() as connection:
        for until, expected in states.items():
            changes = read_past(connection, until, page)
            assert [change.change_number for change in changes] == sorted(change.change_number for change in changes)
            assert state_of(changes) == expected


def test_forgotten_tombstones_are_still_versions(records: Records, database: Engine) -> None:
    records.put_jobs([Job("a", "A"), Job("b", "B")])
    records.delete_job("a")
    records.forget_deleted_jobs(3)
    with database.connect() as connection:
        deleted, kept = read_past(connection, 3, 10)[::-1]
    assert (deleted.job_id, deleted.change_number, deleted.job) == ("a", 3, None)
    assert kept.job == Job("b", "B")


def test_a_change_that_is_rolled_back_leaves_no_version(records: Records, database: Engine) -> None:
    records.put_jobs([Job("a", "A")])
    with writing(database).begin() as connection:
        connection.execute(
            text("CREATE TRIGGER refuse BEFORE INSERT ON job_versions BEGIN SELECT RAISE(ABORT, 'no'); END")
            if database.dialect.name == "sqlite"
            else text("ALTER TABLE job_versions ADD CONSTRAINT refuse CHECK (change_number < 2)")
        )
    failures = 0
    attempts: list[Any] = [lambda: records.put_jobs([Job("a", "A2")]), lambda: records.delete_job("a")]
    for attempt in attempts:
        try:
            attempt()
        except Exception:
            failures += 1
    assert failures == 2
    assert [job.title for job in records.iter_jobs()] == ["A"]
    assert records.job_change_number() == 1


def test_the_jobs_of_an_older_database_are_their_first_versions(records: Records, database: Engine) -> None:
    records.put_job(Job("a", "A"), ONES, "m1")
    records.put_jobs([Job("b", "B"), Job("c", "C")])
    records.delete_job("b")
    migrate_down(database, "0005_partners")
    migrate(database)
    records.put_jobs([Job("a", "A2")])
    with database.connect() as connection:
        before, after = (state_of(read_past(connection, until, 10)) for until in (4, 5))
    assert before == {
        "a": (1, Job("a", "A"), [1, 1, 1], "m1"),
        "c": (3, Job("c", "C"), None, None),
        "b": (4, None, None, None),
    }
    assert after["a"] == (5, Job("a", "A2"), None, None)
