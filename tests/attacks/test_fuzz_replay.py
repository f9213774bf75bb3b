"""Every parser of outside text reads what fuzzing draws, by a fixed seed: each text is read, or refused in words."""

from __future__ import annotations

from contextlib import suppress
from random import Random
from zlib import crc32

import pytest

from tests.attacks.fuzzing import refusals
from tests.attacks.parsers import HARD, ParserCase
from tests.attacks.short_parsers import FUZZED

pytestmark = pytest.mark.slow

TEXTS, MOST_PIECES = 200, 12
# Where parsers go wrong: ends of ranges, halves of pairs, what turns direction, joins, or grows when it is lower-cased.
ODD = (
    *("\0", "\x1b", "\x85", "\xa0", "\xad", "\u200b", "\u200f", "\u2028", "\u202e", "\ufeff", "\ufffd", "\U0010ffff"),
    *("\ud800", "\udfff", "é", "e\u0301", "ß", "İ", "ı", "ǆ", "ﬁ", "ﷺ", "㎏", "Ⅷ", "½", "²", "٣", "９", "𝟗", "👩‍👩‍👧"),
    *("-0", "00", "1e9", "1e400", "NaN", "-Infinity", "0x1f", "9" * 40, "24:00", "25:61", "31/02", "0000-00-00"),
    *("9999-12-31T23:59:60Z", "true", "null", "%00", "\r", "\r\n", "'", "`", "{", "}", "]", ")", ">", ";", "::", "…"),
)


def drawn(name: str, case: ParserCase) -> list[str]:
    """The same at every run: pieces that are hard for this parser or another, odd ones, and characters of any kind."""
    chance = Random(crc32(name.encode()))
    pieces = (*case.hard * 3, *HARD, *ODD)

    def piece() -> str:
        if chance.random() < 0.15:
            return chr(chance.choice((chance.randrange(128), chance.randrange(0x800), chance.randrange(0x110000))))
        return chance.choice(pieces) * chance.choice((1, 1, 1, 2, 7))

    return ["".join(piece() for _ in range(chance.randrange(MOST_PIECES + 1))) for _ in range(TEXTS)]


@pytest.mark.parametrize("name", FUZZED)
def test_a_parser_reads_every_text_or_refuses_it_in_words(name: str) -> None:
    case = FUZZED[name]
    for text in drawn(name, case):
        read = case.before + text + case.after
        try:
            with suppress(*refusals()):
                case.parser(read)
        except Exception as error:
            pytest.fail(f"{read!r}: {error!r}")


def test_what_is_drawn_is_the_same_at_every_run_and_differs_by_parser() -> None:
    first, second = list(FUZZED)[:2]
    assert drawn(first, FUZZED[first]) == drawn(first, FUZZED[first]) != drawn(second, FUZZED[second])
