"""Tells owners of accounts what changed in how they log in, so that they notice what they did not do themselves."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection

from api.delivering.notices import post_for
from api.services.services import Services
from store.notices.choices import NoticeWay
from store.notices.posting import Addressee, post_notice, post_to
from store.notices.writing import Notice
from store.people.accounts import get_account

HOLDS = timedelta(days=1)


def tell_owner(
    connection: Connection,
    account_id: str,
    kind: str,
    services: Services,
    *,
    also_to: str | None = None,
    left: int | None = None,
    **said: str,
) -> None:
    """Post what changed, of a kind in `words/credentials.toml`; `also_to`: an address or number that was theirs.

    `left`: how many recovery codes are; `said`: what the owner or a device called something.
    """
    post, notice = post_for(connection, services), Notice(kind, said, {"left": None if left is None else str(left)})
    if also_to is not None:
        way = NoticeWay.MAIL if "@" in also_to else NoticeWay.SMS
        post_to(post, notice, Addressee(also_to, get_account(connection, account_id).locale, way), HOLDS)
    post_notice(post, account_id, notice, HOLDS)
