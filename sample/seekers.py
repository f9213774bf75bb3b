"""Draws the sample world's seekers, each with the taste that drives their choices and that no field states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from engine.jobs import LanguageLevel
from engine.seekers import Seeker
from sample.dice import Dice, FloatArray
from sample.occupations import SpecialtyKey, background_shares, draw_specialty, occupation_shares, specialties
from sample.seeker_terms import (
    draw_availability,
    draw_connection,
    draw_device,
    draw_free_time,
    draw_home,
    draw_languages,
    draw_min_pay,
)
from sample.seeker_texts import ProfileFacts, profile_language, write_profile
from sample.terms import TRAITS, LifeBackground
from sample.traits import trait_vector
from sample.vocabulary import vocabulary
from sample.word_lists import Language

_TASTE_SPREAD = 0.45  # how much people of one path differ in what they like
_SAME_OCCUPATION = 0.55  # leaning to other specialties of one's own occupation
_NEIGHBOUR = 0.5  # times the occupations' affinity
_FROM_LIFE = 0.8  # times what a background leads to
_TRIED = 0.85  # leaning to a specialty tried beside another life
_NIGHT_PATHS = {"security_guard", "internet_cafe", "images_video"}


@dataclass(frozen=True, slots=True)
class DrawnSeeker:
    """A seeker and their hidden side: `taste` `[8]`, `leanings` to each of `specialties` `[72]`, `sector`, `skills`."""

    seeker: Seeker
    taste: FloatArray
    leanings: FloatArray
    sector: str
    skills: frozenset[str]


def draw_seekers(dice: Dice, count: int) -> Iterable[DrawnSeeker]:
    """`count` seekers: some have done remote work of a specialty, more come from another life."""
    for number in range(count):
        specialty, background = _draw_paths(dice)
        yield _draw_seeker(dice, number, specialty, background)


def _draw_paths(dice: Dice) -> tuple[SpecialtyKey | None, str | None]:
    if dice.happens(0.38):
        specialty = draw_specialty(dice, occupation_shares())
        return specialty, dice.weighted(background_shares()) if dice.happens(0.25) else None
    background = dice.weighted(background_shares())
    if not dice.happens(0.25):
        return None, background
    return draw_specialty(dice, vocabulary().backgrounds[background].leads_to), background


def _draw_seeker(dice: Dice, number: int, specialty: SpecialtyKey | None, background: str | None) -> DrawnSeeker:
    life = vocabulary().backgrounds[background] if background else None
    paths = ((specialty.occupation, specialty.specialty) if specialty else ()) + ((background,) if background else ())
    taste = _base_taste(specialty, life) + _TASTE_SPREAD * dice.normals(len(TRAITS))
    sector = _draw_sector(dice, specialty, life)
    languages = draw_languages(dice, paths)
    in_english = dict(languages).get("en", 0) >= LanguageLevel.B2 and dice.happens(0.38)
    skills = _draw_skills(dice, specialty, life)
    language: Language = "en" if in_english else "es"
    words = vocabulary().skills
    skill_names = tuple(dice.one(words.names[skill].of(language)) for skill in skills)
    nameable = tuple(name for name, skill in zip(skill_names, skills, strict=True) if skill not in words.soft)
    free = draw_free_time(dice, not _NIGHT_PATHS.isdisjoint(paths))
    country, time_zone = draw_home(dice)
    availability = draw_availability(dice, free, time_zone)
    device = draw_device(dice, specialty.occupation_figures.phone if specialty else 0.45)
    facts = ProfileFacts(specialty, background, sector, taste, languages, free, device, nameable)
    seeker = Seeker(
        seeker_id=f"sample:seeker-{number:06d}",
        text=write_profile(dice, facts, profile_language(language)),
        skills=skill_names,
        languages=languages,
        availability=availability,
        device=device,
        connection=draw_connection(dice),
        min_pay=draw_min_pay(dice, availability),
        country=country,
    )
    return DrawnSeeker(seeker, taste, _leanings(specialty, life), sector, frozenset(skills))


def _specialty_traits(key: SpecialtyKey) -> FloatArray:
    return trait_vector(key.occupation_figures.traits, key.figures.traits)


def _base_taste(specialty: SpecialtyKey | None, life: LifeBackground | None) -> FloatArray:
    """People mostly like what they have done; those of two paths like something in between."""
    parts = [_specialty_traits(specialty)] if specialty else []
    parts += [trait_vector(life.traits)] if life else []
    mean: FloatArray = np.mean(parts, axis=0)
    return mean


def _draw_sector(dice: Dice, specialty: SpecialtyKey | None, life: LifeBackground | None) -> str:
    if life and dice.happens(0.8):
        return dice.one(life.sectors)
    return dice.one((specialty and specialty.figures.sectors) or tuple(vocabulary().sectors.sectors))


def _draw_skills(dice: Dice, specialty: SpecialtyKey | None, life: LifeBackground | None) -> list[str]:
    """Skills by key: some of the specialty's and the occupation's, some of the background's."""
    skills: list[str] = []
    if specialty:
        skills += dice.some(specialty.figures.skills, dice.whole(1, 2))
        skills += dice.some(specialty.occupation_figures.skills, dice.whole(1, 3))
    if life:
        skills += dice.some(life.skills, dice.whole(1, 2))
    return list(dict.fromkeys(skills))


def _leanings(specialty: SpecialtyKey | None, life: LifeBackground | None) -> FloatArray:
    """How far somebody's path leads to each specialty, 0 to 1, `[72]`: the affinity that text does not tell."""
    leanings = np.zeros(len(specialties()))
    own = specialty.occupation_figures if specialty else None
    for row, key in enumerate(specialties()):
        if life:
            leanings[row] = _FROM_LIFE * life.leads_to.get(key.occupation, 0.0)
        if specialty and own:
            near = _SAME_OCCUPATION if key.occupation == specialty.occupation else 0.0
            near = max(near, _NEIGHBOUR * own.neighbours.get(key.occupation, 0.0))
            if key == specialty:
                near = _TRIED if life else 1.0
            leanings[row] = max(leanings[row], near)
    return leanings
