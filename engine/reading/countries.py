"""One country by its name or code."""

from __future__ import annotations

from engine.reading.place_limits import read_place_limit
from engine.reading.places import WORD, alpha3, country_names
from engine.reading.text_cleaning import plain
from engine.reading.world import world

LONGEST_NAME = 100  # characters


def country_code(text: str) -> str | None:
    """The ISO 3166-1 code of one country's name or code; None for any other text."""
    words = plain(text[:LONGEST_NAME]).strip(" .")
    named = country_names().get(tuple(WORD.findall(words)))
    if named is not None:
        return named
    if words.upper() in world()["countries"] or words in alpha3():
        return alpha3().get(words, words.upper())
    limit = read_place_limit(text[:LONGEST_NAME])  # "Republic of Peru"
    return limit.countries[0] if len(limit.countries) == 1 and not limit.is_part else None
