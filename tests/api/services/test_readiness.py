"""Health, readiness, and bundles that come, change and break while the app runs."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from engine.errors import InvalidInputError
from tests.api.services_of import services_of
from tests.databases import Databases, NewDatabaseUrl, PostgresqlDatabases

OpenApp = Callable[..., TestClient]


def eventually(holds: Callable[[], bool], seconds: float = 60.0) -> bool:
    """Whether it comes to hold: the app looks for bundles every 20 ms here."""
    deadline = time.monotonic() + seconds
    while not (held := holds()) and time.monotonic() < deadline:
        time.sleep(0.01)
    return held


def copy_bundle(bundles: Path, into: Path, version: str) -> Path:
    folder = into / version
    shutil.copytree((bundles / "current").resolve(), folder)
    return folder


def publish(bundles: Path, version: str) -> None:
    link = bundles / "new-link"
    link.symlink_to(version)
    link.rename(bundles / "current")


def test_the_process_is_healthy_before_it_is_ready(open_app: OpenApp) -> None:
    client = open_app()
    assert client.get("/healthz").json() == {"status": "ok"}
    response = client.get("/readyz")
    assert (response.status_code, response.headers["content-type"]) == (503, "application/problem+json")
    assert list(response.json()["missing"]) == ["bundle"]
    assert "chamba index" in response.json()["detail"]


def test_readiness_names_the_bundle_that_is_served(client: TestClient, tiny_bundles: Path) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.json()["status"]) == (200, "ready")
    assert response.json()["bundle"] == (tiny_bundles / "current").resolve().name


@pytest.fixture
def lost_database_url(databases: Databases, database_url: str) -> str:
    """The URL of a database that nobody can connect to."""
    databases.take_away(database_url)
    return database_url


def test_readiness_names_everything_that_is_missing(open_app: OpenApp, lost_database_url: str) -> None:
    response = open_app(database_url=lost_database_url).get("/readyz")
    assert response.status_code == 503
    assert set(response.json()["missing"]) == {"bundle", "database"}


def test_profiles_are_answered_while_the_database_is_lost(
    open_app: OpenApp, tiny_bundles: Path, databases: Databases, database_url: str
) -> None:
    client = open_app(tiny_bundles, database_url=database_url)
    databases.take_away(database_url)
    services_of(client).database.dispose()
    assert eventually(lambda: list(client.get("/readyz").json().get("missing", {})) == ["database"])
    assert client.post("/v1/recommendations", json={"profile": {"text": "ventas"}}).status_code == 200
    assert client.post("/v1/recommendations", json={"seeker_id": "a"}).status_code == 503


def test_a_database_that_comes_later_is_used_without_a_restart(
    open_app: OpenApp,
    databases: Databases,
    new_database_url: NewDatabaseUrl,
    with_key: Callable[[TestClient], TestClient],
) -> None:
    url = new_database_url(is_migrated=False)
    databases.take_away(url)
    client = open_app(database_url=url)
    assert client.put("/v1/seekers/a", json={"text": "ventas"}).status_code == 503
    databases.bring_back(url)
    assert eventually(lambda: client.get("/readyz").json().get("missing", {}).keys() == {"bundle"})
    assert with_key(client).put("/v1/seekers/a", json={"text": "ventas"}).status_code == 201


@pytest.mark.postgresql_only("a SQLite file has no server")
def test_a_database_server_that_was_started_again_fails_no_request(
    open_app: OpenApp, tiny_bundles: Path, databases: PostgresqlDatabases, database_url: str
) -> None:
    client = open_app(tiny_bundles, database_url=database_url)
    asked: list[Callable[[], Response]] = [
        lambda: client.put("/v1/seekers/a", json={"text": "ventas"}),
        lambda: client.get("/v1/seekers/a"),
        lambda: client.post("/v1/recommendations", json={"seeker_id": "a"}),
        lambda: client.get("/readyz"),
    ]
    for ask in asked:
        ask()
    for ask in asked:
        databases.interrupt(database_url)
        assert ask().status_code == 200


def test_a_database_url_that_cannot_be_used_stops_the_start(open_app: OpenApp) -> None:
    with pytest.raises(InvalidInputError, match="SQLAlchemy URL"):
        open_app(database_url="nonsense")


def test_a_newer_bundle_is_served_and_a_broken_one_is_not(
    open_app: OpenApp, tiny_bundles: Path, tmp_path: Path, scraped: Callable[..., float]
) -> None:
    bundles = tmp_path / "bundles"
    bundles.mkdir()
    client = open_app(bundles)

    def served() -> object:
        return client.get("/readyz").json().get("bundle")

    assert served() is None
    version = copy_bundle(tiny_bundles, bundles, "first").resolve().name
    publish(bundles, version)
    assert eventually(lambda: client.get("/readyz").status_code == 200)
    good = served()

    broken = copy_bundle(tiny_bundles, bundles, "second")
    vectors = bytearray((broken / "vectors.npy").read_bytes())
    vectors[-1] ^= 1
    (broken / "vectors.npy").write_bytes(vectors)
    publish(bundles, "second")
    assert eventually(lambda: scraped(client, "chamba_bundle_refresh_failures_total") == 1)
    time.sleep(0.1)  # several more polls: the same failure is not counted again
    assert scraped(client, "chamba_bundle_refresh_failures_total") == 1
    assert served() == good
    assert client.post("/v1/recommendations", json={"profile": {"text": "ventas"}}).status_code == 200
