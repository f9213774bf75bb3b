"""Draws the sample world's jobs, each with what the choice model knows of it and the ad does not say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from engine.jobs import Job, LanguageNeed, Modality
from engine.pay import soles_per_hour
from sample.dice import Dice, FloatArray
from sample.job_terms import (
    JobHours,
    draw_applicant_countries,
    draw_connection,
    draw_contract,
    draw_country,
    draw_device,
    draw_hours,
    draw_hours_type,
    draw_languages,
    draw_pay,
)
from sample.job_texts import AdFacts, ad_language, write_description
from sample.job_titles import english_title, spanish_title
from sample.occupations import SpecialtyKey, draw_specialty, occupation_shares, specialties
from sample.terms import TRAITS
from sample.traits import trait_vector
from sample.vocabulary import vocabulary

OLDEST_DAYS = 730
_TRAIT_SPREAD = 0.4  # how much jobs of one specialty differ in what they are like
_OPENINGS = {1: 45.0, 2: 22.0, 3: 12.0, 5: 10.0, 10: 8.0, 20: 3.0}
_EARLY_SKEW = 0.6  # below 1: more of the ads are old, so that most choices see most of the catalogue
_SPOKEN = TRAITS.index("spoken")


@dataclass(frozen=True, slots=True)
class DrawnJob:
    """A job and its hidden side: what it is like (`traits` `[8]`), its `skills` by key, `appeal` and `places`."""

    job: Job
    key: SpecialtyKey
    sector: str
    traits: FloatArray
    skills: frozenset[str]
    appeal: float
    places: int
    soles_per_hour: float | None


def draw_jobs(dice: Dice, count: int, now: datetime) -> Iterable[DrawnJob]:
    """`count` jobs; every specialty comes up once before chance decides, so that none is missing."""
    every_specialty = specialties()
    for number in range(count):
        key = every_specialty[number] if number < len(every_specialty) else draw_specialty(dice, occupation_shares())
        yield _draw_job(dice, number, key, now)


def _draw_job(dice: Dice, number: int, key: SpecialtyKey, now: datetime) -> DrawnJob:
    sector = dice.one(key.figures.sectors or tuple(vocabulary().sectors.sectors))
    in_english = dice.happens(key.occupation_figures.english)
    country = draw_country(dice, in_english)
    traits = trait_vector(key.occupation_figures.traits, key.figures.traits)
    traits = traits + _TRAIT_SPREAD * dice.normals(len(TRAITS))
    hours = draw_hours(dice, key, country)
    languages = draw_languages(dice, key, in_english)
    device, connection = draw_device(dice, key), draw_connection(dice, float(traits[_SPOKEN]))
    pay = draw_pay(dice, key, country, hours)
    contract = draw_contract(dice, country, hours)
    skills = _draw_skills(dice, key)
    words = vocabulary().skills
    skill_names = tuple(dice.one(words.names[skill].of("en" if in_english else "es")) for skill in skills)
    name, title = _draw_title(dice, key, sector, hours, languages, in_english)
    employer = _draw_employer(dice, sector)
    nameable = [name for name, skill in zip(skill_names, skills, strict=True) if skill not in words.soft]
    mentioned = tuple(nameable[: dice.whole(1, 4)])
    ad = AdFacts(key, sector, employer, name, traits, hours, languages, device, connection, pay, contract, mentioned)
    openings = dice.weighted(_OPENINGS)
    posted_at = _posted_at(dice, now)
    job = _posting(dice, ad, title, country, skill_names, openings, in_english)
    closes_at = now + timedelta(days=dice.whole(400, 1200)) if dice.happens(0.08) else None
    job = replace(job, job_id=f"sample:job-{number:06d}", posted_at=posted_at, closes_at=closes_at)
    appeal = float(dice.normals(1)[0])
    hourly = soles_per_hour(pay, hours.hours_per_week) if pay else None
    return DrawnJob(job, key, sector, traits, frozenset(skills), appeal, openings, hourly)


def _draw_title(
    dice: Dice, key: SpecialtyKey, sector: str, hours: JobHours, languages: Sequence[LanguageNeed], in_english: bool
) -> tuple[str, str]:
    """The name of the work, and the title that it stands in."""
    if in_english:
        return english_title(dice, key, sector, hours.shift_kind)
    needs_english = any(need.code == "en" for need in languages)
    return spanish_title(dice, key, sector, hours.shift_kind, needs_english)


def _draw_employer(dice: Dice, sector: str) -> str:
    sectors = vocabulary().sectors
    return f"{dice.one(sectors.sectors[sector].name_parts)} {dice.one(sectors.name_endings)}"


def _posting(
    dice: Dice,
    ad: AdFacts,
    title: str,
    country: str,
    skills: tuple[str, ...],
    openings: int,
    in_english: bool,
) -> Job:
    """The ad, without its id and its days."""
    return Job(
        job_id="",
        title=title,
        description=write_description(dice, ad, ad_language("en" if in_english else "es")),
        employer=None if dice.happens(0.06) else ad.employer,
        skills=skills,
        languages=ad.languages,
        schedule=ad.hours.schedule,
        hours_per_week=ad.hours.hours_per_week,
        hours_type=draw_hours_type(dice, ad.hours),
        contract=ad.contract,
        modality=Modality.REMOTE,
        pay=ad.pay,
        country=country,
        applicant_countries=draw_applicant_countries(dice, country),
        device=ad.device,
        connection=ad.connection,
        openings=None if dice.happens(0.25) else openings,
        source="sample",
    )


def _draw_skills(dice: Dice, key: SpecialtyKey) -> list[str]:
    """Two or three skills of the occupation and one or two of the specialty, by key."""
    shared = dice.some(key.occupation_figures.skills, dice.whole(1, 3))
    own = dice.some(key.figures.skills, dice.whole(1, 2))
    return list(dict.fromkeys([*own, *shared]))


def _posted_at(dice: Dice, now: datetime) -> datetime:
    days = 1 + (OLDEST_DAYS - 1) * dice.uniform() ** _EARLY_SKEW
    return (now - timedelta(days=days)).replace(microsecond=0)
