"""The world's countries, currencies and cities, read from world.json, which `deploy/world_data.py` writes."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def world() -> dict[str, dict[str, Any]]:
    """`countries` by ISO 3166-1 code (names, alpha3, currency, zone), `regions` by UN M49 code, `currencies`, `cities`.

    Names are plain: lower case, no accents.
    """
    content: dict[str, dict[str, Any]] = json.loads((files("engine.reading") / "world.json").read_text("utf-8"))
    return content
