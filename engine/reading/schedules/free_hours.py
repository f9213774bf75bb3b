"""The hours that a person says to be free, in their own words: "20 horas a la semana por las mañanas"."""

from __future__ import annotations

from engine.jobs import HoursBound
from engine.reading.schedules.gathering import gather
from engine.reading.schedules.marks import without_lunch
from engine.reading.schedules.parts_of_day import PartOfDay
from engine.reading.schedules.passages import passages
from engine.reading.schedules.schedule_text import read_schedule
from engine.reading.schedules.statements import told_in
from engine.reading.schedules.weekly_hours import weekly_hours_in
from engine.schedules import Weekday, Window
from engine.seekers import Availability

# What a person means by a part of the day is narrower than what a shift of that name may take.
FREE: dict[PartOfDay, tuple[int, int]] = {
    PartOfDay.MORNING: (7 * 60, 13 * 60),
    PartOfDay.AFTERNOON: (13 * 60, 19 * 60),
    PartOfDay.EVENING: (18 * 60, 23 * 60),
    PartOfDay.NIGHT: (19 * 60, 24 * 60),
    PartOfDay.SMALL_HOURS: (0, 6 * 60),
    PartOfDay.DAY: (8 * 60, 18 * 60),
}
WHOLE_DAY = (8 * 60, 20 * 60)


def free_hours(text: str, time_zone: str) -> Availability | None:
    """The hours `text` states, in `time_zone` unless it names another; None where it states none."""
    words = without_lunch(passages(text).words)
    weekly = weekly_hours_in(words)
    cap = weekly.hours if weekly is not None and weekly.bound is not HoursBound.AT_LEAST else None
    read = read_schedule(text, time_zone)
    zone = read.schedule.time_zone if read is not None else time_zone
    windows = _told_windows(words) or _days_alone(words)
    return Availability(zone, windows, cap) if windows or cap else None


def _told_windows(words: str) -> tuple[Window, ...]:
    """The hours and parts of the day that are named, all of them: "mañanas o noches" is free in both."""
    windows: dict[Window, None] = {}
    for one in gather(words).statements:
        days = tuple(sorted(one.days or frozenset(Weekday)))
        if one.hours is not None:
            windows[Window(days, one.hours.start, one.hours.end)] = None
        elif one.part is not None:
            windows[Window(days, *FREE[one.part])] = None
    return tuple(windows)


def _days_alone(words: str) -> tuple[Window, ...]:
    """Whole days, where a person names days and no hours ("sábados y domingos")."""
    days = frozenset(day for one in told_in(words).days_alone for day in one.days or ())
    return (Window(tuple(sorted(days)), *WHOLE_DAY),) if days else ()
