"""`/mi-cuenta/sesiones`: where one is logged in, and ending that."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api.access.rules import AccountCaller
from api.accounts.endpoints import sessions
from api.schemas.fields import RowIdInPath
from api.services.services import ServicesOfApp
from api.web.frame import Frame
from api.web.page_routes import PageRoute
from api.web.translations import marked

router = APIRouter(route_class=PageRoute)

SESSIONS = "/mi-cuenta/sesiones"


@router.get(SESSIONS)
def get_sessions(caller: AccountCaller, frame: Frame, services: ServicesOfApp) -> Response:
    """The last used first."""
    return frame.page("accounts/sessions.html", sessions=sessions.get_sessions(caller, services).items)


@router.post("/mi-cuenta/sesiones/cerrar-otras")
def post_end_others(caller: AccountCaller, frame: Frame, services: ServicesOfApp) -> Response:
    """All but this one."""
    sessions.delete_other_sessions(caller, services)
    return frame.see(SESSIONS, said=marked("Cerramos tu cuenta en todos los demás equipos."))


@router.post("/mi-cuenta/sesiones/{session_id}/cerrar")
def post_end(caller: AccountCaller, session_id: RowIdInPath, frame: Frame, services: ServicesOfApp) -> Response:
    """That one; this browser's own is ended by `/salir`."""
    sessions.delete_session(caller, session_id, services)
    return frame.see(SESSIONS, said=marked("Cerramos tu cuenta en ese equipo."))
