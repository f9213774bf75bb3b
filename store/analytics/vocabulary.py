"""The skills that a snapshot may name of people: those that jobs ask for, and those that enough people share.

A skill that a few wrote in words of their own could tell who they are, so it is left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from engine.catalogue.skill_table import SkillNames
from engine.seekers import Seeker
from engine.skills import normalised_words
from store.analytics.small_groups import LEAST_PEOPLE


class SkillVocabulary:
    """Learns what jobs ask for and what people name, then says which skills of it a person has.

    Its memory grows with the distinct skills, not with the people.
    """

    def __init__(self) -> None:
        self._spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._own: Counter[str] = Counter()
        self._names = SkillNames()

    def add_job(self, skills: Iterable[str]) -> list[str]:
        """Learn the skills that a job asks for; their names, each once."""
        names = []
        for skill in skills:
            name = " ".join(normalised_words(skill))
            if name:
                self._spellings[name][skill] += 1
                self._names.number(name)
                names.append(name)
        return list(dict.fromkeys(names))

    def add_person(self, skills: Iterable[str]) -> None:
        """Learn the skills that a person names, once all jobs are known."""
        self._own.update(name for name in skill_names(skills) if name not in self._spellings)

    def held(self, seeker: Seeker) -> list[str]:
        """The skills that may be told of a person, in order of name.

        As for the engine, a skill that jobs ask for is held when its words stand in what the person says.
        """
        words = normalised_words(" . ".join((seeker.text, *seeker.skills)))
        of_jobs = (self._names.names[number] for number in np.flatnonzero(self._names.held(words)))
        shared = (name for name in skill_names(seeker.skills) if self._own[name] >= LEAST_PEOPLE)
        return sorted({*of_jobs, *shared})

    def rows(self) -> Iterator[dict[str, Any]]:
        """The rows of the table `skills`."""
        for name, spellings in self._spellings.items():
            label = min(spellings, key=lambda spelling: (-spellings[spelling], spelling))
            yield {"skill": name, "label": label, "is_asked": True}
        for name, people in self._own.items():
            if people >= LEAST_PEOPLE:
                yield {"skill": name, "label": name, "is_asked": False}


def skill_names(skills: Iterable[str]) -> list[str]:
    """The normalised words of each skill, once each, in order; one without a word is left out."""
    names = (" ".join(normalised_words(skill)) for skill in skills)
    return [name for name in dict.fromkeys(names) if name]
