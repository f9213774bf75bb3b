"""The statements of a text that are about the job's hours, with days that were told elsewhere or are supposed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from engine.reading.schedules import marks, rotation
from engine.reading.schedules.clocks import Evidence, Hours
from engine.reading.schedules.day_names import MONDAY_TO_FRIDAY, WEEKEND
from engine.reading.schedules.rest_days import (
    MOST_RESTED,
    apart_from_rest,
    begin_with_an_exception,
    days_of_rest,
    less_rest,
)
from engine.reading.schedules.statements import DaysAlone, Statement, told_in
from engine.schedules import Weekday

OF_WORK = re.compile(
    r"\b(?:horarios?|turnos?|jornadas?|shifts?|working hours|work hours|schedule|laborar|trabajar|trabajaras"
    r"|disponibilidad"
    r"|work|working|full time|part time|tiempo completo|medio tiempo|ingreso|t[mtn])\b[^\n]{0,40}$"
)
OTHER_HOURS = re.compile(
    r"\W{0,3}(?:hasta|solo hasta|medio dia|media jornada|1/2 dia|flex|short|half|salida|corto|reducid|por la|en la"
    r"|turno)"
)
INCLUDED = re.compile(r"\bincl(?:uid[oa]s?|uso|usive|uyendo|uding)\b[^\n.]{0,40}$")  # all times, this one too
BREAK_BEFORE = re.compile(
    r"\b(?:break|refrigerio|almuerzo|lunch|receso|colacion|desayuno|cena)s?\b"
    r"(?:(?!rango|horario|turno|jornada|lunes|trabaj)[^\n]){0,45}$"
)
# Work at times that nobody knows yet: it leaves the schedule as it is.
EXTRA = re.compile(
    r"\b(?:posibilidad(?:es)?|extender|extension|extras?|eventos?|eventual\w*|ocasional\w*|guardias?|on call|ferias?"
    r"|(?:segun|de acuerdo a|por) (?:la |el )?(?:necesidad|requerimiento|demanda|operacion|campana)"
    r"|(?:cuando|si|de ser|en caso)(?: \w+){0,2} (?:requier\w*|requerid\w*|necesari\w*|necesit\w*))\b"
)
AT_HOME_TOO = re.compile(r"\bhibrid|\bhybrid|home ?office|\bremot|teletrabajo")
PLACE_ENDS = re.compile(r"\b(?:presencial|remot[oa]|oficina|virtual|en casa) ?[).;]")
CLOCK_NAMED = re.compile(r"\W{0,3}hora (?:de |del )?(?!almuerzo|refrigerio|descanso|break|extra)[a-z]{3}")
NEAR = 80  # characters from one statement to the next of the same hours
ROUGHLY = 30  # minutes
SHORTEST_UNNAMED = 90  # of hours that nothing says to be of work
LONGEST_BREAK, LEAST_BESIDE_BREAK = 2 * 60, 60


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
    ours = [apart_from_rest(words, one) for one in _without_breaks(statements_of_work(words, told.statements))]
    ours = _apart_from_the_office(words, ours)
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
    ours, is_clear = less_rest(words, ours, told.days_alone), is_clear and not begin_with_an_exception(words, ours)
    alone = [one for one in told.days_alone if are_working_days(words, one)]
    return _with_days(words, ours, alone, is_clear, days_of_rest(words, told.days_alone))


def _with_days(
    words: str, ours: list[Statement], alone: list[DaysAlone], is_clear: bool, rest: frozenset[Weekday]
) -> Gathered:
    timed = [one for one in ours if one.hours or one.opening]
    sets = {one.days for one in alone if not one.is_group}
    if not timed:
        return Gathered(_parts_with_days(ours, sets), is_clear)
    timed, are_supposed = _before_the_weekend(timed, sets)
    covered = frozenset(day for one in timed for day in one.days or ())
    shorter = [one for one in alone if one.until is not None and one.days and not one.days & covered]
    if covered and len(timed) == 1 and shorter:
        timed += _as_early_as(timed[0], shorter)
        alone = [one for one in alone if one not in shorter]
        covered = covered.union(*(one.days or () for one in shorter))
    if covered:
        joined = _with_those_before(timed)
        whole = is_clear and joined is not None and not _leave_days_open(words, alone, covered)
        return Gathered(tuple(joined or timed), whole, are_days_supposed=are_supposed)
    if _are_days_at_the_office(words, alone):
        sets = set()
    days = _one_week(sets)
    if days is not None and len(days) > 1:
        return Gathered(tuple(replace(one, days=days) for one in timed), is_clear, are_days_gathered=True)
    if sets:
        return Gathered(tuple(timed), is_whole=False)
    if rest or rotation.rest_rotates(words) or rotation.tells_number_of_days(words):
        every = tuple(replace(one, days=frozenset(Weekday) - rest) for one in timed)
        return Gathered(every, is_clear, are_days_gathered=True)
    supposed = tuple(replace(one, days=MONDAY_TO_FRIDAY) for one in timed)
    return Gathered(supposed, is_clear, are_days_supposed=True)


def _are_days_at_the_office(words: str, alone: Sequence[DaysAlone]) -> bool:
    """Whether days are those at the office of who works at home too: "híbrido (martes y jueves presencial)"."""
    named = frozenset().union(*(one.days or frozenset() for one in alone))
    is_fewer = 0 < len(named) < len(MONDAY_TO_FRIDAY) and named < MONDAY_TO_FRIDAY
    return is_fewer and AT_HOME_TOO.search(words) is not None and all(_is_beside_a_place(words, one) for one in alone)


def _apart_from_the_office(words: str, statements: Sequence[Statement]) -> list[Statement]:
    """The statements, without days that stand before their hours in a sentence of their own, of the office."""
    if not any(map(_is_of_fewer_days, statements)) or not AT_HOME_TOO.search(words):
        return list(statements)
    return [
        replace(one, days=None) if _is_of_fewer_days(one) and PLACE_ENDS.search(words, one.start, one.end) else one
        for one in statements
    ]


def _is_of_fewer_days(one: Statement) -> bool:
    return one.days is not None and one.hours is not None and one.days < MONDAY_TO_FRIDAY


def _is_beside_a_place(words: str, one: DaysAlone) -> bool:
    return rotation.HOME_DAYS.search(words[max(0, one.start - 25) : one.end + 20]) is not None


def _one_week(sets: set[frozenset[Weekday] | None]) -> frozenset[Weekday] | None:
    """The days that are told, also in pieces that make a week ("lunes a jueves presencial, viernes en casa")."""
    pieces = [days for days in sets if days is not None]
    whole = frozenset().union(*pieces)
    are_parts = len(whole) == sum(map(len, pieces)) and whole >= MONDAY_TO_FRIDAY
    is_clear = len(pieces) == len(sets) and (len(sets) < 2 or are_parts)
    return whole if whole and is_clear else None


def _before_the_weekend(timed: list[Statement], sets: set[frozenset[Weekday] | None]) -> tuple[list[Statement], bool]:
    """Hours without days are the working days' where the others are the weekend's; whether that is supposed."""
    rest = [one for one in timed[1:] if one.days is not None and one.days <= WEEKEND]
    if len(timed) < 2 or timed[0].days is not None or len(rest) != len(timed) - 1:
        return timed, False
    told = [days for days in sets if days is not None and len(days) > 1 and not days & WEEKEND]
    days = told[0] if len(told) == 1 else MONDAY_TO_FRIDAY
    return [replace(timed[0], days=days), *rest], not told


def _as_early_as(first: Statement, shorter: Sequence[DaysAlone]) -> list[Statement]:
    """The hours of days of which only the end is told: they begin as those of the others do."""
    found = []
    for one in shorter:
        start = first.hours.start if first.hours is not None else 0
        ends = [end for end in one.until.readings(either=True) if end > start] if one.until is not None else []
        hours = Hours(start, min(ends), is_sure=False) if ends else None
        found.append(
            replace(first, days=one.days, hours=hours, start=one.start, end=one.end, is_clear=hours is not None)
        )
    return found


def _parts_with_days(parts: list[Statement], sets: set[frozenset[Weekday] | None]) -> tuple[Statement, ...]:
    """Parts of the day on the days that are told elsewhere, where one set of them is."""
    days = next(iter(sets)) if len(sets) == 1 else None
    if days is None or len(days) < 2 or any(one.days for one in parts):
        return tuple(parts)
    return tuple(replace(one, days=days) for one in parts)


def _with_those_before(timed: Sequence[Statement]) -> list[Statement] | None:
    """Hours without days are those of the days before them, where they stand near and are joined or have a name."""
    found: list[Statement] = []
    hours = [one.hours for one in timed if one.hours and one.days]
    for one in timed:
        last = found[-1] if found else None
        if one.days is not None:
            found.append(one)
        elif one.hours is not None and any(_is_roughly(one.hours, exact) for exact in hours):
            continue
        elif last is not None and one.start - last.end <= NEAR and (one.part or one.link in ("or", "slash")):
            found.append(replace(one, days=last.days, link=one.link or "break"))
        else:
            return None
    return found


def _is_roughly(hours: Hours, exact: Hours) -> bool:
    """Whether a title's "turno de 6 a 3" tells the hours that the text tells as 6:00 to 14:45."""
    before, after = exact.start - hours.start, hours.end - exact.end
    return min(before, after) >= 0 and before + after <= ROUGHLY


def _leave_days_open(words: str, alone: Sequence[DaysAlone], covered: frozenset[Weekday]) -> bool:
    """Whether other days of work are named without hours that could be read, or covered ones that differ.

    Extra work, at times that nobody knows yet ("disponibilidad para fines de semana"), leaves the schedule as it is.
    """
    for one in alone:
        after, around = words[one.end : one.end + 30], words[max(0, one.start - 25) : one.end + 25]
        if is_extra(words, one):
            continue
        if one.is_group:
            if one.days == WEEKEND and marks.IRREGULAR.search(after):
                return True
            continue
        if one.days is None or not one.days <= covered:
            return True
        if len(one.days) < 2 and (OTHER_HOURS.match(after) or marks.IRREGULAR.search(around)):
            return True
    return False


def is_extra(words: str, one: DaysAlone) -> bool:
    """Whether days are those of extra work ("disponibilidad para extender jornada por eventos, sábados y domingos")."""
    before = words[max(0, one.start - 60) : one.start].rpartition("\n")[2]
    after = words[one.end : one.end + 45].partition("\n")[0]
    return EXTRA.search(before) is not None or EXTRA.search(after) is not None


def _without_breaks(statements: Sequence[Statement]) -> list[Statement]:
    """The statements without those of an hour or two in the midst of another's: "8:30 a 18:00 (13:00-14:00)"."""
    rows: dict[frozenset[Weekday] | None, list[tuple[int, int]]] = {}
    for one in statements:
        if one.hours is not None:
            for days in {None, one.days}:  # a break without days is one of any
                rows.setdefault(days, []).append((one.hours.start, one.hours.end))
    around = {days: _latest_ends(row) for days, row in rows.items()}
    return [one for one in statements if one.hours is None or not _is_break(one, one.hours, *around[one.days])]


def _latest_ends(row: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """The starts in their order, and beside each the latest end of what begins by then."""
    row.sort()
    return [start for start, _ in row], list(accumulate((end for _, end in row), max))


def _is_break(one: Statement, hours: Hours, starts: list[int], latest_ends: list[int]) -> bool:
    if one.part is not None or hours.length > LONGEST_BREAK:
        return False
    count = bisect_right(starts, hours.start - LEAST_BESIDE_BREAK)
    return count > 0 and latest_ends[count - 1] >= hours.end + LEAST_BESIDE_BREAK


def statements_of_work(words: str, statements: Sequence[Statement]) -> list[Statement]:
    """The statements of the job's hours; what goes on a row of them ("7 a 15 / 8 a 16 / 9 a 17") is of them too."""
    found: list[Statement] = []
    for last, one in zip([None, *statements], statements, strict=False):
        is_last_found = bool(found) and found[-1] is last
        goes_on = is_last_found and one.link in ("slash", "or") and one.hours is not None and one.days is None
        if goes_on or _is_of_work(words, one):
            if last is not None and not is_last_found and _leads_to(words, last, one):
                found.append(last)
            found.append(one)
    return found


def _leads_to(words: str, one: Statement, following: Statement) -> bool:
    """Whether bare hours begin a row whose next are of the job: "entre 15 y 21 (turno tarde) o entre 9 y 16"."""
    is_row = following.link != "" and one.hours is not None and one.days is None and following.days is None
    return is_row and not marks.is_of_something_else(words, one.start, one.end)


def _is_of_work(words: str, one: Statement) -> bool:
    if one.is_dated or marks.is_of_something_else(words, one.start, one.end):
        return False
    if one.days is None and marks.is_of_a_meeting(words, one.start):
        return False
    before = words[max(0, one.start - 60) : one.start]
    if one.hours is None and one.opening is None and marks.RESTED.match(words[one.end : one.end + 12].strip()):
        return False  # "tardes libres"
    if one.hours is None and one.opening is None and _is_extra_part(before):
        return False
    if one.hours is None and one.opening is None and one.is_clear:
        return one.is_shift or bool(OF_WORK.search(before)) or one.days is not None
    if (
        one.days is None
        and one.hours is not None
        and one.hours.length < SHORTEST_UNNAMED
        and not OF_WORK.search(before)
    ):
        return False
    is_hours_first = one.days is None or words[one.start].isdigit()
    if is_hours_first and BREAK_BEFORE.search(before.rpartition("\n")[2]):
        return False
    if one.days is None and one.hours is not None and CLOCK_NAMED.match(words[one.end : one.end + 20]):
        return True
    if one.days is None and one.evidence <= Evidence.UNIT:
        is_shift = one.hours is not None and one.hours.length >= 3 * 60
        return is_shift and bool(OF_WORK.search(before.rpartition("\n")[2]) or one.part)
    return one.days is not None or one.evidence >= Evidence.COLON


def _is_extra_part(before: str) -> bool:
    """Whether a part of the day comes on top, or more is paid for it, by the words before it."""
    said = (INCLUDED.search(before), marks.EXTRA_PART.search(before[-40:]), marks.PAID_PART.search(before))
    return any(said)


def are_working_days(words: str, one: DaysAlone) -> bool:
    """Whether days without hours are days of work: not of rest, not a date's, not somebody else's."""
    around = words[max(0, one.start - 40) : one.end + 25]
    is_rest = marks.RESTED.search(around) is not None and len(one.days or ()) < MOST_RESTED
    if is_rest or marks.is_of_something_else(words, one.start, one.end):
        return False
    return not re.match(r"\s?\d{1,2}\s?(?:de\b|/)", words[one.end : one.end + 8])
