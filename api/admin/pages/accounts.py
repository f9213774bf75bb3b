"""`/administracion/cuentas`: found by what is known of somebody, suspended, restored, logged out, given roles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from api.access.rules import AdministratorCaller, FreshAdministratorCaller
from api.admin.endpoints import accounts
from api.admin.pages.reading import LONGEST_TEXT, ROW_ID, one_of, told, with_words
from api.admin.schemas.accounts import Lookup, ReasonRequest
from api.credentials.callers import Caller
from api.http.pagination import Page, PageRequest
from api.http.problems import ProblemError
from api.schemas.fields import RowIdInPath
from api.services.services import Services, ServicesOfApp
from api.web.forms import Form, SentForm
from api.web.frame import Frame, PageFrame, checked
from api.web.page_routes import PageRoute
from api.web.translations import marked
from engine.errors import ChambaError, InvalidInputError
from store.people.accounts import AccountStatus, Role

router = APIRouter(route_class=PageRoute)

ACCOUNTS = "/administracion/cuentas"
ACCOUNT = ACCOUNTS + "/{account_id}"
AccountId = RowIdInPath
Text = Annotated[str, Query(max_length=LONGEST_TEXT)]
LISTED, DNI_DIGITS = 20, 8


@router.get(ACCOUNTS)
def get_accounts(
    caller: AdministratorCaller, frame: Frame, page: PageRequest, rol: Text = "", estado: Text = ""
) -> Response:
    """By when they were made, without names or contacts."""
    return frame.page("admin/accounts.html", **_listed(frame, caller, page, rol, estado))


@router.post(ACCOUNTS)
def post_find(caller: AdministratorCaller, form: Form, frame: Frame, services: ServicesOfApp) -> Response:
    """Whoever has an address, a phone, a DNI or an id; none of them stands in an address of a page."""
    try:
        text = form.text("text")
        if ROW_ID.fullmatch(text):
            account_id = told(accounts.get_one_account(caller, text, services))["account_id"]
        else:
            account_id = told(accounts.post_find(caller, checked(Lookup, _known_value(text)), services))["account_id"]
    except (ProblemError, ChambaError) as error:
        return frame.again("admin/accounts.html", error, form, **_listed(frame, caller, Page(LISTED, None), "", ""))
    return frame.see(f"{ACCOUNTS}/{account_id}")


@router.get(ACCOUNT)
def get_account(caller: AdministratorCaller, frame: Frame, account_id: AccountId, services: ServicesOfApp) -> Response:
    """With its roles, its organisations and its last suspension."""
    return frame.page("admin/account.html", **_account(frame, caller, account_id, services))


@router.post(ACCOUNT + "/suspender")
def post_suspend(caller: FreshAdministratorCaller, form: Form, frame: Frame, account_id: AccountId) -> Response:
    """It can do nothing from the next moment on."""
    said = marked("La cuenta quedó suspendida y sus sesiones, cerradas.")
    return _acted(accounts.post_suspend, caller, form, frame, account_id, said)


@router.post(ACCOUNT + "/restaurar")
def post_restore(caller: FreshAdministratorCaller, form: Form, frame: Frame, account_id: AccountId) -> Response:
    """Whoever it is of may log in again."""
    said = marked("La cuenta está activa otra vez.")
    return _acted(accounts.post_restore, caller, form, frame, account_id, said)


@router.post(ACCOUNT + "/cerrar-sesiones")
def post_end_sessions(caller: FreshAdministratorCaller, form: Form, frame: Frame, account_id: AccountId) -> Response:
    """Whoever is logged in has to log in again."""
    said = marked("Se cerraron sus sesiones.")
    return _acted(accounts.post_end_sessions, caller, form, frame, account_id, said)


@router.post(ACCOUNT + "/roles")
def post_roles(
    caller: FreshAdministratorCaller, form: Form, frame: Frame, account_id: AccountId, services: ServicesOfApp
) -> Response:
    """One is given, or taken away."""
    try:
        given, taken = one_of(Role, form.text("dar")), one_of(Role, form.text("quitar"))
        if given is not None:
            accounts.put_role(caller, account_id, given, services)
        elif taken is not None:
            accounts.delete_role(caller, account_id, taken, services)
        else:
            raise InvalidInputError("no role is named", fix="choose one", field="dar")
    except (ProblemError, ChambaError) as error:
        return _again(frame, caller, account_id, form, error)
    return frame.see(f"{ACCOUNTS}/{account_id}", said=marked("Listo: el permiso vale desde ahora."))


def _known_value(text: str) -> dict[str, str]:
    if set(text) - set("+0123456789 -()"):
        return {"email": text}
    digits = "".join(filter(str.isdigit, text))
    if len(digits) == DNI_DIGITS and "+" not in text:
        return {"national_id": digits}
    return {"phone": f"+{digits}" if text.startswith("+") else digits}


def _acted(
    act: Callable[[Caller, str, ReasonRequest, Services], object],
    caller: Caller,
    form: SentForm,
    frame: PageFrame,
    account_id: str,
    said: str,
) -> Response:
    """What was done to an account for a reason; the form once more, where it could not be."""
    try:
        act(caller, account_id, checked(ReasonRequest, {"reason": form.text("why")}), frame.services)
    except (ProblemError, ChambaError) as error:
        return _again(frame, caller, account_id, form, error)
    return frame.see(f"{ACCOUNTS}/{account_id}", said=said)


def _listed(frame: PageFrame, caller: Caller, page: Page, role: str, state: str) -> dict[str, Any]:
    found = told(accounts.get_accounts(caller, page, frame.services, one_of(Role, role), one_of(AccountStatus, state)))
    values = {"accounts": found["items"], "next_cursor": found["next_cursor"], "wanted": {"rol": role, "estado": state}}
    return {**with_words(frame, caller), **values}


def _account(frame: PageFrame, caller: Caller, account_id: str, services: ServicesOfApp) -> dict[str, Any]:
    return {**with_words(frame, caller), "account": told(accounts.get_one_account(caller, account_id, services))}


def _again(frame: PageFrame, caller: Caller, account_id: str, form: SentForm, error: Exception) -> Response:
    return frame.again("admin/account.html", error, form, **_account(frame, caller, account_id, frame.services))
