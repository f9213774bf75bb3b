"""Whoever acts for a partner on pages: what they do is the partner's, and theirs by name in the audit log."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from api.credentials.callers import Caller, PartnerCaller, Scope
from api.credentials.standing import require_partner_may_act
from api.services.services import Services
from engine.errors import NotFoundError
from store.partners.partners import get_partner
from store.people.partner_developers import partner_of_account

NO_KEY = ""


def acting(caller: Caller, services: Services) -> Caller:
    """The caller as the partner that they act for, with every scope.

    Raises NotFoundError for an account that acts for none, and the 403 problem for a suspended partner.
    """

    def work(connection: Connection) -> str:
        partner = partner_of_account(connection, caller.account_id)
        if partner is None:
            raise NotFoundError("the account acts for no partner", fix="ask whoever runs Chamba to name it")
        require_partner_may_act(connection, partner.partner_id)
        return partner.partner_id

    return replace(caller, partner=PartnerCaller(services.read(work), NO_KEY, frozenset(Scope)))


def count_request(caller: Caller, services: Services) -> None:
    """Count a request of somebody who acts for a partner as the partner's; raises the 429 problem past its limits."""
    partner = services.read(lambda connection: get_partner(connection, caller.of_partner))
    services.partner_keys.count(partner.partner_id, partner.limits)
