"""A calendar file tells a usual week of free hours, and nothing that the file does not say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from engine.explain import Locale
from engine.schedules import Weekday, Window
from engine.seekers import Availability
from store.importers.calendars.availability import ImportedAvailability, availability_from_calendar
from store.importers.calendars.notes import NoteKind

WEDNESDAY = date(2026, 10, 7)
MONDAY = date(2026, 10, 5)
WEEKDAYS = tuple(Weekday)[:5]
ALL_DAYS = tuple(Weekday)
EVENINGS = Window(WEEKDAYS, 19 * 60, 23 * 60)

LIMA_EVENINGS = """
UID:noches
DTSTART;TZID=America/Lima:20260302T190000
DTEND;TZID=America/Lima:20260302T230000
RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
"""


def available(text: str) -> str:
    """An AVAILABLE with the lines of `text`."""
    return f"BEGIN:AVAILABLE\n{text.strip()}\nEND:AVAILABLE\n"


def vavailability(*available_texts: str, lines: str = "") -> str:
    """A VAVAILABILITY with lines of its own and an AVAILABLE for each text."""
    inside = "".join(map(available, available_texts))
    return f"BEGIN:VAVAILABILITY\nUID:disponible\nDTSTAMP:20260301T120000Z\n{lines}{inside}END:VAVAILABILITY\n"


def event(lines: str) -> str:
    """A VEVENT with lines of its own."""
    return f"BEGIN:VEVENT\nUID:evento\nDTSTAMP:20260301T120000Z\n{lines.strip()}\nEND:VEVENT\n"


def calendar(*parts: str) -> bytes:
    """A calendar file with some parts, its lines ended as RFC 5545 wants them."""
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Prueba//Calendario//ES\n{''.join(parts)}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def imported(*available_texts: str, around: date = WEDNESDAY, zone: str = "America/Lima") -> ImportedAvailability:
    """What one VAVAILABILITY with these AVAILABLE says."""
    return availability_from_calendar(calendar(vavailability(*available_texts)), around=around, default_time_zone=zone)


def kinds(found: ImportedAvailability) -> set[NoteKind]:
    """What the notes are about."""
    return {note.kind for note in found.notes}


def test_weekday_evenings_in_lima_are_one_window() -> None:
    found = imported(LIMA_EVENINGS)
    assert found == ImportedAvailability(Availability("America/Lima", (EVENINGS,)), (), MONDAY)


@pytest.mark.parametrize(
    ("lines", "windows"),
    [
        pytest.param(
            "DTSTART:20260302T080000\nDURATION:PT5H30M\nRRULE:FREQ=DAILY",
            (Window(ALL_DAYS, 480, 810),),
            id="daily, floating, with a duration",
        ),
        pytest.param(
            "DTSTART:20260302T080000\nDTEND:20260302T130000\nRRULE:FREQ=DAILY;BYDAY=SA,SU",
            (Window((Weekday.SAT, Weekday.SUN), 480, 780),),
            id="daily on some days",
        ),
        pytest.param(
            "DTSTART:20260304T080700\nDTEND:20260304T091900\nRRULE:FREQ=WEEKLY",
            (Window((Weekday.WED,), 487, 559),),
            id="weekly on the day it starts, minutes kept",
        ),
        pytest.param(
            "DTSTART:20260302T220000\nDTEND:20260303T060000\nRRULE:FREQ=WEEKLY;BYDAY=MO,SU",
            (Window((Weekday.MON, Weekday.SUN), 1320, 360),),
            id="past midnight, and past the week's end",
        ),
        pytest.param(
            "DTSTART;VALUE=DATE:20260307\nRRULE:FREQ=WEEKLY",
            (Window((Weekday.SAT,), 0, 1440),),
            id="a whole day",
        ),
        pytest.param(
            "DTSTART;VALUE=DATE:20260307\nDTEND;VALUE=DATE:20260309\nRRULE:FREQ=WEEKLY",
            (Window((Weekday.SAT, Weekday.SUN), 0, 1440),),
            id="two whole days",
        ),
        pytest.param(
            "DTSTART:20260306T180000\nDTEND:20260309T070000\nRRULE:FREQ=WEEKLY",
            (
                Window((Weekday.MON,), 0, 420),
                Window((Weekday.SAT, Weekday.SUN), 0, 1440),
                Window((Weekday.FRI,), 1080, 1440),
            ),
            id="several days",
        ),
        pytest.param(
            "DTSTART:20260304T100000\nDURATION:PT24H\nRRULE:FREQ=WEEKLY",
            (Window((Weekday.WED,), 600, 1440), Window((Weekday.THU,), 0, 600)),
            id="a day and a night",
        ),
        pytest.param(
            "DTSTART:20261005T080000\nDURATION:PT2H\nRRULE:FREQ=DAILY",
            (Window(ALL_DAYS, 480, 600),),
            id="from the first day of this week on",
        ),
        pytest.param(
            "DTSTART:20260302T000000\nDURATION:P2W\nRRULE:FREQ=WEEKLY",
            (Window(ALL_DAYS, 0, 1440),),
            id="longer than a week",
        ),
        pytest.param(
            "DTSTART:20260106T000000Z\nDTEND:20260106T040000Z\nRRULE:FREQ=WEEKLY;BYDAY=TU,SA",
            (Window((Weekday.MON, Weekday.FRI), 1140, 1380),),
            id="UTC, whose days are others",
        ),
        pytest.param(
            "DTSTART:20260302T080030\nDTEND:20260302T090030\nRRULE:FREQ=WEEKLY",
            (Window((Weekday.MON,), 481, 540),),
            id="only whole minutes are free",
        ),
        pytest.param(
            "dtstart;tzid=America/Lima:20260302T190000\ndtend;tzid=America/Lima:20260302T230000\n"
            "RRULE:FREQ=WEE\n KLY;BYDAY=MO,TU,\n\tWE,TH,FR;",
            (EVENINGS,),
            id="small letters, folded lines, a semicolon too many",
        ),
    ],
)
def test_hours_of_a_week_are_read_exactly(lines: str, windows: tuple[Window, ...]) -> None:
    found = imported(lines)
    assert found.availability.windows == tuple(sorted(windows))
    assert found.notes == ()


def test_windows_that_touch_or_overlap_become_one() -> None:
    found = imported(
        "DTSTART:20260302T080000\nDTEND:20260302T100000\nRRULE:FREQ=DAILY",
        "DTSTART:20260302T100000\nDTEND:20260302T120000\nRRULE:FREQ=DAILY",
        "DTSTART:20260302T113000\nDTEND:20260302T130000\nRRULE:FREQ=DAILY",
    )
    assert found.availability.windows == (Window(ALL_DAYS, 480, 780),)


@pytest.mark.parametrize(
    ("around", "start"),
    [pytest.param(date(2026, 1, 14), 8 * 60, id="January"), pytest.param(date(2026, 7, 15), 7 * 60, id="July")],
)
def test_new_york_hours_move_with_daylight_saving_and_the_person_is_told(around: date, start: int) -> None:
    hours = "DTSTART;TZID=America/New_York:20250106T080000\nDURATION:PT2H\nRRULE:FREQ=WEEKLY;BYDAY=MO"
    found = imported(hours, around=around)
    assert found.availability == Availability("America/Lima", (Window((Weekday.MON,), start, start + 120),))
    assert kinds(found) == {NoteKind.ZONE_MOVES}
    assert "America/New_York" in found.notes[0].text
    assert imported(hours, around=around, zone="America/New_York").notes == ()


def test_hours_of_a_moving_zone_are_told_as_they_are_a_week_later() -> None:
    hours = "DTSTART;TZID=America/New_York:20250106T080000\nDURATION:PT2H\nRRULE:FREQ=DAILY"
    before = imported(hours, around=date(2026, 10, 21))
    assert before.availability.windows == (Window(ALL_DAYS, 420, 540),)
    after = imported(hours, around=date(2026, 10, 28))  # clocks are put back on Sunday, 1 November
    assert after.availability.windows == (Window(ALL_DAYS, 480, 600),)
    assert kinds(before) == kinds(after) == {NoteKind.ZONE_MOVES}


OUTLOOK = """BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:-0500
TZOFFSETTO:{offset}
END:STANDARD
END:VTIMEZONE
"""


@pytest.mark.parametrize(
    ("name", "zone_lines", "start"),
    [
        pytest.param("SA Pacific Standard Time", OUTLOOK.format(name="SA Pacific Standard Time", offset="+0900"), 1140),
        pytest.param("/servidor.example/20260101/America/Argentina/Buenos_Aires", "", 1020),
        pytest.param('"(UTC-03:00) Casa"', OUTLOOK.format(name="(UTC-03:00) Casa", offset="-0300"), 1020),
        pytest.param(
            "Mi ciudad", "BEGIN:VTIMEZONE\nTZID:Mi ciudad\nX-LIC-LOCATION:America/La_Paz\nEND:VTIMEZONE\n", 1080
        ),
        pytest.param("America/Lima", OUTLOOK.format(name="America/Lima", offset="+0900"), 1140),
    ],
)
def test_zones_are_known_by_windows_vendors_and_the_files_own_names(name: str, zone_lines: str, start: int) -> None:
    hours = f"DTSTART;TZID={name}:20260302T190000\nDURATION:PT1H\nRRULE:FREQ=DAILY"
    found = availability_from_calendar(calendar(vavailability(hours), zone_lines), around=WEDNESDAY)
    assert found.availability.windows == (Window(ALL_DAYS, start, start + 60),)


ALL_DAY_LONG = "DTSTART:20260101T070000\nDTEND:20260101T230000\nRRULE:FREQ=DAILY"
AFTER_SCHOOL = """
DTSTART:20260309T140000
DTEND:20260309T230000
RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
"""
WEEKENDS = "DTSTART:20260307T070000\nDTEND:20260307T230000\nRRULE:FREQ=WEEKLY;BYDAY=SA,SU"
SCHOOL_YEAR = "DTSTART:20260309T000000\nDTEND:20261219T000000\nPRIORITY:1\nBUSYTYPE:BUSY\n"


def test_school_hours_of_a_higher_priority_are_busy_in_the_school_year_and_free_in_summer() -> None:
    file = calendar(vavailability(ALL_DAY_LONG), vavailability(AFTER_SCHOOL, WEEKENDS, lines=SCHOOL_YEAR))
    in_term = availability_from_calendar(file, around=WEDNESDAY)
    weekend = Window((Weekday.SAT, Weekday.SUN), 420, 1380)
    assert in_term.availability.windows == (Window(WEEKDAYS, 840, 1380), weekend)
    assert kinds(in_term) == set()
    at_its_end = availability_from_calendar(file, around=date(2026, 11, 25))
    assert at_its_end.availability.windows == in_term.availability.windows
    assert kinds(at_its_end) == {NoteKind.ENDS}
    in_summer = availability_from_calendar(file, around=date(2027, 1, 13))
    assert in_summer.availability.windows == (Window(ALL_DAYS, 420, 1380),)
    assert kinds(in_summer) == {NoteKind.NOT_USUAL}


@pytest.mark.parametrize(
    ("lower", "higher"), [("", "PRIORITY:9\n"), ("PRIORITY:0\n", "PRIORITY:9\n"), ("PRIORITY:2\n", "PRIORITY:1\n")]
)
def test_the_higher_priority_holds_whatever_comes_first_in_the_file(lower: str, higher: str) -> None:
    parts = [vavailability(ALL_DAY_LONG, lines=lower), vavailability(LIMA_EVENINGS, lines=higher)]
    for order in (parts, parts[::-1]):
        found = availability_from_calendar(calendar(*order), around=WEDNESDAY)
        assert found.availability.windows == (EVENINGS,)


@pytest.mark.parametrize("busy_type", ["BUSY", "BUSY-UNAVAILABLE", "BUSY-TENTATIVE", "X-OTRO"])
def test_every_busy_type_is_busy(busy_type: str) -> None:
    file = calendar(vavailability(LIMA_EVENINGS, lines=f"BUSYTYPE:{busy_type}\n"))
    assert availability_from_calendar(file, around=WEDNESDAY).availability.windows == (EVENINGS,)


def test_of_two_equal_priorities_only_the_hours_free_in_both_count() -> None:
    file = calendar(vavailability(ALL_DAY_LONG), vavailability(LIMA_EVENINGS))
    found = availability_from_calendar(file, around=WEDNESDAY)
    assert found.availability.windows == (EVENINGS,)
    assert kinds(found) == {NoteKind.EQUAL_PRIORITY}


def test_hours_outside_of_a_range_are_not_known_to_be_free() -> None:
    ended = vavailability(LIMA_EVENINGS, lines="DTSTART:20260101T000000\nDURATION:P60D\n")
    file = calendar(ended, vavailability(WEEKENDS))
    found = availability_from_calendar(file, around=WEDNESDAY)
    assert found.availability.windows == (Window((Weekday.SAT, Weekday.SUN), 420, 1380),)
    assert kinds(found) == {NoteKind.NOT_USUAL}


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        ("RRULE:FREQ=WEEKLY;BYDAY=SA;UNTIL=20260930", NoteKind.NOT_USUAL),
        ("RRULE:FREQ=WEEKLY;BYDAY=SA;COUNT=3", NoteKind.NOT_USUAL),
        ("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=SA", NoteKind.NOT_USUAL),
        ("RRULE:FREQ=DAILY;INTERVAL=2", NoteKind.NOT_USUAL),
        ("RRULE:FREQ=MONTHLY;BYDAY=2SA", NoteKind.NOT_USUAL),
        ("RRULE:FREQ=WEEKLY;BYDAY=2SA", NoteKind.UNREAD),
        ("RRULE:FREQ=MONTHLY;BYDAY=SA;BYSETPOS=2", NoteKind.NOT_USUAL),
        ("RRULE:FREQ=HOURLY;BYYEARDAY=7", NoteKind.UNREAD),
        ("RRULE:FREQ=MONTHLY;BYMONTHDAY=7", NoteKind.NOT_USUAL),
        ("RRULE:FREQ=WEEKLY;BYDAY=SA;BYMONTH=10", NoteKind.NOT_USUAL),
        ("RRULE:FREQ=WEEKLY;BYDAY=SA\nEXRULE:FREQ=MONTHLY;BYDAY=1SA", NoteKind.UNREAD),
        ("RRULE:FREQ=WEEKLY;BYDAY=SA\nRRULE:FREQ=WEEKLY;BYDAY=SU", NoteKind.UNREAD),
        ("SUMMARY:una sola vez", NoteKind.NOT_USUAL),
        ("RDATE:20260815T080000,20261010T080000", NoteKind.NOT_USUAL),
    ],
)
def test_hours_that_are_not_there_every_week_are_left_out_with_a_note(rule: str, kind: NoteKind) -> None:
    found = imported(LIMA_EVENINGS, f"DTSTART:20260808T080000\nDTEND:20260808T120000\n{rule}")
    assert found.availability.windows == (EVENINGS,)
    assert kinds(found) == {kind}


def test_hours_that_start_later_or_have_no_end_are_left_out_with_a_note() -> None:
    later = "DTSTART:20270102T080000\nDTEND:20270102T120000\nRRULE:FREQ=WEEKLY"
    found = imported(LIMA_EVENINGS, later, "DTSTART:20260808T080000\nRRULE:FREQ=WEEKLY")
    assert found.availability.windows == (EVENINGS,)
    assert kinds(found) == {NoteKind.NOT_USUAL, NoteKind.NO_END}


@pytest.mark.parametrize(
    ("end", "holds"),
    [
        ("UNTIL=20261008T000000Z", False),
        ("UNTIL=20261007", False),
        ("COUNT=158", False),
        ("UNTIL=20261106", True),
        ("COUNT=180", True),
        ("UNTIL=99991231T235959Z", True),
    ],
)
def test_hours_hold_while_they_are_there_in_three_of_four_weeks(end: str, holds: bool) -> None:
    found = imported(f"{LIMA_EVENINGS.strip()};{end}", WEEKENDS)
    assert (EVENINGS in found.availability.windows) == holds
    expected = set() if "9999" in end else {NoteKind.ENDS if holds else NoteKind.NOT_USUAL}
    assert kinds(found) == expected


@pytest.mark.parametrize(
    ("zone", "end", "holds"),
    [
        ("America/Lima", "UNTIL=20261105T000000Z", True),
        ("America/Lima", "UNTIL=20261104T235959Z", False),
        ("America/Lima", "UNTIL=20261104T190000", True),
        ("America/Lima", "UNTIL=20261104T185959", False),
        ("America/Lima", "UNTIL=20261104", True),
        ("America/Lima", "UNTIL=20261103", False),
        ("America/Lima", "COUNT=36", True),
        ("America/Lima", "COUNT=35", False),
        ("America/New_York", "UNTIL=20261104T190000", True),
        ("America/New_York", "UNTIL=20261104T183000", False),
    ],
)
def test_the_last_hours_are_those_that_the_rule_says(zone: str, end: str, holds: bool) -> None:
    """Those of 4 November are the ninth of twelve weeks, three of four."""
    last = f"DTSTART;TZID={zone}:20260304T190000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;{end}"
    found = imported(last, WEEKENDS)
    assert found.week == MONDAY
    assert any(Weekday.WED in window.days for window in found.availability.windows) == holds


def test_a_rule_to_the_end_of_the_calendar_is_read_east_of_greenwich_too() -> None:
    hours = "DTSTART;TZID=Asia/Tokyo:20260304T190000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;UNTIL=99991231T235959Z"
    assert imported(hours, zone="Asia/Tokyo").availability.windows == (Window((Weekday.WED,), 1140, 1200),)


def test_single_dates_that_follow_each_other_week_by_week_are_usual_while_they_last() -> None:
    days = [date(2026, 10, 3) + timedelta(weeks=number) for number in range(8)]
    saturdays = (
        f"DTSTART:20260926T080000\nDTEND:20260926T120000\nRDATE:{','.join(f'{day:%Y%m%d}T080000' for day in days)}"
    )
    found = imported(LIMA_EVENINGS, saturdays)
    assert found.availability.windows == (EVENINGS, Window((Weekday.SAT,), 480, 720))
    assert kinds(found) == {NoteKind.ENDS}
    one_by_one = [f"UID:{day}\nDTSTART:{day:%Y%m%d}T080000\nDURATION:PT4H" for day in days]
    assert imported(LIMA_EVENINGS, *one_by_one).availability == found.availability
    assert imported(LIMA_EVENINGS, *one_by_one[:5]).availability.windows == (EVENINGS,)
    some_left_out = f"{saturdays}\nEXDATE:20261010T080000,20261017T080000,20261107"
    assert imported(LIMA_EVENINGS, some_left_out).availability.windows == (EVENINGS,)


def test_a_holiday_does_not_change_the_usual_week() -> None:
    found = imported(f"{LIMA_EVENINGS}EXDATE;TZID=America/Lima:20261008T190000")
    assert found.availability.windows == (EVENINGS,)
    assert kinds(found) == {NoteKind.EXCEPTIONS}


def test_a_holiday_on_the_only_day_of_some_hours_does_not_change_the_usual_week() -> None:
    wednesdays = "DTSTART:20260304T080000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY\nEXDATE:20261007T080000"
    found = imported(LIMA_EVENINGS, wednesdays)
    assert found.availability.windows == (EVENINGS, Window((Weekday.WED,), 480, 540))


def test_hours_that_hold_from_the_middle_of_a_week_on_are_usual_from_then() -> None:
    file = calendar(
        vavailability(ALL_DAY_LONG), vavailability(LIMA_EVENINGS, lines="DTSTART:20261008T000000\nPRIORITY:1\n")
    )
    found = availability_from_calendar(file, around=WEDNESDAY)
    assert found.availability.windows == (EVENINGS,)


def test_a_moved_day_does_not_change_the_usual_week() -> None:
    moved = "UID:noches\nRECURRENCE-ID;TZID=America/Lima:20261014T190000\nDTSTART:20261014T080000\nDURATION:PT4H"
    found = imported(LIMA_EVENINGS, moved)
    assert found.availability.windows == (EVENINGS,)
    assert kinds(found) == {NoteKind.EXCEPTIONS, NoteKind.NOT_USUAL}


def test_a_day_that_is_left_out_in_most_weeks_is_not_free() -> None:
    mondays = ",".join(f"2026{day}" for day in ("1005", "1012", "1019", "1026", "1102", "1109"))
    found = imported(f"{LIMA_EVENINGS}EXDATE;VALUE=DATE:{mondays}")
    assert found.availability.windows == (Window(WEEKDAYS[1:], 1140, 1380),)


def test_a_trip_is_not_the_usual_week() -> None:
    trip = vavailability(lines="DTSTART:20261001T000000\nDTEND:20261021T000000\nPRIORITY:1\n")
    found = availability_from_calendar(calendar(vavailability(LIMA_EVENINGS), trip), around=WEDNESDAY)
    assert found.availability.windows == (EVENINGS,)
    assert kinds(found) == {NoteKind.EXCEPTIONS}


@pytest.mark.parametrize(
    ("lines", "busy", "kind"),
    [
        ("RRULE:FREQ=WEEKLY;BYDAY=MO", True, NoteKind.EVENTS_TAKEN_OFF),
        ("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", True, NoteKind.EVENTS_TAKEN_OFF),
        ("RRULE:FREQ=MONTHLY;BYDAY=MO", True, NoteKind.EVENTS_TAKEN_OFF),
        ("RRULE:FREQ=WEEKLY;BYMONTH=1,10", True, NoteKind.EVENTS_TAKEN_OFF),
        ("RRULE:FREQ=WEEKLY;INTERVAL=3", True, NoteKind.EVENTS_TAKEN_OFF),
        ("RRULE:FREQ=WEEKLY;INTERVAL=4", False, NoteKind.EVENTS_LEFT_OUT),
        ("RRULE:FREQ=WEEKLY;COUNT=10", False, NoteKind.EVENTS_LEFT_OUT),
        ("RRULE:FREQ=DAILY;INTERVAL=7", True, NoteKind.EVENTS_TAKEN_OFF),
        ("RRULE:FREQ=WEEKLY;BYDAY=MO;BYHOUR=20;BYMINUTE=0", True, NoteKind.EVENTS_TAKEN_OFF),
        ("RRULE:FREQ=YEARLY;BYDAY=MO;BYMONTH=9,10,11", True, NoteKind.EVENTS_TAKEN_OFF),
        ("RRULE:FREQ=MONTHLY;BYDAY=1MO,3MO", True, NoteKind.EVENTS_TAKEN_OFF),
        ("RRULE:FREQ=MONTHLY;BYDAY=1MO,-1MO", True, NoteKind.EVENTS_TAKEN_OFF),
        ("RRULE:FREQ=YEARLY", False, NoteKind.EVENTS_LEFT_OUT),
        ("RRULE:FREQ=HOURLY;COUNT=4", False, NoteKind.EVENTS_LEFT_OUT),
        ("RRULE:FREQ=MINUTELY;UNTIL=20260302T210000", False, NoteKind.EVENTS_LEFT_OUT),
        ("RRULE:FREQ=HOURLY;BYYEARDAY=7", False, NoteKind.UNREAD),
        ("RRULE:FREQ=NUNCA", False, NoteKind.UNREAD),
        ("RRULE:FREQ=WEEKLY\nX-MICROSOFT-CDO-BUSYSTATUS:FREE", False, None),
        ("RRULE:FREQ=WEEKLY\nEXDATE:20261005T200000", True, NoteKind.EVENTS_TAKEN_OFF),
        ("RRULE:FREQ=WEEKLY\nTRANSP:TRANSPARENT", False, None),
        ("RRULE:FREQ=WEEKLY\nSTATUS:CANCELLED", False, None),
        ("RRULE:FREQ=WEEKLY;UNTIL=20260501", False, NoteKind.EVENTS_LEFT_OUT),
        ("RRULE:FREQ=MONTHLY;BYDAY=1MO", False, NoteKind.EVENTS_LEFT_OUT),
        ("RRULE:FREQ=MONTHLY;COUNT=1000", False, NoteKind.EVENTS_LEFT_OUT),
        ("SUMMARY:hace meses", False, None),
    ],
)
def test_busy_events_that_repeat_are_taken_off_free_hours(lines: str, busy: bool, kind: NoteKind | None) -> None:
    taken = event(f"DTSTART:20260302T200000\nDTEND:20260302T213010\n{lines}")
    found = availability_from_calendar(calendar(vavailability(LIMA_EVENINGS), taken), around=WEDNESDAY)
    monday = (Window((Weekday.MON,), 1140, 1200), Window((Weekday.MON,), 1291, 1380))
    expected = (*monday, Window(WEEKDAYS[1:], 1140, 1380)) if busy else (EVENINGS,)
    assert found.availability.windows == tuple(sorted(expected))
    assert kinds(found) == ({kind} if kind else set())


def test_a_reminder_that_repeats_takes_no_hours() -> None:
    reminder = event("DTSTART:20260302T200000\nDTEND:20260302T200000\nRRULE:FREQ=DAILY")
    found = availability_from_calendar(calendar(vavailability(LIMA_EVENINGS), reminder), around=WEDNESDAY)
    assert found.availability.windows == (EVENINGS,)


def test_an_event_that_begins_this_week_takes_its_hours_of_the_whole_week() -> None:
    begun = event("DTSTART:20261008T190000\nDURATION:PT4H\nRRULE:FREQ=WEEKLY;BYDAY=MO,TH")
    found = availability_from_calendar(calendar(vavailability(LIMA_EVENINGS), begun), around=WEDNESDAY)
    free_days = (Weekday.TUE, Weekday.WED, Weekday.FRI)
    assert found.availability.windows == (Window(free_days, 1140, 1380),)


def test_an_end_far_ahead_is_not_told_and_a_near_one_is() -> None:
    assert imported(f"{LIMA_EVENINGS.strip()};UNTIL=20300101").notes == ()
    (note,) = imported(f"{LIMA_EVENINGS.strip()};UNTIL=20261113").notes
    assert note.text == "Parte de tus horas termina el 13/11/2026: actualízalas entonces."


def test_exceptions_that_are_past_are_not_told() -> None:
    assert imported(f"{LIMA_EVENINGS}EXDATE;TZID=America/Lima:20260728T190000").notes == ()


def test_notes_are_spanish_first_and_english_when_asked() -> None:
    file = calendar(vavailability(LIMA_EVENINGS), event("DTSTART:20261006T200000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY"))
    spanish = availability_from_calendar(file, around=WEDNESDAY)
    english = availability_from_calendar(file, around=WEDNESDAY, locale=Locale.EN)
    assert [note.text for note in spanish.notes] == ["Eventos que se repiten y que quitamos de tus horas libres: 1."]
    assert [note.text for note in english.notes] == ["Events that come back, taken off your free hours: 1."]
