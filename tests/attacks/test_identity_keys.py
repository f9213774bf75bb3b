"""Whoever writes another's name in letters that look alike is not taken for them, and gets none of their mail."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection

from store.identity_keys import email_key
from store.people.accounts import (
    ACCOUNTS,
    EMAIL,
    EMAIL_INDEX,
    NewAccount,
    Role,
    create_account,
    find_account,
    read_contact,
)
from tests.api.services_of import services_of

Mails = Callable[[TestClient], list[str]]
OLD, NEW = "lluvia en Huaraz", "granizo en Puno"

# Addresses that were one account's, in two people's hands.
LOOKALIKES = [
    ("victim@strasse.de", "victim@straße.de"),
    ("victim@strasse.de", "victim@xn--strae-oqa.de"),
    ("victim@strasse.de", "victim@STRAẞE.de"),
    ("strasser@correo.pe", "straßer@correo.pe"),
    ("strasser@correo.pe", "STRAẞER@correo.pe"),
    ("fina@correo.pe", "ﬁna@correo.pe"),
    ("stella@correo.pe", "ﬅella@correo.pe"),
    ("rosa@correo.pe", "roſa@correo.pe"),
    ("i̇nes@correo.pe", "İnes@correo.pe"),
    ("ines@correo.pe", "ınes@correo.pe"),
    ("ines@correo.pe", "İnes@correo.pe"),
    ("rosa@correo.pe", "ｒｏｓａ@correo.pe"),
    ("σοφοσ@correo.pe", "σοφος@correo.pe"),
    ("munoz@correo.pe", "muñoz@correo.pe"),
    ("rosa@espana.pe", "rosa@españa.pe"),
    ("rosa@correo.pe", "rosa@соrreo.pe"),
]
# The same mailbox.
SPELLINGS = [
    ("rosa@correo.pe", " ROSA@Correo.PE "),
    ("rosa@straße.de", "Rosa@xn--strae-oqa.de"),
    ("rosa@xn--strae-oqa.de", "rosa@STRASSE.de".replace("SS", "ẞ")),
    ("rosa@ñandú.pe", "rosa@XN--AND-6MA2C.pe"),
    ("rosa@correo.pe", "rosa@ｃｏｒｒｅｏ。pe"),
    ("kike@correo.pe", "\u212aike@correo.pe"),
    ("kike@kelvin.pe", "kike@\u212aelvin.pe"),
    ("josé@correo.pe", "JOSE\u0301@correo.pe"),
    ("muñoz@correo.pe", "MUÑOZ@correo.pe"),
]


@pytest.fixture
def app(open_app: Any) -> TestClient:
    opened: TestClient = open_app()
    return opened


def add_account(app: TestClient, email: str) -> str:
    services = services_of(app)
    new = NewAccount(email, services.passwords.hashed(OLD), frozenset({Role.EMPLOYER}))
    return services.write(lambda connection: create_account(connection, services.cipher, new, services.now()))


def add_account_as_before(app: TestClient, folded: str) -> str:
    """An account as rows were written: sealed and indexed casefolded, its domain in U-labels."""
    account_id, services = add_account(app, "nobody@correo.pe"), services_of(app)

    def fold(connection: Connection) -> None:
        sealed = services.cipher.seal(EMAIL, account_id, folded)
        values = {"email_sealed": sealed, "email_index": services.cipher.index(EMAIL_INDEX, folded)}
        connection.execute(ACCOUNTS.update().where(ACCOUNTS.c.account_id == account_id).values(values))

    services.write(fold)
    return account_id


def ask_reset(app: TestClient, email: str) -> str:
    asked = app.post("/v1/auth/password-reset", json={"email": email, "new_password": NEW})
    assert asked.status_code == 202, asked.text
    return str(asked.json()["confirmation_id"])


def give_code(app: TestClient, confirmation_id: str, mail: str) -> int:
    code = re.search(r"\b\d{6}\b", mail)
    assert code is not None
    given = app.post("/v1/auth/confirm", json={"confirmation_id": confirmation_id, "code": code.group()})
    return int(given.status_code)


def log_in(app: TestClient, email: str, password: str) -> int:
    return int(app.post("/v1/auth/log-in", json={"email": email, "password": password}).status_code)


def recipients(mails: list[str]) -> list[str]:
    return [mail.partition("\n")[0] for mail in mails]


def with_code(mails: list[str]) -> str:
    """The one mail that holds a code: a log-in from a new device is told too."""
    (found,) = [mail for mail in mails if re.search(r"\b\d{6}\b", mail)]
    return found


@pytest.mark.parametrize(("victim", "attacker"), LOOKALIKES)
def test_a_reset_for_an_address_that_looks_alike_mails_nobody_and_changes_nothing(
    app: TestClient, mails: Mails, victim: str, attacker: str
) -> None:
    add_account(app, victim)
    confirmation_id = ask_reset(app, attacker)
    assert mails(app) == []
    given = app.post("/v1/auth/confirm", json={"confirmation_id": confirmation_id, "code": "000000"})
    assert given.status_code == 401
    assert log_in(app, attacker, OLD) == 401
    assert log_in(app, victim, OLD) == 200


@pytest.mark.parametrize(("victim", "attacker"), LOOKALIKES)
def test_two_who_look_alike_each_have_an_account_and_reset_their_own(
    app: TestClient, mails: Mails, victim: str, attacker: str
) -> None:
    add_account(app, victim)
    add_account(app, attacker)
    confirmation_id = ask_reset(app, attacker)
    assert recipients(mails(app)) == [email_key(attacker)]
    assert give_code(app, confirmation_id, mails(app)[0]) == 200
    assert (log_in(app, attacker, NEW), log_in(app, victim, OLD), log_in(app, victim, NEW)) == (200, 200, 401)


@pytest.mark.parametrize(("stored", "typed"), SPELLINGS)
def test_another_spelling_of_one_mailbox_finds_it_and_mails_what_is_stored(
    app: TestClient, mails: Mails, stored: str, typed: str
) -> None:
    add_account(app, stored)
    assert log_in(app, typed, OLD) == 200
    confirmation_id = ask_reset(app, typed)
    assert set(recipients(mails(app))) == {email_key(stored)}
    assert give_code(app, confirmation_id, with_code(mails(app))) == 200
    assert log_in(app, stored, NEW) == 200


@pytest.mark.parametrize("typed", ["Rosa@Straße.DE", "rosa@xn--strae-oqa.de"])
def test_what_is_signed_up_with_is_mailed_in_the_form_that_is_stored(app: TestClient, mails: Mails, typed: str) -> None:
    body = {"email": typed, "password": OLD, "role": "employer", "name": "Killa"}
    asked = app.post("/v1/auth/sign-up", json=body).json()
    assert recipients(mails(app)) == ["rosa@xn--strae-oqa.de"]
    assert give_code(app, asked["confirmation_id"], mails(app)[0]) == 200
    app.post("/v1/auth/sign-up", json=body)
    assert recipients(mails(app)) == ["rosa@xn--strae-oqa.de"] * 2


def test_a_code_is_void_once_the_account_has_another_address(app: TestClient, mails: Mails, sign_in: Any) -> None:
    """The code went to the address that it had; whoever reads that one may be somebody else by now."""
    header = sign_in(app, Role.EMPLOYER, email="rosa@correo.pe", agreed=())
    confirmation_id = ask_reset(app, "rosa@correo.pe")
    old_mail = mails(app)[0]
    asked = app.post("/v1/me/email", json={"email": "rosa@straße.de", "password": OLD}, headers=header).json()
    new_mail = next(mail for mail in mails(app) if mail.startswith("rosa@xn--strae-oqa.de"))
    assert give_code(app, asked["confirmation_id"], new_mail) == 200
    assert give_code(app, confirmation_id, old_mail) == 401
    add_account(app, "rosa@correo.pe")
    assert log_in(app, "rosa@straße.de", OLD) == 200


def test_a_code_confirms_nothing_for_whoever_has_the_address_later(app: TestClient, mails: Mails, sign_in: Any) -> None:
    header = sign_in(app, Role.EMPLOYER, email="rosa@correo.pe", agreed=())
    confirmation_id = ask_reset(app, "rosa@correo.pe")
    old_mail = mails(app)[0]
    asked = app.post("/v1/me/email", json={"email": "otra@correo.pe", "password": OLD}, headers=header).json()
    new_mail = next(mail for mail in mails(app) if mail.startswith("otra@"))
    assert give_code(app, asked["confirmation_id"], new_mail) == 200
    add_account(app, "rosa@correo.pe")
    assert give_code(app, confirmation_id, old_mail) == 401
    assert log_in(app, "rosa@correo.pe", OLD) == 200


@pytest.mark.parametrize(
    ("folded", "typed"),
    [
        ("rosa@correo.pe", "Rosa@correo.pe"),
        ("rosa@ñandú.pe", "rosa@ñandú.pe"),
        ("rosa@ñandú.pe", "rosa@xn--and-6ma2c.pe"),
        ("muñoz@españa.pe", "MUÑOZ@españa.pe"),
    ],
)
def test_an_account_made_before_is_found_and_nobody_takes_its_address(
    app: TestClient, mails: Mails, folded: str, typed: str
) -> None:
    account_id, services = add_account_as_before(app, folded), services_of(app)
    assert log_in(app, typed, OLD) == 200
    body = {"email": typed, "password": OLD, "role": "employer", "name": "Killa"}
    app.post("/v1/auth/sign-up", json=body)
    ask_reset(app, typed)
    assert recipients(mails(app)) == [email_key(folded)] * 3  # the log-in, the second sign-up, the code
    contact = services.read(lambda connection: read_contact(connection, services.cipher, account_id))
    assert contact.email == email_key(folded)


@pytest.mark.parametrize(("folded", "typed"), [("rosa@strasse.de", "rosa@straße.de"), ("fina@a.pe", "ﬁna@a.pe")])
def test_an_account_made_before_is_not_found_by_what_it_only_folded_to(
    app: TestClient, mails: Mails, folded: str, typed: str
) -> None:
    add_account_as_before(app, folded)
    ask_reset(app, typed)
    assert mails(app) == []
    assert log_in(app, typed, OLD) == 401
    assert add_account(app, typed)


def test_of_two_rows_with_one_address_that_of_the_new_form_is_the_account(app: TestClient) -> None:
    services, before = services_of(app), add_account_as_before(app, "rosa@ñandú.pe")
    now = add_account(app, "otra@correo.pe")

    def collide(connection: Connection) -> tuple[str | None, str | None]:
        found = find_account(connection, services.cipher, "rosa@ñandú.pe")
        key = email_key("rosa@ñandú.pe")
        values = {
            "email_sealed": services.cipher.seal(EMAIL, now, key),
            "email_index": services.cipher.index(EMAIL_INDEX, key),
        }
        connection.execute(ACCOUNTS.update().where(ACCOUNTS.c.account_id == now).values(values))
        return found, find_account(connection, services.cipher, "rosa@ñandú.pe")

    assert services.write(collide) == (before, now)


ADDRESSES = st.builds("{}@{}".format, st.text(max_size=12), st.text(max_size=12))


@given(ADDRESSES)
def test_the_form_of_an_address_is_its_own_form(email: str) -> None:
    assert email_key(email_key(email)) == email_key(email)


@given(st.characters(categories=["L"]), st.characters(categories=["L"]))
def test_two_letters_are_one_only_as_capital_and_small_letter_or_by_their_spelling(one: str, two: str) -> None:
    from unicodedata import normalize

    composed_one, composed_two = normalize("NFC", one), normalize("NFC", two)
    if email_key(f"{one}@a.pe") == email_key(f"{two}@a.pe"):
        is_pair = composed_one.upper() == composed_two.upper() and composed_one.lower() == composed_two.lower()
        assert composed_one == composed_two or is_pair
