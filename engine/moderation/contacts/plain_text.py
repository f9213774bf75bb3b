"""A text as people read it, to look for contacts in: drawn letters and digits plain, what nobody sees left out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.moderation.plain_words import ACCENTS, UNSEEN
from engine.moderation.styled_letters import plain_characters

# Fillers of other scripts, which look like nothing, and lines through digits.
_UNSEEN = re.compile(rf"[{UNSEEN}\u034f\u115f\u1160\u17b4\u17b5\u180e\u3164\uffa0]|(?<=[\d{ACCENTS}])[{ACCENTS}]")
# Spaces of other widths, full stops of other scripts, digits in circles: one character each, so that places stay.
_AS_READ = {0xFE6B: "@"} | dict.fromkeys([*range(0x2000, 0x200B), 0x202F, 0x205F, 0x2800, 0x3000], " ")
_AS_READ |= dict.fromkeys((0x2024, 0x3002, 0xFF61), ".") | {0x24FF: "0"}
_AS_READ |= {first + place: str(place + 1) for first in (0x2776, 0x2780, 0x278A) for place in range(9)}
_ODD = re.compile(f"[{''.join(map(chr, _AS_READ))}]")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789")
_RAISED_DIGITS = re.compile(f"[{''.join(map(chr, _RAISED))}]{{3,}}+")
# Letters in the place of digits: "98O 765 43l".
_LETTERS = str.maketrans("oOlI", "0011")
_LETTER_DIGITS = re.compile(r"(?<=\d)[oOlI](?:(?=[\doOlI])|(?<=\d\d[oOlI])(?!\w))|(?<=\d[oOlI])[oOlI](?=\d)")


def as_read(text: str) -> tuple[str, Sequence[int]]:
    """The text as it is read, and the place of each of its characters before."""
    plain = plain_characters(text)
    plain = plain.translate(_AS_READ) if _ODD.search(plain) else plain
    places: Sequence[int] = range(len(plain))
    if _UNSEEN.search(plain) is not None:
        unseen = {match.start() for match in _UNSEEN.finditer(plain)}
        places = [place for place in range(len(plain)) if place not in unseen]
        plain = "".join([plain[place] for place in places])
    plain = _RAISED_DIGITS.sub(lambda digits: digits[0].translate(_RAISED), plain)
    return _LETTER_DIGITS.sub(lambda letter: letter[0].translate(_LETTERS), plain), places
