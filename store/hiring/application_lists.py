"""Lists of applications, and what an employer reads of many at a glance: a query for each kind of fact, not for each.

The newest first is by id; the best first by the score that an application was made with, those without one last.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, func, or_, select

from engine.documents.seekers import seeker_from_document
from engine.seekers import Seeker
from store.encryption.field_cipher import FieldCipher
from store.hiring.applications import APPLICATIONS, STEPS, Application, Stage, StepTaker, read_application
from store.hiring.messages import MESSAGES
from store.hiring.standing import Owner
from store.people.accounts import ACCOUNTS, NAME
from store.people.seeker_accounts import SEEKER_ACCOUNTS
from store.tables import JOBS, SEEKERS

UNSCORED = -1.0


class ApplicationSort(StrEnum):
    """What a list of applications is put in order by."""

    NEWEST = "newest"
    BEST = "best"


def list_applications(
    connection: Connection,
    *,
    seeker_id: str | None = None,
    job_id: str | None = None,
    owner: Owner | None = None,
    stage: Stage | None = None,
    after: str | None = None,
    limit: int,
) -> list[Application]:
    """Applications by id, which is by when they were first made, the newest first; `after`: the last one seen."""
    query = select(APPLICATIONS).where(*_conditions(seeker_id, job_id, owner, stage))
    if after is not None:
        query = query.where(APPLICATIONS.c.application_id < after)
    rows = connection.execute(query.order_by(APPLICATIONS.c.application_id.desc()).limit(limit))
    return [read_application(row) for row in rows]


def list_best_applications(
    connection: Connection,
    owner: Owner,
    *,
    job_id: str | None = None,
    stage: Stage | None = None,
    after: tuple[float, str] | None = None,
    limit: int,
) -> list[Application]:
    """Applications to an owner by their score, the best first; `after`: score and id of the last one seen."""
    score, key = func.coalesce(APPLICATIONS.c.score, UNSCORED), APPLICATIONS.c.application_id
    query = select(APPLICATIONS).where(*_conditions(None, job_id, owner, stage))
    if after is not None:
        query = query.where(or_(score < after[0], (score == after[0]) & (key < after[1])))
    rows = connection.execute(query.order_by(score.desc(), key.desc()).limit(limit))
    return [read_application(row) for row in rows]


def living_applications(connection: Connection, job_id: str) -> list[Application]:
    """Those for a job that were neither declined nor withdrawn, the first first."""
    is_over = APPLICATIONS.c.stage.in_([Stage.DECLINED, Stage.WITHDRAWN])
    query = select(APPLICATIONS).where(APPLICATIONS.c.job_id == job_id, ~is_over)
    rows = connection.execute(query.order_by(APPLICATIONS.c.application_id))
    return [read_application(row) for row in rows]


def stage_counts(connection: Connection, owner: Owner) -> list[tuple[str, Stage, int]]:
    """How many applications to an owner each of its jobs has in each stage; those without any are left out."""
    by = (APPLICATIONS.c.job_id, APPLICATIONS.c.stage)
    query = select(*by, func.count().label("count")).where(*_conditions(None, None, owner, None)).group_by(*by)
    return [(row.job_id, Stage(row.stage), row[2]) for row in connection.execute(query.order_by(*by))]


def score_of(application: Application) -> float:
    """What an application is put in order by."""
    return UNSCORED if application.match is None else float(application.match["score"])


def applicant_ids(connection: Connection, job_id: str) -> frozenset[str]:
    """Who applied for a job, withdrawn or not."""
    query = select(APPLICATIONS.c.seeker_id).where(APPLICATIONS.c.job_id == job_id)
    return frozenset(connection.execute(query).scalars())


def names_of(connection: Connection, cipher: FieldCipher, seeker_ids: Collection[str]) -> Mapping[str, str | None]:
    """The names of people with an account, by the id of their profile."""
    query = select(SEEKER_ACCOUNTS.c.seeker_id, ACCOUNTS.c.account_id, ACCOUNTS.c.name_sealed)
    query = query.join(ACCOUNTS, ACCOUNTS.c.account_id == SEEKER_ACCOUNTS.c.account_id)
    rows = connection.execute(query.where(SEEKER_ACCOUNTS.c.seeker_id.in_(seeker_ids)))
    return {
        row.seeker_id: None if row.name_sealed is None else cipher.open(NAME, row.account_id, row.name_sealed)
        for row in rows
    }


def seekers_of(connection: Connection, seeker_ids: Collection[str]) -> Mapping[str, Seeker]:
    """The profiles of people that have one, by id."""
    query = select(SEEKERS.c.seeker_id, SEEKERS.c.document).where(SEEKERS.c.seeker_id.in_(seeker_ids))
    return {row.seeker_id: seeker_from_document(row.document, row.seeker_id) for row in connection.execute(query)}


def titles_of(connection: Connection, job_ids: Collection[str]) -> Mapping[str, str]:
    """The titles of jobs that there are, by id."""
    title = JOBS.c.document["title"].as_string().label("title")
    rows = connection.execute(select(JOBS.c.job_id, title).where(JOBS.c.job_id.in_(job_ids)))
    return {row.job_id: row.title for row in rows}


def newest_reasons(connection: Connection, application_ids: Collection[str]) -> Mapping[str, str | None]:
    """What was said with the newest step of each application."""
    newest = select(func.max(STEPS.c.step_id)).where(STEPS.c.application_id.in_(application_ids))
    query = select(STEPS.c.application_id, STEPS.c.reason)
    rows = connection.execute(query.where(STEPS.c.step_id.in_(newest.group_by(STEPS.c.application_id))))
    return {row.application_id: row.reason for row in rows}


def unread_counts(connection: Connection, application_ids: Collection[str], reader: StepTaker) -> Mapping[str, int]:
    """How many messages of the other side nobody has read, by application that has some."""
    is_unread = (MESSAGES.c.sent_by != reader) & MESSAGES.c.read_at.is_(None)
    query = select(MESSAGES.c.application_id, func.count().label("unread")).group_by(MESSAGES.c.application_id)
    rows = connection.execute(query.where(is_unread, MESSAGES.c.application_id.in_(application_ids)))
    return {row.application_id: row.unread for row in rows}


def _conditions(
    seeker_id: str | None, job_id: str | None, owner: Owner | None, stage: Stage | None
) -> list[ColumnElement[bool]]:
    named = {"seeker_id": seeker_id, "job_id": job_id, "stage": stage}
    found: list[ColumnElement[bool]] = [
        APPLICATIONS.c[column] == value for column, value in named.items() if value is not None
    ]
    if owner is not None:
        found.append(APPLICATIONS.c.employer_id.is_not_distinct_from(owner.employer_id))
        found.append(APPLICATIONS.c.partner_id.is_not_distinct_from(owner.partner_id))
    return found
