"""The occupations of the sample world as they are drawn: their specialties, and how common each is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sample.dice import Dice
from sample.terms import OccupationFigures, SpecialtyFigures, SpecialtyWords
from sample.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class SpecialtyKey:
    """One specialty of one occupation."""

    occupation: str
    specialty: str

    @property
    def occupation_figures(self) -> OccupationFigures:
        return vocabulary().figures[self.occupation]

    @property
    def figures(self) -> SpecialtyFigures:
        return self.occupation_figures.specialties[self.specialty]

    @property
    def words(self) -> SpecialtyWords:
        return vocabulary().occupations[self.occupation].specialties[self.specialty]


@cache
def specialties() -> tuple[SpecialtyKey, ...]:
    """Every specialty, those of one occupation side by side."""
    return tuple(
        SpecialtyKey(occupation, specialty)
        for occupation, figures in vocabulary().figures.items()
        for specialty in figures.specialties
    )


def draw_specialty(dice: Dice, shares: Mapping[str, float]) -> SpecialtyKey:
    """Any specialty of an occupation drawn by its share."""
    occupation = dice.weighted(shares)
    return SpecialtyKey(occupation, dice.one(tuple(vocabulary().figures[occupation].specialties)))


@cache
def occupation_shares() -> dict[str, float]:
    """The weight of each occupation among jobs."""
    return {occupation: figures.share for occupation, figures in vocabulary().figures.items()}


@cache
def background_shares() -> dict[str, float]:
    """The weight of each background among people."""
    return {name: background.share for name, background in vocabulary().backgrounds.items()}
