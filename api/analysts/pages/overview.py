"""`/analisis`: what may be asked, of which data, and the button that takes them anew."""

from __future__ import annotations

from fastapi import APIRouter, Response
from starlette.background import BackgroundTask

from api.access.rules import AnalystCaller
from api.analysts import endpoints as analyst
from api.analysts.pages.topics import TOPICS
from api.analysts.service import begin_snapshot, finish_snapshot
from api.services.services import ServicesOfApp
from api.web.frame import Frame, PageFrame
from api.web.page_routes import PageRoute
from api.web.translations import marked
from store.analytics.attempts import newest_attempt
from store.analytics.duckdb_connection import require_installed
from store.analytics.snapshots import has_current

router = APIRouter(route_class=PageRoute)

OVERVIEW = "/analisis"
LOOKS_AGAIN_SECONDS = 5
SNAPSHOTS_SHOWN = 12


@router.get(OVERVIEW)
def get_overview(caller: AnalystCaller, frame: Frame, services: ServicesOfApp) -> Response:
    """The questions, and how old the data are that answer them; it looks again by itself while new ones are taken."""
    known, now = analyst.get_snapshots(caller, services), services.now()
    attempt = newest_attempt(services.settings.analytics)
    is_late = attempt.is_late(now)
    response = frame.page(
        "analysts/overview.html",
        topics=TOPICS,
        snapshots=known.items[::-1][:SNAPSHOTS_SHOWN],
        damaged=len(known.damaged),
        attempt=attempt,
        seconds_since=0 if attempt.begun_at is None else max(0, int((now - attempt.begun_at).total_seconds())),
        is_late=is_late,
    )
    if attempt.is_running and not is_late:
        response.headers["Refresh"] = f"{LOOKS_AGAIN_SECONDS}; url={OVERVIEW}"
    return response


@router.post(OVERVIEW + "/datos")
def post_snapshot(_caller: AnalystCaller, frame: Frame, services: ServicesOfApp) -> Response:
    """The data are taken anew, beside what is served; while they are, asking again changes nothing."""
    require_installed()
    attempt = newest_attempt(services.settings.analytics)
    if attempt.is_running and not attempt.is_late(services.now()):
        return frame.see(OVERVIEW)
    begin_snapshot(services)
    response = frame.see(OVERVIEW)
    response.background = BackgroundTask(finish_snapshot, services)
    return response


@router.get(OVERVIEW + "/informe")
def get_report(caller: AnalystCaller, frame: Frame, services: ServicesOfApp) -> Response:
    """The whole report as one file, to be kept or sent on."""
    if not has_current(services.settings.analytics):
        return without_data(frame)
    report = analyst.get_report(caller, services, locale=frame.language.locale)
    return as_file(report, "informe-chamba.html")


def without_data(frame: PageFrame) -> Response:
    """The way to where data are taken."""
    return frame.see(OVERVIEW, said=marked("Todavía no hay datos. Tómalos con el botón."))


def as_file(response: Response, name: str) -> Response:
    """An answer that a browser keeps as a file, and opens as nothing else."""
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
