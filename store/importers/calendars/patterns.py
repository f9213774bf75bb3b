"""Weekly patterns: the hours of AVAILABLE (RFC 7953) and of busy events that come back every week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from store.importers.calendars.hours import (
    MOST_DATES,
    DatedHours,
    added_hours,
    first_hours,
    starts_left_out,
)
from store.importers.calendars.lines import CalendarComponent, CalendarProperty, calendar_fault
from store.importers.calendars.notes import CalendarTally, NoteKind
from store.importers.calendars.property_values import CalendarZones, Moment, read_moment, read_moments
from store.importers.calendars.rules import read_rule

# Single dates are a pattern when at least so many of them follow each other week by week.
WEEKS_OF_A_PATTERN = 4

WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class WeeklyPattern:
    """Hours that start at the same time on some `weekdays` of every week, by the clock in `zone`.

    Starts lie from `first` to `last` (None: no end) and are none of `exceptions`; each lasts `length`, at most a week.
    """

    zone: tzinfo
    first: datetime
    length: timedelta
    weekdays: frozenset[int]
    last: datetime | None = None
    exceptions: frozenset[datetime] = frozenset()


def read_available(
    components: Sequence[CalendarComponent], zones: CalendarZones, tally: CalendarTally
) -> tuple[WeeklyPattern, ...]:
    """The weekly free hours that the AVAILABLE components of one VAVAILABILITY state; the rest is tallied.

    Raises InvalidInputError for values that cannot be read.
    """
    changed_starts = _changed_starts(components, zones)
    patterns, singles = list[WeeklyPattern](), list[DatedHours]()
    for component in components:
        hours = first_hours(component, zones)
        if hours is None:
            tally.counts[NoteKind.NO_END] += 1
            continue
        rule, is_change = component.one("RRULE"), component.one("RECURRENCE-ID") is not None
        left_out = [] if is_change else [*_exception_dates(component, zones), *changed_starts.get(_uid(component), [])]
        exceptions = starts_left_out(left_out, hours.start)
        dated = added_hours(component, hours, zones)
        if rule is None or is_change:
            dated.append(hours)
        elif (pattern := _free_pattern(rule, hours, exceptions, zones)) is None or component.every("EXRULE"):
            tally.counts[NoteKind.NOT_WEEKLY] += 1
        else:
            patterns.append(pattern)
        singles += [single for single in dated if single.start.wall_in(hours.start.zone) not in exceptions]
    runs, rest = _weekly_runs(singles)
    tally.counts[NoteKind.ONE_OFF] += rest
    return tuple(patterns + runs)


def read_busy_events(
    events: Iterable[CalendarComponent], zones: CalendarZones, tally: CalendarTally
) -> tuple[WeeklyPattern, ...]:
    """The hours that busy events (VEVENT) may take in any week; events on single dates or days of a month are tallied.

    Changes on single dates are not heeded: the usual hours stay busy. Raises InvalidInputError for values that
    cannot be read.
    """
    patterns = []
    for event in events:
        if not _is_busy(event):
            continue
        _recurrence_id(event)
        rule = event.one("RRULE")
        hours = None if rule is None else first_hours(event, zones)
        pattern = None if rule is None or hours is None else _busy_pattern(rule, hours, zones)
        if pattern is None:
            tally.counts[NoteKind.EVENTS_LEFT_OUT] += 1
        else:
            patterns.append(pattern)
    return tuple(patterns)


def _free_pattern(
    stated: CalendarProperty, hours: DatedHours, exceptions: frozenset[datetime], zones: CalendarZones
) -> WeeklyPattern | None:
    rule, start = read_rule(stated, zones), hours.start
    weekdays = rule.free_weekdays(start.wall)
    if weekdays is None:
        return None
    last = rule.last_start(start.wall, start.zone)
    return WeeklyPattern(start.zone, start.wall, min(hours.length, WEEK), weekdays, last, exceptions)


def _busy_pattern(stated: CalendarProperty, hours: DatedHours, zones: CalendarZones) -> WeeklyPattern | None:
    rule, start = read_rule(stated, zones), hours.start
    if not rule.is_by_day:
        raise calendar_fault(
            "a busy event repeats by hours, minutes or seconds",
            stated.line,
            expected="events that repeat by days, weeks, months or years",
        )
    weekdays = rule.busy_weekdays(start.wall)
    if weekdays is None:
        return None
    last = rule.last_start(start.wall, start.zone)
    return WeeklyPattern(start.zone, start.wall, min(hours.length, WEEK), weekdays, last)


def _is_busy(event: CalendarComponent) -> bool:
    transparency, status = event.one("TRANSP"), event.one("STATUS")
    is_free = transparency is not None and transparency.value.strip().upper() == "TRANSPARENT"
    is_cancelled = status is not None and status.value.strip().upper() == "CANCELLED"
    return not is_free and not is_cancelled


def _exception_dates(component: CalendarComponent, zones: CalendarZones) -> list[Moment]:
    return [moment for stated in component.every("EXDATE") for moment in read_moments(stated, zones)]


def _changed_starts(components: Iterable[CalendarComponent], zones: CalendarZones) -> Mapping[str, list[Moment]]:
    """By UID, the starts that other components move (RECURRENCE-ID)."""
    starts: defaultdict[str, list[Moment]] = defaultdict(list)
    for component in components:
        if (replaced := _recurrence_id(component)) is not None:
            starts[_uid(component)].append(read_moment(replaced, zones))
    changes = 0
    for component in components:  # each is held against the changes of its UID: many of both would cost seconds
        changes += len(starts.get(_uid(component), ()))
        if changes > MOST_DATES:
            raise calendar_fault(
                "the calendar changes too many single dates", component.line, expected=f"at most {MOST_DATES}"
            )
    return starts


def _recurrence_id(component: CalendarComponent) -> CalendarProperty | None:
    replaced = component.one("RECURRENCE-ID")
    if replaced is not None and "RANGE" in replaced.parameters:
        raise calendar_fault(
            "a change goes for all later dates (RANGE)",
            replaced.line,
            expected="a new availability from that date on, and the old one with an UNTIL",
        )
    return replaced


def _uid(component: CalendarComponent) -> str:
    stated = component.one("UID")
    return "" if stated is None else stated.value.strip()


def _weekly_runs(singles: Iterable[DatedHours]) -> tuple[list[WeeklyPattern], int]:
    """Patterns of the single dates that follow each other week by week, and how many dates are in none of them."""
    starts: defaultdict[tuple[tzinfo, int, time, timedelta], set[datetime]] = defaultdict(set)
    for single in singles:
        wall = single.start.wall
        starts[single.start.zone, wall.weekday(), wall.time(), single.length].add(wall)
    patterns, rest = list[WeeklyPattern](), 0
    for (zone, weekday, _, length), walls in starts.items():
        for run in _consecutive(sorted(walls)):
            if len(run) >= WEEKS_OF_A_PATTERN:
                patterns.append(WeeklyPattern(zone, run[0], min(length, WEEK), frozenset({weekday}), run[-1]))
            else:
                rest += len(run)
    return patterns, rest


def _consecutive(walls: Sequence[datetime]) -> list[list[datetime]]:
    runs: list[list[datetime]] = []
    for wall in walls:
        if runs and wall - runs[-1][-1] == WEEK:
            runs[-1].append(wall)
        else:
            runs.append([wall])
    return runs
