"""Finds where a text states hours on days of the week, in Spanish and English: "lunes a viernes de 9 a 18 hs".

`find_statements` reads what each says; whether they make a schedule is for `schedule_text` to judge.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from engine.schedules import MINUTES_PER_DAY, Weekday

DAY_NAMES = {
    name: Weekday(number)
    for number, names in enumerate(
        (
            "lunes monday mon lun",
            "martes tuesday tues tue",
            "miercoles wednesday wed mie",
            "jueves thursday thurs thu jue",
            "viernes friday fri vie",
            "sabados sabado saturday sat sab",
            "domingos domingo sunday sun dom",
        )
    )
    for name in names.split()
} | {"l": Weekday.MON, "v": Weekday.FRI, "s": Weekday.SAT, "d": Weekday.SUN}
# No \b at either end: boards glue words ("equipolunes a viernesmodalidad").
LONG_DAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|lunes|martes|miercoles|jueves|viernes|sabados?|domingos?)"
SHORT_DAY = r"(?:lun|mie|jue|vie|sab|dom|mon|tues?|wed|thurs?|thu|fri|sat|sun)\b\.?"
DAY = rf"(?:{LONG_DAY}|\b{SHORT_DAY})"
LETTER_DAYS = r"\bl(?:\s?[-–]\s?|\s+a\s+)[vsd]\b"  # L-V, L a S; not "las"
BETWEEN_DAYS = (
    r"\s*+(?:,|/|-|–|—|&|\b(?:y|e|and|a|al|to|through|thru|hasta)\b)"
    r"\s*+(?:(?:los|el|dias?)\s++)?"
)
# All the days of a list, or none: no hours can stand between two of them.
DAYS = rf"(?:{DAY}(?:{BETWEEN_DAYS}{DAY})*+|{LETTER_DAYS})"
BEFORE_HOURS = r"(?:[\s:;,.|()>*–-]|horarios?|\b(?:de|desde|las?|en|el|es|son|laboral|from|full|time|hs)\b){0,24}?"
HALF = r"(?:\s?(?P<half_{0}>[ap])\.?\s?m\b\.?)"
UNIT = r"(?:\s?(?:hs|hrs?|horas|h)\b\.?)"
CLOCK = r"(?<![\d.,:/$])(?P<hour_{0}>\d{{1,2}})(?:\s?(?:[:.]\s?|h)(?P<minute_{0}>[0-5]\d))?(?!\d|[.,:]\d)" + (
    rf"(?P<mark_{{0}}>(?:{UNIT}?{HALF}|{UNIT})?)"
)
BETWEEN_CLOCKS = r"\s*+(?:-|–|—|\ba\b|\bal\b|\bhasta\b|\bto\b|\buntil\b)\s*+(?:las?\s++)?"


def _hours(tag: str) -> str:
    return CLOCK.format(f"{tag}0") + BETWEEN_CLOCKS + CLOCK.format(f"{tag}1")


MORE_HOURS = rf"(?:[\s,.]*+(?:\by\b|\band\b)\s*+(?:(?:de|desde|from)\s++)?(?:las?\s++)?{_hours('b')})?"
LISTED_DAYS = re.compile(DAYS)
HOURS_AFTER_DAYS = re.compile(rf"{BEFORE_HOURS}{_hours('a')}{MORE_HOURS}")
HOURS_THEN_DAYS = re.compile(rf"{_hours('a')}(?:[\s,.;()]|\b(?:de|on|from|los|hs|horas)\b){{0,8}}?(?P<days>{DAYS})")
HOURS_ALONE = re.compile(_hours("a"))
DAY_MENTION = re.compile(rf"{DAYS}|\bsab\b")
ONE_DAY = re.compile(rf"{DAY}|\b[lvsd]\b")
PARTED_NUMBER = re.compile(r"(?<!\d)(\d) (\d)(?!\d)")
SHORTEST_MINUTES, LONGEST_MINUTES = 60, 12 * 60
NOON_HOUR = 12
EARLIEST_BARE_HOUR, CLEAR_BARE_HOUR = 5, 8  # "1 a 5" and "6 a 10", without a.m. or p.m., may be either half


@dataclass(frozen=True, slots=True)
class Statement:
    """Hours stated for days. `windows` are (start, end) minutes after midnight; None when they cannot be told."""

    days: frozenset[Weekday]
    windows: tuple[tuple[int, int], ...] | None
    start: int
    end: int


def joined_numbers(text: str) -> str:
    """`text` with numbers whole that a board parted ("1 8: 0 0" is 18:00)."""
    return re.sub(r"(\d[:.]) (\d\d)(?!\d)", r"\1\2", PARTED_NUMBER.sub(r"\1\2", text))


def find_statements(words: str) -> list[Statement]:
    """The statements of `words` (plain, spaces collapsed); hours before days only when there are no others."""
    found = list(_hours_after_days(words))
    return found or [_statement(match["days"], match, match.start()) for match in HOURS_THEN_DAYS.finditer(words)]


def _hours_after_days(words: str) -> Iterator[Statement]:
    """The statements that begin with days. Each list of days is read once, whether hours follow it or not."""
    place = 0
    while (listed := LISTED_DAYS.search(words, place)) is not None:
        hours = HOURS_AFTER_DAYS.match(words, listed.end())
        if hours is not None:
            yield _statement(listed[0], hours, listed.start())
        place = (hours or listed).end()


def other_mentions(words: str, statements: list[Statement]) -> Iterator[tuple[re.Match[str], frozenset[Weekday]]]:
    """Days that `words` names outside `statements`."""
    starts = [statement.start for statement in statements]  # ascending, and no two overlap
    for match in DAY_MENTION.finditer(words):
        before = bisect_right(starts, match.start())
        if not before or statements[before - 1].end <= match.start():
            yield match, days_of(match[0]) or frozenset()


def days_of(phrase: str) -> frozenset[Weekday] | None:
    """The days of "lunes a viernes y sábados"; None when the phrase can be read in two ways."""
    matches = list(ONE_DAY.finditer(phrase))
    days = [_weekday(match[0]) for match in matches]
    links = [phrase[one.end() : two.start()].strip() for one, two in pairwise(matches)]
    is_range = [re.match(r"(?:-|–|—|a\b|al\b|to\b|through\b|thru\b|hasta\b)", link) is not None for link in links]
    if any(one and two for one, two in pairwise(is_range)):
        return None  # "lunes - martes - jueves": a list or a range?
    named = set(days)
    for position, ranged in enumerate(is_range):
        if ranged:
            first, last = days[position], days[position + 1]
            named |= {Weekday((first + step) % 7) for step in range((last - first) % 7 + 1)}
    return frozenset(named)


def _weekday(name: str) -> Weekday:
    name = name.rstrip(".")
    return DAY_NAMES[name] if name in DAY_NAMES else DAY_NAMES[name.removesuffix("s")]


def _statement(listed: str, hours: re.Match[str], start: int) -> Statement:
    days = days_of(listed)
    groups = hours.groupdict()
    windows = [_window(groups, tag) for tag in ("a", "b") if groups.get(f"hour_{tag}0")]
    known = tuple(window for window in windows if window is not None)
    apart = len(known) < 2 or known[0][0] < known[0][1] <= known[1][0]
    readable = days is not None and len(known) == len(windows) and apart
    return Statement(days or frozenset(), known if readable else None, start, hours.end())


def _window(groups: dict[str, str | None], tag: str) -> tuple[int, int] | None:
    """Start and end, minutes after midnight; None when they cannot be told."""
    start, end = groups[f"hour_{tag}0"] or "", groups[f"hour_{tag}1"] or ""
    halves = groups[f"half_{tag}0"], groups[f"half_{tag}1"]
    bare = halves == (None, None)
    on_24_hours = "h" in f"{groups[f'mark_{tag}0']}{groups[f'mark_{tag}1']}"  # "7 a 12 hs"
    if bare and not on_24_hours and int(end) <= NOON_HOUR and _either_half(start, end):
        return None
    starts = _minutes(start, groups[f"minute_{tag}0"], halves[0], either=halves[1] is not None)
    closings = _minutes(end, groups[f"minute_{tag}1"], halves[1], either=True)
    for start_minute in starts:  # readings lie 12 hours apart, so at most one is as long as a shift is
        for end_minute in closings:
            if SHORTEST_MINUTES <= (end_minute - start_minute) % MINUTES_PER_DAY <= LONGEST_MINUTES:
                return start_minute % MINUTES_PER_DAY, end_minute % MINUTES_PER_DAY or MINUTES_PER_DAY
    return None


def _either_half(start: str, end: str) -> bool:
    """Whether bare hours such as "1 a 5" or "6 a 10" may be the morning's or the evening's."""
    padded = start.startswith("0") or int(start) > NOON_HOUR
    return not padded and (int(start) < EARLIEST_BARE_HOUR or (int(start) < CLEAR_BARE_HOUR and int(end) > int(start)))


def _minutes(hour_text: str, minute_text: str | None, half: str | None, *, either: bool) -> list[int]:
    """Minutes after midnight that a clock may mean; `either` half of the day when it names none."""
    hour, minute = int(hour_text), int(minute_text or 0)
    if hour > 24 or (hour == 24 and minute):
        return []
    if hour > NOON_HOUR or hour == 0:
        return [hour * 60 + minute]
    if half is not None:
        return [(hour % 12 + 12 * (half == "p")) * 60 + minute]
    as_written = hour * 60 + minute
    return [as_written, (as_written + 720) % MINUTES_PER_DAY] if either else [as_written]
