"""`/v1/me/sessions`: where somebody is logged in, and ending that."""

from __future__ import annotations

from fastapi import APIRouter
from sqlalchemy import Connection

from api.access.auditing import audit
from api.access.rules import AccountCaller
from api.accounts.schemas.sessions import SessionDocument, SessionsListed
from api.credentials.callers import Caller
from api.credentials.sessions import end_all_sessions, lifetimes_of
from api.delivering.credential_notices import tell_owner
from api.http.problems import ProblemKind
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute
from api.schemas.fields import RowIdInPath
from api.services.services import Services, ServicesOfApp
from engine.errors import NotFoundError
from store.audit import AuditAction
from store.people.open_sessions import Session, account_sessions, read_session
from store.people.sessions import end_session

router = APIRouter(tags=["accounts"], route_class=TypedRoute)

SESSIONS = "/v1/me/sessions"
SESSION = SESSIONS + "/{session_id}"
MOST_LISTED = 100


@router.get(SESSIONS, **operation("Where one is logged in", answer="The sessions that run"))
def get_sessions(caller: AccountCaller, services: ServicesOfApp) -> SessionsListed:
    """The last used hundred at most. When a session was last used is known to ten minutes."""

    def work(connection: Connection) -> SessionsListed:
        found = account_sessions(connection, services.cipher, caller.account_id, limit=MOST_LISTED)
        running = [(session, device) for session, device in found if _runs(session, caller, services)]
        return SessionsListed(items=[_document(session, device, caller) for session, device in running])

    return services.read(work)


@router.delete(SESSION, **operation("End a session", ProblemKind.NOT_FOUND, answer="It is ended", status=204))
def delete_session(caller: AccountCaller, session_id: RowIdInPath, services: ServicesOfApp) -> None:
    """From the next request on, on that device."""

    def work(connection: Connection) -> None:
        session = read_session(connection, session_id)
        is_theirs = session is not None and session.account_id == caller.account_id
        if session is None or not is_theirs or not _runs(session, caller, services):
            raise NotFoundError("no such session", field="session_id")
        end_session(connection, session_id, services.now())
        audit(connection, caller, AuditAction.ACCOUNT_LOGGED_OUT, caller.name, services, {"session_id": session_id})

    services.write(work)


@router.delete(SESSIONS, **operation("End every other session", answer="They are ended", status=204))
def delete_other_sessions(caller: AccountCaller, services: ServicesOfApp) -> None:
    """On all devices but the one that asks."""

    def work(connection: Connection) -> None:
        count = end_all_sessions(connection, caller.account_id, services.now(), but=caller.session_id)
        tell_owner(connection, caller.account_id, "sessions_ended", services)
        audit(connection, caller, AuditAction.ACCOUNT_SESSIONS_ENDED, caller.name, services, {"sessions": count})

    services.write(work)


def _runs(session: Session, caller: Caller, services: Services) -> bool:
    assert caller.account is not None
    return session.is_open(lifetimes_of(caller.account, services.settings), services.now())


def _document(session: Session, device: str | None, caller: Caller) -> SessionDocument:
    return SessionDocument(
        session_id=session.session_id,
        device=device,
        begun_at=session.begun_at.isoformat(),
        last_used_at=session.last_used_at.isoformat(),
        is_this_one=session.session_id == caller.session_id,
    )
