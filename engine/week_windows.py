"""Minutes of a week as windows."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

import numpy as np

from engine.arrays import BoolArray
from engine.schedules import MINUTES_PER_DAY, Weekday, Window

MINUTES_PER_WEEK = 7 * MINUTES_PER_DAY


def windows_of(free: BoolArray) -> tuple[Window, ...]:
    """The fewest windows that hold exactly the minutes of a week, `[10080]`, Monday 00:00 first.

    Hours past midnight are one window; where a day or more is free without a break it is cut at midnights. Hours up to
    23:59 lose a minute: a window that ends then is read to the end of the day.
    """
    days: defaultdict[tuple[int, int], set[Weekday]] = defaultdict(set)
    for start, end in _runs(free):
        for part_start, part_end in _parts(start, end):
            day, start_minute = divmod(part_start, MINUTES_PER_DAY)
            end_minute = start_minute + part_end - part_start
            if end_minute > MINUTES_PER_DAY:
                end_minute -= MINUTES_PER_DAY
            if end_minute == MINUTES_PER_DAY - 1:
                end_minute -= 1
            if end_minute == start_minute:
                continue
            days[start_minute, end_minute].add(Weekday(day % 7))
    return tuple(sorted(Window(tuple(sorted(on)), start, end) for (start, end), on in days.items()))


def _runs(free: BoolArray) -> list[tuple[int, int]]:
    """The unbroken stretches of a week that goes round: one over its end runs past minute 10080."""
    if free.all():
        return [(0, MINUTES_PER_WEEK)]
    edges = np.flatnonzero(np.diff(free.astype(np.int8), prepend=0, append=0)).tolist()
    runs = list(zip(edges[::2], edges[1::2], strict=True))
    if len(runs) > 1 and runs[0][0] == 0 and runs[-1][1] == MINUTES_PER_WEEK:
        runs[-1] = runs[-1][0], MINUTES_PER_WEEK + runs[0][1]
        runs.pop(0)
    return runs


def _parts(start: int, end: int) -> list[tuple[int, int]]:
    if end - start < MINUTES_PER_DAY:
        return [(start, end)]
    midnights = range(-(-start // MINUTES_PER_DAY) * MINUTES_PER_DAY, end, MINUTES_PER_DAY)
    return [part for part in pairwise([start, *midnights, end]) if part[0] < part[1]]
