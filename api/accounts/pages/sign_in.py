"""`/entrar`, `/segundo-paso`, `/salir` and `/pedir-revision`."""

from __future__ import annotations

from fastapi import APIRouter, Response
from sqlalchemy import Connection

from api.access.auditing import audit
from api.access.hashing_places import HashingPlace
from api.access.rules import EnrollingCaller, Visitor
from api.accounts.endpoints import second_step, sign_in
from api.accounts.pages.steps import GOES_ON, LOG_IN, log_in_name, logged_in, shown_again, shown_factor, step_of
from api.accounts.schemas.accounts import Appeal, LogIn
from api.accounts.schemas.factors import SecondStep
from api.http.problems import ProblemError
from api.services.services import ServicesOfApp
from api.web.cookies import Cookie, shown_cookie
from api.web.forms import Form
from api.web.frame import Frame, checked
from api.web.local_paths import local_path
from api.web.page_routes import PageRoute
from api.web.page_sessions import begin_session, forget_session
from api.web.translations import marked
from engine.errors import ChambaError
from store.audit import AuditAction
from store.people.sessions import end_session

router = APIRouter(route_class=PageRoute)


@router.get("/entrar")
def get_log_in(caller: Visitor, frame: Frame, sigue: str = "/") -> Response:
    """The form of somebody who has an account; who is logged in goes on."""
    if caller.is_somebody:
        return frame.see(sigue)
    return frame.page("accounts/log_in.html", goes_on=local_path(sigue))


@router.post("/entrar")
def post_log_in(caller: Visitor, form: Form, frame: Frame, _place: HashingPlace, services: ServicesOfApp) -> Response:
    """Address or number, and password; who has a second factor is asked for it next, who is suspended may ask why."""
    goes_on = local_path(form.text(GOES_ON))
    given = log_in_name(form) | {"password": form.text("password")}
    known = shown_cookie(frame.request, Cookie.DEVICE)
    try:
        body = checked(LogIn, given | ({"device_token": known} if known else {}))
        answer = sign_in.post_log_in(caller, frame.request, body, None, services)
    except (ProblemError, ChambaError) as error:
        return shown_again(frame, "accounts/log_in.html", error, form, goes_on=goes_on)
    return logged_in(frame, answer, goes_on)


@router.get("/segundo-paso")
def get_second_step(_caller: Visitor, frame: Frame) -> Response:
    """Where the code of an authenticator app is given, or a passkey shown: what the account has."""
    step = step_of(frame)
    return frame.page("accounts/second_step.html", step=step) if step else frame.see(LOG_IN)


@router.post("/segundo-paso")
def post_second_step(caller: Visitor, form: Form, frame: Frame, services: ServicesOfApp) -> Response:
    """The right one logs in; after five wrong ones, or five minutes, one begins again."""
    step = step_of(frame)
    if step is None:
        return frame.see(LOG_IN)
    try:
        body = checked(SecondStep, shown_factor(form) | {"challenge_id": step.step_id})
        tokens = second_step.post_second_step(caller, frame.request, body, services)
    except (ProblemError, ChambaError) as error:
        return shown_again(frame, "accounts/second_step.html", error, form, step=step)
    return begin_session(frame, frame.see(step.goes_on), tokens.access_token, tokens.device_token)


@router.post("/salir")
def post_log_out(caller: EnrollingCaller, frame: Frame, services: ServicesOfApp) -> Response:
    """The session ends, and the browser forgets what it kept; of staff without a second factor too."""

    def work(connection: Connection) -> None:
        end_session(connection, caller.session_id, services.now())
        audit(connection, caller, AuditAction.ACCOUNT_LOGGED_OUT, caller.name, services)

    services.write(work)
    return forget_session(frame, frame.see("/", said=marked("Saliste. En este equipo no quedó nada tuyo.")))


@router.get("/pedir-revision")
def get_appeal(_caller: Visitor, frame: Frame) -> Response:
    """The form of somebody whose account is suspended."""
    return frame.page("accounts/appeal.html", is_known=False)


@router.post("/pedir-revision")
def post_appeal(caller: Visitor, form: Form, frame: Frame, _place: HashingPlace, services: ServicesOfApp) -> Response:
    """A person will look at it, and the answer is mailed."""
    given = log_in_name(form) | {"password": form.text("password"), "text": form.text("text")}
    try:
        sign_in.post_appeal(caller, frame.request, checked(Appeal, given), None, services)
    except (ProblemError, ChambaError) as error:
        return frame.again("accounts/appeal.html", error, form, is_known=False)
    said = marked("Listo. Una persona va a mirar tu caso y te escribe con lo que decida.")
    return frame.see("/", said=said)
