"""The journal of one process: answers go on when it cannot be written, is full, or waits for the database."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import psutil
import pytest
from sqlalchemy import Engine, func, select

from api.services.journal import RecommendationJournal
from engine.encoder.encoder import Tower
from engine.encoder.texts import seeker_text
from engine.recommendation.query import Query
from index.serving import open_bundle
from sample.world import SAMPLE_NOW, World
from store.database import open_database, writing
from store.evidence.recommendation_log import RECOMMENDATIONS
from store.ids import new_id
from tests.full_disk import largest_file

NEVER, SOON, GIVE_UP_SECONDS = 1e6, 0.01, 60
SERVER = """
import sys, time
from pathlib import Path
from store.database import open_database
from store.evidence.log_shipper import LogShipperProcess

process = LogShipperProcess(Path(sys.argv[1]), open_database(sys.argv[2]), 0.01)
while process._process is None:
    process.ensure()
print(process._process.pid, flush=True)
time.sleep(1e6)
"""
RecordOne = Callable[[RecommendationJournal], str]


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    engine = open_database(database_url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def record_one(tiny_bundles: Path, tiny_world: World) -> RecordOne:
    """Journals a real answer, and gives its name."""
    bundle, seeker = open_bundle((tiny_bundles / "current").resolve()), tiny_world.seekers[0]
    query = Query(seeker, bundle.encoder.encode([seeker_text(seeker)], Tower.SEEKER)[0])
    found = bundle.recommender.recommend(query, SAMPLE_NOW)

    def record_one_(journal: RecommendationJournal) -> str:
        name = new_id()
        journal.record_answer(name, query, found, bundle, SAMPLE_NOW, document=b"{}")
        return name

    return record_one_


def open_journal(folder: Path, database: Engine, every_seconds: float) -> RecommendationJournal:
    """A journal that logs every answer."""

    def fail() -> None:
        pytest.fail("an answer is not logged")

    return RecommendationJournal(folder / "journal", database, every_seconds, fail)


def log_shippers() -> list[psutil.Process]:
    return [process for process in psutil.Process().children() if "store.evidence.log_shipper" in process.cmdline()]


def logged(database: Engine) -> set[str]:
    with database.connect() as connection:
        return set(connection.execute(select(RECOMMENDATIONS.c.recommendation_id)).scalars())


def test_closing_leaves_nothing_waiting(database: Engine, tmp_path: Path, record_one: RecordOne) -> None:
    journal = open_journal(tmp_path, database, NEVER)
    names = {record_one(journal), record_one(journal)}
    journal.tend()
    assert log_shippers() == []  # they have not waited long enough
    assert logged(database) == set()
    journal.close()
    assert logged(database) == names
    assert [path.name for path in (tmp_path / "journal").iterdir()] == [".draining"]


def test_what_waits_is_logged_every_so_often(database: Engine, tmp_path: Path, record_one: RecordOne) -> None:
    journal = open_journal(tmp_path, database, SOON)
    journal.tend()
    assert log_shippers() == []  # nothing waits
    names = {record_one(journal) for _ in range(20)}
    while logged(database) != names:
        journal.tend()
    assert len(log_shippers()) == 1
    names |= {record_one(journal) for _ in range(20)}
    while logged(database) != names:
        time.sleep(SOON)
    journal.close()


def test_workers_of_a_folder_share_a_process_and_replace_it(
    database: Engine,
    tmp_path: Path,
    record_one: RecordOne,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("store.evidence.log_shipper.START_AGAIN_SECONDS", 0)
    first, second = (open_journal(tmp_path, database, SOON) for _ in range(2))
    while not log_shippers():
        record_one(first)
        first.tend()
        second.tend()
    record_one(second)
    second.tend()
    (process,) = log_shippers()
    process.kill()
    process.wait()
    record_one(first)
    while process in log_shippers() or not log_shippers():
        first.tend()
    assert "the process that logs recommendations ended" in caplog.text
    first.close()
    assert log_shippers() == []
    record_one(second)
    while not log_shippers():
        second.tend()
    second.close()


def test_answers_wait_where_no_process_can_be_started(
    database: Engine,
    tmp_path: Path,
    record_one: RecordOne,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.executable", str(tmp_path / "nothing"))
    journal = open_journal(tmp_path, database, SOON)
    name = record_one(journal)
    while "no process could be started" not in caplog.text:
        journal.tend()
    journal.close()
    assert logged(database) == {name}


def test_the_process_ends_with_a_server_that_is_killed(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "journal").mkdir()
    arguments = [str(tmp_path / "journal"), database_url]
    with subprocess.Popen([sys.executable, "-c", SERVER, *arguments], stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        process = psutil.Process(int(server.stdout.readline()))
        assert process.is_running()
        server.kill()
    gone, alive = psutil.wait_procs([process], timeout=GIVE_UP_SECONDS)
    assert (len(gone), alive) == (1, [])


def test_two_workers_log_side_by_side(database: Engine, tmp_path: Path, record_one: RecordOne) -> None:
    first, second = (open_journal(tmp_path, database, NEVER) for _ in range(2))
    names = {record_one(journal) for _ in range(5) for journal in (first, second)}
    assert len(list((tmp_path / "journal").glob("*.journal"))) == 2
    second.ship()
    assert logged(database) == names
    names |= {record_one(first), record_one(second)}
    first.close()
    second.close()
    assert logged(database) == names


def test_journals_do_not_fill_the_disk_and_say_when_answers_are_not_logged(
    database: Engine, tmp_path: Path, record_one: RecordOne, caplog: pytest.LogCaptureFixture
) -> None:
    lost = open_database(f"sqlite:///{tmp_path}/no-tables.db")
    unlogged: list[str] = []
    full = RecommendationJournal(
        tmp_path / "journal", lost, NEVER, partial(unlogged.append, "one"), most_waiting_bytes=5000
    )
    names = [record_one(full) for _ in range(20)]
    for _ in range(2):
        full.ship()
    assert caplog.text.count("NOT LOGGED any more: more than 5000 bytes wait") == 1
    size = sum(path.stat().st_size for path in (tmp_path / "journal").iterdir())
    assert unlogged == []
    record_one(full)
    assert unlogged == ["one"]
    assert sum(path.stat().st_size for path in (tmp_path / "journal").iterdir()) == size
    other = open_journal(tmp_path, database, NEVER)
    other.ship()
    assert logged(database) == set(names)
    full.ship()
    assert "recommendations are logged again" in caplog.text
    names.append(record_one(full))
    other.ship()
    assert logged(database) == set(names)
    for journal in (full, other):
        journal.close()
    lost.dispose()


def test_an_answer_that_cannot_be_journaled_is_given_all_the_same(
    database: Engine, tmp_path: Path, record_one: RecordOne, caplog: pytest.LogCaptureFixture
) -> None:
    unlogged: list[str] = []
    journal = RecommendationJournal(tmp_path / "journal", database, NEVER, partial(unlogged.append, "one"))
    first = record_one(journal)
    with largest_file(100):
        record_one(journal)
        record_one(journal)
    assert unlogged == ["one", "one"]
    assert caplog.text.count("recommendations are NOT LOGGED: the journal") == 1
    last = record_one(journal)
    journal.close()
    assert logged(database) == {first, last}


def test_what_the_database_says_of_profiles_is_not_in_our_log(
    database: Engine, tmp_path: Path, record_one: RecordOne, caplog: pytest.LogCaptureFixture
) -> None:
    with writing(database).begin() as connection:
        RECOMMENDATIONS.drop(connection)
    journal = open_journal(tmp_path, database, NEVER)
    name = record_one(journal)
    journal.ship()
    journal.ship()
    assert caplog.text.count("recommendations wait in") == 1
    assert name not in caplog.text
    with writing(database).begin() as connection:
        RECOMMENDATIONS.create(connection)
    journal.close()
    assert "the database takes recommendations again; 1 had waited" in caplog.text
    with database.connect() as connection:
        assert connection.execute(select(func.count()).select_from(RECOMMENDATIONS)).scalar_one() == 1
