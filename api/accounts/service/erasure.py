"""Erasing people on their own request: the database at once, the rest by `chamba erasures`."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from api.access.limiting import PASSWORD_BY_ACCOUNT, require_attempt
from api.access.rules import unauthenticated
from api.credentials.callers import Caller
from api.delivering.notices import post_for
from api.schemas.erasures import ErasureReceiptDocument, receipt_of
from api.services.services import Services
from engine.errors import NotFoundError
from store.notices.posting import addressee_of, post_to
from store.notices.texts import notice_texts
from store.notices.writing import Notice
from store.people.accounts import password_hash
from store.people.erasure.erasure import erase_account
from store.people.erasure.receipts import ErasureReceipt
from store.retention.inactivity import LAST_MAIL_HOLDS


def erase_oneself(caller: Caller, password: str, services: Services) -> ErasureReceiptDocument:
    """The receipt; raises the 401 problem for a wrong password or an account that is gone, 429 after too many."""
    require_attempt(services, (PASSWORD_BY_ACCOUNT, caller.account_id))
    try:
        hashed = services.read(lambda connection: password_hash(connection, caller.account_id))
        if not services.passwords.is_right(hashed, password):
            raise unauthenticated("the password is wrong")
        services.journal.ship(wait=True)  # what comes later still, `chamba erasures` finds

        def work(connection: Connection) -> ErasureReceipt:
            post = post_for(connection, services)
            addressee = addressee_of(post, caller.account_id, notice_texts()["account_erased"])
            receipt = erase_account(connection, services.cipher, caller.account_id, caller.name, services.now())
            last = Notice("account_erased", facts={"receipt_id": receipt.receipt_id})
            if addressee is not None:
                post_to(post, last, replace(addressee, name=None), LAST_MAIL_HOLDS)
            return receipt

        receipt = services.write(work)
    except NotFoundError:  # erased by another request meanwhile
        raise unauthenticated("the account of this access token is gone") from None
    services.forget_questions()
    return receipt_of(receipt)
