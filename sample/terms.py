"""The shapes of the sample world's word lists and figures: one class for each kind of table in `sample/words`."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from sample.word_lists import InBoth, MistakeError, PlainText, PlainTexts, SpokenTexts, Text, Texts, WordList, slots

# What work is like, and what a person likes: each from -1 to 1, in this order everywhere.
TRAITS = ("people", "spoken", "creative", "numbers", "persuasion", "pace", "teaching", "technology")


def _known_traits(weights: dict[str, float]) -> dict[str, float]:
    unknown = sorted(set(weights) - set(TRAITS))
    if unknown:
        raise MistakeError(f"traits among {', '.join(TRAITS)}", unknown[0], "mend its spelling")
    return weights


Positive = Annotated[float, Field(gt=0)]
Fraction = Annotated[float, Field(ge=0, le=1)]
Weights = Annotated[dict[str, Positive], Field(min_length=1)]
Affinities = dict[str, Fraction]
Traits = Annotated[dict[str, Annotated[float, Field(ge=-1, le=1)]], AfterValidator(_known_traits)]
TraitDifferences = Annotated[dict[str, Annotated[float, Field(ge=-2, le=2)]], AfterValidator(_known_traits)]
TaskTexts = Annotated[InBoth[Texts], slots("company", "customers", "goods", "tool")]


class SpecialtyFigures(WordList):
    """What sets a specialty apart: its skills, how its traits differ from the occupation's, and its trades."""

    skills: Texts
    traits: TraitDifferences
    sectors: Annotated[tuple[Text, ...], Field(strict=False)] = ()


class OccupationFigures(WordList):
    """The figures of an occupation, as `figures.toml` explains them."""

    share: Positive
    traits: Traits
    pay: Annotated[tuple[Positive, Positive], Field(strict=False)]
    phone: Fraction
    english: Fraction
    shifts: Weights
    skills: Texts
    tools: Texts
    specialties: Annotated[dict[str, SpecialtyFigures], Field(min_length=1)]
    neighbours: Affinities


class SpecialtyWords(WordList):
    """How ads name a specialty, what they say it does (verb clauses), and what people who know it say."""

    titles: SpokenTexts
    tasks: TaskTexts
    own_words: SpokenTexts


class OccupationWords(WordList):
    """What is said of an occupation: tasks that all its specialties share, and each specialty."""

    tasks: TaskTexts
    specialties: dict[str, SpecialtyWords]


class LifeBackground(WordList):
    """Work or life that no ad names. `leads_to`: the hidden affinity to occupations; `skills`: what it taught."""

    share: Positive
    traits: Traits
    leads_to: Weights
    sectors: Texts
    skills: Texts
    sentences: SpokenTexts


# A phrase hints at traits: it is drawn the more often, the better its hints fit.
TraitPhrases = Annotated[dict[Text, Traits], Field(min_length=1)]


class Sector(WordList):
    """A trade: the employer, those it serves, what it deals in, a short name, and how a person says they know it."""

    family: Text
    name_parts: Texts
    company: PlainTexts
    customers: PlainTexts
    goods: PlainText
    short: PlainText
    lived: Annotated[InBoth[Text], slots(gendered=True)]


class Sectors(WordList):
    """All trades, and the second halves of employers' invented names."""

    name_endings: Texts
    sectors: Annotated[dict[str, Sector], Field(min_length=1)]


class Skills(WordList):
    """How each skill is written, and those that are traits more than skills."""

    soft: Texts
    names: Annotated[dict[str, PlainTexts], Field(min_length=1)]
