"""What others wrote, made fit to be quoted in a mail: one line, short, without contacts, links or hidden characters.

Mail programs make a link of whatever looks like one. An ad's title must not lead anywhere: only our own links may.
"""

from __future__ import annotations

import re
from unicodedata import category

from engine.moderation.contacts.masking import masked
from engine.normal_forms import nfc

LINK, CUT = "[enlace]", "…"
# Of a text that is longer, no more is looked at.
READ_AT_MOST = 4
_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Mn", "Me"})
_PICTURES = frozenset({"So", "Sk"})
_LATIN = 0xFF
_AS_READ = {0xFF0E: ".", 0x3002: ".", 0xFF61: ".", 0x2024: ".", 0xFF1A: ":", 0xFF0F: "/", 0xFF20: "@", 0xFE6B: "@"}
_OPENS = re.compile(r"(?:mailto|tel|sms|smsto|javascript|data|intent|market|geo|file|vbscript|about|facetime):", re.I)
_PATH = re.compile(r"[^\W_]\.[^\W\d_]{2,24}(?::\d{1,5})?[/?#]")
_DOT = re.compile(r"(?<=[^\W_])\.(?=[^\W\d_]{2})")


def quoted(text: str | None, most: int) -> str | None:
    """The text on one line of at most so many characters; None where nothing is left of it."""
    if text is None:
        return None
    line = " ".join(map(_without_link, masked(_plain(text[: most * READ_AT_MOST])).split()))
    return shortened(line, most) or None


def shortened(text: str, most: int) -> str:
    """The text, cut before a word where it is too long; within one that is longer than half of it."""
    if len(text) <= most:
        return text
    head = text[: most - len(CUT)]
    whole = head.rpartition(" ")[0]
    return (whole if len(whole) > most // 2 else head).rstrip(" ,.;:-(") + CUT


def _plain(text: str) -> str:
    """Visible characters on one line."""
    parts = []
    for character in nfc(text.translate(_AS_READ)):
        kind = category(character)
        if character.isspace():
            parts.append(" ")
        elif kind not in _HIDDEN and (kind not in _PICTURES or ord(character) <= _LATIN):
            parts.append(character)
    return "".join(parts)


def _without_link(word: str) -> str:
    """A word that nothing makes a link of: an address is left out, a name with a dot is parted."""
    if "://" in word or "www." in word.lower() or _OPENS.search(word) or _PATH.search(word):
        return LINK
    return _DOT.sub(" .", word)
