"""Posts notices to those who have an account: to the stored address, in their language, unless they chose not to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from engine.errors import NotFoundError
from store.encryption.field_cipher import FieldCipher
from store.hiring.employers import MEMBERS
from store.notices.choices import is_wanted
from store.notices.texts import NoticeGroup
from store.notices.unsubscribing import Unsubscription, unsubscribe_url
from store.notices.writing import Notice, Reader, Site, written
from store.people.accounts import AccountStatus, get_account, read_contact
from store.people.mail import post_mail

HOLDS = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Post:
    """What posting takes: a transaction, what opens addresses, where Chamba is, and the moment."""

    connection: Connection
    cipher: FieldCipher
    site: Site
    now: datetime


def post_notice(post: Post, account_id: str, notice: Notice, holds: timedelta = HOLDS) -> bool:
    """Mail a notice; False for an account that is gone, or suspended, or chose not to get such notices."""
    group = notice.text.group
    try:
        account = get_account(post.connection, account_id)
    except NotFoundError:
        return False
    is_service = group is NoticeGroup.SERVICE
    if not is_service and (
        account.status is not AccountStatus.ACTIVE or not is_wanted(post.connection, account_id, group)
    ):
        return False
    contact = read_contact(post.connection, post.cipher, account_id)
    stops = None if is_service else unsubscribe_url(post.cipher, Unsubscription(account_id, group), post.site)
    mail = written(notice, Reader(contact.email, account.locale, contact.name), post.site, stops)
    post_mail(post.connection, post.cipher, mail, post.now, holds=holds)
    return True


def post_to_members(post: Post, employer_id: str, notice: Notice) -> int:
    """Mail a notice to everybody who acts for an organisation; how many."""
    return sum(post_notice(post, account_id, notice) for account_id in members_of(post.connection, employer_id))


def members_of(connection: Connection, employer_id: str) -> list[str]:
    """The accounts that act for an organisation."""
    query = select(MEMBERS.c.account_id).where(MEMBERS.c.employer_id == employer_id).order_by(MEMBERS.c.account_id)
    return list(connection.execute(query).scalars())
