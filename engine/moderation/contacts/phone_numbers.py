"""Telephone numbers: of Peru as people write and hide them, of the world after a plus sign, others after a word.

Pay, years, hours and codes of other lengths are none.
"""

from __future__ import annotations

import re

from engine.moderation.contacts.digit_runs import (
    GLUED_AFTER,
    MOST_DIGITS,
    digits_of,
    ends_with,
    is_money,
    lengths_of,
    longest,
    run_from,
)
from engine.moderation.contacts.number_groups import Group, NumberText

_WORDS_BEFORE_A_PHONE = (
    "telefono telefonos telefonico telf tlf telef tel fono fijo cel celular celulares movil whatsapp telegram llama"
    " llamar llame llamame llamanos llamenos marcar timbrame ubicame comunicate comunicarse escribe escribeme"
    " escribenos escribir contacto contactanos contactame informes phone cell mobile call text yape plin"
)
PHONE_WORDS = frozenset(_WORDS_BEFORE_A_PHONE.split())

_MOBILE_DIGITS, _MOBILE_WITH_COUNTRY = 9, ("519", "00519")
_PHONE_DIGITS, _WORLD_DIGITS = range(7, 14), range(8, MOST_DIGITS + 1)
_FEWEST_SPELLED_GROUPS, _SPELLED_DIGITS = 3, range(7, 16)
# Groups in which people write a mobile number where one is longer than three digits.
_LONG_GROUPS = frozenset(((9,), (3, 6), (6, 3), (1, 8), (8, 1), (2, 7), (7, 2), (5, 4), (1, 4, 4)))
_USUAL_GROUPS = frozenset(((9,), (3, 6), (6, 3), (3, 3, 3)))
_HIDDEN_GROUPS, _USUAL_SIGNS = ((1,) * 9, (3, 3, 3)), frozenset(" \t\xa0,.:;-%$")
_HOURS_GROUPS, _MINUTES = (1, 2, 2, 2, 2), frozenset(("00", "15", "30", "45"))
_AREA_CODE = re.compile(r"01|04[1-4]|05[1-46]|06[1-7]|07[2-46]|08[2-4]")
_LIMA_GROUPS, _OTHER_LANDLINE_GROUPS = ((7,), (3, 4), (3, 2, 2)), ((6,), (3, 3), (2, 2, 2))


def phone_at(numbers: NumberText, place: int, *, is_named: bool) -> int:
    """How many groups from one on are a telephone number, 0 where none are; `is_named`: words say that they are."""
    text, run = numbers.text, run_from(numbers, place)
    count = _in_world_format(text, run) or _mobile(text, run) or _landline(text, run)
    if not count and is_named and not is_money(text, run[0], run[0]):
        count = longest(text, run, _PHONE_DIGITS)
    if not count and sum(group.is_spelled and len(group.digits) <= 2 for group in run) >= _FEWEST_SPELLED_GROUPS:
        count = longest(text, run, _SPELLED_DIGITS)
    if count or not run[0].digits.startswith("9"):
        return count
    return _hidden_mobile(text, run_from(numbers, place, is_hidden=True), is_named=is_named)


def _in_world_format(text: str, run: list[Group]) -> int:
    """`+51 987 654 321`, and any other number after a plus sign."""
    if not text[max(0, run[0].start - 2) : run[0].start].rstrip(" ").endswith("+"):
        return 0
    if digits_of(run).startswith("519") and (count := ends_with(text, run, 2 + _MOBILE_DIGITS)):
        return count
    is_digit_by_digit = all(len(group.digits) <= 2 for group in run)
    ends = (place for place, group in enumerate(run[1:], 1) if len(group.gap or "") > 1 and not is_digit_by_digit)
    return longest(text, run[: next(ends, len(run))], _WORLD_DIGITS)


def _mobile(text: str, run: list[Group]) -> int:
    """Nine digits from a 9 on, with or without Peru's 51 before them."""
    if run[0].digits in ("51", "0051") and len(run) > 1:
        count = _mobile(text, run[1:])
        return count and count + 1
    count = _with_country(text, run)
    if count:
        return count
    count = ends_with(text, run, _MOBILE_DIGITS) if run[0].digits[0] == "9" else 0
    groups = run[:count]
    if not count or not _is_grouped_as_mobile(groups):
        return 0
    if is_money(text, groups[0], groups[-1]) and (
        lengths_of(groups) not in _USUAL_GROUPS or groups[-1].digits[-3:] == "000"
    ):
        return 0
    return count


def _with_country(text: str, run: list[Group]) -> int:
    """51 and nine digits from a 9 on, parted elsewhere than after the 51: `51987 654 321`, `5 1 9 8 7 …`."""
    for digits in (11, 13):
        count = ends_with(text, run, digits)
        groups = run[:count]
        is_parted = count > 0 and (len(groups[0].digits) > len("519") or max(lengths_of(groups)) == 1)
        if is_parted and digits_of(groups).startswith(_MOBILE_WITH_COUNTRY):
            return count
    return 0


def _hidden_mobile(text: str, run: list[Group], *, is_named: bool) -> int:
    """A mobile number with other signs in it: `987🔥654🔥321`, `987_654_321`, "nueve, ocho, siete, …"."""
    count = ends_with(text, run, _MOBILE_DIGITS)
    groups = run[:count]
    if not count or is_money(text, groups[0], groups[-1]):
        return 0
    if is_named or all(group.is_spelled for group in groups):
        return count
    is_hidden = all(not _USUAL_SIGNS.issuperset(group.hidden_gap or "") for group in groups[1:])
    is_round = all(group.digits.endswith("0") for group in groups)
    return count if lengths_of(groups) in _HIDDEN_GROUPS and is_hidden and not is_round else 0


def _is_grouped_as_mobile(groups: list[Group]) -> bool:
    lengths = lengths_of(groups)
    if max(lengths) > 3 or lengths == (3, 3, 3):
        return lengths in _LONG_GROUPS or lengths == (3, 3, 3)
    if lengths == _HOURS_GROUPS and {groups[1].digits, groups[3].digits} <= _MINUTES:
        return False
    is_even = len({(group.gap or "").strip() for group in groups[1:]}) == 1
    return is_even or max(lengths) == 1 or any(group.is_spelled for group in groups)


def _landline(text: str, run: list[Group]) -> int:
    """A landline with its area code: `(01) 234-5678`, `044 234567`."""
    area, rest = run[0], run[1:]
    is_bracketed = text[area.start - 1 : area.start] == "(" and text[area.end : area.end + 1] == ")"
    if is_bracketed and area.digits[0] == "0" and len(area.digits) in (2, 3):
        count = ends_with(text, rest, 7) or ends_with(text, rest, 6)
        return count and count + 1
    if area.digits.startswith("01") and len(area.digits) == _MOBILE_DIGITS and ends_with(text, run, _MOBILE_DIGITS):
        return 1  # Lima's, written as one number
    if not _AREA_CODE.fullmatch(area.digits):
        return 0
    for groups in _LIMA_GROUPS if area.digits == "01" else _OTHER_LANDLINE_GROUPS:
        written = rest[: len(groups)]
        if lengths_of(written) == groups and not GLUED_AFTER.match(text, written[-1].end):
            return 1 + len(groups)
    return 0
