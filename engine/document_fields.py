"""Typed reading of a JSON object: each method gives the value of one key, None (or empty) when it is absent.

Every failure is an InvalidInputError whose `field` is the dotted path from the top of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import Enum, IntEnum
from typing import Any, TypeVar

from engine.errors import InvalidInputError
from engine.jobs import LanguageLevel
from engine.schedules import HOURS_IN_A_WEEK, LEAST_HOURS_A_WEEK, POSSIBLE_HOURS

Choice = TypeVar("Choice", bound=Enum)
Form = tuple[re.Pattern[str], str]  # what a coded text must match, and that in words

COUNTRY: Form = (re.compile(r"[A-Z]{2}"), "two capital letters (ISO 3166-1), such as PE")
CURRENCY: Form = (re.compile(r"[A-Z]{3}"), "three capital letters (ISO 4217), such as PEN")
LANGUAGE: Form = (re.compile(r"[a-z]{2}"), "two small letters (ISO 639-1), such as es")
URL: Form = (re.compile(r"https?://\S+"), "an address that starts with http:// or https://")
UNSTORABLE = re.compile("[\0\ud800-\udfff]")  # no database keeps these in a text
LARGEST_COUNT = 2**31 - 1
LONGEST_GOT = 80
EARLIEST, LATEST = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)


def term_name(term: Enum | None) -> str | None:
    """How a document writes an enumerated value: `phone`, `B2`, `full_time`."""
    if isinstance(term, LanguageLevel) and term is not LanguageLevel.NATIVE:
        return term.name
    if isinstance(term, IntEnum):
        return term.name.lower()
    return None if term is None else str(term.value)


def utc(moment: datetime) -> datetime:
    """`moment` in UTC; one without a zone is taken as UTC already.

    Raises OverflowError for one that is not of the years 1 to 9999 in every zone: a database may read it in another.
    """
    found = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    if not EARLIEST <= found <= LATEST:
        raise OverflowError("date value out of range")
    return found


class DocumentFields:
    """One JSON object at `path` of a document; keys outside `known` are refused."""

    def __init__(self, value: object, path: str, known: frozenset[str]) -> None:
        self.path = path
        if not isinstance(value, Mapping):
            raise InvalidInputError("not an object", expected="a JSON object", got=_shown(value), field=path)
        self.values: Mapping[str, Any] = value
        for key in value:
            if key not in known:
                raise self.error(str(key), "unknown key", " or ".join(sorted(known)), key)

    def name(self, key: str) -> str:
        """The dotted path of `key`."""
        return f"{self.path}.{key}" if self.path and key else self.path or key

    def error(self, key: str, message: str, expected: str, got: object = None) -> InvalidInputError:
        """The error to raise about `key`."""
        return InvalidInputError(message, expected=expected, got=_shown(got), field=self.name(key))

    @contextmanager
    def inside(self, key: str = "") -> Iterator[None]:
        """Errors of domain types, whose `field` is only a local name, get the path of where they happened."""
        try:
            yield
        except InvalidInputError as error:
            local = "" if key else error.field
            error.field = self.name(key or local)
            raise

    def text(self, key: str) -> str | None:
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or UNSTORABLE.search(value):
            raise self.error(key, "not a text", "a text of valid Unicode without NUL", value)
        return value

    def required_text(self, key: str) -> str:
        value = self.text(key)
        if value is None or not value.strip():
            raise self.error(key, f"{key} is missing", "a text that is not empty", value)
        return value

    def code(self, key: str, form: Form) -> str | None:
        value = self.text(key)
        if value is not None and not form[0].fullmatch(value):
            raise self.error(key, f"not a valid {key}", form[1], value)
        return value

    def number(self, key: str) -> float | None:
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not -1e15 < value < 1e15:
            raise self.error(key, "not a number", "a finite number", value)
        return float(value)

    def weekly_hours(self, key: str) -> float | None:
        hours = self.number(key)
        if hours is not None and not LEAST_HOURS_A_WEEK <= hours <= HOURS_IN_A_WEEK:
            raise self.error(key, f"{key} is impossible", POSSIBLE_HOURS, hours)
        return hours

    def count(self, key: str) -> int | None:
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= LARGEST_COUNT:
            raise self.error(key, f"{key} is impossible", "a whole number from 1 up", value)
        return value

    def flag(self, key: str, default: bool) -> bool:
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            raise self.error(key, "not a truth value", "true or false", value)
        return value

    def choice(self, key: str, choices: type[Choice]) -> Choice | None:
        value = self.values.get(key)
        return None if value is None else self._term(key, value, choices)

    def items(self, key: str) -> list[Any]:
        value = self.values.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.error(key, "not a list", "a JSON list", value)
        return value

    def texts(self, key: str, form: Form | None = None) -> tuple[str, ...]:
        items = self.items(key)
        for position, item in enumerate(items):
            if not isinstance(item, str) or not item.strip() or UNSTORABLE.search(item):
                raise self.error(f"{key}.{position}", "not a text", "a text that is not empty", item)
            if form is not None and not form[0].fullmatch(item):
                raise self.error(f"{key}.{position}", f"not valid in {key}", form[1], item)
        return tuple(items)

    def levels(self, key: str) -> list[tuple[str, LanguageLevel | None]]:
        """An object of language codes to levels; null is a language whose level is not stated."""
        value = self.values.get(key)
        if value is None:
            return []
        if not isinstance(value, Mapping):
            raise self.error(key, "not an object", 'language codes and levels, such as {"en": "B2"}', value)
        levels: list[tuple[str, LanguageLevel | None]] = []
        for code, level in value.items():
            if not isinstance(code, str) or not LANGUAGE[0].fullmatch(code):
                raise self.error(key, "not a language code", LANGUAGE[1], code)
            term = None if level is None else self._term(f"{key}.{code}", level, LanguageLevel)
            levels.append((code, term))
        return levels

    def moment(self, key: str) -> datetime | None:
        value = self.text(key)
        if value is None:
            return None
        try:
            return utc(datetime.fromisoformat(value))
        except (ValueError, OverflowError):
            raise self.error(
                key, "not a time", "ISO 8601 with a zone, such as 2026-05-01T09:00:00-05:00", value
            ) from None

    def part(self, key: str, known: frozenset[str]) -> DocumentFields | None:
        value = self.values.get(key)
        return None if value is None else DocumentFields(value, self.name(key), known)

    def _term(self, key: str, value: object, choices: type[Choice]) -> Choice:
        for term in choices:
            if term_name(term) == value:
                return term
        raise self.error(key, f"not a valid {key}", ", ".join(term_name(term) or "" for term in choices), value)


def _shown(value: object) -> str:
    if value is None:
        return ""
    text = repr(value)
    return text if len(text) <= LONGEST_GOT else text[:LONGEST_GOT] + "…"
