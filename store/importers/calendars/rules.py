"""Recurrence rules (RRULE, RFC 5545, 3.3.10): the starts that a rule sets in some weeks.

The library's expansion has no bound: a rule for 31 February is looked for until the year 9999. Here the days of the
weeks are reckoned, all at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product

import numpy as np
from icalendar.prop import vRecur
from numpy.typing import NDArray

from store.importers.calendars.lines import CalendarProperty
from store.importers.calendars.notes import CalendarTally, UnreadError
from store.importers.calendars.values import CalendarZones, Moment, moment_of

LONGEST_RULE = 512
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 what clocks on walls show
MONDAY_OF_EPOCH = 3  # 1 January 1970 was a Thursday
DAY_SECONDS = 86_400

Seconds = NDArray[np.int64]
Mask = NDArray[np.bool_]

_DAY_NUMBERS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_LENGTHS = {"SECONDLY": 1, "MINUTELY": 60, "HOURLY": 3600, "DAILY": DAY_SECONDS, "WEEKLY": 7 * DAY_SECONDS}
_CLOCK = {"BYHOUR": range(24), "BYMINUTE": range(60), "BYSECOND": range(60)}
_NUMBERS = _CLOCK | {"BYMONTH": range(1, 13), "BYMONTHDAY": range(-31, 32), "BYSETPOS": range(-366, 367)}
_COUNTS = {"INTERVAL": range(1, 10**6), "COUNT": range(1, 2**31)}
_READ_PARTS = {*_NUMBERS, *_COUNTS, "FREQ", "UNTIL", "BYDAY", "WKST"}
# What RFC 7529 lets a rule say, where it says no more than that it is an ordinary one.
_ORDINARY = {("RSCALE", "GREGORIAN"), ("SKIP", "OMIT")}
# No period is longer, in days: of a whole one the positions are counted (BYSETPOS).
_LONGEST_PERIODS = {"YEARLY": 366, "MONTHLY": 31, "WEEKLY": 7}


@dataclass(frozen=True, slots=True)
class RecurrenceRule:
    """An RRULE. `weekdays` holds days as `datetime.weekday` numbers them, with a position in the month or None;
    `numbers` what the other parts list."""

    frequency: str
    weekdays: tuple[tuple[int, int | None], ...]
    week_start: int
    numbers: dict[str, list[int]]
    until: Moment | None

    def starts(self, first: Moment, begin: int, end: int, tally: CalendarTally) -> Seconds:
        """The starts from `begin` on and before `end`: seconds after 1 January 1970 on the wall of the `first`.

        Raises UnreadError where too much was reckoned already.
        """
        start, count = wall_seconds(first.wall), self.numbers.get("COUNT", [None])[0]
        end = min(end, self._end(first) or end)
        if end <= begin:
            return np.zeros(0, np.int64)
        low, around = start if count else max(start, begin), 0
        if "BYSETPOS" in self.numbers:
            around = _LONGEST_PERIODS.get(self.frequency, 1) * DAY_SECONDS
        found = self._candidates(first.wall, low - around, end + around, tally)
        if "BYSETPOS" in self.numbers:
            found = self._at_positions(found, first.wall)
        found = found[(found >= start) & (found < end)][:count]
        return found[found >= begin]

    def _candidates(self, first: datetime, low: int, end: int, tally: CalendarTally) -> Seconds:
        """The starts in a range by all parts but those that count, in order."""
        unit = min(_LENGTHS.get(self.frequency, DAY_SECONDS), DAY_SECONDS)
        is_within_day = unit < DAY_SECONDS
        interval = self.numbers["INTERVAL"][0] if is_within_day else 1
        lowest = low // unit + (wall_seconds(first) // unit - low // unit) % interval
        clock = self._clock(first, unit)
        tally.spend(len(clock) * (max(end - lowest * unit, 0) // (unit * interval) + 1))
        units = np.arange(lowest, end // unit + 1, interval, dtype=np.int64)
        days = units * unit // DAY_SECONDS
        if is_within_day:
            is_in = self._on_days(days) & self._on_clock(units * unit, unit)
        else:
            is_in = self._in_periods(days, first) & self._on_days(days)
        return (units[is_in][:, None] * unit + np.array(clock, np.int64)).ravel()

    def _clock(self, first: datetime, unit: int) -> list[int]:
        """The seconds of a day, hour, minute or second at which it starts."""
        said = zip(_CLOCK, ([first.hour], [first.minute], [first.second]), (3600, 60, 1), strict=True)
        parts = [
            [number * size for number in self.numbers.get(name, usual)] for name, usual, size in said if size < unit
        ]
        return sorted({sum(numbers) for numbers in product(*parts)})

    def _on_clock(self, moments: Seconds, unit: int) -> Mask:
        """Which hours, minutes or seconds the parts allow that are no finer than the rule's own unit."""
        allowed = np.ones(moments.size, np.bool_)
        for (name, numbers), size in zip(_CLOCK.items(), (3600, 60, 1), strict=True):
            if name in self.numbers and size >= unit:
                allowed &= np.isin(moments // size % len(numbers), self.numbers[name])
        return allowed

    def _at_positions(self, found: Seconds, first: datetime) -> Seconds:
        """The starts at the positions in their period that BYSETPOS names."""
        unit = _LENGTHS.get(self.frequency, DAY_SECONDS)
        periods = found // unit if unit < DAY_SECONDS else self._periods(found // DAY_SECONDS, first)
        _, firsts, sizes = np.unique(periods, return_index=True, return_counts=True)
        positions = np.arange(found.size) - np.repeat(firsts, sizes) + 1
        wanted = self.numbers["BYSETPOS"]
        return found[np.isin(positions, wanted) | np.isin(positions - np.repeat(sizes, sizes) - 1, wanted)]

    def _end(self, first: Moment) -> int | None:
        """A second from which on there is no start; None: there may always be one."""
        if self.until is not None and self.until.is_whole_day:
            return wall_seconds(self.until.wall) + DAY_SECONDS
        if self.until is not None:
            # A time without Z is told by the clock that the hours are told by.
            is_utc = self.until.zone is UTC
            return wall_seconds(self.until.wall_in(first.zone) if is_utc else self.until.wall) + 1
        is_plain = not self.weekdays and not self.numbers.keys() - _COUNTS.keys()
        if not is_plain or "COUNT" not in self.numbers or self.frequency not in _LENGTHS:
            return None
        times = self.numbers["COUNT"][0] * self.numbers["INTERVAL"][0]
        return wall_seconds(first.wall) + _LENGTHS[self.frequency] * times

    def _in_periods(self, days: Seconds, first: datetime) -> Mask:
        """Which days lie in a day, week, month or year that the interval names, and on the days that go unsaid."""
        is_unsaid, interval = not self.weekdays and "BYMONTHDAY" not in self.numbers, self.numbers["INTERVAL"][0]
        unsaid = np.ones(days.size, np.bool_)
        if self.frequency == "WEEKLY" and not self.weekdays:
            unsaid = (days - wall_seconds(first) // DAY_SECONDS) % 7 == 0
        elif self.frequency in ("MONTHLY", "YEARLY") and is_unsaid:
            unsaid = _month_days(days) == first.day
        if self.frequency == "YEARLY" and is_unsaid and "BYMONTH" not in self.numbers:
            unsaid &= _months(days) % 12 + 1 == first.month
        in_periods: Mask = (self._periods(days, first) % interval == 0) & unsaid
        return in_periods

    def _periods(self, days: Seconds, first: datetime) -> Seconds:
        """The days, weeks, months or years that days lie in, counted from that of the first start."""
        day, month = wall_seconds(first) // DAY_SECONDS, (first.year - EPOCH.year) * 12 + first.month - 1
        if self.frequency == "WEEKLY":
            shift = MONDAY_OF_EPOCH - self.week_start
            return (days + shift) // 7 - (day + shift) // 7
        if self.frequency == "MONTHLY":
            return _months(days) - month
        return _months(days) // 12 - month // 12 if self.frequency == "YEARLY" else days - day

    def _on_days(self, days: Seconds) -> Mask:
        """Which days BYDAY, BYMONTH and BYMONTHDAY allow."""
        allowed, on = np.ones(days.size, np.bool_), _month_days(days)
        left = _month_days((_months(days) + 1).astype("M8[M]").astype("M8[D]").astype(np.int64) - 1) - on
        if "BYMONTH" in self.numbers:
            allowed &= np.isin(_months(days) % 12 + 1, self.numbers["BYMONTH"])
        if "BYMONTHDAY" in self.numbers:
            allowed &= np.isin(on, self.numbers["BYMONTHDAY"]) | np.isin(-left - 1, self.numbers["BYMONTHDAY"])
        named = np.full(days.size, not self.weekdays)
        for weekday, position in self.weekdays:
            is_placed = position is None or ((on - 1) // 7 + 1 == position) | (-(left // 7) - 1 == position)
            named |= ((days + MONDAY_OF_EPOCH) % 7 == weekday) & is_placed
        is_on: Mask = allowed & named
        return is_on


def wall_seconds(wall: datetime) -> int:
    """A wall-clock time as seconds after 1 January 1970."""
    return (wall - EPOCH) // timedelta(seconds=1)


def read_rule(stated: CalendarProperty, zones: CalendarZones) -> RecurrenceRule:
    """The rule that an RRULE states; raises UnreadError for one that RFC 5545 does not allow, or that is not read."""
    texts = _parts(stated.value)
    until = moment_of(texts.pop("UNTIL"), stated, zones) if "UNTIL" in texts else None
    try:
        read = vRecur.from_ical(";".join(f"{name}={text}" for name, text in texts.items()))
        weekdays = tuple((_DAY_NUMBERS[day.weekday], day.relative) for day in read.get("BYDAY", ()))
        week_start = _DAY_NUMBERS[read["WKST"][0].weekday] if "WKST" in texts else 0
        ranges = {name: within for name, within in (_NUMBERS | _COUNTS).items() if name in texts}
        numbers = {"INTERVAL": [1]} | {name: [int(number) for number in read[name]] for name in ranges}
        (frequency,) = map(str.upper, read["FREQ"])
    except (ValueError, KeyError, IndexError):
        raise UnreadError from None
    are_possible = all(number in within for name, within in ranges.items() for number in numbers[name])
    is_in_month = frequency == "MONTHLY" or (frequency == "YEARLY" and "BYMONTH" in texts)
    is_placed = any(position is not None for _, position in weekdays)
    is_counted = all(len(numbers.get(name, [1])) == 1 for name in _COUNTS) and all(numbers.values())
    is_set = "BYSETPOS" not in texts or bool(texts.keys() & {"BYDAY", *_NUMBERS} - {"BYSETPOS"})
    if not are_possible or not is_counted or not is_set or (is_placed and not is_in_month):
        raise UnreadError
    return RecurrenceRule(frequency, weekdays, week_start, numbers, until)


def _parts(value: str) -> dict[str, str]:
    """The parts by name, each once: the library passes over a part that it cannot split, an UNTIL among them."""
    parts: dict[str, str] = {}
    for part in value[:LONGEST_RULE].rstrip(";").split(";"):
        name, separator, text = (piece.strip().upper() for piece in part.partition("="))
        if (name, text) in _ORDINARY:
            continue
        if name not in _READ_PARTS or not separator or "=" in text or name in parts or len(value) > LONGEST_RULE:
            raise UnreadError
        parts[name] = text
    return parts


def _months(days: Seconds) -> Seconds:
    """The months that days lie in, counted from January 1970."""
    months: Seconds = days.astype("M8[D]").astype("M8[M]").astype(np.int64)
    return months


def _month_days(days: Seconds) -> Seconds:
    """The days of their months, from 1 on."""
    dates = days.astype("M8[D]")
    numbers: Seconds = (dates - dates.astype("M8[M]").astype("M8[D]")).astype(np.int64) + 1
    return numbers
