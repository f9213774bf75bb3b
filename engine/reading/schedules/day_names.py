"""Names of days and of groups of days, in plain Spanish and English."""

from __future__ import annotations

from difflib import get_close_matches
from itertools import pairwise

from engine.schedules import Weekday

_WEEK = frozenset(Weekday)
MONDAY_TO_FRIDAY = frozenset(list(Weekday)[:5])
_TO_SATURDAY = frozenset(list(Weekday)[:6])
WEEKEND = frozenset({Weekday.SAT, Weekday.SUN})
_WEEK_AND_SATURDAY = frozenset({Weekday.MON, Weekday.FRI, Weekday.SAT})  # "lunes - viernes - sábado": not only these
_NAMES = (
    "lunes monday mondays mon lun",
    "martes tuesday tuesdays tues tue mart mar",
    "miercoles wednesday wednesdays wed mierc mier mie",
    "jueves thursday thursdays thurs thur thu juev jue",
    "viernes friday fridays fri viern vier vie",
    "sabados sabado saturday saturdays sat sab sabad",
    "domingos domingo sunday sundays sun dom",
)
DAYS_BY_NAME = {name: Weekday(number) for number, names in enumerate(_NAMES) for name in names.split()}
_LONG_NAMES = [name for name in DAYS_BY_NAME if len(name) > 4 and not name.endswith("days")]
LEAST_LETTERS, MOST_LETTERS = 4, 10
LIKENESS, LIKENESS_OF_SHORT = 0.75, 0.85
_LONGEST_FIRST = "|".join(sorted(DAYS_BY_NAME, key=len, reverse=True))
NAMES_PATTERN = rf"\b(?:{_LONGEST_FIRST})\b(?:\.(?=\s?[-a-z,/]))?"
_BY_LETTERS = r"\bl(?:u|un)?\.?(?:\s?[-/]\s?|\s(?:a|al)\s){}\b\.?"
# What names several days at once: the pattern, without groups of its own, and the days.
GROUPS: dict[str, tuple[str, frozenset[Weekday]]] = {
    "to_friday": (
        _BY_LETTERS.format("(?:v|vi|vie|vier)")
        + r"|\bl(?:a)?v\b(?=\s?:?\s?(?:de\s)?\d)|\bm(?:on)?\s?-\s?f(?:ri)?\b|\bm to f\b"
        r"|\b(?:dias (?:habiles|laborables)|dias de semana|entre semana|week ?days|working days|business days)\b",
        MONDAY_TO_FRIDAY,
    ),
    "to_saturday": (_BY_LETTERS.format("(?:s|sa|sab)") + r"|\bm\s?-\s?sat\b", _TO_SATURDAY),
    "to_thursday": (_BY_LETTERS.format("(?:j|ju|jue)"), frozenset(list(Weekday)[:4])),
    "friday": (
        r"\bv\b(?=\.?:? (?:de )?\d{1,2}(?:[:.]\d\d)? ?(?:am\b|a\.? ?m\b|hs\b|-|a \d))",
        frozenset({Weekday.FRI}),
    ),
    "sunday": (r"(?<=[,;/.] )d\b(?=\.?:? (?:de )?\d)", frozenset({Weekday.SUN})),
    "weekend": (r"\bfin(?:es)? de semanas?\b|\bweek ?ends?\b|\bsadofe\b", WEEKEND),
    "friday_to_sunday": (r"\bv ?[,/-] ?s ?(?:[,/-]|y) ?d\b", frozenset(list(Weekday)[4:])),
    "both_of_weekend": (r"\bs ?(?:[,/]|y) ?d\b(?=\W{1,3}(?:de )?\d)", WEEKEND),
    "saturday": (r"\bs\b(?=\.?:? (?:de )?\d| (?:rotati|altern|medio dia))", frozenset({Weekday.SAT})),
    "every_other": (
        r"\bl ?[-/,.] ?(?:m|mi|x) ?[-/,.y] ?v\b|\bmwf\b|\bm ?/ ?w ?/ ?f\b",
        frozenset({Weekday.MON, Weekday.WED, Weekday.FRI}),
    ),
    "the_others": (r"\bm ?[-/,.] ?j ?[-/,.y] ?s\b", frozenset({Weekday.TUE, Weekday.THU, Weekday.SAT})),
    "two_of_them": (r"\bm ?/ ?j\b|\bm y j\b", frozenset({Weekday.TUE, Weekday.THU})),
    "week": (
        _BY_LETTERS.format("(?:d|do|dom)")
        + r"|\btodos los dias(?: de la semana)?\b|\b(?:los )?7 dias (?:de|a) la semana\b"
        r"|\b(?:7|seven) days a week\b|\bevery ?day\b(?=\W{1,3}(?:from )?\d)",
        _WEEK,
    ),
}


def misspelt_day(word: str) -> frozenset[Weekday]:
    """The day that a word of a range is meant to be ("lunes a virnes"); none for other words."""
    if not LEAST_LETTERS <= len(word) <= MOST_LETTERS:
        return frozenset()
    likeness = LIKENESS_OF_SHORT if len(word) == LEAST_LETTERS else LIKENESS
    close = get_close_matches(word, _LONG_NAMES, n=1, cutoff=likeness)
    return frozenset({DAYS_BY_NAME[close[0]]}) if close else frozenset()


RANGE_LINKS = frozenset({"to", "dash"})


def days_of(names: list[frozenset[Weekday]], links: list[str]) -> frozenset[Weekday] | None:
    """The days that `names` joined by `links` ("to", "dash", "slash", "and") name; None where there are two ways."""
    named = frozenset().union(*names)
    if links.count("dash") == len(links) > 1:  # "lunes - miércoles - viernes"
        is_in_order = all(len(one) == len(two) == 1 and min(one) < min(two) for one, two in pairwise(names))
        return named if is_in_order and named != _WEEK_AND_SATURDAY else None
    if links == ["slash"] and min(names[0]) == Weekday.MON and min(names[1]) >= Weekday.FRI:
        return None  # "lunes/viernes": these two, or from the one to the other
    for position, link in enumerate(links):
        first, last = names[position], names[position + 1]
        before = links[position - 1] if position else "and"
        if link not in RANGE_LINKS or (link == "dash" and before == "to"):  # "lunes a viernes - sábado"
            continue
        if before in RANGE_LINKS or len(first) > 1 or len(last) > 1:
            return None
        start, end = min(first), min(last)
        steps = 7 if start == end else (end - start) % 7 + 1  # "lunes a lunes" is the whole week
        named |= {Weekday((start + step) % 7) for step in range(steps)}
    return named
