"""Events that the calendar's owner has declined take no hours; those that somebody else declined do."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from engine.schedules import Weekday, Window
from store.importers.calendars.availability import ImportedAvailability, availability_from_calendar
from store.importers.calendars.notes import NoteKind
from tests.store.importers.calendars.test_availability import calendar, event, kinds, vavailability

EVERY_DAY = "DTSTART;TZID=America/Lima:20260105T060000\nDURATION:PT16H\nRRULE:FREQ=DAILY"
MONDAYS = "DTSTART;TZID=America/Lima:20260105T100000\nDURATION:PT2H\nRRULE:FREQ=WEEKLY\nSUMMARY:Reunión"
FRIDAYS = "UID:otro\nDTSTART;TZID=America/Lima:20260109T100000\nDURATION:PT2H\nRRULE:FREQ=WEEKLY"
ROSA, BOSS, LUIS = "rosa@correo.example", "jefa@empresa.example", "luis@empresa.example"
OPEN = (Window(tuple(Weekday), 6 * 60, 22 * 60),)


def invited(address: str, answer: str = "ACCEPTED", more: str = "") -> str:
    return f'ATTENDEE;CUTYPE=INDIVIDUAL;PARTSTAT={answer};CN="Q, R; PARTSTAT=DECLINED:x"{more}:mailto:{address}'


def organised(address: str) -> str:
    return f"ORGANIZER;CN=Jefa:MAILTO:{address.upper()}"


def read(*parts: str) -> ImportedAvailability:
    return availability_from_calendar(calendar(*parts, vavailability(EVERY_DAY)), around=date(2026, 11, 11))


def is_busy(found: ImportedAvailability, day: Weekday = Weekday.MON) -> bool:
    return not any(day in window.days and window.start_minute <= 600 < window.end_minute for window in _windows(found))


def _windows(found: ImportedAvailability) -> tuple[Window, ...]:
    return found.availability.windows


@pytest.mark.parametrize("line", [f"X-WR-CALNAME:{ROSA}", f"X-WR-RELCALID:{ROSA}", f'X-OWNER;CN="Rosa":mailto:{ROSA}'])
def test_an_event_that_the_named_owner_declined_is_free(line: str) -> None:
    people = [organised(BOSS), invited(BOSS), invited(LUIS), invited(ROSA, "DECLINED")]
    found = read(f"{line}\n", event("\n".join([MONDAYS, *people])))
    assert _windows(found) == OPEN
    assert kinds(found) == {NoteKind.DECLINED}


@pytest.mark.parametrize("answer", ["ACCEPTED", "TENTATIVE", "NEEDS-ACTION"])
def test_an_event_that_only_others_declined_is_busy(answer: str) -> None:
    people = [organised(BOSS), invited(LUIS, "DECLINED"), invited(ROSA, answer)]
    found = read(f"X-WR-CALNAME:{ROSA}\n", event("\n".join([MONDAYS, *people])))
    assert is_busy(found)
    assert kinds(found) == {NoteKind.EVENTS_TAKEN_OFF}


def test_who_is_in_every_event_is_the_owner() -> None:
    declined = event("\n".join([MONDAYS, organised(BOSS), invited(LUIS), invited(ROSA, "DECLINED")]))
    other = event("\n".join([FRIDAYS, organised("ana@otra.example"), invited(ROSA)]).replace("UID:evento", ""))
    room = "\nATTENDEE;CUTYPE=ROOM;PARTSTAT=DECLINED:mailto:sala@empresa.example\nEND:VEVENT"
    found = read(*(one.replace("\nEND:VEVENT", room) for one in (declined, other)))
    assert not is_busy(found)
    assert is_busy(found, Weekday.FRI)
    assert kinds(found) == {NoteKind.DECLINED, NoteKind.EVENTS_TAKEN_OFF}


def test_the_only_one_who_is_invited_is_the_owner() -> None:
    assert not is_busy(read(event("\n".join([MONDAYS, invited(ROSA, "declined")]))))
    assert not is_busy(read(event("\n".join([MONDAYS, f"ATTENDEE;PARTSTAT=DECLINED;EMAIL={ROSA}:invalid:nomail"]))))


def test_where_nobody_knows_whose_calendar_it_is_the_event_is_busy_and_told() -> None:
    found = read(event("\n".join([MONDAYS, organised(BOSS), invited(ROSA, "DECLINED")])))
    assert is_busy(found)
    assert kinds(found) == {NoteKind.DECLINED_BY_SOMEBODY, NoteKind.EVENTS_TAKEN_OFF}
    (note,) = (note.text for note in found.notes if note.kind is NoteKind.DECLINED_BY_SOMEBODY)
    assert "no dice de quién es el calendario: 1" in note


def test_one_date_that_was_declined_is_left_out_of_what_comes_back() -> None:
    series = event("\n".join([MONDAYS, organised(BOSS), invited(ROSA)]))
    dates = [f"{date(2026, 10, 12) + timedelta(weeks=week):%Y%m%d}T100000" for week in range(12)]
    declined = [
        event(
            f"RECURRENCE-ID;TZID=America/Lima:{start}\nDTSTART;TZID=America/Lima:{start}\nDURATION:PT2H\n"
            f"{organised(BOSS)}\n{invited(ROSA, 'DECLINED')}"
        )
        for start in dates
    ]
    assert is_busy(read(f"X-WR-CALNAME:{ROSA}\n", series, declined[1]))
    assert not is_busy(read(f"X-WR-CALNAME:{ROSA}\n", series, *declined))


@pytest.mark.parametrize("line", ["STATUS:CANCELLED", "TRANSP:TRANSPARENT"])
def test_what_is_cancelled_or_marked_as_free_takes_no_hours(line: str) -> None:
    assert _windows(read(event(f"{MONDAYS}\n{line}"))) == OPEN


def test_a_calendar_that_cancels_takes_no_hours() -> None:
    assert _windows(read("METHOD:CANCEL\n", event(MONDAYS))) == OPEN
    assert is_busy(read("METHOD:PUBLISH\n", event(MONDAYS)))


@pytest.mark.parametrize("people", ["ATTENDEE;PARTSTAT=DECLINED:invalid", "ATTENDEE;PARTSTAT=DECLINED:", "ATTENDEE"])
def test_people_without_an_address_tell_nothing(people: str) -> None:
    assert is_busy(read(event(f"{MONDAYS}\n{people}")))


def test_a_calendar_named_by_an_address_of_nobody_is_read_by_its_people() -> None:
    assert not is_busy(read("X-WR-CALNAME:equipo@empresa.example\n", event(f"{MONDAYS}\n{invited(ROSA, 'DECLINED')}")))
