"""The skills that are suggested: of the ads that are served, and of the classification that an operator put."""

from __future__ import annotations

from threading import Lock
from typing import Any

import numpy as np

from api.services.learning_paths import LearningPaths
from engine.catalogue.catalogue import Catalogue
from engine.explain import Locale
from engine.learning_paths.classification import Classification
from engine.search.skill_suggestions import SkillSuggestions
from engine.skills import normalised_words
from index.serving import ServedBundle


class ServedSkills:
    """Made once a bundle and classification, by the first question."""

    def __init__(self, learning_paths: LearningPaths) -> None:
        self._paths, self._lock = learning_paths, Lock()
        self._made: dict[Locale, tuple[tuple[Any, ...], SkillSuggestions]] = {}

    def like(self, typed: str, bundle: ServedBundle, locale: Locale, without: tuple[str, ...] = ()) -> list[str]:
        """What may be meant by what was typed."""
        return self._suggestions(bundle, locale).like(typed, without=without)

    def _suggestions(self, bundle: ServedBundle, locale: Locale) -> SkillSuggestions:
        classification = self._paths.classification
        made_of = (bundle.version, None if classification is None else classification.source)
        with self._lock:
            made = self._made.get(locale)
            if made is None or made[0] != made_of:
                catalogue = bundle.recommender.segments[0].catalogue
                names = [*_of_ads(catalogue), *_of_classification(classification, locale)]
                made = self._made[locale] = (made_of, SkillSuggestions(names))
        return made[1]


def _of_ads(catalogue: Catalogue) -> list[tuple[str, int]]:
    """Each skill as one of its ads writes it, and how many name it."""
    table = catalogue.skills
    numbers, firsts, counts = np.unique(np.asarray(table.numbers), return_index=True, return_counts=True)
    rows = np.searchsorted(np.asarray(table.offsets), firsts, side="right") - 1
    found = zip(numbers.tolist(), rows.tolist(), counts.tolist(), strict=True)
    return [(_written(catalogue, row, table.names.names[number]), count) for number, row, count in found]


def _written(catalogue: Catalogue, row: int, words: str) -> str:
    """A skill as the ad of a row writes it."""
    skills: list[str] = catalogue.card(row).get("skills") or []
    return next((skill for skill in skills if " ".join(normalised_words(skill)) == words), words)


def _of_classification(classification: Classification | None, locale: Locale) -> list[tuple[str, int]]:
    if classification is None:
        return []
    return [(label, 0) for label in classification.skills.labels[locale.value] if label]
