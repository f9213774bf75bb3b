"""Reads the days that an ad says are worked, all of them, where it does not say at what hours: "de lunes a sábado"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.reading.schedules import marks, rotation
from engine.reading.schedules.day_names import GROUPS, NAMES_PATTERN, WEEKEND
from engine.reading.schedules.gathering import OF_WORK, are_working_days, is_extra, statements_of_work
from engine.reading.schedules.passages import Passages, passages
from engine.reading.schedules.statements import DaysAlone, told_in
from engine.schedules import Weekday

NAMES_A_DAY = re.compile("|".join([NAMES_PATTERN, *(pattern for pattern, _ in GROUPS.values())]))
FEW, WORKING_WEEK = 3, 5
BEFORE, AFTER = 60, 45  # characters of the same line
_SAYS_OF_WORK = re.compile(rf"{OF_WORK.pattern}|\b(?:se )?(?:trabaj\w{{1,8}}|labor\w{{1,6}})\b[^\n]{{0,40}}$")
_ONLY = re.compile(r"\b(?:solo|solamente|unicamente|exclusiv\w+|only)\b[^\n]{0,25}$")
# What somebody has to be ready for may come on top of other days, or now and then.
_READY_FOR = re.compile(
    r"\b(?:dispon\w+|dispuest\w+|disposicion|flexib\w+|capacidad|eventual\w*|ocasional\w*|posib\w+|available"
    r"|availability|willing)\b"
)
_GOES_ON = re.compile(r"(?:\b(?:o|u|or|y|e|and|mas|incl\w{3,8}|including|plus)|[,+&])(?: l[ao]s| el)?$")
_SOME_OF_THEM = re.compile(
    r"\b(?:un[oa]?|dos|tres|cuatro|[1-4]|algun\w{0,2}|cualquier\w?|one|two|three|any|some)"
    r"(?: (?:dias?|days?|veces|times))?"
    r" (?:de|entre|of|between|dentro de|a elegir)(?: (?:est[ao]s|l[ao]s|these|the|dias|siguientes"
    r"|ell[ao]s)){0,2}[ :]*$"
    r"|\b(?:un|1|dos|2|tres|3|cuatro|4|two|three|four) (?:dias?|days)(?: (?:a|por) (?:la )?semana| a week)?[ :,(]*$"
)
_LEFT_OPEN = re.compile(
    r"\b(?:a (?:tu )?(?:elegir|escoger|eleccion|convenir|coordinar)|segun (?:tu |su |la )?(?:dispon|necesidad"
    r"|turno)\w*"
    r"|opcional\w*|elige|escoge|flexib\w+|acorde a|sujeto a)\b"
)
_NUMBERS = {
    name: number
    for number, names in enumerate(("", "un una one", "dos two", "tres three", "cuatro four", "cinco five", "seis six"))
    for name in (str(number), *names.split())
}
_DAYS_A_WEEK = re.compile(
    r"\b([1-6]|una?|dos|tres|cuatro|cinco|seis|one|two|three|four|five|six) (?:dias?|veces|vez|days?|times)"
    r"(?: de (?:trabajo|labor(?:es)?))? (?:(?:a|por|x|de) (?:la |cada )?semana|semanal(?:es)?|a week|per week"
    r"|weekly)\b"
)
_REST = re.compile(
    r"\b(?:un|1|dos|2) (?:dias? )?(?:de )?(?:descansos?|francos?|libres?)\b"
    r"(?!\W{0,3}(?:fij\w+ )?(?:los |el )?(?:dom|sab))"
)
_AT_HOME_TOO = re.compile(r"home ?office|remot|virtual|teletrabajo|desde casa|hibrid|hybrid")
_SEGMENT_ENDS = re.compile(r"[\n|;*#]|//")
_SAYS_NOTHING = re.compile(
    r"(?:\W|\b(?:de|del|los|las|el|dias?|full|part|time|tiempo|completo|presencial|from"
    r"|on)\b)*"
)


def read_working_days(text: str) -> tuple[Weekday, ...]:
    """The days in order; none where `text` names none, tells hours too, or can be read in two ways.

    The first line of `text` is the ad's title. Days of which some are worked ("uno de estos días") are none, nor are
    all seven: one of them is a day of rest that moves.
    """
    read = passages(text)
    if not NAMES_A_DAY.search(read.words):
        return ()
    words = marks.without_lunch(read.words)
    if rotation.rotates(words):
        return ()
    told = told_in(words)
    ours = statements_of_work(words, told.statements)
    if any(one.hours or one.opening for one in ours):
        return ()
    of_parts = [DaysAlone(one.days, one.start, one.end) for one in ours if one.days is not None and one.is_clear]
    named, others = of_parts, list[DaysAlone]()
    for one in told.days_alone:
        is_named = are_working_days(words, one) and not is_extra(words, one)
        (named if is_named else others).append(one)
    return tuple(sorted(_worked(read, words, named, others) or ()))


def _worked(
    read: Passages, words: str, named: Sequence[DaysAlone], others: Sequence[DaysAlone]
) -> frozenset[Weekday] | None:
    """The days that are worked: all that are `named` as days of work, unless there are days of rest among them."""
    if any(one.until is not None or not one.days for one in named):
        return None
    sets = {one.days for one in named if one.days and _are_said_to_be_worked(read, words, one)}
    days = sets.pop() if len(sets) == 1 else None
    if days is None or len(days) == len(Weekday) or any(not (one.days or days) <= days for one in named):
        return None
    if any((one.days or days) & days for one in others if _is_of_rest(words, one)) or _are_fewer_told(words, days):
        return None
    return None if any(_are_loose(words, one) for one in named) else days


def _are_said_to_be_worked(read: Passages, words: str, one: DaysAlone) -> bool:
    """Whether words before `one` say that it is days of work, or it stands in the title or on a line of its own."""
    days, before = one.days or frozenset(), _before(words, one)
    if len(days) == 1 or days <= WEEKEND:
        is_limited = _ONLY.search(before) is not None
        if len(days) == 1 or is_limited:
            return is_limited
        is_offered = not _READY_FOR.search(before) and not _GOES_ON.search(before.rstrip())
        return is_offered and (_SAYS_OF_WORK.search(before) is not None or _is_in_title(read, one))
    return _SAYS_OF_WORK.search(before) is not None or _is_in_title(read, one) or _stand_alone(words, one)


def _is_in_title(read: Passages, one: DaysAlone) -> bool:
    return len(read.starts) < 2 or one.end <= read.starts[1]


def _stand_alone(words: str, one: DaysAlone) -> bool:
    """Whether nothing else is said on their line: "Lunes a sábado"."""
    before = _SEGMENT_ENDS.split(words[max(0, one.start - BEFORE) : one.start])[-1]
    after = _SEGMENT_ENDS.split(words[one.end : one.end + BEFORE])[0]
    return all(_SAYS_NOTHING.fullmatch(part) is not None for part in (before, after))


def _are_fewer_told(words: str, days: frozenset[Weekday]) -> bool:
    """Whether fewer days a week are worked than are named, or the day of rest is one of them."""
    for found in _DAYS_A_WEEK.finditer(words):
        around = words[max(0, found.start() - 25) : found.end() + 25]
        if _NUMBERS[found[1]] != len(days) and not _AT_HOME_TOO.search(around) and "presencial" not in around:
            return True
    moves = any(not found[0].startswith(("6", "seis")) for found in rotation.REST_MOVES.finditer(words))
    return len(days) >= WORKING_WEEK and (moves or _REST.search(words) is not None)


def _are_loose(words: str, one: DaysAlone) -> bool:
    """Whether words of the same line leave open which of the days are worked."""
    before, after = _before(words, one), words[one.end : one.end + AFTER].partition("\n")[0]
    around, count = f"{before[-25:]} {after[:25]}", len(one.days or ())
    if _SOME_OF_THEM.search(before) or _LEFT_OPEN.search(after) or rotation.ROTATES.search(after[:25]):
        return True
    if marks.EVERY_OTHER.search(around) or (count < FEW and marks.IRREGULAR.search(around)):
        return True
    return count < WORKING_WEEK and _AT_HOME_TOO.search(f"{before} {after}") is not None


def _is_of_rest(words: str, one: DaysAlone) -> bool:
    return marks.RESTED.search(words[max(0, one.start - 40) : one.end + 25]) is not None


def _before(words: str, one: DaysAlone) -> str:
    return words[max(0, one.start - BEFORE) : one.start].rpartition("\n")[2]
