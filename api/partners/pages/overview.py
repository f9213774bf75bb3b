"""`/desarrolladores`: what there is for developers, to read for everybody; what a partner used, for who acts for it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from fastapi import APIRouter, Response

from api.access.rules import DeveloperCaller, Visitor
from api.partners.endpoints import account
from api.partners.service.developers import acting
from api.services.services import ServicesOfApp
from api.web.frame import Frame
from api.web.page_routes import PageRoute
from store.people.partner_developers import partner_of_account

router = APIRouter(route_class=PageRoute)

CALLS = ("curl", "python", "typescript")


@router.get("/desarrolladores")
def get_developers(caller: Visitor, frame: Frame, services: ServicesOfApp) -> Response:
    """The first call in curl, Python and TypeScript, and where all is described."""
    partner = None
    if caller.account is not None:
        account_id = caller.account_id
        partner = services.read(lambda connection: partner_of_account(connection, account_id))
    base = services.settings.public_address or str(frame.request.base_url)
    return frame.page(
        "partners/developers.html",
        base=base.rstrip("/"),
        partner=partner,
        calls=[first_call(language) for language in CALLS],
    )


@router.get("/desarrolladores/uso")
def get_use(caller: DeveloperCaller, frame: Frame, services: ServicesOfApp) -> Response:
    """Requests by day and how they were answered, and what is left of the limits."""
    partner = acting(caller, services)
    own, use = account.get_own_partner(partner, services), account.get_usage(partner, services)
    return frame.page("partners/use.html", partner=own, days=use.days)


@cache
def first_call(language: str) -> str:
    """The first call in a language."""
    return files("api.partners").joinpath(f"templates/first_call.{language}.txt").read_text("utf-8").strip()
