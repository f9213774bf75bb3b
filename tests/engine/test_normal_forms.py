"""Normal forms are Unicode's own, but for marks that nobody writes: those pile up no higher than the time they take."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.normal_forms import nfc, nfkd

FIRST_MARKS = [
    character
    for character in map(chr, range(sys.maxunicode + 1))
    if unicodedata.combining(unicodedata.normalize("NFKD", character)[0])
]


@given(st.text())
def test_ordinary_texts_have_the_forms_of_unicode(text: str) -> None:
    assert nfc(text) == unicodedata.normalize("NFC", text)
    assert nfkd(text) == unicodedata.normalize("NFKD", text)


@pytest.mark.parametrize("text", ["año", "n\u0303", "🎉" * 100, "─" * 100, "é" * 100, "ｶﾞ" * 100, "नि" * 100])
def test_rows_of_signs_and_letters_with_few_marks_stay(text: str) -> None:
    assert nfc(text) == unicodedata.normalize("NFC", text)


def test_marks_beyond_the_thirtieth_upon_a_letter_are_left_out() -> None:
    assert nfkd("e" + "\u0301" * 50 + "o") == "e" + "\u0301" * 30 + "o"


def test_no_character_hides_a_mark_from_being_counted() -> None:
    piled = [character for character in FIRST_MARKS if _longest_pile(nfkd((character + "\u0323") * 200)) > 200]
    assert piled == []


def _longest_pile(text: str) -> int:
    longest = pile = 0
    for character in text:
        pile = pile + 1 if unicodedata.combining(character) else 0
        longest = max(longest, pile)
    return longest
