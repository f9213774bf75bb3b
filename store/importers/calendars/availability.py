"""A person's usual week of free hours from an iCalendar file (RFC 5545) with availability (RFC 7953).

Nothing is promised that the file does not say: outside of AVAILABLE a person is busy, and what is not the same every
week is left out, with a note.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain

from engine.errors import InvalidInputError
from engine.explain import Locale
from engine.schedules import HOURS_IN_A_WEEK, LEAST_HOURS_A_WEEK, POSSIBLE_HOURS, require_time_zone
from engine.seekers import Availability
from store.importers.calendars.hours import require_few_dates
from store.importers.calendars.lines import CalendarComponent, calendar_fault, read_calendars
from store.importers.calendars.notes import CalendarNote, CalendarTally, NoteKind
from store.importers.calendars.patterns import WeeklyPattern, read_busy_events
from store.importers.calendars.property_values import CalendarZones
from store.importers.calendars.stated import StatedAvailability, free_minutes, read_stated
from store.importers.calendars.weeks import CalendarWeek, Minutes, minutes_touched, windows_of

# How many weeks, that of the day asked for first, are tried for one that no single date changes.
WEEKS_TRIED = 6
MOST_PATTERNS = 300
MOST_WINDOWS = 50
# An end further away than this is not told.
NOTED_END_AHEAD = timedelta(days=366)
YEARS_READ = range(1970, 2200)


@dataclass(frozen=True, slots=True)
class ImportedAvailability:
    """A usual week with some free hours; `notes` say what it leaves out, `week` is the Monday of the week read."""

    availability: Availability
    notes: tuple[CalendarNote, ...]
    week: date


def availability_from_calendar(
    content: bytes, *, default_time_zone: str = "America/Lima", around: date, locale: Locale = Locale.ES
) -> ImportedAvailability:
    """The usual week of free hours that a calendar file states.

    Args:
        content: the file, at most 256 kB.
        default_time_zone: where the person lives, an IANA name: the zone of the result and of times without one.
        around: a day of the week to read. Where something changes that week alone (a holiday, a day moved, hours that
            begin or end, a trip, clocks put forward), the next of six weeks in which nothing does is read.
        locale: the language of the notes.

    Of overlapping VAVAILABILITY that with the higher PRIORITY (1 the highest, none the lowest) holds (RFC 7953, 4); of
    two with the same, which is our own caution, the hours that are free in both. Every BUSYTYPE is busy. Busy events
    that repeat are taken off.
    Raises InvalidInputError for a file that cannot be read, that has no availability, or that leaves no hour free.
    """
    zone = require_time_zone(default_time_zone)
    if around.year not in YEARS_READ:
        raise InvalidInputError("the day is too far away", expected="a year from 1970 to 2199", field="around")
    calendars = read_calendars(content)
    parts = [part for calendar in calendars for part in calendar.children]
    zones = CalendarZones(zone, (part for part in parts if part.name == "VTIMEZONE"))
    tally = CalendarTally()
    stated, events = _read_parts(parts, zones, tally)
    monday = date(around.year, around.month, around.day) - timedelta(days=around.weekday())
    weeks = [CalendarWeek(monday + timedelta(weeks=number), zone) for number in range(WEEKS_TRIED)]
    week = _usual_week(weeks, stated, tally)
    windows = windows_of(free_minutes(week, stated, tally) & ~_busy_minutes(week, events, tally))
    _tally_what_is_not_shown(week, stated, tally)
    if not 0 < len(windows) <= MOST_WINDOWS:
        raise _no_usual_week(len(windows), tally.notes(week.monday, Locale.EN))
    availability = Availability(default_time_zone, windows, _hours_per_week(calendars))
    return ImportedAvailability(availability, tally.notes(week.monday, locale), week.monday)


def _read_parts(
    parts: Sequence[CalendarComponent], zones: CalendarZones, tally: CalendarTally
) -> tuple[list[StatedAvailability], tuple[WeeklyPattern, ...]]:
    events = [part for part in parts if part.name == "VEVENT"]
    availabilities = [part for part in parts if part.name == "VAVAILABILITY"]
    require_few_dates(chain.from_iterable(part.children for part in availabilities))
    busy = read_busy_events(events, zones, tally)
    if not availabilities:
        raise InvalidInputError(
            "the calendar does not say when the person is free",
            expected="VAVAILABILITY with AVAILABLE hours (RFC 7953)",
            got=f"{len(events)} events, {len(busy)} of them busy hours that repeat: the rest may or may not be free",
            fix="export the availability or working hours of the calendar, or state the free hours by hand",
            field="calendar",
        )
    stated = [read_stated(part, zones, tally) for part in availabilities]
    patterns = len(busy) + sum(len(one.patterns) for one in stated)
    if patterns > MOST_PATTERNS:
        raise InvalidInputError(
            "the calendar repeats too much",
            expected=f"at most {MOST_PATTERNS} availabilities and events that repeat",
            got=str(patterns),
            fix="export only the calendar of your availability",
            field="calendar",
        )
    return stated, busy


def _hours_per_week(calendars: Iterable[CalendarComponent]) -> float | None:
    """The most hours a week that a calendar of our own states."""
    stated = next((one for calendar in calendars if (one := calendar.one("X-CHAMBA-HOURS-PER-WEEK"))), None)
    if stated is None:
        return None
    try:
        hours = float(stated.value)
    except ValueError:
        hours = math.nan
    if not LEAST_HOURS_A_WEEK <= hours <= HOURS_IN_A_WEEK:
        raise calendar_fault(f"{stated.name} is no number of hours", stated.line, expected=POSSIBLE_HOURS)
    return hours


def _usual_week(
    weeks: Sequence[CalendarWeek], stated: Sequence[StatedAvailability], tally: CalendarTally
) -> CalendarWeek:
    """The first week that nothing changes; the first of all, tallied, where every one is changed."""
    for week in weeks:
        if all(one.is_unchanged_in(week) for one in stated):
            tally.counts[NoteKind.OTHER_WEEK] += week is not weeks[0]
            return week
    tally.counts[NoteKind.IRREGULAR_WEEK] += 1
    return weeks[0]


def _busy_minutes(week: CalendarWeek, events: Iterable[WeeklyPattern], tally: CalendarTally) -> Minutes:
    """The minutes that events take, `[10080]`: all of an event's days where it takes place on one of them."""
    laid = [one for event in events if (one := week.lay(event)).spans]
    tally.counts[NoteKind.EVENTS_TAKEN_OFF] += len(laid)
    return minutes_touched(chain.from_iterable(one.all_spans for one in laid))


def _tally_what_is_not_shown(week: CalendarWeek, stated: Iterable[StatedAvailability], tally: CalendarTally) -> None:
    """Tally the hours that ended, those that will start or end, and those whose clocks move."""
    for one in stated:
        start, end = one.range_in(week)
        if start >= end:
            tally.counts[NoteKind.ENDED if end <= 0 else NoteKind.NOT_STARTED] += len(one.patterns)
            continue
        if one.end is not None and one.is_usual:
            _tally_end(week, one.end.wall_in(week.zone).date(), tally)
        for pattern in one.patterns:
            _tally_pattern(week, pattern, tally)
    tally.counts[NoteKind.ZONE_MOVES] = len(tally.zones)


def _tally_pattern(week: CalendarWeek, pattern: WeeklyPattern, tally: CalendarTally) -> None:
    monday, laid = datetime.combine(week.monday, time()), week.lay(pattern)
    if not laid.spans and not laid.has_exceptions:
        tally.counts[NoteKind.ENDED if pattern.first < monday else NoteKind.NOT_STARTED] += 1
        return
    if pattern.last is not None:
        _tally_end(week, pattern.last.date(), tally)
    tally.counts[NoteKind.EXCEPTIONS] |= any(start >= monday for start in pattern.exceptions)
    if week.moves_in_year(pattern.zone):
        tally.zones.add(str(pattern.zone))


def _tally_end(week: CalendarWeek, day: date, tally: CalendarTally) -> None:
    if day - week.monday <= NOTED_END_AHEAD:
        tally.end_on(day)


def _no_usual_week(windows: int, notes: Iterable[CalendarNote]) -> InvalidInputError:
    return InvalidInputError(
        "the calendar states no usual week of free hours",
        expected=f"AVAILABLE hours that repeat every week, at most {MOST_WINDOWS} windows",
        got=" ".join([f"{windows} windows.", *(note.text for note in notes)]),
        fix="state them with RRULE:FREQ=WEEKLY, or by hand",
        field="calendar",
    )
