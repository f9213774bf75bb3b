"""Amounts of money in plain text: "S/ 1 200,00", "2'500", "$120-150k", "1,5 - 2 mil", each with its currency."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.reading.currencies import CURRENCY

TICKS = "'’‘`´ʼʹ′"  # what stands for an apostrophe
NUMBER = (
    rf"\d{{1,3}}(?:[ {TICKS}]\d{{3}}){{1,4}}(?![\d{TICKS}])(?:[.,]\d{{1,2}}(?!\d))?"
    r"|\d{1,15}(?:[.,]\d{1,15}){0,5}"
)
_SCALE = r"k\b|mil\b(?:\s(?P<rest>\d{3})\b(?!\s?(?:mil|k)\b))?(?!\s?\d)|thousand\b|milli?on(?:es|s)?\b"
MONEY = re.compile(
    rf"(?:(?P<before>{CURRENCY.pattern})\s?|(?<![\w.,/:{TICKS}])|(?<=\d\d\d/))(?P<number>(?>{NUMBER}))(?:\s?(?P<scale>{_SCALE}))?"
    rf"(?!\d|_|[{TICKS}]\d|[a-z](?![a-z]))(?:\s?(?P<after>{CURRENCY.pattern})(?!(?<=[$/.])\s?\d))?"
)
GROUPING = re.compile(rf"[ {TICKS}]")
SCALES = {"k": 1_000, "mil": 1_000, "thou": 1_000, "mill": 1_000_000}
# What follows a number that counts something else: hours, days, years of age, pays a year, a time of day.
OTHER_COUNT = re.compile(
    r"\s?(?:%|°|º|:\d|x\s?\d|/\s?[1-7]\b|por ciento\b|(?:horas|hours|hrs?|hs|h|dias|days|semanas|weeks|meses|months"
    r"|anos"
    r"|years|sueldos|pagas|personas|vacantes|turnos|minutos|minutes|mins?|am|pm|a\. ?m|p\. ?m"
    r"|clientes|encuestas|tareas|ventas|empleados|palabras|words)\b)"
    r"|(?:er|ero|do|ra|to|st|nd|rd|th)\b"
)
RANGE_GAP = re.compile(r"\s*(?:[-–—~/]|[ou]\b|or\b|al?\b|to\b|hasta\b(?: los\b)?|until\b|up to\b)\s*")
BETWEEN = re.compile(r"\b(?:entre|between)\s*(?:los\s*)?$")
AND = re.compile(r"\s*(?:y|and|e|&)\s*(?:los\s*)?")
ALONE = re.compile(r"\s+")
WIDEST_APART = 10  # times the first, where two numbers only stand side by side
LARGEST = 1e9


@dataclass(frozen=True, slots=True)
class Amount:
    """A number or a range of them, where it stands in the text, and the currencies written at it."""

    start: int
    end: int
    least: float
    most: float
    signs: tuple[str, ...]


def find_amounts(words: str) -> list[Amount]:
    """Every amount of a plain text, ranges as one; of those with a currency, where any has one, only these."""
    found = [match for match in MONEY.finditer(words) if not _counts_something_else(words, match)]
    amounts: list[Amount] = []
    position = 0
    while position < len(found):
        pair = found[position : position + 2]
        joined = _range(words, pair[0], pair[1], only=len(found) == 2) if len(pair) == 2 else None
        one = joined or _single(pair[0])
        position += 2 if joined else 1
        if one is not None:
            amounts.append(one)
    return [amount for amount in amounts if amount.signs] or amounts


def read_number(digits: str) -> float | None:
    """The number that `digits` write, by either convention: 1.500,00 · 1,500.00 · 1 500 · 2'500 · 1.200.00 · 2.500."""
    digits = GROUPING.sub("", digits).strip(".,")
    groups = re.split(r"[.,]", digits)
    if len(groups) == 1:
        return float(digits)
    if any(len(group) != 3 for group in groups[1:-1]) or (len(groups) > 2 and not 1 <= len(groups[0]) <= 3):
        return None  # a date, a telephone number
    is_thousands = len(groups[-1]) == 3 and groups[0].strip("0") != "" and len(groups[0]) <= 3
    return float("".join(groups)) if is_thousands else float("".join(groups[:-1]) + "." + groups[-1])


def _counts_something_else(words: str, match: re.Match[str]) -> bool:
    is_bare = match["before"] is None and match["after"] is None
    return is_bare and OTHER_COUNT.match(words, match.end()) is not None


def _single(match: re.Match[str]) -> Amount | None:
    value = _value_of(match)
    return _amount(match, match, value, value)


def _range(words: str, first: re.Match[str], second: re.Match[str], *, only: bool) -> Amount | None:
    gap = words[first.end() : second.start()]
    is_between = AND.fullmatch(gap) and BETWEEN.search(words[max(0, first.start() - 20) : first.start()])
    if not (RANGE_GAP.fullmatch(gap) or is_between or (only and ALONE.fullmatch(gap))):
        return None
    least, most = _value_of(first), _value_of(second)
    if ALONE.fullmatch(gap) and not (least and most and least <= most <= WIDEST_APART * least):
        return None
    if first["scale"] is None and second["scale"] is not None:  # "40-60k": it covers both ends
        shared = _value(first["number"], second["scale"])
        least = shared if shared is not None and most is not None and shared <= most else least
    elif second["scale"] is None and least is not None and most is not None and most < least:  # "40k-60"
        most = _value(second["number"], first["scale"])
    return _amount(first, second, least, most)


def _amount(first: re.Match[str], last: re.Match[str], least: float | None, most: float | None) -> Amount | None:
    if least is None or most is None or max(least, most) >= LARGEST:
        return None
    written = (first["before"], first["after"], last["before"], last["after"])
    signs = tuple(dict.fromkeys(sign.strip() for sign in written if sign))
    return Amount(first.start(), last.end(), least, most, signs)


def _value_of(match: re.Match[str]) -> float | None:
    value = _value(match["number"], match["scale"])
    return value if value is None or match["rest"] is None else value + int(match["rest"])  # "3 mil 500"


def _value(digits: str, scale: str | None) -> float | None:
    if scale is None:
        return read_number(digits)
    groups = re.split(r"[.,]", GROUPING.sub("", digits))
    if len(groups) > 2:
        return None
    return round(float(".".join(groups)) * SCALES[scale.split()[0][:4]], 2)
