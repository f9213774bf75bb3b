"""Digits that are written as words: "nueve ocho", "ochenta y siete", "novecientos doce", "doble cinco"."""

from __future__ import annotations

from collections.abc import Sequence

MOST_WORDS = 4  # of one number: "novecientos ochenta y siete"
_UNIT_WORDS = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve",
    "zero one two three four five six seven eight nine",
    "sero huno doz trez quatro sinco ceis ciete hocho nuebe",  # as they are misspelled
)
_UNITS = {word: str(unit) for words in _UNIT_WORDS for unit, word in enumerate(words.split())}
_PAIR_WORDS = (
    "diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve veinte veintiuno veintidos"
    " veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve"
)
_TEN_WORDS = "treinta cuarenta cincuenta sesenta setenta ochenta noventa"
_TENS = {word: str(ten) for ten, word in enumerate(_TEN_WORDS.split(), start=3)}
_JOINTS = ("y", "i")
_JOINED = {ten + joint + unit: _TENS[ten] + _UNITS[unit] for ten in _TENS for joint in _JOINTS for unit in _UNITS}
_PAIRS = {word: str(number) for number, word in enumerate(_PAIR_WORDS.split(), start=10)} | _JOINED
_HUNDRED_WORDS = (
    "ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"
)
_HUNDREDS = {word: str(hundred) for hundred, word in enumerate(_HUNDRED_WORDS.split(), start=1)} | {"cien": "1"}
_TIMES = {"doble": 2, "double": 2, "triple": 3}


def spelled_digits(words: Sequence[str]) -> tuple[str, int]:
    """The digits that the first of some plain words begin, and how many words they take; `("", 1)` for no number."""
    first, following = words[0], words[1:]
    if first in _TIMES and following and following[0] in _UNITS:
        return _UNITS[following[0]] * _TIMES[first], 2
    if first in _HUNDREDS:
        pair, count = _pair(following)
        return _HUNDREDS[first] + pair.rjust(2, "0"), 1 + count
    pair, count = _pair(words)
    return pair, max(1, count)


def _pair(words: Sequence[str]) -> tuple[str, int]:
    """The one digit or two that the first words are, and how many words they take; `("", 0)` for no number."""
    first = words[0] if words else ""
    if first not in _TENS:
        digits = _UNITS.get(first, "") or _PAIRS.get(first, "")
        return digits, int(digits != "")
    if len(words) > 2 and words[1] in _JOINTS and words[2] in _UNITS:
        return _TENS[first] + _UNITS[words[2]], 3
    return _TENS[first] + "0", 1
