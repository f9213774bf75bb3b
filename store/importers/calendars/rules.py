"""Recurrence rules (RRULE, RFC 5545, 3.3.10) as days of the week. No rule is ever expanded: dates are reckoned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

from icalendar.prop import vRecur

from store.importers.calendars.lines import CalendarProperty, calendar_fault
from store.importers.calendars.property_values import CalendarZones, Moment, moment_of

LONGEST_RULE = 512
EVERY_DAY = frozenset(range(7))

_DAY_NUMBERS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_LONGEST_PERIOD_DAYS = {"DAILY": 7, "WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}
_READ_PARTS = frozenset({"FREQ", "INTERVAL", "BYDAY", "UNTIL", "COUNT", "WKST"})
_TIME_PARTS = frozenset({"BYHOUR", "BYMINUTE", "BYSECOND"})


@dataclass(frozen=True, slots=True)
class RecurrenceRule:
    """An RRULE. `weekdays` as `datetime.weekday` numbers them, None: not stated; `is_by_position`: some are counted
    within a month or a year (2MO); `other_parts`: the names of parts that are not read."""

    frequency: str
    interval: int
    weekdays: frozenset[int] | None
    is_by_position: bool
    count: int | None
    until: Moment | None
    other_parts: frozenset[str]

    def free_weekdays(self, first: datetime) -> frozenset[int] | None:
        """The days of free hours that start at `first` and are the same every week; None where they are not."""
        is_weekly = self.frequency in ("DAILY", "WEEKLY") and self.interval == 1
        if not is_weekly or self.is_by_position or self.other_parts:
            return None
        return self._weekdays(first)

    def busy_weekdays(self, first: datetime) -> frozenset[int] | None:
        """The days that busy hours may fall on in any week, every second week and part of the year counting too.

        None where they belong to days of the month or of the year. Only for rules that `is_by_day`.
        """
        if self.is_by_position or self.other_parts - {"BYMONTH"}:
            return None
        if self.frequency in ("MONTHLY", "YEARLY"):
            return self.weekdays
        return self._weekdays(first)

    @property
    def is_by_day(self) -> bool:
        """Whether it repeats by days, not by hours or less."""
        return self.frequency in _LONGEST_PERIOD_DAYS and not self.other_parts & _TIME_PARTS

    def last_start(self, first: datetime, zone: tzinfo) -> datetime | None:
        """The last start, by the clock in `zone`, of a rule whose first is `first`; None for one without end.

        It is exact for rules with `free_weekdays`; no other ends later.
        """
        if self.until is not None:
            if self.until.is_whole_day:
                return datetime.combine(self.until.wall, time.max)
            # A time without Z is told by the clock that the hours are told by.
            return self.until.wall_in(zone) if self.until.zone is UTC else self.until.wall
        if self.count is None:
            return None
        weekdays = self.free_weekdays(first)
        try:
            if weekdays is None:
                return first + timedelta(_LONGEST_PERIOD_DAYS[self.frequency]) * self.interval * self.count
            ahead = sorted((day - first.weekday()) % 7 for day in weekdays)
            weeks, place = divmod(self.count - 1, len(ahead))
            return first + timedelta(weeks=weeks, days=ahead[place])
        except OverflowError:
            return None

    def _weekdays(self, first: datetime) -> frozenset[int]:
        if self.weekdays is not None:
            return self.weekdays
        return EVERY_DAY if self.frequency == "DAILY" else frozenset({first.weekday()})


def read_rule(stated: CalendarProperty, zones: CalendarZones) -> RecurrenceRule:
    """The rule that an RRULE states; raises InvalidInputError for one that RFC 5545 does not allow."""
    texts = _parts(stated)
    try:
        recurrence = vRecur.from_ical(";".join(f"{name}={text}" for name, text in texts.items() if name != "UNTIL"))
        days = recurrence.get("BYDAY", [])
        rule = RecurrenceRule(
            frequency=str(recurrence["FREQ"][0]).upper(),
            interval=_counted(recurrence.get("INTERVAL", [1])),
            weekdays=frozenset(_DAY_NUMBERS[day.weekday] for day in days) if days else None,
            is_by_position=any(day.relative is not None for day in days),
            count=_counted(recurrence["COUNT"]) if "COUNT" in recurrence else None,
            until=moment_of(texts["UNTIL"], stated, zones) if "UNTIL" in texts else None,
            other_parts=frozenset(texts) - _READ_PARTS,
        )
    except (ValueError, KeyError) as cause:
        raise _bad_rule(stated) from cause
    return rule


def _parts(stated: CalendarProperty) -> dict[str, str]:
    """The parts by name, each once: the library passes over a part that it cannot split, an UNTIL among them."""
    if len(stated.value) > LONGEST_RULE:
        raise _bad_rule(stated)
    parts: dict[str, str] = {}
    for part in stated.value.rstrip(";").split(";"):
        name, separator, text = part.partition("=")
        name = name.strip().upper()
        if not separator or not name or "=" in text or name in parts:
            raise _bad_rule(stated)
        parts[name] = text.strip()
    return parts


def _counted(values: list[int]) -> int:
    if len(values) != 1 or values[0] < 1:
        raise ValueError("not one number from 1 on")
    return int(values[0])


def _bad_rule(stated: CalendarProperty) -> Exception:
    return calendar_fault(
        f"{stated.name} is no rule", stated.line, expected=f"FREQ=WEEKLY;BYDAY=MO,TU, at most {LONGEST_RULE} characters"
    )
