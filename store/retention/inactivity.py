"""Accounts that nobody uses: noted when they were last used, told, and erased if nobody comes back.

A login, and every refresh of a session, issues a token; tokens are forgotten when they expire, so that the newest of
each account is noted before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, Select, Table, and_, exists, func, insert, or_, select, update

from engine.errors import NotFoundError
from store.encryption.field_cipher import FieldCipher
from store.notices.posting import Post, addressee_of, post_notice, post_to
from store.notices.writing import NOWHERE, Notice, Site
from store.people.accounts import ACCOUNTS, ROLES, STAFF, AccountStatus
from store.people.erasure.erasure import erase_account
from store.people.sessions import TOKENS
from store.retention.times import Retained, RetentionTimes
from store.tables.trust import AccountActivityRow
from store.upserts import BATCH_ROWS, in_transaction

ACTIVITY: Table = AccountActivityRow.metadata.tables["account_activity"]
ACTOR = "system:retention"
LAST_MAIL_HOLDS = timedelta(days=1)
LIMA = ZoneInfo("America/Lima")


def note_activity(engine: Engine) -> int:
    """Note when each account was last used, by the newest of its tokens; how many accounts were used since."""
    noted, after = 0, ""
    newest = select(TOKENS.c.account_id, func.max(TOKENS.c.issued_at).label("at")).group_by(TOKENS.c.account_id)
    while True:
        with engine.connect() as connection:
            page = newest.where(TOKENS.c.account_id > after).order_by(TOKENS.c.account_id).limit(BATCH_ROWS)
            used = {row.account_id: row.at for row in connection.execute(page)}
        if not used:
            return noted
        noted += in_transaction(engine, partial(_note, used=used))
        after = max(used)


def notify_inactive(
    engine: Engine, cipher: FieldCipher, now: datetime, times: RetentionTimes, site: Site = NOWHERE
) -> int:
    """Tell everybody who has not used their account for long and was not told yet; how many."""
    is_new = or_(ACTIVITY.c.noticed_at.is_(None), ACTIVITY.c.noticed_at < ACTIVITY.c.last_active_at)
    query = _inactive(times[Retained.INACTIVE_ACCOUNTS].before(now)).where(is_new).limit(BATCH_ROWS)
    notified = 0
    while True:
        count = in_transaction(engine, partial(_notify, cipher=cipher, query=query, now=now, times=times, site=site))
        notified += count
        if count < BATCH_ROWS:
            return notified


def erase_inactive(
    engine: Engine, cipher: FieldCipher, now: datetime, times: RetentionTimes, site: Site = NOWHERE
) -> int:
    """Erase those who were told in time and have not come back, and tell them; how many."""
    notified_before = times[Retained.INACTIVITY_NOTICE].before(now)
    query = _inactive(times[Retained.INACTIVE_ACCOUNTS].before(now)).where(
        ACTIVITY.c.noticed_at <= notified_before, ACTIVITY.c.noticed_at >= ACTIVITY.c.last_active_at
    )
    with engine.connect() as connection:
        found = list(connection.execute(query).scalars())
    return sum(
        in_transaction(engine, partial(_erase, cipher=cipher, account_id=one, now=now, site=site), durable=True)
        for one in found
    )


def _inactive(before: datetime) -> Select[Any]:
    """Active accounts of seekers and employers that were last used before a moment; of no staff."""
    last_active = func.coalesce(ACTIVITY.c.last_active_at, ACCOUNTS.c.created_at)
    is_staff = exists().where(ROLES.c.account_id == ACCOUNTS.c.account_id, ROLES.c.role.in_(STAFF))
    is_inactive = and_(last_active < before, ~is_staff, ACCOUNTS.c.status == AccountStatus.ACTIVE)
    joined = ACCOUNTS.join(ACTIVITY, ACTIVITY.c.account_id == ACCOUNTS.c.account_id, isouter=True)
    query = select(ACCOUNTS.c.account_id).select_from(joined)
    return query.where(is_inactive).order_by(ACCOUNTS.c.account_id)


def _note(connection: Connection, used: Mapping[str, datetime]) -> int:
    known = {
        row.account_id: row.last_active_at
        for row in connection.execute(select(ACTIVITY).where(ACTIVITY.c.account_id.in_(used)))
    }
    later = 0
    for account_id, at in sorted(used.items()):
        if account_id not in known:
            connection.execute(insert(ACTIVITY).values(account_id=account_id, last_active_at=at))
        elif known[account_id] < at:
            at_row = ACTIVITY.c.account_id == account_id
            connection.execute(update(ACTIVITY).where(at_row).values(last_active_at=at, noticed_at=None))
        else:
            continue
        later += 1
    return later


def _notify(
    connection: Connection,
    cipher: FieldCipher,
    query: Select[Any],
    now: datetime,
    times: RetentionTimes,
    site: Site,
) -> int:
    found = list(connection.execute(query).scalars())
    notice = timedelta(days=times[Retained.INACTIVITY_NOTICE].days)
    for one in found:
        post_notice(Post(connection, cipher, site, now), one, _told(now + notice, times), notice)
        at_row = ACTIVITY.c.account_id == one
        if connection.execute(update(ACTIVITY).where(at_row).values(noticed_at=now)).rowcount == 0:
            created_at = select(ACCOUNTS.c.created_at).where(ACCOUNTS.c.account_id == one).scalar_subquery()
            row = {"account_id": one, "last_active_at": created_at, "noticed_at": now}
            connection.execute(insert(ACTIVITY).values(row))
    return len(found)


def _erase(connection: Connection, cipher: FieldCipher, account_id: str, now: datetime, site: Site) -> bool:
    """False when somebody has logged in since the accounts were gone through, or the account is gone."""
    noticed_at = select(ACTIVITY.c.noticed_at).where(ACTIVITY.c.account_id == account_id).scalar_subquery()
    since = exists().where(TOKENS.c.account_id == account_id, TOKENS.c.issued_at >= noticed_at)
    if connection.execute(select(since)).scalar():
        return False
    post, last = Post(connection, cipher, site, now), Notice("inactive_account_erased")
    try:
        addressee = addressee_of(post, account_id, last.text)
        erase_account(connection, cipher, account_id, ACTOR, now)
    except NotFoundError:
        return False
    if addressee is not None:
        post_to(post, last, replace(addressee, name=None), LAST_MAIL_HOLDS)
    return True


def _told(erased_on: datetime, times: RetentionTimes) -> Notice:
    months = times[Retained.INACTIVE_ACCOUNTS].months
    return Notice("inactive", facts={"day": f"{erased_on.astimezone(LIMA):%d/%m/%Y}", "months": str(months)})
