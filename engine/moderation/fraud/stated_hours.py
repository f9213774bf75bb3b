"""Hours of work that an ad's plain words state, as far as they bear on the law: a week's, a day's, and the days.

It is no reader of schedules (`engine.reading`): it only has to know that somebody works at least so much. Lunch counts
an hour, and a week of seven days has a day of rest that the ad does not tell of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NUMBERS = {
    word: number
    for number, words in enumerate(
        ("", "un uno una one", "dos two", "tres three", "cuatro four", "cinco five", "seis six", "siete seven",
         "ocho eight", "nueve nine", "diez ten", "once eleven", "doce twelve", "trece thirteen", "catorce fourteen")
    )
    for word in words.split()
}  # fmt: skip
_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(_NUMBERS)})"
_A_WEEK = re.compile(
    rf" ({_NUMBER}) (?:horas?|hrs?|hs|h|hours?)(?: de trabajo| laborales)?"
    r" (?:semanales|semanal|a la semana|por semana|x semana|cada semana|(?:per|a|each|every) week|weekly)(?= )"
)
_A_DAY = re.compile(
    rf"(?: ({_NUMBER}) (?:horas?|hrs?|hs|h|hours?)"
    r" (?:diarias?|diario|al dia|por dia|x dia|cada dia|(?:a|per|each|every) day|daily)"
    rf"| (?:turnos?|jornadas?|shifts?)(?: \w+)?? (?:de|of) ({_NUMBER}) (?:horas?|hrs?|hs|hours?)"
    rf"| (?:diari[oa]s?|(?:al|por|x|el) dia|daily|(?:a|per) day) (?:,|por|x|de|for) ({_NUMBER})"
    r" (?:horas?|hrs?|hs|hours?))(?= )"
)
_DAYS = re.compile(
    rf" (?:({_NUMBER}) (?:dias|days)(?: (?:a la semana|por semana|x semana|(?:a|per) week|de trabajo|laborables))"
    r"|(?:lunes|lun|l|monday|mon) (?:a|al|-|to|through)"
    r" (viernes|vie|v|sabados?|sab|s|domingos?|dom|d|friday|fri|saturday|sat|sunday|sun)"
    r"|l (s|d|v)"
    rf"|(?:x|por) ({_NUMBER}) dias"
    r"|(?:domingo a domingo|todos los dias|siete dias|every day|seven days)"
    r"|(?:(?:un|1|one) (?:dia (?:de descanso|libre)|day off)|6x1|seis por uno))(?= )"
)
_TIME = r" (\d{1,2})(?: (00|15|30|45))?(?: (am|pm|a m|p m|hrs?|hs|h|horas|de la (?:manana|tarde|noche)))?"
# "8am - 8pm" has lost its dash: after half a day's name nothing has to stand between.
_CLOCK = re.compile(rf"{_TIME}(?:(?: (?:a|hasta|to|until|y)(?: las)?)|(?<=[ap]m)){_TIME}(?= )")
# Whose hours they are, or how many of them one works, is another matter.
_OF_THE_HOUSE = re.compile(
    r" (?:atencion|atiende|atendemos|local|tienda|abierto|abrimos|abre|open|disponibilidad|rango|entre|clientes?|turno"
    r"|turnos|franjas?|rotativos?|eliges?|elegir|flexible|opcional|capacitacion|entrevistas?|parcial"
    r"|medio tiempo|part time) "
)
_NEAR = 140
_LONGEST_WEEK, _LONGEST_DAY, _WORKING_WEEK = 112, 16, 6
_WITH_LUNCH = 8


@dataclass(frozen=True, slots=True)
class StatedHours:
    """Hours a week (None: only a day's are known) and a day, and where the plain words say so."""

    per_week: float | None
    per_day: float | None
    start: int
    end: int


def stated_hours(plain: str) -> Iterator[StatedHours]:
    """The hours that some plain words state."""
    for match in _A_WEEK.finditer(plain):
        hours = _number(match[1])
        if hours <= _LONGEST_WEEK:
            yield StatedHours(hours, None, match.start() + 1, match.end())
    for match in _A_DAY.finditer(plain):
        yield from _of_days(plain, match, _without_lunch(_number(match[1] or match[2] or match[3])))
    for match in _CLOCK.finditer(plain):
        before = plain[max(0, match.start() - _NEAR) : match.start() + 1].rpartition(" . ")[2]
        after = plain[match.end() : match.end() + _NEAR // 2].partition(" . ")[0]
        length = _length(match)
        if length is not None and not _OF_THE_HOUSE.search(f" {before} ") and not _OF_THE_HOUSE.search(f"{after} "):
            yield from _of_days(plain, match, _without_lunch(length))


def _of_days(plain: str, match: re.Match[str], per_day: float) -> Iterator[StatedHours]:
    """The week of a day's hours and the days beside them."""
    if not 0 < per_day <= _LONGEST_DAY:
        return
    start, end = max(0, match.start() - _NEAR), match.end() + _NEAR
    day_words = min(
        _DAYS.finditer(plain, start, min(end, len(plain))),
        key=lambda words: max(words.start() - match.end(), match.start() - words.end()),
        default=None,
    )
    if day_words is None:
        yield StatedHours(None, per_day, match.start() + 1, match.end())
        return
    first, last = min(match.start(), day_words.start()) + 1, max(match.end(), day_words.end())
    yield StatedHours(per_day * min(_days(day_words), _WORKING_WEEK), per_day, first, last)


def _days(match: re.Match[str]) -> int:
    if match[1] is not None:
        return _number(match[1])
    last = match[2] or match[3]
    if last is not None:
        return 5 if last.startswith(("v", "f")) else 6
    return _number(match[4]) if match[4] is not None else _WORKING_WEEK


def _length(match: re.Match[str]) -> float | None:
    """The hours between two times of day; None where they are none."""
    start, end = (_time(*match.group(*groups)) for groups in ((1, 2, 3), (4, 5, 6)))
    if start is None or end is None:
        return None
    if end <= start and match[6] is None:
        end += 12
    return end - start if end > start else None


def _time(hour: str, minutes: str | None, half: str | None) -> float | None:
    number = int(hour)
    if number > 24:
        return None
    is_afternoon = half is not None and half.startswith(("p", "de la t", "de la n"))
    is_midnight = half is not None and half.startswith("a") and number == 12
    return (number + 12 if is_afternoon and number < 12 else 0 if is_midnight else number) + int(minutes or 0) / 60


def _without_lunch(hours: float) -> float:
    return hours - 1 if hours > _WITH_LUNCH else hours


def _number(word: str) -> int:
    return _NUMBERS.get(word) or int(word)
