"""Posts notices to those who have an account: by the way that they chose, or that there is, in their language.

Somebody with a mail address gets mails unless they chose another way. Somebody with a number alone gets as a message
what is short and matters (`by_phone` of its words), and reads the rest at Chamba.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from engine.errors import NotFoundError
from engine.explain import Locale
from store.encryption.field_cipher import FieldCipher
from store.hiring.employers import MEMBERS
from store.notices.choices import Choice, NoticeWay, read_ways
from store.notices.texts import ByPhone, NoticeGroup, NoticeText
from store.notices.unsubscribing import Unsubscription, unsubscribe_url
from store.notices.writing import Notice, Reader, Site, written, written_message
from store.people.accounts import AccountStatus, get_account, read_contact
from store.people.mail import post_mail
from store.people.phone_messages import PhoneMessage, PhoneWay, SendingTime, post_message
from store.people.phones import is_stopped, phone_of
from store.quiet_hours import next_waking

HOLDS = timedelta(days=3)
PHONE_WAYS = {NoticeWay.SMS: PhoneWay.SMS, NoticeWay.WHATSAPP: PhoneWay.WHATSAPP}


@dataclass(frozen=True, slots=True)
class Post:
    """What posting takes: a transaction, what opens addresses, where Chamba is, and the moment."""

    connection: Connection
    cipher: FieldCipher
    site: Site
    now: datetime


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a notice reaches, and how: by mail at an address, or by a message at a number."""

    to: str
    locale: Locale
    way: NoticeWay = NoticeWay.MAIL
    name: str | None = None


def post_notice(post: Post, account_id: str, notice: Notice, holds: timedelta = HOLDS) -> bool:
    """Tell somebody; False for an account that is gone, or suspended, or that no way leads to."""
    try:
        addressee = addressee_of(post, account_id, notice.text)
    except NotFoundError:
        return False
    if addressee is None:
        return False
    group = notice.text.group
    stops = None
    if group is not NoticeGroup.SERVICE:
        stops = unsubscribe_url(post.cipher, Unsubscription(account_id, group), post.site)
    return post_to(post, notice, addressee, holds, stops)


def addressee_of(post: Post, account_id: str, text: NoticeText) -> Addressee | None:
    """How an account gets such a notice; None where it gets none. Raises NotFoundError for one that is gone."""
    connection, cipher, group = post.connection, post.cipher, text.group
    account, chosen = get_account(connection, account_id), Choice()
    if group is not NoticeGroup.SERVICE:
        chosen = read_ways(connection, account_id)[group]
        if account.status is not AccountStatus.ACTIVE or not chosen.is_wanted:
            return None
    contact, number = read_contact(connection, cipher, account_id), phone_of(connection, cipher, account_id)
    if number is not None and is_stopped(connection, cipher, number):
        number = None
    if number is not None and chosen.way in PHONE_WAYS:
        return Addressee(number, account.locale, chosen.way, contact.name)
    if contact.email is not None:
        return Addressee(contact.email, account.locale, name=contact.name)
    if number is not None and text.by_phone is not None:
        return Addressee(number, account.locale, NoticeWay.SMS, contact.name)
    return None


def post_to(post: Post, notice: Notice, addressee: Addressee, holds: timedelta, unsubscribe: str | None = None) -> bool:
    """Tell an addressee; False for a number whose owner wants no messages."""
    if addressee.way is NoticeWay.MAIL:
        reader = Reader(addressee.to, addressee.locale, addressee.name)
        mail = written(notice, reader, post.site, unsubscribe)
        post_mail(post.connection, post.cipher, mail, post.now, holds=holds)
        return True
    message = PhoneMessage(addressee.to, written_message(notice, addressee.locale), PHONE_WAYS[addressee.way])
    # What is not about somebody's safety at this moment wakes nobody up.
    begins = post.now if notice.text.by_phone is ByPhone.NOW else next_waking(post.now)
    return post_message(post.connection, post.cipher, message, SendingTime(begins, holds))


def post_to_members(post: Post, employer_id: str, notice: Notice) -> int:
    """Tell everybody who acts for an organisation; how many."""
    return sum(post_notice(post, account_id, notice) for account_id in members_of(post.connection, employer_id))


def members_of(connection: Connection, employer_id: str) -> list[str]:
    """The accounts that act for an organisation."""
    query = select(MEMBERS.c.account_id).where(MEMBERS.c.employer_id == employer_id).order_by(MEMBERS.c.account_id)
    return list(connection.execute(query).scalars())
