"""Calendars that people outside tried, each for a kind of calendar that was refused or read wrongly."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from engine.errors import InvalidInputError
from engine.schedules import Weekday, Window, parse_window
from engine.slots import local_minutes
from store.importers.calendars.availability import ImportedAvailability, availability_from_calendar
from store.importers.calendars.notes import NoteKind
from tests.store.importers.calendars.test_availability import calendar, event, kinds, vavailability

NOVEMBER = date(2026, 11, 11)
DAILY = tuple(Weekday)
EVERY_DAY = "DTSTART;TZID=America/Lima:20260105T060000\nDURATION:PT16H\nRRULE:FREQ=DAILY"
DECLARED = """BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T000000
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""


def free(*events: str, around: date = NOVEMBER) -> ImportedAvailability:
    """Every day from 6 to 22 without what events take."""
    return availability_from_calendar(calendar(vavailability(EVERY_DAY), *events), around=around)


def without(day: Weekday, start: int, end: int) -> tuple[Window, ...]:
    """Every day from 6 to 22, but for hours of one day."""
    others = tuple(one for one in Weekday if one is not day)
    parts = [Window((day,), 6 * 60, start * 60), Window((day,), end * 60, 22 * 60)]
    return tuple(sorted([Window(others, 6 * 60, 22 * 60), *parts]))


@pytest.mark.parametrize(
    "name", ["Customized Time Zone", "tzone://Microsoft/Custom", "tzone://Microsoft/Utc", "Eastern Standard Time 1"]
)
@pytest.mark.parametrize("quote", ["", '"'])
def test_a_vendors_zone_is_the_one_that_the_file_declares(name: str, quote: str) -> None:
    busy = event(f"DTSTART;TZID={quote}{name}{quote}:20260114T100000\nDURATION:PT2H\nRRULE:FREQ=WEEKLY;BYDAY=WE")
    declared = DECLARED.format(name=name)
    assert free(declared, busy).availability.windows == without(Weekday.WED, 10, 12)
    assert free(busy, declared, around=date(2026, 7, 8)).availability.windows == without(Weekday.WED, 9, 11)


@pytest.mark.parametrize(
    "name", ["Hora est. Pacífico, Sudamérica", "(UTC-05:00) Bogotá, Lima, Quito, Rio Branco", "a;b"]
)
def test_names_of_zones_with_commas_and_colons_are_found_with_and_without_quotes(name: str) -> None:
    declared = (
        DECLARED.format(name=name.replace(",", "\\,").replace(";", "\\;"))
        .replace("-0400", "-0300")
        .replace("-0500", "-0300")
    )
    for written in (f'"{name}"', name) if ";" not in name else (f'"{name}"',):
        busy = event(f"DTSTART;VALUE=DATE-TIME;TZID={written}:20260114T100000\nDURATION:PT2H\nRRULE:FREQ=WEEKLY")
        assert free(declared, busy).availability.windows == without(Weekday.WED, 8, 10)


@pytest.mark.parametrize(
    "name", ["GMT-0300", "UTC-3", "(UTC-03:00)", "-0300", "utc -03:00", "Argentina Standard Time 1", "/x/America/Bahia"]
)
def test_names_that_nobody_declares_are_known_by_their_offset_or_number(name: str) -> None:
    busy = event(f"DTSTART;TZID={name}:20260114T100000\nDURATION:PT2H\nRRULE:FREQ=WEEKLY")
    assert free(busy).availability.windows == without(Weekday.WED, 8, 10)


def test_a_zone_that_nobody_declares_leaves_its_event_out() -> None:
    busy = event("DTSTART;TZID=Customized Time Zone:20260114T100000\nDURATION:PT2H\nRRULE:FREQ=WEEKLY")
    found = free(busy)
    assert found.availability.windows == (Window(DAILY, 6 * 60, 22 * 60),)
    assert kinds(found) == {NoteKind.UNKNOWN_ZONE}


@pytest.mark.parametrize("around", [date(2026, 11, 4), date(2026, 11, 29), date(2026, 12, 16)])
def test_periods_on_single_dates_are_taken_off_while_they_come(around: date) -> None:
    days = ("1112", "1119", "1126", "1203", "1210", "1217")
    for periods in (
        ",".join(f"2026{day}T150000Z/PT2H" for day in days),
        ",".join(f"2026{day}T150000Z/2026{day}T170000Z" for day in days),
    ):
        busy = event(f"DTSTART:20261105T150000Z\nDURATION:PT2H\nRDATE;VALUE=PERIOD:{periods}")
        assert free(busy, around=around).availability.windows == without(Weekday.THU, 10, 12)
    assert kinds(free(busy, around=date(2027, 1, 6))) == {NoteKind.EVENTS_LEFT_OUT}


@pytest.mark.parametrize(
    "end", ["DTEND:20260105T235959", "DTEND:20260105T235900", "DURATION:PT5H59M", "DTEND:20260106T000000"]
)
def test_free_hours_to_the_last_minute_are_free_to_the_end_of_the_day(end: str) -> None:
    stated = vavailability(f"DTSTART:20260105T180000\n{end}\nRRULE:FREQ=DAILY")
    found = availability_from_calendar(calendar(stated), around=NOVEMBER)
    assert found.availability.windows == (Window(DAILY, 18 * 60, 24 * 60),)


def test_hours_of_the_clock_in_a_rule_are_read() -> None:
    busy = event("DTSTART:20260107T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=WE;BYHOUR=10;BYMINUTE=0")
    assert free(busy).availability.windows == without(Weekday.WED, 10, 11)
    stated = vavailability("DTSTART:20260105T080000\nDURATION:PT1H\nRRULE:FREQ=DAILY;BYHOUR=8,20;BYMINUTE=30")
    found = availability_from_calendar(calendar(stated), around=NOVEMBER)
    assert found.availability.windows == (Window(DAILY, 510, 570), Window(DAILY, 1230, 1290))


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ("DTSTART:20200107T090000\nDURATION:PT1H\nRRULE:FREQ=YEARLY", NoteKind.EVENTS_LEFT_OUT),
        ("DTSTART:20200107T090000\nDURATION:PT1H\nRRULE:FREQ=HOURLY;COUNT=4", NoteKind.EVENTS_LEFT_OUT),
        ("DTSTART:20200107T090000\nDURATION:PT1H\nRRULE:FREQ=SECONDLY", NoteKind.TOO_MUCH),
        (
            "DTSTART:20200107T090000\nDURATION:PT1H\nRRULE:FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1",
            NoteKind.EVENTS_LEFT_OUT,
        ),
        ("DTSTART:20200107T090000\nDURATION:PT1H\nRRULE:FREQ=YEARLY;BYWEEKNO=1", NoteKind.UNREAD),
        ("DTSTART:20200107T090000\nRRULE:FREQ=WEEKLY", NoteKind.NO_END),
        ("DTSTART:20200107T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYSETPOS=1", NoteKind.UNREAD),
    ],
)
def test_events_that_belong_to_no_week_are_left_out_and_said(lines: str, kind: NoteKind) -> None:
    found = free(event(lines))
    assert found.availability.windows == (Window(DAILY, 6 * 60, 22 * 60),)
    assert kinds(found) == {kind}


@pytest.mark.parametrize(
    "rule",
    [
        *("DAILY;INTERVAL=7", "HOURLY;INTERVAL=168", "MINUTELY;INTERVAL=10080", "HOURLY;BYDAY=TU;BYHOUR=10"),
        *("WEEKLY;BYDAY=MO,TU,FR;BYSETPOS=2", "MONTHLY;BYDAY=TU;BYSETPOS=1,2,3,4,5", "DAILY;BYDAY=TU"),
    ],
)
def test_every_tuesday_however_a_rule_says_it_is_one_day(rule: str) -> None:
    busy = event(f"DTSTART:20260106T100000\nDURATION:PT2H\nRRULE:FREQ={rule}")
    assert free(busy).availability.windows == without(Weekday.TUE, 10, 12)
    assert kinds(free(busy)) == {NoteKind.EVENTS_TAKEN_OFF}


WEEKLY = "RRULE:FREQ=WEEKLY"


@pytest.mark.parametrize(
    ("lines", "start", "end"),
    [
        (f"DTSTART:20260106T200000\nDTEND:20260106T240000\n{WEEKLY}", 20, 24),
        (f"DTSTART:20260106T200000\nDTEND:20260106T235960\n{WEEKLY}", 20, 24),
        (f"DTSTART:20260106T200000\nDTEND:20260106T000000\n{WEEKLY}", 20, 24),
        (f"DTSTART;VALUE=DATE:20260106\nDTEND;VALUE=DATE:20260106\n{WEEKLY}", 0, 24),
        (f"DTSTART:20260106T200000\nDTEND:20260106T213000\nDURATION:PT1H30M\n{WEEKLY}", 20, 21.5),
        (
            "DTSTART:20261103T200000\nRDATE;VALUE=PERIOD:20261110T200000/PT2H,20261117T200000/PT2H,20261124T200000/PT2H",
            20,
            22,
        ),
        (f"DTSTART:20260106T200000\nDURATION:PT2H\n{WEEKLY}\nSTATUS:CANCELED", 0, 0),
    ],
)
def test_ends_as_programs_write_them_are_read(lines: str, start: float, end: float) -> None:
    named = [parse_window("tue 00:00-24:00")]
    whole = not start and end == 24
    named += [parse_window("wed 08:00-09:00")] if whole else []
    found = availability_from_calendar(calendar(event(lines)), around=NOVEMBER, hours=named)
    taken = local_minutes(named) & ~local_minutes(found.availability.windows)
    assert np.flatnonzero(taken).tolist() == list(range(1440 + int(start * 60), 1440 + int(end * 60)))


SERIES = "DTSTART;TZID=America/Lima:20260106T100000\nDURATION:PT2H\nRRULE:FREQ=WEEKLY\n"


@pytest.mark.parametrize(
    ("change", "weeks", "windows"),
    [
        ("DTSTART:20261110T200000Z\nDURATION:PT1H", ("2026-11-11", "2027-03-03"), {"tue 15:00-16:00"}),
        ("DTSTART:20261112T150000Z\nDURATION:PT2H", ("2026-11-11", "2027-03-03"), {"thu 10:00-12:00"}),
        ("DTSTART:20261110T150000Z\nDURATION:PT2H\nSTATUS:CANCELLED", ("2026-11-11",), set()),
        ("DTSTART:20261110T200000Z\nDURATION:PT1H", ("2026-09-02",), {"tue 10:00-12:00"}),
    ],
)
def test_a_change_of_all_later_dates_holds_on(change: str, weeks: tuple[str, ...], windows: set[str]) -> None:
    later = event(f"RECURRENCE-ID;RANGE=THISANDFUTURE:20261110T150000Z\n{change}")
    named = [parse_window("mon-sun 00:00-24:00")]
    for week in weeks:
        found = availability_from_calendar(calendar(event(SERIES), later), around=date.fromisoformat(week), hours=named)
        taken = local_minutes(named) & ~local_minutes(found.availability.windows)
        assert taken.tolist() == local_minutes([parse_window(window) for window in windows]).tolist()


def test_a_change_of_an_event_that_is_not_named_changes_no_other() -> None:
    change = (
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20260106T150000Z\nDTSTART:20260106T150000Z\nSTATUS:CANCELLED\nDURATION:PT2H"
    )
    events = [event(lines).replace("UID:evento\n", "") for lines in (SERIES, change)]
    assert free(*events).availability.windows == without(Weekday.TUE, 10, 12)


def test_of_two_versions_of_an_event_the_newer_counts() -> None:
    older, newer = SERIES + "SEQUENCE:2\n", SERIES.replace("T10", "T15") + "SEQUENCE:12\n"
    for events in ((older, newer), (newer, older)):
        assert free(*map(event, events)).availability.windows == without(Weekday.TUE, 15, 17)
    others = [event(one).replace("UID:evento", f"UID:{number}") for number, one in enumerate((older, newer))]
    assert len(free(*others).availability.windows) == 4


@pytest.mark.parametrize(
    "name",
    [
        *("(UTC-03:00) Ciudad Vieja, Montevideo", "(GMT-03.00) Bahia/Recife", "america/argentina/buenos_aires"),
        *("e. south america standard time", "Montevideo", "SA EASTERN STANDARD TIME"),
    ],
)
def test_names_that_nobody_declares_are_known_by_their_cities_and_in_any_case(name: str) -> None:
    busy = event(f'DTSTART;TZID="{name}":20260114T100000\nDURATION:PT2H\nRRULE:FREQ=WEEKLY')
    assert free(busy).availability.windows == without(Weekday.WED, 8, 10)


@pytest.mark.parametrize("name", ["(UTC-03:00) Lima", "(UTC-05:00) Hora del este", "Lima, Quito", "(Lima"])
def test_a_city_whose_clock_is_another_is_no_zone(name: str) -> None:
    busy = event(f'DTSTART;TZID="{name}":20260114T100000\nDURATION:PT2H\nRRULE:FREQ=WEEKLY')
    assert kinds(free(busy)) == {NoteKind.UNKNOWN_ZONE}


@pytest.mark.parametrize(
    ("written", "start"),
    [
        ("DTSTART;VALUE=DATE:19700101\nTZOFFSETFROM:-0300\nTZOFFSETTO:-0300", 8),
        ("DTSTART:19700101T000000Z\nTZOFFSETFROM:-0300\nTZOFFSETTO:-0300", 8),
        ("DTSTART:19700101T000000\nTZOFFSETFROM:-03:00\nTZOFFSETTO:-03:00", 8),
        ("DTSTART:19700101T000000\nTZOFFSETFROM:0000\nTZOFFSETTO:0100", 4),
    ],
)
def test_offsets_and_days_as_programs_write_them_in_a_vtimezone(written: str, start: int) -> None:
    zone = f"BEGIN:VTIMEZONE\nTZID:Casa\nBEGIN:STANDARD\n{written}\nEND:STANDARD\nEND:VTIMEZONE\n"
    busy = event("DTSTART;TZID=Casa:20260114T100000\nDURATION:PT3H\nRRULE:FREQ=WEEKLY")
    named = [parse_window("wed 00:00-24:00")]
    found = availability_from_calendar(calendar(zone, busy), around=NOVEMBER, hours=named)
    taken = local_minutes(named) & ~local_minutes(found.availability.windows)
    assert np.flatnonzero(taken).tolist() == list(range(2880 + start * 60, 2880 + (start + 3) * 60))


@pytest.mark.parametrize("around", [date(2026, 7, 8), date(2026, 11, 11)])
def test_clock_changes_by_position_are_those_by_day(around: date) -> None:
    positioned = DECLARED.replace("BYDAY=1SU", "BYDAY=SU;BYSETPOS=1").replace("BYDAY=2SU", "BYDAY=SU;BYSETPOS=2")
    busy = event("DTSTART;TZID=Este:20260114T100000\nDURATION:PT2H\nRRULE:FREQ=WEEKLY;BYDAY=WE")
    windows = [
        free(declared.format(name="Este"), busy, around=around).availability.windows
        for declared in (DECLARED, positioned)
    ]
    assert windows[0] == windows[1]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1"])
def test_files_are_read_in_the_encodings_that_programs_write(encoding: str) -> None:
    busy = event("SUMMARY:Reunión\nDTSTART:20260106T100000\nDURATION:PT2H\nRRULE:FREQ=WEEKLY")
    content = calendar(busy).decode().encode(encoding)
    found = availability_from_calendar(content, around=NOVEMBER, hours=HOURS)
    assert found.availability.windows == (parse_window("tue 08:00-10:00"), parse_window("tue 12:00-18:00"))


def test_years_of_events_with_alarms_and_notes_are_read() -> None:
    alarm = "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT10M\nEND:VALARM\n"
    noise = f"DTSTAMP:20200101T000000Z\nDESCRIPTION:{'llamar antes ' * 20}\nSUMMARY:Cita\n{alarm}{alarm}"
    past = "".join(
        event(f"UID:{number}\nDTSTART:20200302T130000Z\nDTEND:20200302T140000Z\n{noise}") for number in range(9_999)
    )
    found = availability_from_calendar(calendar(past, BUSY), around=NOVEMBER, hours=HOURS)
    assert found.availability.windows == (parse_window("tue 08:00-10:00"), parse_window("tue 12:00-18:00"))
    assert kinds(found) == {NoteKind.EVENTS_TAKEN_OFF}


BUSY = event("DTSTART:20260106T100000\nDURATION:PT2H\nRRULE:FREQ=WEEKLY")
HOURS = (parse_window("tue 08:00-18:00"),)


def test_events_alone_are_busy_within_the_hours_that_a_person_names() -> None:
    with pytest.raises(InvalidInputError, match="hours=lun-sab 07:00-22:00"):
        availability_from_calendar(calendar(BUSY), around=NOVEMBER)
    free_event = BUSY.replace("END:VEVENT", "TRANSP:TRANSPARENT\nEND:VEVENT").replace("T10", "T14")
    found = availability_from_calendar(calendar(BUSY, free_event), around=NOVEMBER, hours=HOURS)
    assert found.availability.windows == (parse_window("tue 08:00-10:00"), parse_window("tue 12:00-18:00"))


def test_availability_is_free_within_the_hours_that_a_person_names() -> None:
    found = availability_from_calendar(calendar(vavailability(EVERY_DAY), BUSY), around=NOVEMBER, hours=HOURS)
    assert found.availability.windows == (parse_window("tue 08:00-10:00"), parse_window("tue 12:00-18:00"))


@pytest.mark.parametrize(
    ("lines", "is_busy"),
    [
        ("FREEBUSY:20261110T150000Z/PT2H", True),
        ("FREEBUSY;FBTYPE=BUSY:20261110T150000Z/20261110T170000Z", True),
        ("FREEBUSY;FBTYPE=BUSY-TENTATIVE:20261117T150000Z/PT2H,20261201T150000Z/PT2H", True),
        ("FREEBUSY;FBTYPE=FREE:20261110T150000Z/PT2H", False),
        ("FREEBUSY:20261006T150000Z/PT2H", False),
        ("FREEBUSY:mañana", False),
    ],
)
def test_free_and_busy_times_are_taken_off(lines: str, is_busy: bool) -> None:
    report = f"BEGIN:VFREEBUSY\nUID:informe\nDTSTART:20261001T000000Z\nDTEND:20261231T000000Z\n{lines}\nEND:VFREEBUSY\n"
    found = availability_from_calendar(calendar(report), around=NOVEMBER, hours=HOURS)
    assert found.availability.windows == (
        (parse_window("tue 08:00-10:00"), parse_window("tue 12:00-18:00")) if is_busy else HOURS
    )
    assert found.notes


@pytest.mark.parametrize("line", ["EXDATE:mañana", "RDATE:mañana", "EXDATE;TZID=Casa:20260113T100000"])
def test_a_busy_event_with_a_date_that_cannot_be_read_stays_busy(line: str) -> None:
    found = free(event(f"DTSTART:20260106T100000\nDURATION:PT2H\nRRULE:FREQ=WEEKLY\n{line}"))
    assert found.availability.windows == without(Weekday.TUE, 10, 12)
    assert len(kinds(found)) == 2


def test_a_change_that_cannot_be_read_leaves_its_event_busy() -> None:
    changed = event("RECURRENCE-ID:mañana\nDTSTART:20261110T150000\nDURATION:PT1H")
    busy = event("DTSTART:20260106T100000\nDURATION:PT2H\nRRULE:FREQ=WEEKLY")
    assert free(changed, busy).availability.windows == without(Weekday.TUE, 10, 12)


def test_many_availabilities_and_reports_are_not_read_without_end() -> None:
    parts = [vavailability(EVERY_DAY, lines="PRIORITY:1\n")] + [vavailability()] * 3_000
    report = "BEGIN:VFREEBUSY\nFREEBUSY:20261110T150000Z/PT2H\nEND:VFREEBUSY\n"
    found = availability_from_calendar(calendar(*parts, report * 3_000), around=NOVEMBER)
    assert found.availability.windows == without(Weekday.TUE, 10, 12)
    assert NoteKind.TOO_MUCH in kinds(found)
