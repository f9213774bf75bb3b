"""Probes are answered whatever requests wait for: by a real server, whose worker threads are all taken."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing
from inspect import iscoroutinefunction
from pathlib import Path
from typing import Any

import pytest
import requests
from fastapi.routing import APIRoute
from sqlalchemy import QueuePool

from api.routes import api_routes
from api.services.readiness import SEEN_HOLDS_SECONDS, DatabaseReadiness
from store.database import open_database
from tests.api.real_things import PROFILE, RealThings
from tests.api.served_app import LONG, ServedApp, served_app
from tests.databases import Databases, NewDatabaseUrl

PROBES = ("/healthz", "/readyz", "/metrics")
NEVER_SECONDS, GIVE_UP_SECONDS = 3_600, 60
WORKER_THREADS, WAITING = 40, 60


@pytest.fixture
def served(
    tiny_bundles: Path, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ServedApp]:
    """An app under a real server whose writers wait for as long as another one writes."""
    monkeypatch.setattr("store.database.LOCK_WAIT_SECONDS", NEVER_SECONDS)
    with served_app(tmp_path, tiny_bundles, database_url, most_at_once_per_caller=WAITING) as served:
        yield served


@pytest.fixture
def headers(served: ServedApp) -> dict[str, str]:
    """A partner's key, of which the server knows; `stored` is one of its people."""
    headers = RealThings(served).partner
    served.ask("PUT", "/v1/seekers/stored", headers, PROFILE)
    return headers


@pytest.fixture
def waiting(served: ServedApp, headers: dict[str, str], tmp_path: Path) -> Iterator[list[Future[int]]]:
    """The statuses of requests that all wait to write, with every worker thread, until the test ends."""
    file = str(tmp_path / "chamba.db")
    with ExitStack() as stack:
        asking = stack.enter_context(ThreadPoolExecutor(WAITING))
        writer = stack.enter_context(closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)))
        writer.execute("BEGIN IMMEDIATE")
        stack.callback(lambda: writer.in_transaction and writer.execute("ROLLBACK"))
        asked = [asking.submit(put_person, served, f"person-{number}", headers) for number in range(WAITING)]
        wait_until(lambda: connections_in_use(served) >= WORKER_THREADS)
        yield asked
        writer.execute("ROLLBACK")
        assert [one.result() for one in asked] == [201] * WAITING


def put_person(served: ServedApp, seeker_id: str, headers: dict[str, str]) -> int:
    return requests.put(f"{served.url}/v1/seekers/{seeker_id}", headers=headers, json=PROFILE, timeout=LONG).status_code


def connections_in_use(served: ServedApp) -> int:
    """How many threads hold a connection to the database."""
    pool = served.services.database.pool
    assert isinstance(pool, QueuePool)
    return pool.checkedout()


def wait_until(holds: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + GIVE_UP_SECONDS
    while not holds():
        assert time.monotonic() < give_up_at
        time.sleep(0.01)


@pytest.mark.sqlite_only("one writer holds up all others")
def test_probes_are_answered_while_every_worker_thread_waits(served: ServedApp, waiting: list[Future[int]]) -> None:
    for path in PROBES:
        for method in ("GET", "HEAD"):
            answer = requests.request(method, served.url + path, timeout=GIVE_UP_SECONDS)
            assert answer.status_code == 200, answer.text
            assert bool(answer.content) is (method == "GET")
    assert not any(one.done() for one in waiting)


@pytest.mark.sqlite_only("one writer holds up all others")
def test_stored_people_are_answered_while_every_worker_thread_waits(
    served: ServedApp, headers: dict[str, str], waiting: list[Future[int]]
) -> None:
    """They are answered on the event loop, which must not wait for a connection that those hold who wait to write."""
    asked = {"seeker_id": "stored"}
    address = f"{served.url}/v1/recommendations"
    answer = requests.post(address, headers=headers, json=asked, timeout=GIVE_UP_SECONDS)
    assert answer.status_code == 200, answer.text
    assert not any(one.done() for one in waiting)


def probe_routes() -> list[APIRoute]:
    return [route for route in api_routes() if route.path in PROBES]


def test_no_probe_needs_a_worker_thread() -> None:
    """What is no coroutine, FastAPI hands to one, whether it waits or not."""
    asked = {(route.path, method) for route in probe_routes() for method in route.methods or ()}
    assert asked == {(path, "GET") for path in PROBES}
    for route in probe_routes():
        calls: list[Any] = [route.endpoint]
        needed = list(route.dependant.dependencies)
        while needed:
            dependant = needed.pop()
            calls.append(dependant.call)
            needed += dependant.dependencies
        assert [call for call in calls if not (iscoroutinefunction(call) or iscoroutinefunction(call.__call__))] == []


def test_a_head_says_what_a_get_says(served: ServedApp) -> None:
    for path in ("/healthz", "/readyz"):
        got, asked = (served.session.request(method, served.url + path) for method in ("GET", "HEAD"))
        assert asked.content == b""
        kept = ("content-length", "content-type")
        assert [asked.headers[name] for name in kept] == [got.headers[name] for name in kept]
    refused = served.session.post(f"{served.url}/readyz")
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD, OPTIONS")


class Clock:
    """Stands still until it is set."""

    seconds = 0.0

    def __call__(self) -> float:
        """Now."""
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def readiness(database_url: str, clock: Clock) -> Iterator[DatabaseReadiness]:
    database = open_database(database_url)
    yield DatabaseReadiness(database, clock)
    database.dispose()


def test_what_was_seen_of_the_database_holds_for_a_while_and_no_longer(
    readiness: DatabaseReadiness, clock: Clock
) -> None:
    assert readiness.problem() is not None
    readiness.observe()
    assert readiness.problem() is None
    clock.seconds = SEEN_HOLDS_SECONDS
    assert readiness.problem() is None
    clock.seconds += 1
    assert f"none for {SEEN_HOLDS_SECONDS + 1} s" in str(readiness.problem())
    readiness.observe()
    assert readiness.problem() is None


def test_a_database_without_tables_is_not_ready(new_database_url: NewDatabaseUrl) -> None:
    database = open_database(new_database_url(is_migrated=False))
    readiness = DatabaseReadiness(database)
    readiness.observe()
    assert "got none" in str(readiness.problem())
    database.dispose()


def test_a_database_that_is_lost_is_seen_to_be(databases: Databases, database_url: str) -> None:
    databases.take_away(database_url)
    database = open_database(database_url)
    readiness = DatabaseReadiness(database)
    readiness.observe()
    assert "does not answer" in str(readiness.problem())
    database.dispose()
    databases.bring_back(database_url)
