"""What is told by mail of answers: that an officer decided, that one is about to end, that some are contested.

No mail names the programme, the answer or its reason. What becomes of an appeal is told with its case.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import Connection, Engine, select, update

from store.encryption.field_cipher import FieldCipher
from store.notices.posting import Post, post_notice
from store.notices.waiting import GatheredKind, wait_to_tell
from store.notices.writing import Notice, Site
from store.people.accounts import ACCOUNTS, AccountStatus
from store.programmes.programmes import officers_of
from store.programmes.screenings import SCREENINGS, Screening, newest_screening
from store.upserts import BATCH_ROWS, in_transaction

TOLD_BEFORE = timedelta(days=30)


def tell_decided(post: Post, screening: Screening) -> None:
    """Mail somebody that an officer decided about her."""
    post_notice(post, screening.account_id, Notice("screening_decided", ids=_ids(screening)))


def tell_appealed(connection: Connection, programme_id: str, now: datetime) -> None:
    """Have the officers of a programme told that answers are contested: at most one mail an hour."""
    for account_id in officers_of(connection, programme_id):
        wait_to_tell(connection, account_id, GatheredKind.WAITING_APPEALS, programme_id, now)


def tell_expiring(engine: Engine, cipher: FieldCipher, site: Site, today: date, now: datetime) -> int:
    """Mail everybody whose answer, of those that count, ends within a month and who was not told; how many."""
    told = 0
    while True:
        seen, mailed = in_transaction(engine, partial(_tell_some, cipher=cipher, site=site, today=today, now=now))
        told += mailed
        if seen < BATCH_ROWS:
            return told


def _tell_some(connection: Connection, cipher: FieldCipher, site: Site, today: date, now: datetime) -> tuple[int, int]:
    ends = SCREENINGS.c.holds_until.between(today.isoformat(), (today + TOLD_BEFORE).isoformat())
    active = select(ACCOUNTS.c.account_id).where(ACCOUNTS.c.status == AccountStatus.ACTIVE)
    query = select(SCREENINGS).where(ends, SCREENINGS.c.expiry_told_at.is_(None), SCREENINGS.c.account_id.in_(active))
    rows = connection.execute(query.order_by(SCREENINGS.c.screening_id).limit(BATCH_ROWS)).all()
    mailed = 0
    for row in rows:
        at_row = SCREENINGS.c.screening_id == row.screening_id
        connection.execute(update(SCREENINGS).where(at_row).values(expiry_told_at=now))
        newest = newest_screening(connection, cipher, row.programme_id, row.account_id)
        if newest is not None and newest.screening_id == row.screening_id:
            facts: dict[str, str | None] = {"day": f"{newest.holds_until:%d/%m/%Y}"}
            notice = Notice("screening_expires", facts=facts, ids=_ids(newest))
            mailed += post_notice(Post(connection, cipher, site, now), newest.account_id, notice)
    return len(rows), mailed


def _ids(screening: Screening) -> dict[str, str]:
    return {"screening_id": screening.screening_id}
