"""Whatever is wrong with a calendar file is said with its line, costs nothing and repeats nothing private."""

from __future__ import annotations

import sys
from datetime import date
from types import FrameType

import pytest

from engine.errors import InvalidInputError
from store.importers.calendars.availability import availability_from_calendar

WEDNESDAY = date(2026, 10, 7)
HOURS = "DTSTART:20260302T190000\nDTEND:20260302T230000\nRRULE:FREQ=DAILY"
PRIVATE = "Rosa Quispe 45678912"


def file(available: str = HOURS, *, lines: str = "", parts: str = "") -> bytes:
    """A calendar of 6 lines before those of its one AVAILABLE, after any `lines` of its VAVAILABILITY."""
    return (
        f"BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VAVAILABILITY\nUID:a\n{lines}BEGIN:AVAILABLE\nUID:b\n{available}\n"
        f"END:AVAILABLE\nEND:VAVAILABILITY\n{parts}END:VCALENDAR\n"
    ).encode()


def refusal(content: bytes, zone: str = "America/Lima", around: date = WEDNESDAY) -> InvalidInputError:
    """The error that a file is refused with."""
    with pytest.raises(InvalidInputError) as refused:
        availability_from_calendar(content, default_time_zone=zone, around=around)
    assert refused.value.message
    assert refused.value.expected
    return refused.value


def test_the_file_that_refusals_are_made_of_is_itself_read() -> None:
    assert availability_from_calendar(file(), around=WEDNESDAY).availability.windows


@pytest.mark.parametrize(
    ("available", "line"),
    [
        ("DTSTART:mañana\nDURATION:PT1H\nRRULE:FREQ=DAILY", 7),
        ("DTSTART:20261332T190000\nDURATION:PT1H\nRRULE:FREQ=DAILY", 7),
        ("DTSTART:20260302T250000\nDURATION:PT1H\nRRULE:FREQ=DAILY", 7),
        ("DTSTART:P1D\nDURATION:PT1H\nRRULE:FREQ=DAILY", 7),
        ("DTSTART:20260302T190000-0500\nDURATION:PT1H\nRRULE:FREQ=DAILY", 7),
        ("DTSTART:20260302T190000\nDTSTART:20260302T190000\nDURATION:PT1H", 8),
        ("DTSTART:20260302T190000\nDTEND:20260302T190000\nRRULE:FREQ=DAILY", 8),
        ("DTSTART:20260302T190000\nDTEND:20260302T180000\nRRULE:FREQ=DAILY", 8),
        ("DTSTART:20260302T190000\nDTEND:20260302T200000\nDURATION:PT1H\nRRULE:FREQ=DAILY", 9),
        ("DTSTART:20260302T190000\nDURATION:-PT1H\nRRULE:FREQ=DAILY", 8),
        ("DTSTART:20260302T190000\nDURATION:P\nRRULE:FREQ=DAILY", 8),
        ("DTSTART:20260302T190000\nDURATION:P99999999999999999999W\nRRULE:FREQ=DAILY", 8),
        (f"DTSTART:20260302T190000\nDURATION:P{'9' * 5000}D\nRRULE:FREQ=DAILY", 8),
        ("DTSTART;TZID=Casa:20260302T190000\nDURATION:PT1H\nRRULE:FREQ=DAILY", 7),
        (f"DTSTART;TZID={'a/' * 500}:20260302T190000\nDURATION:PT1H\nRRULE:FREQ=DAILY", 7),
        ("DTSTART;TZID=../../etc/passwd:20260302T190000\nDURATION:PT1H\nRRULE:FREQ=DAILY", 7),
        ("SUMMARY:sin inicio\nRRULE:FREQ=DAILY", 5),
        (f"{HOURS}\nRRULE:FREQ=WEEKLY", 10),
        (f"{HOURS}\nRDATE:20261010T080000,hoy", 10),
        (f"{HOURS}\nRDATE;VALUE=PERIOD:20261010T080000/20261010T070000", 10),
        (f"{HOURS}\nEXDATE:2026", 10),
        (f"{HOURS}\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261010T190000", 10),
        (f"{HOURS}\nesto no es una propiedad", 10),
        (f"{HOURS}\n:sin nombre", 10),
        ("DTSTART;VALUE:20260302T190000\nDURATION:PT1H", 7),
        ("DTSTART:20260302T1\n 90000\nDURATION:nada", 9),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(available: str, line: int) -> None:
    error = refusal(file(available))
    assert error.got == f"line {line}"
    assert error.fix


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "BYDAY=MO",
        "FREQ=",
        "FREQ=SEMANAL",
        "FREQ=DAILY,WEEKLY;COUNT=0",
        "FREQ=WEEKLY;BYDAY=LU",
        "FREQ=WEEKLY;BYDAY=",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;INTERVAL=-1",
        "FREQ=WEEKLY;COUNT=0",
        "FREQ=WEEKLY;COUNT=dos",
        "FREQ=WEEKLY;COUNT=99999999999999999999",
        "FREQ=WEEKLY;COUNT=1,2",
        "FREQ=WEEKLY;UNTIL",
        "FREQ=WEEKLY;UNTIL=",
        "FREQ=WEEKLY;UNTIL=ayer",
        "FREQ=WEEKLY;UNTIL=P1D",
        "FREQ=WEEKLY;UNTIL=20260101;UNTIL=20290101",
        "FREQ=WEEKLY;=MO",
        "FREQ=WEEKLY;;BYDAY=MO",
        "FREQ=WEEKLY;X",
        f"FREQ=WEEKLY;BYDAY={','.join(['MO'] * 500)}",
    ],
)
def test_a_rule_that_is_none_is_refused_and_never_read_in_part(rule: str) -> None:
    error = refusal(file(f"DTSTART:20260302T190000\nDTEND:20260302T230000\nRRULE:{rule}"))
    assert error.got == "line 9"
    assert "RRULE" in error.message


@pytest.mark.parametrize(
    "lines",
    [
        "PRIORITY:10\n",
        "PRIORITY:alta\n",
        "PRIORITY:\n",
        "DURATION:P1D\n",
        "RRULE:FREQ=WEEKLY\n",
        "RDATE:20261010\n",
        "DTSTART:20260301T000000\nDTEND:20260301T000000\n",
        "DTSTART:20260301T000000\nDTEND:20261001T000000\nDURATION:P1D\n",
    ],
)
def test_a_vavailability_that_contradicts_itself_is_refused(lines: str) -> None:
    assert refusal(file(lines=lines)).got.startswith("line ")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b"\r\n\r\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"hola", "no property"),
        (b"\x00\xff\xfe", "no property"),
        (file().decode().encode("utf-16"), "no property"),
        (b"BEGIN:VCARD\nEND:VCARD\n", "no calendar"),
        (b"VERSION:2.0\n", "outside"),
        (b"END:VCALENDAR\n", "not begun"),
        (b" BEGIN:VCALENDAR\n", "no property"),
        (file().removesuffix(b"END:VCALENDAR\n"), "cut off"),
        (file().replace(b"END:AVAILABLE\n", b""), "not begun"),
        (file(parts="BEGIN:AVAILABLE\nEND:AVAILABLE\n"), "where it cannot"),
        (file("BEGIN:VAVAILABILITY\nEND:VAVAILABILITY"), "where it cannot"),
        (file("DTSTART;TZID=\xff:1").replace("\xff".encode(), b"\xff"), "cannot be read"),
        (file(parts="BEGIN:X-CAJA\n" * 9 + "END:X-CAJA\n" * 9), "too much"),
        (file(parts="BEGIN:VEVENT\nEND:VEVENT\n" * 2000), "too much"),
        (file(parts="X-RELLENO:" + "a" * 300_000 + "\n"), "too large"),
        (file(f"{HOURS}\nEXDATE:{','.join(['20261010'] * 5000)}"), "too many dates"),
        (file(f"{HOURS}\nEND:AVAILABLE\nBEGIN:AVAILABLE\n" * 301 + HOURS), "repeats too much"),
    ],
)
def test_a_file_that_is_no_calendar_or_too_much_of_one_is_refused(content: bytes, message: str) -> None:
    assert message in refusal(content).message


def test_many_changes_of_many_hours_of_one_name_are_refused() -> None:
    changed = f"UID:c\n{HOURS.replace('RRULE:FREQ=DAILY', 'RECURRENCE-ID:20261010')}\nEND:AVAILABLE\nBEGIN:AVAILABLE\n"
    hours = f"UID:c\n{HOURS}\nEND:AVAILABLE\nBEGIN:AVAILABLE\n"
    content = file(f"{HOURS}\nEND:AVAILABLE\nBEGIN:AVAILABLE\n{(changed + hours) * 100}{HOURS}")
    assert "changes too many" in refusal(content).message


def test_many_zones_are_refused() -> None:
    zones = ("Africa/Lagos", "America/Lima", "Asia/Tokyo", "Europe/Rome")
    zoned = "".join(
        f"DTSTART;TZID=/v{number}/{zones[number % 4]}:20260302T190000\nDURATION:PT1H\nRRULE:FREQ=DAILY\n"
        "END:AVAILABLE\nBEGIN:AVAILABLE\n"
        for number in range(60)
    )
    assert "time zone" in refusal(file(zoned + HOURS)).message


@pytest.mark.parametrize(
    "available",
    [
        "DTSTART:20260302T190000\nDTEND:20260302T230000",
        f"{HOURS};UNTIL=20260401",
        "DTSTART:20260302T190000\nRRULE:FREQ=DAILY",
    ],
)
def test_no_free_hour_is_refused_rather_than_taken_as_any_time(available: str) -> None:
    error = refusal(file(available))
    assert "no usual week" in error.message
    assert "Hours" in error.got or "hours" in error.got


def test_a_week_in_fifty_pieces_and_more_is_refused() -> None:
    pieces = "".join(
        f"DTSTART:20260302T{hour:02}{minute:02}00\nDURATION:PT7M\nRRULE:FREQ=DAILY\nEND:AVAILABLE\nBEGIN:AVAILABLE\n"
        for hour in range(19)
        for minute in (0, 20, 40)
    )
    assert refusal(file(f"{pieces}{HOURS}")).got.startswith("58 windows")


def test_a_calendar_of_events_says_what_it_holds_and_what_to_export_instead() -> None:
    weekly = "BEGIN:VEVENT\nDTSTART:20260302T080000\nDTEND:20260302T130000\nRRULE:FREQ=WEEKLY\nEND:VEVENT\n"
    single = "BEGIN:VEVENT\nDTSTART:20260302T080000\nDTEND:20260302T130000\nEND:VEVENT\n"
    free = weekly.replace("END:VEVENT", "TRANSP:TRANSPARENT\nEND:VEVENT")
    error = refusal(f"BEGIN:VCALENDAR\n{weekly}{single}{free}END:VCALENDAR\n".encode())
    assert "when the person is free" in error.message
    assert error.expected.startswith("VAVAILABILITY")
    assert error.got.startswith("3 events, 1 of them busy")
    assert "export" in error.fix
    assert refusal(b"BEGIN:VCALENDAR\nEND:VCALENDAR\n").got.startswith("0 events")


@pytest.mark.parametrize(
    "lines",
    [
        "RRULE:FREQ=HOURLY",
        "RRULE:FREQ=DAILY;BYHOUR=8,12",
        "RRULE:FREQ=WEEKLY\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261010",
        "RRULE:FREQ=WEEKLY\nDURATION:PT1H",
    ],
)
def test_a_busy_event_that_cannot_be_told_is_refused_since_free_hours_would_be_guessed(lines: str) -> None:
    busy = f"BEGIN:VEVENT\nDTSTART:20260302T200000\nDTEND:20260302T210000\n{lines}\nEND:VEVENT\n"
    assert refusal(file(parts=busy)).got.startswith("line ")


@pytest.mark.parametrize("hours", ["0", "-4", "169", "nan", "inf", "muchas"])
def test_a_limit_of_hours_a_week_that_is_none_is_refused(hours: str) -> None:
    assert "HOURS-PER-WEEK" in refusal(file(parts=f"X-CHAMBA-HOURS-PER-WEEK:{hours}\n")).message


def test_a_zone_or_a_day_that_the_caller_gets_wrong_is_refused() -> None:
    assert refusal(file(), zone="Lima").field == "time_zone"
    assert refusal(file(), around=date(9999, 12, 31)).field == "around"


def test_nothing_private_is_repeated() -> None:
    for available in (f"DTSTART:{PRIVATE}", f"{HOURS}\nRRULE:{PRIVATE}", PRIVATE, f"DTSTART;TZID={PRIVATE}:20260302"):
        error = refusal(file(f"SUMMARY:{PRIVATE}\n{available}\nDURATION:{PRIVATE}"))
        assert "Rosa" not in f"{error} {error.field}"


def calls_of(content: bytes) -> int:
    """How many functions are called to read a file."""
    calls = 0

    def count(_frame: FrameType, happening: str, _argument: object) -> None:
        nonlocal calls
        calls += happening == "call"

    sys.setprofile(count)
    try:
        availability_from_calendar(content, around=WEDNESDAY)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize(
    "bomb",
    [
        "FREQ=SECONDLY",
        "FREQ=SECONDLY;COUNT=2147483647",
        "FREQ=MINUTELY;UNTIL=99991231T235959Z",
        "FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=2",
        "FREQ=DAILY;BYSECOND=0,1,2,3,4,5;BYMINUTE=0,1,2,3,4,5;COUNT=2147483647",
    ],
)
def test_a_rule_without_end_costs_what_any_other_rule_costs(bomb: str) -> None:
    def content(rule: str, start: str) -> bytes:
        zone = (
            f"BEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:{start}\nRRULE:{rule}\nTZOFFSETTO:-0500\nEND:STANDARD\n"
        )
        bombed = f"DTSTART;TZID=X:{start}\nDURATION:PT1S\nRRULE:{rule}\nEND:AVAILABLE\nBEGIN:AVAILABLE\n{HOURS}"
        return file(bombed, parts=f"{zone}END:VTIMEZONE\n")

    plain = calls_of(content("FREQ=MONTHLY", "20260101T000000"))
    assert calls_of(content(bomb, "00010101T000000")) < plain + 200


def test_far_ends_of_the_calendar_cost_what_near_ones_cost() -> None:
    near = f"{HOURS};COUNT=4000"
    far = HOURS.replace("2026", "0001") + ";COUNT=2147483647"
    long = HOURS.replace("DTEND:20260302T230000", "DURATION:P999999999D").replace("DAILY", "WEEKLY")
    assert calls_of(file(far)) < calls_of(file(near)) + 200
    assert calls_of(file(long)) < calls_of(file(near)) + 200


def test_a_zone_that_one_file_declares_is_unknown_in_the_next() -> None:
    zoned = "DTSTART;TZID=Casa:20260302T190000\nDURATION:PT1H\nRRULE:FREQ=DAILY"
    zone = "BEGIN:VTIMEZONE\nTZID:Casa\nBEGIN:STANDARD\nTZOFFSETTO:{}\nEND:STANDARD\nEND:VTIMEZONE\n"
    assert availability_from_calendar(file(zoned, parts=zone.format("-0500")), around=WEDNESDAY).availability.windows
    assert "time zone" in refusal(file(zoned)).message
    for offset in ("nada", "+9900", "-0500\nTZOFFSETTO:-0400"):
        assert "time zone" in refusal(file(zoned, parts=zone.format(offset))).message
