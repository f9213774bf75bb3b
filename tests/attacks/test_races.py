"""What is once stays once when several ask for it at the same moment, on every database; nobody is answered 500."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
import requests
from sqlalchemy import ColumnElement, func, select, true

from api.access.limiting import MAIL_BY_EMAIL
from store.hiring.applications import APPLICATIONS
from store.ids import new_id
from store.people.accounts import ACCOUNTS, Role
from store.people.confirmations import ConfirmationKind, ask_confirmation
from store.people.sessions import TOKENS
from store.tables import Base
from tests.api.real_things import JOB, PASSWORD, PROFILE, Bearer, RealThings, hashed_password
from tests.api.served_app import ServedApp, served_app
from tests.databases import NewDatabaseUrl

AT_ONCE = 6
JUDGED = {"decision": "job_shown", "reason": "Está bien"}

Call = tuple[str, str, Bearer, Any]


@pytest.fixture(scope="module")
def served(
    tiny_bundles: Path, new_module_database_url: NewDatabaseUrl, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServedApp]:
    """An app that answers everything that one caller asks at the same time."""
    data = tmp_path_factory.mktemp("data")
    url = new_module_database_url(data)
    with served_app(data, tiny_bundles, url, most_at_once_per_caller=AT_ONCE) as served:
        yield served


@pytest.fixture
def real(served: ServedApp) -> RealThings:
    """New things; an hour has gone by, so that no limit is met."""
    served.clock.move(hours=1)
    return RealThings(served)


def at_once(served: ServedApp, *calls: Call) -> list[requests.Response]:
    """The answers to calls that begin together, none of which may be a failure of ours."""
    barrier = Barrier(len(calls))

    def ask(call: Call) -> requests.Response:
        method, path, headers, body = call
        with requests.Session() as session:
            session.get(f"{served.url}/healthz")  # it is connected
            barrier.wait(60)
            return session.request(method, served.url + path, headers=headers, json=body)

    with ThreadPoolExecutor(len(calls)) as pool:
        answers = list(pool.map(ask, calls))
    assert [one.text for one in answers if one.status_code >= 500] == []
    return answers


def statuses(answers: list[requests.Response]) -> list[int]:
    return sorted(one.status_code for one in answers)


def count(real: RealThings, table: str, which: Callable[[Any], ColumnElement[bool]]) -> int:
    """How many rows there are."""
    found = Base.metadata.tables[table]
    query = select(func.count()).select_from(found).where(which(found.c))
    return int(real.services.read(lambda connection: connection.execute(query).scalar_one()))


def sign_up(real: RealThings, email: str) -> Call:
    """The request that confirms a sign-up by that address."""
    kind, cipher, now = ConfirmationKind.SIGN_UP, real.services.cipher, real.services.now()
    wanted: dict[str, Any] = {"email": email, "password_hash": hashed_password(), "role": "employer", "name": "Ana"}
    wanted |= {"locale": "es", "consents": []}
    named, code = real.services.write(lambda each: ask_confirmation(each, cipher, kind, wanted, now))
    return "POST", "/v1/auth/confirm", {}, {"confirmation_id": named, "code": code}


def test_one_mail_address_gets_one_account(real: RealThings) -> None:
    email = f"{new_id()}@correo.pe"
    before = count(real, "accounts", lambda _: true())
    answers = at_once(real.served, *(sign_up(real, email) for _ in range(AT_ONCE)))
    assert sum(one.ok for one in answers) == 1, statuses(answers)
    assert count(real, "accounts", lambda _: true()) == before + 1


def test_a_code_is_right_once(real: RealThings) -> None:
    before = count(real, "accounts", lambda _: true())
    answers = at_once(real.served, *[sign_up(real, f"{new_id()}@correo.pe")] * AT_ONCE)
    assert sum(one.ok for one in answers) == 1, statuses(answers)
    assert count(real, "accounts", lambda _: true()) == before + 1


def test_a_wrong_code_is_tried_no_more_often_than_it_may_be(real: RealThings) -> None:
    method, path, headers, body = sign_up(real, f"{new_id()}@correo.pe")
    wrong = body | {"code": f"{(int(body['code']) + 1) % 10**6:06d}"}
    answers = at_once(real.served, *[(method, path, headers, wrong)] * AT_ONCE)
    assert not any(one.ok for one in answers)
    right = real.served.session.request(method, real.served.url + path, headers=headers, json=body)
    assert not right.ok


def test_a_refresh_token_has_one_next(real: RealThings) -> None:
    seeker, body = real.seeker, {"refresh_token": real.refresh_token}
    at_once(real.served, *[("POST", "/v1/auth/refresh", {}, body)] * AT_ONCE)
    family = select(TOKENS.c.family_id).where(TOKENS.c.account_id == seeker, TOKENS.c.used_at.is_not(None))
    which = real.services.read(lambda connection: set(connection.execute(family).scalars()))
    assert len(which) == 1
    alive = count(
        real,
        "refresh_tokens",
        lambda row: row.family_id.in_(which) & row.used_at.is_(None) & row.revoked_at.is_(None),
    )
    assert alive <= 1


def test_somebody_applies_for_a_job_once(real: RealThings) -> None:
    job_id, seeker = real.employers_job, real.headers(real.seeker)
    call = ("POST", "/v1/me/applications", seeker, {"job_id": job_id, "text": "Tejo"})
    answers = at_once(real.served, *[call] * AT_ONCE)
    assert statuses(answers) == [201, *[409] * (AT_ONCE - 1)]
    assert count(real, "applications", lambda row: row.job_id == job_id) == 1


def test_one_step_is_taken_from_a_version(real: RealThings) -> None:
    application_id, employer = real.employers_application, real.headers(real.employer)
    version, path = real.version_of(application_id), f"/v1/employers/{real.employer_id}/applications/{application_id}"
    stages = ({"stage": "interview"}, {"stage": "declined", "reason": "Buscamos a otra persona"})
    calls = [("POST", f"{path}/steps", employer, stages[n % 2] | {"version": version}) for n in range(AT_ONCE)]
    withdrawn = ("POST", f"/v1/me/applications/{application_id}/withdrawal", real.headers(real.seeker))
    answers = at_once(real.served, *calls, (*withdrawn, {"version": version}))
    assert sum(one.ok for one in answers) == 1, statuses(answers)
    assert real.version_of(application_id) == version + 1
    at = APPLICATIONS.c.application_id == application_id
    stage = real.services.read(lambda connection: connection.execute(select(APPLICATIONS.c.stage).where(at)).scalar())
    assert stage == next(one.json()["stage"] for one in answers if one.ok)


def test_a_case_is_decided_once(real: RealThings) -> None:
    case_id, deciding = real.case_id, real.headers(real.administrator)
    path = f"/v1/admin/cases/{case_id}"
    assert real.served.session.post(f"{real.served.url}{path}/take", headers=deciding).ok
    opposite = JUDGED | {"decision": "job_taken_down"}
    calls = [("POST", f"{path}/decision", deciding, (JUDGED, opposite)[n % 2]) for n in range(AT_ONCE)]
    answers = at_once(real.served, *calls)
    assert sum(one.ok for one in answers) == 1, statuses(answers)
    decided = count(real, "audit_entries", lambda row: (row.subject == f"case:{case_id}") & row.action.like("%decid%"))
    assert decided == 1


@pytest.mark.parametrize("is_one_body", [True, False])
def test_an_idempotency_key_makes_one_thing(real: RealThings, is_one_body: bool) -> None:
    headers = real.headers(real.employer) | {"Idempotency-Key": new_id()}
    before = count(real, "employers", lambda _: true())
    names = ["Tienda Uno" if is_one_body else f"Tienda {number}" for number in range(AT_ONCE)]
    answers = at_once(real.served, *(("POST", "/v1/employers", headers, {"name": name}) for name in names))
    assert count(real, "employers", lambda _: true()) == before + 1
    made = {one.json()["employer_id"] for one in answers if one.ok}
    assert len(made) == 1
    assert statuses(answers) == ([201] * AT_ONCE if is_one_body else [201, *[409] * (AT_ONCE - 1)])


@pytest.mark.parametrize("act", ["roles/administrator", "suspend"])
def test_administrators_who_dismiss_each_other_leave_one(real: RealThings, act: str) -> None:
    ids = [RealThings(real.served).administrator for _ in range(3)]
    method, body = ("DELETE", None) if act.startswith("roles") else ("POST", {"reason": "other"})
    pairs = [(ids[n], ids[(n + 1) % 3]) for n in range(3)]
    calls = [(method, f"/v1/admin/accounts/{two}/{act}", real.headers(one), body) for one, two in pairs]
    at_once(real.served, *calls)
    active = select(ACCOUNTS.c.account_id).where(ACCOUNTS.c.status == "active", ACCOUNTS.c.account_id.in_(ids))
    left = count(real, "account_roles", lambda row: row.account_id.in_(active) & (row.role == Role.ADMINISTRATOR))
    assert left >= 1


def test_no_more_is_tried_than_a_limit_says(real: RealThings) -> None:
    body = {"email": real.email, "new_password": "otra lluvia en Huaraz"}
    call: Call = ("POST", "/v1/auth/password-reset", {}, body)
    answers = at_once(real.served, *[call] * 3 * MAIL_BY_EMAIL.attempts)
    accepted = [one for one in answers if one.ok]
    assert len(accepted) <= MAIL_BY_EMAIL.attempts
    assert {one.status_code for one in answers if not one.ok} <= {429, 503}


def test_a_job_is_there_whole_or_not_at_all(real: RealThings) -> None:
    job_id, partner = f"red-{new_id()}", real.partner
    path = f"/v1/jobs/{job_id}"
    calls: list[Call] = [("PUT", path, partner, JOB), ("DELETE", path, partner, None)]
    for _ in range(3):
        answers = at_once(real.served, *(calls * (AT_ONCE // 2)))
        assert {one.status_code for one in answers} <= {200, 201, 204, 404, 409}
        stored = count(real, "jobs", lambda row: row.job_id == job_id)
        read = real.served.session.get(real.served.url + path, headers=partner)
        assert (stored, read.status_code) in ((1, 200), (0, 404))
    assert real.served.session.put(real.served.url + path, headers=partner, json=JOB).status_code in (200, 201)
    assert real.served.session.get(real.served.url + path, headers=partner).status_code == 200


def test_who_is_erased_while_they_write_leaves_nothing(real: RealThings) -> None:
    seeker, headers = real.seeker, real.headers(real.seeker)
    erasure = ("POST", "/v1/me/erasure", headers, {"password": PASSWORD})
    writes = [("PUT", "/v1/me/profile", headers, PROFILE), ("PATCH", "/v1/me", headers, {"name": "Rosa"})]
    answers = at_once(real.served, erasure, *writes, *writes, erasure)
    erased = [one for one in (answers[0], answers[-1]) if one.ok]
    assert erased
    assert count(real, "accounts", lambda row: row.account_id == seeker) == 0
    assert count(real, "seeker_accounts", lambda row: row.account_id == seeker) == 0
    owned = select(Base.metadata.tables["seeker_accounts"].c.seeker_id)
    orphans = count(real, "seekers", lambda row: row.partner_id.is_(None) & row.seeker_id.not_in(owned))
    assert orphans == 0


def test_a_saved_job_is_saved_once(real: RealThings) -> None:
    job_id, headers = real.employers_job, real.headers(real.seeker)
    path = f"/v1/me/saved-jobs/{job_id}"
    at_once(real.served, *[("PUT", path, headers, None), ("DELETE", path, headers, None)] * 3)
    assert count(real, "saved_jobs", lambda row: row.job_id == job_id) <= 1
    at_once(real.served, *[("PUT", path, headers, None)] * AT_ONCE)
    assert count(real, "saved_jobs", lambda row: row.job_id == job_id) == 1


def test_keys_that_are_rotated_together_stay_in_force_and_no_request_fails(real: RealThings) -> None:
    path = f"/v1/partner/keys/{real.key.key_id}:rotate"
    answers = at_once(real.served, *[("POST", path, real.partner, {"grace_hours": 1})] * AT_ONCE)
    assert any(one.ok for one in answers)
    keys = [one.json()["key"] for one in answers if one.ok]
    for key in keys:
        answer = real.served.session.get(f"{real.served.url}/v1/partner", headers={"Authorization": f"Bearer {key}"})
        assert answer.status_code == 200
