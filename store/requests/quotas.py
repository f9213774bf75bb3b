"""How much one may make: every such limit, with its unit and why. What is asked how often stands in `limiting`.

They lie far above what people do, and below what floods whoever has to read it or fills the disk.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select

from engine.errors import ConflictError, Message
from store.requests.attempts import Limit, count_attempt

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DailyQuota:
    """At most `most` of something a day, from midnight to midnight in UTC; `what` has its unit."""

    name: str
    most: int
    what: Message
    why: str

    @property
    def limit(self) -> Limit:
        """As attempts are counted."""
        return Limit(f"quota-{self.name}", self.most, DAY)


@dataclass(frozen=True, slots=True)
class StandingQuota:
    """At most `most` of something at a time; `fix` is how there is room again."""

    name: str
    most: int
    what: Message
    why: str
    fix: Message


MESSAGES = DailyQuota(
    "messages",
    40,
    Message("messages about one application"),
    "each is read by a person, who gets a mail that there are some",
)
ORGANISATIONS = DailyQuota(
    "organisations", 3, Message("new organisations"), "somebody of Chamba looks at each before it is verified"
)
REPORTS = DailyQuota("reports", 20, Message("reports of jobs"), "a person decides each")
REQUESTS = DailyQuota(
    "requests", 10, Message("requests to a person, of reviews, corrections and appeals"), "a person decides each"
)
PARTNERS_REVIEWS = DailyQuota(
    "partners-reviews", 1_000, Message("requests of reviews of one partner"), "a person decides each"
)
MEMBERS_ASKED = DailyQuota(
    "members",
    20,
    Message("colleagues who are asked to act for organisations"),
    "each gets a mail that they did not ask for",
)
ACTED_FOR = StandingQuota(
    "acted-for",
    20,
    Message("organisations that one acts for"),
    "what an account does is looked at for all of them",
    Message("leave one first"),
)
TEMPLATES = StandingQuota(
    "templates", 100, Message("templates of an organisation"), "they are read all at once", Message("delete one first")
)
SAVED_JOBS = StandingQuota(
    "saved-jobs", 1_000, Message("saved jobs"), "a person does not look through more", Message("take one away first")
)
DISMISSALS = StandingQuota(
    "dismissals",
    5_000,
    Message("jobs that are not for one"),
    "each answer leaves all of them out",
    Message("take one back first"),
)
UNVERIFIED_POSTINGS = StandingQuota(
    "unverified-postings",
    20,
    Message("jobs of an organisation that is not verified yet"),
    "a moderator looks at each",
    Message("wait until somebody has looked at the organisation"),
)
WEBHOOKS = StandingQuota(
    "webhooks", 10, Message("webhooks of a partner"), "each event goes to all of them", Message("remove one first")
)
API_KEYS = StandingQuota(
    "api-keys", 20, Message("keys of a partner in force"), "servers hold all in memory", Message("revoke one first")
)
DAILY = (MESSAGES, ORGANISATIONS, REPORTS, REQUESTS, PARTNERS_REVIEWS, MEMBERS_ASKED)
STANDING = (ACTED_FOR, TEMPLATES, SAVED_JOBS, DISMISSALS, UNVERIFIED_POSTINGS, WEBHOOKS, API_KEYS)


def spend(connection: Connection, quota: DailyQuota, subject_hash: str, now: datetime) -> bool:
    """Count one more in the transaction that makes it; False past the quota, where the transaction has to be undone."""
    return count_attempt(connection, quota.limit, subject_hash, now)


def require_room(connection: Connection, quota: StandingQuota, count: Select[Any], more: int = 1) -> None:
    """Raises ConflictError where there are as many as may be; `count` selects how many there are."""
    there = int(connection.execute(count).scalar_one())
    if there + more > quota.most:
        raise ConflictError(
            "there are as many as there may be",
            expected=Message("at most {most} {what}", most=quota.most, what=quota.what),
            fix=quota.fix,
        )
