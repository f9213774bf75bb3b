"""Busy events are taken off the hours that a person names as a slow reading takes them off, minute by minute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.errors import InvalidInputError
from engine.schedules import Window, parse_window
from engine.slots import local_minutes
from store.importers.calendars.availability import availability_from_calendar
from store.importers.calendars.notes import NoteKind
from tests.store.importers.calendars.drawn_rules import FIRSTS, rules

MINUTE, WEEK = timedelta(minutes=1), timedelta(weeks=1)
MONDAY = date(2026, 10, 5)
LIMA = ZoneInfo("America/Lima")
BEGIN = datetime(2026, 9, 7, tzinfo=LIMA)  # four weeks before
END = BEGIN + 12 * WEEK
HOURS = (parse_window("mon-sat 06:00-24:00"), parse_window("sun 10:00-14:00"))


@dataclass(frozen=True)
class Event:
    """A VEVENT; `zone` None is floating. `moved` are starts by their changes, None where they are cancelled."""

    zone: str | None
    first: datetime
    length: timedelta
    rule: str
    left_out: tuple[datetime, ...]
    added: tuple[tuple[datetime, timedelta], ...]
    moved: tuple[tuple[datetime, datetime | None], ...]

    def text(self, uid: int) -> str:
        """The event and its changes as a file writes them."""
        rule = f"RRULE:{self.rule}\n" if self.rule else ""
        parts = [f"UID:{uid}\n{self._at('DTSTART', self.first)}{self._length(self.first)}{rule}"]
        parts[0] += "".join(self._at("EXDATE", one) for one in self.left_out)
        for start, length in self.added:
            is_utc = self.zone == "UTC"
            period = f"{start:%Y%m%dT%H%M%S}{'Z' if is_utc else ''}/PT{length // MINUTE}M"
            zone = "" if self.zone is None or is_utc else f";TZID={self.zone}"
            parts[0] += f"RDATE;VALUE=PERIOD{zone}:{period}\n"
        for start, to in self.moved:
            change = self._at("RECURRENCE-ID", start) + self._at("DTSTART", to or start) + self._length(to or start)
            parts.append(f"UID:{uid}\n{change}{'' if to else 'STATUS:CANCELLED'}\n")
        return "".join(f"BEGIN:VEVENT\n{part}END:VEVENT\n" for part in parts)

    def _at(self, name: str, wall: datetime) -> str:
        if self.zone in (None, "UTC"):
            return f"{name}:{wall:%Y%m%dT%H%M%S}{'Z' if self.zone else ''}\n"
        return f"{name};TZID={self.zone}:{wall:%Y%m%dT%H%M%S}\n"

    def _length(self, start: datetime) -> str:
        return self._at("DTEND", start + self.length)

    def spans(self) -> list[tuple[datetime, datetime]]:
        """When it takes place, by expanding its rule."""
        lasts = to_midnight(self.first + self.length) - self.first
        starts = [(self.first, lasts)]
        if self.rule:
            near = (datetime(2026, 8, 20), datetime(2026, 12, 10))
            starts = [(one, lasts) for one in rrulestr(self.rule, dtstart=self.first).between(*near, inc=True)]
        away = {*self.left_out, *(start for start, _ in self.moved)}
        held = [(start, start + length) for start, length in starts if start not in away]
        held += [(start, to_midnight(start + length)) for start, length in self.added if start not in away]
        held += [(to, to_midnight(to + self.length)) for _, to in self.moved if to]
        zone = ZoneInfo(self.zone) if self.zone else LIMA
        return [(start.replace(tzinfo=zone), end.replace(tzinfo=zone)) for start, end in held]


def to_midnight(end: datetime) -> datetime:
    """The end of the day for an end at 23:59."""
    return end + MINUTE if (end.hour, end.minute) == (23, 59) else end


def busy_weeks(events: list[Event]) -> NDArray[np.bool_]:
    """The busy minutes of the twelve weeks, minute by minute, `[12, 10080]`."""
    busy = np.zeros((12, 10_080), np.bool_)
    for start, end in (span for event in events for span in event.spans()):
        moment = max(start.astimezone(UTC), BEGIN.astimezone(UTC))
        while moment < min(end.astimezone(UTC), END.astimezone(UTC)):
            week, minute = divmod(round((moment - BEGIN) / MINUTE), 10_080)
            busy[week, minute] = True
            moment += MINUTE
    return busy


def is_usual(weeks: list[int]) -> bool:
    """Whether hours of these weeks come back: three times at least, no gap longer than three, one still to come."""
    returns = sum(any(0 < later - week <= 3 for later in weeks) for week in weeks)
    return returns >= 2 and any(week >= 4 for week in weeks)


def minutes_left(events: list[Event]) -> NDArray[np.bool_]:
    """The named minutes that are not usually busy; the last before 23:59 is lost where 23:59 itself is busy."""
    busy, left = busy_weeks(events), local_minutes(HOURS)
    for minute in np.flatnonzero(busy.any(axis=0)).tolist():
        left[minute] &= not is_usual(np.flatnonzero(busy[:, minute]).tolist())
    for last in range(1439, 10_080, 1440):
        left[last - 1] &= left[last]
    return left


@st.composite
def events(draw: st.DrawFn) -> Event:
    """An event, most often one that repeats near the weeks that are read."""
    first = draw(FIRSTS | st.integers(0, 80 * 24 * 4).map(lambda quarter: datetime(2026, 9, 7) + quarter * 15 * MINUTE))
    rule = draw(rules() | st.sampled_from(["", "FREQ=WEEKLY", "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,WE,FR"]))
    near = [first + number * WEEK for number in draw(st.lists(st.integers(0, 160), max_size=3))]
    added = draw(st.lists(st.integers(0, 11), max_size=8, unique=True))
    start = datetime(2026, 9, 8, draw(st.integers(0, 23)))
    moved = draw(st.lists(st.integers(130, 160), max_size=2, unique=True)) if rule else []
    return Event(
        zone=draw(st.sampled_from([None, "UTC", "America/Lima", "Asia/Tokyo"])),
        first=first,
        length=draw(st.integers(1, 40)) * 15 * MINUTE + draw(st.sampled_from([0, 0, 1, 14])) * MINUTE,
        rule=rule,
        left_out=tuple(near),
        added=tuple((start + number * WEEK, timedelta(minutes=45)) for number in added),
        moved=tuple(
            (first + number * WEEK, draw(st.none() | st.just(first + number * WEEK + timedelta(hours=30))))
            for number in moved
        ),
    )


BUSY_FROM_23_59 = Event(None, datetime(2024, 1, 1, 23, 59), 15 * MINUTE, "FREQ=DAILY", (), (), ())


@settings(max_examples=60, deadline=None)
@given(drawn=st.lists(events(), min_size=1, max_size=4))
@example(drawn=[BUSY_FROM_23_59])
def test_busy_events_are_taken_off_as_a_slow_reading_takes_them_off(drawn: list[Event]) -> None:
    text = "".join(event.text(number) for number, event in enumerate(drawn))
    content = f"BEGIN:VCALENDAR\n{text}END:VCALENDAR\n".encode()
    left = minutes_left(drawn)
    try:
        found = availability_from_calendar(content, around=MONDAY, hours=HOURS)
    except InvalidInputError:
        assert not left.any()
        return
    kinds = {note.kind for note in found.notes}
    assert not kinds & {NoteKind.UNREAD, NoteKind.TOO_MUCH, NoteKind.UNKNOWN_ZONE}
    if NoteKind.PIECES not in kinds:
        np.testing.assert_array_equal(local_minutes(found.availability.windows), left)


@pytest.mark.parametrize(
    ("weeks", "taken"),
    [
        ([0, 1, 2, 3], False),
        ([4], False),
        ([4, 5], False),
        ([4, 5, 6], True),
        ([2, 3, 4], True),
        ([0, 3, 6, 9], True),
        ([0, 4, 8], False),
        ([3, 7, 11], False),
        ([5, 7, 9, 11], True),
    ],
)
def test_single_events_count_where_they_come_back(weeks: list[int], taken: bool) -> None:
    starts = [datetime(2026, 9, 9, 15) + week * WEEK for week in weeks]
    singles = "".join(
        f"BEGIN:VEVENT\nUID:{number}\nDTSTART:{start:%Y%m%dT%H%M%S}\nDURATION:PT2H\nEND:VEVENT\n"
        for number, start in enumerate(starts)
    )
    found = availability_from_calendar(
        f"BEGIN:VCALENDAR\n{singles}END:VCALENDAR\n".encode(), around=MONDAY, hours=[parse_window("wed 08:00-20:00")]
    )
    whole = (parse_window("wed 08:00-20:00"),)
    assert found.availability.windows == (both_sides() if taken else whole)


def both_sides() -> tuple[Window, ...]:
    """Wednesday without 15:00 to 17:00."""
    return parse_window("wed 08:00-15:00"), parse_window("wed 17:00-20:00")
