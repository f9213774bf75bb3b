"""Every page of the app with somebody who may open it, with real things where its address names some.

New pages are in it by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from fastapi.routing import APIRoute

from api.analysts.pages.topics import TOPICS
from api.routes import page_routes
from api.routing.typed_routes import TypedRoute
from store.notices.texts import NoticeGroup
from store.notices.unsubscribing import PATH as UNSUBSCRIBE
from store.notices.unsubscribing import Unsubscription, unsubscribe_url
from store.notices.writing import Site
from store.people.accounts import Role
from tests.api.named_things import real_values
from tests.api.real_things import RealThings

# What browsers ask for beside pages, and what they download.
NOT_PAGES = (
    "/static/",
    "/sw.js",
    "/manifest.webmanifest",
    "/mi-perfil/cv",
    "/analisis/{topic}/tabla",
    "/analisis/informe",
    "/empresas/{employer_id}/postulaciones/{application_id}/cv",
    "/empresas/{employer_id}/trabajos/archivo/ejemplo.csv",
)


def unsubscribe_token(real: RealThings) -> str:
    """That of an address in the seeker's mails."""
    wanted = Unsubscription(real.seeker, NoticeGroup.MESSAGES)
    return str(unsubscribe_url(real.services.cipher, wanted, Site("https://chamba.pe"))).rpartition("/")[2]


# What a parameter names on pages, where it is not what it names in the API.
NAMED_ON_PAGES: dict[str, dict[str, Callable[[RealThings], str]]] = {
    "/administracion/casos/{case_id}/respuesta": {"case_id": lambda real: real.review_id},
    UNSUBSCRIBE: {"token": unsubscribe_token},
}
# Pages that differ by a name in their address.
EVERY = {"{topic}": list(TOPICS)}
_PARAMETER = re.compile(r"{(\w+)(?::\w+)?}")


@dataclass(frozen=True, slots=True)
class PageOfRole:
    """A page, and whom it is opened by; None is somebody who is not logged in."""

    path: str
    role: Role | None

    def __str__(self) -> str:
        return f"{self.path} {self.role or 'visitor'}"

    def address(self, real: RealThings) -> str:
        """Where it is, naming real things; raises KeyError for a parameter that nothing here names."""
        if self.path.startswith("/analisis"):
            assert real.snapshot  # of which is told
        values = real_values("GET", self.path, real)
        named = NAMED_ON_PAGES.get(self.path, {})

        def value(found: re.Match[str]) -> str:
            name = found[1]
            return str(named[name](real) if name in named else values[name]())

        return _PARAMETER.sub(value, self.path)


def pages() -> list[PageOfRole]:
    """All of them, each as one who may open it: what is for anybody by a visitor and by a seeker."""
    routes = [route for route in page_routes() if "GET" in (route.methods or ())]
    shown = [one for one in routes if not one.path.startswith(NOT_PAGES)]
    return [PageOfRole(path, role) for one in shown for path in _paths(one.path) for role in _roles(one)]


def _paths(path: str) -> list[str]:
    found = next((name for name in EVERY if name in path), None)
    return [path] if found is None else [path.replace(found, value) for value in EVERY[found]]


def _roles(route: APIRoute) -> list[Role | None]:
    """What other roles may do, `tests/api/web/test_frame.py` asks of every page without a browser."""
    assert isinstance(route, TypedRoute)
    return [None, Role.SEEKER] if route.rule.is_public else [next(role for role in Role if role in route.rule.allowed)]
