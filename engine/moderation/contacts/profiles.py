"""A person's profile without the contacts in their words."""

from __future__ import annotations

import re
from dataclasses import replace

from engine.moderation.contacts.masking import MASK, masked
from engine.seekers import Seeker

_NUMBER_ALONE = re.compile(r"[\W_]*(?:\d[\W_]*){7,15}")


def without_contacts(seeker: Seeker) -> Seeker:
    """The profile with phones, addresses and ids taken out of its words, which are stored, logged and learned from."""
    return replace(seeker, text=_masked(seeker.text), skills=tuple(_masked(skill) for skill in seeker.skills))


def _masked(words: str) -> str:
    """A long number that stands alone is no skill, whatever is not said of it: "40718293" after the skill "DNI"."""
    return MASK if _NUMBER_ALONE.fullmatch(words) else masked(words)
