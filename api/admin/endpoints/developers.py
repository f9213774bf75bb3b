"""`/v1/admin/partners/{partner_id}/developers`: who acts for a partner on the pages of developers."""

from __future__ import annotations

from fastapi import APIRouter
from sqlalchemy import Connection

from api.access.auditing import audit
from api.access.rules import AdministratorCaller, FreshAdministratorCaller
from api.admin.endpoints.partners import PARTNER, PartnerId
from api.admin.schemas.partners import PartnerDevelopers
from api.hiring.notices import tell_role
from api.http.problems import ProblemKind
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute
from api.schemas.fields import RowIdInPath
from api.services.services import ServicesOfApp
from store.audit import AuditAction
from store.hiring.owner_changes import give_role, take_role
from store.partners.partners import get_partner
from store.people.accounts import Role, get_account
from store.people.partner_developers import add_developer, developers_of, remove_developer

router = APIRouter(tags=["administrators"], route_class=TypedRoute)

DEVELOPERS = PARTNER + "/developers"
DEVELOPER = DEVELOPERS + "/{account_id}"
AccountId = RowIdInPath
NOT_FOUND, CONFLICT = ProblemKind.NOT_FOUND, ProblemKind.CONFLICT


@router.get(DEVELOPERS, **operation("Who acts for a partner", NOT_FOUND, answer="All of them"))
def get_developers(_caller: AdministratorCaller, partner_id: PartnerId, services: ServicesOfApp) -> PartnerDevelopers:
    """On the pages of developers: with its keys, webhooks and use."""

    def work(connection: Connection) -> PartnerDevelopers:
        get_partner(connection, partner_id)
        return _document(connection, partner_id)

    return services.read(work)


@router.put(DEVELOPER, **operation("Have somebody act for a partner", NOT_FOUND, CONFLICT, answer="All who do"))
def put_developer(
    caller: FreshAdministratorCaller, partner_id: PartnerId, account_id: AccountId, services: ServicesOfApp
) -> PartnerDevelopers:
    """From the next request on. They get the role `developer`, which needs a second factor, and a mail that says so.

    An account acts for one partner.
    """

    def work(connection: Connection) -> PartnerDevelopers:
        has_role = Role.DEVELOPER in get_account(connection, account_id).roles
        followed = give_role(connection, account_id, Role.DEVELOPER, services.now())
        is_new = add_developer(connection, partner_id, account_id, services.now())
        if is_new or not has_role:
            tell_role(connection, services, account_id, Role.DEVELOPER, is_given=True)
        document, detail = _document(connection, partner_id), {"account_id": account_id, **followed.detail()}
        audit(connection, caller, AuditAction.PARTNER_DEVELOPER_ADDED, f"partner:{partner_id}", services, detail)
        return document

    return services.write(work)


@router.delete(DEVELOPER, **operation("Have somebody act for a partner no more", NOT_FOUND, answer="All who do"))
def delete_developer(
    caller: FreshAdministratorCaller, partner_id: PartnerId, account_id: AccountId, services: ServicesOfApp
) -> PartnerDevelopers:
    """From the next request on; the role goes with it. Keys that they have seen go on: rotate or revoke them."""

    def work(connection: Connection) -> PartnerDevelopers:
        followed = take_role(connection, account_id, Role.DEVELOPER)
        remove_developer(connection, partner_id, account_id)
        if followed is not None:
            tell_role(connection, services, account_id, Role.DEVELOPER, is_given=False)
        document, detail = _document(connection, partner_id), {"account_id": account_id}
        audit(connection, caller, AuditAction.PARTNER_DEVELOPER_REMOVED, f"partner:{partner_id}", services, detail)
        return document

    return services.write(work)


def _document(connection: Connection, partner_id: str) -> PartnerDevelopers:
    return PartnerDevelopers(partner_id=partner_id, developers=developers_of(connection, partner_id))
