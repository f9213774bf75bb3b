"""Which steps lead to a skill that ads ask for and somebody lacks, as the classification has them; none is guessed.

The skill is found by its label alone. What comes before it in the hierarchy are the first steps; what the work needs
beside it are the next, where the ads' titles or the person's words name an occupation that uses the skill.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from engine.explain import Locale
from engine.learning_paths.classification import Classification, Names
from engine.learning_paths.label_keys import (
    LONGEST_LABEL,
    exact_key,
    form_key,
    is_name_in_mixed_case,
    keys_in_title,
    runs_of_words,
)
from engine.seekers import Seeker
from engine.skills import SeekerWords, seeker_words

MOST_STEPS, MOST_BASES, MOST_HAD = 5, 2, 5
LEAST_TITLES = 2
MOST_WORDS, LONGEST_RUN = 300, 6
# The same ads come near many people; what these say of themselves is not kept.
_keys_in_ad = lru_cache(maxsize=2048)(keys_in_title)


class Entry(NamedTuple):
    """A skill or an occupation, to name and to look up."""

    uri: str
    label: str


class LearningPath(NamedTuple):
    """The steps to a skill, which is the last; the occupation that it leads to; what the person has of what it needs.

    `skill`: as the ads name it, which may be one of several labels of the last step.

    `is_essential`: the occupation needs the skill; else it helps there.
    """

    skill: str
    steps: tuple[Entry, ...]
    leads_to: Entry | None
    is_essential: bool
    has: tuple[Entry, ...]


def learning_path(
    classification: Classification, skill: str, titles: Sequence[str], seeker: Seeker, locale: Locale
) -> LearningPath | None:
    """The path to a `skill` that the ads with these `titles` ask for; None where the classification has none."""
    wanted = _named_skill(classification, skill)
    if wanted is None:
        return None
    had = _mentioned(classification, seeker_words(seeker))
    if wanted in had:
        return None
    bases = [base for base in classification.bases.of(wanted).tolist() if classification.skills.label(base, locale)]
    bases.sort(key=lambda base: (-len(classification.needing.of(base)), base))
    occupation = _occupation(classification, wanted, titles, seeker.text)
    beside = [] if occupation is None else _beside(classification, wanted, occupation)
    beside = [one for one in beside if one not in bases and classification.skills.label(one, locale)]
    first = [base for base in bases if base not in had][:MOST_BASES]
    room = MOST_STEPS - 1 - len(first)
    then = [one for one in beside if one not in had][:room]
    then.sort(key=lambda one: (classification.levels[one], -len(classification.needing.of(one))))
    if not (first or then) or not classification.skills.label(wanted, locale):
        return None
    return LearningPath(
        skill,
        _entries(classification.skills, [*first, *then, wanted], locale),
        _occupation_entry(classification, occupation, locale),
        occupation is not None and wanted in classification.essential.of(occupation),
        _entries(classification.skills, [one for one in (*bases, *beside) if one in had][:MOST_HAD], locale),
    )


def _named_skill(classification: Classification, skill: str) -> int | None:
    """The skill of that label, as it is written or in another form of its words."""
    if len(skill) > LONGEST_LABEL:
        return None
    keys = classification.skill_keys
    for key in (exact_key(skill), form_key(skill)):
        place = None if key is None else keys.place(key)
        if place is not None:
            if keys.acronyms[place] and is_name_in_mixed_case(skill.strip()):
                return None
            return int(keys.numbers[place])
    return None


def _mentioned(classification: Classification, words: SeekerWords) -> set[int]:
    """The skills that somebody names, by their labels."""
    keys = [*runs_of_words(words.words[:MOST_WORDS], LONGEST_RUN)]
    skills = [skill for skill, _, _ in words.skills[:MOST_WORDS] if len(skill) <= LONGEST_LABEL]
    keys += [key for skill in skills if (key := form_key(skill)) is not None]
    return classification.skill_keys.numbers_of(keys)


def _occupation(classification: Classification, wanted: int, titles: Sequence[str], text: str) -> int | None:
    """The occupation that two of the titles name, or a person's own words, of those that use the skill."""
    using = {*classification.needing.of(wanted).tolist(), *classification.helped.of(wanted).tolist()}
    if not using:
        return None
    named: Counter[int] = Counter()
    for title in titles:
        named.update(classification.occupation_keys.numbers_of(_keys_in_ad(title)) & using)
    # What she says of herself counts as two ads do.
    own = classification.occupation_keys.numbers_of(keys_in_title(text)) & using
    named.update(dict.fromkeys(own, LEAST_TITLES))
    if not named:
        return None
    occupation, count = min(named.items(), key=lambda item: (-item[1], item[0]))
    return occupation if count >= LEAST_TITLES else None


def _beside(classification: Classification, wanted: int, occupation: int) -> list[int]:
    """What else the occupation needs, first what goes with the skill in most other occupations too."""
    uses = np.zeros(len(classification.occupations.uris), np.bool_)
    for occupations in (classification.needing.of(wanted), classification.helped.of(wanted)):
        uses[occupations] = True
    others = [one for one in classification.essential.of(occupation).tolist() if one != wanted]
    nearness = {}
    for one in others:
        needing = classification.needing.of(one)
        nearness[one] = np.count_nonzero(uses[needing]) / np.sqrt(len(needing))
    return sorted(others, key=lambda one: (-nearness[one], one))


def _entries(names: Names, numbers: Sequence[int], locale: Locale) -> tuple[Entry, ...]:
    return tuple(Entry(names.uris[number], names.label(number, locale)) for number in numbers)


def _occupation_entry(classification: Classification, occupation: int | None, locale: Locale) -> Entry | None:
    if occupation is None or not classification.occupations.label(occupation, locale):
        return None
    return _entries(classification.occupations, [occupation], locale)[0]
