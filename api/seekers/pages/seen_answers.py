"""The answer that led somebody to a job, for what they do with the job."""

from __future__ import annotations

from functools import partial

from sqlalchemy import Connection

from api.credentials.callers import Caller
from api.seekers.pages.clicks import answer_seen
from api.services.services import Services
from api.web.frame import PageFrame
from engine.errors import NotFoundError
from store.evidence.recommendation_log import read_answer
from store.people.seeker_accounts import seeker_of


def answer_that_showed(frame: PageFrame, caller: Caller, job_id: str, services: Services) -> str | None:
    """The answer seen last, where it was the caller's own and had this job among those that it showed."""
    recommendation_id = answer_seen(frame)
    if recommendation_id is None:
        return None
    return services.read(partial(_showed, recommendation_id=recommendation_id, caller=caller, job_id=job_id))


def _showed(connection: Connection, recommendation_id: str, caller: Caller, job_id: str) -> str | None:
    try:
        record = read_answer(connection, recommendation_id).record
    except NotFoundError:
        return None
    is_own = record.seeker_id == seeker_of(connection, caller.account_id)
    return recommendation_id if is_own and any(job_id == shown for shown, _ in record.shown) else None
