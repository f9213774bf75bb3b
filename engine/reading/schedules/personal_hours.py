"""The hours that a person tells of themselves, in a line: those they are free in, less those they are not.

"trabajo de 8 a 5, libre en las noches" are the nights; "no puedo domingos" are all other days.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from engine.reading.schedules.clocks import Clock, Evidence
from engine.reading.schedules.day_names import MONDAY_TO_FRIDAY
from engine.reading.schedules.meanings import Meanings
from engine.reading.schedules.said_free import Freedom, freedom_at
from engine.reading.schedules.statements import DaysAlone, Statement, told_in
from engine.reading.schedules.tokens import Kind, Token, tokens
from engine.schedules import MINUTES_PER_DAY, Weekday, Window
from engine.slots import local_minutes
from engine.week_windows import windows_of

EVERY_DAY = frozenset(Weekday)
NOON, WHOLE_DAY = 12 * 60, (0, MINUTES_PER_DAY)
BEFORE_PART = frozenset("por en de durante solo la las turno turnos tiempo free the los o y libre libres".split())  # noqa: SIM905
PLURALS = frozenset({"mananas", "tardes", "noches", "madrugadas", "mornings", "afternoons", "evenings", "nights"})
GREETING = frozenset({"buenos", "buenas", "buena", "good", "feliz"})
NO_PART = frozenset({"tm", "tt", "tn", "graveyard"})
SAID_TO_BE_FREE = re.compile(r"\b(?:libres?|tengo|puedo|disponib\w*|horarios?|free|available|estoy)\b")
AFTER = re.compile(
    r"\b(?:despues de|luego de|after|(?:salgo|termino|acabo|me desocupo)\b[^.;,\n]{0,25}? a)(?: las?)? $"
)
FROM = re.compile(r"\b(?:desde|a partir de|from)(?: las?)? $")
TO = re.compile(r"\b(?:antes de|hasta|before|until)(?: las?)? $")
DAY_IS_OVER = re.compile(r"\b(?:despues|luego|after|saliendo|al salir)\b")
FIRST_LATE_HOUR = 8  # "después de las 8" may be the morning's, "de las 7" is the evening's
SCHOOL = re.compile(
    r"\b(?:mientras|cuando|while|when)\b(?:(?!sal[eig]|vuelv|regres|termin|after)[^.;\n]){0,40}?\b(?:colegio"
    r"|cole|escuela"
    r"|jardin|nido|guarderia|kinder|school|nursery)\b|\b(?:horario|horas|hora) (?:escolar(?:es)?|del? (?:colegio|cole"
    r"|escuela))\b|\bschool hours\b"
)
ALONE_BEFORE, ALONE_AFTER = (
    re.compile(r"(?:^|[,.;:\n|(-])\s*(?:(?:de|desde|las?|horario)\s)*$"),
    re.compile(r"\s*(?:$|[,.;\n|)])"),
)
OWN_WORK = re.compile(r"\b(?:trabajo|trabajando|estudi(?:o|ando)|ocupad[oa])\b\D*")
TWO_THINGS = re.compile(r"\W*(?:y|e|o|and|or|\+)\W+(?:(?:en|por|de|tambien|las?|los|el|the)\s)*")
WORDS_AROUND = re.compile(
    r"(?:\b(?:solo|only|turnos?|horarios?|libres?|disponible|free|available|tengo|todas|todos|de|por|en|a|las?|los"
    r"|el|during|the|in|at|on|o|y)\s){1,4}$"
)


@dataclass(frozen=True, slots=True)
class PersonalHours:
    """Windows, and from where to where words tell them. `days` are those named, `has_clock`: times of day are told."""

    windows: tuple[Window, ...]
    spans: tuple[tuple[int, int], ...]
    days: frozenset[Weekday]
    has_clock: bool


@dataclass(frozen=True, slots=True)
class _Mention:
    """Hours that words tell from `start` to `end`. `hours` None are whole days, `days` None those that others name."""

    start: int
    end: int
    hours: tuple[int, int] | None
    days: frozenset[Weekday] | None
    is_clock: bool = False
    is_open: bool = False  # "después de las 6": has no other end
    freedom: Freedom = Freedom.FREE
    told: tuple[int, int] = (0, 0)  # where the hours or days themselves stand


def personal_hours(words: str, meanings: Meanings) -> PersonalHours | None:
    """The hours that plain `words` tell; None where they tell none."""
    mentions = [_with_freedom(words, one, meanings) for one in _mentions(words, meanings)]
    free = [one for one in mentions if one.freedom is Freedom.FREE]
    busy = [one for one in mentions if one.freedom is Freedom.BUSY]
    windows = _windows(words, free, meanings.day)
    if busy:  # where only these are told, all else is free
        taken = local_minutes(_windows(words, busy, WHOLE_DAY))
        windows = list(windows_of(local_minutes(windows or [_window(EVERY_DAY, meanings.day)]) & ~taken))
    spans = tuple((one.start, one.end) for one in (*free, *busy))
    if not windows:
        return None
    days = frozenset(day for one in free for day in one.days or ())
    return PersonalHours(tuple(windows), spans, days, any(one.is_clock for one in free))


def _mentions(words: str, meanings: Meanings) -> Iterator[_Mention]:
    told = told_in(words)
    clocks = list(_clocks(words, told.statements, meanings))
    yield from clocks
    row = [token for token in tokens(words) if not any(one.start <= token.start < one.end for one in clocks)]
    yield from _open_ends(words, row, meanings)
    if (school := SCHOOL.search(words)) is not None:
        yield _Mention(school.start(), school.end(), None if clocks else meanings.school, MONDAY_TO_FRIDAY)
    parts = list(_parts(words, row, told.statements, meanings))
    yield from parts
    dayed: list[DaysAlone | Statement] = [*told.days_alone]
    dayed += [one for one in told.statements if one.hours is None and one.opening is None]
    for named in dayed:
        if named.days and not any(one.start <= named.start and named.end <= one.end for one in parts):
            yield _Mention(named.start, _end_of_days(named, parts), None, named.days)


def _end_of_days(named: DaysAlone | Statement, parts: Sequence[_Mention]) -> int:
    """Where the words of days end; a part of the day among them is told apart."""
    return next((part.start for part in parts if named.start < part.start < named.end), named.end)


def _clocks(words: str, statements: Sequence[Statement], meanings: Meanings) -> Iterator[_Mention]:
    is_said = SAID_TO_BE_FREE.search(words) is not None or meanings.takes_bare
    for one in statements:
        hours = one.hours or one.opening
        is_clear = is_said or one.days is not None or one.evidence >= Evidence.COLON or _stands_alone(words, one)
        if hours is not None and is_clear:
            # "libre en las noches, trabajo de 8 a 5": what the hours are of stands before them
            own = OWN_WORK.search(words, one.start, one.end) if one.part is not None else None
            start = own.end() if own is not None else one.start
            yield _Mention(start, one.end, (hours.start, hours.end), one.days, is_clock=True)


def _stands_alone(words: str, one: Statement) -> bool:
    """Whether hours are all that is said between two commas: "digitadora, de 8 a 12"."""
    return ALONE_BEFORE.search(words[: one.start]) is not None and ALONE_AFTER.match(words, one.end) is not None


def _open_ends(words: str, row: Iterable[Token], meanings: Meanings) -> Iterator[_Mention]:
    """The hours of "después de las 6 pm" and "hasta la 1 pm"."""
    early, late = meanings.day
    for token in row:
        if token.kind is not Kind.CLOCK or token.clock is None:
            continue
        before = words[max(0, token.start - 50) : token.start]
        after, since, until = AFTER.search(before), FROM.search(before), TO.search(before)
        minute = _minute(token.clock, meanings, is_late=bool(after or (since and DAY_IS_OVER.search(before))))
        found = after or since or until
        if minute is None or found is None or not early < minute + (found is not until) <= late:
            continue
        hours = (early, minute) if found is until else (minute, late)
        yield _Mention(token.start - len(before) + found.start(), token.end, hours, None, is_open=True)


def _minute(clock: Clock, meanings: Meanings, *, is_late: bool) -> int | None:
    """The time that a person means: "las 6" without more is the evening's where a day of work is over by then."""
    earliest = NOON if is_late and clock.hour < FIRST_LATE_HOUR else max(meanings.day[0], 7 * 60)
    return next((minute for minute in clock.readings(either=True) if earliest <= minute <= meanings.day[1]), None)


def _parts(words: str, row: Iterable[Token], statements: Sequence[Statement], meanings: Meanings) -> Iterator[_Mention]:
    """The parts of the day that are named; "8 de la mañana" is a clock, and "mañana" alone another day."""
    before = ""
    for token in row:
        is_greeting = before in GREETING
        is_named = meanings.takes_bare or token.text in PLURALS or before in BEFORE_PART or words == token.text
        if token.part is not None and is_named and not is_greeting and token.text not in NO_PART:
            around = next((one for one in statements if one.part and one.start <= token.start < one.end), None)
            start, end = (around.start, around.end) if around and around.days else (token.start, token.end)
            yield _Mention(start, end, meanings.parts[token.part], around.days if around else None)
        before = token.text


def _with_freedom(words: str, one: _Mention, meanings: Meanings) -> _Mention:
    """A mention with whether the person is free then, from where the words say so."""
    said = freedom_at(words, one.start, one.end, is_search=meanings.takes_bare)
    before = WORDS_AROUND.search(words[: one.start])
    start = min(before.start() if before else one.start, said.start)
    return replace(one, start=start, end=max(one.end, said.end), freedom=said.freedom, told=(one.start, one.end))


def _windows(words: str, mentions: Sequence[_Mention], day: tuple[int, int]) -> list[Window]:
    """Hours by the clock, else parts of the day, else whole days; all that are named, on the days that are."""
    alone = [one for one in mentions if one.hours is None and one.days]
    named = frozenset(day for one in alone for day in one.days or ())
    timed = [one for one in mentions if one.hours is not None]
    clocks = [one for one in timed if one.is_clock]
    windows = []
    for one in clocks or _narrowed(timed):
        apart = [days for days in alone if not one.days and not clocks and _are_two_things(words, one, days)]
        windows += [_window(days.days or EVERY_DAY, day) for days in apart]
        windows.append(_window(one.days or (EVERY_DAY if apart else named or EVERY_DAY), one.hours or day))
    if not windows and named:
        windows.append(_window(named, day))
    return list(dict.fromkeys(windows))


def _narrowed(timed: Sequence[_Mention]) -> list[_Mention]:
    """Parts of the day between the times that are told of them: "por las tardes después de las 4"."""
    parts, opened = [one for one in timed if not one.is_open], [one for one in timed if one.is_open]
    narrowed = []
    for part, open_end in product(parts, opened):
        (start, end), (since, until) = part.hours or WHOLE_DAY, open_end.hours or WHOLE_DAY
        if start < end and max(start, since) < min(end, until):
            narrowed.append(replace(part, hours=(max(start, since), min(end, until))))
    return narrowed or list(timed)


def _are_two_things(words: str, one: _Mention, other: _Mention) -> bool:
    """Whether days and a part of the day are said beside each other: "los fines de semana y las noches"."""
    first, second = sorted((one.told, other.told))
    return TWO_THINGS.fullmatch(words, first[1], second[0]) is not None


def _window(days: Iterable[Weekday], hours: tuple[int, int]) -> Window:
    return Window(tuple(sorted(days)), *hours)
