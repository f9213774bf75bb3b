"""Codes of an app and recovery codes: a log-in asks for them, each is good once, and guessing ends."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from store.people.accounts import Role
from store.people.factors.recovery_codes import CODES
from store.people.factors.totp import FACTORS
from tests.api.accounts.conftest import PASSWORD, MakePerson, Person, bearer
from tests.api.services_of import services_of

Mails = Callable[[TestClient], list[str]]


def test_a_log_in_with_an_app_takes_a_second_step(rosa: Person) -> None:
    secret, codes = rosa.add_app()
    assert (len(codes), len(set(codes))) == (10, 10)
    rosa.move(minutes=1)
    first = rosa.log_in()
    assert first.status_code == 202
    assert first.json()["ways"] == ["totp", "recovery_code"]
    assert "access_token" not in first.json()
    body = {"challenge_id": first.json()["challenge_id"], "code": rosa.code(secret)}
    second = rosa.app.post("/v1/auth/second-step", json=body)
    assert second.status_code == 200, second.text
    assert rosa.ask("GET", "/v1/me", headers=bearer(second.json())).status_code == 200
    assert rosa.app.post("/v1/auth/second-step", json=body).status_code == 401  # the challenge is over


def test_an_app_is_told_the_secret_once_and_nothing_changes_before_its_first_code(rosa: Person) -> None:
    told = rosa.ask("POST", "/v1/me/totp").json()
    query = parse_qs(urlsplit(told["otpauth_uri"]).query)
    assert (query["secret"], query["issuer"]) == ([told["secret"]], ["Chamba"])
    assert rosa.log_in().status_code == 200
    wrong = str((int(rosa.code(told["secret"])) + 1) % 10**6).zfill(6)
    assert rosa.ask("POST", "/v1/me/totp/confirm", {"code": wrong}).status_code == 401
    other = rosa.ask("POST", "/v1/me/totp").json()
    assert rosa.ask("POST", "/v1/me/totp/confirm", {"code": rosa.code(told["secret"])}).status_code == 401
    assert rosa.ask("POST", "/v1/me/totp/confirm", {"code": rosa.code(other["secret"])}).status_code == 200
    assert rosa.ask("POST", "/v1/me/totp").status_code == 409


def test_the_secret_and_the_codes_are_nowhere_in_the_clear(rosa: Person) -> None:
    secret, codes = rosa.add_app()
    with services_of(rosa.app).database.connect() as connection:
        kept = repr([connection.execute(table.select()).all() for table in (FACTORS, CODES)])
    assert secret not in kept
    assert not [code for code in codes if code in kept or code.replace("-", "") in kept]


@pytest.mark.parametrize(("seconds", "status"), [(-60, 401), (-30, 200), (0, 200), (30, 200), (60, 401)])
def test_clocks_may_differ_by_one_step(rosa: Person, seconds: int, status: int) -> None:
    secret, _ = rosa.add_app()
    rosa.move(minutes=5)
    assert rosa.second_step(code=rosa.code(secret, seconds=seconds)).status_code == status


def test_a_code_is_taken_once_and_so_is_one_of_an_earlier_step(rosa: Person) -> None:
    secret, _ = rosa.add_app()
    assert rosa.second_step(code=rosa.code(secret)).status_code == 401  # it confirmed the app
    rosa.move(minutes=5)
    late, now = rosa.code(secret, seconds=-30), rosa.code(secret)
    assert rosa.second_step(code=now).status_code == 200
    assert [rosa.second_step(code=code).status_code for code in (now, late)] == [401, 401]


def test_of_two_who_show_one_code_at_once_one_gets_in(rosa: Person) -> None:
    secret, codes = rosa.add_app()
    rosa.move(minutes=5)
    for proof in ({"code": rosa.code(secret)}, {"recovery_code": codes[0]}):
        bodies = [{"challenge_id": rosa.log_in().json()["challenge_id"], **proof} for _ in range(2)]
        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(lambda body: rosa.app.post("/v1/auth/second-step", json=body), bodies))
        assert sorted(answer.status_code for answer in answers) == [200, 401]


def test_a_recovery_code_is_good_once_however_it_is_typed(rosa: Person, mails: Mails) -> None:
    _, codes = rosa.add_app()
    assert rosa.second_step(recovery_code=codes[0].lower().replace("-", " ")).status_code == 200
    assert "Te quedan 9" in mails(rosa.app)[-2]  # and then the one of the new device
    assert rosa.second_step(recovery_code=codes[0]).status_code == 401
    tokens = rosa.second_step(recovery_code=codes[1]).json()
    assert rosa.ask("GET", "/v1/me/second-factors", headers=bearer(tokens)).json()["recovery_codes_left"] == 8


def test_other_recovery_codes_are_made_and_those_of_before_are_void(rosa: Person) -> None:
    assert rosa.ask("POST", "/v1/me/recovery-codes").status_code == 409
    _, before = rosa.add_app()
    now = rosa.ask("POST", "/v1/me/recovery-codes").json()["recovery_codes"]
    assert not set(before) & set(now)
    assert rosa.second_step(recovery_code=before[0]).status_code == 401
    assert rosa.second_step(recovery_code=now[0]).status_code == 200


def test_a_challenge_is_good_for_five_attempts_and_its_owner_is_told(rosa: Person, mails: Mails) -> None:
    secret, _ = rosa.add_app()
    rosa.move(minutes=5)
    challenge = rosa.log_in().json()["challenge_id"]
    right = rosa.code(secret)
    wrong = str((int(right) + 1) % 10**6).zfill(6)
    for code in [wrong] * 5 + [right]:
        answer = rosa.app.post("/v1/auth/second-step", json={"challenge_id": challenge, "code": code})
        assert answer.status_code == 401
    assert sum("Alguien sabe tu contraseña" in mail for mail in mails(rosa.app)) == 1


def test_guessing_codes_is_limited_by_account_however_many_log_ins_are_begun(rosa: Person) -> None:
    secret, _ = rosa.add_app()
    rosa.move(minutes=15)
    challenges = [rosa.log_in().json()["challenge_id"] for _ in range(3)]
    answers = [
        rosa.app.post("/v1/auth/second-step", json={"challenge_id": challenges[number // 4], "code": "000000"})
        for number in range(11)
    ]
    assert [one.status_code for one in answers] == [401] * 10 + [429]
    last = {"challenge_id": challenges[2], "code": rosa.code(secret)}
    assert rosa.app.post("/v1/auth/second-step", json=last).status_code == 429
    rosa.move(minutes=15)
    assert rosa.second_step(code=rosa.code(secret)).status_code == 200


def test_a_challenge_holds_for_five_minutes(rosa: Person) -> None:
    secret, _ = rosa.add_app()
    challenge = rosa.log_in().json()["challenge_id"]
    rosa.move(minutes=5)
    body = {"challenge_id": challenge, "code": rosa.code(secret)}
    assert rosa.app.post("/v1/auth/second-step", json=body).status_code == 401


def test_a_mailbox_is_no_second_factor(rosa: Person, mails: Mails) -> None:
    secret, _ = rosa.add_app()
    rosa.move(minutes=5)
    asked = rosa.app.post("/v1/auth/password-reset", json={"email": rosa.email, "new_password": "granizo en Puno"})
    code = next(word for word in mails(rosa.app)[-1].replace(".", " ").split() if word.isdigit() and len(word) == 6)
    given = {"confirmation_id": asked.json()["confirmation_id"], "code": code}
    answer = rosa.app.post("/v1/auth/confirm", json=given)
    assert (answer.status_code, "access_token" in answer.json()) == (202, False)
    body = {"challenge_id": answer.json()["challenge_id"], "code": rosa.code(secret)}
    assert rosa.app.post("/v1/auth/second-step", json=body).status_code == 200


def test_a_new_password_ends_challenges_that_wait(rosa: Person) -> None:
    secret, _ = rosa.add_app()
    challenge = rosa.log_in().json()["challenge_id"]
    change = {"password": PASSWORD, "new_password": "granizo en Puno"}
    assert rosa.ask("POST", "/v1/me/password", change).status_code == 204
    rosa.move(minutes=1)
    body = {"challenge_id": challenge, "code": rosa.code(secret)}
    assert rosa.app.post("/v1/auth/second-step", json=body).status_code == 401


def test_a_suspended_account_does_not_get_in_by_its_second_step(rosa: Person, make_person: MakePerson) -> None:
    secret, _ = rosa.add_app()
    admin = make_person(Role.ADMINISTRATOR, email="admin@correo.pe")
    challenge = rosa.log_in().json()["challenge_id"]
    account_id = rosa.ask("GET", "/v1/me").json()["account_id"]
    suspended = admin.ask("POST", f"/v1/admin/accounts/{account_id}/suspend", {"reason": "other"})
    assert suspended.status_code == 200, suspended.text
    body = {"challenge_id": challenge, "code": rosa.code(secret, seconds=30)}
    assert rosa.app.post("/v1/auth/second-step", json=body).status_code in (401, 403)


def test_a_change_of_factors_ends_the_other_sessions_and_is_told(rosa: Person, mails: Mails) -> None:
    other = bearer(rosa.log_in().json())
    _, codes = rosa.add_app()
    assert [rosa.ask("GET", "/v1/me", headers=one).status_code for one in (other, rosa.headers)] == [401, 200]
    second = bearer(rosa.second_step(recovery_code=codes[0]).json())
    assert rosa.ask("DELETE", "/v1/me/totp").status_code == 204
    assert [rosa.ask("GET", "/v1/me", headers=one).status_code for one in (second, rosa.headers)] == [401, 200]
    assert rosa.log_in().status_code == 200
    assert rosa.ask("GET", "/v1/me/second-factors").json()["recovery_codes_left"] == 0
    subjects = [mail.splitlines()[1] for mail in mails(rosa.app)]
    assert "Tu cuenta de Chamba pide ahora un código" in subjects
    assert "Quitaste la aplicación de códigos de tu cuenta de Chamba" in subjects
    assert rosa.ask("DELETE", "/v1/me/totp").status_code == 404


def test_employers_are_advised_and_administrators_keep_one(make_person: MakePerson) -> None:
    employer = make_person(Role.EMPLOYER, email="killa@correo.pe")
    found = employer.ask("GET", "/v1/me/second-factors").json()
    assert "postulan" in found["advice"]
    assert not found["is_needed"]
    me = employer.ask("GET", "/v1/me").json()
    assert (me["has_second_factor"], me["advice"]) == (False, found["advice"])
    employer.add_app()
    me = employer.ask("GET", "/v1/me").json()
    assert (me["has_second_factor"], me["advice"]) == (True, None)
    admin = make_person(Role.ADMINISTRATOR, email="admin@correo.pe")
    assert admin.ask("GET", "/v1/me/second-factors").json()["is_needed"]
    assert admin.ask("DELETE", "/v1/me/totp").status_code == 409
    assert admin.ask("GET", "/v1/me/second-factors").json()["totp_since"]


@pytest.mark.parametrize(
    "proof", [{}, {"code": "123456", "recovery_code": "a"}, {"code": "１２３４５６"}, {"code": ""}]
)
def test_a_second_step_shows_one_proof(rosa: Person, proof: dict[str, Any]) -> None:
    rosa.add_app()
    assert rosa.second_step(**proof).status_code == 422
