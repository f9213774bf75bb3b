"""A classification as files describe it becomes numbers and keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from engine.explain import Locale
from engine.learning_paths.classification import Classification, Lists, Names
from engine.learning_paths.key_table import KeyEntry, KeyTable
from engine.learning_paths.label_keys import LONGEST_LABEL, exact_key, form_key, is_acronym, occupation_keys
from engine.skills import normalised_words


@dataclass(frozen=True, slots=True)
class Labels:
    """What an entry is called: preferred labels by language, and all its other ones."""

    preferred: dict[Locale, str]
    others: Sequence[str] = ()

    def all(self) -> Iterator[tuple[str, bool]]:
        """Each label, and whether it is preferred."""
        yield from ((label, True) for label in self.preferred.values() if len(label) <= LONGEST_LABEL)
        yield from ((label, False) for label in self.others if len(label) <= LONGEST_LABEL)


@dataclass(frozen=True, slots=True)
class StatedSkill:
    """A skill: how wide it is (0: skills of all work), and the addresses of those that come before it."""

    uri: str
    labels: Labels
    level: int
    bases: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class StatedOccupation:
    """An occupation, and the addresses of the skills that it needs or that help."""

    uri: str
    labels: Labels
    essential: Sequence[str] = ()
    optional: Sequence[str] = ()


def compiled(skills: Sequence[StatedSkill], occupations: Sequence[StatedOccupation], source: str) -> Classification:
    """The classification; what names an unknown skill is left out, and what two versions of it use for two things."""
    skills = [skill for skill in skills if not _is_of_two_versions(skill.labels.preferred.values())]
    number_of = {skill.uri: number for number, skill in enumerate(skills)}

    def numbers(uris: Iterable[str], own: int = -1) -> list[int]:
        known = (number_of[uri] for uri in dict.fromkeys(uris) if uri in number_of)
        return [number for number in known if number != own]

    return Classification(
        _names(skills),
        _names(occupations),
        KeyTable.build(entry for number, skill in enumerate(skills) for entry in _skill_entries(number, skill.labels)),
        KeyTable.build(
            entry
            for number, occupation in enumerate(occupations)
            for entry in _title_entries(number, occupation.labels)
        ),
        np.array([skill.level for skill in skills], np.uint8),
        Lists.joined([numbers(skill.bases, own) for own, skill in enumerate(skills)]),
        Lists.joined([numbers(occupation.essential) for occupation in occupations]),
        Lists.joined([numbers(occupation.optional) for occupation in occupations]),
        source,
    )


def _is_of_two_versions(labels: Iterable[str]) -> bool:
    """Whether an entry has the names of two products: those are the same in each language."""
    products = [label for label in labels if not any(word[0].islower() for word in label.split())]
    names = [set(normalised_words(label)) for label in products]
    return any(not (one <= other or other <= one) for one, other in combinations(names, 2))


def _skill_entries(number: int, labels: Labels) -> Iterator[KeyEntry]:
    for label, is_preferred in labels.all():
        acronym = is_acronym(label)
        for key in (exact_key(label), form_key(label)):
            if key is not None and len(key) > 1:
                yield KeyEntry(key, number, is_preferred, acronym)


def _title_entries(number: int, labels: Labels) -> Iterator[KeyEntry]:
    """The titles of an occupation; one of fewer words than its name in the same language says less than it means.

    "Jefe de operaciones" is no name for who directs those of an airport.
    """
    names = [occupation_keys(label) for label, is_preferred in labels.all() if is_preferred]
    least = min((len(key.split()) for keys in names for key in keys), default=0)
    for label, is_preferred in labels.all():
        for key in occupation_keys(label):
            if is_preferred or len(key.split()) >= least:
                yield KeyEntry(key, number, is_preferred)


def _names(entries: Sequence[StatedSkill | StatedOccupation]) -> Names:
    labels = {locale.value: [entry.labels.preferred.get(locale, "") for entry in entries] for locale in Locale}
    return Names([entry.uri for entry in entries], labels)
