"""Private contacts in free text, found and masked: telephone numbers, e-mail addresses, identity numbers, chats.

A link is private when it opens a conversation (wa.me, t.me); a portfolio (Behance, GitHub, Instagram) is wanted and
stays. A company's RUC is public and stays too. Whatever the text, the time grows with its length only.
"""

from __future__ import annotations

from dataclasses import replace

from engine.moderation.contacts.kinds import PrivateKind, PrivateWord
from engine.moderation.contacts.links import chat_links, email_addresses, named_boxes, spelled_addresses
from engine.moderation.contacts.numbers import private_numbers
from engine.moderation.contacts.plain_text import as_read

__all__ = ["MASK", "PrivateKind", "PrivateWord", "masked", "masked_excerpt", "private_words"]

MASK = "[contacto]"
# What each finder sees in place of what an earlier one found, and of a mask: so that a masked text has no contact that
# the text itself had not.
_FOUND = "\0"
# What stood glued to something private is looked at again without it.
MOST_ROUNDS = 4
_FINDERS = (chat_links, email_addresses, spelled_addresses, named_boxes, private_numbers)


def private_words(text: str) -> list[PrivateWord]:
    """The private words of a text in order; none overlaps another."""
    text, places = as_read(text)
    text = text.replace(MASK, _FOUND * len(MASK))
    found: list[PrivateWord] = []
    for _ in range(MOST_ROUNDS):
        known = len(found)
        for finder in _FINDERS:
            more = list(finder(text))
            text = _covered(text, more, _FOUND) if more else text
            found += more
        if len(found) == known:
            break
    found.sort(key=lambda word: word.start)
    return [replace(word, start=places[word.start], end=places[word.end - 1] + 1) for word in found]


def masked(text: str) -> str:
    """The text with `[contacto]` in place of each private word; masking it again changes nothing."""
    return masked_excerpt(text, private_words(text), 0, len(text))


def masked_excerpt(text: str, words: list[PrivateWord], start: int, end: int) -> str:
    """`text[start:end]` masked, `words` being the private words of the whole text: one that is cut is masked too."""
    parts, place = [], start
    for word in words:
        if word.end > start and word.start < end:
            parts += [text[place : word.start], MASK]
            place = word.end
    return "".join([*parts, text[place:end]])


def _covered(text: str, words: list[PrivateWord], cover: str) -> str:
    parts, place = [], 0
    for word in words:
        parts += [text[place : word.start], cover * (word.end - word.start)]
        place = word.end
    return "".join([*parts, text[place:]])
