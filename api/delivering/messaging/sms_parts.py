"""What an SMS costs, in parts, and the writing of a text that costs least.

A part holds 160 places of the GSM 7-bit alphabet, 153 where there are several, or 70 and 67 places of UCS-2. The
alphabet has ñ, é, ü, ¿ and ¡, not á, í, ó, ú. So a text that has those is sent whole where that takes no more parts
than without accents, and without them where they would cost a part; what GSM cannot write at all (another script) is
sent whole whatever it costs.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from unicodedata import category, normalize

from store.notices.quoting import shortened
from store.notices.short_texts import ALPHABET, in_gsm7

# 3GPP TS 23.038: an escape goes before each of these, so that it takes two places.
TWO_PLACES = frozenset("\f^{}\\[~]|€")
MOST_CHARACTERS = 1_600


class Coding(StrEnum):
    """How a text is written on its way, by the number that gateways call it by."""

    GSM_7 = "0"
    UCS_2 = "2"


ONE_PART = {Coding.GSM_7: 160, Coding.UCS_2: 70}
EACH_OF_SEVERAL = {Coding.GSM_7: 153, Coding.UCS_2: 67}


@dataclass(frozen=True, slots=True)
class Sms:
    """A text as it is sent, and how many parts it costs."""

    text: str
    coding: Coding
    parts: int


def sms(text: str, most_parts: int) -> Sms:
    """The text as it costs least, cut after a word where it would take more parts than there may be."""
    tidy = normalize("NFC", text[:MOST_CHARACTERS]).strip()
    best = _cheapest(tidy)
    least, most = 0, len(tidy)
    while best.parts > most_parts and least < most:  # the longest beginning that fits
        middle = (least + most + 1) // 2
        if _cheapest(shortened(tidy, middle)).parts <= most_parts:
            least = middle
        else:
            most = middle - 1
    return best if best.parts <= most_parts else _cheapest(shortened(tidy, max(least, 1)))


def _cheapest(text: str) -> Sms:
    if _is_gsm(text):
        return _counted(text, Coding.GSM_7)
    whole = _counted(text, Coding.UCS_2)
    if any(map(_has_no_other_writing, text)):
        return whole
    folded = _counted("".join(one if one in TWO_PLACES else in_gsm7(one) for one in text), Coding.GSM_7)
    return whole if whole.parts <= folded.parts else folded


def _counted(text: str, coding: Coding) -> Sms:
    if sum(_places(one, coding) for one in text) <= ONE_PART[coding]:
        return Sms(text, coding, 1)
    parts, room = 1, EACH_OF_SEVERAL[coding]
    for one in text:  # what takes two places is not parted
        size = _places(one, coding)
        if size > room:
            parts, room = parts + 1, EACH_OF_SEVERAL[coding]
        room -= size
    return Sms(text, coding, parts)


def _places(character: str, coding: Coding) -> int:
    if coding is Coding.UCS_2:
        return 2 if ord(character) > 0xFFFF else 1
    return 2 if character in TWO_PLACES else 1


def _is_gsm(text: str) -> bool:
    return all(one in ALPHABET or one in TWO_PLACES for one in text)


def _has_no_other_writing(character: str) -> bool:
    """Whether a letter is left out where only the GSM alphabet is written."""
    return category(character)[0] == "L" and not in_gsm7(character)
