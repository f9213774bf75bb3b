"""When people sleep: nobody is told of anything that can wait before the morning."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

LIMA = ZoneInfo("America/Lima")
MORNING, NIGHT = 7, 21  # hours of the day: nobody is told before the one or after the other


def is_quiet(now: datetime) -> bool:
    """Whether people sleep."""
    return not MORNING <= now.astimezone(LIMA).hour < NIGHT


def next_waking(now: datetime) -> datetime:
    """This moment, or the next morning while people sleep."""
    return next_morning(now) if is_quiet(now) else now


def next_morning(now: datetime) -> datetime:
    """The first morning after a moment."""
    morning = now.astimezone(LIMA).replace(hour=MORNING, minute=0, second=0, microsecond=0)
    return morning if now < morning else morning + timedelta(days=1)
