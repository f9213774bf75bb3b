"""The shapes of the sample world's word lists and facts.

Word lists hold slots in braces: {company}, {customers}, {goods} (from the sector) and {tool} (from the occupation).
In what people say of themselves, [o/a] marks a gendered ending; which one is drawn is written and never kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.jobs import ContractType

# What work is like, and what a person likes: each from -1 to 1, in this order everywhere.
TRAITS = ("people", "spoken", "creative", "numbers", "persuasion", "pace", "teaching", "technology")


@dataclass(frozen=True, slots=True)
class SpecialtyWords:
    """How one language's ads name a specialty and what they say it does (verb clauses)."""

    titles: tuple[str, ...]
    tasks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OccupationWords:
    """What one language's ads say of an occupation: tasks that all its specialties share, and each specialty."""

    tasks: tuple[str, ...]
    specialties: Mapping[str, SpecialtyWords]


@dataclass(frozen=True, slots=True)
class SpecialtyFacts:
    """What sets a specialty apart: its skills and how its traits differ from the occupation's."""

    skills: tuple[str, ...]
    traits: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OccupationFacts:
    """The figures of an occupation.

    `share`: its weight among jobs. `traits`: see TRAITS. `pay`: soles an hour, low and high. `phone`: how often a
    phone is enough. `english`: how often the ads are in English. `shifts`: how often each kind of shift is offered.
    `neighbours`: occupations people move to from here, a hidden affinity from 0 to 1.
    """

    share: float
    traits: Mapping[str, float]
    pay: tuple[float, float]
    phone: float
    english: float
    shifts: Mapping[str, float]
    skills: tuple[str, ...]
    tools: tuple[str, ...]
    specialties: Mapping[str, SpecialtyFacts]
    neighbours: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class LifeBackground:
    """Work or life that no ad names. `leads_to`: the hidden affinity to occupations, from 0 to 1.

    `says_es` and `says_en` are sentences about it in the person's words; `skills` what it taught them.
    """

    share: float
    traits: Mapping[str, float]
    leads_to: Mapping[str, float]
    sectors: tuple[str, ...]
    skills: tuple[str, ...]
    says_es: tuple[str, ...]
    says_en: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TraitPhrase:
    """A sentence that hints at traits: it is drawn the more often, the better its `hints` fit."""

    text: str
    hints: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class SectorWords:
    """One language's words for a trade: the employer, those it serves, what it deals in, and a short name."""

    company: tuple[str, ...]
    customers: tuple[str, ...]
    goods: str
    short: str


@dataclass(frozen=True, slots=True)
class Sector:
    """A trade. `family` groups trades that suit the same people; `name_parts` make employers' names;
    `lived` is how a person says in Spanish and English that they know it."""

    family: str
    name_parts: tuple[str, ...]
    es: SectorWords
    en: SectorWords
    lived: tuple[str, str]


@dataclass(frozen=True, slots=True)
class AdClauses:
    """One language's clauses. Slots: {company}, {employer}, {job}, {hours}, {when}, {zone}, {amount}, {level},
    {language}, {skills}, {tool}, {team}, {year}, {days}."""

    intros: tuple[str, ...]
    task_headings: tuple[str, ...]
    task_sentences: tuple[str, ...]
    task_additions: tuple[str, ...]
    ask_headings: tuple[str, ...]
    skill_asks: tuple[str, ...]
    tool_asks: tuple[str, ...]
    experience: tuple[str, ...]
    language_levels: tuple[str, ...]
    language_no_level: tuple[str, ...]
    devices: Mapping[int, tuple[str, ...]]
    connections: Mapping[int, tuple[str, ...]]
    fixed_hours: tuple[str, ...]
    core_hours: tuple[str, ...]
    flexible_hours: tuple[str, ...]
    pay: tuple[str, ...]
    pay_unstated: tuple[str, ...]
    benefits: tuple[str, ...]
    contracts: Mapping[ContractType, tuple[str, ...]]
    employer_facts: tuple[str, ...]
    closings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProfileClauses:
    """One language's clauses. Slots: {skills}, {free}, {lived}, {years}, {place}, {language}."""

    openings: tuple[str, ...]
    years: tuple[str, ...]
    skills: tuple[str, ...]
    free: tuple[str, ...]
    lived: tuple[str, ...]
    phone: tuple[str, ...]
    computer: tuple[str, ...]
    english: Mapping[int, tuple[str, ...]]
    quechua: tuple[str, ...]
    hopes: tuple[str, ...]


# For each occupation and specialty: what people say in Spanish, and in English.
OwnWords = dict[str, dict[str, tuple[tuple[str, ...], tuple[str, ...]]]]
