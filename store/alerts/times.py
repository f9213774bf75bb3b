"""When alerts go out: never at night in Lima, daily and weekly ones in the morning."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from store.quiet_hours import LIMA, MORNING

AT_ONCE_APART, AT_ONCE_PAUSE = timedelta(hours=1), timedelta(minutes=1)


class Alert(StrEnum):
    """How often somebody is told of new jobs for a search."""

    NONE = "none"
    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


def next_due(alert: Alert, now: datetime, *, was_told: bool = False) -> datetime | None:
    """When a search is looked at next, None: never; at once is with the next run, but an hour after a mail."""
    if alert is Alert.NONE:
        return None
    if alert is Alert.AT_ONCE:
        return now + (AT_ONCE_APART if was_told else AT_ONCE_PAUSE)
    morning = now.astimezone(LIMA).replace(hour=MORNING, minute=0, second=0, microsecond=0)
    days = 7 if alert is Alert.WEEKLY else 1 if morning <= now else 0
    return morning + timedelta(days=days)
