"""Whether what was read is what a label says: hours are compared as minutes of the week, clocks as they show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.reading.labels import Value
from engine.reading.text_cleaning import plain
from engine.schedules import MINUTES_PER_DAY, parse_window

MINUTES_PER_WEEK = 7 * MINUTES_PER_DAY
WINTER, SUMMER = datetime(2026, 1, 15, tzinfo=UTC), datetime(2026, 7, 15, tzinfo=UTC)

Minutes = frozenset[int]


def agrees(field: str, value: Value, truth: Value, place_zone: str | None) -> bool:
    """Whether `value` says what `truth` says; `place_zone` is the clock that is meant where a label names none."""
    if value is None or truth is None:
        return value is truth
    match field:
        case "schedule":
            return _same_schedule(value, truth, place_zone)
        case "pay":
            return all(value.get(key) == truth.get(key) for key in ("amount", "max_amount", "currency", "period"))
        case "place":
            return all(_same_place(value, key, said) for key, said in truth.items())
        case _:
            return bool(value == truth)


def _same_schedule(value: Mapping[str, Any], truth: Mapping[str, Any], place_zone: str | None) -> bool:
    if value["kind"] != truth["kind"]:
        return False
    same_shifts = {_minutes(shift) for shift in value.get("shifts", ())} == {
        _minutes(shift) for shift in truth.get("shifts", ())
    }
    if not same_shifts or _minutes(value.get("windows", ())) != _minutes(truth.get("windows", ())):
        return False
    tells_clock = "windows" in truth or "shifts" in truth
    zones = truth.get("time_zones") or ([place_zone] if place_zone else [])
    return not tells_clock or _offsets(value["time_zones"][0]) in [_offsets(zone) for zone in zones]


def _minutes(windows: Sequence[str]) -> Minutes:
    """The minutes of the week that windows such as "mon-fri 22:00-06:00" hold."""
    held: set[int] = set()
    for window in map(parse_window, windows):
        for day in window.days:
            start = day * MINUTES_PER_DAY + window.start_minute
            held.update(minute % MINUTES_PER_WEEK for minute in range(start, start + window.length_minutes))
    return frozenset(held)


def _offsets(zone: str) -> tuple[Any, Any]:
    clock = ZoneInfo(zone)
    return clock.utcoffset(WINTER.astimezone(clock)), clock.utcoffset(SUMMER.astimezone(clock))


def _same_place(value: Mapping[str, Any], key: str, said: Any) -> bool:
    """Whether a place says this of a label. A part of the world is told by countries it has and others it has not."""
    named = value.get("applicants", ())
    match key:
        case "applicants_with":
            return isinstance(named, list) and set(said) <= set(named)
        case "applicants_without":
            return not set(said) & set(named)
        case _:
            return bool(_folded(value.get(key)) == _folded(said))


def _folded(said: Any) -> Any:
    return plain(said) if isinstance(said, str) else said
