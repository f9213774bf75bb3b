"""Nobody floods who has to read it: what is made is limited, told in words, and counted by the day or as it stands."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection

from store.hiring.employers import EmployerFacts, EmployerStatus, create_employer, set_employer_status
from store.hiring.messages import Template, put_template
from store.ids import new_id
from store.people.accounts import Role
from store.requests.quotas import (
    ACTED_FOR,
    DAILY,
    MESSAGES,
    ORGANISATIONS,
    REPORTS,
    STANDING,
    TEMPLATES,
    UNVERIFIED_POSTINGS,
)
from tests.api.services_of import services_of

JOB = {"title": "Tejedora de chompas", "description": "Tejer a palitos desde casa, de lunes a viernes."}
OPERATORS = (Path(__file__).parents[2] / "docs" / "operators.md").read_text("utf-8")
Bearer = dict[str, str]


@pytest.fixture
def app(open_app: Any) -> TestClient:
    """An app whose clock stands at noon."""
    opened: TestClient = open_app()
    services = services_of(opened)
    noon = services.now().replace(hour=12, minute=0, second=0, microsecond=0)
    services.clock = lambda: noon
    return opened


@pytest.fixture
def killa(app: TestClient, sign_in: Any) -> Bearer:
    headers: Bearer = sign_in(app, Role.EMPLOYER, email="killa@correo.pe", agreed=())
    return headers


@pytest.fixture
def rosa(app: TestClient, sign_in: Any) -> Bearer:
    headers: Bearer = sign_in(app, Role.SEEKER, email="rosa@correo.pe")
    app.put("/v1/me/profile", json={"text": "Tejo"}, headers=headers)
    return headers


def organisation(app: TestClient, headers: Bearer, *, is_verified: bool = True) -> str:
    employer_id = str(app.post("/v1/employers", json={"name": "Killa"}, headers=headers).json()["employer_id"])
    services = services_of(app)
    if is_verified:
        now = services.now()
        services.write(lambda each: set_employer_status(each, employer_id, EmployerStatus.VERIFIED, now))
    return employer_id


def assert_quota(answers: list[Any], quota: int) -> None:
    """So many are taken, and the rest is refused with how many and when again."""
    assert [answer.status_code < 300 for answer in answers] == [True] * quota + [False] * (len(answers) - quota)
    refused = answers[-1]
    assert (refused.status_code, int(refused.headers["Retry-After"])) == (429, 43_200)
    assert str(quota) in refused.json()["detail"]


def test_messages_about_an_application_are_so_many_a_day_of_each_side(
    app: TestClient, killa: Bearer, rosa: Bearer
) -> None:
    root = f"/v1/employers/{organisation(app, killa)}"
    job_id = app.post(f"{root}/jobs", json=JOB, headers=killa).json()["job_id"]
    applied = app.post("/v1/me/applications", json={"job_id": job_id}, headers=rosa).json()
    path, body = f"{root}/applications/{applied['application_id']}", {"text": "Hola"}
    answers = [app.post(f"{path}/messages", json=body, headers=killa) for _ in range(MESSAGES.most + 3)]
    assert_quota(answers, MESSAGES.most)
    own = f"/v1/me/applications/{applied['application_id']}"
    assert app.post(f"{own}/messages", json=body, headers=rosa).status_code == 201
    step = {"stage": "shortlisted", "version": applied["version"], "text": "otra más"}
    assert app.post(f"{path}/steps", json=step, headers=killa).status_code == 429
    assert app.get(own, headers=rosa).json()["stage"] == "received"  # nothing of the step was done
    del step["text"]
    assert app.post(f"{path}/steps", json=step, headers=killa).status_code == 200


def test_organisations_are_so_many_a_day_and_again_the_next(app: TestClient, killa: Bearer, sign_in: Any) -> None:
    services = services_of(app)
    asked = [app.post("/v1/employers", json={"name": "Killa"}, headers=killa) for _ in range(ORGANISATIONS.most + 2)]
    assert_quota(asked, ORGANISATIONS.most)
    in_spanish = app.post("/v1/employers", json={"name": "Killa"}, headers=killa | {"Accept-Language": "es"})
    assert "empresas nuevas" in in_spanish.json()["detail"]
    other = sign_in(app, Role.EMPLOYER, email="inti@correo.pe", agreed=())
    assert app.post("/v1/employers", json={"name": "Inti"}, headers=other).status_code == 201
    tomorrow = services.now() + timedelta(days=1)
    services.clock = lambda: tomorrow
    later = sign_in(app, Role.EMPLOYER, email="quilla@correo.pe", agreed=())
    assert app.post("/v1/employers", json={"name": "Quilla"}, headers=later).status_code == 201


def test_one_acts_for_so_many_organisations_at_a_time(app: TestClient, killa: Bearer) -> None:
    account_id, services = app.get("/v1/me", headers=killa).json()["account_id"], services_of(app)

    def fill(connection: Connection) -> None:
        for _ in range(ACTED_FOR.most):
            create_employer(connection, services.cipher, EmployerFacts(new_id()), account_id, services.now())

    services.write(fill)
    refused = app.post("/v1/employers", json={"name": "Killa"}, headers=killa)
    assert (refused.status_code, str(ACTED_FOR.most) in refused.json()["detail"]) == (409, True)


def test_reports_of_jobs_are_so_many_a_day(app: TestClient, rosa: Bearer) -> None:
    for number in range(REPORTS.most + 2):
        assert app.put(f"/v1/jobs/p-{number}", json=JOB).status_code == 201
    said = {"reason": "looks_false"}
    asked = [app.put(f"/v1/me/dismissals/p-{n}", json=said, headers=rosa) for n in range(REPORTS.most + 2)]
    assert_quota(asked, REPORTS.most)
    services = services_of(app)
    later = services.now() + timedelta(seconds=1)
    services.clock = lambda: later
    assert app.put("/v1/me/dismissals/p-0", json=said, headers=rosa).status_code == 200  # which is no other report
    other = {"reason": "hours"}
    assert app.put(f"/v1/me/dismissals/p-{REPORTS.most}", json=other, headers=rosa).status_code == 201


def test_templates_are_so_many_at_a_time(app: TestClient, killa: Bearer) -> None:
    employer_id, services = organisation(app, killa), services_of(app)

    def fill(connection: Connection) -> None:
        for number in range(TEMPLATES.most):
            put_template(connection, employer_id, Template(new_id(), f"n{number}", "Hola"), services.now())

    services.write(fill)
    path, one_more = f"/v1/employers/{employer_id}/templates", {"name": "una más", "text": "Hola"}
    refused = app.post(path, json=one_more, headers=killa)
    assert (refused.status_code, str(TEMPLATES.most) in refused.json()["detail"]) == (409, True)
    kept = app.get(path, headers=killa).json()["items"][0]
    changed = app.put(f"{path}/{kept['template_id']}", json={"name": kept["name"], "text": "Adiós"}, headers=killa)
    assert changed.status_code == 200
    assert app.delete(f"{path}/{kept['template_id']}", headers=killa).status_code == 204
    assert app.post(path, json=one_more, headers=killa).status_code == 201


def test_an_organisation_that_nobody_verified_posts_few_jobs(app: TestClient, killa: Bearer) -> None:
    employer_id, services = organisation(app, killa, is_verified=False), services_of(app)
    path = f"/v1/employers/{employer_id}/jobs"
    many = {"jobs": [JOB | {"title": f"Tejedora {number}"} for number in range(UNVERIFIED_POSTINGS.most + 5)]}
    lines = app.post(f"{path}:batch", json=many, headers=killa).json()["items"]
    assert [line["problem"] is None for line in lines] == [True] * UNVERIFIED_POSTINGS.most + [False] * 5
    assert app.post(path, json=JOB, headers=killa).status_code == 409
    assert app.put(f"{path}/{lines[0]['posting']['job_id']}", json=JOB, headers=killa).status_code == 200
    now = services.now()
    services.write(lambda each: set_employer_status(each, employer_id, EmployerStatus.VERIFIED, now))
    assert app.post(path, json=JOB, headers=killa).status_code == 201


@pytest.mark.parametrize("quota", [*DAILY, *STANDING], ids=lambda quota: quota.name)
def test_every_quota_has_a_reason_and_stands_in_the_operators_page(quota: Any) -> None:
    assert quota.most > 0
    assert f"| {quota.what} | {quota.most:,} | {quota.why} |" in OPERATORS
