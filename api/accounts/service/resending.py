"""How often codes are sent, and sending another one for what waits already."""

from __future__ import annotations

from sqlalchemy import Connection

from api.access.limiting import (
    MAIL_BY_ADDRESS,
    MAIL_BY_EMAIL,
    SMS_BY_ADDRESS,
    Attempt,
    require_attempt,
    sms_limits,
)
from api.accounts.service.log_in_names import LogInName, require_reachable, wanted_name
from api.delivering.notices import post_for
from api.services.services import Services
from engine.errors import NotFoundError
from engine.explain import Locale
from store.notices.choices import NoticeWay
from store.notices.posting import Addressee, post_to
from store.notices.writing import Notice
from store.people.accounts import get_account
from store.people.confirmations import LIFETIME, Confirmation, ConfirmationKind, renew_code, waiting_confirmation


def limit_codes(name: LogInName, address: str, services: Services) -> Attempt:
    """The code to that name, which is taken back where none is sent; what the network address asks, counts.

    Raises the 429 problem, and InvalidInputError for a number that codes are not sent to.
    """
    if name.phone is None:
        require_attempt(services, (MAIL_BY_ADDRESS, address))
        return require_attempt(services, (MAIL_BY_EMAIL, name.text))
    require_attempt(services, (SMS_BY_ADDRESS, address))
    require_reachable(name, services.settings, Locale.ES)
    return require_attempt(services, *sms_limits(services, name.phone))


def send_again(confirmation_id: str, address: str, services: Services) -> LogInName:
    """Send another code in the place of one that was asked for, to the same name; raises NotFoundError if that is over.

    Where no code was sent, none is now; nothing tells.
    """
    now, cipher = services.now(), services.cipher
    waiting = services.read(lambda connection: waiting_confirmation(connection, cipher, confirmation_id, now))
    if waiting is None:
        raise NotFoundError("no such code, or it has expired; ask for another", field="confirmation_id")
    name = wanted_name(waiting.wanted)
    limit_codes(name, address, services)

    def work(connection: Connection) -> None:
        code = renew_code(connection, cipher, confirmation_id, now)
        if waiting.kind is not ConfirmationKind.NOTHING:
            way = NoticeWay.MAIL if name.phone is None else NoticeWay.SMS
            addressee = Addressee(name.text, _locale(connection, waiting), way)
            post_to(post_for(connection, services), Notice(waiting.kind, facts={"code": code}), addressee, LIFETIME)

    services.write(work)
    return name


def _locale(connection: Connection, waiting: Confirmation) -> Locale:
    account_id = waiting.wanted.get("account_id")
    return Locale(waiting.wanted["locale"]) if account_id is None else get_account(connection, account_id).locale
