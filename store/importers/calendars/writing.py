"""A person's free hours as an iCalendar file (RFC 5545) with availability (RFC 7953), to take elsewhere."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Availability as CalendarAvailability
from icalendar import Available, Calendar

from engine.schedules import MINUTES_PER_DAY, Weekday, Window, require_time_zone
from engine.seekers import Availability

DAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ANY_TIME = Window(tuple(Weekday), 0, MINUTES_PER_DAY)
# The file tells its zone's clock changes for so many years; readers that know the zone by name need none of them.
YEARS_OF_CLOCK_CHANGES = 10


def calendar_of(availability: Availability, *, product_id: str, uid: str, now: datetime) -> bytes:
    """The file: one VAVAILABILITY without end, an AVAILABLE a window, which repeats weekly.

    Args:
        availability: the free hours; any time of the week where it has no windows.
        product_id: who writes it, such as `-//Chamba//Availability//ES`.
        uid: the name of the VAVAILABILITY; its hours are `{uid}-1`, `{uid}-2` and so on.
        now: the time of writing, aware; hours hold from the week before.

    Raises InvalidInputError for a time zone that is none.
    """
    zone = require_time_zone(availability.time_zone)
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday(), weeks=1)
    calendar = Calendar()
    calendar.add("PRODID", product_id)
    calendar.add("VERSION", "2.0")
    if availability.hours_per_week is not None:
        calendar.add("X-CHAMBA-HOURS-PER-WEEK", str(availability.hours_per_week))
    stated = CalendarAvailability()
    stated.add("UID", uid)
    stated.add("DTSTAMP", now)
    stated.add("DTSTART", datetime.combine(monday, time(), zone))  # RFC 7953 can do without, some readers cannot
    for number, window in enumerate(availability.windows or (ANY_TIME,), start=1):
        available = _available(window, monday, zone)
        available.add("UID", f"{uid}-{number}")
        available.add("DTSTAMP", now)
        stated.add_component(available)
    calendar.add_component(stated)
    calendar.add_missing_timezones(monday, monday.replace(year=monday.year + YEARS_OF_CLOCK_CHANGES, day=1))
    return bytes(calendar.to_ical())


def _available(window: Window, monday: date, zone: ZoneInfo) -> Available:
    days = sorted(set(window.days))
    midnight = datetime.combine(monday + timedelta(days=days[0]), time(), zone)
    start = midnight + timedelta(minutes=window.start_minute)
    available = Available()
    available.add("DTSTART", start)
    available.add("DTEND", start + timedelta(minutes=window.length_minutes))
    available.add("RRULE", {"FREQ": ["WEEKLY"], "BYDAY": [DAY_CODES[day] for day in days]})
    return available
