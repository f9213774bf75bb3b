"""What writers do to each other on a server, where they truly write at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import numpy as np
import pytest
from sqlalchemy import Connection, Engine, update

from engine.jobs import Job
from engine.seekers import Seeker
from store.matching.people_vectors import people_mark
from store.matching.rows import seeker_row
from store.records.records import Records
from store.tables import SEEKERS
from store.upserts import compare_documents, in_transaction, write_documents

ONES = np.ones(3, np.float32)
pytestmark = pytest.mark.postgresql_only("SQLite's writers come one after the other")


def test_two_writers_that_wait_for_each_other_both_write(records: Records, database: Engine) -> None:
    records.put_seekers([Seeker("s1", "hola"), Seeker("s2", "hola")])
    both_hold_one, attempts = Barrier(2), {"x": 0, "y": 0}

    def write(connection: Connection, name: str, order: tuple[str, str]) -> None:
        attempts[name] += 1
        for seeker_id in order:
            rename = update(SEEKERS).where(SEEKERS.c.seeker_id == seeker_id)
            connection.execute(rename.values(vector_model_id=SEEKERS.c.vector_model_id.concat(name)))
            if seeker_id == order[0] and attempts[name] == 1:
                both_hold_one.wait()

    records.store_seeker_vectors([(Seeker(name, "hola"), ONES) for name in ("s1", "s2")], "m")
    with ThreadPoolExecutor(2) as pool:
        writes = [
            pool.submit(in_transaction, database, lambda connection: write(connection, "x", ("s1", "s2"))),
            pool.submit(in_transaction, database, lambda connection: write(connection, "y", ("s2", "s1"))),
        ]
        for done in writes:
            done.result()
    assert sum(attempts.values()) > 2
    for seeker_id in ("s1", "s2"):
        assert sorted(str(records.get_seeker(seeker_id).vector_model_id)) == ["m", "x", "y"]


def test_a_profile_whose_writer_began_first_and_ended_last_changes_the_mark(records: Records, database: Engine) -> None:
    slow, quick = Seeker("slow", "hola"), Seeker("quick", "hola")
    records.put_seekers([slow, quick])
    records.store_seeker_vectors([(slow, ONES), (quick, ONES)], "m1")
    with database.connect() as late, database.connect() as reader:
        rows = {"slow": seeker_row(Seeker("slow", "adiós"), -ONES, "m1")}
        changes = compare_documents(late, SEEKERS, rows)
        records.put_seeker(Seeker("quick", "adiós"), -ONES, "m1")
        between = people_mark(reader, "m1")
        reader.rollback()
        write_documents(late, SEEKERS, changes)
        late.commit()
        assert people_mark(reader, "m1") != between


def test_a_reader_of_changes_waits_for_no_writer_and_misses_nothing_of_it(records: Records, database: Engine) -> None:
    """A number is given out and not committed while the next writer comes: that one waits, the reader does not."""
    records.put_jobs([Job("a", "A")])
    with ThreadPoolExecutor(1) as pool, database.connect() as slow:
        slow.exec_driver_sql("SELECT value FROM counters WHERE name = 'job_changes' FOR UPDATE")
        waiting = pool.submit(records.put_jobs, [Job("b", "B")])
        while not slow.exec_driver_sql("SELECT count(*) FROM pg_locks WHERE NOT granted").scalar():
            assert records.job_change_number() == 1
            assert [change.job_id for change in records.job_changes(0, 10)] == ["a"]
        slow.rollback()
        waiting.result()
    assert [(change.change_number, change.job_id) for change in records.job_changes(0, 10)] == [(1, "a"), (2, "b")]
