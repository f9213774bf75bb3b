"""Texts that fit one SMS: 160 characters of the GSM 7-bit alphabet, in which á, í, ó and ú are not."""

from __future__ import annotations

from collections.abc import Mapping
from unicodedata import normalize

from store.notices.quoting import shortened

LONGEST, ONE_PART_OF_ANY_SCRIPT = 160, 70
LEAST_OF_A_VALUE = 12
# 3GPP TS 23.038, without what takes two places.
ALPHABET = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_WRITTEN_AS = str.maketrans(
    {"«": '"', "»": '"', "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "[": "(", "]": ")"}
    | {"€": "EUR", "°": "o", "º": "o", "ª": "a", "·": "-", "•": "-"}
)


def short_text(template: str, values: Mapping[str, str]) -> str:
    """The template with its values, the longest of which are cut until all fits."""
    fitting = {name: in_gsm7(value) for name, value in values.items()}
    text = in_gsm7(template.format_map(fitting))
    while len(text) > LONGEST:
        longest = max(fitting, key=lambda name: len(fitting[name]))
        most = len(fitting[longest]) - max(1, min(len(text) - LONGEST, len(fitting[longest]) // 2))
        if most < LEAST_OF_A_VALUE:
            return text[:LONGEST]
        fitting[longest] = in_gsm7(shortened(fitting[longest], most))[:most]
        text = in_gsm7(template.format_map(fitting))
    return text


def in_gsm7(text: str) -> str:
    """The text in that alphabet; letters lose the accents that it lacks, what it has nothing for is left out."""
    parts = []
    for character in text.translate(_WRITTEN_AS):
        if character in ALPHABET:
            parts.append(character)
        else:
            parts.append("".join(one for one in normalize("NFKD", character) if one in ALPHABET))
    return "".join(parts)
