"""A phone is one that can be dialled, stored in one form; those that were stored before are shown as they are."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from api.accounts.service.phones import require_phone
from engine.errors import InvalidInputError
from engine.explain import Locale
from store.people.accounts import Role, write_contact
from tests.api.services_of import services_of

Bearer = dict[str, str]


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("987654321", "+51987654321"),
        ("987 654 321", "+51987654321"),
        ("987.654.321", "+51987654321"),
        ("51987654321", "+51987654321"),
        ("0051 987 654 321", "+51987654321"),
        ("+51 (987) 654-321", "+51987654321"),
        ("(01) 234-5678", "+5112345678"),
        ("044 234567", "+5144234567"),
        ("+34 612 345 678", "+34612345678"),
        ("+593 99 123 4567", "+593991234567"),
        ("+1 650 253 0000", "+16502530000"),
    ],
)
def test_what_can_be_dialled_is_stored_in_one_form(written: str, stored: str) -> None:
    assert require_phone(written, "PE", Locale.ES) == stored
    assert require_phone(stored, "ES", Locale.EN) == stored


WRONG = ["------", "      ", "0000000", "123456", "2345678", "105", "1111111111", "98765432", "+99 1234567", "()()()"]


@pytest.mark.parametrize("wrong", [*WRONG, "+51 123", "9876543210", "+1 555-123-4567", "()-.()-."])
def test_what_nobody_can_dial_is_refused_in_both_languages(wrong: str) -> None:
    for locale, words in ((Locale.ES, ("no es un número", "cifras")), (Locale.EN, ("not a telephone", "digits"))):
        with pytest.raises(InvalidInputError) as refused:
            require_phone(wrong, "PE", locale)
        error = refused.value
        assert words[0] in error.message
        assert words[1] in error.got
        assert words[1] in error.fix
        assert error.expected.endswith("987 654 321 o 01 234 5678" if locale is Locale.ES else "01 234 5678")
        assert wrong not in str(error)


@given(st.text(st.sampled_from("+0123456789 ().-"), max_size=24))
def test_whatever_is_stored_is_read_as_itself(text: str) -> None:
    with suppress(InvalidInputError):
        stored = require_phone(text, "PE", Locale.ES)
        assert require_phone(stored, "CO", Locale.ES) == stored


@pytest.fixture
def app(open_app: Callable[..., TestClient], tiny_bundles: Path) -> TestClient:
    return open_app(tiny_bundles)


@pytest.fixture
def rosa(app: TestClient, sign_in: Callable[..., Bearer]) -> Bearer:
    return sign_in(app, Role.SEEKER, email="rosa@correo.pe")


def patched(app: TestClient, headers: Bearer, **changes: Any) -> Any:
    return app.patch("/v1/me", json=changes, headers=headers)


def test_a_phone_is_of_the_country_where_its_owner_lives(app: TestClient, rosa: Bearer) -> None:
    assert patched(app, rosa, phone="987654321").json()["phone"] == "+51987654321"
    profile = {"text": "Redacto", "country": "CO"}
    assert app.put("/v1/me/profile", json=profile, headers=rosa).status_code == 200
    assert patched(app, rosa, phone="321 123 4567").json()["phone"] == "+573211234567"
    assert patched(app, rosa, phone=None).json()["phone"] is None


def test_the_answer_says_what_to_do_in_the_persons_language(app: TestClient, rosa: Bearer) -> None:
    refused = patched(app, rosa, phone="------")
    assert refused.status_code == 422
    (error,) = refused.json()["errors"]
    assert (error["field"], error["got"]) == ("phone", "uno de 0 cifras")
    (error,) = patched(app, rosa, phone="98765432", locale="en").json()["errors"]
    assert error["got"] == "one of 8 digits"
    assert app.get("/v1/me", headers=rosa).json()["phone"] is None


def test_a_phone_that_was_stored_before_is_shown_and_stays(app: TestClient, rosa: Bearer) -> None:
    services, account = services_of(app), app.get("/v1/me", headers=rosa).json()["account_id"]
    old = "+51 987 654 321"
    services.write(
        lambda connection: write_contact(
            connection, services.cipher, account, name="Rosa", phone=old, now=services.now()
        )
    )
    assert app.get("/v1/me", headers=rosa).json()["phone"] == old
    assert patched(app, rosa, name="Rosa Quispe").json()["phone"] == old
