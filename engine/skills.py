"""Which of a person's skills a job asks for: by words, without accents or case."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from engine.jobs import Job
from engine.seekers import Seeker

# A word keeps the signs that tell skills apart: C++, C#, .NET, Node.js.
_WORD = re.compile(r"[.]?[a-z0-9][a-z0-9]*(?:[.][a-z0-9]+)*[+#]*")


def normalised_words(text: str) -> list[str]:
    """Lower-case words without accents, in order."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(letter for letter in decomposed if not unicodedata.combining(letter)))


def matched_skills(seeker: Seeker, job: Job) -> tuple[str, ...]:
    """The skills a person and a job share, in the person's words first.

    A skill is shared when one side names it and its words stand in that order in what the other side says.
    """
    job_words = _joined(" . ".join((job.title, *job.skills, job.description)))
    seeker_words = _joined(" . ".join((seeker.text, *seeker.skills)))
    shared: dict[str, str] = {}
    for skill in _named(seeker.skills, job_words) + _named(job.skills, seeker_words):
        shared.setdefault(" ".join(normalised_words(skill)), skill)
    return tuple(shared.values())


def _named(skills: Sequence[str], text: str) -> list[str]:
    return [skill for skill in skills if (words := _joined(skill)) != "  " and words in text]


def _joined(text: str) -> str:
    return f" {' '.join(normalised_words(text))} "
