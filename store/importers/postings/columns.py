"""What stands in the columns of a row, as texts; a number of JSON stays the number that it is."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

DEEPEST_LIST = 8  # lists inside lists; nobody means anything by more
LONGEST_NUMBER = 40  # characters; whoever writes more means no number


class JsonNumber(str):
    """The text of a number that JSON states as a number, so that nobody takes "18.125" for eighteen thousand."""

    __slots__ = ("number",)
    number: float

    def __new__(cls, number: float) -> JsonNumber:
        """All its digits, without an exponent and without a useless ".0"."""
        digits = format(Decimal(repr(number)), "f")
        text = super().__new__(cls, digits.rstrip("0").rstrip(".") if "." in digits else digits)
        text.number = number
        return text


class JsonFlag(str):
    """The text "true" or "false" of what JSON states as such; it is no text of its own."""

    __slots__ = ()


def column_texts(row: Mapping[str, Any], column: str) -> list[str]:
    """The texts at `column`; a dotted name such as `hiringOrganization.name` walks into JSON, lists included."""
    if column in row:
        return _texts(row[column])
    return [text for value in column_values(row, column) for text in _texts(value)]


def column_values(row: Mapping[str, Any], column: str) -> list[Any]:
    """The values at a dotted name, the items of lists one by one."""
    values: list[Any] = [row]
    for key in column.split("."):
        values = [value[key] for value in values if isinstance(value, Mapping) and key in value]
        values = [item for value in values for item in (value if isinstance(value, list) else [value])]
    return values


def _texts(value: Any, depth: int = 0) -> list[str]:
    if isinstance(value, str):
        return [value] if value.strip() else []
    if isinstance(value, list):
        return [text for item in value for text in _texts(item, depth + 1)] if depth < DEEPEST_LIST else []
    if isinstance(value, Mapping) and "@value" in value:  # how JSON-LD writes a text that has a type or a language
        return _texts(value["@value"], depth + 1) if depth < DEEPEST_LIST else []
    if isinstance(value, bool):
        return [JsonFlag(str(value).lower())]
    is_written = isinstance(value, int | float) and abs(value) < 10**LONGEST_NUMBER  # no NaN, nothing infinite
    return [JsonNumber(value)] if is_written else []
