"""A person's profile without the contacts in their words."""

from __future__ import annotations

from dataclasses import replace

from engine.moderation.contacts.masking import masked
from engine.seekers import Seeker


def without_contacts(seeker: Seeker) -> Seeker:
    """The profile with phones, addresses and ids taken out of its words, which are stored, logged and learned from."""
    return replace(seeker, text=masked(seeker.text), skills=tuple(masked(skill) for skill in seeker.skills))
