"""Mails go out by SMTP, encrypted, or lie in the outbox; who they are for and what they say is in no log."""

from __future__ import annotations

import email
import email.message
import email.policy
import logging
import stat
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.delivering.deliveries import Deliveries
from api.delivering.mailing import SmtpServer, mail_message, mail_route
from engine.errors import InvalidInputError
from store.people.mail import Mail, TakenMail, post_mail
from tests.api.partners.certificates import tls_for
from tests.api.partners.parts import Clock
from tests.api.partners.smtp_sink import SmtpSink
from tests.api.services_of import services_of

MAIL = Mail("rosa@correo.pe", "Tu código de Chamba: 042517", "Hola:\n\nTu código es 042517.\n.\nñandú\n")
OpenApp = Callable[..., TestClient]
Scraped = Callable[..., float]


def open_mailing(open_app: OpenApp, clock: Clock, **settings: str) -> tuple[TestClient, Deliveries]:
    app = open_app(delivery_poll_seconds=1e6, **settings)
    services_of(app).clock = clock
    return app, Deliveries(services_of(app))


def post(app: TestClient, mail: Mail = MAIL) -> str:
    services = services_of(app)
    posted = partial(post_mail, cipher=services.cipher, mail=mail, now=services.now(), holds=timedelta(hours=1))
    return services.write(posted)


def parsed(text: str) -> email.message.EmailMessage:
    message = email.message_from_string(text, policy=email.policy.default)
    assert isinstance(message, email.message.EmailMessage)
    return message


def test_without_a_server_a_mail_is_a_file_that_only_its_owner_reads(
    open_app: OpenApp, clock: Clock, caplog: pytest.LogCaptureFixture, scraped: Scraped
) -> None:
    app, worker = open_mailing(open_app, clock, mail_sender="Chamba <hola@chamba.pe>")
    mail_id = post(app)
    with caplog.at_level(logging.INFO, "chamba.deliveries"):
        assert worker.send_due()
        assert not worker.send_due()
    outbox = services_of(app).settings.data_dir / "outbox"
    (file,) = outbox.iterdir()
    message = parsed(file.read_bytes().decode())
    assert (message["From"], message["To"]) == ("Chamba <hola@chamba.pe>", "rosa@correo.pe")
    assert message["Subject"] == "Tu código de Chamba: 042517"
    assert message["Message-ID"] == f"<{mail_id}@chamba.pe>"
    assert message["Date"].datetime == clock.now
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content().splitlines() == MAIL.body.splitlines()
    assert stat.S_IMODE(outbox.stat().st_mode) == 0o700
    assert file.name in caplog.text
    assert not any(word in caplog.text for word in ("rosa", "042517"))
    assert scraped(app, "chamba_deliveries_total", kind="mail", outcome="delivered") == 1


def test_a_mail_goes_to_the_server_as_the_user_that_is_set(
    open_app: OpenApp, clock: Clock, open_sink: Callable[..., SmtpSink]
) -> None:
    sink = open_sink()
    app, worker = open_mailing(open_app, clock, smtp_url=f"smtp://chamba:s%40l@127.0.0.1:{sink.port}")
    post(app)
    worker.send_due()
    (text,) = sink.mails
    assert parsed(text.replace("\n..", "\n.")).get_content().splitlines() == MAIL.body.splitlines()
    assert "AUTH PLAIN AGNoYW1iYQBzQGw=" in sink.commands  # \0chamba\0s@l
    assert any("rcpt to:<rosa@correo.pe>" in command.lower() for command in sink.commands)
    assert not list(services_of(app).settings.data_dir.glob("outbox*"))


def test_where_the_server_can_encrypt_nothing_is_said_before(
    open_sink: Callable[..., SmtpSink], clock: Clock, tmp_path: Path
) -> None:
    server_tls, client_tls = tls_for("127.0.0.1", tmp_path)
    sink = open_sink(server_tls)
    message = mail_message(TakenMail("m1", MAIL, 1), "hola@chamba.pe", clock.now)
    SmtpServer(f"smtp://chamba:sal@127.0.0.1:{sink.port}", client_tls).send("m1", message)
    assert len(sink.mails) == 1
    plain = [command.split()[0].upper() for command in sink.commands if not command.startswith("TLS ")]
    assert set(plain) <= {"EHLO", "STARTTLS", "SUBJECT:"}
    assert any(command.startswith("TLS AUTH") for command in sink.commands)


def test_a_server_whose_certificate_is_not_trusted_gets_nothing(
    open_app: OpenApp, clock: Clock, open_sink: Callable[..., SmtpSink], tmp_path: Path
) -> None:
    server_tls, _ = tls_for("127.0.0.1", tmp_path)
    sink = open_sink(server_tls)
    app, worker = open_mailing(open_app, clock, smtp_url=f"smtp://chamba:sal@127.0.0.1:{sink.port}")
    post(app)
    worker.send_due()
    assert sink.mails == []
    assert not any("AUTH" in command for command in sink.commands)


def test_another_machine_that_does_not_encrypt_gets_nothing(
    open_sink: Callable[..., SmtpSink], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    sink = open_sink()
    monkeypatch.setattr("api.delivering.mailing._is_this_machine", lambda _host: False)
    message = mail_message(TakenMail("m1", MAIL, 1), "hola@chamba.pe", clock.now)
    with pytest.raises(Exception, match="STARTTLS"):
        SmtpServer(f"smtp://chamba:sal@127.0.0.1:{sink.port}").send("m1", message)
    assert sink.mails == []
    assert not any("AUTH" in command for command in sink.commands)


def test_a_mail_that_is_refused_is_tried_again_and_then_given_up_and_does_not_hold_up_the_next(
    open_app: OpenApp,
    clock: Clock,
    open_sink: Callable[..., SmtpSink],
    caplog: pytest.LogCaptureFixture,
    scraped: Scraped,
) -> None:
    sink = open_sink()
    sink.refuses.add("rosa@correo.pe")
    app, worker = open_mailing(open_app, clock, smtp_url=f"smtp://127.0.0.1:{sink.port}")
    services = services_of(app)
    long = partial(post_mail, cipher=services.cipher, mail=MAIL, now=clock.now, holds=timedelta(days=9))
    services.write(long)
    post(app, Mail("luis@correo.pe", "Hola", "…"))
    with caplog.at_level(logging.INFO, "chamba.deliveries"):
        for _ in range(9):
            worker.send_due()
            clock.move(days=1 / 3)
    assert len(sink.mails) == 1
    assert sum("rosa" in command for command in sink.commands) == 8
    assert "rosa" not in caplog.text
    outcomes = [scraped(app, "chamba_deliveries_total", kind="mail", outcome=o) for o in ("failed", "given_up")]
    assert outcomes == [7, 1]


def test_a_mail_with_a_line_break_in_its_head_is_not_sent(
    open_app: OpenApp, clock: Clock, open_sink: Callable[..., SmtpSink]
) -> None:
    sink = open_sink()
    app, worker = open_mailing(open_app, clock, smtp_url=f"smtp://127.0.0.1:{sink.port}")
    post(app, Mail("rosa@correo.pe\r\nBcc: todos@correo.pe", "Hola", "…"))
    post(app, Mail("rosa@correo.pe", "Hola\nBcc: todos@correo.pe", "…"))
    worker.send_due()
    assert sink.mails == []


def test_a_mail_that_was_taken_is_not_sent_again_though_the_server_hangs_up(
    open_app: OpenApp, clock: Clock, open_sink: Callable[..., SmtpSink]
) -> None:
    sink = open_sink()
    sink.hangs_up = True
    app, worker = open_mailing(open_app, clock, smtp_url=f"smtp://127.0.0.1:{sink.port}")
    post(app)
    for _ in range(3):
        worker.send_due()
        clock.move(minutes=10)
    assert len(sink.mails) == 1


@pytest.mark.parametrize(
    "url", ["mail.chamba.pe", "http://mail.chamba.pe", "smtp://", "smtp://:25", "smtp://a:b:c", "smtp://u:secret@h:x"]
)
def test_an_unusable_server_is_refused_without_its_password(url: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError) as caught:
        mail_route(url, tmp_path)
    assert "secret" not in str(caught.value)
