"""How long what is kept of people is kept, from `store/retention/retention_times.toml`, each time with its source."""

from __future__ import annotations

import tomllib
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files

MONTHS_PER_YEAR = 12


class Retained(StrEnum):
    """What has a time."""

    RECOMMENDATIONS = "recommendations"
    CASES = "cases"
    SCREENINGS = "screenings"
    EVENTS = "events"
    JOB_VERSIONS = "job_versions"
    APPLICATION_WORDS = "application_words"
    INVITATIONS = "invitations"
    INACTIVE_ACCOUNTS = "inactive_accounts"
    INACTIVITY_NOTICE = "inactivity_notice"
    ANALYTICS_SNAPSHOTS = "analytics_snapshots"
    WEBHOOK_DELIVERIES = "webhook_deliveries"
    WRITTEN_MAILS = "written_mails"
    ATTEMPTS = "attempts"
    STOPPED_PHONES = "stopped_phones"
    SESSIONS = "sessions"


@dataclass(frozen=True, slots=True)
class RetentionTime:
    """How long something is kept, in months of the calendar and days, and why so long."""

    months: int
    days: int
    source: str

    def before(self, now: datetime) -> datetime:
        """The moment up to which it is kept no longer; the last day of a month where that month is shorter."""
        total = now.year * MONTHS_PER_YEAR + now.month - 1 - self.months
        year, month = total // MONTHS_PER_YEAR, total % MONTHS_PER_YEAR + 1
        day = min(now.day, monthrange(year, month)[1])
        return now.replace(year=year, month=month, day=day) - timedelta(days=self.days)


RetentionTimes = Mapping[Retained, RetentionTime]


@cache
def retention_times() -> RetentionTimes:
    """The times in force."""
    document = tomllib.loads((files("store") / "retention" / "retention_times.toml").read_text("utf-8"))
    return {
        kind: RetentionTime(document[kind].get("months", 0), document[kind].get("days", 0), document[kind]["source"])
        for kind in Retained
    }
