"""Calendars as people's programs write them: each in `exports/` is of our own making, in that program's manner."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.schedules import Window, clock_text, parse_window
from store.importers.calendars.availability import ImportedAvailability, availability_from_calendar
from store.importers.calendars.notes import NoteKind

EXPORTS = Path(__file__).parent / "exports"
NAMED = (parse_window("mon-sat 06:00-24:00"),)
WEDNESDAY = date(2026, 10, 7)
TAKEN, LEFT, MOVES = NoteKind.EVENTS_TAKEN_OFF, NoteKind.EVENTS_LEFT_OUT, NoteKind.ZONE_MOVES


def read(name: str, around: date = WEDNESDAY) -> ImportedAvailability:
    """What is left of the named hours."""
    return availability_from_calendar((EXPORTS / name).read_bytes(), around=around, hours=NAMED)


def told(windows: tuple[Window, ...]) -> set[str]:
    """Windows as a person reads them."""
    return {
        f"{','.join(day.name.lower() for day in window.days)} "
        f"{clock_text(window.start_minute)}-{clock_text(window.end_minute)}"
        for window in windows
    }


WEEKDAYS = "mon,tue,wed,thu,fri"


@pytest.mark.parametrize(
    ("name", "windows", "kinds"),
    [
        pytest.param(
            "google.ics",
            {f"{WEEKDAYS} 06:00-08:00", f"{WEEKDAYS} 13:00-24:00", "sat 06:00-15:00", "sat 18:30-24:00"},
            {TAKEN, LEFT},
            id="Google: days left out, moved and cancelled; a birthday that is free; a dentist",
        ),
        pytest.param(
            "outlook-365.ics",
            {"mon,wed,thu,fri,sat 06:00-24:00", "tue 06:00-09:00", "tue 11:00-24:00"},
            {TAKEN, LEFT},
            id="Outlook 365: every seventh day, a lunch that is free, a holiday of two weeks, the last Friday",
        ),
        pytest.param(
            "outlook-customized-zone.ics",
            {"mon,tue,thu,sat 06:00-24:00", "wed 06:00-09:00", "wed 11:00-24:00", "fri 06:00-17:00", "fri 18:00-24:00"},
            {TAKEN, MOVES},
            id="Outlook: zones that only the file knows",
        ),
        pytest.param(
            "exchange-tzone.ics",
            {
                *("mon 06:00-08:00", "mon 10:00-24:00", "tue 06:00-15:00", "tue 16:00-24:00"),
                "wed,thu,fri,sat 06:00-24:00",
            },
            {TAKEN, MOVES},
            id="Exchange: zones that are addresses, with and without quotes",
        ),
        pytest.param(
            "apple.ics",
            {"mon,wed,fri 06:00-19:00", "mon,wed,fri 22:00-24:00", "tue,thu 06:00-24:00", "sat 06:00-18:00"},
            {TAKEN},
            id="Apple: quotes with colons, every second Saturday to 23:59",
        ),
        pytest.param(
            "thunderbird.ics",
            {
                *("mon 07:30-20:30", "mon,thu 06:00-06:30", "mon,thu 21:30-24:00", "tue,wed,fri,sat 06:00-24:00"),
                *("thu 07:30-10:00", "thu 12:00-20:30"),
            },
            {TAKEN},
            id="Thunderbird: a vendor's zone, periods, two hours of one rule, a task",
        ),
        pytest.param(
            "android-shifts.ics",
            {
                *("mon 06:00-14:00", "mon 18:00-24:00", "tue 06:00-08:00", "tue 12:00-24:00"),
                "wed,thu,fri,sat 06:00-24:00",
            },
            {TAKEN, LEFT},
            id="Android: shifts one by one, in UTC, line feeds alone",
        ),
        pytest.param(
            "free-busy.ics",
            {
                *("mon,wed 06:00-08:00", "mon,wed 10:00-24:00", "tue,fri,sat 06:00-24:00"),
                *("thu 06:00-15:00", "thu 16:00-19:00"),
            },
            {TAKEN},
            id="a server's free and busy times of one week",
        ),
        pytest.param(
            "nextcloud-availability.ics",
            {"mon,tue,thu,fri 18:00-24:00", "wed 18:00-19:00", "wed 21:00-24:00", "sat 06:00-24:00"},
            {TAKEN, MOVES},
            id="Nextcloud: availability to 23:59:59, and a choir in a zone of the file's own",
        ),
        pytest.param(
            "four-days-on-two-off.ics",
            {"mon,tue,wed,thu,fri,sat 06:00-08:00", "mon,tue,wed,thu,fri,sat 20:00-24:00"},
            {TAKEN},
            id="a rota of four days on and two off takes its hours of every day",
        ),
        pytest.param(
            "broken-generator.ics",
            {"mon,wed 06:00-08:00", "mon,wed 10:00-24:00", "tue,thu,fri,sat 06:00-24:00"},
            {NoteKind.CUT_OFF, NoteKind.UNREAD, NoteKind.UNKNOWN_ZONE, NoteKind.NO_END, TAKEN},
            id="a school's own generator: lines broken, ends missing, dates of another standard",
        ),
    ],
)
def test_what_is_left_of_the_hours_that_a_person_names(name: str, windows: set[str], kinds: set[NoteKind]) -> None:
    found = read(name)
    assert told(found.availability.windows) == windows
    assert {note.kind for note in found.notes} == kinds


def test_a_zone_of_the_files_own_is_told_as_its_clocks_are_then() -> None:
    summer, winter = read("exchange-tzone.ics"), read("exchange-tzone.ics", date(2026, 12, 2))
    assert {"mon 06:00-08:00", "mon 10:00-24:00"} <= told(summer.availability.windows)
    assert {"mon 06:00-09:00", "mon 11:00-24:00"} <= told(winter.availability.windows)


def test_what_has_ended_by_then_is_free_again() -> None:
    assert told(read("google.ics", date(2027, 1, 20)).availability.windows) == {
        f"{WEEKDAYS} 06:00-24:00",
        "sat 06:00-15:00",
        "sat 18:30-24:00",
    }
    over = read("android-shifts.ics", date(2026, 12, 2))
    assert told(over.availability.windows) == {"mon,tue,wed,thu,fri,sat 06:00-24:00"}
    assert {note.kind for note in over.notes} == {NoteKind.NO_EVENTS}


BUSY_EXPORTS = [path for path in sorted(EXPORTS.glob("*.ics")) if b"VAVAILABILITY" not in path.read_bytes()]


@pytest.mark.parametrize("path", BUSY_EXPORTS, ids=lambda path: path.stem)
def test_an_export_without_one_of_its_lines_is_read_all_the_same(path: Path) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    for number in range(1, len(lines), 2):
        content = b"".join(lines[:number] + lines[number + 1 :])
        assert availability_from_calendar(content, around=WEDNESDAY, hours=NAMED).availability.windows
