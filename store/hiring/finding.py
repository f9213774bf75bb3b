"""Ads and organisations found by words, for whoever looks after them: letters' case and accents do not count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, or_, select

from engine.moderation.plain_words import folded
from store.hiring.employers import EMPLOYERS, Employer, EmployerStatus, get_employer
from store.hiring.postings import POSTINGS, Moderation
from store.hiring.standing import Owner
from store.hiring.taken_down import TAKEN_DOWN
from store.people.cases import CASES, CaseKind, CaseState
from store.tables import JOBS

MOST_WORDS, ROWS_AT_ONCE = 8, 1_000
TITLE = JOBS.c.document["title"].as_string().label("title")
EMPLOYER = JOBS.c.document["employer"].as_string().label("employer")
# Of its own name, so that an index has all that words are looked for in.
SEARCHED = JOBS.alias("searched")
_WAITING = CASES.c.kind.in_((CaseKind.POSTING, CaseKind.IMPORT)) & (CASES.c.state != CaseState.DECIDED)
_WAITS = JOBS.c.job_id.in_(select(CASES.c.subject_id).where(_WAITING))


class JobStanding(StrEnum):
    """How an ad stands, for a list; `closed`: its owner or its source closed it, or its owner may not act."""

    OPEN = "open"
    CLOSED = "closed"
    WAITING = "waiting"
    TAKEN_DOWN = "taken_down"


@dataclass(frozen=True, slots=True)
class JobsWanted:
    """Which ads: with every word in title or employer, of an owner (an organisation, a partner or a source)."""

    words: str = ""
    owner_id: str | None = None
    standing: JobStanding | None = None


@dataclass(frozen=True, slots=True)
class FoundJob:
    """An ad of a list."""

    job_id: str
    title: str
    employer: str | None
    owner: Owner
    standing: JobStanding


def find_jobs(connection: Connection, wanted: JobsWanted, *, after: str | None, limit: int) -> list[FoundJob]:
    """Ads by id; `after`: the last one seen."""
    query = _jobs()
    if wanted.owner_id is not None:
        query = query.where(_is_of(wanted.owner_id))
    if wanted.standing is not None:
        query = query.where(_stands(wanted.standing))
    if words := _words(wanted.words):
        has_them = and_(*(SEARCHED.c.heading.contains(word, autoescape=True) for word in words))
        query = query.where(JOBS.c.job_id.in_(select(SEARCHED.c.job_id).where(has_them)))
    if after is not None:
        query = query.where(JOBS.c.job_id > after)
    return [_found(row) for row in connection.execute(query.order_by(JOBS.c.job_id).limit(limit))]


def find_employers(
    connection: Connection, words: str, *, status: EmployerStatus | None, after: str | None, limit: int
) -> list[Employer]:
    """Organisations by id whose name has every word."""
    query = select(EMPLOYERS.c.employer_id, EMPLOYERS.c.name)
    if status is not None:
        query = query.where(EMPLOYERS.c.status == status)
    wanted, found = _words(words), []
    for row in _rows(connection, query, EMPLOYERS.c.employer_id, after):
        if _has(wanted, row.name):
            found.append(get_employer(connection, row.employer_id))
            if len(found) == limit:
                break
    return found


def _jobs() -> Select[Any]:
    posted = POSTINGS.c.employer_id, POSTINGS.c.partner_id, POSTINGS.c.moderation
    columns = (JOBS.c.job_id, JOBS.c.source, JOBS.c.is_open, TITLE, EMPLOYER, *posted)
    joined = JOBS.outerjoin(POSTINGS, POSTINGS.c.job_id == JOBS.c.job_id)
    joined = joined.outerjoin(TAKEN_DOWN, TAKEN_DOWN.c.job_id == JOBS.c.job_id)
    return select(*columns, TAKEN_DOWN.c.job_id.label("down"), _WAITS.label("waits")).select_from(joined)


def _is_of(owner_id: str) -> ColumnElement[bool]:
    is_imported = and_(POSTINGS.c.job_id.is_(None), JOBS.c.source == owner_id)
    return or_(POSTINGS.c.employer_id == owner_id, POSTINGS.c.partner_id == owner_id, is_imported)


def _stands(standing: JobStanding) -> ColumnElement[bool]:
    is_down = or_(TAKEN_DOWN.c.job_id.is_not(None), POSTINGS.c.moderation == Moderation.REJECTED)
    match standing:
        case JobStanding.OPEN:
            return JOBS.c.is_open
        case JobStanding.TAKEN_DOWN:
            return is_down
        case JobStanding.WAITING:
            return and_(~JOBS.c.is_open, _WAITS)
        case JobStanding.CLOSED:
            return and_(~JOBS.c.is_open, ~_WAITS, TAKEN_DOWN.c.job_id.is_(None))


def _found(row: Row[Any]) -> FoundJob:
    is_posted = row.employer_id is not None or row.partner_id is not None
    owner = Owner(row.employer_id, row.partner_id) if is_posted else Owner(source=row.source)
    if row.is_open:
        standing = JobStanding.OPEN
    elif row.down is not None or row.moderation == Moderation.REJECTED:
        standing = JobStanding.TAKEN_DOWN
    else:
        standing = JobStanding.WAITING if row.waits else JobStanding.CLOSED
    return FoundJob(row.job_id, row.title, row.employer, owner, standing)


def _rows(connection: Connection, query: Select[Any], key: ColumnElement[str], after: str | None) -> Iterator[Row[Any]]:
    """Rows by their key, some at a time."""
    while True:
        some = query.order_by(key).limit(ROWS_AT_ONCE)
        rows = connection.execute(some if after is None else some.where(key > after)).all()
        yield from rows
        if len(rows) < ROWS_AT_ONCE:
            return
        after = rows[-1][0]


def _words(text: str) -> list[str]:
    return [word for word in map(folded, text.split()[:MOST_WORDS]) if word]


def _has(words: list[str], *texts: str | None) -> bool:
    if not words:
        return True
    plain = " ".join(folded(word) for text in texts if text for word in text.split())
    return all(word in plain for word in words)
