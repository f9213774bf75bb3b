"""Where a soak runs: a database of its own, a server with two workers on it, partners, an organisation, and callers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from time import monotonic
from typing import Any

import requests
from sqlalchemy import Connection

from api.configuration.settings import Settings
from api.credentials.callers import Scope
from api.credentials.passwords import Passwords
from api.services.services import Services
from store.database import migrate
from store.hiring.employers import EmployerFacts, EmployerStatus, create_employer, set_employer_status
from store.ids import new_id
from store.partners.keys import create_key
from store.partners.partners import NewPartner, RequestLimits, create_partner
from store.people.accounts import NewAccount, Role, create_account
from tests.attacks.real_server import RealServer, real_server
from tests.attacks.soak.ledger import Kind, Ledger
from tests.databases import Databases, PostgresqlDatabases, SqliteDatabases

PLENTY = RequestLimits(2**31 - 1, 2**31 - 1)
PASSWORD = "lluvia en Huaraz"
LEAST_KIB = 19_456
WORKERS = 2
MAIL_SECONDS, ANSWER_SECONDS = 30, 60
# The callers are behind a proxy, so that each has an address of their own; strangers are not.
PROXY = "127.0.0.1"
CODE = re.compile(r"\b\d{6}\b")

Bearer = dict[str, str]


@dataclass
class Ground:
    """What every caller needs; `over` is set when they are to end."""

    server: RealServer
    services: Services
    ledger: Ledger
    folder: Path
    partner: Bearer
    other_partner: Bearer
    employer_email: str
    employer_id: str
    over: Event = field(default_factory=Event)
    read_mails: set[Path] = field(default_factory=set)
    codes: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Of the server."""
        return f"http://{PROXY}:{self.server.port}"

    def code_for(self, email: str) -> str:
        """The code that was mailed to somebody; raises TimeoutError."""
        give_up_at = monotonic() + MAIL_SECONDS
        while monotonic() < give_up_at:
            for mail in set((self.folder / "outbox").glob("*.eml")) - self.read_mails:
                message = message_from_bytes(mail.read_bytes(), policy=default)
                if found := CODE.search(message.get_content()):
                    self.codes[message["To"]] = found.group()
                    self.read_mails.add(mail)
            if email in self.codes:
                return self.codes[email]
            self.over.wait(0.5)
        raise TimeoutError(f"no code came for {email} in {MAIL_SECONDS} s")


class Caller:
    """Somebody with an address of their own, who may be logged in."""

    def __init__(self, ground: Ground, address: str, headers: Bearer | None = None) -> None:
        self.ground, self.email, self.account_id, self._refresh = ground, "", "", ""
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers.update({"X-Forwarded-For": address} | (headers or {}))

    def ask(self, method: str, path: str, body: Any = None, **more: Any) -> requests.Response | None:
        """The answer, None where the connection ended without one: a worker was killed."""
        answer = self._asked(method, path, body, more)
        if answer is not None and answer.status_code == 401 and self._refresh and path != "/v1/auth/refresh":
            self._renew()
            answer = self._asked(method, path, body, more)
        return answer

    def log_in(self, email: str, password: str = PASSWORD) -> bool:
        """Whether the server let them in."""
        self.email = email
        return self.take(self.ask("POST", "/v1/auth/log-in", {"email": email, "password": password}))

    def sign_up(self, email: str) -> bool:
        """By the mailed code; what was acknowledged is in the ledger."""
        self.email = email
        consents = [{"purpose": "matching", "text_version": "2026-11", "is_given": True}]
        wanted = {"email": email, "password": PASSWORD, "role": "seeker", "name": "Rosa Quispe", "consents": consents}
        asked = self.ask("POST", "/v1/auth/sign-up", wanted)
        if asked is None or not asked.ok:
            return False
        given = {"confirmation_id": asked.json()["confirmation_id"], "code": self.ground.code_for(email)}
        if not self.take(self.ask("POST", "/v1/auth/confirm", given)):
            return False
        self.ground.ledger.acknowledge(Kind.ACCOUNT, email, self.account_id)
        return True

    def take(self, answer: requests.Response | None) -> bool:
        """Go on with the tokens of an answer."""
        if answer is None or answer.status_code != 200:
            return False
        tokens = answer.json()
        self.account_id, self._refresh = tokens["account_id"], tokens["refresh_token"]
        self.session.headers["Authorization"] = f"Bearer {tokens['access_token']}"
        return True

    def pages(self, path: str) -> Iterator[dict[str, Any]]:
        """Every item of a list; raises AssertionError where it cannot be read."""
        cursor: dict[str, str] = {}
        while True:
            answer = self.ask("GET", path, params={"limit": "100"} | cursor)
            assert answer is not None, path
            assert answer.ok, f"{path}: {answer.status_code} {answer.text}"
            page = answer.json()
            yield from page["items"]
            if page["next_cursor"] is None:
                return
            cursor = {"cursor": page["next_cursor"]}

    def _asked(self, method: str, path: str, body: Any, more: dict[str, Any]) -> requests.Response | None:
        ledger = self.ground.ledger
        try:
            answer = self.session.request(method, self.ground.url + path, json=body, timeout=ANSWER_SECONDS, **more)
        except requests.RequestException:
            ledger.count(None, path)
            return None
        ledger.count(answer.status_code, f"{method} {path}", "" if answer.ok else answer.text)
        return answer

    def _renew(self) -> None:
        if not self.take(self.ask("POST", "/v1/auth/refresh", {"refresh_token": self._refresh})):
            self.log_in(self.email)


@contextmanager
def opened_ground(bundles: Path, database: str) -> Iterator[Ground]:
    """A running server over the published bundle of a folder, with a `sqlite` or `postgresql` database of its own."""
    with TemporaryDirectory(prefix="soak-") as made:
        folder, databases = Path(made) / "data", _databases(database, Path(made) / "template")
        folder.mkdir()
        (folder / "bundles").symlink_to(bundles.resolve())
        try:
            url = databases.create(folder)
            with closing_services(folder, url) as services:
                named = services.write(partial(_people_of, services=services))
                settings = {"proxy_addresses": PROXY, "delivery_poll_seconds": 0.5}
                with real_server(folder, url, settings, workers=WORKERS) as server:
                    _wait_until_ready(server)
                    yield Ground(server, services, Ledger(), folder, *named)
        finally:
            databases.close()


@contextmanager
def closing_services(folder: Path, url: str) -> Iterator[Services]:
    """The services of this process over the server's database."""
    services = Services(Settings(data_dir=folder, database_url=url, password_memory_kib=LEAST_KIB))
    migrate(services.database)
    try:
        yield services
    finally:
        services.database.dispose()


def _databases(database: str, template: Path) -> Databases:
    if database == "postgresql":
        return PostgresqlDatabases()
    template.mkdir()
    return SqliteDatabases(template)


def _people_of(connection: Connection, services: Services) -> tuple[Bearer, Bearer, str, str]:
    """Two partners with all scopes, and who posts for a verified organisation."""
    now, cipher, email = services.now(), services.cipher, f"{new_id()}@correo.pe"

    def partner(name: str) -> Bearer:
        made = create_partner(connection, cipher, NewPartner(name, PLENTY), now)
        return {"Authorization": f"Bearer {create_key(connection, made, list(Scope), now).text}"}

    hashed = Passwords(LEAST_KIB).hashed(PASSWORD)
    account_id = create_account(connection, cipher, NewAccount(email, hashed, frozenset({Role.EMPLOYER})), now)
    employer_id = create_employer(connection, cipher, EmployerFacts("Tienda Killa"), account_id, now)
    set_employer_status(connection, employer_id, EmployerStatus.VERIFIED, now)
    return partner("soak"), partner("stalls"), email, employer_id


def _wait_until_ready(server: RealServer) -> None:
    give_up_at = monotonic() + MAIL_SECONDS * WORKERS
    with closing(requests.Session()) as session:
        while not session.get(f"http://{PROXY}:{server.port}/readyz", timeout=ANSWER_SECONDS).ok:
            assert monotonic() < give_up_at, server.log
            Event().wait(0.2)
