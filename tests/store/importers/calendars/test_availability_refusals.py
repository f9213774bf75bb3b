"""What of a calendar file cannot be read is left out and said, or the file is refused in words; nothing private is
repeated, and nothing costs more than it should."""

from __future__ import annotations

import sys
from datetime import date
from types import FrameType

import pytest

from engine.errors import InvalidInputError
from engine.explain import Locale
from engine.schedules import Weekday, Window
from store.importers.calendars.availability import ImportedAvailability, availability_from_calendar, hours_named
from store.importers.calendars.notes import NoteKind

WEDNESDAY = date(2026, 10, 7)
HOURS = "DTSTART:20260302T190000\nDTEND:20260302T230000\nRRULE:FREQ=DAILY"
EVENINGS = Window(tuple(Weekday), 19 * 60, 23 * 60)
PRIVATE = "Rosa Quispe 45678912"


def file(available: str = HOURS, *, lines: str = "", parts: str = "") -> bytes:
    """A calendar with one AVAILABLE, after any `lines` of its VAVAILABILITY and before other `parts`."""
    return (
        f"BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VAVAILABILITY\nUID:a\n{lines}BEGIN:AVAILABLE\nUID:b\n{available}\n"
        f"END:AVAILABLE\nEND:VAVAILABILITY\n{parts}END:VCALENDAR\n"
    ).encode()


def and_evenings(available: str) -> bytes:
    """A calendar with an AVAILABLE, and one of every evening."""
    return file(f"{available}\nEND:AVAILABLE\nBEGIN:AVAILABLE\nUID:noches\n{HOURS}")


def read(content: bytes) -> ImportedAvailability:
    """What a file says."""
    return availability_from_calendar(content, around=WEDNESDAY)


def refusal(content: bytes, zone: str = "America/Lima", around: date = WEDNESDAY) -> InvalidInputError:
    """The error that a file is refused with."""
    with pytest.raises(InvalidInputError) as refused:
        availability_from_calendar(content, default_time_zone=zone, around=around)
    assert refused.value.message
    assert refused.value.expected
    return refused.value


@pytest.mark.parametrize(
    ("available", "kind"),
    [
        ("DTSTART:mañana\nDURATION:PT1H\nRRULE:FREQ=DAILY", NoteKind.UNREAD),
        ("DTSTART:20261332T190000\nDURATION:PT1H\nRRULE:FREQ=DAILY", NoteKind.UNREAD),
        ("DTSTART:20260302T250000\nDURATION:PT1H\nRRULE:FREQ=DAILY", NoteKind.UNREAD),
        ("DTSTART:P1D\nDURATION:PT1H\nRRULE:FREQ=DAILY", NoteKind.UNREAD),
        ("DTSTART:20260302T190000-0500\nDURATION:PT1H\nRRULE:FREQ=DAILY", NoteKind.UNREAD),
        ("DTSTART:20260302T190000\nDTSTART:20260302T190000\nDURATION:PT1H", NoteKind.UNREAD),
        ("DTSTART:20260302T190000\nDTEND:20260302T190000\nRRULE:FREQ=DAILY", NoteKind.UNREAD),
        ("DTSTART:20260302T190000\nDTEND:20260302T180000\nRRULE:FREQ=DAILY", NoteKind.UNREAD),
        ("DTSTART:20260302T190000\nDTEND:20260302T200000\nDURATION:PT1H\nRRULE:FREQ=DAILY", NoteKind.UNREAD),
        ("DTSTART:20260302T190000\nDURATION:-PT1H\nRRULE:FREQ=DAILY", NoteKind.UNREAD),
        ("DTSTART:20260302T190000\nDURATION:P\nRRULE:FREQ=DAILY", NoteKind.UNREAD),
        ("DTSTART:20260302T190000\nDURATION:P99999999999999999999W\nRRULE:FREQ=DAILY", NoteKind.UNREAD),
        (f"DTSTART:20260302T190000\nDURATION:P{'9' * 5000}D\nRRULE:FREQ=DAILY", NoteKind.UNREAD),
        ("DTSTART;TZID=Casa:20260302T190000\nDURATION:PT1H\nRRULE:FREQ=DAILY", NoteKind.UNKNOWN_ZONE),
        (f"DTSTART;TZID={'a/' * 500}:20260302T190000\nDURATION:PT1H\nRRULE:FREQ=DAILY", NoteKind.UNKNOWN_ZONE),
        ("DTSTART;TZID=../../etc/passwd:20260302T190000\nDURATION:PT1H\nRRULE:FREQ=DAILY", NoteKind.UNKNOWN_ZONE),
        ("SUMMARY:sin inicio\nRRULE:FREQ=DAILY", NoteKind.UNREAD),
        (f"{HOURS}\nRRULE:FREQ=WEEKLY", NoteKind.UNREAD),
        (f"{HOURS}\nRDATE:20261010T080000,hoy", NoteKind.UNREAD),
        (f"{HOURS}\nRDATE;VALUE=PERIOD:20261010T080000/20261010T070000", NoteKind.UNREAD),
        (f"{HOURS}\nEXDATE:2026", NoteKind.UNREAD),
        (f"{HOURS};BYSETPOS=1", NoteKind.UNREAD),
        (f"{HOURS}\nesto no es una propiedad", NoteKind.UNREAD),
        (f"{HOURS}\n:sin nombre", NoteKind.UNREAD),
        ("DTSTART;VALUE:20260302T190000\nDURATION:PT1H", NoteKind.UNREAD),
        ("DTSTART:20260302T1\n 90000\nDURATION:nada", NoteKind.UNREAD),
        ("DTSTART:20260302T190000\nRRULE:FREQ=DAILY", NoteKind.NO_END),
    ],
)
def test_free_hours_that_cannot_be_read_are_left_out_and_said(available: str, kind: NoteKind) -> None:
    found = read(and_evenings(available))
    assert found.availability.windows == (EVENINGS,)
    assert {note.kind for note in found.notes} == {kind}
    alone = refusal(file(available))
    assert alone.field == "calendar"
    assert alone.got == found.notes[0].text


def test_hours_that_change_from_a_date_on_are_doubtful() -> None:
    changed = HOURS.replace("T19", "T07")
    later = "UID:b\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261010T070000\nDTSTART:20261010T080000\nDURATION:PT1H"
    found = read(and_evenings(f"{changed}\nEND:AVAILABLE\nBEGIN:AVAILABLE\n{later}"))
    assert found.availability.windows == (EVENINGS,)
    assert NoteKind.UNREAD in {note.kind for note in found.notes}


@pytest.mark.parametrize(
    "lines",
    [
        "PRIORITY:10\n",
        "PRIORITY:alta\n",
        "DURATION:P1D\n",
        "RRULE:FREQ=WEEKLY\n",
        "RDATE:20261010\n",
        "DTSTART:20260301T000000\nDTEND:20260301T000000\n",
        "DTSTART:hoy\n",
    ],
)
def test_a_vavailability_that_cannot_be_read_is_left_out_and_said(lines: str) -> None:
    assert "no pudimos leer" in refusal(file(lines=lines)).got


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no es un calendario"),
        (b"\r\n\r\n", "no es un calendario"),
        (b"\xef\xbb\xbf", "no es un calendario"),
        (b"hola", "no es un calendario"),
        (b"PK\x03\x04\x14\0BEGIN:VCALENDAR\n", "es un .zip"),
        (b"\x00\xff\xfe", "no es un calendario"),
        (b"BEGIN:VCARD\nEND:VCARD\n", "no es un calendario"),
        (b"VERSION:2.0\n", "no es un calendario"),
        (b"END:VCALENDAR\n", "no es un calendario"),
        (b"BEGIN:VEVENT\nDTSTART:20261010\nEND:VEVENT\n", "no es un calendario"),
        (file(parts="BEGIN:X-CAJA\n" * 9 + "END:X-CAJA\n" * 9), "contiene demasiado"),
        (file(parts="BEGIN:VEVENT\nEND:VEVENT\n" * 20_000), "contiene demasiado"),
        (file(parts="X-RELLENO:" + "a" * 8_500_000 + "\n"), "demasiado grande"),
    ],
)
def test_a_file_that_is_no_calendar_or_too_much_of_one_is_refused(content: bytes, message: str) -> None:
    error = refusal(content)
    assert message in error.message
    assert error.fix
    with pytest.raises(InvalidInputError, match=r"the (file|calendar)"):
        availability_from_calendar(content, around=WEDNESDAY, locale=Locale.EN)


@pytest.mark.parametrize(
    ("content", "kinds"),
    [
        (file().removesuffix(b"END:VCALENDAR\n"), {NoteKind.CUT_OFF}),
        (file().decode().encode("utf-16"), set()),
        (b"\xef\xbb\xbf" + file(), set()),
        (file().replace(b"\n", b"\r"), set()),
        (file().replace(b"\n", b"\r\n\r\n"), set()),
        (file() + file(HOURS.replace("T19", "T18")), {NoteKind.EQUAL_PRIORITY}),
        (file(parts="END:VEVENT\nBEGIN:VTODO\nEND:VTODO\nAVAILABLE\n"), set()),
        (file(parts=f"BEGIN:AVAILABLE\n{HOURS.replace('T19', 'T01')}\nEND:AVAILABLE\n"), set()),
        (file(parts="BEGIN:VEVENT\nSUMMARY:sin fin\nBEGIN:VEVENT\nEND:VEVENT\n"), {NoteKind.UNREAD}),
        (file("DTSTART:20260302T190000\nSUMMARY:\xff\nDTEND:20260302T230000\nRRULE:FREQ=DAILY"), set()),
    ],
)
def test_files_with_faults_around_their_hours_are_read(content: bytes, kinds: set[NoteKind]) -> None:
    found = read(content)
    assert found.availability.windows == (EVENINGS,)
    assert {note.kind for note in found.notes} == kinds


def test_available_hours_whose_end_is_missing_are_doubtful() -> None:
    assert "no pudimos leer" in refusal(file().replace(b"END:AVAILABLE\n", b"")).got


def test_many_zones_and_dates_are_not_read_without_end() -> None:
    zones = ("Africa/Lagos", "America/Lima", "Asia/Tokyo", "Europe/Rome")
    zoned = "".join(
        f"DTSTART;TZID=/v{number}/{zones[number % 4]}:20260302T190000\nDURATION:PT1H\nRRULE:FREQ=DAILY\n"
        "END:AVAILABLE\nBEGIN:AVAILABLE\n"
        for number in range(60)
    )
    assert NoteKind.UNKNOWN_ZONE in {note.kind for note in read(file(zoned + HOURS)).notes}
    dates = f"{HOURS.replace('T19', 'T07')}\nEXDATE:{','.join(['20261010'] * 25_000)}"
    assert {note.kind for note in read(and_evenings(dates)).notes} == {NoteKind.TOO_MUCH}


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
    assert "ninguna hora libre" in error.message
    assert "Horarios" in error.got


def test_of_a_week_in_too_many_pieces_the_longest_count() -> None:
    pieces = [
        f"DTSTART:20260302T{hour:02}{minute:02}00\nDURATION:PT{5 + hour % 3}M\nRRULE:FREQ=DAILY"
        for hour in range(19)
        for minute in (0, 20, 40)
    ]
    found = read(file("\nEND:AVAILABLE\nBEGIN:AVAILABLE\n".join([*pieces, HOURS])))
    assert len(found.availability.windows) == 50
    assert EVENINGS in found.availability.windows
    assert [note.kind for note in found.notes] == [NoteKind.PIECES]
    assert found.notes[0].text.endswith("8.")


@pytest.mark.parametrize("hours", ["0", "-4", "169", "nan", "inf", "muchas"])
def test_a_limit_of_hours_a_week_that_is_none_is_passed_over(hours: str) -> None:
    assert read(file(parts=f"X-CHAMBA-HOURS-PER-WEEK:{hours}\n")).availability.hours_per_week is None


def test_a_zone_or_a_day_that_the_caller_gets_wrong_is_refused() -> None:
    assert refusal(file(), zone="Lima").field == "time_zone"
    assert refusal(file(), around=date(9999, 12, 31)).field == "around"


@pytest.mark.parametrize(
    "text", ["", "lun-vie", "lun-vie 8-18", "todos 08:00-18:00", "lun 08:00-08:00", "lun 8:00 a 18:00"]
)
def test_hours_that_are_none_are_refused_in_the_persons_language(text: str) -> None:
    if not text:
        assert hours_named([text], Locale.ES) == []
        return
    with pytest.raises(InvalidInputError) as refused:
        hours_named([text], Locale.ES)
    assert refused.value.field == "hours"
    assert "lun-sab 07:00-22:00" in refused.value.expected
    with pytest.raises(InvalidInputError, match="cannot be read"):
        hours_named([text], Locale.EN)


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
    assert calls_of(content(bomb, "00010101T000000")) < plain + 400


def test_far_ends_of_the_calendar_cost_what_near_ones_cost() -> None:
    near = f"{HOURS};COUNT=4000"
    far = HOURS.replace("2026", "0001") + ";COUNT=2147483647"
    long = HOURS.replace("DTEND:20260302T230000", "DURATION:P999999999D").replace("DAILY", "WEEKLY")
    assert calls_of(and_evenings(far)) < calls_of(and_evenings(near)) + 400
    assert calls_of(and_evenings(long)) < calls_of(and_evenings(near)) + 400


def test_a_zone_that_one_file_declares_is_unknown_in_the_next() -> None:
    zoned = "DTSTART;TZID=Casa:20260302T190000\nDURATION:PT1H\nRRULE:FREQ=DAILY"
    zone = "BEGIN:VTIMEZONE\nTZID:Casa\nBEGIN:STANDARD\nTZOFFSETTO:{}\nEND:STANDARD\nEND:VTIMEZONE\n"
    assert read(file(zoned, parts=zone.format("-0500"))).availability.windows
    assert "zona horaria" in refusal(file(zoned)).got
    for offset in ("nada", "+9900", "-0500\nRRULE:FREQ=SECONDLY", "-0500\nRRULE:FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=2"):
        assert "zona horaria" in refusal(file(zoned, parts=zone.format(offset))).got
