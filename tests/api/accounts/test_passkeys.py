"""Passkeys: an authenticator in software makes real ones; what it does wrong, or another does, opens nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from fido2 import cbor

from store.people.accounts import Role
from tests.api.accounts.conftest import PASSWORD, MakePerson, Person, bearer
from tests.api.authenticator import BACKED_UP, PRESENT, VERIFIED, Authenticator, decoded, encoded
from tests.api.services_of import services_of

Mails = Callable[[TestClient], list[str]]
Credential = dict[str, Any]


def challenge(person: Person, path: str) -> dict[str, Any]:
    answer = person.ask("POST", path)
    assert answer.status_code in (200, 201), answer.text
    found: dict[str, Any] = answer.json()
    return found


def register(person: Person, device: Authenticator, spoil: Callable[[Credential], None] | None = None) -> Any:
    asked = challenge(person, "/v1/me/passkeys/challenge")
    credential = device.create(asked["options"])
    if spoil is not None:
        spoil(credential)
    body = {"challenge_id": asked["challenge_id"], "name": "Mi celular", "credential": credential}
    return person.ask("POST", "/v1/me/passkeys", body)


def log_in(person: Person, device: Authenticator, spoil: Callable[[Credential], None] | None = None) -> Any:
    asked = person.app.post("/v1/auth/passkeys/challenge").json()
    passkey = device.get(asked["options"])
    if spoil is not None:
        spoil(passkey)
    body = {"challenge_id": asked["challenge_id"], "passkey": passkey}
    return person.app.post("/v1/auth/passkeys/log-in", json=body)


@pytest.fixture
def phone(rosa: Person) -> Authenticator:
    """Rosa's phone, with a passkey."""
    device = Authenticator()
    added = register(rosa, device)
    assert added.status_code == 200, added.text
    assert len(added.json()["recovery_codes"]) == 10
    return device


def test_somebody_logs_in_by_a_passkey_alone_and_that_is_two_factors(make_person: MakePerson) -> None:
    admin, device = make_person(Role.ADMINISTRATOR, email="admin@correo.pe"), Authenticator()
    assert register(admin, device).status_code == 200
    answer = log_in(admin, device)
    assert answer.status_code == 200, answer.text
    assert admin.ask("GET", "/v1/admin/overview", headers=bearer(answer.json())).status_code == 200


def test_a_passkey_is_the_second_step_of_a_password(rosa: Person, phone: Authenticator) -> None:
    first = rosa.log_in().json()
    assert first["ways"] == ["passkey", "recovery_code"]
    assert [one["id"] for one in first["passkey"]["allowCredentials"]] == [encoded(phone.credential_id)]
    body = {"challenge_id": first["challenge_id"], "passkey": phone.get(first["passkey"])}
    assert rosa.app.post("/v1/auth/second-step", json=body).status_code == 200
    assert rosa.app.post("/v1/auth/second-step", json=body).status_code == 401


def test_a_passkey_proves_a_session_again(rosa: Person, phone: Authenticator) -> None:
    rosa.move(minutes=9)
    asked = challenge(rosa, "/v1/me/step-up/challenge")
    body = {"challenge_id": asked["challenge_id"], "passkey": phone.get(asked["options"])}
    assert rosa.ask("POST", "/v1/me/step-up", body).status_code == 204
    assert rosa.ask("POST", "/v1/me/step-up", body).status_code == 404
    assert rosa.ask("POST", "/v1/me/step-up", {"password": PASSWORD}).status_code == 409


def test_passkeys_are_listed_with_their_last_use_and_removed(rosa: Person, phone: Authenticator, mails: Mails) -> None:
    (known,) = rosa.ask("GET", "/v1/me/second-factors").json()["passkeys"]
    assert (known["name"], known["last_used_at"]) == ("Mi celular", None)
    assert log_in(rosa, phone).status_code == 200
    (known,) = rosa.ask("GET", "/v1/me/second-factors").json()["passkeys"]
    assert known["last_used_at"] == services_of(rosa.app).now().isoformat()
    assert rosa.ask("DELETE", f"/v1/me/passkeys/{known['passkey_id']}").status_code == 204
    assert log_in(rosa, phone).status_code == 401
    told = [mail for mail in mails(rosa.app) if "«Mi celular»" in mail]
    assert len(told) == 2


def test_nobody_removes_the_passkey_of_another(rosa: Person, phone: Authenticator, make_person: MakePerson) -> None:
    (known,) = rosa.ask("GET", "/v1/me/second-factors").json()["passkeys"]
    ana = make_person(email="ana@correo.pe")
    assert ana.ask("DELETE", f"/v1/me/passkeys/{known['passkey_id']}").status_code == 404
    assert log_in(rosa, phone).status_code == 200


WRONG: dict[str, dict[str, Any]] = {
    "another page": {"origin": "https://chamba.example.com"},
    "a page that only begins alike": {"origin": "http://localhost:80001"},
    "without encryption": {"origin": "http://chamba.example"},
    "another domain": {"domain": "example.com"},
    "a page within another": {"cross_origin": True},
    "nobody there": {"flags": VERIFIED},
    "not verified": {"flags": PRESENT},
    "a copy of what is not copied": {"flags": PRESENT | VERIFIED | BACKED_UP},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_what_an_authenticator_does_wrong_registers_nothing_and_opens_nothing(
    rosa: Person, phone: Authenticator, wrong: dict[str, Any]
) -> None:
    assert register(rosa, Authenticator(**wrong)).status_code == 422
    assert log_in(rosa, replace(phone, **wrong)).status_code == 401
    assert log_in(rosa, phone).status_code == 200


def test_another_key_or_another_person_opens_nothing(
    rosa: Person, phone: Authenticator, make_person: MakePerson
) -> None:
    ana = make_person(email="ana@correo.pe")
    other = Authenticator()
    assert register(ana, other).status_code == 200
    assert log_in(rosa, replace(phone, key=other.key)).status_code == 401
    assert log_in(rosa, replace(phone, user_handle=other.user_handle)).status_code == 401
    first = rosa.log_in().json()  # whose second step is not Ana's to take
    body = {"challenge_id": first["challenge_id"], "passkey": other.get(first["passkey"])}
    assert rosa.app.post("/v1/auth/second-step", json=body).status_code == 401
    assert register(ana, replace(phone)).status_code == 409


def test_a_challenge_is_good_once_for_what_it_was_asked_and_for_a_while(rosa: Person, phone: Authenticator) -> None:
    asked = rosa.app.post("/v1/auth/passkeys/challenge").json()
    body = {"challenge_id": asked["challenge_id"], "passkey": phone.get(asked["options"])}
    as_step_up = rosa.ask("POST", "/v1/me/step-up", body)
    assert as_step_up.status_code == 404
    answers = [rosa.app.post("/v1/auth/passkeys/log-in", json=body).status_code for _ in range(2)]
    assert answers == [200, 401]
    late = rosa.app.post("/v1/auth/passkeys/challenge").json()
    rosa.move(minutes=5)
    body = {"challenge_id": late["challenge_id"], "passkey": phone.get(late["options"])}
    assert rosa.app.post("/v1/auth/passkeys/log-in", json=body).status_code == 401


def test_the_challenge_of_another_is_neither_met_nor_spent(
    rosa: Person, phone: Authenticator, make_person: MakePerson
) -> None:
    ana = make_person(email="ana@correo.pe")
    asked = challenge(rosa, "/v1/me/passkeys/challenge")
    device = Authenticator()
    body = {"challenge_id": asked["challenge_id"], "name": "Otro", "credential": device.create(asked["options"])}
    assert ana.ask("POST", "/v1/me/passkeys", body).status_code == 404
    again = challenge(rosa, "/v1/me/step-up/challenge")
    proof = {"challenge_id": again["challenge_id"], "passkey": phone.get(again["options"])}
    assert ana.ask("POST", "/v1/me/step-up", proof).status_code == 404
    assert rosa.ask("POST", "/v1/me/step-up", proof).status_code == 204
    assert rosa.ask("POST", "/v1/me/passkeys", body).status_code == 200


def test_a_counter_that_does_not_grow_tells_of_a_copy(rosa: Person) -> None:
    device = Authenticator(counts=7)
    assert register(rosa, device).status_code == 200
    assert [log_in(rosa, replace(device, counts=count)).status_code for count in (8, 8, 7, 0, 9)] == [
        200,
        401,
        401,
        401,
        200,
    ]


def with_public_key(key: dict[int, Any]) -> Callable[[Credential], None]:
    """Puts another public key into a registration."""

    def spoil(credential: Credential) -> None:
        attestation: Any = cbor.decode(decoded(credential["response"]["attestationObject"]))
        data = attestation["authData"]
        end = 37 + 16 + 2 + 32
        again = {"fmt": "none", "attStmt": {}, "authData": data[:end] + cbor.encode(key)}
        credential["response"]["attestationObject"] = encoded(cbor.encode(again))

    return spoil


def with_part(part: str, content: bytes) -> Callable[[Credential], None]:
    def spoil(credential: Credential) -> None:
        credential["response"][part] = encoded(content)

    return spoil


SPOILED: dict[str, Callable[[Credential], None]] = {
    "arrays in arrays": with_part("attestationObject", b"\x81" * 12_000),
    "an array of more than there is": with_part("attestationObject", b"\x9b" + b"\xff" * 8),
    "maps in maps": with_part("attestationObject", b"\xa1\x01" * 6_000),
    "nothing in it": with_part("attestationObject", b"\xa0"),
    "no map": with_part("attestationObject", b"\x01"),
    "JSON in JSON": with_part("clientDataJSON", b"[" * 12_000),
    "no JSON": with_part("clientDataJSON", b"\xff\xfe"),
    "a list": with_part("clientDataJSON", b"[]"),
    "a point that is on no curve": with_public_key({1: 2, 3: -7, -1: 1, -2: b"\x01" * 32, -3: b"\x02" * 32}),
    "a kind that was not asked for": with_public_key({1: 3, 3: -65535, -1: b"\xff" * 256, -2: b"\x01\x00\x01"}),
    "a huge key": with_public_key({1: 3, 3: -257, -1: b"\xff" * 4_000, -2: b"\x01\x00\x01"}),
    "no key": with_public_key({3: "x"}),
}


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED)
def test_bytes_of_anybodys_making_are_refused(rosa: Person, spoil: Callable[[Credential], None]) -> None:
    answer = register(rosa, Authenticator(), spoil)
    assert answer.status_code == 422, answer.text
    assert rosa.ask("GET", "/v1/me/second-factors").json()["passkeys"] == []


def test_an_assertion_of_anybodys_making_is_refused(rosa: Person, phone: Authenticator) -> None:
    parts = {"authenticatorData": [b"\x00", b"\xff" * 37, b"\x00" * 9_000], "signature": [b"\x00", b"\x30" * 3_000]}
    parts["clientDataJSON"] = [b"{" * 9_000, b"1", b'{"type":"webauthn.get"}']
    for part, contents in parts.items():
        for content in contents:
            assert log_in(rosa, phone, with_part(part, content)).status_code == 401, (part, content[:9])


def test_an_account_has_ten_at_most(rosa: Person) -> None:
    answers = [register(rosa, Authenticator()).status_code for _ in range(11)]
    assert answers == [200] * 10 + [409]
