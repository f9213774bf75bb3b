"""Unicode's normal forms of a text, in time that grows with its length whatever it holds.

`unicodedata` sorts the marks upon a letter by moving each past all others: thousands upon one letter take seconds.
No language writes more than a few; of those upon one letter, the first thirty are kept (UAX #15, Stream-Safe Text).
"""

from __future__ import annotations

import re
import unicodedata

MOST_MARKS = 30
# Marks are neither letters, digits, spaces nor ASCII. Of all else, only these two letters become marks.
_LETTERS_THAT_ARE_MARKS = "\uff9e\uff9f"
_MAY_BE_MARKS = re.compile(rf"(?:[^\w\s\0-\x7f]|[{_LETTERS_THAT_ARE_MARKS}]){{{MOST_MARKS + 1},}}+")


def nfc(text: str) -> str:
    """`text` with one character for each letter and its accents."""
    return text if text.isascii() else unicodedata.normalize("NFC", _few_marks(text))


def nfkd(text: str) -> str:
    """`text` with letters and accents apart, and plain letters for styled ones."""
    return text if text.isascii() else unicodedata.normalize("NFKD", _few_marks(text))


def _few_marks(text: str) -> str:
    return _MAY_BE_MARKS.sub(_first_marks, text)


def _first_marks(found: re.Match[str]) -> str:
    characters, marks = [], 0
    for character in found[0]:
        is_mark = unicodedata.category(character)[0] == "M" or character in _LETTERS_THAT_ARE_MARKS
        marks = marks + 1 if is_mark else 0
        if marks <= MOST_MARKS:
            characters.append(character)
    return "".join(characters)
