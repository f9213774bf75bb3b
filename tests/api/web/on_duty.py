"""What stories of people on duty share: who they are, whose ads they look at, the cases that a page names."""

from __future__ import annotations

import re
from typing import Any

from store.people.accounts import Role
from tests.api.moderation.parts import JOB
from tests.api.stories.town import Someone, Town
from tests.api.web.browser import Reader

WORKSHOP = {"name": "Taller Inti", "tax_id": "20100070970", "contact": "taller@inti.example"}
PASSWORD = "tambor de hojalata 8"
_CASE = re.compile(r"/administracion/casos/([0-9a-f-]{36})")
ONCE = re.compile(r'name="_once" value="([^"]+)"')


def on_duty(town: Town, email: str, role: Role = Role.ADMINISTRATOR) -> Reader:
    """Somebody of Chamba at a browser, who has just logged in."""
    someone = town.staff(email, role)
    return Reader(town.app, someone.asks("GET", "/v1/me")["account_id"])


def cases_on(reader: Reader) -> list[str]:
    """The cases that the page names, in its order."""
    assert reader.page is not None
    return list(dict.fromkeys(_CASE.findall(reader.page.text)))


def posts(inti: Someone, **also: Any) -> tuple[str, str]:
    """An organisation and its ad."""
    root = "/v1/employers/" + inti.asks("POST", "/v1/employers", WORKSHOP, 201)["employer_id"]
    return root, inti.asks("POST", f"{root}/jobs", JOB | also, 201)["job_id"]


def decides(reader: Reader, case_id: str, decision: str, reason: str) -> None:
    reader.sends(f"/administracion/casos/{case_id}/decidir", decision=decision, reason=reason)


def cases_on_queue(reader: Reader, kind: str) -> list[str]:
    reader.opens(f"/administracion/casos?tipo={kind}")
    return cases_on(reader)
