"""`/administracion/registro`: what was done, the newest first, by whom, of what kind, about what, when; its chain."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Response

from api.access.rules import AdministratorCaller
from api.admin.endpoints import accounts
from api.admin.pages.audit_details import detail_words, subject_words
from api.admin.pages.reading import LONGEST_TEXT, ROW_ID, admin_page, told
from api.http.pagination import PageRequest
from api.services.services import ServicesOfApp
from api.web.formats import LIMA
from api.web.frame import Frame
from api.web.page_routes import PageRoute
from api.web.translations import marked
from store.audit import AuditAction
from store.audit_chain import AuditFault, verify_audit

router = APIRouter(route_class=PageRoute)

LOG = "/administracion/registro"
Text = Annotated[str, Query(max_length=LONGEST_TEXT)]
_CODE = re.compile(r"[!-~]{1,200}")
# What the log is about and has a page of its own.
PLACES = {
    "account": "cuentas",
    "case": "casos",
    "employer": "organizaciones",
    "job": "trabajos",
    "partner": "socios",
}
FAULTS = {
    AuditFault.ALTERED: marked("alguien cambió un acto, o su lugar"),
    AuditFault.REMOVED: marked("falta un acto"),
    AuditFault.CUT_OFF: marked("faltan los últimos actos"),
    AuditFault.INSERTED: marked("hay un acto de más"),
    AuditFault.REWRITTEN: marked("el registro es otro"),
    AuditFault.UNCOUNTED: marked("falta la cuenta de los actos"),
}


@router.get(LOG)
def get_log(
    caller: AdministratorCaller,
    frame: Frame,
    page: PageRequest,
    services: ServicesOfApp,
    quien: Text = "",
    que: Text = "",
    sobre: Text = "",
    desde: Text = "",
    hasta: Text = "",
) -> Response:
    """The days are Lima's; `hasta` with the whole of its day."""
    since, until = _day(desde), _day(hasta)
    read = accounts.get_audit(
        caller,
        page,
        services,
        subject=_named(sobre),
        actor=_named(quien),
        action=que if que in tuple(AuditAction) else None,
        is_newest_first=True,
        since=since,
        until=None if until is None else until + timedelta(days=1),
    )
    wanted = {"quien": quien, "que": que, "sobre": sobre, "desde": desde, "hasta": hasta}
    found = told(read)
    entries = [_in_words(one, frame.words) for one in found["items"]]
    values = {"entries": entries, "next_cursor": found["next_cursor"], "wanted": wanted}
    return admin_page(frame, "admin/log.html", caller, **values)


@router.get(LOG + "/cadena")
async def get_chain(caller: AdministratorCaller, frame: Frame, services: ServicesOfApp) -> Response:
    """Whether anything of the whole log was touched, and its head, to be kept elsewhere."""

    def page() -> Response:
        report = services.read(verify_audit)
        fault = None if report.fault is None else FAULTS[report.fault]
        return admin_page(frame, "admin/chain.html", caller, report=report, fault=fault)

    async with services.admission.place(caller.name):
        return await services.admission.in_thread(caller.name, page)


def _in_words(entry: dict[str, Any], words: Callable[[str], str]) -> dict[str, Any]:
    """An entry with what it is upon, where that has a page, and what is noted beside it."""
    kind, _, its_id = entry["subject"].partition(":")
    at = f"/administracion/{PLACES[kind]}/{quote(its_id, safe='')}" if kind in PLACES and its_id else ""
    about, details = subject_words(entry["subject"], words), detail_words(entry["detail"], words)
    return entry | {"about": about, "at": at, "details": details}


def _named(text: str) -> str | None:
    """An actor or a subject; the id of an account alone is that account."""
    if not _CODE.fullmatch(text):
        return None
    return f"account:{text}" if ROW_ID.fullmatch(text) else text


def _day(text: str) -> datetime | None:
    try:
        return datetime.combine(datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=LIMA).date(), time(), LIMA)
    except ValueError:
        return None
