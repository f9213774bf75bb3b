"""Recurrence rules as calendars hold them, drawn by chance."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import strategies as st

ENDS = ("", "", ";COUNT=1", ";COUNT=7", ";COUNT=40", ";COUNT=600", ";UNTIL=20261008T101500")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def lists(values: st.SearchStrategy[int], name: str) -> st.SearchStrategy[str]:
    """A part of a rule, or none."""
    some = st.lists(values, min_size=1, max_size=4, unique=True)
    return st.just("") | some.map(lambda chosen: f";{name}={','.join(map(str, chosen))}")


@st.composite
def rules(draw: st.DrawFn) -> str:
    """A rule that has starts now and then: where there are none the library looks for them until the year 9999.

    Its days are all placed in their months, or none is: of `1MO,FR` the library takes the Fridays that are a first
    Monday.
    """
    frequency = draw(st.sampled_from(["HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    if frequency == "HOURLY":
        return draw(hourly_rules())
    months = draw(lists(st.integers(1, 12), "BYMONTH")) if frequency in ("DAILY", "WEEKLY") else ""
    months = draw(st.just("") | st.just(";BYMONTH=3,9,10,11")) if frequency == "YEARLY" else months
    is_placed = draw(st.booleans()) and (frequency == "MONTHLY" or bool(months and frequency == "YEARLY"))
    place = st.sampled_from(["1", "2", "4", "-1", "-2", "+3"] if is_placed else [""])
    named = st.lists(st.builds("{}{}".format, place, st.sampled_from(DAYS)), min_size=1, max_size=4, unique=True)
    day_part = draw(named.map(lambda days: f";BYDAY={','.join(days)}"))
    month_days = draw(st.lists(st.sampled_from([1, 5, 13, 28, -1, -7]), min_size=1, max_size=4, unique=True))
    month_part = "" if frequency == "WEEKLY" else f";BYMONTHDAY={','.join(map(str, month_days))}"
    is_by_date = frequency in ("MONTHLY", "YEARLY")
    by_day = draw(st.sampled_from([day_part, month_part] if is_by_date else ["", day_part, month_part]))
    interval = draw(st.sampled_from([1, 1, 2, 3, 5] if by_day or months else [1, 1, 2, 3, 5, 7, 14]))
    clock = draw(lists(st.integers(0, 23), "BYHOUR")) + draw(lists(st.integers(0, 59), "BYMINUTE"))
    positions = draw(lists(st.sampled_from([1, 2, 3, -1, -2]), "BYSETPOS")) if by_day else ""
    is_by_week = frequency == "WEEKLY" and bool(positions)
    end = "" if is_by_week else draw(st.sampled_from(ENDS))
    week_start = draw(st.sampled_from(["", ";WKST=SU", ";WKST=MO", ";WKST=TH"]))
    return f"FREQ={frequency};INTERVAL={interval}{months}{by_day}{clock}{positions}{end}{week_start}"


@st.composite
def hourly_rules(draw: st.DrawFn) -> str:
    """A rule that repeats within a day."""
    frequency, interval = draw(
        st.sampled_from([("HOURLY", 1), ("HOURLY", 5), ("HOURLY", 168), ("MINUTELY", 45), ("MINUTELY", 10080)])
    )
    days = draw(st.lists(st.sampled_from(DAYS), max_size=4, unique=True)) if interval < 24 else []
    hours = draw(lists(st.integers(0, 23), "BYHOUR")) if interval == 1 else ""
    minutes = draw(lists(st.integers(0, 59), "BYMINUTE")) if frequency == "HOURLY" else ""
    by_day = f";BYDAY={','.join(days)}" if days else ""
    return f"FREQ={frequency};INTERVAL={interval}{by_day}{hours}{minutes}{draw(st.sampled_from(ENDS))}"


FIRSTS = st.builds(
    lambda day, minute: datetime(2024, 1, 1) + timedelta(days=day, minutes=minute),
    st.integers(0, 1100),
    st.integers(0, 1439),
)
