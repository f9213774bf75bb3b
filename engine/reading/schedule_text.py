"""Reads working hours out of a posting's text, and only when they can be read in one way.

    read_schedule("De lunes a viernes de 9 a 18 hs y sábados de 9 a 13 hs", "America/Lima")

Rotating shifts, alternatives, days without hours, another country's clock: all give None. A wrong schedule would
hide a job from the people who can do it; no schedule only leaves the question open.
"""

from __future__ import annotations

import re

from engine.reading.text_cleaning import plain
from engine.reading.weekly_phrases import (
    HOURS_ALONE,
    Statement,
    find_statements,
    joined_numbers,
    other_mentions,
)
from engine.schedules import MINUTES_PER_DAY, Schedule, ScheduleKind, Weekday, Window

WORTH_READING = re.compile(
    r"lunes|martes|mi.{1,2}rcoles|jueves|viernes|s.{1,2}bado|domingo|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|\b(?:mon|tue|wed|thu|fri|sat|lun|mi[eé]|jue|vie)\b|\bl\s?(?:-|–|a)\s?[vsd]\b",
    re.IGNORECASE,
)
UNSETTLED = re.compile(
    r"rotativ|rotatori|rotating|\bturnos?\b|\bshifts?\b|\bfrancos?\b|\bguardias?\b|a elegir|elige tu"
    r"|\bopcion(?:es|al)?\b|\bsegun\b.{0,20}(?:horario|disponib|necesidad|operac)|sujeto a|\bvariab|\balternad"
    r"|intermitente"
    r"|horarios?.{0,25}(?:a convenir|a definir|a coordinar|flexib|a escoger)"
    r"|flexib(?:(?!flexib)\w)*.{0,12}(?:horari|schedule|hours)"
    r"|flexible (?:work|time)|\bflex(?:time)?\b|\brango\b|\bfranja|banda horaria|dentro del? (?:el )?horario"
    r"|\b[1-3](?:er|do|ro)\.? horario|horario [1-3ab]\b|en principio|inicialmente|posteriormente|primer(?:os)? mes"
    r"|un dia de descanso|1 dia de descanso|dia libre|dias libres|fin(?:es)? de semana|weekends?"
)
OTHER_CLOCK = re.compile(
    r"\b(?:est(?!\.)|edt|cst|cdt|pst|pdt|mst|et|pt|ct|gmt|utc|cet|cest|bst)\b|time ?zone|huso horario|zona horaria"
    r"|\b(?:eastern|pacific|central|mountain) (?:standard |daylight )?time|hora (?:de )?(?:argentina|chile"
    r"|colombia|espana|mexico|peru|eeuu|usa|este)"
    r"|horarios? (?:de(?:l)? )?(?:espana|estados unidos|eeuu|usa|us\b|chile|mexico|este|europ|american)"
    r"|\b(?:us|u\.s\.) (?:business )?hours"
)
OF_SOMETHING_ELSE = re.compile(
    r"capacitaci|induccion|training|entrevista|interview|postul|comunicar|llamar|llamanos|contact|whatsapp"
    r"|\bcv\b|enviar"
    r"|inscrip|seleccion|presentarse|acerca|atencion al (?:publico|cliente)|atendemos|clases|cursad|curso|estudi"
)
ALTERNATIVE = re.compile(
    r"[\s,;.()]*(?:hs|hrs?|horas|h)?[\s,;.(]*(?:(?:y/)?\bo\b|\bu\b|\bor\b|/)\W{0,3}(?:(?:de|desde"
    r"|from)\s)?(?:\d|l|turno|m)"
)
LABEL = re.compile(r"(?=\b(?:horario|jornada|disponib|modalidad|presencial))")  # what comes before it is over
HALF_READ_BEFORE = re.compile(r"(?:\b(?:a|al|hasta|to|y|e|and)|[-–&+])\s*(?:(?:los|de|dias?)\s*)*$")
HALF_READ_AFTER = re.compile(r"\s*(?:a|al|hasta|to)\b")
CUT_OFF = re.compile(r"(?:\.\.\.|…)\s*$")
REST = re.compile(r"descans|libre|\boff\b|cerrad|no se trabaja|no laborable|sin trabajar")
HOURS_A_DAY = re.compile(
    r"(\d{1,2})(?:[.,]5)? ?(?:hs|hrs?|horas|h)?\.? ?(?:diarias|por dia|al dia|daily|a day|per day)"
)
HOURS_A_WEEK = re.compile(
    r"(?<![\d.,/:])(\d{1,3}(?:[.,]5)?)\s?(?:hs|hrs?|horas|hours|h)\.?\s?(?:de trabajo |laborales )?"
    r"(?:semanales|semanal|a la semana|por semana|x semana|/ ?semana|per week|a week|weekly|/ ?week)\b"
)
VAGUE = re.compile(
    r"(?:\d\s?(?:-|–|a|to|y|o|u|or|and)|hasta|maximo|max\.?|minimo|min\.?|menos|mas de|up to|least|than|entre|between)"
    r"(?:\s(?:de|las|un|unas))?\s*$"
)
BEFORE, AFTER = 60, 45  # characters around a statement that can say what it is about
LONGEST_WEEK_MINUTES = 72 * 60
MOST_WEEKLY_HOURS = 72
LUNCH_HOURS = 2


def read_schedule(text: str, time_zone: str | None) -> Schedule | None:
    """The fixed weekly hours that `text` states, in `time_zone`; None when it states none, or not clearly."""
    if time_zone is None or not WORTH_READING.search(text):
        return None
    words = _words(text)
    statements = find_statements(words)
    if not statements or UNSETTLED.search(words) or OTHER_CLOCK.search(words):
        return None
    if not all(_is_settled(words, statement) for statement in statements):
        return None
    if _leaves_days_open(words, statements) or _leaves_hours_open(words, statements):
        return None
    windows = _windows(statements)
    if windows is None or not _fits_stated_day(words, windows):
        return None
    return Schedule(ScheduleKind.FIXED, time_zone, windows)


def read_hours_per_week(text: str) -> float | None:
    """The hours a week that `text` states ("20 horas semanales"); None for a range, a bound or two answers."""
    words = _words(text)
    stated = set()
    for match in HOURS_A_WEEK.finditer(words):
        if VAGUE.search(words[max(0, match.start() - 20) : match.start()]):
            return None
        stated.add(float(match[1].replace(",", ".")))
    hours = stated.pop() if len(stated) == 1 else None
    return hours if hours is not None and 1 <= hours <= MOST_WEEKLY_HOURS else None


def _words(text: str) -> str:
    return joined_numbers(" ".join(plain(text).replace("santo domingo", "").split()))


def _is_settled(words: str, statement: Statement) -> bool:
    before = words[max(0, statement.start - BEFORE // 2) : statement.start]
    after = words[statement.end : statement.end + AFTER]
    is_whole_week = len(statement.days) == len(Weekday)  # people rest: which day, such a posting does not say
    return (
        statement.windows is not None
        and not is_whole_week
        and not OF_SOMETHING_ELSE.search(LABEL.split(before)[-1])
        and not ALTERNATIVE.match(after)
        and not HALF_READ_AFTER.match(after)
        and not CUT_OFF.search(after)
    )


def _leaves_days_open(words: str, statements: list[Statement]) -> bool:
    """Whether the text names other days of work, or single ones again, without hours that could be read."""
    covered = frozenset(day for statement in statements for day in statement.days)
    for match, days in other_mentions(words, statements):
        around = words[max(0, match.start() - 40) : match.end() + 25]
        if not REST.search(around) and (len(days) < 2 or not days <= covered):
            return True
    return False


def _leaves_hours_open(words: str, statements: list[Statement]) -> bool:
    """Whether hours without days stand next to a statement (a misspelt day, a second shift), or it was half read."""
    if HALF_READ_BEFORE.search(words[: statements[0].start][-BEFORE:]):
        return True
    for before, statement, after in zip([None, *statements], statements, [*statements[1:], None], strict=False):
        start = max(statement.start - BEFORE, before.end if before else 0)
        end = min(statement.end + AFTER, after.start if after else len(words))
        if HOURS_ALONE.search(words[start : statement.start]) or HOURS_ALONE.search(words[statement.end : end]):
            return True
    return False


def _windows(statements: list[Statement]) -> tuple[Window, ...] | None:
    """The windows of all statements; None when two differ about one day, or when nobody works that much."""
    by_days = {statement.days: statement.windows for statement in statements}
    distinct = {(statement.days, statement.windows) for statement in statements}
    if len(distinct) != len(by_days) or sum(map(len, by_days)) != len(frozenset().union(*by_days)):
        return None
    windows = [
        Window(tuple(sorted(days)), start, end)
        for days, hours in sorted(by_days.items(), key=lambda item: min(item[0]))
        for start, end in hours or ()
    ]
    minutes = sum(len(window.days) * _length(window) for window in windows)
    return tuple(windows) if minutes <= LONGEST_WEEK_MINUTES else None


def _length(window: Window) -> int:
    return (window.end_minute - window.start_minute) % MINUTES_PER_DAY or MINUTES_PER_DAY


def _fits_stated_day(words: str, windows: tuple[Window, ...]) -> bool:
    """Hours a day, where the text states them too, are those of some day's windows (lunch may come on top)."""
    lengths = {
        sum(_length(window) for window in windows if day in window.days) / 60
        for window in windows
        for day in window.days
    }
    stated = [int(match[1]) for match in HOURS_A_DAY.finditer(words)]
    return all(any(hours <= length <= hours + LUNCH_HOURS for length in lengths) for hours in stated)
