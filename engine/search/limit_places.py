"""Places that searches name: cities, regions, districts."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from engine.search.chips import ChipKind
from engine.search.limit_phrases import Said

# A name after these is part of an employer's: "Universidad de Lima".
OF_EMPLOYER = re.compile(
    r"\b(?:universidad|clinica|banco|caja|colegio|municipalidad|hospital|camara|instituto|academia|club|radio|editorial"
    r"|gobierno|poder|corte|ugel|universidad nacional|mayor)\s(?:de\s(?:comercio de\s)?|regional de\s|san\s)?$"
)


def places_in(words: str) -> Iterator[Said]:
    """The places that plain words name."""
    for found in _pattern().finditer(words):
        name = found["name"] or found["word"]
        if not OF_EMPLOYER.search(words[: found.start()]):
            yield ChipKind.PLACE, _same().get(name, name), found.start(), found.end()


@cache
def place_words() -> frozenset[str]:
    """Every word of a place that is named by itself."""
    return frozenset(word for name in _names()["sure"] for word in name.split())


@cache
def _names() -> dict[str, Any]:
    return tomllib.loads((files("engine.search") / "place_names.toml").read_text("utf-8"))


@cache
def _same() -> dict[str, str]:
    return dict(_names()["same"])


@cache
def _pattern() -> re.Pattern[str]:
    sure = sorted((*_names()["sure"], *_same()), key=len, reverse=True)
    after_in = sorted(_names()["after_in"], key=len, reverse=True)
    extent = r"(?: (?:metropolitana|centro|norte|sur|este|ciudad|provincias?))?"
    near = r"(?:\b(?:en|in|por|cerca de|cerca a|zona de|distrito de|ciudad de|near)\s)"
    return re.compile(rf"{near}?\b(?P<name>{'|'.join(sure)})\b{extent}|{near}(?P<word>{'|'.join(after_in)})\b")
