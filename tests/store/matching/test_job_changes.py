"""The feed of job changes: a reader that follows it holds what the table holds, whoever writes meanwhile."""

from __future__ import annotations

import subprocess
import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from engine.errors import InvalidInputError
from engine.jobs import Job
from engine.seekers import Seeker
from store.database import migrate, migrate_down, writing
from store.matching.job_changes import JobChange
from store.records.records import Records
from store.upserts import PutCounts

ONES = np.ones(3, np.float32)
WRITER = """
import os, random, sys
from itertools import count
from engine.errors import NotFoundError
from engine.jobs import Job
from store.database import open_database
from store.records.records import Records

url, name, followed = sys.argv[1:]
records, chance = Records(open_database(url)), random.Random(name)
for step in count():
    if step >= 150 and os.path.exists(followed):
        break
    job_id = f"job:{chance.randrange(40)}"
    try:
        if chance.random() < 0.3:
            records.delete_job(job_id)
        elif chance.random() < 0.3:
            records.put_jobs(Job(f"job:{chance.randrange(40)}", f"{name} {step}") for _ in range(10))
        else:
            records.put_job(Job(job_id, f"{name} {step}", is_open=chance.random() < 0.8), None, None)
    except NotFoundError:
        pass
"""


class Follower:
    """Replays the feed, and checks that it never goes back."""

    def __init__(self, records: Records, page: int = 1000) -> None:
        self.records, self.page, self.seen = records, page, 0
        self.jobs: dict[str, Job] = {}

    def follow(self) -> list[JobChange]:
        """Apply the next page of changes."""
        changes = self.records.job_changes(self.seen, self.page)
        for change in changes:
            assert change.change_number > self.seen
            self.seen = change.change_number
            if change.job is None:
                self.jobs.pop(change.job_id, None)
            else:
                assert change.job.job_id == change.job_id
                self.jobs[change.job_id] = change.job
        return changes


def stored_jobs(records: Records) -> dict[str, Job]:
    """What the table holds."""
    return {job.job_id: job for job in records.iter_jobs()}


def told(records: Records, after: int = 0) -> list[tuple[int, str, str | None]]:
    """The changes above `after`: number, id, title."""
    changes = records.job_changes(after, 1000)
    return [(change.change_number, change.job_id, change.job.title if change.job else None) for change in changes]


def test_each_job_comes_once_with_its_newest_number(records: Records) -> None:
    assert records.job_change_number() == 0
    records.put_jobs([Job("a", "A"), Job("b", "B"), Job("c", "C")])
    records.put_jobs([Job("b", "B2")])
    assert told(records) == [(1, "a", "A"), (3, "c", "C"), (4, "b", "B2")]
    assert told(records, after=3) == [(4, "b", "B2")]
    assert [change.job_id for change in records.job_changes(0, 2)] == ["a", "c"]
    assert records.job_change_number() == 4


def test_a_closed_job_comes_closed_and_a_deleted_one_as_none(records: Records) -> None:
    records.put_jobs([Job("a", "A"), Job("b", "B")])
    records.put_jobs([Job("a", "A", is_open=False)])
    records.delete_job("b")
    closed, deleted = records.job_changes(2, 10)
    assert closed.job == Job("a", "A", is_open=False)
    assert (deleted.change_number, deleted.job_id, deleted.job, deleted.vector) == (4, "b", None, None)


def test_a_job_that_comes_back_replaces_its_tombstone(records: Records) -> None:
    records.put_jobs([Job("a", "A")])
    records.delete_job("a")
    assert told(records) == [(2, "a", None)]
    assert records.put_job(Job("a", "A"), None, None) is True
    assert told(records) == [(3, "a", "A")]
    records.delete_job("a")
    assert told(records) == [(4, "a", None)]


def test_tombstones_are_forgotten_up_to_a_number_and_numbers_go_on(records: Records) -> None:
    records.put_jobs([Job("a", "A"), Job("b", "B"), Job("c", "C")])
    records.delete_job("a")
    records.delete_job("b")
    records.forget_deleted_jobs(4)
    assert told(records) == [(3, "c", "C"), (5, "b", None)]
    records.forget_deleted_jobs(5)
    assert records.job_change_number() == 5
    records.put_jobs([Job("a", "A")])
    assert told(records, after=3) == [(6, "a", "A")]


def test_what_changes_nothing_is_no_change(records: Records) -> None:
    records.put_jobs([Job("a", "A"), Job("b", "B")])
    assert records.put_jobs([Job("a", "A"), Job("b", "B")]).unchanged == 2
    assert records.put_job(Job("a", "A"), None, None) is False
    records.store_job_vectors([(Job("a", "A"), ONES)], "m1")
    assert records.put_job(Job("a", "A"), -ONES, "m1") is False
    assert records.put_job(Job("a", "A"), None, None) is False
    assert records.put_jobs([]) == PutCounts()
    with pytest.raises(InvalidInputError):
        records.put_job(Job("a", "A2"), ONES, None)
    assert records.job_change_number() == 2
    assert told(records) == [(1, "a", "A"), (2, "b", "B")]
    vector = records.job_changes(0, 1)[0].vector
    assert vector is not None
    assert vector.tolist() == [1, 1, 1]


def test_a_job_keeps_the_vector_it_was_put_with_until_it_changes(records: Records) -> None:
    def vector() -> tuple[list[float] | None, str | None]:
        (change,) = records.job_changes(0, 10)
        return None if change.vector is None else change.vector.tolist(), change.vector_model_id

    assert records.put_job(Job("a", "A"), ONES, "m1") is True
    assert vector() == ([1, 1, 1], "m1")
    assert records.put_job(Job("a", "A"), -ONES, "m2") is False
    assert vector() == ([-1, -1, -1], "m2")
    assert records.job_change_number() == 2
    records.put_jobs([Job("a", "A2")])
    assert vector() == (None, None)
    records.store_job_vectors([(Job("a", "A"), ONES)], "m2")
    assert vector() == (None, None)
    records.store_job_vectors([(Job("a", "A2"), ONES), (Job("gone", "B"), ONES)], "m2")
    assert vector() == ([1, 1, 1], "m2")
    assert records.job_change_number() == 3


def test_a_put_that_fails_takes_no_number(records: Records, database: Engine) -> None:
    with writing(database).begin() as connection:
        connection.execute(
            text("CREATE TRIGGER refuse BEFORE INSERT ON jobs BEGIN SELECT RAISE(ABORT, 'no'); END")
            if database.dialect.name == "sqlite"
            else text("ALTER TABLE jobs ADD CONSTRAINT refuse CHECK (job_id = '')")
        )
    with pytest.raises(Exception, match=r"no|refuse"):
        records.put_jobs([Job("a", "A")])
    assert records.job_change_number() == 0


Steps = list[tuple[str, str, str, bool]]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcd"), st.sampled_from(["put", "put one", "delete"]), st.sampled_from("xy"), st.booleans()
        ),
        max_size=20,
    ),
    st.integers(1, 3),
)
def test_whoever_follows_at_any_time_and_page_holds_the_table(records: Records, steps: Steps, page: int) -> None:
    follower = Follower(records, page)
    for job_id, action, title, is_followed in steps:
        job = Job(job_id, title)
        if action == "put":
            records.put_jobs([job, Job("e", title)])
        elif action == "put one":
            records.put_job(job, ONES, f"m{title}")
        elif job_id in stored_jobs(records):
            records.delete_job(job_id)
        if is_followed:
            follower.follow()
    while follower.follow():
        pass
    assert follower.jobs == stored_jobs(records)
    assert follower.seen == records.job_change_number()


@pytest.mark.slow
def test_three_processes_that_write_at_once_are_followed_without_a_gap(
    database: Engine, records: Records, tmp_path: Path
) -> None:
    url, root = database.url.render_as_string(hide_password=False), Path(__file__).parents[3]
    slow, fast = Follower(records, page=7), Follower(records)
    polls, followed = 0, tmp_path / "followed"
    with ExitStack() as stack:
        command = [sys.executable, "-c", WRITER, url]
        arguments = [[*command, name, str(followed)] for name in ("x", "y", "z")]
        writers = [stack.enter_context(subprocess.Popen(each, cwd=root)) for each in arguments]
        while any(writer.poll() is None for writer in writers):
            newest = records.job_change_number()
            fast.follow()
            assert fast.seen >= newest
            polls += bool(slow.follow())
            if polls > 20:
                followed.touch()
    assert [writer.returncode for writer in writers] == [0, 0, 0]
    for follower in (slow, fast):
        while follower.follow():
            pass
        assert follower.jobs == stored_jobs(records)
        assert follower.seen == records.job_change_number()


@pytest.fixture
def first_tables(database: Engine) -> Engine:
    """The database as the first revision left it, with jobs and a profile."""
    Records(database).put_seekers([Seeker("s1", "hola")])
    migrate_down(database, "0001_first_tables")
    moment = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    insert = (
        "INSERT INTO jobs (job_id, source, document, content_hash, is_open, closes_at, created_at, updated_at) "
        "VALUES (:job_id, 'a', :document, :hash, :is_open, :moment, :moment, :moment)"
    )
    rows = [("b", "B", True), ("c", "C", False), ("a", "A", True)]
    with writing(database).begin() as connection:
        for job_id, title, is_open in rows:
            values = {"job_id": job_id, "document": f'{{"title": "{title}"}}', "hash": title * 64}
            connection.execute(text(insert), values | {"is_open": is_open, "moment": moment})
    return database


def test_migrating_numbers_the_jobs_that_are_there(first_tables: Engine) -> None:
    records = Records(first_tables)
    before = records.data_version()
    migrate(first_tables)
    assert records.data_version() == before
    assert told(records) == [(1, "a", "A"), (2, "b", "B"), (3, "c", "C")]
    assert records.job_change_number() == 3
    records.put_jobs([Job("d", "D")])
    records.delete_job("a")
    assert told(records, after=3) == [(4, "d", "D"), (5, "a", None)]
    assert records.get_seeker("s1").seeker.text == "hola"


def test_migrating_down_and_up_keeps_the_jobs(first_tables: Engine) -> None:
    migrate(first_tables)
    records = Records(first_tables)
    records.put_job(Job("d", "D"), ONES, "m1")
    records.delete_job("a")
    before = records.data_version()
    migrate_down(first_tables, "0001_first_tables")
    assert records.data_version() == before
    migrate(first_tables)
    assert told(records) == [(1, "b", "B"), (2, "c", "C"), (3, "d", "D")]
    assert records.data_version() == before
    with pytest.raises(Exception, match="change_number"), writing(first_tables).begin() as connection:
        connection.execute(text("UPDATE jobs SET change_number = NULL"))
