"""What fails beside the answers is said: a link that leads nowhere, a disk that is full, a supervisor that is gone."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
from fastapi.testclient import TestClient

from api.http.problems import ProblemKind
from index.serving import BundleWatch
from store.evidence.journal import TRIED
from tests.api.services_of import services_of
from tests.attacks.real_server import GIVE_UP_SECONDS, real_server
from tests.full_disk import largest_file


def wait_until(is_so: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + GIVE_UP_SECONDS
    while not is_so():
        assert time.monotonic() < give_up_at
        time.sleep(0.05)


def test_a_link_that_leads_nowhere_is_told_and_the_bundle_in_service_goes_on(
    tiny_bundles: Path, tmp_path: Path
) -> None:
    link, published = tmp_path / "current", (tiny_bundles / "current").resolve()
    (tmp_path / published.name).symlink_to(published)
    watch = BundleWatch(tmp_path)
    watch.refresh()
    assert "no bundle" in str(watch.problem)
    link.symlink_to("20260101T000000-gone")
    watch.refresh()
    assert "names 20260101T000000-gone, which is not there" in str(watch.problem)
    link.unlink()
    link.symlink_to(published.name)
    assert watch.refresh()
    assert str(watch.problem) == "None"
    assert watch.current is not None
    link.unlink()
    link.symlink_to("elsewhere")
    assert not watch.refresh()
    assert "elsewhere, which is not there" in str(watch.problem)
    link.unlink()
    watch.refresh()
    assert "is gone" in str(watch.problem)
    assert watch.current is not None
    link.symlink_to(published.name)
    watch.refresh()
    assert str(watch.problem) == "None"
    watch.close()


def test_on_a_full_disk_a_server_is_not_ready_until_answers_are_logged_again(open_app: Any, tiny_bundles: Path) -> None:
    app: TestClient = open_app(tiny_bundles, bundle_poll_seconds=1e6)
    services, body = services_of(app), {"profile": {"text": "Tejedora de chompas"}}
    assert app.get("/readyz").status_code == 200
    with largest_file(0):
        assert app.post("/v1/recommendations", json=body).status_code == 200
        services.journal.tend()
        refused = app.get("/readyz")
        assert refused.status_code == ProblemKind.NOT_READY.status
        assert "answers are not logged" in refused.json()["missing"]["journal"]
    services.journal.tend()
    assert app.get("/readyz").status_code == 200
    assert list(services.settings.journal.glob(f"*{TRIED}")) == []


def test_a_disk_that_has_next_to_nothing_left_is_seen_before_an_answer_is(
    open_app: Any, tiny_bundles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app: TestClient = open_app(tiny_bundles, bundle_poll_seconds=1e6)
    journal = services_of(app).journal
    monkeypatch.setattr("api.services.journal.LEAST_FREE_BYTES", 2**62)
    journal.tend()
    assert app.get("/readyz").status_code == 503
    monkeypatch.undo()
    journal.tend()
    assert app.get("/readyz").status_code == 200


@pytest.mark.slow
@pytest.mark.sqlite_only("slow, and the same with any database")
def test_workers_end_with_a_supervisor_that_is_killed(tmp_path: Path, database_url: str) -> None:
    with real_server(tmp_path, database_url, {"stop_seconds": 2}, workers=2) as server:
        children = psutil.Process(server.process.pid).children(recursive=True)
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait(GIVE_UP_SECONDS)
        wait_until(lambda: not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in children))
