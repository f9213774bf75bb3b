"""Limits that people state in their own words where their profile states none: "20 horas a la semana de noche"."""

from __future__ import annotations

import re

from engine.reading.text_cleaning import aligned_plain
from engine.search.chips import Chip, ChipKind
from engine.search.spelling import Lexicon
from engine.search.tokens import LONGEST_SEARCH
from engine.search.understanding import understood
from engine.seekers import Seeker

# Who tells of work they did may name hours of that.
OF_THE_PAST = re.compile(
    r"\b(?:trabaj(?:e|aba)|labor(?:e|aba)|atendi|fui|era|experiencia (?:en|como|de)|anteriormente|worked|i was)\b"
)


def stated_in_profile(seeker: Seeker, lexicon: Lexicon) -> tuple[Chip, ...]:
    """The hours and the least pay that a short text asks for, of those that the person has not stated."""
    if not seeker.text or len(seeker.text) > LONGEST_SEARCH or OF_THE_PAST.search(aligned_plain(seeker.text)):
        return ()
    kinds: set[ChipKind] = set()
    if seeker.availability is None:
        kinds |= {ChipKind.TIMES, ChipKind.WEEKLY_HOURS}
    if seeker.min_pay is None:
        kinds.add(ChipKind.PAY)
    return understood(seeker.text, lexicon, kinds=frozenset(kinds)).chips if kinds else ()
