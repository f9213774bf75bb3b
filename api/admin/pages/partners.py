"""`/administracion/socios`: partner apps, their limits, keys, and who acts for them."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from fastapi import APIRouter, Response

from api.access.rules import AdministratorCaller, FreshAdministratorCaller
from api.admin.endpoints import developers, partners
from api.admin.pages.reading import account_named, admin_page, told, with_words
from api.admin.schemas.partners import KeyRequest, PartnerEdit, PartnerRequest
from api.credentials.callers import Caller
from api.http.pagination import Page, PageRequest
from api.http.problems import ProblemError
from api.schemas.fields import RowIdInPath
from api.services.services import ServicesOfApp
from api.web.formats import LIMA
from api.web.forms import Form, SentForm
from api.web.frame import Frame, PageFrame, checked
from api.web.page_routes import PageRoute
from api.web.translations import marked
from engine.errors import ChambaError

router = APIRouter(route_class=PageRoute)

PARTNERS = "/administracion/socios"
PARTNER = PARTNERS + "/{partner_id}"
PartnerId = RowIdInPath
KeyId = RowIdInPath
LISTED = 20


@router.get(PARTNERS)
def get_partners(caller: AdministratorCaller, frame: Frame, page: PageRequest) -> Response:
    """By when they were added."""
    return frame.page("admin/partners.html", **_listed(frame, caller, page))


@router.post(PARTNERS)
def post_partner(caller: FreshAdministratorCaller, form: Form, frame: Frame, services: ServicesOfApp) -> Response:
    """It can ask nothing before it has a key."""
    try:
        stated = form.stated("name", "contact") | _limits(form)
        made = told(partners.post_partner(caller, checked(PartnerRequest, stated), frame.creation(form), services))
    except (ProblemError, ChambaError) as error:
        return frame.again("admin/partners.html", error, form, **_listed(frame, caller, Page(LISTED, None)))
    return frame.see(f"{PARTNERS}/{made['partner_id']}", said=marked("Agregada. Ahora crea su primera clave."))


@router.get(PARTNER)
def get_partner(caller: AdministratorCaller, frame: Frame, partner_id: PartnerId, services: ServicesOfApp) -> Response:
    """With its keys and the people who act for it."""
    return frame.page("admin/partner.html", **_partner(frame, caller, partner_id, services))


@router.post(PARTNER)
def post_edit(
    caller: FreshAdministratorCaller, form: Form, frame: Frame, partner_id: PartnerId, services: ServicesOfApp
) -> Response:
    """Other limits, or another status: with it its ads and people are hidden or shown."""
    try:
        edit = checked(PartnerEdit, form.stated("status") | _limits(form))
        partners.patch_partner(caller, partner_id, edit, services)
    except (ProblemError, ChambaError) as error:
        return _again(frame, caller, partner_id, form, error)
    return frame.see(f"{PARTNERS}/{partner_id}", said=marked("Cambiado."))


@router.post(PARTNER + "/claves")
def post_key(
    caller: FreshAdministratorCaller, form: Form, frame: Frame, partner_id: PartnerId, services: ServicesOfApp
) -> Response:
    """The key is on this one page: only its hash is kept."""
    try:
        wanted: dict[str, Any] = {"scopes": form.texts("scopes")}
        if form.text("expires_on"):
            wanted["expires_at"] = _end_of(form.text("expires_on"))
        made = told(partners.post_key(caller, partner_id, checked(KeyRequest, wanted), frame.creation(form), services))
    except (ProblemError, ChambaError) as error:
        return _again(frame, caller, partner_id, form, error)
    return admin_page(frame, "admin/key.html", caller, made=made, partner_id=partner_id)


@router.post(PARTNER + "/claves/{key_id}/anular")
def post_revoke(
    caller: FreshAdministratorCaller,
    form: Form,
    frame: Frame,
    partner_id: PartnerId,
    key_id: KeyId,
    services: ServicesOfApp,
) -> Response:
    """It opens nothing any more."""
    try:
        partners.delete_key(caller, partner_id, key_id, services)
    except (ProblemError, ChambaError) as error:
        return _again(frame, caller, partner_id, form, error)
    return frame.see(f"{PARTNERS}/{partner_id}", said=marked("La clave ya no abre nada."))


@router.post(PARTNER + "/personas")
def post_developer(
    caller: FreshAdministratorCaller, form: Form, frame: Frame, partner_id: PartnerId, services: ServicesOfApp
) -> Response:
    """Somebody acts for it, or acts for it no more."""
    try:
        account_id, given = account_named(form, partner_id)
        act = developers.put_developer if given else developers.delete_developer
        act(caller, partner_id, account_id, services)
    except (ProblemError, ChambaError) as error:
        return _again(frame, caller, partner_id, form, error)
    return frame.see(f"{PARTNERS}/{partner_id}", said=marked("Cambiado."))


def _limits(form: SentForm) -> dict[str, Any]:
    """Numbers as they are typed: "100,000"."""
    stated = {name: form.text(name).replace(",", "") for name in ("requests_per_day", "requests_per_minute")}
    return {name: int(text) if text.isascii() and text.isdecimal() else text for name, text in stated.items() if text}


def _end_of(day: str) -> str:
    """The last moment of a day in Lima; a text that is no day goes on to be told so."""
    try:
        return datetime.combine(datetime.fromisoformat(day).date(), time(23, 59), LIMA).isoformat()
    except ValueError:
        return day


def _listed(frame: PageFrame, caller: Caller, page: Page) -> dict[str, Any]:
    found = told(partners.get_partners(caller, page, frame.services))
    return {**with_words(frame, caller), "partners": found["items"], "next_cursor": found["next_cursor"]}


def _partner(frame: PageFrame, caller: Caller, partner_id: str, services: ServicesOfApp) -> dict[str, Any]:
    return {
        **with_words(frame, caller),
        "partner": told(partners.get_one_partner(caller, partner_id, services)),
        "keys": told(partners.get_keys(caller, partner_id, services))["items"],
        "people": told(developers.get_developers(caller, partner_id, services))["developers"],
    }


def _again(frame: PageFrame, caller: Caller, partner_id: str, form: SentForm, error: Exception) -> Response:
    return frame.again("admin/partner.html", error, form, **_partner(frame, caller, partner_id, frame.services))
