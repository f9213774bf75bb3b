"""A suspension holds for other workers, for servers that start later, and against what is under way."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from threading import Event

from fastapi.testclient import TestClient
from sqlalchemy import Connection

from store.hiring.employers import EmployerStatus, set_employer_status
from store.hiring.owner_changes import change_employer_status
from tests.api.services_of import services_of
from tests.api.suspended.parts import Bearer, change, seen


def test_another_worker_s_next_answer_shows_no_job_of_who_was_suspended(
    app: TestClient,
    open_app: Callable[..., TestClient],
    tiny_bundles: Path,
    rosa: Bearer,
    admin: Bearer,
    employer_id: str,
    job_id: str,
) -> None:
    url = services_of(app).settings.database
    other = open_app(tiny_bundles, database_url=url, bundle_poll_seconds=3_600)
    assert seen(other, rosa) == {job_id}
    change(app, admin, f"employers/{employer_id}", "suspend")
    assert seen(other, rosa) == set()
    change(app, admin, f"employers/{employer_id}", "restore")
    assert seen(other, rosa) == {job_id}


def test_jobs_that_were_left_open_before_jobs_followed_are_hidden_when_a_server_starts(
    app: TestClient,
    open_app: Callable[..., TestClient],
    tiny_bundles: Path,
    rosa: Bearer,
    admin: Bearer,
    employer_id: str,
    job_id: str,
) -> None:
    services = services_of(app)
    services.write(lambda each: set_employer_status(each, employer_id, EmployerStatus.SUSPENDED, services.now()))
    assert app.post("/v1/me/applications", json={"job_id": job_id}, headers=rosa).status_code == 409
    open_app(tiny_bundles, database_url=services.settings.database)
    assert seen(app, rosa) == set()
    assert change(app, admin, f"employers/{employer_id}", "restore")["jobs_shown"] == 1


def test_a_job_that_is_re_opened_while_its_organisation_is_being_suspended_stays_hidden(
    app: TestClient, rosa: Bearer, killa: Bearer, employer_id: str, job_id: str
) -> None:
    services, is_changed, may_end = services_of(app), Event(), Event()
    own = f"/v1/employers/{employer_id}/jobs/{job_id}"
    app.post(f"{own}/close", headers=killa)

    def suspend(connection: Connection) -> None:
        change_employer_status(connection, employer_id, EmployerStatus.SUSPENDED, services.now())
        is_changed.set()
        may_end.wait(20)

    with ThreadPoolExecutor() as threads:
        suspending = threads.submit(services.write, suspend)
        assert is_changed.wait(20)
        re_opening = threads.submit(app.post, f"{own}/re-open", headers=killa)
        wait([re_opening], timeout=0.5)  # it is at the lock, or on its way there
        may_end.set()
        suspending.result()
        answer = re_opening.result()
    assert answer.status_code == 403 or answer.json()["state"] == "hidden"
    assert seen(app, rosa) == set()
