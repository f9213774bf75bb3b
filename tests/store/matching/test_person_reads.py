"""The hot path's read says what `get_seeker` says, at any time and after any failure."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import numpy as np
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from engine.errors import NotFoundError
from engine.jobs import Job
from engine.pay import Pay, PayPeriod
from engine.seekers import Availability, Seeker
from store.records.records import Records
from tests.databases import Databases, PostgresqlDatabases

ONES = np.ones(3, np.float32)
HELLO = Seeker("s1", "hola")
WHOLE = Seeker(
    "s1", "hola ☎", ("excel",), availability=Availability("America/Lima"), min_pay=Pay(5, "PEN", PayPeriod.HOUR)
)


def replaced(records: Records, seeker: Seeker) -> None:
    """Forget the profile and store it anew."""
    records.delete_seeker(seeker.seeker_id)
    records.put_seeker(seeker, ONES, "m1")


CHANGES: list[Callable[[Records], object]] = [
    lambda records: records.put_seekers([HELLO]),
    lambda records: records.store_seeker_vectors([(HELLO, ONES)], "m1"),
    lambda records: records.store_seeker_vectors([(HELLO, -ONES)], "m1"),
    lambda records: records.store_seeker_vectors([(HELLO, ONES)], "m2"),
    lambda records: records.put_seeker(HELLO, -ONES, "m2"),
    lambda records: records.put_seeker(WHOLE, ONES, "m2"),
    lambda records: records.put_seeker(WHOLE, None, None),
    lambda records: records.put_seekers([HELLO]),
    lambda records: replaced(records, WHOLE),
    lambda records: records.put_jobs([Job("a", "A"), Job("b", "B")]),
    lambda records: records.delete_job("a"),
]


def connections_of(monkeypatch: pytest.MonkeyPatch, engine: Engine) -> list[object]:
    """The driver's connections that are opened from now on."""
    opened: list[object] = []
    connect = engine.dialect.connect

    def remember(*args: object, **options: object) -> object:
        opened.append(connect(*args, **options))
        return opened[-1]

    monkeypatch.setattr(engine.dialect, "connect", remember)
    return opened


def is_open(connection: object) -> bool:
    """Whether a driver's connection still answers."""
    try:
        connection.cursor().execute("SELECT 1")  # type: ignore[attr-defined]
    except Exception:
        return False
    return True


def test_it_reads_what_get_seeker_reads_after_every_change(records: Records, database: Engine) -> None:
    other = Records(database)
    for change in CHANGES:
        change(other)
        person, stored = records.read_person("s1"), records.get_seeker("s1")
        assert person.seeker == stored.seeker
        assert person.vector_model_id == stored.vector_model_id
        if stored.vector is None:
            assert person.vector is None
        else:
            np.testing.assert_array_equal(np.asarray(person.vector), stored.vector)
            assert person.vector is not None
            assert person.vector.dtype == np.float32
        assert person.job_change_number == records.job_change_number()
    assert records.read_person("s1").job_change_number == 3


def test_a_profile_that_did_not_change_is_not_parsed_again(records: Records) -> None:
    records.put_seekers([HELLO, Seeker("s2", "hola")])
    first = records.read_person("s1")
    records.store_seeker_vectors([(HELLO, ONES)], "m1")
    assert records.read_person("s1").seeker is first.seeker
    assert records.read_person("s1").content_hash == first.content_hash
    assert records.read_person("s2").seeker.seeker_id == "s2"


def test_only_the_latest_profiles_are_kept_parsed(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.matching.person_reads.PARSED_SEEKERS", 2)
    records.put_seekers(Seeker(f"s{number}", "hola") for number in range(3))
    first = [records.read_person(f"s{number}").seeker for number in (0, 1, 0, 2)]
    assert records.read_person("s0").seeker is first[0]
    assert records.read_person("s1").seeker is not first[1]
    assert records.read_person("s1").seeker == first[1]


def test_nobody_is_not_found(records: Records) -> None:
    with pytest.raises(NotFoundError, match="nadie"):
        records.read_person("nadie")
    records.put_seekers([HELLO])
    records.read_person("s1")
    records.delete_seeker("s1")
    with pytest.raises(NotFoundError):
        records.read_person("s1")


def test_a_broken_connection_is_replaced_and_fails_no_read(
    records: Records, database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    records.put_seekers([HELLO])
    database.dispose()
    opened = connections_of(monkeypatch, database)
    records.read_person("s1")
    (connection,) = opened
    connection.close()  # type: ignore[attr-defined]
    assert [records.read_person("s1").seeker for _ in range(3)] == [HELLO] * 3
    assert len(opened) == 2


@pytest.mark.postgresql_only("a SQLite file has no server")
def test_a_server_that_was_started_again_fails_no_read(
    records: Records, databases: PostgresqlDatabases, database_url: str
) -> None:
    records.put_seekers([HELLO])
    together = Barrier(8)

    def read(_number: int) -> Seeker:
        together.wait()
        return records.read_person("s1").seeker

    for _ in range(3):
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(read, range(8))) == [HELLO] * 8
        databases.interrupt(database_url)


def test_a_lost_database_says_so_until_it_is_back(
    records: Records, database: Engine, databases: Databases, database_url: str
) -> None:
    records.put_seekers([HELLO])
    records.read_person("s1")
    database.dispose()
    databases.take_away(database_url)
    for _ in range(2):
        with pytest.raises(OperationalError):
            records.read_person("s1")
    databases.bring_back(database_url)
    assert records.read_person("s1").seeker == HELLO


def test_disposing_of_the_engine_closes_its_connection_and_a_later_read_opens_another(
    records: Records, database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    records.put_seekers([HELLO])
    database.dispose()
    opened = connections_of(monkeypatch, database)
    records.read_person("s1")
    assert [is_open(connection) for connection in opened] == [True]
    database.dispose()
    assert [is_open(connection) for connection in opened] == [False]
    assert records.read_person("s1").seeker == HELLO


# What is not zero while somebody's read is open.
HELD = {
    "sqlite": "PRAGMA wal_checkpoint(TRUNCATE)",
    "postgresql": "SELECT count(xact_start) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()",
}


def test_no_read_stays_open_and_holds_back_the_clearing_of_old_rows(records: Records, database: Engine) -> None:
    records.put_seekers([HELLO])
    records.read_person("s1")
    records.put_jobs([Job("a", "A")])
    with database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        held = connection.execute(text(HELD[database.dialect.name])).one()
    assert set(held) == {0}


def test_many_threads_read_while_one_writes(records: Records) -> None:
    records.put_seekers(Seeker(f"s{number}", "0") for number in range(20))

    def read(number: int) -> int:
        texts = [int(records.read_person(f"s{(number + step) % 20}").seeker.text) for step in range(200)]
        return max(texts)

    with ThreadPoolExecutor(24) as pool:
        reads = [pool.submit(read, number) for number in range(24)]
        for version in range(1, 20):
            records.put_seekers(Seeker(f"s{number}", str(version)) for number in range(20))
        assert all(0 <= result.result() <= 19 for result in reads)
    assert {records.read_person(f"s{number}").seeker.text for number in range(20)} == {"19"}
