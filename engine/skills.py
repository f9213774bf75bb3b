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


def seeker_words(seeker: Seeker) -> list[str]:
    """The words of all that a person says of themselves, in order."""
    return normalised_words(" . ".join((seeker.text, *seeker.skills)))


def matched_skills(seeker: Seeker, job: Job, words: Sequence[str] | None = None) -> tuple[str, ...]:
    """The skills a person and a job share, in the person's words first.

    A skill is shared when one side names it and its words stand in that order in what the other side says.
    `words` are the person's (`seeker_words`), for those who ask of many jobs.
    """
    job_words = _joined(" . ".join((job.title, *job.skills, job.description)))
    said = f" {' '.join(seeker_words(seeker) if words is None else words)} "
    shared: dict[str, str] = {}
    for skill in _named(seeker.skills, job_words) + _named(job.skills, said):
        shared.setdefault(" ".join(normalised_words(skill)), skill)
    return tuple(shared.values())


def _named(skills: Sequence[str], text: str) -> list[str]:
    return [skill for skill in skills if (words := _joined(skill)) != "  " and words in text]


def _joined(text: str) -> str:
    return f" {' '.join(normalised_words(text))} "
