"""Writes a sample seeker's profile in the first person: some at length, some in a breath, some without accents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.jobs import Device, LanguageLevel
from sample.dice import Dice, FloatArray
from sample.free_hours import FreeTime
from sample.occupations import BACKGROUNDS, OWN_WORDS, SpecialtyKey
from sample.sectors import SECTORS
from sample.seeker_terms import Languages
from sample.terms import ProfileClauses
from sample.traits import PhraseBook
from sample.wording import capitalised, listed_en, listed_es, name_one_gender, typed_carelessly
from sample.words.profile_clauses import ENGLISH_PROFILE, PLACES, SPANISH_PROFILE
from sample.words.trait_phrases_seekers import ENGLISH_SEEKER_PHRASES, SPANISH_SEEKER_PHRASES

_CARELESS_SHARE = 0.28


@dataclass(frozen=True, slots=True)
class ProfileFacts:
    """What a profile's text is written from. `specialty` and `background`: None where there is none."""

    specialty: SpecialtyKey | None
    background: str | None
    sector: str
    taste: FloatArray
    languages: Languages
    free: FreeTime
    device: Device | None
    nameable_skills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProfileLanguage:
    """All that differs between a profile in Spanish and one in English."""

    clauses: ProfileClauses
    phrases: PhraseBook
    listed: Callable[[Sequence[str]], str]
    index: int


SPANISH = ProfileLanguage(SPANISH_PROFILE, PhraseBook(SPANISH_SEEKER_PHRASES), listed_es, 0)
ENGLISH = ProfileLanguage(ENGLISH_PROFILE, PhraseBook(ENGLISH_SEEKER_PHRASES), listed_en, 1)


def write_profile(dice: Dice, facts: ProfileFacts, language: ProfileLanguage) -> str:
    """The whole text of a profile."""
    length = dice.weighted({"short": 3.0, "medium": 5.0, "long": 3.0})
    past = _past(dice, facts, language, 1 if length == "short" else 2)
    nature = language.phrases.draw(dice, facts.taste, {"short": 1, "medium": 2, "long": 3}[length])
    around = _around(dice, facts, language)
    around = dice.some(
        around, {"short": dice.whole(0, 1), "medium": dice.whole(1, 3), "long": dice.whole(3, 5)}[length]
    )
    sentences = [*past, _joined(dice, nature), *around]
    if dice.happens(0.35):
        sentences = dice.some(sentences, len(sentences))
    if length != "short" and dice.happens(0.5):
        sentences.insert(0, dice.one(language.clauses.openings).format(place=dice.one(PLACES)))
    if length == "long" or dice.happens(0.2):
        sentences.append(dice.one(language.clauses.hopes))
    text = name_one_gender(" ".join(f"{capitalised(sentence)}." for sentence in sentences), dice.happens(0.55))
    return typed_carelessly(text, dice) if dice.happens(_CARELESS_SHARE) else text


def _past(dice: Dice, facts: ProfileFacts, language: ProfileLanguage, most: int) -> list[str]:
    """What somebody has done: sentences of their background and of their specialty."""
    lines: list[str] = []
    if facts.specialty is not None:
        words = OWN_WORDS[facts.specialty.occupation][facts.specialty.specialty][language.index]
        lines += dice.some(words, most)
        if dice.happens(0.3):
            lines.append(dice.one(language.clauses.years).format(years=dice.whole(2, 12)))
    if facts.background is not None:
        background = BACKGROUNDS[facts.background]
        says = background.says_en if language.index else background.says_es
        lines += dice.some(says, most if facts.specialty is None else 1)
    return lines


def _around(dice: Dice, facts: ProfileFacts, language: ProfileLanguage) -> list[str]:
    """Everything else a profile may say, one sentence each."""
    clauses = language.clauses
    free = facts.free.says_en if language.index else facts.free.says_es
    says = [
        dice.one(clauses.free).format(free=dice.one(free)),
        dice.one(clauses.lived).format(lived=SECTORS[facts.sector].lived[language.index]),
    ]
    if facts.nameable_skills:
        says.append(dice.one(clauses.skills).format(skills=language.listed(facts.nameable_skills[:3])))
    if facts.device is Device.PHONE:
        says.append(dice.one(clauses.phone))
    if facts.device is Device.COMPUTER:
        says.append(dice.one(clauses.computer))
    levels = dict(facts.languages)
    english = clauses.english.get(min(levels.get("en", 0), LanguageLevel.C1))
    if english:
        says.append(dice.one(english))
    if levels.get("qu") is LanguageLevel.NATIVE:
        says.append(dice.one(clauses.quechua))
    return says


def _joined(dice: Dice, phrases: list[str]) -> str:
    """Phrases run together as people do: with commas or full stops."""
    return ", ".join(phrases) if dice.happens(0.6) else ". ".join(map(capitalised, phrases))
