"""Erasing people on their own request or their app's: the database at once, the rest by `chamba erasures`."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from api.access.limiting import LOG_IN_BY_EMAIL, require_attempt
from api.access.rules import unauthenticated
from api.credentials.callers import Caller
from api.services.services import Services
from engine.errors import NotFoundError
from store.evidence.log_shipping import shipping_paused
from store.people.accounts import password_hash
from store.people.erasure.erasure import erase_account, erase_partners_person
from store.people.erasure.profiles import erase_partners_profile
from store.people.erasure.receipts import ErasureReceipt, receipt_document


def erase_oneself(caller: Caller, password: str, services: Services) -> dict[str, Any]:
    """The receipt; raises the 401 problem for a wrong password or an account that is gone, 429 after too many."""
    require_attempt(services, (LOG_IN_BY_EMAIL, caller.account_id))
    try:
        hashed = services.read(lambda connection: password_hash(connection, caller.account_id))
        if not services.passwords.is_right(hashed, password):
            raise unauthenticated("the password is wrong")
        services.journal.ship(wait=True)  # what comes later still, `chamba erasures` finds

        def work(connection: Connection) -> ErasureReceipt:
            return erase_account(connection, services.cipher, caller.account_id, caller.name, services.now())

        receipt = services.write(work)
    except NotFoundError:  # erased by another request meanwhile
        raise unauthenticated("the account of this access token is gone") from None
    _forget_in_memory(services)
    return receipt_document(receipt)


def erase_partners_own(caller: Caller, seeker_id: str, services: Services) -> dict[str, Any]:
    """The receipt for a partner's person; raises NotFoundError for somebody else's."""
    services.journal.ship(wait=True)

    def work(connection: Connection) -> ErasureReceipt:
        return erase_partners_person(connection, services.cipher, seeker_id, caller.of_partner, services.now())

    receipt = services.write(work)
    _forget_in_memory(services)
    return receipt_document(receipt)


def erase_sent_profile(caller: Caller, reference: str, services: Services) -> dict[str, Any]:
    """The receipt for somebody whose profiles a partner sent along; raises NotFoundError for an unknown reference."""
    services.journal.ship(wait=True)

    def work(connection: Connection) -> ErasureReceipt:
        return erase_partners_profile(connection, services.cipher, reference, caller.of_partner, services.now())

    with shipping_paused(services.settings.journal):
        receipt = services.write(work)
    _forget_in_memory(services)
    return receipt_document(receipt)


def _forget_in_memory(services: Services) -> None:
    """The last questions only warm a new bundle up; other workers forget theirs as new ones come."""
    services.last_questions.clear()
