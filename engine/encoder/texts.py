"""The text of a job and of a person that the towers read, the same in training, indexing and serving."""

from __future__ import annotations

from engine.jobs import Job
from engine.normal_forms import nfc
from engine.seekers import Seeker

MAX_TEXT_CHARACTERS = 2000
ZERO_WIDTH_JOINER = "\u200d"


def tidy(text: str) -> str:
    """NFC, no zero-width joiners, single spaces, at most 2,000 characters: what both tokenisers agree on."""
    composed = nfc(text.replace(ZERO_WIDTH_JOINER, " "))
    return " ".join(composed.split())[:MAX_TEXT_CHARACTERS].rstrip()


def unshouted(text: str) -> str:
    """Lower case for a text without one lower-case letter: ads shout, and capitals are other words to an encoder."""
    return text.lower() if text.isupper() else text


def job_text(job: Job) -> str:
    """Title first, then skills, then as much of the description as fits: long ads lose their end, not their point."""
    parts = [unshouted(job.title), ", ".join(job.skills), unshouted(job.description)]
    return tidy(". ".join(part.strip().rstrip(".") for part in parts if part.strip()))


def seeker_text(seeker: Seeker) -> str:
    """The person's own words, then the skills they name."""
    parts = [unshouted(seeker.text), ", ".join(seeker.skills)]
    return tidy(". ".join(part.strip().rstrip(".") for part in parts if part.strip()))
