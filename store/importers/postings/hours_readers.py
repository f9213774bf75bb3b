"""The readers of hours that a mapping may name: when the work happens, and how many hours a week it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.reading.found import Found
from engine.reading.schedules.schedule_text import read_schedule, read_schedule_of_any_clock
from engine.reading.schedules.weekly_hours import read_hours_per_week
from engine.schedules import Schedule, ScheduleKind
from engine.working_hours import window_hours
from store.importers.postings.markup import running_text


def read_schedule_text(
    texts: list[str], _options: Mapping[str, Any], zone: str | None
) -> Found[Schedule | None] | None:
    """When the work happens, by the words of running text; by the place's clock unless they name another.

    Where nobody knows whose clock it is, the sentence is found, and how many hours a week they are.
    """
    text = running_text(texts)
    found = read_schedule(text, zone)
    if found is not None:
        return Found(found.schedule, found.sentence, found.confidence)
    unclocked = read_schedule_of_any_clock(text)
    if unclocked is None:
        return None
    is_fixed = unclocked.schedule.kind is ScheduleKind.FIXED
    more = {"hours_per_week": window_hours(unclocked.schedule.windows)} if is_fixed else {}
    return Found(None, unclocked.sentence, unclocked.confidence, more)


def read_weekly_hours_text(texts: list[str], _options: Mapping[str, Any], _zone: str | None) -> Found[float] | None:
    """Hours a week stated in running text, and how they are meant."""
    found = read_hours_per_week(running_text(texts))
    if found is None:
        return None
    bound = {} if found.bound is None else {"hours_bound": found.bound}
    return Found(found.hours, found.sentence, found.confidence, bound)
