"""`/registrarse`, `/codigo` and `/olvide`: what a code that was sent sets going."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from api.access.hashing_places import HashingPlace
from api.access.limiting import address_of
from api.access.rules import Visitor
from api.accounts.endpoints import sign_in
from api.accounts.pages.account import EMAIL, PHONE
from api.accounts.pages.steps import (
    BY_PHONE,
    GOES_ON,
    Step,
    asks_code,
    log_in_name,
    logged_in,
    shown_again,
    step_of,
    with_step,
)
from api.accounts.schemas.accounts import CodeGiven, PasswordReset, SignUp
from api.accounts.service.resending import send_again
from api.http.problems import ProblemError
from api.services.services import ServicesOfApp
from api.web.forms import Form, SentForm
from api.web.frame import Frame, PageFrame, checked
from api.web.local_paths import local_path
from api.web.page_routes import PageRoute
from api.web.translations import marked
from engine.errors import ChambaError, NotFoundError
from store.people.accounts import Role
from store.people.consents import NEEDED, consent_texts

router = APIRouter(route_class=PageRoute)

# Where the code of somebody with an account was asked for: it changes that account.
CHANGES = (EMAIL, PHONE)


@router.get("/registrarse")
def get_sign_up(caller: Visitor, frame: Frame, sigue: str = "/trabajos", empresa: bool = False) -> Response:
    """The form of somebody who has no account; `empresa` for somebody who offers work."""
    if caller.is_somebody:
        return frame.see(local_path(sigue))
    return _sign_up_page(frame, SentForm(), goes_on=local_path(sigue), is_employer=empresa)


@router.post("/registrarse")
def post_sign_up(caller: Visitor, form: Form, frame: Frame, _place: HashingPlace, services: ServicesOfApp) -> Response:
    """A code is sent; the next page asks for it."""
    goes_on, is_employer = local_path(form.text(GOES_ON), "/trabajos"), form.is_on("empresa")
    try:
        body = checked(SignUp, _sign_up_document(form, frame, is_employer=is_employer))
        sent = sign_in.post_sign_up(caller, frame.request, body, None, services)
    except (ProblemError, ChambaError) as error:
        return _sign_up_page(frame, form, goes_on=goes_on, is_employer=is_employer, error=error)
    origin = f"/registrarse{'?empresa=1' if is_employer else ''}"
    return asks_code(frame, Step(sent.confirmation_id, origin, goes_on, _ways(body)))


@router.get("/codigo")
def get_code(_caller: Visitor, frame: Frame) -> Response:
    """Where the code that was sent is given."""
    return frame.page("accounts/code.html", step=step_of(frame))


@router.post("/codigo")
def post_code(caller: Visitor, form: Form, frame: Frame, services: ServicesOfApp) -> Response:
    """The right code logs in."""
    step = step_of(frame)
    if step is None:
        return frame.page("accounts/code.html", step=None)
    digits = "".join(filter(str.isdigit, form.text("code")))
    try:
        body = checked(CodeGiven, {"confirmation_id": step.step_id, "code": digits})
        answer = sign_in.post_confirm(caller, frame.request, body, services)
    except (ProblemError, ChambaError) as error:
        return shown_again(frame, "accounts/code.html", error, form, step=step)
    if step.origin not in CHANGES:
        return logged_in(frame, answer, step.goes_on)
    again = marked("El cambio ya vale. Por tu seguridad, muestra otra vez que eres tú.")
    return logged_in(frame, answer, step.goes_on, said=marked("El cambio ya vale."), said_first=again)


@router.post("/codigo/otro")
def post_code_again(_caller: Visitor, frame: Frame, services: ServicesOfApp) -> Response:
    """Another code to the same number or address; the one of before is void."""
    step = step_of(frame)
    if step is None:
        return frame.see("/codigo")
    try:
        send_again(step.step_id, address_of(frame.request), services)
    except NotFoundError:
        return frame.page("accounts/code.html", step=None)
    except ProblemError as error:
        return frame.again("accounts/code.html", error, SentForm(), step=step)
    said = marked("Te enviamos otro código. El de antes ya no vale.")
    return with_step(frame, frame.see("/codigo", said=said), step)


@router.get("/codigo/otro")
def get_code_again(_caller: Visitor, frame: Frame) -> Response:
    """Whoever comes back here gives the code."""
    return frame.see("/codigo")


@router.get("/olvide")
def get_reset(_caller: Visitor, frame: Frame) -> Response:
    """The form of somebody who forgot the password."""
    return frame.page("accounts/reset.html")


@router.post("/olvide")
def post_reset(caller: Visitor, form: Form, frame: Frame, _place: HashingPlace, services: ServicesOfApp) -> Response:
    """A code is sent, which sets the new password."""
    try:
        body = checked(PasswordReset, log_in_name(form) | {"new_password": form.text("new_password")})
        sent = sign_in.post_password_reset(caller, frame.request, body, None, services)
    except (ProblemError, ChambaError) as error:
        return frame.again("accounts/reset.html", error, form)
    return asks_code(frame, Step(sent.confirmation_id, "/olvide", "/", _ways(body)))


def _ways(asked: SignUp | PasswordReset) -> tuple[str, ...]:
    return () if asked.phone is None else (BY_PHONE,)


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
        **log_in_name(form),
        "password": form.text("password"),
        "role": Role.EMPLOYER.value if is_employer else Role.SEEKER.value,
        "locale": frame.language.locale.value,
        "consents": consents,
    }
