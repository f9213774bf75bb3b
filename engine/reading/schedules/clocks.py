"""Times of day as they are written, and from when to when two of them can mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from engine.schedules import MINUTES_PER_DAY

NOON = 12 * 60
SHORTEST_MINUTES, LONGEST_MINUTES = 60, 12 * 60
EARLIEST_BARE_HOUR, CLEAR_BARE_HOUR, LATEST_BARE_EVENING = 5, 8, 11


class Evidence(IntEnum):
    """How surely a number is a time of day: bare, with "hs" (which may be an amount), as 9:00, with a.m. or p.m."""

    BARE = 0
    UNIT = 1
    COLON = 2
    HALF = 3


@dataclass(frozen=True, slots=True)
class Clock:
    """A time as it is written. `half` is "a" or "p" of a.m. and p.m., None where it is not told."""

    hour: int
    minute: int
    half: str | None
    evidence: Evidence
    is_padded: bool = False

    def readings(self, *, either: bool) -> list[int]:
        """The minutes after midnight it may mean; `either` half of the day where it names none."""
        if self.hour > 24 or (self.hour == 24 and self.minute):
            return []
        as_written = self.hour * 60 + self.minute
        if self.hour > 12 or self.hour == 0:
            return [as_written]
        if self.half is not None:
            return [(self.hour % 12 + 12 * (self.half == "p")) * 60 + self.minute]
        return [as_written, (as_written + NOON) % MINUTES_PER_DAY] if either else [as_written]


@dataclass(frozen=True, slots=True)
class Hours:
    """From `start` to `end`, minutes after midnight; `is_sure` unless a half of the day had to be supposed."""

    start: int
    end: int
    is_sure: bool = True

    @property
    def length(self) -> int:
        """Minutes from start to end; what ends at or before its start runs into the next day."""
        return (self.end - self.start) % MINUTES_PER_DAY or MINUTES_PER_DAY


_HALF_OF_PHRASE = (("manana", "a"), ("madrugada", "a"), ("morning", "a"), ("noche", "p"), ("night", "p"))
_NOONS = re.compile(r"12 ?m|doce|mediodia|noon")


def clock_of(found: re.Match[str]) -> Clock:
    """The clock of a token's match."""
    if found["military"]:
        return Clock(int(found["military"][:2]), int(found["military"][2:]), None, Evidence.COLON, is_padded=True)
    if found["named"]:
        is_noon = _NOONS.search(found["named"]) is not None
        return Clock(12, 0, "p", Evidence.HALF) if is_noon else Clock(0, 0, None, Evidence.HALF)
    hour, minute = int(found["hour"]), found["minute"] or found["h_minute"]
    half = found["half"][0] if found["half"] else None
    if found["phrase"]:
        half = next((half for word, half in _HALF_OF_PHRASE if word in found["phrase"]), "p")
        if hour == 12 and "noche" in found["phrase"]:
            half = "a"
    unit = found["unit"] or found["unit_after"] or found["h_minute"]
    evidence = Evidence.HALF if half else Evidence.COLON if minute else Evidence.UNIT if unit else Evidence.BARE
    has_unit = bool(unit)
    return Clock(hour, int(minute or 0), half, evidence, found["hour"].startswith("0") or has_unit)


def hours_between(start: Clock, end: Clock) -> Hours | None:
    """The hours from `start` to `end`; None when they cannot be told."""
    bare = start.half is None and end.half is None
    on_24_hours = start.is_padded or end.is_padded or start.hour > 12 or end.hour > 12 or start.hour == 0
    if bare and not on_24_hours and _either_half(start, end):
        return _in_the_afternoon(start, end)
    ends_as_written = start.hour > 12 and end.is_padded  # "17 a 7 hs" ends in the morning
    return _shortest(start.readings(either=end.half is not None), end.readings(either=not ends_as_written))


def opening_between(start: Clock, end: Clock) -> Hours | None:
    """The hours of a day longer than a shift ("de 8 am a 10 pm"), where both ends are told in full."""
    starts, ends = start.readings(either=False), end.readings(either=False)
    told = (start.half or start.hour > 12 or start.is_padded) and (end.half or end.hour > 12)
    if not (told and starts and ends) or not NOON < (ends[0] - starts[0]) % MINUTES_PER_DAY <= 18 * 60:
        return None
    return Hours(starts[0], ends[0] or MINUTES_PER_DAY) if starts[0] < (ends[0] or MINUTES_PER_DAY) else None


def _shortest(starts: list[int], ends: list[int], *, is_sure: bool = True) -> Hours | None:
    for start in starts:  # readings lie 12 hours apart, so at most one is as long as a shift is
        for end in ends:
            if SHORTEST_MINUTES <= (end - start) % MINUTES_PER_DAY <= LONGEST_MINUTES:
                return Hours(start % MINUTES_PER_DAY, end % MINUTES_PER_DAY or MINUTES_PER_DAY, is_sure)
    return None


def _either_half(start: Clock, end: Clock) -> bool:
    """Whether bare hours such as "1 a 5" or "6 a 10" may be the morning's or the evening's; "7 a 12" ends at noon."""
    return start.hour < EARLIEST_BARE_HOUR or (start.hour < end.hour < 12 and start.hour < CLEAR_BARE_HOUR)


def _in_the_afternoon(start: Clock, end: Clock) -> Hours | None:
    """ "2 a 6" is the afternoon: who works at night says so. "6 a 10" stays open."""
    if not (start.hour < EARLIEST_BARE_HOUR and start.hour < end.hour <= LATEST_BARE_EVENING):
        return None
    return _shortest([start.readings(either=True)[1]], [end.readings(either=True)[1]], is_sure=False)
