"""Reads how many hours a week a job takes, and whether so many exactly, at least or at most."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from engine.jobs import HoursBound
from engine.reading.schedules.passages import passages
from engine.reading.schedules.schedule_reading import GATHERED, LIKELY, SURE, WeeklyHours

LEAST_HOURS, MOST_HOURS = 1, 84
_NUMBER_WORDS = {
    "diez": 10, "doce": 12, "quince": 15, "dieciseis": 16, "dieciocho": 18, "veinte": 20, "veinticuatro": 24,
    "veinticinco": 25, "treinta": 30, "treinta y cinco": 35, "treinta y seis": 36, "cuarenta": 40,
    "cuarenta y cuatro": 44, "cuarenta y cinco": 45, "cuarenta y ocho": 48, "ten": 10, "fifteen": 15, "twenty": 20,
    "twenty five": 25, "twenty-five": 25, "thirty": 30, "thirty five": 35, "forty": 40,
}  # fmt: skip
_WORD = "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True))
_NUMBER = rf"(?:(?<![\d.,/:$])\d{{1,3}}(?:[.,:]\d{{1,2}})?(?!\d)|\b(?:{_WORD})\b)"
_UNIT = r"(?:hs|hrs?|horas?|hours?|h)\b\.?"
_A_WEEK = (
    r"(?:(?:semanales|semanal|a la semana|por semana|x semana|cada semana|semana"
    r"|per week|a week|each week|weekly|every week|pw|wk)\b|/ ?(?:semana|sem|week|wk)\b\.?|sem\b\.?)"
)
_RANGE = rf"(?:(?P<least>{_NUMBER}) ?(?:{_UNIT} ?)?(?:-|\b(?:a|to|y|and|hasta)\b) ?(?:las |unas )?)?"
_OR = rf"(?P<other>{_NUMBER} ?(?:{_UNIT} ?)?(?:\b(?:o|u|or)\b|/) ?)?"
_BETWEEN = r"(?:de trabajo|laborales|laborables|efectivas|reales|of work|de labor|completas|como minimo|minimas)"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_OR}{_RANGE}(?P<hours>{_NUMBER})(?P<plus> ?\+| (?:o|or) (?:mas"
        rf"|more))?[ -]?{_UNIT} ?(?:{_BETWEEN} )?\(?{_A_WEEK}",
        rf"{_RANGE}(?P<hours>{_NUMBER})(?P<plus> ?\+)?[ -]?{_UNIT}[ -](?:work(?:ing)? ?)?week\b",
        r"\b(?:horas (?:semanales|a la semana|por semana)|carga horaria(?: semanal)?|weekly hours|hours per week"
        r"|expected hours)(?: de trabajo| laborales)?(?: ?[:=]| son| de| is| are) ?"
        rf"{_RANGE}(?P<hours>{_NUMBER})(?P<plus> ?\+)?(?! ?(?:{_UNIT})? ?(?:diari|por dia|al dia|per day|a day))",
        r"\b(?:full ?time|tiempo completo|part ?time|medio tiempo|tiempo parcial|jornada(?: laboral| completa"
        r"| parcial)?)"
        rf"\W{{1,3}}(?:de |con )?(?P<hours>\b(?:1[0-9]|2[0-9]|3[0-9]|4[0-8])(?:[.,:]\d{{1,2}})?) ?{_UNIT}"
        r"(?![^\n]{0,12}(?:diari|por dia|al dia|mensual|al mes|capacit|a (?:las )?\d|hasta|- ?\d))",
    )
)
_HOURS_A_DAY = re.compile(
    rf"(?P<hours>(?<![\d.,/:-])\d{{1,2}}(?:[.,]5)?) ?(?:{_UNIT} ?(?:de trabajo |laborales )?"
    rf"(?:diarias|diarios|por dia|al dia|x dia|a day|per day|daily)\b|(?:{_UNIT} ?)?(?:laborales|diarias)\b)"
    r"|\b(?:jornadas?|turnos?|horarios?)(?: laboral| de trabajo"
    r"| [apt]m)?\W{1,3}(?:de )?(?P<labelled>\d{1,2}(?:[.,]5)?) ?"
    r"(?:hs|hrs?|horas?)\b(?![^\n]{0,12}(?:seman|mensual|al mes|a (?:las )?\d|hasta|- ?\d))"
)
_DAYS_A_WEEK = re.compile(
    r"\b(?P<days>[1-7]|dos|tres|cuatro|cinco|seis|two|three|four|five|six) (?:dias?|days?|veces) (?:(?:a|por|de|en"
    r"|per|x) )?(?:la )?(?:semana|week)"
    r"|\b(?P<five>lun(?:es)?\.? ?(?:al?|-) ?vie(?:rnes)?\b|l(?: ?- ?| a |a)v\b"
    r"|monday (?:to|through|-) friday|monday-friday)"
    r"|\b(?P<six>lun(?:es)?\.? ?(?:al?|-) ?sab(?:ados?)?\b|l(?: ?- ?| a )s\b)"
)
_NUMBER_OF_DAYS = {"dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6} | {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
}  # fmt: skip
_SMALL = r"(?: (?:de|of|las|unas|is|es|son|a|un|una|entre|jornada|disponibilidad|horas)|:){0,4}\W{0,2}$"
AT_LEAST = re.compile(
    r"(?:\bminim[oa]s?|\bminimum|\bmin\.?|\bat least|\bal menos|\bpor lo menos|(?<!no )\bmas de"
    r"|(?<!no )\bmore than|\bover|\bdesde"
    rf"|\bno menos de|\bnot less than|\ba partir de|\bsuperior(?:es)? a|\bmayor a|\+){_SMALL}"
)
AT_MOST = re.compile(
    r"(?:\bmaxim[oa]s?|\bmaximum|\bmax\.?|\bup to|\bhasta|\bat most|\bno mas de|\bno more than"
    r"|(?<!no )\bmenos de|(?<!not )\bless than"
    rf"|\bunder|\binferior(?:es)? a|\bmenor a){_SMALL}"
)
AT_LEAST_AFTER = re.compile(r"\W{0,3}(?:o mas|or more|como minimo|minimo|minimum|en adelante|al menos|at least)\b")
AT_MOST_AFTER = re.compile(r"\W{0,3}(?:como maximo|maximo|maximum|o menos|or less|max)\b")
ROUGHLY = re.compile(r"(?:aprox\w*|alrededor de|about|approx\w*|unas|cerca de|around)\W{0,2}$")
NOT_OF_THE_JOB = re.compile(
    r"\b(?:capacitac\w*|clases?|cursos?|estudios?|training|extras?|academic\w*|overlap|atencion|entrega"
    r"|delivery)\b[^\n.]{0,12}$"
)
NOT_OF_THE_JOB_AFTER = re.compile(
    r"\W{0,2}(?:de |of )?(?:capacitac|clases?|curso|estudio|training|overlap|extra|academic|teoria)"
)


@dataclass(frozen=True, slots=True)
class Stated:
    """Hours a week at `start` to `end` of some words; `most` of a range ("10 a 20 horas")."""

    hours: float
    bound: HoursBound | None
    confidence: float
    start: int
    end: int
    most: float | None = None


def read_hours_per_week(text: str) -> WeeklyHours | None:
    """The hours a week that `text` states ("20 horas semanales"); None where it states none, or two."""
    read = passages(text)
    found = weekly_hours_in(read.words)
    if found is None:
        return None
    return WeeklyHours(found.hours, found.bound, read.sentence(found.start, found.end), found.confidence)


def weekly_hours_in(words: str) -> Stated | None:
    """The hours a week that plain `words` state, in one way; hours a day count where the days are told."""
    stated: dict[tuple[float, HoursBound | None], Stated] = {}
    for found in _matches(words):
        one = _stated(words, found)
        if one is None:
            return None
        stated.setdefault((one.hours, one.bound), one)
    if len({hours for hours, _ in stated}) > 1:
        return None
    if stated:  # "20 horas" and, elsewhere, "mínimo 20 horas": the bound tells more
        return next((one for one in stated.values() if one.bound), next(iter(stated.values())))
    return _by_the_day(words)


def _matches(words: str) -> Iterator[re.Match[str]]:
    for pattern in _PATTERNS:
        for found in pattern.finditer(words):
            before, after = words[max(0, found.start() - 40) : found.start()], words[found.end() : found.end() + 20]
            if not NOT_OF_THE_JOB.search(before) and not NOT_OF_THE_JOB_AFTER.match(after):
                yield found


def _stated(words: str, found: re.Match[str]) -> Stated | None:
    groups = found.groupdict()
    hours = _number(groups["hours"])
    least = _number(groups["least"]) if groups.get("least") else None
    if groups.get("other") or not LEAST_HOURS <= hours <= MOST_HOURS:
        return None
    bound = _bound(words, found, groups)
    if least is not None and 0 < least < hours:
        return Stated(least, HoursBound.AT_LEAST, GATHERED, *found.span(), hours)
    before = words[max(0, found.start() - 20) : found.start()]
    confidence = GATHERED if ROUGHLY.search(before) else LIKELY if bound else SURE
    return Stated(hours, bound, confidence, *found.span())


def _bound(words: str, found: re.Match[str], groups: dict[str, str | None]) -> HoursBound | None:
    start, end = found.span("hours")
    before, after = words[max(0, start - 40) : start], words[found.end() : found.end() + 25]
    if (
        groups.get("plus")
        or AT_LEAST.search(before)
        or AT_LEAST_AFTER.match(after)
        or "minim" in words[end : found.end()]
    ):
        return HoursBound.AT_LEAST
    return HoursBound.AT_MOST if AT_MOST.search(before) or AT_MOST_AFTER.match(after) else None


def _number(text: str) -> float:
    if text in _NUMBER_WORDS:
        return float(_NUMBER_WORDS[text])
    whole, colon, minutes = text.partition(":")
    return int(whole) + int(minutes) / 60 if colon else float(text.replace(",", "."))


def _by_the_day(words: str) -> Stated | None:
    """Hours a day times the days a week, where each is told once."""
    daily = list(_HOURS_A_DAY.finditer(words))
    amounts = {float((found["hours"] or found["labelled"]).replace(",", ".")) for found in daily}
    counts = {_days(found) for found in _DAYS_A_WEEK.finditer(words)}
    if len(amounts) != 1 or len(counts) != 1:
        return None
    hours, days = amounts.pop(), counts.pop()
    if not 1 <= hours <= 12 or hours * days > MOST_HOURS:
        return None
    before = words[max(0, daily[0].start() - 40) : daily[0].start()]
    bound = HoursBound.AT_LEAST if AT_LEAST.search(before) else HoursBound.AT_MOST if AT_MOST.search(before) else None
    return Stated(hours * days, bound, GATHERED, *daily[0].span())


def _days(found: re.Match[str]) -> int:
    if found["days"]:
        return _NUMBER_OF_DAYS.get(found["days"]) or int(found["days"])
    return 5 if found["five"] else 6
