"""The regions of Peru by name, however they are written."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from engine.errors import InvalidInputError
from engine.facts import facts
from engine.reading.text_cleaning import plain

LONGEST_REGION = 40


def region_named(text: str) -> str:
    """A region as INEI writes it, from any capitals and accents; raises InvalidInputError for what is none."""
    found = _by_plain_name().get(" ".join(plain(text).split()))
    if found is None:
        raise InvalidInputError("no region of Peru", expected=", ".join(facts("regions")["names"]), got=repr(text))
    return found


@cache
def _by_plain_name() -> Mapping[str, str]:
    document = facts("regions")
    also: dict[str, str] = document["also"]
    return {plain(name): name for name in document["names"]} | also
