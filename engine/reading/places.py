"""What places are called: names of countries, regions, cities and peoples, as the countries they stand for.

Names of countries are CLDR's in Spanish, English and Portuguese (`world.json`), what ads call them besides is
`place_words.toml`'s.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from engine.reading.text_cleaning import aligned_plain
from engine.reading.world import world

WORD = re.compile(r"[a-z0-9]+")
LONGEST_NAME = 7  # words
NOBODY_LIVES_THERE = frozenset(["AQ", "BV", "HM", "TF", "GS", "IO", "UM", "CP"])
# Codes of three letters that are words where a whole text is in capitals.
WORDS_TOO = frozenset(
    ["and", "are", "can", "per", "com", "esp", "nor", "sur", "mar", "ven", "pan", "dom", "fin", "col"]
)


class Token(NamedTuple):
    """A word or a sign of a text, plain; `is_capital`: it was written in capitals."""

    text: str
    start: int
    end: int
    is_capital: bool


def tokens_of(text: str) -> list[Token]:
    """The words and signs of a text."""
    plain = aligned_plain(text)
    return [
        Token(found[0], found.start(), found.end(), text[found.start() : found.end()].isupper())
        for found in re.finditer(r"[a-z0-9]+|[^\sa-z0-9]", plain)
    ]


@cache
def everywhere() -> frozenset[str]:
    """Every country where people live."""
    return frozenset(world()["countries"]) - NOBODY_LIVES_THERE


@cache
def alpha3() -> dict[str, str]:
    """Countries by their codes of three letters, in lower case."""
    return {facts["alpha3"].lower(): code for code, facts in world()["countries"].items() if facts["alpha3"]}


@cache
def country_names() -> dict[tuple[str, ...], str]:
    """Countries by their names' words."""
    found: dict[tuple[str, ...], str] = {}
    for code, facts in world()["countries"].items():
        found |= {_words(name): code for name in facts["names"]}
    for code, names in _words_file()["countries"].items():
        found |= dict.fromkeys(_names(names), code)
    return found


@cache
def place_names() -> dict[tuple[str, ...], frozenset[str]]:
    """Countries, regions, parts, cities and peoples by their words, as the countries they stand for."""
    ours = _words_file()
    found = {words: frozenset([code]) for words, code in parts_of_countries().items()}
    found |= {_words(name): region(code) for code, names in world()["regions"].items() for name in names}
    del found[("america",)]  # the continent in Spanish, the United States in English
    for code, names in ours["demonyms"].items():
        found |= dict.fromkeys(_peoples(names), region(code))
    for names, members in ours["regions"].items():
        found |= dict.fromkeys(_names(names), frozenset().union(*map(region, members.split())))
    found |= {words: frozenset([code]) for words, code in country_names().items()}
    del found[("georgia",)]  # a country or a state: by context
    for words in _names(ours["not_cities"]["names"]):
        found.pop(words, None)
    return found


@cache
def parts_of_countries() -> dict[tuple[str, ...], str]:
    """Cities, provinces and states by their words: less than a country is meant."""
    ours = _words_file()
    not_cities = set(_names(ours["not_cities"]["names"]))
    cities = {words: code for city, code in world()["cities"].items() if (words := _words(city)) and "," not in city}
    found = {words: code for words, code in cities.items() if words not in not_cities and words not in country_names()}
    for section in ("cities", "parts"):
        for code, names in ours[section].items():
            found |= dict.fromkeys(_names(names), code)
    return found | dict.fromkeys((_words(name) for name in ours["us_states"].values()), "US")


@cache
def us_states() -> dict[str, str]:
    """The states of the United States by their codes, in lower case."""
    return {code.lower(): name for code, name in _words_file()["us_states"].items()}


@cache
def region(code: str) -> frozenset[str]:
    """The countries of a region's code (UN M49, or a name of ours), or the country itself."""
    if code == "001":
        return everywhere()
    members = _words_file()["m49"].get(code)
    if members is None:
        named = next((group for names, group in _words_file()["regions"].items() if code.lower() in _list(names)), None)
        return frozenset([code]) if named is None else frozenset().union(*map(region, named.split()))
    return frozenset().union(*map(region, members.split()))


@cache
def limit_words(kind: str) -> frozenset[str]:
    """The words that mean something, or nothing, in a sentence about place: `within`, `except`, `neutral`, …"""
    return frozenset(_words_file()["limit_words"][kind].split())


@cache
def limit_phrases(kind: str) -> tuple[tuple[str, ...], ...]:
    """The phrases of several words: `anywhere_phrases`, `except_phrases`."""
    return tuple(_names(_words_file()["limit_words"][kind]))


@cache
def _words_file() -> dict[str, Any]:
    return tomllib.loads((files("engine.reading") / "place_words.toml").read_text("utf-8"))


def _words(name: str) -> tuple[str, ...]:
    return tuple(WORD.findall(name))


def _list(names: str) -> list[str]:
    return [name.strip() for name in names.split(",")]


def _names(names: str) -> list[tuple[str, ...]]:
    return [_words(name) for name in _list(names)]


def _peoples(names: str) -> list[tuple[str, ...]]:
    """The words of peoples; "peruano" in all its forms."""
    found = []
    for name in _list(names):
        forms = [name[:-1] + end for end in ("o", "a", "os", "as")] if name.endswith("o") else [name]
        found += [_words(form) for form in forms]
    return found
