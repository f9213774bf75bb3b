"""A town where people begin with nothing and ask by HTTP alone, in Spanish; codes come to them by mail."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from fastapi.testclient import TestClient

from store.people.accounts import Role
from tests.api.services_of import services_of
from tests.api.signed_in import signed_in

SITE, PAGE = "https://chamba.pe", "https://app.bolsa.example"
START = datetime(2027, 3, 1, 15, tzinfo=UTC)  # ten o'clock in Lima
NOBODY = {"Authorization": "", "Accept-Language": "es-PE"}
CODE = re.compile(r"^\d{6}\b", re.MULTILINE)
AGREES = {"text_version": "2026-11", "is_given": True}


@dataclass
class Someone:
    """Somebody who asks; `tokens` are those of their newest session."""

    app: TestClient
    email: str = ""
    tokens: dict[str, Any] = field(default_factory=dict)
    renewed: Callable[[], Mapping[str, str]] | None = None
    mails_read: int = 0

    @property
    def headers(self) -> dict[str, str]:
        """What they send with everything."""
        token = self.tokens.get("access_token")
        return NOBODY | ({} if token is None else {"Authorization": f"Bearer {token}"})

    def asks(self, method: str, path: str, body: Any = None, status: int = 200, **headers: str) -> Any:
        """What they are answered, which is Spanish where it is a problem."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.app.request(method, path, json=body, headers=self.headers | named)
        assert answer.status_code == status, f"{method} {path}: {answer.text}"
        if status >= 400:
            assert answer.headers["content-language"] == "es"
        return answer.json() if answer.content else None

    def logs_in(self, password: str, status: int = 200, **also: Any) -> Any:
        """The answer to their address and password; the session is theirs from then on."""
        told = self.asks("POST", "/v1/auth/log-in", {"email": self.email, "password": password} | also, status)
        self.tokens = told if status == 200 else self.tokens
        return told

    def goes_on(self) -> None:
        """Once their token has expired."""
        if self.renewed is not None:
            self.tokens = {"access_token": self.renewed()["Authorization"].removeprefix("Bearer ")}
        elif self.tokens:
            body = {"refresh_token": self.tokens["refresh_token"]}
            self.tokens |= self.asks("POST", "/v1/auth/refresh", body)


@dataclass
class Town:
    """An app at a moment, whom it has, and what they were mailed."""

    app: TestClient
    mails: Callable[[TestClient], list[str]]
    sign_in: Callable[..., dict[str, str]]
    now: datetime = START
    people: list[Someone] = field(default_factory=list)

    def __post_init__(self) -> None:
        services_of(self.app).clock = self._moment

    def _moment(self) -> datetime:
        """The present, which is later each time, as it is within a request."""
        self.now += timedelta(microseconds=1)
        return self.now

    def later(self, **passed: float) -> None:
        """Let time pass."""
        self.now += timedelta(**passed)
        for one in self.people:
            one.goes_on()

    def told(self, who: Someone) -> list[str]:
        """The mails to somebody that they have not read yet: address, subject, text."""
        theirs = [mail for mail in self.mails(self.app) if mail.startswith(f"{who.email}\n")]
        new, who.mails_read = theirs[who.mails_read :], len(theirs)
        return new

    def subjects(self, who: Someone) -> list[str]:
        """Those mails' subjects."""
        return [mail.split("\n")[1] for mail in self.told(who)]

    def somebody(self, email: str, password: str, role: str, *agreed: str) -> Someone:
        """A person who signs up, by the code of the mail."""
        one = Someone(self.app, email)
        consents = [{"purpose": purpose} | AGREES for purpose in agreed]
        wanted = {"email": email, "password": password, "role": role, "consents": consents}
        asked = one.asks("POST", "/v1/auth/sign-up", wanted, 202)
        one.tokens = one.asks("POST", "/v1/auth/confirm", self.confirmation(one, asked))
        self.people.append(one)
        return one

    def confirmation(self, who: Someone, asked: Mapping[str, str]) -> dict[str, str]:
        """What confirms that a mail came to somebody."""
        (mail,) = self.told(who)
        found = CODE.search(mail)
        assert found is not None, mail
        return {"confirmation_id": asked["confirmation_id"], "code": found[0]}

    def staff(self, email: str, role: Role) -> Someone:
        """Somebody of Chamba or of an institution, who has an account by its command, proved by all of its factors."""
        made = self.sign_in(self.app, role, email=email, agreed=())
        one = Someone(self.app, email, {"access_token": made["Authorization"].removeprefix("Bearer ")})
        account_id = one.asks("GET", "/v1/me")["account_id"]
        one.renewed = lambda: signed_in(services_of(self.app), account_id)
        self.people.append(one)
        return one

    def decides(self, admin: Someone, kind: str, decision: str, reason: str) -> None:
        """Have the one case of a kind that waits decided."""
        (case,) = admin.asks("GET", f"/v1/admin/cases?kind={kind}&state=open")["items"]
        admin.asks("POST", f"/v1/admin/cases/{case['case_id']}/decision", {"decision": decision, "reason": reason})
