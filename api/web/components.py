"""`/diseño`, in development only: every component of the pages beside the tokens that it is made of."""

from __future__ import annotations

import re
from functools import cache

from fastapi import APIRouter, Response

from api.access.rules import Anybody
from api.http.problems import ProblemError, ProblemKind
from api.services.services import ServicesOfApp
from api.web.frame import Frame
from api.web.page_routes import PageRoute
from api.web.static_files import static_files
from api.web.weeks import week_picture
from engine.schedules import Weekday, Window
from engine.seekers import Availability

router = APIRouter(route_class=PageRoute)

_TOKEN = re.compile(r"^  --([a-z-]{1,30}): ([^;]{1,40});$", re.MULTILINE)
EVENINGS = Availability("America/Lima", (Window(tuple(Weekday)[:5], 19 * 60, 23 * 60),))
SHIFT = {
    "kind": "fixed",
    "time_zone": "America/Lima",
    "windows": [{"days": ["mon", "wed", "fri"], "start": "21:00", "end": "01:00"}],
}


@router.get("/diseño")
def get_components(_caller: Anybody, frame: Frame, services: ServicesOfApp) -> Response:
    """404 but with `CHAMBA_DEVELOPMENT_PAGES`."""
    if not services.settings.development_pages:
        raise ProblemError(ProblemKind.NOT_FOUND, "there is no such page here")
    return frame.page("web/components.html", tokens=tokens(), week=week_picture(EVENINGS, SHIFT, services.now()))


@cache
def tokens() -> list[tuple[str, str]]:
    """The design tokens of the style, by name."""
    return _TOKEN.findall(static_files()["chamba.css"].content.decode())
