"""Windows of a week held against others: the hours that both have."""

from __future__ import annotations

from engine.schedules import MINUTES_PER_DAY, Weekday, Window
from engine.week_windows import MINUTES_PER_WEEK


def shared_windows(one: tuple[Window, ...], other: tuple[Window, ...]) -> tuple[Window, ...]:
    """The hours that lie in both, as windows of one day each, in order."""
    shared = {
        (max(start, from_other), min(end, to_other))
        for start, end in _intervals(one)
        for from_other, to_other in _intervals(other)
        if max(start, from_other) < min(end, to_other)
    }
    return tuple(
        Window((Weekday(start // MINUTES_PER_DAY),), start % MINUTES_PER_DAY, (end - 1) % MINUTES_PER_DAY + 1)
        for start, end in sorted(shared)
    )


def _intervals(windows: tuple[Window, ...]) -> list[tuple[int, int]]:
    """Minutes of the week from Monday on, none over midnight."""
    found = []
    for window in windows:
        overnight = window.end_minute <= window.start_minute
        for day in window.days:
            midnight = day * MINUTES_PER_DAY
            end = MINUTES_PER_DAY if overnight else window.end_minute
            found.append((midnight + window.start_minute, midnight + end))
            if overnight and window.end_minute:
                next_midnight = (midnight + MINUTES_PER_DAY) % MINUTES_PER_WEEK
                found.append((next_midnight, next_midnight + window.end_minute))
    return found
