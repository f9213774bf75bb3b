"""JSON that a page shows, held against what was really answered."""

from __future__ import annotations

from typing import Any

# What a posting does not state is left out of a card, and pages show some of the rest: its keys are for the schema.
OPTIONAL = ".job"


def differences(shown: Any, real: Any, at: str = "answer") -> list[str]:
    """Where the keys or the kinds of two JSON values differ; of lists, the first of each is compared."""
    if shown is None or real is None:
        return []
    if isinstance(shown, dict) and isinstance(real, dict):
        return _of_documents(shown, real, at)
    if isinstance(shown, list) and isinstance(real, list):
        if shown and isinstance(shown[0], dict) and not real:
            return [f"{at}: something is shown, and there was nothing"]
        return differences(shown[0], real[0], f"{at}[0]") if shown and real else []
    if _kind(shown) is not _kind(real):
        return [f"{at}: {shown!r} is shown, {real!r} was answered"]
    return []


def _of_documents(shown: dict[str, Any], real: dict[str, Any], at: str) -> list[str]:
    found = [f"{at}.{key}: differs" for key in sorted(shown.keys() ^ real.keys()) if OPTIONAL not in at]
    for key in shown.keys() & real.keys():
        found += differences(shown[key], real[key], f"{at}.{key}")
    return found


def _kind(value: Any) -> type:
    return float if isinstance(value, int) and not isinstance(value, bool) else type(value)
