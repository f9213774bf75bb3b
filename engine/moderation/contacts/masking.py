"""Private contacts in free text, found and masked: telephone numbers, e-mail addresses, identity numbers, chats.

A link is private when it opens a conversation (wa.me, t.me); a portfolio (Behance, GitHub, Instagram) is wanted and
stays. A company's RUC is public and stays too. Whatever the text, the time grows with its length only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from engine.moderation.contacts.kinds import PrivateKind, PrivateWord
from engine.moderation.contacts.links import chat_links, email_addresses, spelled_addresses
from engine.moderation.contacts.numbers import private_numbers
from engine.moderation.plain_words import UNSEEN

__all__ = ["MASK", "PrivateKind", "PrivateWord", "masked", "masked_excerpt", "private_words"]

MASK = "[contacto]"
# What each finder sees in place of what an earlier one found. It parts words as the mask does, so that a masked
# text has no contact that the text itself had not.
_FOUND = "\0"
_UNSEEN = re.compile(f"[{UNSEEN}]")
# Wide forms of ASCII, and spaces of other widths: one character each, so that places stay.
_AS_READ = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0xFE6B: ord("@")}
_AS_READ |= dict.fromkeys([*range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], ord(" "))


def private_words(text: str) -> list[PrivateWord]:
    """The private words of a text in order; none overlaps another."""
    text, places = _plain(text)
    found: list[PrivateWord] = []
    for finder in (chat_links, email_addresses, spelled_addresses, private_numbers):
        more = list(finder(text))
        text = _covered(text, more, _FOUND)
        found += more
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


def _plain(text: str) -> tuple[str, Sequence[int]]:
    """The text as it is read, without characters that nobody sees, and the place of each of its characters before."""
    plain = text.translate(_AS_READ)
    if _UNSEEN.search(plain) is None:
        return plain, range(len(plain))
    places = [place for place, character in enumerate(plain) if not _UNSEEN.match(character)]
    return _UNSEEN.sub("", plain), places


def _covered(text: str, words: list[PrivateWord], cover: str) -> str:
    parts, place = [], 0
    for word in words:
        parts += [text[place : word.start], cover * (word.end - word.start)]
        place = word.end
    return "".join([*parts, text[place:]])
