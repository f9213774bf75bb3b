"""What somebody writes again while a case of theirs waits: it stands beside what they wrote before."""

from __future__ import annotations

from engine.errors import ConflictError

BETWEEN, MOST_CHARACTERS = "\n\n", 20_000


def joined_words(known: str | None, words: str | None) -> str | None:
    """All the words; what is there already is not said twice. Raises ConflictError where they are too many."""
    if known is None or words is None:
        return words if known is None else known
    if _apart(words) in _apart(known):
        return known
    joined = known + BETWEEN + words
    if len(joined) > MOST_CHARACTERS:
        raise ConflictError("the request has as many words as there may be while it waits", fix="wait for its answer")
    return joined


def _apart(text: str) -> str:
    return f"{BETWEEN}{text}{BETWEEN}"
