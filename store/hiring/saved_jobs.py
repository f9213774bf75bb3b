"""What a person says of single jobs: kept for later, or not for them and why; the latter are recommended no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, Table, delete, func, insert, select, update

from store.encryption.field_cipher import FieldCipher
from store.requests.quotas import DISMISSALS as MOST_DISMISSALS
from store.requests.quotas import SAVED_JOBS, require_room
from store.tables.hiring import DismissalRow, SavedJobRow

SAVED: Table = SavedJobRow.metadata.tables["saved_jobs"]
DISMISSALS: Table = DismissalRow.metadata.tables["dismissals"]
WORDS = "dismissals.words_sealed"


class DismissalReason(StrEnum):
    """Why a job is not for somebody."""

    HOURS = "hours"
    PAY = "pay"
    SKILLS = "skills"
    LANGUAGE = "language"
    EQUIPMENT = "equipment"
    EMPLOYER = "employer"
    LOOKS_FALSE = "looks_false"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class SavedJob:
    """A job that was kept."""

    job_id: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Dismissal:
    """A job that is not for somebody."""

    job_id: str
    reason: DismissalReason
    words: str | None
    dismissed_at: datetime


def save_job(connection: Connection, seeker_id: str, job_id: str, now: datetime) -> SavedJob:
    """Keep a job; one that is kept already stays as it was."""
    saved_at = connection.execute(select(SAVED.c.saved_at).where(_is_saved(seeker_id, job_id))).scalar()
    if saved_at is None:
        require_room(connection, SAVED_JOBS, select(func.count()).where(SAVED.c.seeker_id == seeker_id))
        connection.execute(insert(SAVED).values(seeker_id=seeker_id, job_id=job_id, saved_at=now))
    return SavedJob(job_id, saved_at or now)


def unsave_job(connection: Connection, seeker_id: str, job_id: str) -> bool:
    """Keep a job no longer; False when it was not kept."""
    return connection.execute(delete(SAVED).where(_is_saved(seeker_id, job_id))).rowcount > 0


def list_saved_jobs(connection: Connection, seeker_id: str, *, after: str | None, limit: int) -> list[SavedJob]:
    """The jobs that a person keeps, by id."""
    query = select(SAVED).where(SAVED.c.seeker_id == seeker_id).order_by(SAVED.c.job_id).limit(limit)
    if after is not None:
        query = query.where(SAVED.c.job_id > after)
    return [SavedJob(row.job_id, row.saved_at) for row in connection.execute(query)]


def dismiss_job(connection: Connection, cipher: FieldCipher, seeker_id: str, dismissal: Dismissal) -> bool:
    """Say that a job is not for a person; False when that was said before, and now for this reason."""
    at_row = (DISMISSALS.c.seeker_id == seeker_id) & (DISMISSALS.c.job_id == dismissal.job_id)
    row_id = f"{seeker_id}/{dismissal.job_id}"
    values = {
        "reason": dismissal.reason,
        "words_sealed": None if dismissal.words is None else cipher.seal(WORDS, row_id, dismissal.words),
        "dismissed_at": dismissal.dismissed_at,
    }
    if connection.execute(update(DISMISSALS).where(at_row).values(**values)).rowcount > 0:
        return False
    require_room(connection, MOST_DISMISSALS, select(func.count()).where(DISMISSALS.c.seeker_id == seeker_id))
    connection.execute(insert(DISMISSALS).values(seeker_id=seeker_id, job_id=dismissal.job_id, **values))
    return True


def undismiss_job(connection: Connection, seeker_id: str, job_id: str) -> bool:
    """Take it back; False when it was not said."""
    at_row = (DISMISSALS.c.seeker_id == seeker_id) & (DISMISSALS.c.job_id == job_id)
    return connection.execute(delete(DISMISSALS).where(at_row)).rowcount > 0


def list_dismissals(connection: Connection, cipher: FieldCipher, seeker_id: str) -> list[Dismissal]:
    """Every job that is not for a person, by id."""
    query = select(DISMISSALS).where(DISMISSALS.c.seeker_id == seeker_id).order_by(DISMISSALS.c.job_id)

    def words(row_job_id: str, sealed: bytes | None) -> str | None:
        return None if sealed is None else cipher.open(WORDS, f"{seeker_id}/{row_job_id}", sealed)

    return [
        Dismissal(row.job_id, DismissalReason(row.reason), words(row.job_id, row.words_sealed), row.dismissed_at)
        for row in connection.execute(query)
    ]


def dismissed_job_ids(connection: Connection, seeker_id: str) -> frozenset[str]:
    """The ids of the jobs that are not for a person."""
    query = select(DISMISSALS.c.job_id).where(DISMISSALS.c.seeker_id == seeker_id)
    return frozenset(connection.execute(query).scalars())


def dismissed_by(connection: Connection, job_id: str) -> frozenset[str]:
    """Whom a job is not for."""
    return frozenset(connection.execute(select(DISMISSALS.c.seeker_id).where(DISMISSALS.c.job_id == job_id)).scalars())


def _is_saved(seeker_id: str, job_id: str) -> ColumnElement[bool]:
    return (SAVED.c.seeker_id == seeker_id) & (SAVED.c.job_id == job_id)
