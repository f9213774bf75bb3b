"""Telephone and identity numbers in a text: in digits, in groups, or in words ("nueve ocho siete…").

Groups of digits are masked whole or not at all, so that what is left over is never a number that was not there
before. Pay, years, hours and codes of other lengths are no telephone numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.moderation.contacts.kinds import PrivateKind, PrivateWord
from engine.moderation.contacts.number_groups import Group, NumberText

_WORDS_BEFORE_A_PHONE = (
    "telefono telefonos telf tlf telef tel fono cel celular celulares movil whatsapp telegram llama llamar llame"
    " llamame llamanos llamenos comunicate comunicarse escribe escribeme escribenos escribir contacto contactanos"
    " contactame informes phone cell mobile call text yape plin"
)
_PHONE_WORDS = frozenset(_WORDS_BEFORE_A_PHONE.split())
_DNI_WORDS = frozenset(
    ("dni", "documento", "identidad", "identificacion", "doc", "identificada", "identificado", "identifico")
)
_OTHER_IDENTITY_WORDS = frozenset(("extranjeria", "carne", "carnet", "pasaporte", "passport", "cedula", "ce", "ptp"))
_MONEY_BEFORE = re.compile(r"(?:[sS]/\.?|[$€]|(?<![^\W\d_])(?:usd|pen|soles))\s?$", re.IGNORECASE)
_MONEY_AFTER = re.compile(r"\s?(?:[$€]|(?:soles|d[oó]lares|usd|pen|euros)(?![^\W\d_]))", re.IGNORECASE)
_LONGEST_MONEY_SIGN = 7
_GLUED_BEFORE, _GLUED_AFTER = re.compile(r"[A-Za-z_]"), re.compile(r"[_0-9]|[A-Za-z]{1,2}(?![^\W_])|[A-Za-z]\d")

_DNI_DIGITS, _RUC_DIGITS, _MOBILE_DIGITS, _MOBILE_WITH_COUNTRY = 8, 11, 9, ("519", "00519")
_OTHER_IDENTITY_DIGITS, _PHONE_DIGITS, _WORLD_DIGITS = range(8, 13), range(7, 14), range(8, 17)
_FEWEST_SPELLED_GROUPS, _SPELLED_DIGITS = 3, range(7, 16)
# Groups in which people write a mobile number where one is longer than three digits.
_LONG_GROUPS = frozenset(((9,), (3, 6), (6, 3), (1, 8), (8, 1), (2, 7), (7, 2), (5, 4), (1, 4, 4)))
_USUAL_GROUPS = frozenset(((9,), (3, 6), (6, 3), (3, 3, 3)))
_HOURS_GROUPS, _MINUTES = (1, 2, 2, 2, 2), frozenset(("00", "15", "30", "45"))
_AREA_CODE = re.compile(r"01|04[1-4]|05[1-46]|06[1-7]|07[2-46]|08[2-4]")
_LIMA_GROUPS, _OTHER_LANDLINE_GROUPS = ((7,), (3, 4), (3, 2, 2)), ((6,), (3, 3), (2, 2, 2))
_PERSONS_RUC = ("10", "15", "16", "17")
_RUC_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)

Finding = tuple[PrivateKind, int]


def private_numbers(text: str) -> Iterator[PrivateWord]:
    """The telephone, identity and tax numbers of persons in a text, in order."""
    numbers = NumberText(text)
    place, end_of_phone = 0, -1
    while place < len(numbers.groups):
        start = numbers.groups[place].start
        found = _number_at(numbers, place, follows_phone=_goes_on(text, end_of_phone, start))
        if found is None:
            place += 1
            continue
        kind, count = found
        place += count
        end = numbers.groups[place - 1].end
        yield PrivateWord(kind, _start_with_signs(text, start, end), end)
        end_of_phone = end if kind is PrivateKind.PHONE else -1


def _start_with_signs(text: str, start: int, end: int) -> int:
    """The start of a number with the plus sign, and the bracket, that belong to it."""
    before = text[max(0, start - 2) : start].rstrip(" ")
    if before.endswith("+"):
        start = text.rindex("+", 0, start)
    if text[start - 1 : start] == "(" and text.find(")", start, end) >= 0 and text.find("(", start, end) < 0:
        start -= 1
    return start


def _goes_on(text: str, end_of_phone: int, start: int) -> bool:
    """Whether what begins at `start` may be a second telephone number: "234 5678 / 234 5679"."""
    return 0 <= end_of_phone >= start - 3 and text[end_of_phone:start].strip() in ("/", "-", ",", "o", "y")


def _number_at(numbers: NumberText, place: int, *, follows_phone: bool) -> Finding | None:
    """What kind of private number begins with a group, and how many groups it has."""
    text, first = numbers.text, numbers.groups[place]
    word = numbers.word_before(first)
    is_named = word in _PHONE_WORDS or word in _DNI_WORDS
    if not is_named and _GLUED_BEFORE.match(text[first.start - 1 : first.start] if first.start else ""):
        return None
    run = _run(numbers, place)
    identity = _identity(numbers, run, word)
    if identity is not None:
        return identity
    count = _in_world_format(text, run) or _mobile(text, run) or _landline(text, run)
    if not count and (word in _PHONE_WORDS or follows_phone) and not _is_money(text, run[0], run[0]):
        count = _longest(text, run, _PHONE_DIGITS)
    if not count and sum(group.is_spelled for group in run) >= _FEWEST_SPELLED_GROUPS:
        count = _longest(text, run, _SPELLED_DIGITS)
    return (PrivateKind.PHONE, count) if count else None


def _run(numbers: NumberText, place: int) -> list[Group]:
    """The groups from one on that may be one number: next to each other, of as many digits as a number can have."""
    run, digits = [numbers.groups[place]], len(numbers.groups[place].digits)
    for group in numbers.groups[place + 1 : place + _WORLD_DIGITS[-1]]:
        digits += len(group.digits)
        if group.gap is None or digits > _WORLD_DIGITS[-1]:
            break
        run.append(group)
    return run


def _ends_with(text: str, run: list[Group], digits: int) -> int:
    """How many groups from the first on have exactly so many digits and end there; 0 where none do."""
    return _longest(text, run, range(digits, digits + 1))


def _longest(text: str, run: list[Group], digits: range) -> int:
    """The most groups from the first on whose digits are as many as that, where no letters are glued to them."""
    longest, total = 0, 0
    for count, group in enumerate(run, start=1):
        total += len(group.digits)
        if total in digits and not _GLUED_AFTER.match(text, group.end):
            longest = count
    return longest


def _identity(numbers: NumberText, run: list[Group], word: str) -> Finding | None:
    text = numbers.text
    count = _ends_with(text, run, _DNI_DIGITS)
    if count and (word in _DNI_WORDS or numbers.word_after(run[count - 1].end) == "dni"):
        has_check_digit = len(run) > count and len(run[count].digits) == 1 and run[count].gap == "-"
        return PrivateKind.IDENTITY_NUMBER, count + has_check_digit
    count = _longest(text, run, _OTHER_IDENTITY_DIGITS)
    if count and word in _OTHER_IDENTITY_WORDS:
        return PrivateKind.IDENTITY_NUMBER, count
    count = _ends_with(text, run, _RUC_DIGITS)
    digits = _digits(run[:count])
    if count and digits.startswith(_PERSONS_RUC) and (word == "ruc" or (count == 1 and _is_ruc(digits))):
        return PrivateKind.TAX_NUMBER, count
    return None


def _is_ruc(digits: str) -> bool:
    """Whether the last of eleven digits checks the others, as SUNAT has it: modulus 11."""
    rest = sum(weight * int(digit) for weight, digit in zip(_RUC_WEIGHTS, digits, strict=False)) % 11
    return (11 - rest) % 10 == int(digits[-1])


def _in_world_format(text: str, run: list[Group]) -> int:
    """`+51 987 654 321`, and any other number after a plus sign."""
    if not text[max(0, run[0].start - 2) : run[0].start].rstrip(" ").endswith("+"):
        return 0
    if _digits(run).startswith("519") and (count := _ends_with(text, run, 2 + _MOBILE_DIGITS)):
        return count
    is_digit_by_digit = all(len(group.digits) <= 2 for group in run)
    ends = (place for place, group in enumerate(run[1:], 1) if len(group.gap or "") > 1 and not is_digit_by_digit)
    return _longest(text, run[: next(ends, len(run))], _WORLD_DIGITS)


def _mobile(text: str, run: list[Group]) -> int:
    """Nine digits from a 9 on, with or without Peru's 51 before them."""
    if run[0].digits in ("51", "0051") and len(run) > 1:
        count = _mobile(text, run[1:])
        return count and count + 1
    if run[0].digits.startswith(_MOBILE_WITH_COUNTRY):
        return int(len(run[0].digits) in (11, 13) and _longest(text, run[:1], range(11, 14)))
    count = _ends_with(text, run, _MOBILE_DIGITS) if run[0].digits[0] == "9" else 0
    groups = run[:count]
    if not count or not _is_grouped_as_mobile(groups):
        return 0
    if _is_money(text, groups[0], groups[-1]) and (
        _lengths(groups) not in _USUAL_GROUPS or groups[-1].digits[-3:] == "000"
    ):
        return 0
    return count


def _is_grouped_as_mobile(groups: list[Group]) -> bool:
    lengths = _lengths(groups)
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
        count = _ends_with(text, rest, 7) or _ends_with(text, rest, 6)
        return count and count + 1
    if area.digits.startswith("01") and len(area.digits) == _MOBILE_DIGITS and _ends_with(text, run, _MOBILE_DIGITS):
        return 1  # Lima's, written as one number
    if not _AREA_CODE.fullmatch(area.digits):
        return 0
    for groups in _LIMA_GROUPS if area.digits == "01" else _OTHER_LANDLINE_GROUPS:
        written = rest[: len(groups)]
        if _lengths(written) == groups and not _GLUED_AFTER.match(text, written[-1].end):
            return 1 + len(groups)
    return 0


def _is_money(text: str, first: Group, last: Group) -> bool:
    before = text[max(0, first.start - _LONGEST_MONEY_SIGN) : first.start]
    return _MONEY_BEFORE.search(before) is not None or _MONEY_AFTER.match(text, last.end) is not None


def _lengths(groups: list[Group]) -> tuple[int, ...]:
    return tuple(len(group.digits) for group in groups)


def _digits(groups: list[Group]) -> str:
    return "".join(group.digits for group in groups)
