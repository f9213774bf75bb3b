"""What people mean by "mañanas": of their own free hours, and of the hours of jobs that they look for.

Who says to be free in the mornings has claimed no hour before seven, so their free time is read narrowly. Who searches
for jobs of the mornings wants those that begin at six too, so a search is read widely; it stays within the free hours
that the person has stated elsewhere. What a shift of the name takes in an ad stands in `PartOfDay`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.reading.schedules.parts_of_day import PartOfDay
from engine.schedules import MINUTES_PER_DAY


@dataclass(frozen=True, slots=True)
class Meanings:
    """The hours of a part of the day, of school, and of a whole day. `takes_bare`: whether "de 8 a 12" without more are
    hours."""

    parts: Mapping[PartOfDay, tuple[int, int]]
    school: tuple[int, int]
    day: tuple[int, int]
    takes_bare: bool = False


FREE = Meanings(
    parts={
        PartOfDay.MORNING: (7 * 60, 13 * 60),
        PartOfDay.AFTERNOON: (13 * 60, 19 * 60),
        PartOfDay.EVENING: (18 * 60, 23 * 60),
        PartOfDay.NIGHT: (19 * 60, MINUTES_PER_DAY),
        PartOfDay.SMALL_HOURS: (0, 6 * 60),
        PartOfDay.DAY: (8 * 60, 18 * 60),
    },
    school=(8 * 60, 13 * 60),
    day=(7 * 60, 22 * 60),
)
# Wider than most shifts of the name, and less of another part's than would do for work that lies somewhere in it. Two
# whole days hold no full week.
SEARCHED = Meanings(
    parts={
        PartOfDay.MORNING: (5 * 60, 14 * 60),
        PartOfDay.AFTERNOON: (13 * 60 + 30, 22 * 60),
        PartOfDay.EVENING: (17 * 60, MINUTES_PER_DAY),
        PartOfDay.NIGHT: (18 * 60, 6 * 60),
        PartOfDay.SMALL_HOURS: (22 * 60, 6 * 60),
        PartOfDay.DAY: (5 * 60, 20 * 60),
    },
    school=(7 * 60, 14 * 60),
    day=(5 * 60, MINUTES_PER_DAY),
    takes_bare=True,
)
