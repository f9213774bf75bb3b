"""Groups of digits next to each other, as much of them as may be one number."""

from __future__ import annotations

import re

from engine.moderation.contacts.number_groups import Group, NumberText

MOST_DIGITS, _YEAR_DIGITS = 16, 4
_MONEY_BEFORE = re.compile(r"(?:[sS]/\.?|[$€]|(?<![^\W\d_])(?:usd|pen|soles))\s?$", re.IGNORECASE)
_MONEY_AFTER = re.compile(r"\s?(?:[$€]|(?:soles|d[oó]lares|usd|pen|euros)(?![^\W\d_]))", re.IGNORECASE)
_LONGEST_MONEY_SIGN = 7
GLUED_AFTER = re.compile(r"[_0-9]|[A-Za-z]{1,2}(?![^\W_])|[A-Za-z]\d")


def run_from(numbers: NumberText, place: int, *, is_hidden: bool = False) -> list[Group]:
    """The groups from one on that may be one number; `is_hidden`: whatever signs part them."""
    run, digits = [numbers.groups[place]], len(numbers.groups[place].digits)
    for group in numbers.groups[place + 1 : place + MOST_DIGITS]:
        digits += len(group.digits)
        if (group.hidden_gap if is_hidden else group.gap) is None or digits > MOST_DIGITS:
            break
        run.append(group)
    return run


def ends_with(text: str, run: list[Group], digits: int) -> int:
    """How many groups from the first on have exactly so many digits and end there; 0 where none do."""
    return longest(text, run, range(digits, digits + 1))


def longest(text: str, run: list[Group], digits: range, *, may_be_glued: bool = False) -> int:
    """The most groups from the first on whose digits are as many as that, where no letters are glued to them."""
    found, total = 0, 0
    for count, group in enumerate(run, start=1):
        total += len(group.digits)
        if total in digits and (may_be_glued or not GLUED_AFTER.match(text, group.end)):
            found = count
    return found


def is_money(text: str, first: Group, last: Group) -> bool:
    """Whether a sign or word for money stands at either end."""
    before = text[max(0, first.start - _LONGEST_MONEY_SIGN) : first.start]
    return _MONEY_BEFORE.search(before) is not None or _MONEY_AFTER.match(text, last.end) is not None


def is_date(run: list[Group]) -> bool:
    """Whether the first three groups are a day: `02-12-2024`, `2024/12/02`."""
    lengths = lengths_of(run[:3])
    if len(lengths) < 3 or sorted(lengths)[1] > 2 or (run[1].gap or "").strip() != (run[2].gap or "").strip():
        return False
    first, middle, last = (int(group.digits) for group in run[:3])
    year, day = (last, first) if lengths[2] == _YEAR_DIGITS else (first, last)
    return {lengths[0], lengths[2]} & {_YEAR_DIGITS} != set() and 1900 <= year < 2100 and middle <= 12 and day <= 31


def lengths_of(groups: list[Group]) -> tuple[int, ...]:
    """How many digits each group has."""
    return tuple(len(group.digits) for group in groups)


def digits_of(groups: list[Group]) -> str:
    """Their digits together."""
    return "".join(group.digits for group in groups)
