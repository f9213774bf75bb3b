"""Whose searches are due, what is to be left out for each, and what they were told.

Somebody's searches are looked at together. What was read is written back only where it still stands, so that of two
runs at once, or of one that was killed, each job is told once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, func, insert, select, update

from engine.explain import Locale
from store.alerts.saved_searches import SEARCHES, SavedSearch, saved_search
from store.encryption.field_cipher import FieldCipher
from store.hiring.applications import APPLICATIONS, Stage
from store.hiring.saved_jobs import DISMISSALS, SAVED
from store.notices.choices import CHOICES
from store.notices.texts import NoticeGroup
from store.people.accounts import ACCOUNTS, AccountStatus
from store.people.consents import CONSENTS, ConsentPurpose
from store.people.seeker_accounts import SEEKER_ACCOUNTS
from store.people.sessions import TOKENS
from store.tables.alerts import ToldJobRow
from store.tables.trust import AccountActivityRow

TOLD: Table = ToldJobRow.metadata.tables["told_jobs"]
ACTIVITY: Table = AccountActivityRow.metadata.tables["account_activity"]


@dataclass(frozen=True, slots=True)
class DuePerson:
    """Somebody whose searches are due; `left_out` are jobs that they know: saved, dismissed, applied for, told."""

    account_id: str
    seeker_id: str
    locale: Locale
    searches: tuple[SavedSearch, ...]
    left_out: frozenset[str]
    is_reachable: bool


@dataclass(frozen=True, slots=True)
class ToldJob:
    """A job that somebody is told of, by which search, with its score."""

    job_id: str
    search_id: str
    score: float


def due_people(
    connection: Connection, cipher: FieldCipher, now: datetime, active_since: datetime, limit: int
) -> list[DuePerson]:
    """Some of those whose searches are due, those who wait longest first.

    They are reachable while their account is active, they agree to matching, want such mails, and logged in lately.
    """
    first_due = func.min(SEARCHES.c.due_at)
    waiting = select(SEARCHES.c.account_id).where(SEARCHES.c.due_at <= now).group_by(SEARCHES.c.account_id)
    account_ids = connection.execute(waiting.order_by(first_due, SEARCHES.c.account_id).limit(limit)).scalars().all()
    searches: dict[str, list[SavedSearch]] = defaultdict(list)
    due = select(SEARCHES).where(SEARCHES.c.account_id.in_(account_ids), SEARCHES.c.due_at <= now)
    for row in connection.execute(due.order_by(SEARCHES.c.search_id)).all():
        searches[row.account_id].append(saved_search(cipher, row))
    joined = select(ACCOUNTS.c.account_id, ACCOUNTS.c.locale, SEEKER_ACCOUNTS.c.seeker_id).join(
        SEEKER_ACCOUNTS, SEEKER_ACCOUNTS.c.account_id == ACCOUNTS.c.account_id, isouter=True
    )
    people = connection.execute(joined.where(ACCOUNTS.c.account_id.in_(account_ids))).all()
    reachable = _reachable(connection, account_ids, active_since)
    known = _known_jobs(connection, {row.account_id: row.seeker_id or "" for row in people})
    return [
        DuePerson(
            row.account_id,
            row.seeker_id or "",
            Locale(row.locale),
            tuple(searches[row.account_id]),
            frozenset(known[row.account_id]),
            row.seeker_id is not None and row.account_id in reachable,
        )
        for row in people
        if searches[row.account_id]
    ]


def move_on(connection: Connection, search: SavedSearch, due_at: datetime | None, now: datetime) -> bool:
    """Have a search looked at again later, for what is new from now on; False where somebody else did meanwhile."""
    as_read = (SEARCHES.c.search_id == search.search_id) & (SEARCHES.c.updated_at == search.updated_at)
    moved = update(SEARCHES).where(as_read, SEARCHES.c.due_at == search.due_at).values(since=now, due_at=due_at)
    return connection.execute(moved).rowcount > 0


def put_off(connection: Connection, search: SavedSearch, due_at: datetime) -> None:
    """Have a search looked at later, for all that is new to it by then."""
    as_read = (SEARCHES.c.search_id == search.search_id) & (SEARCHES.c.updated_at == search.updated_at)
    connection.execute(update(SEARCHES).where(as_read).values(due_at=due_at))


def note_told(connection: Connection, account_id: str, told: Iterable[ToldJob], bundle: str, now: datetime) -> None:
    """Note what somebody is told of."""
    rows = [
        {
            "account_id": account_id,
            "job_id": one.job_id,
            "search_id": one.search_id,
            "score": one.score,
            "bundle": bundle,
            "told_at": now,
        }
        for one in told
    ]
    if rows:
        connection.execute(insert(TOLD), rows)


def _reachable(connection: Connection, account_ids: Collection[str], active_since: datetime) -> set[str]:
    unwanted = select(CHOICES.c.account_id).where(
        CHOICES.c.account_id.in_(account_ids), CHOICES.c.notice_group == NoticeGroup.ALERTS, ~CHOICES.c.is_wanted
    )
    agreed: dict[str, bool] = {}
    of_matching = CONSENTS.c.purpose == ConsentPurpose.MATCHING
    statements = select(CONSENTS).where(CONSENTS.c.account_id.in_(account_ids), of_matching)
    for row in connection.execute(statements.order_by(CONSENTS.c.recorded_at, CONSENTS.c.consent_id)):
        agreed[row.account_id] = bool(row.is_given)
    active = ACCOUNTS.c.account_id.in_(account_ids) & (ACCOUNTS.c.status == AccountStatus.ACTIVE)
    newest = func.max(TOKENS.c.issued_at)
    logged_in = select(TOKENS.c.account_id).where(TOKENS.c.account_id.in_(account_ids))
    lately = set(connection.execute(logged_in.group_by(TOKENS.c.account_id).having(newest >= active_since)).scalars())
    noted = select(ACTIVITY.c.account_id).where(ACTIVITY.c.account_id.in_(account_ids))
    lately |= set(connection.execute(noted.where(ACTIVITY.c.last_active_at >= active_since)).scalars())
    is_new = select(ACCOUNTS.c.account_id).where(active, ACCOUNTS.c.created_at >= active_since)
    lately |= set(connection.execute(is_new).scalars())
    found = set(connection.execute(select(ACCOUNTS.c.account_id).where(active)).scalars()) & lately
    return {one for one in found if agreed.get(one)} - set(connection.execute(unwanted).scalars())


def _known_jobs(connection: Connection, seekers: Mapping[str, str]) -> dict[str, set[str]]:
    """Account → the jobs that they know."""
    account_of = {seeker_id: account_id for account_id, seeker_id in seekers.items()}
    known: dict[str, set[str]] = defaultdict(set)
    for table in (SAVED, DISMISSALS, APPLICATIONS):
        query = select(table.c.seeker_id, table.c.job_id).where(table.c.seeker_id.in_(account_of))
        if table is APPLICATIONS:
            query = query.where(table.c.stage != Stage.WITHDRAWN)
        for row in connection.execute(query):
            known[account_of[row.seeker_id]].add(row.job_id)
    for row in connection.execute(select(TOLD.c.account_id, TOLD.c.job_id).where(TOLD.c.account_id.in_(seekers))):
        known[row.account_id].add(row.job_id)
    return known
