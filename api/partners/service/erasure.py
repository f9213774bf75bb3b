"""Erasing people on the request of their app: the database at once, the rest by `chamba erasures`."""

from __future__ import annotations

from sqlalchemy import Connection

from api.credentials.callers import Caller
from api.schemas.erasures import ErasureReceiptDocument, receipt_of
from api.services.services import Services
from store.evidence.log_shipping import shipping_paused
from store.people.erasure.erasure import erase_partners_person
from store.people.erasure.profiles import erase_partners_profile
from store.people.erasure.receipts import ErasureReceipt


def erase_partners_own(caller: Caller, seeker_id: str, services: Services) -> ErasureReceiptDocument:
    """The receipt for a partner's person; raises NotFoundError for somebody else's."""
    services.journal.ship(wait=True)

    def work(connection: Connection) -> ErasureReceipt:
        return erase_partners_person(connection, services.cipher, seeker_id, caller.of_partner, services.now())

    receipt = services.write(work)
    services.forget_questions()
    return receipt_of(receipt)


def erase_sent_profile(caller: Caller, reference: str, services: Services) -> ErasureReceiptDocument:
    """The receipt for somebody whose profiles a partner sent along; raises NotFoundError for an unknown reference."""
    services.journal.ship(wait=True)

    def work(connection: Connection) -> ErasureReceipt:
        return erase_partners_profile(connection, services.cipher, reference, caller.of_partner, services.now())

    with shipping_paused(services.settings.journal):
        receipt = services.write(work)
    services.forget_questions()
    return receipt_of(receipt)
