"""What decides about people, or opens an account, asks for a fresh proof; an administrator, for a second factor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.access.rules import CallerRule
from api.routes import api_routes
from api.routing.typed_routes import rules_of
from store.people.accounts import STAFF, NewAccount, Role, create_account
from tests.api.accounts.conftest import PASSWORD, MakePerson, Person, bearer
from tests.api.services_of import services_of

# Of what administrators write, what decides nothing: looking at a case, and finding who asks for help.
NEEDS_NO_FRESH_PROOF = {
    "POST /v1/admin/employers:find",  # which reads; a value stands in no address
    "POST /v1/admin/accounts:find",
    "POST /v1/admin/cases/{case_id}/take",
    "POST /v1/admin/cases/{case_id}/leave",
    "POST /v1/admin/cases/{case_id}/notes",
}
FRESH_OF_ACCOUNTS = {
    "POST /v1/me/password",
    "POST /v1/me/email",
    "POST /v1/me/phone",
    "DELETE /v1/me/phone",
    "POST /v1/me/erasure",
    "POST /v1/me/totp",
    "POST /v1/me/totp/confirm",
    "DELETE /v1/me/totp",
    "POST /v1/me/recovery-codes",
    "POST /v1/me/passkeys",
    "POST /v1/me/passkeys/challenge",
    "DELETE /v1/me/passkeys/{passkey_id}",
}
# What an administrator without a second factor may ask: nothing but what they get one by.
FOR_ENROLLING = {
    "GET /v1/me/second-factors",
    "POST /v1/me/totp",
    "POST /v1/me/totp/confirm",
    "POST /v1/me/passkeys",
    "POST /v1/me/passkeys/challenge",
    "POST /v1/me/step-up",
    "POST /v1/me/step-up/challenge",
}


def routes_whose(is_so: Callable[[CallerRule], bool]) -> set[str]:
    return {
        f"{method} {route.path}"
        for route in api_routes()
        for rule in rules_of(route)
        for method in route.methods or ()
        if isinstance(rule, CallerRule) and is_so(rule)
    }


def test_every_decision_of_an_administrator_asks_for_a_fresh_proof() -> None:
    of_administrators = routes_whose(lambda rule: rule.allowed == {Role.ADMINISTRATOR})
    decisions = {one for one in of_administrators if not one.startswith("GET ")} - NEEDS_NO_FRESH_PROOF
    assert decisions
    assert (decisions | FRESH_OF_ACCOUNTS) - routes_whose(lambda rule: rule.is_fresh) == set()


def test_an_administrator_without_a_second_factor_reaches_what_gives_one_and_nothing_else() -> None:
    assert routes_whose(lambda rule: rule.is_for_enrolling) == FOR_ENROLLING


@pytest.fixture
def admin(make_person: MakePerson) -> Person:
    return make_person(Role.ADMINISTRATOR, email="admin@correo.pe")


def unenrolled(app: TestClient) -> Person:
    """An administrator as `chamba account create` makes them, logged in by their password."""
    services = services_of(app)
    hashed = services.passwords.hashed(PASSWORD)
    new = NewAccount("nueva@correo.pe", hashed, frozenset({Role.ADMINISTRATOR, Role.EMPLOYER}))
    services.write(lambda connection: create_account(connection, services.cipher, new, services.now()))
    person = Person(app, new.email or "", {})
    answer = person.log_in()
    assert answer.status_code == 200, answer.text
    person.headers = bearer(answer.json())
    return person


def is_kind(answer: Any, status: int, kind: str) -> bool:
    return (answer.status_code, answer.json()["type"]) == (status, f"/problems/{kind}")


def test_the_first_administrator_adds_an_app_and_goes_on_in_the_same_session(admin: Person) -> None:
    first = unenrolled(admin.app)
    for path in ("/v1/admin/overview", "/v1/me", "/v1/employers", "/v1/analytics/snapshots"):
        refused = first.ask("GET", path)
        assert is_kind(refused, 403, "second-factor-needed"), path
        assert refused.json()["at"] == "/v1/me/second-factors"
    assert "necesitas" in first.ask("GET", "/v1/me/second-factors").json()["advice"]
    first.add_app()
    assert first.ask("GET", "/v1/admin/overview").status_code == 200


def test_a_role_that_is_given_later_asks_for_a_second_factor_at_once(admin: Person, make_person: MakePerson) -> None:
    killa = make_person(Role.EMPLOYER, email="killa@correo.pe")
    account_id = killa.ask("GET", "/v1/me").json()["account_id"]
    assert admin.ask("PUT", f"/v1/admin/accounts/{account_id}/roles/administrator").status_code == 200
    assert is_kind(killa.ask("GET", "/v1/employers"), 403, "second-factor-needed")


def test_a_decision_asks_for_a_fresh_proof_and_says_where_to_give_it(admin: Person, make_person: MakePerson) -> None:
    rosa = make_person()
    account_id = rosa.ask("GET", "/v1/me").json()["account_id"]
    codes = admin.ask("POST", "/v1/me/recovery-codes").json()["recovery_codes"]
    tokens = admin.second_step(recovery_code=codes[0]).json()
    admin.move(minutes=15)
    refreshed = admin.app.post("/v1/auth/refresh", json={"refresh_token": tokens["refresh_token"]})
    admin.headers = bearer(refreshed.json())
    suspend = ("POST", f"/v1/admin/accounts/{account_id}/suspend", {"reason": "other"})
    assert admin.ask("GET", "/v1/admin/overview").status_code == 200
    assert is_kind(admin.ask(*suspend), 401, "step-up-needed")
    assert admin.ask("POST", "/v1/me/step-up", {"recovery_code": codes[1]}).status_code == 204
    assert admin.ask(*suspend).status_code == 200


def late(person: Person) -> dict[str, Any]:
    """The tokens of a log-in that was a quarter of an hour ago."""
    tokens: dict[str, Any] = person.log_in().json()
    person.move(minutes=15)
    refreshed = person.app.post("/v1/auth/refresh", json={"refresh_token": tokens["refresh_token"]})
    assert refreshed.status_code == 200, refreshed.text
    found: dict[str, Any] = refreshed.json()
    return found


def test_without_a_second_factor_the_password_is_the_proof(rosa: Person) -> None:
    rosa.headers = bearer(late(rosa))
    for method, path in (part.split(" ") for part in sorted(FRESH_OF_ACCOUNTS)):
        body: Any = None if method == "DELETE" else {}
        refused = rosa.ask(method, path.format(passkey_id="0197a6b2-5c1e-7d4a-9b3f-2f6c1d0e8a47"), body)
        assert is_kind(refused, 401, "step-up-needed"), path
        assert 'error="insufficient_user_authentication", max_age="900"' in refused.headers["WWW-Authenticate"]
        assert refused.json()["at"] == "/v1/me/step-up"
    assert rosa.ask("POST", "/v1/me/step-up", {"password": "otra cosa"}).status_code == 401
    assert rosa.ask("POST", "/v1/me/totp").status_code == 401
    assert rosa.ask("POST", "/v1/me/step-up", {"password": PASSWORD}).status_code == 204
    assert rosa.ask("POST", "/v1/me/totp").status_code == 200
    rosa.move(minutes=8)
    assert rosa.ask("POST", "/v1/me/totp").status_code == 200


def test_with_a_second_factor_the_password_alone_is_none(rosa: Person) -> None:
    secret, codes = rosa.add_app()
    rosa.move(minutes=5)
    tokens = rosa.second_step(code=rosa.code(secret)).json()
    rosa.move(minutes=15)
    refreshed = rosa.app.post("/v1/auth/refresh", json={"refresh_token": tokens["refresh_token"]}).json()
    rosa.headers = bearer(refreshed)
    assert rosa.ask("POST", "/v1/me/step-up", {"password": PASSWORD}).status_code == 409
    assert is_kind(rosa.ask("DELETE", "/v1/me/totp"), 401, "step-up-needed")
    code = {"code": rosa.code(secret)}
    assert rosa.ask("POST", "/v1/me/step-up", code).status_code == 204
    assert rosa.ask("POST", "/v1/me/step-up", code).status_code == 401
    assert rosa.ask("POST", "/v1/me/step-up", {"recovery_code": codes[3]}).status_code == 204
    assert rosa.ask("DELETE", "/v1/me/totp").status_code == 204


def test_proving_again_is_limited_by_account(rosa: Person) -> None:
    assert rosa.ask("POST", "/v1/me/step-up", {"password": PASSWORD}).status_code == 204  # which counts for nothing
    answers = [rosa.ask("POST", "/v1/me/step-up", {"password": "otra cosa"}).status_code for _ in range(11)]
    assert answers == [401] * 10 + [429]


def test_a_refresh_is_no_proof(rosa: Person) -> None:
    rosa.headers = bearer(late(rosa))
    assert is_kind(rosa.ask("POST", "/v1/me/erasure", {"password": PASSWORD}), 401, "step-up-needed")


def test_how_long_a_proof_holds_is_a_setting(make_person: MakePerson) -> None:
    rosa = make_person(step_up_minutes=2)
    rosa.move(minutes=2)
    assert is_kind(rosa.ask("POST", "/v1/me/totp"), 401, "step-up-needed")


@pytest.mark.parametrize(
    ("role", "path"), [(Role.OFFICER, "/v1/officers/programmes"), (Role.ANALYST, "/v1/analytics/snapshots")]
)
def test_who_decides_about_people_or_sees_many_needs_a_second_factor_as_administrators_do(
    admin: Person, make_person: MakePerson, role: Role, path: str
) -> None:
    rosa = make_person(Role.SEEKER, email="rosa@correo.pe")
    account_id = rosa.ask("GET", "/v1/me").json()["account_id"]
    assert admin.ask("PUT", f"/v1/admin/accounts/{account_id}/roles/{role}").status_code == 200
    for asked in (path, "/v1/me"):
        assert is_kind(rosa.ask("GET", asked), 403, "second-factor-needed"), asked
    factors = rosa.ask("GET", "/v1/me/second-factors").json()
    assert (factors["is_needed"], "necesitas" in factors["advice"]) == (True, True)
    rosa.add_app()
    assert rosa.ask("GET", path).status_code == 200
    kept = rosa.ask("DELETE", "/v1/me/totp")
    assert (kept.status_code, "conserva" in kept.json()["detail"]) == (409, True)


def test_every_route_of_staff_says_that_it_asks_for_a_second_factor(admin: Person) -> None:
    paths = admin.app.get("/openapi.json").json()["paths"]
    for name in routes_whose(lambda rule: not STAFF.isdisjoint(rule.allowed) and not rule.is_for_enrolling):
        method, path = name.split(" ")
        assert "second factor" in str(paths[path][method.lower()]["responses"]["403"]), name
