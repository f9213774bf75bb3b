"""The starts that a rule sets are those that the library's own expansion finds, which has no bound."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from hypothesis import given, settings

from store.importers.calendars.lines import CalendarProperty
from store.importers.calendars.notes import CalendarTally, NoteKind, UnreadError
from store.importers.calendars.rules import EPOCH, read_rule, wall_seconds
from store.importers.calendars.values import CalendarZones, Moment
from tests.store.importers.calendars.drawn_rules import FIRSTS, rules

LIMA = ZoneInfo("America/Lima")
BEGIN, END = datetime(2026, 9, 7), datetime(2026, 11, 30)


def starts(rule: str, first: datetime, begin: datetime = BEGIN, end: datetime = END) -> list[datetime]:
    """What our reckoning finds."""
    read = read_rule(CalendarProperty({}, rule), CalendarZones(LIMA, ()))
    found = read.starts(Moment(first, LIMA), wall_seconds(begin), wall_seconds(end), CalendarTally())
    return [EPOCH + timedelta(seconds=int(second)) for second in found]


def expanded(rule: str, first: datetime) -> list[datetime]:
    """What the library finds."""
    return list(rrulestr(rule, dtstart=first).between(BEGIN, END - timedelta(seconds=1), inc=True))


@settings(max_examples=300, deadline=None)
@given(rule=rules(), first=FIRSTS)
def test_starts_are_those_of_the_librarys_expansion(rule: str, first: datetime) -> None:
    found, known = starts(rule, first), expanded(rule, first)
    if "WEEKLY" in rule and "BYSETPOS" in rule:
        # Of the week of the first start the library counts the days from that start on.
        later = first + timedelta(weeks=1)
        found, known = [one for one in found if one >= later], [one for one in known if one >= later]
    assert found == known


@pytest.mark.parametrize(
    ("rule", "first", "days"),
    [
        ("FREQ=DAILY;INTERVAL=7", datetime(2026, 10, 6, 10), ["1006", "1013", "1020", "1027"]),
        ("FREQ=WEEKLY;BYDAY=WE;BYHOUR=10;BYMINUTE=0", datetime(2026, 10, 6, 10), ["1007", "1014", "1021", "1028"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=MO", datetime(2026, 10, 5, 10), ["1005", "1011", "1019", "1025"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU", datetime(2026, 10, 5, 10), ["1005", "1018", "1019"]),
        ("FREQ=MONTHLY", datetime(2026, 8, 31, 10), ["1031"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", datetime(2026, 1, 1, 10), ["1030"]),
        ("FREQ=MONTHLY;BYDAY=1MO,SA", datetime(2026, 1, 1, 10), ["1003", "1005", "1010", "1017", "1024", "1031"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1,15", datetime(2026, 1, 1, 10), ["1015", "1031"]),
        ("FREQ=YEARLY", datetime(1984, 10, 12, 10), ["1012"]),
        ("FREQ=YEARLY", datetime(2024, 2, 29, 10), []),
        ("FREQ=DAILY;COUNT=3", datetime(2026, 9, 29, 10), ["1001"]),
        ("FREQ=DAILY;UNTIL=20261002", datetime(2026, 9, 29, 10), ["1001", "1002"]),
        ("FREQ=DAILY;UNTIL=20261002T100000", datetime(2026, 9, 29, 10), ["1001", "1002"]),
        ("FREQ=DAILY;UNTIL=20261002T145959Z", datetime(2026, 9, 29, 10), ["1001"]),
        ("FREQ=HOURLY;COUNT=4", datetime(2020, 1, 1, 10), []),
        ("FREQ=SECONDLY;COUNT=4", datetime(2020, 1, 1, 10), []),
        ("FREQ=MINUTELY;UNTIL=20200101T120000", datetime(2020, 1, 1, 10), []),
        ("FREQ=HOURLY;INTERVAL=168", datetime(2025, 12, 29, 10), ["1005", "1012", "1019", "1026"]),
        ("FREQ=HOURLY;BYDAY=MO;BYHOUR=10", datetime(2026, 1, 1, 8), ["1005", "1012", "1019", "1026"]),
        ("FREQ=SECONDLY;INTERVAL=604800", datetime(2025, 12, 29, 10), ["1005", "1012", "1019", "1026"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1,1", datetime(2026, 1, 1, 10), ["1001", "1030"]),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=2", datetime(2026, 10, 8, 10), ["1012"]),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=2;WKST=SU", datetime(2026, 9, 1, 10), ["1007", "1014", "1021", "1028"]),
        ("FREQ=YEARLY;BYMONTH=10;BYDAY=SU;BYSETPOS=-1;COUNT=3", datetime(2024, 1, 1, 10), ["1025"]),
        ("RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=OMIT;BYMONTHDAY=31", datetime(2026, 1, 31, 10), ["1031"]),
    ],
)
def test_rules_of_one_month(rule: str, first: datetime, days: list[str]) -> None:
    found = starts(rule, first, datetime(2026, 10, 1), datetime(2026, 11, 1))
    assert [f"{start:%m%d}" for start in found] == days
    assert {start.hour for start in found} <= {10}


@pytest.mark.parametrize(
    "rule",
    [
        *("", "BYDAY=MO", "FREQ=", "FREQ=SEMANAL", "FREQ=DAILY,WEEKLY;COUNT=2", "FREQ=WEEKLY;BYDAY=LU"),
        *("FREQ=WEEKLY;BYDAY=", "FREQ=WEEKLY;INTERVAL=0", "FREQ=WEEKLY;INTERVAL=-1", "FREQ=WEEKLY;COUNT=0"),
        *("FREQ=WEEKLY;COUNT=dos", "FREQ=WEEKLY;COUNT=99999999999999999999", "FREQ=WEEKLY;COUNT=1,2"),
        *("FREQ=WEEKLY;UNTIL", "FREQ=WEEKLY;UNTIL=", "FREQ=WEEKLY;UNTIL=ayer", "FREQ=WEEKLY;UNTIL=P1D"),
        *("FREQ=WEEKLY;UNTIL=20260101;UNTIL=20290101", "FREQ=WEEKLY;=MO", "FREQ=WEEKLY;;BYDAY=MO", "FREQ=WEEKLY;X"),
        *("FREQ=DAILY;BYHOUR=24", "FREQ=DAILY;BYMINUTE=60", "FREQ=DAILY;BYMONTH=13", "FREQ=DAILY;BYHOUR="),
        *("FREQ=WEEKLY;BYDAY=2MO", "FREQ=DAILY;BYDAY=-1MO", "FREQ=YEARLY;BYDAY=20MO", "FREQ=MONTHLY;BYSETPOS=1"),
        *("RSCALE=HEBREW;FREQ=DAILY", "RSCALE=GREGORIAN;SKIP=BACKWARD;FREQ=MONTHLY", "FREQ=SECONDLY"),
        *("FREQ=DAILY;BYHOUR=9;BYSETPOS=", "FREQ=DAILY;BYHOUR=9;BYSETPOS=400", "FREQ=HOURLY;BYDAY=1MO"),
        f"FREQ=WEEKLY;BYDAY={','.join(['MO'] * 500)}",
    ],
)
def test_a_rule_that_is_none_is_never_read_in_part(rule: str) -> None:
    with pytest.raises(UnreadError):
        starts(rule, datetime(2026, 1, 1))


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=2",
        "FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=DAILY;INTERVAL=999999",
    ],
)
def test_what_never_comes_is_not_looked_for(rule: str) -> None:
    tally = CalendarTally()
    read = read_rule(CalendarProperty({}, rule), CalendarZones(LIMA, ()))
    first = Moment(datetime(2026, 3, 2), LIMA)
    assert not read.starts(first, wall_seconds(BEGIN), wall_seconds(END), tally).size
    assert tally.reckoned < 100


def test_what_takes_too_long_to_count_is_not_counted() -> None:
    with pytest.raises(UnreadError) as unread:
        starts(f"FREQ=DAILY;COUNT=2147483647;BYMINUTE={','.join(map(str, range(60)))}", datetime(1900, 1, 1))
    assert unread.value.kind is NoteKind.TOO_MUCH


def test_an_end_in_utc_is_one_on_the_wall_of_the_first() -> None:
    tokyo = ZoneInfo("Asia/Tokyo")
    rule = read_rule(CalendarProperty({}, "FREQ=DAILY;UNTIL=20261007T000000Z"), CalendarZones(LIMA, ()))
    assert rule.until == Moment(datetime(2026, 10, 7), UTC)
    for zone, last in ((LIMA, 6), (tokyo, 7)):
        found = rule.starts(
            Moment(datetime(2026, 10, 5, 9), zone), wall_seconds(BEGIN), wall_seconds(END), CalendarTally()
        )
        assert len(found) == last - 4
