"""The hours on single dates that a component of an iCalendar file states: its first ones, and those of RDATE."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from store.importers.calendars.lines import CalendarComponent, CalendarProperty, calendar_fault
from store.importers.calendars.property_values import (
    CalendarZones,
    Moment,
    duration_of,
    moment_of,
    read_moment,
    time_between,
)

MOST_DATES = 4_000


@dataclass(frozen=True, slots=True)
class DatedHours:
    """Hours from `start` on."""

    start: Moment
    length: timedelta


def first_hours(component: CalendarComponent, zones: CalendarZones) -> DatedHours | None:
    """The first hours of a component; None where it does not say when they end, or is an event of no length.

    A whole day without an end is one day (RFC 5545, 3.6.1). Raises InvalidInputError for values that cannot be read.
    """
    start = component.one("DTSTART")
    if start is None:
        raise calendar_fault(f"{component.name} states no DTSTART", component.line, expected="a DTSTART")
    first = read_moment(start, zones)
    end, duration = component.one("DTEND"), component.one("DURATION")
    if end is not None and duration is not None:
        raise calendar_fault(
            f"{component.name} states DTEND and DURATION", duration.line, expected="one of DTEND and DURATION"
        )
    if duration is not None:
        return DatedHours(first, duration_of(duration.value.strip(), duration))
    if end is None:
        return DatedHours(first, timedelta(days=1)) if first.is_whole_day else None
    last = read_moment(end, zones)
    if component.name == "VEVENT" and not time_between(first, last):
        return None
    return DatedHours(first, _length(first, last, end))


def added_hours(component: CalendarComponent, hours: DatedHours, zones: CalendarZones) -> list[DatedHours]:
    """The hours on the dates of RDATE: as long as `hours`, or periods with lengths of their own."""
    added = []
    for stated in component.every("RDATE"):
        for text in filter(None, stated.value.split(",")):
            start_text, slash, end_text = text.partition("/")
            start = moment_of(start_text, stated, zones)
            if not slash:
                added.append(DatedHours(start, hours.length))
            elif end_text.startswith("P"):
                added.append(DatedHours(start, duration_of(end_text, stated)))
            else:
                added.append(DatedHours(start, _length(start, moment_of(end_text, stated, zones), stated)))
    return added


def starts_left_out(moments: Iterable[Moment], start: Moment) -> frozenset[datetime]:
    """Moments as starts by the clock of `start`'s zone; a whole day leaves out what starts on it."""
    return frozenset(
        datetime.combine(moment.wall, start.wall.time()) if moment.is_whole_day else moment.wall_in(start.zone)
        for moment in moments
    )


def require_few_dates(components: Iterable[CalendarComponent]) -> None:
    """Raise InvalidInputError where components list more than 4,000 dates."""
    dates = 0
    for component in components:
        for stated in component.every("RDATE") + component.every("EXDATE"):
            dates += stated.value.count(",") + 1
            if dates > MOST_DATES:
                raise calendar_fault("the calendar lists too many dates", stated.line, expected=f"at most {MOST_DATES}")


def _length(start: Moment, end: Moment, stated: CalendarProperty) -> timedelta:
    length = time_between(start, end)
    if length <= timedelta():
        raise calendar_fault(f"{stated.name} ends hours before they start", stated.line, expected="an end after them")
    return length
