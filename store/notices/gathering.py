"""Puts what waited to be told together into words, as things are by then: who has withdrawn or was read is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace

from sqlalchemy import ColumnElement, Connection, Select, exists, func, select

from engine.errors import NotFoundError
from engine.explain import Locale
from engine.sign_texts import SIGN_TEXTS
from store.hiring.applications import APPLICATIONS, Stage, StepTaker, get_application
from store.hiring.employers import get_employer, is_member
from store.hiring.messages import MESSAGES
from store.hiring.postings import POSTINGS, Moderation
from store.hiring.standing import Owner, may_act
from store.matching.row_reads import job_of
from store.notices.posting import Post, post_notice
from store.notices.quoting import quoted
from store.notices.texts import frame
from store.notices.waiting import Gathered, GatheredKind, take_gathered
from store.notices.writing import LONGEST_VALUE, Block, Notice
from store.people.cases import CASES, CaseKind, CaseState
from store.programmes.appeals import open_appeals
from store.programmes.programmes import acts_for, get_programme
from store.tables import JOBS

JOBS_NAMED, MOST_COUNTED = 5, 1_000


def post_gathered(post: Post, limit: int) -> int:
    """Post what is due; how many were looked at."""
    due = take_gathered(post.connection, post.now, limit)
    for one in due:
        notice = _NOTICES[one.kind](post, one)
        if notice is not None:
            post_notice(post, one.account_id, notice)
    return len(due)


def _new_applications(post: Post, gathered: Gathered) -> Notice | None:
    is_new = (
        (APPLICATIONS.c.employer_id == gathered.about_id)
        & (APPLICATIONS.c.applied_at >= gathered.since)
        & (APPLICATIONS.c.stage != Stage.WITHDRAWN)
    )
    kinds = ("new_application", "new_applications")
    return _of_jobs(post, gathered, kinds, APPLICATIONS.c.job_id, is_new)


def _waiting_jobs(post: Post, gathered: Gathered) -> Notice | None:
    is_waiting = (
        (POSTINGS.c.employer_id == gathered.about_id)
        & (POSTINGS.c.updated_at >= gathered.since)
        & (POSTINGS.c.moderation == Moderation.WAITING)
    )
    notice = _of_jobs(post, gathered, ("waiting_job", "waiting_jobs"), POSTINGS.c.job_id, is_waiting)
    if notice is None:
        return None
    waiting = select(POSTINGS.c.job_id).where(is_waiting)
    return replace(notice, worded={"why": _why_they_wait(post.connection, waiting)})


def _shown_jobs(post: Post, gathered: Gathered) -> Notice | None:
    is_open = exists().where(JOBS.c.job_id == POSTINGS.c.job_id, JOBS.c.is_open)
    is_shown = (
        (POSTINGS.c.employer_id == gathered.about_id)
        & (POSTINGS.c.updated_at >= gathered.since)
        & (POSTINGS.c.moderation == Moderation.APPROVED)
        & is_open
    )
    return _of_jobs(post, gathered, ("job_shown", "jobs_shown"), POSTINGS.c.job_id, is_shown)


def _why_they_wait(connection: Connection, job_ids: Select[tuple[str]]) -> dict[Locale, str]:
    """What the cases about some jobs wait for, as lines of a list."""
    of_jobs = (
        (CASES.c.kind == CaseKind.POSTING) & (CASES.c.state != CaseState.DECIDED) & CASES.c.subject_id.in_(job_ids)
    )
    codes: dict[str, None] = {}
    for reasons in connection.execute(select(CASES.c.reasons).where(of_jobs).order_by(CASES.c.case_id)).scalars():
        codes |= dict.fromkeys(reasons)
    return {locale: "".join(_reason_line(code, locale) for code in codes) for locale in Locale}


def _reason_line(code: str, locale: Locale) -> str:
    """A line with what a code means; empty for one that another version of Chamba knows."""
    signs = {str(kind): text for kind, text in SIGN_TEXTS[locale].items()}
    text = signs.get(code) or frame()[locale].get(f"waits_{code}")
    return f"\n- {text}" if text else ""


def _of_jobs(
    post: Post, gathered: Gathered, kinds: tuple[str, str], job_id: ColumnElement[str], is_meant: ColumnElement[bool]
) -> Notice | None:
    """A notice of the first of `kinds` about one, or of the second about so many by job.

    None where none is left, or the reader has nothing to do with it.
    """
    connection, employer_id = post.connection, gathered.about_id
    counted = select(job_id.label("job_id"), func.count().label("count_")).where(is_meant).group_by(job_id)
    counts: Counter[str] = Counter({row.job_id: row.count_ for row in connection.execute(counted.order_by(job_id))})
    is_theirs = is_member(connection, employer_id, gathered.account_id) and may_act(connection, Owner(employer_id))
    if not counts or not is_theirs:
        return None
    total, ids = counts.total(), {"employer_id": employer_id}
    employer = get_employer(connection, employer_id).name
    if total == 1:
        [only] = counts
        job = job_of(connection, only)
        said = {"job": None if job is None else job.title, "employer": employer}
        return Notice(kinds[0], said, ids=ids | {"job_id": only})
    named = [(job_of(connection, one), count) for one, count in counts.most_common(JOBS_NAMED)]
    titles = [(quoted(job.title, LONGEST_VALUE), count) for job, count in named if job is not None]
    lines = [f"- {title}{f': {count}' if count > 1 else ''}" for title, count in titles if title]
    if len(counts) > JOBS_NAMED:
        lines.append("- …")
    blocks = [Block(lines)] if lines else []
    return Notice(kinds[1], {"employer": employer}, {"count": str(total)}, ids, blocks)


def _messages_to_seeker(post: Post, gathered: Gathered) -> Notice | None:
    return _messages(post, gathered, StepTaker.EMPLOYER, "message_to_seeker")


def _messages_to_employer(post: Post, gathered: Gathered) -> Notice | None:
    return _messages(post, gathered, StepTaker.SEEKER, "message_to_employer")


def _messages(post: Post, gathered: Gathered, sent_by: StepTaker, kind: str) -> Notice | None:
    """That there are messages which were not read; never what they say."""
    of_application = (MESSAGES.c.application_id == gathered.about_id) & (MESSAGES.c.sent_by == sent_by)
    unread = select(func.count()).where(of_application, MESSAGES.c.read_at.is_(None))
    count = post.connection.execute(unread).scalar_one()
    try:
        application = get_application(post.connection, gathered.about_id)
    except NotFoundError:
        return None
    employer_id = application.owner.employer_id
    if count == 0 or (employer_id is None and sent_by is StepTaker.SEEKER):
        return None
    if sent_by is StepTaker.SEEKER and not is_member(post.connection, employer_id or "", gathered.account_id):
        return None
    job = job_of(post.connection, application.job_id)
    said = {"job": None if job is None else job.title, "employer": None if job is None else job.employer}
    ids = {"application_id": gathered.about_id, "employer_id": employer_id or ""}
    return Notice(kind, said, {"count": str(count) if count > 1 else None}, ids)


def _waiting_appeals(post: Post, gathered: Gathered) -> Notice | None:
    """That people contest answers of a programme; None where none waits, or the reader acts for it no more."""
    connection, programme_id = post.connection, gathered.about_id
    count = len(open_appeals(connection, programme_id, after=None, limit=MOST_COUNTED))
    if count == 0 or not acts_for(connection, programme_id, gathered.account_id):
        return None
    name = quoted(get_programme(connection, programme_id).facts.name, LONGEST_VALUE)
    facts = {"programme": name or "", "count": str(count) if count > 1 else None}
    return Notice("appeal_waits", facts=facts, ids={"programme_id": programme_id})


_NOTICES: Mapping[GatheredKind, Callable[[Post, Gathered], Notice | None]] = {
    GatheredKind.NEW_APPLICATIONS: _new_applications,
    GatheredKind.WAITING_JOBS: _waiting_jobs,
    GatheredKind.SHOWN_JOBS: _shown_jobs,
    GatheredKind.MESSAGES_TO_SEEKER: _messages_to_seeker,
    GatheredKind.MESSAGES_TO_EMPLOYER: _messages_to_employer,
    GatheredKind.WAITING_APPEALS: _waiting_appeals,
}
