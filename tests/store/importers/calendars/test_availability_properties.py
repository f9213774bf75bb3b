"""Any file is read as a slow reading of the standard reads it, or refused; what is written is read back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Component
from numpy.typing import NDArray

from engine.errors import InvalidInputError
from engine.schedules import Weekday, Window
from engine.seekers import Availability
from engine.slots import local_slots, seeker_slots, week_start
from store.importers.calendars.availability import availability_from_calendar
from store.importers.calendars.notes import NoteKind
from store.importers.calendars.writing import calendar_of

MINUTE, WEEK = timedelta(minutes=1), timedelta(weeks=1)
WEEK_MINUTES = 7 * 1440
AROUND = date(2026, 10, 7)
NOW = datetime(2026, 10, 7, 15, tzinfo=UTC)
DAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

Minutes = NDArray[np.bool_]


@dataclass(frozen=True)
class Hours:
    """One AVAILABLE: `zone` None is floating; `until` is a wall-clock time there."""

    zone: str | None
    start: datetime
    length: timedelta
    frequency: str
    days: tuple[str, ...]
    until: datetime | None
    count: int | None
    excepted: tuple[datetime, ...]

    def rule(self) -> str:
        """The RRULE without its UNTIL."""
        days = f";BYDAY={','.join(self.days)}" if self.days else ""
        return f"FREQ={self.frequency}{days}" + (f";COUNT={self.count}" if self.count else "")

    def text(self, uid: int) -> str:
        """The AVAILABLE as a file writes it."""
        is_utc = self.zone == "UTC"
        parameter = "" if self.zone is None or is_utc else f";TZID={self.zone}"
        mark = "Z" if is_utc else ""
        until = f";UNTIL={self.until:%Y%m%dT%H%M%S}{mark}" if self.until else ""
        excepted = "".join(f"EXDATE{parameter}:{one:%Y%m%dT%H%M%S}{mark}\n" for one in self.excepted)
        return (
            f"BEGIN:AVAILABLE\nUID:{uid}\nDTSTART{parameter}:{self.start:%Y%m%dT%H%M%S}{mark}\n"
            f"DTEND{parameter}:{self.start + self.length:%Y%m%dT%H%M%S}{mark}\n"
            f"RRULE:{self.rule()}{until}\n{excepted}END:AVAILABLE\n"
        )

    def minutes(self, week: date, person: str) -> Minutes:
        """Its free minutes of a week, by expanding the rule; an end at 23:59 is the end of the day."""
        end = self.start + self.length
        length = self.length + MINUTE if (end.hour, end.minute) == (23, 59) else self.length
        repeated = rrulestr(self.rule(), dtstart=self.start)
        around = timedelta(days=12)
        monday = datetime.combine(week, time())
        starts = repeated.between(monday - around, monday + around, inc=True)
        held = [one for one in starts if one not in self.excepted and (self.until is None or one <= self.until)]
        zone = ZoneInfo(self.zone or person)
        return spans_minutes(
            ((one.replace(tzinfo=zone), (one + length).replace(tzinfo=zone)) for one in held), week, person
        )


@dataclass(frozen=True)
class Stated:
    """One VAVAILABILITY, its range in UTC."""

    priority: int | None
    start: datetime | None
    end: datetime | None
    hours: tuple[Hours, ...]

    def text(self, uid: int) -> str:
        """The VAVAILABILITY as a file writes it."""
        lines = "" if self.priority is None else f"PRIORITY:{self.priority}\n"
        lines += f"DTSTART:{self.start:%Y%m%dT%H%M%SZ}\n" if self.start else ""
        lines += f"DTEND:{self.end:%Y%m%dT%H%M%SZ}\n" if self.end else ""
        inside = "".join(hours.text(100 * uid + number) for number, hours in enumerate(self.hours))
        return f"BEGIN:VAVAILABILITY\nUID:{uid}\n{lines}{inside}END:VAVAILABILITY\n"

    def covered(self, week: date, person: str) -> Minutes:
        """The minutes of a week in its range."""
        start = self.start or datetime(1990, 1, 1, tzinfo=UTC)
        end = self.end or datetime(2100, 1, 1, tzinfo=UTC)
        return spans_minutes(iter([(start, end)]), week, person)


def spans_minutes(spans: Iterator[tuple[datetime, datetime]], week: date, person: str) -> Minutes:
    """The minutes of the person's week in aware spans."""
    monday = datetime.combine(week, time(), ZoneInfo(person)).astimezone(UTC)
    minutes = np.zeros(WEEK_MINUTES, dtype=np.bool_)
    for start, end in spans:
        first = max(round((start.astimezone(UTC) - monday) / MINUTE), 0)
        minutes[first : max(round((end.astimezone(UTC) - monday) / MINUTE), 0)] = True
    return minutes


def slow_reading(stated: list[Stated], week: date, person: str) -> Minutes:
    """The free minutes of a week: the highest priority holds, of equal ones the busy one."""
    found = np.zeros(WEEK_MINUTES, dtype=np.bool_)
    for rank in range(10, 0, -1):
        for one in (one for one in stated if (one.priority or 10) == rank):
            others = [other for other in stated if (other.priority or 10) == rank]
            here = one.covered(week, person)
            free = np.ones(WEEK_MINUTES, dtype=np.bool_)
            for other in others:
                hours = [hours.minutes(week, person) for hours in other.hours]
                own = np.any(hours, axis=0) if hours else np.zeros(WEEK_MINUTES, dtype=np.bool_)
                free &= own | ~other.covered(week, person)
            found = np.where(here, free, found)
    return found


def window_minutes(windows: tuple[Window, ...]) -> Minutes:
    """The minutes of a week in windows, one by one."""
    minutes = np.zeros(WEEK_MINUTES, dtype=np.bool_)
    for window in windows:
        for day in window.days:
            minute = window.start_minute
            while True:
                minutes[(day * 1440 + minute) % WEEK_MINUTES] = True
                minute += 1
                if minute in (window.end_minute, window.end_minute + 1440):
                    break
    return minutes


# Zones whose clocks do not move: a week later they are as now.
ZONES = st.sampled_from([None, "UTC", "America/Lima", "America/Bogota", "Asia/Kathmandu", "Asia/Tokyo"])
MOMENTS = st.builds(
    lambda day, minute: datetime(2026, 1, 1) + timedelta(days=day, minutes=minute),
    st.integers(0, 290),
    st.integers(0, 1439),
)
NEAR = st.builds(
    lambda day, minute: datetime(2026, 9, 20, tzinfo=UTC) + timedelta(days=day, minutes=minute),
    st.integers(0, 60),
    st.integers(0, 1439),
)


@st.composite
def some_hours(draw: st.DrawFn) -> Hours:
    """An AVAILABLE that repeats weekly."""
    start = draw(MOMENTS)
    ahead = draw(st.lists(st.integers(0, 330), max_size=3) | st.just(list(range(0, 330, 7))))
    return Hours(
        zone=draw(ZONES),
        start=start,
        length=timedelta(minutes=draw(st.integers(1, 600) | st.integers(600, 9000))),
        frequency=draw(st.sampled_from(["DAILY", "WEEKLY"])),
        days=tuple(draw(st.lists(st.sampled_from(DAY_CODES), unique=True, max_size=6))),
        until=draw(st.none() | st.just(datetime(2026, 12, 24, 12)) | st.just(datetime(2026, 10, 9, 12)) | MOMENTS),
        count=None,
        excepted=tuple(start + timedelta(days=days) for days in ahead),
    )


def counted(hours: Hours, count: int) -> Hours:
    """The same hours, ended by a number of times instead."""
    return Hours(hours.zone, hours.start, hours.length, hours.frequency, hours.days, None, count, hours.excepted)


HOURS = some_hours() | st.builds(counted, some_hours(), st.integers(1, 300))
RANGES = st.just((None, None)) | st.tuples(st.none() | NEAR, st.none() | NEAR).filter(
    lambda ends: not (ends[0] and ends[1]) or ends[0] < ends[1]
)


BASE = Stated(0, None, None, (Hours(None, datetime(2026, 1, 1, 5), timedelta(hours=17), "DAILY", (), None, None, ()),))


@st.composite
def some_stated(draw: st.DrawFn) -> Stated:
    """A VAVAILABILITY."""
    start, end = draw(RANGES)
    return Stated(draw(st.sampled_from([None, 0, 1, 5, 9])), start, end, tuple(draw(st.lists(HOURS, max_size=3))))


@settings(max_examples=60, deadline=None)
@given(
    stated=st.lists(some_stated(), min_size=1, max_size=3),
    person=st.sampled_from(["America/Lima", "Asia/Kathmandu"]),
    around=st.dates(date(2026, 9, 1), date(2026, 11, 30)),
    has_base=st.booleans(),
)
def test_a_file_is_read_as_a_slow_reading_of_the_standard_reads_it(
    stated: list[Stated], person: str, around: date, has_base: bool
) -> None:
    stated = [*stated, BASE] if has_base else stated
    text = "".join(one.text(number) for number, one in enumerate(stated))
    content = f"BEGIN:VCALENDAR\n{text}END:VCALENDAR\n".encode()
    monday = around - timedelta(days=around.weekday())
    free = np.array([slow_reading(stated, monday + timedelta(weeks=number), person) for number in range(-4, 8)])
    usual = (free[4:].sum(axis=0) >= 6) | (free.sum(axis=0) >= 9)
    for last in range(1439, 10_080, 1440):  # hours that end at 23:59 lose a minute
        usual[last - 1] &= usual[last]
    try:
        found = availability_from_calendar(content, default_time_zone=person, around=around)
    except InvalidInputError:
        assert not usual.any()
        return
    assert found.week == monday
    if NoteKind.PIECES not in {note.kind for note in found.notes}:
        np.testing.assert_array_equal(window_minutes(found.availability.windows), usual)


def windows() -> st.SearchStrategy[tuple[Window, ...]]:
    """Some windows; those that a Window refuses are left out."""
    clocks = st.tuples(st.integers(0, 1439), st.integers(1, 1440)).filter(lambda clock: clock[0] != clock[1])
    days = st.lists(st.sampled_from(Weekday), min_size=1, unique=True).map(tuple)
    window = st.builds(lambda on, clock: Window(on, *clock), days, clocks)
    return st.lists(window, max_size=5).map(tuple)


AVAILABILITIES = st.builds(
    Availability,
    st.sampled_from(
        ["America/Lima", "UTC", "America/New_York", "America/Santiago", "Asia/Kathmandu", "Africa/Casablanca", "GMT"]
    ),
    windows(),
    st.none() | st.integers(1, 168) | st.floats(0.25, 168),
)


@settings(max_examples=100, deadline=None)
@given(availability=AVAILABILITIES, day=st.dates(date(2025, 1, 1), date(2028, 12, 31)), is_elsewhere=st.booleans())
def test_what_is_written_is_read_back_as_the_same_free_quarters(
    availability: Availability, day: date, is_elsewhere: bool
) -> None:
    now = datetime.combine(day, time(12), UTC)
    content = calendar_of(availability, product_id="-//Prueba//ES", uid="horas", now=now)
    zone = "America/Lima" if is_elsewhere else availability.time_zone
    found = availability_from_calendar(content, default_time_zone=zone, around=day)
    week = week_start(datetime.combine(found.week + timedelta(days=10), time(), UTC))
    zones = [ZoneInfo(name) for name in (availability.time_zone, zone)]
    assume(all(week.astimezone(one).utcoffset() == (week + WEEK).astimezone(one).utcoffset() for one in zones))
    np.testing.assert_array_equal(seeker_slots(found.availability, week), seeker_slots(availability, week))
    assert found.availability.hours_per_week == availability.hours_per_week
    if not is_elsewhere and availability.windows:
        assert found.week == day - timedelta(days=day.weekday())
        np.testing.assert_array_equal(window_minutes(found.availability.windows), window_minutes(availability.windows))
        for whole in (True, False):
            np.testing.assert_array_equal(
                local_slots(found.availability.windows, whole_quarters_only=whole),
                local_slots(availability.windows, whole_quarters_only=whole),
            )


def _value(component: Component, name: str) -> Any:
    """A property's value, which the library types as any of its thirty kinds."""
    return component[name]


@settings(max_examples=60, deadline=None)
@given(availability=AVAILABILITIES, product_id=st.text(max_size=120), uid=st.text(min_size=1, max_size=120))
def test_what_is_written_is_valid_and_another_reader_finds_the_same_hours(
    availability: Availability, product_id: str, uid: str
) -> None:
    content = calendar_of(availability, product_id=product_id, uid=uid, now=NOW)
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    read = Calendar.from_ical(content)
    (stated,) = read.availabilities
    assert read.get_missing_tzids() == set()
    assert stated.DTSTAMP == NOW
    assert _value(stated, "DTSTART").dt < NOW
    minutes = np.zeros(WEEK_MINUTES, dtype=np.bool_)
    monday = datetime(2026, 10, 5)
    for available in stated.available:
        first_start, first_end, rule = (_value(available, name) for name in ("DTSTART", "DTEND", "RRULE"))
        start, end = first_start.dt.replace(tzinfo=None), first_end.dt.replace(tzinfo=None)
        repeated = rrulestr(rule.to_ical().decode(), dtstart=start)
        for one in repeated.between(monday - timedelta(days=2), monday + timedelta(days=7), inc=True):
            first = round((one - monday) / MINUTE)
            minutes[max(first, 0) : max(first + round((end - start) / MINUTE), 0)] = True
    expected = window_minutes(availability.windows) if availability.windows else np.ones(WEEK_MINUTES, dtype=np.bool_)
    np.testing.assert_array_equal(minutes, expected)


WHOLE = calendar_of(
    Availability(
        "America/New_York", (Window((Weekday.SUN, Weekday.MON), 1320, 367), Window((Weekday.TUE,), 0, 1440)), 20
    ),
    product_id="-//Prueba//ES",
    uid="horas",
    now=NOW,
).replace(
    b"END:VCALENDAR",
    b"BEGIN:VEVENT\r\nUID:e\r\nDTSTART:20260302T200000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=90\r\n"
    b"EXDATE:20260309T200000Z\r\nEND:VEVENT\r\nEND:VCALENDAR",
)
TOKENS = st.sampled_from(
    [
        *(b"BEGIN:", b"END:", b"VAVAILABILITY", b"AVAILABLE", b"VEVENT", b"VTIMEZONE", b"STANDARD", b"VCALENDAR"),
        *(b"\r\n", b"\n ", b"\n", b";", b":", b"=", b",", b'"', b"\\", b"\x00", b"\xff", b"-", b"Z", b"T", b"9" * 30),
        *(b"DTSTART:", b"DTEND:", b"DURATION:PT", b"RRULE:FREQ=", b"EXDATE:", b"RDATE;VALUE=PERIOD:", b"EXRULE:"),
        *(
            b"PRIORITY:",
            b"RECURRENCE-ID:",
            b"TZID=",
            b"TZOFFSETTO:",
            b"RANGE=",
            b"X-LIC-LOCATION:",
            b"UID:",
            b"TRANSP:",
        ),
        *(b"00010101T000000", b"99991231T235959Z", b"20260302", b"20260302T190000Z", b"P1D", b"-P1W", b"SECONDLY"),
        *(
            b"DAILY",
            b"MONTHLY",
            b";COUNT=",
            b";UNTIL=",
            b";BYDAY=",
            b"2MO",
            b"America/Lima",
            b"X-CHAMBA-HOURS-PER-WEEK:",
        ),
    ]
)


def is_read_or_refused(content: bytes, around: date = AROUND, zone: str = "America/Lima") -> None:
    """Nothing else may happen; what is read has hours."""
    try:
        found = availability_from_calendar(content, default_time_zone=zone, around=around)
    except InvalidInputError:
        return
    assert found.availability.windows


@given(content=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    is_read_or_refused(content)
    is_read_or_refused(b"BEGIN:VCALENDAR\n" + content + b"\nEND:VCALENDAR\n")


@st.composite
def mutations(draw: st.DrawFn) -> bytes:
    """A valid file, changed in some places."""
    content = WHOLE
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(content)))
        end = min(start + draw(st.integers(0, 60)), len(content))
        put = draw(st.binary(max_size=4) | TOKENS | st.just(content[start:end] * 2))
        content = content[:start] + put + content[end:]
    return content


@settings(max_examples=200, deadline=None)
@given(
    content=mutations(),
    around=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    zone=st.sampled_from(["America/Lima", "America/New_York", "Asia/Tokyo"]),
)
def test_any_change_of_a_valid_file_is_read_or_refused(content: bytes, around: date, zone: str) -> None:
    is_read_or_refused(content, around, zone)


VALUES = {
    b"DTSTART": (b"20260302T190000", b"20260302", b"20260303T000000Z", b"00010101T000000", b"99991231T235959Z", b""),
    b"DTEND": (b"20260302T230000", b"20260303", b"20260309T235900Z", b"99991231T000000", b"20260101"),
    b"DURATION": (b"PT4H", b"P1D", b"P3W", b"PT1S", b"-P1D", b"P", b"P999999999D", b"PT0S"),
    b"PRIORITY": (b"0", b"1", b"9", b"10", b""),
    b"RRULE": (
        *(b"FREQ=WEEKLY", b"FREQ=DAILY;COUNT=2147483647", b"FREQ=WEEKLY;BYDAY=MO,-1SU;WKST=SU", b"FREQ=SECONDLY"),
        *(b"FREQ=DAILY;INTERVAL=2147483647;COUNT=2147483647", b"FREQ=YEARLY;UNTIL=00010101", b"FREQ=MONTHLY;BYDAY=MO"),
        *(b"FREQ=WEEKLY;UNTIL=99991231T235959Z", b"FREQ=WEEKLY;UNTIL=00010101T000000Z", b"RSCALE=HEBREW;FREQ=DAILY"),
    ),
    b"RDATE": (b"", b"20261007,20261014,20261021,20261028", b"20261007T080000/PT3H", b"20261007/20261001", b"1/2/3"),
    b"EXDATE": (b"", b"20261007", b"20261007T190000,20261014T190000Z", b"99991231T235959Z,00010101T000000Z", b","),
    b"EXRULE": (b"FREQ=DAILY",),
    b"RECURRENCE-ID": (b"20261007", b"20261007T190000Z", b"00010101T000000"),
    b"UID": (b"1", b"2", b""),
}
PARAMETERS = st.sampled_from(
    [
        *(
            b"",
            b"",
            b";VALUE=DATE",
            b";TZID=America/New_York",
            b";TZID=Pacific/Apia",
            b';TZID="SA Pacific Standard Time"',
        ),
        *(b";TZID=Casa", b";TZID=America/Lima,Asia/Tokyo", b";RANGE=THISANDFUTURE", b";VALUE=PERIOD", b";TZID="),
    ]
)


def lines(*names: bytes) -> st.SearchStrategy[bytes]:
    """Lines of some names, mostly whole ones."""
    return st.sampled_from(names).flatmap(
        lambda name: st.builds(
            lambda parameters, value: name + parameters + b":" + value,
            PARAMETERS,
            st.sampled_from(VALUES[name]) | st.binary(max_size=12),
        )
    )


@settings(max_examples=150, deadline=None)
@given(
    stated=st.lists(lines(b"DTSTART", b"DTEND", b"DURATION", b"PRIORITY", b"RRULE"), max_size=2).map(b"\n".join),
    start=lines(b"DTSTART"),
    end=lines(b"DTEND", b"DURATION"),
    rest=st.lists(lines(b"RRULE", b"RDATE", b"EXDATE", b"EXRULE", b"RECURRENCE-ID", b"UID"), max_size=4).map(
        b"\n".join
    ),
)
def test_any_lines_in_an_availability_are_read_or_refused(stated: bytes, start: bytes, end: bytes, rest: bytes) -> None:
    available = b"\n".join([start, end, rest])
    is_read_or_refused(
        b"BEGIN:VCALENDAR\nBEGIN:VAVAILABILITY\n%b\nBEGIN:AVAILABLE\n%b\nEND:AVAILABLE\nEND:VAVAILABILITY\nEND:VCALENDAR\n"
        % (stated, available)
    )
    is_read_or_refused(WHOLE.replace(b"END:VCALENDAR", b"BEGIN:VEVENT\n%b\nEND:VEVENT\nEND:VCALENDAR" % available))


def test_a_line_that_is_taken_away_or_cut_never_promises_hours_by_being_read_in_part() -> None:
    """The rule's UNTIL stands in a folded line; without its fold the hours are left out."""
    start = "BEGIN:VCALENDAR\nBEGIN:VAVAILABILITY\nBEGIN:AVAILABLE\nDTSTART:20260101T080000\nDURATION:PT4H"
    end = "\nEND:AVAILABLE\nEND:VAVAILABILITY\nEND:VCALENDAR\n"
    for cut in ("\n;UNTIL=20260201", ";UNTIL\n=20260201", ";UNTIL=2026\n0201", ";\nUNTIL=20260201"):
        with pytest.raises(InvalidInputError):
            availability_from_calendar(f"{start}\nRRULE:FREQ=DAILY{cut}{end}".encode(), around=AROUND)
