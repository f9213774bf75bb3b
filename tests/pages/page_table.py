"""Every page of the app by who may open it, with real things where its address names some.

New pages are in it by themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from fastapi.routing import APIRoute

from api.app import page_routes
from api.routing.typed_routes import TypedRoute
from store.people.accounts import Role
from tests.api.named_things import real_values
from tests.api.real_things import RealThings

APPLICANTS_CV = "/empresas/{employer_id}/postulaciones/{application_id}/cv"
# What browsers ask for beside pages.
NOT_PAGES = ("/static/", "/sw.js", "/manifest.webmanifest", "/mi-perfil/cv", APPLICANTS_CV)
# What a parameter names on pages, where it is not what it names in the API.
NAMED_ON_PAGES: dict[str, dict[str, str]] = {}
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
        values = real_values("GET", self.path, real)
        named = NAMED_ON_PAGES.get(self.path, {})

        def value(found: re.Match[str]) -> str:
            name = found[1]
            return str(getattr(real, named[name]) if name in named else values[name]())

        return _PARAMETER.sub(value, self.path)


def pages() -> list[PageOfRole]:
    """All of them, each as every role that may open it: what is for anybody by a visitor and by a seeker."""
    routes = [route for route in page_routes() if "GET" in (route.methods or ())]
    return [PageOfRole(one.path, role) for one in routes if not one.path.startswith(NOT_PAGES) for role in _roles(one)]


def _roles(route: APIRoute) -> list[Role | None]:
    assert isinstance(route, TypedRoute)
    allowed = [role for role in Role if role in route.rule.allowed]
    return [None, Role.SEEKER] if route.rule.is_public else [*allowed]
