"""Quotas of what is made a day, told in words where one is used up; the numbers stand in `store/requests/quotas.py`."""

from __future__ import annotations

from sqlalchemy import Connection

from api.access.limiting import told_wait
from api.http.problems import ProblemError, ProblemKind
from api.services.services import Services
from engine.errors import Message
from store.encryption.data_keys import Purpose
from store.requests.quotas import DailyQuota, spend


def require_quota(connection: Connection, services: Services, quota: DailyQuota, subject: str) -> None:
    """Count one more of what is made in this transaction, by whose it is; raises the 429 problem past the quota.

    What is refused or fails is undone with the transaction, and so does not count.
    """
    now = services.now()
    hashed = services.cipher.keyed_hash(Purpose.ATTEMPT, subject)
    if spend(connection, quota, hashed, now):
        return
    seconds = quota.limit.seconds_left(now)
    detail = Message(
        "there are as many today as there may be: at most {most} {what}; try again in {wait}",
        most=quota.most,
        what=quota.what,
        wait=told_wait(seconds),
    )
    raise ProblemError(ProblemKind.TOO_MANY_REQUESTS, detail, headers={"Retry-After": str(seconds)})
