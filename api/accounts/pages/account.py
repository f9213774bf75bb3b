"""`/mi-cuenta`, and where its name, telephone, language, address and password are changed."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from api.access.hashing_places import HashingPlace
from api.access.rules import AccountCaller, FreshAccountCaller
from api.accounts.endpoints import log_in_phone, me
from api.accounts.pages.steps import BY_PHONE, Step, asks_code
from api.accounts.schemas.accounts import AccountEdit, EmailChange, PasswordChange, PhoneChange
from api.accounts.service.open_things import open_things
from api.http.problems import ProblemError
from api.services.services import ServicesOfApp
from api.web.cookies import YEAR_SECONDS, Cookie, set_cookie
from api.web.forms import Form
from api.web.frame import Frame, PageFrame, checked
from api.web.page_routes import PageRoute
from api.web.page_sessions import forget_session
from api.web.translations import Language, marked
from engine.errors import ChambaError, ConflictError, NotFoundError
from engine.explain import Locale

router = APIRouter(route_class=PageRoute)

ACCOUNT, DETAILS = "/mi-cuenta", "/mi-cuenta/datos-personales"
EMAIL, PHONE = "/mi-cuenta/correo", "/mi-cuenta/celular"
PERU, GROUP = "+51", 3


@router.get(ACCOUNT)
def get_account(caller: AccountCaller, frame: Frame, services: ServicesOfApp) -> Response:
    """Who one is here, what is open, and where all else of the account is."""
    account = me.get_me(caller, services)
    waiting = services.read(lambda connection: open_things(connection, caller, services))
    phones: dict[str, Any] = {"phone": phone_words(account.phone), "log_in_phone": phone_words(account.log_in_phone)}
    return frame.page("accounts/account.html", account=account, open=waiting, **phones)


@router.get(DETAILS)
def get_details(caller: AccountCaller, frame: Frame, services: ServicesOfApp) -> Response:
    """Name, telephone, and the language of what Chamba sends."""
    account = me.get_me(caller, services)
    return frame.page("accounts/details.html", account=account, phone=phone_words(account.phone))


@router.post(DETAILS)
def post_details(caller: AccountCaller, form: Form, frame: Frame, services: ServicesOfApp) -> Response:
    """What is left empty is removed."""
    stated = {"name": form.text("name") or None, "phone": form.text("phone") or None}
    locale = form.text("locale")
    try:
        body = checked(AccountEdit, stated | ({"locale": locale} if locale in tuple(Locale) else {}))
        changed = me.patch_me(caller, body, services)
    except (ProblemError, ChambaError) as error:
        account = me.get_me(caller, services)
        return frame.again("accounts/details.html", error, form, account=account, phone=phone_words(account.phone))
    response = frame.see(ACCOUNT, said=marked("Guardamos tus datos."))
    return _in_language(frame, response, changed.locale) if body.locale is not None else response


@router.get(EMAIL)
def get_email(caller: FreshAccountCaller, frame: Frame, services: ServicesOfApp) -> Response:
    """Another address, after a fresh proof: it is asked for before anything is typed."""
    return frame.page("accounts/email.html", account=me.get_me(caller, services))


@router.post(EMAIL)
def post_email(
    caller: FreshAccountCaller, form: Form, frame: Frame, _place: HashingPlace, services: ServicesOfApp
) -> Response:
    """A code is mailed to the new address; the next page asks for it."""
    try:
        body = checked(EmailChange, {"email": form.text("email"), "password": form.text("password")})
        mailed = me.post_email(caller, body, None, services)
    except (ProblemError, ChambaError) as error:
        return frame.again("accounts/email.html", error, form, account=me.get_me(caller, services))
    return asks_code(frame, Step(mailed.confirmation_id, EMAIL, ACCOUNT))


@router.get(PHONE)
def get_phone(caller: FreshAccountCaller, frame: Frame, services: ServicesOfApp) -> Response:
    """The number that one logs in by, and gets messages at."""
    account = me.get_me(caller, services)
    return frame.page("accounts/phone.html", account=account, log_in_phone=phone_words(account.log_in_phone))


@router.post(PHONE)
def post_phone(
    caller: FreshAccountCaller, form: Form, frame: Frame, _place: HashingPlace, services: ServicesOfApp
) -> Response:
    """A code is sent to the number; the next page asks for it."""
    try:
        body = checked(PhoneChange, {"phone": form.text("phone"), "password": form.text("password")})
        sent = log_in_phone.post_phone(caller, frame.request, body, None, services)
    except (ProblemError, ChambaError) as error:
        account = me.get_me(caller, services)
        values = {"account": account, "log_in_phone": phone_words(account.log_in_phone)}
        return frame.again("accounts/phone.html", error, form, **values)
    return asks_code(frame, Step(sent.confirmation_id, PHONE, ACCOUNT, (BY_PHONE,)))


@router.post("/mi-cuenta/celular/quitar")
def post_remove_phone(caller: FreshAccountCaller, frame: Frame, services: ServicesOfApp) -> Response:
    """Of an account with an address: it is logged in to by that alone."""
    try:
        log_in_phone.delete_phone(caller, services)
    except (ConflictError, NotFoundError):
        return frame.see(ACCOUNT, said=marked("No se quitó: sin un correo no podrías entrar. Agrega antes uno."))
    return frame.see(ACCOUNT, said=marked("Quitaste tu celular: ahora entras con tu correo."))


@router.get("/mi-cuenta/clave")
def get_password(_caller: FreshAccountCaller, frame: Frame) -> Response:
    """Another password, after a fresh proof."""
    return frame.page("accounts/password.html")


@router.post("/mi-cuenta/clave")
def post_password(
    caller: FreshAccountCaller, form: Form, frame: Frame, _place: HashingPlace, services: ServicesOfApp
) -> Response:
    """Every session ends, this one too: the new password logs in."""
    try:
        body = checked(PasswordChange, {name: form.text(name) for name in ("password", "new_password")})
        me.post_password(caller, body, None, services)
    except (ProblemError, ChambaError) as error:
        return frame.again("accounts/password.html", error, form)
    said = marked("Cambiaste tu contraseña. Cerramos todas tus sesiones: entra con la nueva.")
    return forget_session(frame, frame.see("/entrar?sigue=/mi-cuenta", said=said))


def phone_words(phone: str | None) -> str:
    """A telephone as people write it: without Peru's code, in groups of three."""
    if phone is None or not phone.startswith(PERU):
        return phone or ""
    digits = phone.removeprefix(PERU)
    return " ".join(digits[start : start + GROUP] for start in range(0, len(digits), GROUP))


def _in_language(frame: PageFrame, response: Response, locale: Locale) -> Response:
    """Pages follow the language of the account, but for Quechua, in which no mail is written."""
    if frame.language is not Language.QU:
        set_cookie(response, frame.request, Cookie.LANGUAGE, locale.value, seconds=YEAR_SECONDS)
    return response
