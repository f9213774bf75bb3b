"""Dated figures with their sources, read from the TOML files beside this module."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def facts(name: str) -> dict[str, Any]:
    """The figures of one file, `peru`, `full_time` or `exchange_rates`."""
    return tomllib.loads((files("engine.facts") / f"{name}.toml").read_text(encoding="utf-8"))
