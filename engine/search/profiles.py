"""Limits that people state in their own words where their profile states none: "20 horas a la semana de noche"."""

from __future__ import annotations

import re

from engine.reading.schedules.meanings import FREE
from engine.reading.text_cleaning import aligned_plain
from engine.search.chips import ChipKind
from engine.search.spelling import Lexicon
from engine.search.tokens import LONGEST_SEARCH
from engine.search.understanding import Understood, understood
from engine.seekers import Seeker

# Who tells of work they did may name hours of that.
OF_THE_PAST = re.compile(
    r"\b(?:trabaj(?:e|aba)|labor(?:e|aba)|atendi|fui|era|experiencia (?:en|como|de)|anteriormente|worked|i was)\b"
)


def stated_in_profile(seeker: Seeker, lexicon: Lexicon) -> Understood:
    """The hours and the least pay that a short text asks for, of those that the person has not stated; the `rest` is
    what it says of them beside. Hours are claimed, not searched for: no more than what people mean by their words."""
    if not seeker.text or len(seeker.text) > LONGEST_SEARCH or OF_THE_PAST.search(aligned_plain(seeker.text)):
        return Understood((), seeker.text)
    kinds: set[ChipKind] = set()
    if seeker.availability is None:
        kinds |= {ChipKind.TIMES, ChipKind.WEEKLY_HOURS}
    if seeker.min_pay is None:
        kinds.add(ChipKind.PAY)
    if not kinds:
        return Understood((), seeker.text)
    found = understood(seeker.text, lexicon, kinds=frozenset(kinds), meanings=FREE)
    # Who names limits alone says nothing else of themselves.
    return Understood(found.chips, found.rest if found.chips and found.rest else seeker.text)
