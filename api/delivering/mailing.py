"""Sends mails by SMTP or, where no server is set, writes each to a file of `data_dir/outbox`."""

from __future__ import annotations

import logging
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP as SMTP_LINES
from email.policy import SMTPUTF8 as UTF8_LINES
from email.utils import format_datetime, parseaddr
from ipaddress import ip_address
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from engine.artifacts import write_atomically
from engine.errors import InvalidInputError
from store.people.mail import TakenMail

SECONDS = 10.0
PORTS = {"smtp": 587, "smtps": 465}
OWNER_ONLY = 0o700

log = logging.getLogger("chamba.deliveries")


class MailRoute(Protocol):
    """A way out for mails."""

    def send(self, mail_id: str, message: EmailMessage) -> None:
        """Send one; raises OSError, SMTPException or ValueError when it could not be."""


class Outbox:
    """A folder that only its owner may look into: mails hold codes and addresses."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, mail_id: str, message: EmailMessage) -> None:
        """Write the mail to a file of its own."""
        self._folder.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
        file = self._folder / f"{mail_id}.eml"
        # An address that is no ASCII would be taken apart: it is found again when its owner is erased.
        lines = SMTP_LINES if recipient_of(message).isascii() else UTF8_LINES
        write_atomically(file, message.as_bytes(policy=lines))
        log.info("no SMTP server is set: a mail was written to %s", file)


class SmtpServer:
    """One SMTP server, as `smtp://user:password@host:587` (STARTTLS, RFC 3207) or `smtps://…:465` names it.

    Without encryption nothing is sent, but to this machine. Raises InvalidInputError for another URL.
    """

    def __init__(self, url: str, tls: ssl.SSLContext | None = None) -> None:
        """`tls`: whose certificates are trusted, the system's authorities if None."""
        self._url = _smtp_url(url)
        self._tls = tls

    def send(self, mail_id: str, message: EmailMessage) -> None:
        """Send the mail over a connection of its own."""
        with self._connected() as server:
            server.send_message(message, to_addrs=[recipient_of(message)])
        log.info("mail %s was sent", mail_id)

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        url, tls = self._url, self._tls or ssl.create_default_context()
        host, port = url.hostname or "", url.port or PORTS[url.scheme]
        if url.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=tls)
        else:
            server = smtplib.SMTP(host, port, timeout=SECONDS)
        try:
            server.ehlo()
            if url.scheme == "smtp" and (server.has_extn("starttls") or not _is_this_machine(host)):
                server.starttls(context=tls)  # raises where it is not offered
            if url.username:
                server.login(unquote(url.username), unquote(url.password or ""))
            yield server
            with suppress(OSError, smtplib.SMTPException):  # the mail was taken: how we part does not matter
                server.quit()
        finally:
            server.close()


def mail_route(smtp_url: str, data_dir: Path) -> MailRoute:
    """How mails go out by these settings; raises InvalidInputError for an unusable URL."""
    return SmtpServer(smtp_url) if smtp_url else Outbox(data_dir / "outbox")


def mail_message(taken: TakenMail, sender: str, now: datetime) -> EmailMessage:
    """The mail as RFC 5322 has it, to the address as it is stored.

    Raises ValueError for an address or a subject that holds a line break, and for an address that a header reads as
    another: "=?utf-8?q?ana?=@correo.pe" would be ana@correo.pe.
    """
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, taken.mail.recipient, taken.mail.subject
    if recipient_of(message) != taken.mail.recipient:
        raise ValueError("the address is read as another one in a header")
    message["Date"] = format_datetime(now)
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    message["Message-ID"] = f"<{taken.mail_id}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no automatic answers
    if taken.mail.unsubscribe_url is not None:
        message["List-Unsubscribe"] = f"<{taken.mail.unsubscribe_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    message.set_content(taken.mail.body, cte="quoted-printable")  # which every server passes on as it is
    return message


def recipient_of(message: EmailMessage) -> str:
    """The one address that a mail of ours goes to; raises ValueError where its header names none or several."""
    [address] = message["To"].addresses
    return str(address.addr_spec)


def _smtp_url(text: str) -> SplitResult:
    try:
        url = urlsplit(text)
        is_usable = url.scheme in PORTS and bool(url.hostname) and (url.port is None or url.port > 0)
    except ValueError:
        is_usable = False
    if not is_usable:  # and it may hold a password: it is not repeated
        raise InvalidInputError(
            "the SMTP server's URL cannot be used",
            expected="smtp://user:password@host:587 or smtps://user:password@host:465",
            field="smtp_url",
        )
    return url


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
