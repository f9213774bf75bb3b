"""Writes a sample seeker's profile in the first person: some at length, some in a breath, some without accents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from engine.jobs import Device, LanguageLevel
from sample.dice import Dice, FloatArray
from sample.free_hours import FreeTime
from sample.occupations import SpecialtyKey
from sample.seeker_terms import Languages
from sample.traits import PhraseBook
from sample.vocabulary import vocabulary
from sample.word_lists import InBoth, Language
from sample.wording import capitalised, listed_en, listed_es, name_one_gender, typed_carelessly

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

    code: Language
    phrases: PhraseBook
    listed: Callable[[Sequence[str]], str]

    def one(self, dice: Dice, texts: InBoth[tuple[str, ...]]) -> str:
        """One of `texts` in this language."""
        return dice.one(texts.of(self.code))


@cache
def profile_language(code: Language) -> ProfileLanguage:
    """The language of profiles in Spanish or English."""
    return ProfileLanguage(
        code, PhraseBook(vocabulary().seeker_phrases.of(code)), listed_es if code == "es" else listed_en
    )


def write_profile(dice: Dice, facts: ProfileFacts, language: ProfileLanguage) -> str:
    """The whole text of a profile."""
    clauses = vocabulary().profiles
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
        sentences.insert(0, language.one(dice, clauses.intros).format(place=dice.one(clauses.places)))
    if length == "long" or dice.happens(0.2):
        sentences.append(language.one(dice, clauses.hopes))
    text = name_one_gender(" ".join(f"{capitalised(sentence)}." for sentence in sentences), dice.happens(0.55))
    return typed_carelessly(text, dice) if dice.happens(_CARELESS_SHARE) else text


def _past(dice: Dice, facts: ProfileFacts, language: ProfileLanguage, most: int) -> list[str]:
    """What somebody has done: sentences of their background and of their specialty."""
    lines: list[str] = []
    if facts.specialty is not None:
        lines += dice.some(facts.specialty.words.own_words.of(language.code), most)
        if dice.happens(0.3):
            lines.append(language.one(dice, vocabulary().profiles.years).format(years=dice.whole(2, 12)))
    if facts.background is not None:
        sentences = vocabulary().backgrounds[facts.background].sentences
        lines += dice.some(sentences.of(language.code), most if facts.specialty is None else 1)
    return lines


def _around(dice: Dice, facts: ProfileFacts, language: ProfileLanguage) -> list[str]:
    """Everything else a profile may say, one sentence each."""
    clauses, free = vocabulary().profiles, vocabulary().hours.free[facts.free.name]
    lived = vocabulary().sectors.sectors[facts.sector].lived
    sentences = [
        language.one(dice, clauses.free).format(free=language.one(dice, free)),
        language.one(dice, clauses.lived).format(lived=lived.of(language.code)),
    ]
    if facts.nameable_skills:
        sentences.append(language.one(dice, clauses.skills).format(skills=language.listed(facts.nameable_skills[:3])))
    if facts.device is Device.PHONE:
        sentences.append(language.one(dice, clauses.phone))
    if facts.device is Device.COMPUTER:
        sentences.append(language.one(dice, clauses.computer))
    levels = dict(facts.languages)
    english = levels.get("en", LanguageLevel.A1)
    if english > LanguageLevel.A1:
        level = LanguageLevel(min(english, LanguageLevel.C1)).name.lower()
        sentences.append(language.one(dice, clauses.english[level]))
    if levels.get("qu") is LanguageLevel.NATIVE:
        sentences.append(language.one(dice, clauses.quechua))
    return sentences


def _joined(dice: Dice, phrases: list[str]) -> str:
    """Phrases run together as people do: with commas or full stops."""
    return ", ".join(phrases) if dice.happens(0.6) else ". ".join(map(capitalised, phrases))
