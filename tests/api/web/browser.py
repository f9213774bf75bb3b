"""Somebody who reads pages, without a browser: follows links, fills in forms, keeps cookies."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Connection

from api.credentials.tokens import AccessToken, signed_page_token
from api.web.cookies import Cookie
from store.people.accounts import NewAccount, Role, create_account
from store.people.consents import ConsentPurpose, consent_texts, record_consent
from store.people.open_sessions import NewSession
from store.people.seeker_accounts import tie_seeker
from store.people.sessions import start_session
from tests.api.services_of import services_of

_TOKEN = re.compile(r'name="_token" value="([^"]+)"')
_TAG = re.compile(r"<[^>]*>")
# What was typed into forms in a test, and the addresses that were asked for: none may stand in the other.
TYPED: set[str] = set()
ADDRESSES: list[str] = []
_PRIVATE = re.compile(r"(?=.{8}).*[ @]|[0-9]{8,}", re.DOTALL)
READ = {"Accept": "text/html", "Accept-Language": "es"}


class Reader:
    """A person at a browser of their own, logged in as `account_id` where that is given."""

    def __init__(self, client: TestClient, account_id: str | None = None) -> None:
        self.client = TestClient(client.app, follow_redirects=False, raise_server_exceptions=False)
        self.client.headers.update(READ)
        self.page: Response | None = None
        if account_id is not None:
            self.client.cookies.set(Cookie.SESSION, session_cookie(client, account_id))

    def opens(self, path: str) -> Response:
        """The page, after its redirects."""
        return self._followed(self.client.get(path))

    def sends(self, path: str, *, files: Any = None, **fields: Any) -> Response:
        """A form of the page that is open, after its redirects."""
        values = [value for one in fields.values() for value in (one if isinstance(one, list | tuple) else [one])]
        TYPED.update(value for value in map(str, values) if _PRIVATE.match(value))
        return self._followed(self.client.post(path, data={"_token": self.token()} | fields, files=files))

    def token(self) -> str:
        """The token of a form of the page that is open."""
        if self.page is None or not _TOKEN.search(self.page.text):
            self.opens("/privacidad")
        assert self.page is not None
        found = _TOKEN.search(self.page.text)
        assert found is not None
        return found.group(1)

    @property
    def words(self) -> str:
        """What the page that is open says."""
        assert self.page is not None
        return " ".join(unescape(_TAG.sub(" ", self.page.text)).split())

    @property
    def text(self) -> str:
        """The page that is open, as it is written."""
        assert self.page is not None
        return self.page.text

    @property
    def path(self) -> str:
        """Where the page that is open stands."""
        assert self.page is not None
        return str(self.page.url.path)

    def _followed(self, answer: Response) -> Response:
        for _ in range(5):
            if answer.status_code != 303:
                break
            ADDRESSES.append(str(answer.url))
            answer = self.client.get(answer.headers["location"])
        ADDRESSES.append(str(answer.url))
        assert answer.headers["cache-control"] == "no-store" or "public" in answer.headers["cache-control"]
        self.page = answer
        return answer


def account_of(client: TestClient, role: Role, email: str) -> str:
    """A new account of a role; a seeker agreed to `matching`."""
    services = services_of(client)

    def work(connection: Connection) -> str:
        now, cipher = services.now(), services.cipher
        account_id = create_account(connection, cipher, NewAccount(email, "no hash", frozenset({role})), now)
        if role is Role.SEEKER:
            tie_seeker(connection, account_id, now)
            agreed = ConsentPurpose.MATCHING
            record_consent(connection, account_id, agreed, consent_texts()[agreed].version, is_given=True, now=now)
        return account_id

    return services.write(work)


def session_cookie(client: TestClient, account_id: str) -> str:
    """The cookie of a session that was proved a moment ago, of staff by two factors."""
    services, now = services_of(client), services_of(client).now()

    def work(connection: Connection) -> str:
        new = NewSession(is_two_factor=True)
        start_session(connection, account_id, now, new)
        return new.session_id

    named = AccessToken(account_id, services.write(work))
    return signed_page_token(services.cipher, named, now, timedelta(days=1))
