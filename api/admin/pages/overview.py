"""`/administracion`: what waits for a decision, how the last weeks went, and what is broken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Response

from api.access.rules import AdministratorCaller
from api.admin.endpoints import accounts, cases
from api.admin.pages.reading import admin_page, told
from api.services.services import ServicesOfApp
from api.web.frame import Frame
from api.web.page_routes import PageRoute
from api.web.translations import marked

router = APIRouter(route_class=PageRoute)

WIDTH, HEIGHT = 100, 20
SERIES = (
    ("cases_opened", marked("Casos que llegaron")),
    ("cases_decided", marked("Casos decididos")),
    ("median_hours", marked("Horas que suele esperar un caso")),
    ("jobs_held", marked("Avisos detenidos")),
    ("jobs_shown", marked("Avisos que se mostraron")),
    ("jobs_taken_down", marked("Avisos retirados")),
    ("accounts", marked("Cuentas nuevas")),
    ("applications", marked("Postulaciones")),
)


@dataclass(frozen=True, slots=True)
class Trend:
    """A line of numbers by the week: `points` as SVG draws them, None where a week has no number."""

    name: str
    values: tuple[float | None, ...]
    points: str


@router.get("/administracion")
def get_start(caller: AdministratorCaller, frame: Frame, services: ServicesOfApp) -> Response:
    """The kind whose oldest case has waited longest comes first."""
    overview = told(accounts.get_overview(caller, services))
    waiting = told(cases.get_waiting_cases(caller, services))["items"]
    return admin_page(
        frame,
        "admin/start.html",
        caller,
        overview=overview,
        waiting=sorted(waiting, key=lambda one: one["oldest_at"]),
        trends=[_trend(name, words, overview["weeks"]) for name, words in SERIES],
    )


def _trend(name: str, words: str, weeks: list[dict[str, Any]]) -> Trend:
    values = tuple(week[name] for week in weeks)
    most = max((value for value in values if value is not None), default=0) or 1
    step = WIDTH / max(1, len(values) - 1)
    points = (
        f"{place * step:.1f},{HEIGHT - value / most * HEIGHT:.1f}"
        for place, value in enumerate(values)
        if value is not None
    )
    return Trend(words, values, " ".join(points))
