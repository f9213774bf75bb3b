"""Which of a person's skills a job asks for: by words, without accents or case."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from engine.jobs import Job
from engine.normal_forms import nfkd
from engine.seekers import Seeker

# A word keeps the signs that tell skills apart: C++, C#, .NET, Node.js.
NO_WORDS = "  "
_ACCENTS = re.compile("[\u0300-\u036f]+")
_WORD = re.compile(r"[.]?[a-z0-9][a-z0-9]*(?:[.][a-z0-9]+)*[+#]*")


def normalised_words(text: str) -> list[str]:
    """Lower-case words without accents, in order."""
    text = text.casefold()
    if not text.isascii():
        text = _ACCENTS.sub("", nfkd(text))
    return _WORD.findall(text)


@dataclass(frozen=True, slots=True)
class SeekerWords:
    """The words of all that a person says of themselves: in order, and in one text with spaces around each.

    `skills` are the skills they name, as written, as such a text, and that in ASCII.
    """

    words: tuple[str, ...]
    text: str
    skills: tuple[tuple[str, str, bytes], ...]

    def matched(self, job_skills: Iterable[tuple[str, str]], job_words: bytes) -> tuple[str, ...]:
        """The skills a person and a job share, as written, in the person's words first.

        A skill is shared when one side names it and its words stand in that order in what the other side says.
        """
        shared: dict[str, str] = {}
        for skill, words, in_ascii in self.skills:
            if in_ascii in job_words and words != NO_WORDS:
                shared.setdefault(words, skill)
        for skill, words in job_skills:
            if words in self.text and words != NO_WORDS:
                shared.setdefault(words, skill)
        return tuple(shared.values())


@lru_cache(maxsize=4096)
def seeker_words(seeker: Seeker) -> SeekerWords:
    """The words of a person; kept for those who ask again."""
    words = tuple(normalised_words(" . ".join((seeker.text, *seeker.skills))))
    skills = tuple((skill, text, text.encode()) for skill in seeker.skills for text in (spaced_words(skill),))
    return SeekerWords(words, f" {' '.join(words)} ", skills)


def spaced_words(text: str) -> str:
    """The normalised words of a text with one space around each, so that whole words can be looked for."""
    return f" {' '.join(normalised_words(text))} "


def job_words(job: Job) -> bytes:
    """The words of title, skills and description with spaces around, in ASCII."""
    return spaced_words(" . ".join((job.title, *job.skills, job.description))).encode()


def matched_skills(seeker: Seeker, job: Job) -> tuple[str, ...]:
    """The skills a person and a job share, as `SeekerWords.matched` finds them."""
    return seeker_words(seeker).matched([(skill, spaced_words(skill)) for skill in job.skills], job_words(job))
