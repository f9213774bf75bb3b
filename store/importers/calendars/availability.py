"""A person's usual week of free hours from an iCalendar file (RFC 5545): availability (RFC 7953), or what is left of
hours that the person names where the file tells busy hours alone, as exports of calendars do.

Twelve weeks are looked at: free is what is free in almost every one, busy what comes back again and again. What is not
so, and what cannot be read, is left out, with a note.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from engine.errors import InvalidInputError
from engine.explain import Locale
from engine.schedules import HOURS_IN_A_WEEK, LEAST_HOURS_A_WEEK, Window, parse_window, require_time_zone
from engine.seekers import Availability
from engine.slots import local_minutes
from engine.week_windows import MINUTES_PER_WEEK, windows_of
from store.importers.calendars.attendance import mark_declined
from store.importers.calendars.hours import SECOND, read_hours, read_periods
from store.importers.calendars.lines import CalendarComponent, CalendarProperty, read_calendar
from store.importers.calendars.notes import CalendarNote, CalendarTally, NoteKind, Refusal, UnreadError, refused
from store.importers.calendars.rules import EPOCH, wall_seconds
from store.importers.calendars.values import CalendarZones, length_of, moment_of
from store.importers.calendars.weeks import (
    WEEK,
    WEEKS_AHEAD,
    WEEKS_BEFORE,
    CalendarWeeks,
    Hours,
    Minutes,
    before_each_minute,
    usually_busy,
    usually_free,
)

MOST_WINDOWS, MOST_REPORTS = 50, 50
# To lay a VAVAILABILITY on the weeks takes as long as to reckon so many starts of a rule.
COMPONENT_COST = 20_000
LOWEST_PRIORITY = 10
YEARS_READ = range(1970, 2200)


@dataclass(frozen=True, slots=True)
class ImportedAvailability:
    """A usual week with some free hours; `notes` say what it leaves out, `week` is the Monday of the week read."""

    availability: Availability
    notes: tuple[CalendarNote, ...]
    week: date


def hours_named(texts: Iterable[str], locale: Locale) -> list[Window]:
    """Hours that a person names, such as `lun-sab 07:00-22:00`; raises InvalidInputError in the person's language."""
    parts = [part for text in texts for part in text.split(";") if part.strip()]
    try:
        return [parse_window(part) for part in parts]
    except InvalidInputError:
        raise refused(Refusal.BAD_HOURS, locale, field="hours", got=repr(" ; ".join(parts)[:80])) from None


def availability_from_calendar(
    content: bytes,
    *,
    default_time_zone: str = "America/Lima",
    around: date,
    locale: Locale = Locale.ES,
    hours: Sequence[Window] = (),
) -> ImportedAvailability:
    """The usual week of free hours that a calendar file states.

    Args:
        content: the file, at most 8 MB.
        default_time_zone: where the person lives, an IANA name: the zone of the result and of times without one.
        around: a day of the week to read, with the four before it and the seven after it.
        locale: the language of the notes, and of why a file is refused.
        hours: between which hours the person could work. Busy hours are taken off them where the file does not say
            when the person is free; where it does, they are free in both.

    Of overlapping VAVAILABILITY that with the higher PRIORITY (1 the highest, none the lowest) holds (RFC 7953, 4); of
    two with the same, which is our own caution, the hours that are free in both. Every BUSYTYPE is busy.
    Raises InvalidInputError for a file that is no calendar, that tells busy hours alone while `hours` names none, or
    that leaves no hour free.
    """
    zone = require_time_zone(default_time_zone)
    if around.year not in YEARS_READ:
        raise InvalidInputError("the day is too far away", expected="a year from 1970 to 2199", field="around")
    file = read_calendar(content, locale)
    calendars = file.inside("VCALENDAR")
    parts = CalendarComponent("", children=[part for calendar in calendars for part in calendar.children])
    stated = parts.inside("VAVAILABILITY")
    if not stated and not hours:
        raise refused(Refusal.NO_HOURS, locale)
    monday = date(around.year, around.month, around.day) - timedelta(days=around.weekday())
    weeks = CalendarWeeks(monday, zone, CalendarZones(zone, parts.inside("VTIMEZONE")), CalendarTally())
    weeks.tally.counts[NoteKind.CUT_OFF] += file.is_damaged
    mark_declined(calendars, weeks.tally)
    free = local_minutes(hours) if hours else np.ones(MINUTES_PER_WEEK, np.bool_)
    free = free & _stated_free(stated, weeks) if stated else free
    busy = _busy(parts, weeks)
    weeks.tally.counts[NoteKind.NO_EVENTS] += not stated and not busy.any()
    weeks.tally.counts[NoteKind.ZONE_MOVES] = sum(weeks.tally.zones.values())
    windows = _largest(windows_of(free & ~busy), weeks.tally)
    notes = weeks.tally.notes(monday, locale)
    if not windows:
        raise refused(Refusal.NONE_FREE, locale, got=" ".join(note.text for note in notes))
    return ImportedAvailability(Availability(default_time_zone, windows, _hours_per_week(calendars)), notes, monday)


def _largest(windows: Sequence[Window], tally: CalendarTally) -> tuple[Window, ...]:
    """The windows that hold most, as many as a profile may have."""
    largest = sorted(windows, key=lambda window: -int(local_minutes([window]).sum()))
    tally.counts[NoteKind.PIECES] += len(largest[MOST_WINDOWS:])
    return tuple(sorted(largest[:MOST_WINDOWS]))


def _hours_per_week(calendars: Iterable[CalendarComponent]) -> float | None:
    """The most hours a week that a calendar of our own states."""
    for stated in (one for calendar in calendars for one in calendar.every("X-CHAMBA-HOURS-PER-WEEK")):
        try:
            hours = float(stated.value)
        except ValueError:
            hours = math.nan
        if LEAST_HOURS_A_WEEK <= hours <= HOURS_IN_A_WEEK:
            return hours
    return None


def _busy(parts: CalendarComponent, weeks: CalendarWeeks) -> Minutes:
    """The minutes that events take of a usual week, `[10080]`; events that do not are tallied."""
    events = read_hours(parts.inside("VEVENT"), weeks, are_free=False)
    usual = usually_busy(weeks.minutes(events, are_free=False))
    for component in parts.inside("VFREEBUSY")[:MOST_REPORTS]:
        periods = read_periods(component, weeks)
        ahead = weeks.minutes(periods, are_free=False)[WEEKS_BEFORE:]
        # A report of few weeks does not tell what comes back: then all of it counts.
        usual |= ahead.sum(axis=0) > ahead.any(axis=1).sum() // 4
        events += periods
    weeks.tally.counts[NoteKind.TOO_MUCH] += len(parts.inside("VFREEBUSY")[MOST_REPORTS:])
    usual_before = before_each_minute(usual)
    for event in events:
        is_ahead = bool(np.any(event.ends > weeks.now))
        if is_ahead and weeks.touches(event, usual_before):
            weeks.tally.counts[NoteKind.EVENTS_TAKEN_OFF] += 1
        elif is_ahead or event.repeats:
            weeks.tally.counts[NoteKind.EVENTS_LEFT_OUT] += 1
    return usual


@dataclass(frozen=True, slots=True)
class _Stated:
    """A VAVAILABILITY: `rank` 1 comes before all others, 10 after; the range that it covers, and its free hours."""

    rank: int
    covered: Hours
    free: list[Hours]


def _stated_free(components: Iterable[CalendarComponent], weeks: CalendarWeeks) -> Minutes:
    """The minutes of a usual week that VAVAILABILITY components tell free, `[10080]`; other hours are tallied."""
    stated = [one for component in components for one in _read_stated(component, weeks)]
    free = _free(stated, weeks)
    usual = usually_free(free)
    usual_before = before_each_minute(usual)
    for hours in (hours for one in stated for hours in one.free):
        _tally_free(hours, usual_before, weeks)
    if not weeks.tally.counts[NoteKind.ENDS]:
        weeks.tally.counts[NoteKind.EXCEPTIONS] += bool(np.any(usual & ~free[WEEKS_BEFORE:]))
    return usual


def _read_stated(component: CalendarComponent, weeks: CalendarWeeks) -> list[_Stated]:
    """What a VAVAILABILITY states; nothing, tallied, where its range cannot be read."""
    try:
        weeks.tally.spend(COMPONENT_COST)
        if component.every("RRULE") or component.every("RDATE"):
            raise UnreadError
        start, end, duration = (component.one(name) for name in ("DTSTART", "DTEND", "DURATION"))
        first = -math.inf if start is None else _second(start.value, start, weeks)
        last = math.inf if end is None else _second(end.value, end, weeks)
        if duration is not None:
            last = min(last, first + length_of(duration.value).total_seconds())
        if last <= first:
            raise UnreadError
        priority = component.text("PRIORITY")
        if priority not in {"", *map(str, range(10))}:
            raise UnreadError
    except UnreadError as error:
        weeks.tally.counts[error.kind] += 1
        return []
    covered = Hours(np.array([weeks.begin], np.int64), np.array([weeks.end], np.int64)).within(first, last)
    free = read_hours(component.inside("AVAILABLE"), weeks, are_free=True)
    return [_Stated(int(priority or 0) or LOWEST_PRIORITY, covered, [one.within(first, last) for one in free])]


def _second(text: str, stated: CalendarProperty, weeks: CalendarWeeks) -> int:
    return wall_seconds(moment_of(text, stated, weeks.zones).wall_in(weeks.zone))


def _free(stated: Iterable[_Stated], weeks: CalendarWeeks) -> Minutes:
    """The free minutes of all weeks, `[12, 10080]`: higher priorities first; what none covers is busy."""
    by_rank: defaultdict[int, list[_Stated]] = defaultdict(list)
    for one in stated:
        by_rank[one.rank].append(one)
    free = np.zeros((WEEKS_BEFORE + WEEKS_AHEAD, MINUTES_PER_WEEK), np.bool_)
    for rank in sorted(by_rank, reverse=True):
        is_free_in_all, is_free_in_some, is_covered = ~np.zeros_like(free), np.zeros_like(free), np.zeros_like(free)
        for one in by_rank[rank]:
            is_own = weeks.minutes([one.covered], are_free=False)
            is_own_free = weeks.minutes(one.free, are_free=True)
            is_covered |= is_own
            is_free_in_all &= is_own_free | ~is_own
            is_free_in_some |= is_own_free
        weeks.tally.counts[NoteKind.EQUAL_PRIORITY] += bool(np.any(is_free_in_some & ~is_free_in_all))
        free = np.where(is_covered, is_free_in_all, free)
    return free


def _tally_free(hours: Hours, usual_before: NDArray[np.int64], weeks: CalendarWeeks) -> None:
    """Tally free hours that are none of the usual week, and those that end soon."""
    last = int(hours.ends.max(initial=weeks.begin))
    if last <= weeks.now or not weeks.touches(hours, usual_before):
        weeks.tally.counts[NoteKind.NOT_USUAL] += 1
    elif last <= weeks.end - WEEK // SECOND:
        weeks.tally.end_on((EPOCH + timedelta(seconds=last - 1)).date())
