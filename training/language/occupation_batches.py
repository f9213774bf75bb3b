"""Batches for the language of work: several texts each of many occupations, easy and hard ones side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.language.esco import Occupation

SKILLS_IN_A_TEXT = 6
SENTENCES_IN_A_TEXT = 1


@dataclass(frozen=True, slots=True)
class OccupationBatch:
    """T texts: the row of each one's occupation `[T]`, its side (True: asked with, False: found), and which pairs
    the loss leaves out `[T, T]`."""

    texts: list[str]
    occupations: NDArray[np.int64]
    is_query: NDArray[np.bool_]
    excluded: NDArray[np.bool_]


class OccupationBatches:
    """Draws batches; `neighbours` `[occupations, K]` are hard ones by the current vectors, or by ISCO to begin with."""

    def __init__(
        self,
        occupations: Sequence[Occupation],
        occupations_per_batch: int,
        hard_share: float,
        context_share: float,
        random: np.random.Generator,
    ) -> None:
        self._occupations, self._random = list(occupations), random
        self._per_batch = min(occupations_per_batch, len(self._occupations))
        self._hard_count = round(self._per_batch * hard_share)
        self._context_share = context_share
        self.groups = np.unique([one.isco_group for one in occupations], return_inverse=True)[1]
        self.neighbours = isco_neighbours([one.isco_group for one in occupations], random)

    def draw(self) -> OccupationBatch:
        """Two texts in each language of every drawn occupation."""
        seeds = self._random.choice(len(self._occupations), self._per_batch - self._hard_count, replace=False)
        hard = [int(self._random.choice(self.neighbours[seed])) for seed in seeds[: self._hard_count]]
        rows = np.unique(np.concatenate([seeds, np.array(hard, dtype=np.int64)]))
        drawn = [(int(row), text) for row in rows for text in self._texts_of(self._occupations[row])]
        texts = [text for _, text in drawn]
        concepts = np.array([row for row, _ in drawn])
        _, words = np.unique(texts, return_inverse=True)
        same_group = self.groups[concepts][:, None] == self.groups[concepts][None, :]
        same_concept = concepts[:, None] == concepts[None, :]
        excluded = (words[:, None] == words[None, :]) | (same_group & ~same_concept)
        return OccupationBatch(texts, concepts, self._random.random(len(texts)) < 0.5, excluded)

    def _texts_of(self, occupation: Occupation) -> list[str]:
        texts = []
        for language, titles in occupation.titles.items():
            count = min(2, len(titles))
            texts += [titles[place] for place in self._random.choice(len(titles), count, replace=False)]
            # An ad has one title: what it says is the only other text of its concept.
            alone = len(occupation.titles) == 1 and count == 1
            if alone:
                texts.append(self._context(occupation, language) or texts[-1])
            elif self._random.random() < self._context_share:
                texts[-1] = self._context(occupation, language) or texts[-1]
        return texts

    def _context(self, occupation: Occupation, language: str) -> str:
        """What an ad says beside its title: some of the skills, or the first sentence of the description."""
        skills = occupation.skills[language]
        if skills and self._random.random() < 0.5:
            chosen = self._random.choice(len(skills), min(SKILLS_IN_A_TEXT, len(skills)), replace=False)
            return ", ".join(skills[place] for place in chosen)
        return ". ".join(occupation.description[language].split(". ")[:SENTENCES_IN_A_TEXT])


def isco_neighbours(isco_groups: Sequence[str], random: np.random.Generator, count: int = 8) -> NDArray[np.int64]:
    """For each occupation `count` others of its minor group (three digits) but not of its unit group (four); of the
    next wider group where there are none. `[occupations, count]`."""
    neighbours = np.empty((len(isco_groups), count), dtype=np.int64)
    codes = np.array(isco_groups)
    for row, code in enumerate(isco_groups):
        for digits in (3, 2, 1, 0):
            fits = np.flatnonzero(np.char.startswith(codes, code[:digits]) & (codes != code))
            if len(fits):
                break
        neighbours[row] = random.choice(fits, count) if len(fits) else row
    return neighbours


def mined_neighbours(vectors: NDArray[np.float32], groups: NDArray[np.int64], count: int = 8) -> NDArray[np.int64]:
    """For each occupation the `count` nearest others outside its unit group, `[occupations, count]`, by unit vectors
    `[occupations, dimension]` (Xiong et al., "Approximate Nearest Neighbor Negative Contrastive Learning", 2021)."""
    cosines = vectors @ vectors.T
    cosines[groups[:, None] == groups[None, :]] = -np.inf
    nearest: NDArray[np.int64] = np.argsort(-cosines, axis=1)[:, :count]
    return nearest
