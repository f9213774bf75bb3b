"""The statements of a text that are about the job's hours, with days that were told elsewhere or are supposed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.reading.schedules import marks
from engine.reading.schedules.clocks import Evidence
from engine.reading.schedules.shifts import MONDAY_TO_FRIDAY
from engine.reading.schedules.statements import DaysAlone, Statement, told_in

OF_WORK = re.compile(
    r"\b(?:horarios?|turnos?|jornadas?|shifts?|working hours|work hours|schedule|laborar|trabajar|trabajaras"
    r"|disponibilidad"
    r"|full time|part time|tiempo completo|medio tiempo|ingreso|t[mtn])\b[^\n]{0,40}$"
)
MOST_RESTED = 5
NEAR = 80  # characters from one statement to the next of the same hours


@dataclass(frozen=True, slots=True)
class Gathered:
    """The statements of the job's hours, each with days. `is_whole`: nothing more is told than was read."""

    statements: tuple[Statement, ...]
    is_whole: bool
    are_days_gathered: bool = False
    are_days_supposed: bool = False


def gather(words: str) -> Gathered:
    """What `words` say of the job's hours."""
    told = told_in(words)
    ours = [one for one in told.statements if _is_ours(words, one)]
    if any(one.hours or one.opening for one in ours):  # hours tell more than "turno tarde" does
        named = {one.part for one in ours if one.hours is None and one.opening is None and one.is_shift}
        timed = [one for one in ours if one.hours or one.opening]
        if any(one.hours for one in timed):
            timed = [one for one in timed if one.hours]
        is_clear = all(one.is_clear for one in ours) and not (len(named) > 1 and len(timed) == 1)
        ours = timed
    else:
        is_clear = all(one.is_clear for one in ours)
        ours = [one for one in ours if one.part is not None]
    alone = [one for one in told.days_alone if _are_working_days(words, one)]
    return _with_days(ours, alone, is_clear)


def _with_days(ours: list[Statement], alone: list[DaysAlone], is_clear: bool) -> Gathered:
    timed = [one for one in ours if one.hours or one.opening]
    if not timed:
        return Gathered(tuple(ours), is_clear)
    covered = frozenset(day for one in timed for day in one.days or ())
    if covered:
        joined = _with_those_before(timed)
        whole = is_clear and joined is not None and not _leave_days_open(alone, covered)
        return Gathered(tuple(joined or timed), whole)
    sets = {one.days for one in alone}
    if len(sets) == 1 and None not in sets:
        (days,) = sets
        return Gathered(tuple(replace(one, days=days) for one in timed), is_clear, are_days_gathered=True)
    if sets:
        return Gathered(tuple(timed), is_whole=False)
    supposed = tuple(replace(one, days=MONDAY_TO_FRIDAY) for one in timed)
    return Gathered(supposed, is_clear, are_days_supposed=True)


def _with_those_before(timed: Sequence[Statement]) -> list[Statement] | None:
    """Hours without days are those of the days before them, where they stand near and are joined or have a name."""
    found: list[Statement] = []
    hours = {(one.hours.start, one.hours.end) for one in timed if one.hours and one.days}
    for one in timed:
        last = found[-1] if found else None
        if one.days is not None:
            found.append(one)
        elif one.hours is not None and (one.hours.start, one.hours.end) in hours:
            continue
        elif last is not None and one.start - last.end <= NEAR and (one.part or one.link in ("or", "slash")):
            found.append(replace(one, days=last.days, link=one.link or "break"))
        else:
            return None
    return found


def _leave_days_open(alone: Sequence[DaysAlone], covered: frozenset[object]) -> bool:
    """Whether other days of work are named, or single ones again, without hours that could be read."""
    return any(one.days is None or len(one.days) < 2 or not one.days <= covered for one in alone)


def _is_ours(words: str, one: Statement) -> bool:
    if one.is_dated or marks.is_of_something_else(words, one.start, one.end):
        return False
    before = words[max(0, one.start - 60) : one.start]
    if one.hours is None and one.opening is None and marks.RESTED.match(words[one.end : one.end + 12].strip()):
        return False  # "tardes libres"
    if one.hours is None and one.opening is None and one.is_clear:
        return one.is_shift or bool(OF_WORK.search(before)) or one.days is not None
    if one.days is None and one.evidence <= Evidence.UNIT:
        is_shift = one.hours is not None and one.hours.length >= 3 * 60
        return is_shift and bool(OF_WORK.search(before.rpartition("\n")[2]) or one.part)
    return one.days is not None or one.evidence >= Evidence.COLON


def _are_working_days(words: str, one: DaysAlone) -> bool:
    """Whether days without hours are days of work: not of rest, not a date's, not somebody else's."""
    around = words[max(0, one.start - 40) : one.end + 25]
    is_rest = marks.RESTED.search(around) is not None and len(one.days or ()) < MOST_RESTED
    if is_rest or marks.is_of_something_else(words, one.start, one.end):
        return False
    return not re.match(r"\s?\d{1,2}\s?(?:de\b|/)", words[one.end : one.end + 8])
