"""`/registrarse`, `/codigo`, `/entrar`, `/segundo-paso`, `/confirmar`, `/olvide` and `/salir`."""

from __future__ import annotations

from typing import Any

import orjson
from fastapi import APIRouter, Response

from api.access.hashing_places import HashingPlace
from api.access.rules import AccountCaller, EnrollingCaller, Visitor
from api.accounts.endpoints import factors, second_step, sign_in
from api.accounts.schemas.accounts import CodeGiven, LogIn, PasswordReset, SignUp
from api.accounts.schemas.factors import SecondStep, StepUp
from api.credentials.callers import Caller
from api.http.problems import ProblemError
from api.routing.typed_routes import WrittenAnswer
from api.services.services import ServicesOfApp
from api.web.cookies import Cookie, drop_cookie, set_cookie, shown_cookie
from api.web.forms import Form, SentForm
from api.web.frame import Frame, PageFrame, checked
from api.web.local_paths import local_path
from api.web.page_routes import PageRoute
from api.web.page_sessions import begin_session, forget_session
from api.web.translations import marked
from engine.errors import ChambaError
from store.people.accounts import Role
from store.people.consents import NEEDED, consent_texts
from store.people.sessions import end_session

router = APIRouter(route_class=PageRoute)

STEP_SECONDS = 15 * 60
GOES_ON = "sigue"


@router.get("/registrarse")
def get_sign_up(_caller: Visitor, frame: Frame, sigue: str = "/trabajos", empresa: bool = False) -> Response:
    """The form of somebody who has no account; `empresa` for somebody who offers work."""
    return _sign_up_page(frame, SentForm(), goes_on=local_path(sigue), is_employer=empresa)


@router.post("/registrarse")
def post_sign_up(caller: Visitor, form: Form, frame: Frame, _place: HashingPlace, services: ServicesOfApp) -> Response:
    """A code is mailed; the next page asks for it."""
    goes_on, is_employer = local_path(form.text(GOES_ON), "/trabajos"), form.is_on("empresa")
    try:
        body = checked(SignUp, _sign_up_document(form, frame, is_employer=is_employer))
        mailed = sign_in.post_sign_up(caller, frame.request, body, None, services)
    except (ProblemError, ChambaError) as error:
        return _sign_up_page(frame, form, goes_on=goes_on, is_employer=is_employer, error=error)
    return _asks_code(frame, mailed.confirmation_id, goes_on)


@router.get("/codigo")
def get_code(_caller: Visitor, frame: Frame) -> Response:
    """Where the code that was sent is given."""
    return frame.page("accounts/code.html")


@router.post("/codigo")
def post_code(caller: Visitor, form: Form, frame: Frame, services: ServicesOfApp) -> Response:
    """The right code logs in."""
    confirmation_id, goes_on = _step(frame)
    digits = "".join(filter(str.isdigit, form.text("code")))
    try:
        body = checked(CodeGiven, {"confirmation_id": confirmation_id, "code": digits})
        answer = sign_in.post_confirm(caller, frame.request, body, services)
    except (ProblemError, ChambaError) as error:
        return frame.again("accounts/code.html", error, form)
    return _logged_in(frame, answer, goes_on)


@router.get("/entrar")
def get_log_in(_caller: Visitor, frame: Frame, sigue: str = "/") -> Response:
    """The form of somebody who has an account."""
    return frame.page("accounts/log_in.html", goes_on=local_path(sigue))


@router.post("/entrar")
def post_log_in(caller: Visitor, form: Form, frame: Frame, _place: HashingPlace, services: ServicesOfApp) -> Response:
    """Address and password; who has a second factor is asked for it next."""
    goes_on = local_path(form.text(GOES_ON))
    given = {"email": form.text("email"), "password": form.text("password")}
    known = shown_cookie(frame.request, Cookie.DEVICE)
    try:
        body = checked(LogIn, given | ({"device_token": known} if known else {}))
        answer = sign_in.post_log_in(caller, frame.request, body, None, services)
    except (ProblemError, ChambaError) as error:
        return frame.again("accounts/log_in.html", error, form, goes_on=goes_on)
    return _logged_in(frame, answer, goes_on)


@router.get("/segundo-paso")
def get_second_step(_caller: Visitor, frame: Frame) -> Response:
    """Where the code of an authenticator app is given."""
    return frame.page("accounts/second_step.html")


@router.post("/segundo-paso")
def post_second_step(caller: Visitor, form: Form, frame: Frame, services: ServicesOfApp) -> Response:
    """The right one logs in."""
    challenge_id, goes_on = _step(frame)
    try:
        body = checked(SecondStep, {"challenge_id": challenge_id} | _shown_factor(form))
        tokens = second_step.post_second_step(caller, frame.request, body, services)
    except (ProblemError, ChambaError) as error:
        return frame.again("accounts/second_step.html", error, form)
    return begin_session(frame, frame.see(goes_on), tokens.access_token, tokens.device_token)


@router.get("/confirmar")
def get_step_up(caller: EnrollingCaller, frame: Frame, sigue: str = "/mi-cuenta") -> Response:
    """Where somebody proves again who they are, before what needs that."""
    return frame.page("accounts/step_up.html", goes_on=local_path(sigue), has_factor=_has_factor(caller))


@router.post("/confirmar")
def post_step_up(
    caller: EnrollingCaller, form: Form, frame: Frame, _place: HashingPlace, services: ServicesOfApp
) -> Response:
    """The proof holds for a quarter of an hour."""
    goes_on = local_path(form.text(GOES_ON), "/mi-cuenta")
    try:
        factors.post_step_up(caller, frame.request, checked(StepUp, _shown_factor(form)), None, services)
    except (ProblemError, ChambaError) as error:
        values = {"goes_on": goes_on, "has_factor": _has_factor(caller)}
        return frame.again("accounts/step_up.html", error, form, **values)
    return frame.see(goes_on)


@router.get("/olvide")
def get_reset(_caller: Visitor, frame: Frame) -> Response:
    """The form of somebody who forgot the password."""
    return frame.page("accounts/reset.html")


@router.post("/olvide")
def post_reset(caller: Visitor, form: Form, frame: Frame, _place: HashingPlace, services: ServicesOfApp) -> Response:
    """A code is mailed, which sets the new password."""
    try:
        body = checked(PasswordReset, {"email": form.text("email"), "new_password": form.text("new_password")})
        mailed = sign_in.post_password_reset(caller, frame.request, body, None, services)
    except (ProblemError, ChambaError) as error:
        return frame.again("accounts/reset.html", error, form)
    return _asks_code(frame, mailed.confirmation_id, "/")


@router.post("/salir")
def post_log_out(caller: AccountCaller, frame: Frame, services: ServicesOfApp) -> Response:
    """The session ends, and the browser forgets what it kept."""
    services.write(lambda connection: end_session(connection, caller.session_id, services.now()))
    return forget_session(frame, frame.see("/", said=marked("Saliste. En este equipo no quedó nada tuyo.")))


def _sign_up_page(
    frame: PageFrame, form: SentForm, *, goes_on: str, is_employer: bool, error: Exception | None = None
) -> Response:
    locale = frame.language.locale
    texts = [] if is_employer else [(text, text.purpose in NEEDED) for text in consent_texts().values()]
    values: dict[str, Any] = {"goes_on": goes_on, "is_employer": is_employer, "texts": texts, "locale": locale}
    if error is None:
        return frame.page("accounts/sign_up.html", **values)
    return frame.again("accounts/sign_up.html", error, form, **values)


def _sign_up_document(form: SentForm, frame: PageFrame, *, is_employer: bool) -> dict[str, Any]:
    texts, agreed = consent_texts(), form.texts("consents")
    consents = [
        {"purpose": purpose.value, "text_version": texts[purpose].version, "is_given": purpose.value in agreed}
        for purpose in ([] if is_employer else texts)
    ]
    return {
        **form.stated("name"),
        "email": form.text("email"),
        "password": form.text("password"),
        "role": Role.EMPLOYER.value if is_employer else Role.SEEKER.value,
        "locale": frame.language.locale.value,
        "consents": consents,
    }


def _asks_code(frame: PageFrame, confirmation_id: str, goes_on: str) -> Response:
    return _with_step(frame, frame.see("/codigo"), confirmation_id, goes_on)


def _logged_in(frame: PageFrame, answer: WrittenAnswer[Any], goes_on: str) -> Response:
    document = orjson.loads(answer.body)
    if "challenge_id" in document:
        return _with_step(frame, frame.see("/segundo-paso"), document["challenge_id"], goes_on)
    return begin_session(frame, frame.see(goes_on), document["access_token"], document["device_token"])


def _with_step(frame: PageFrame, response: Response, step_id: str, goes_on: str) -> Response:
    """What the next page needs, kept in the browser for as long as a code is good."""
    drop_cookie(response, frame.request, Cookie.STEP)
    set_cookie(response, frame.request, Cookie.STEP, f"{step_id}|{goes_on}", seconds=STEP_SECONDS)
    return response


def _step(frame: PageFrame) -> tuple[str, str]:
    step_id, _, goes_on = shown_cookie(frame.request, Cookie.STEP).partition("|")
    return step_id, local_path(goes_on)


def _shown_factor(form: SentForm) -> dict[str, str]:
    """A code of six digits, a recovery code, or the password."""
    code = "".join(form.text("code").split())
    if code.isdigit() and len(code) == 6:
        return {"code": code}
    return {"recovery_code": form.text("code")} if code else form.stated("password")


def _has_factor(caller: Caller) -> bool:
    return caller.session is not None and caller.session.is_two_factor
