"""A mail goes to the address that is stored and to no other, however a header or a server reads that address."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.delivering.mailing import Outbox, SmtpServer, mail_message
from store.identity_keys import email_key
from store.people.accounts import Role
from store.people.mail import Mail, TakenMail
from store.people.written_mails import erase_written_mails
from tests.api.partners.smtp_sink import open_smtp_sink

Mails = Callable[[TestClient], list[str]]
PASSWORD = "lluvia en Huaraz"
NOW = datetime(2026, 11, 25, 19, tzinfo=UTC)
# Headers read the letters that are in disguise: as victim@correo.pe, or as an address before the one that it ends in.
DISGUISED = [
    "=?utf-8?q?victim?=@correo.pe",
    "=?utf-8?b?dmljdGlt?=@correo.pe",
    "=?utf-8?q?victim=40strasse.de=2c?=@correo.pe",
    "=?utf-8?q?victim=40strasse.de=3e?=@correo.pe",
    "=?x?q?victim=40strasse.de=0aBcc=3a?=@correo.pe",
]
NOT_ASCII = ["straßer@straße.de", "josé@ñandú.pe", "ﬁna@correo.pe", "ｒｏｓａ@correo.pe", f"{'ñ' * 31}@correo.pe"]


def message_to(recipient: str) -> EmailMessage:
    return mail_message(TakenMail("m1", Mail(recipient, "Código", "Hola"), 1), "Chamba <hola@chamba.pe>", NOW)


@pytest.mark.parametrize("address", DISGUISED)
def test_an_address_in_disguise_is_none(open_app: Any, mails: Mails, address: str) -> None:
    app = open_app()
    bodies = {
        "sign-up": {"email": address, "password": PASSWORD, "role": "employer", "name": "Killa"},
        "password-reset": {"email": address, "new_password": PASSWORD},
        "log-in": {"email": address, "password": PASSWORD},
    }
    for route, body in bodies.items():
        assert app.post(f"/v1/auth/{route}", json=body).status_code == 422, route
    assert mails(app) == []


@pytest.mark.parametrize("address", DISGUISED)
def test_an_address_that_was_stored_in_disguise_gets_no_mail(address: str) -> None:
    with pytest.raises(ValueError, match="address"):
        message_to(address)


@pytest.mark.parametrize("address", ["ana@correo.pe, victim@strasse.de", "ana@correo.pe\nBcc: v@a.pe", "<v@a.pe>", ""])
def test_no_address_is_several(address: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - some are refused by the library, in its words
        message_to(address)


@pytest.mark.parametrize("address", ["rosa@straße.de", "o'neil+x@correo.pe"])
def test_a_server_is_told_the_stored_address(address: str) -> None:
    with open_smtp_sink() as sink:
        SmtpServer(f"smtp://127.0.0.1:{sink.port}").send("m1", message_to(email_key(address)))
    told = [command.lower() for command in sink.commands if command.lower().startswith("rcpt")]
    assert told == [f"rcpt to:<{email_key(address)}>"]


@pytest.mark.parametrize("address", NOT_ASCII)
def test_mails_in_files_are_found_by_an_address_that_is_no_ascii_and_by_none_that_looks_alike(
    tmp_path: Path, address: str
) -> None:
    alike = email_key(address).replace("ß", "ss").replace("ﬁ", "fi").replace("ñ", "n").replace("é", "e")
    Outbox(tmp_path).send("m1", message_to(email_key(address)))
    os.utime(tmp_path / "m1.eml", (0, 0))
    later = NOW + timedelta(days=1)
    assert erase_written_mails(tmp_path, {alike, "rosa@correo.pe"} - {email_key(address)}, later) == 0
    assert erase_written_mails(tmp_path, {address}, later) == 1


def test_every_mail_of_an_account_goes_to_its_stored_address(open_app: Any, mails: Mails, sign_in: Any) -> None:
    """Whatever capitals and labels it was asked for with, by whoever."""
    app = open_app()
    header = sign_in(app, Role.EMPLOYER, email="Rosa@Straße.de", agreed=())
    asked = "ROSA@XN--STRAE-OQA.DE"
    reset = {"email": asked, "new_password": PASSWORD}
    sign_up = {"email": asked, "password": PASSWORD, "role": "employer", "name": "Killa"}
    assert app.post("/v1/auth/password-reset", json=reset).status_code == 202
    assert app.post("/v1/auth/sign-up", json=sign_up).status_code == 202
    change = {"email": asked, "password": PASSWORD}
    assert app.post("/v1/me/email", json=change, headers=header).status_code == 202
    assert [mail.partition("\n")[0] for mail in mails(app)] == ["rosa@xn--strae-oqa.de"] * 3
