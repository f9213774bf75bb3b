"""The shapes of the clauses that any ad, title or profile may hold, and of the words for hours."""

from __future__ import annotations

from typing import Annotated

from engine.jobs import Connection, ContractType, Device, LanguageLevel
from engine.pay import PayPeriod
from sample.free_hours import FREE_TIMES
from sample.shifts import COUNTRIES, DAY_NAMES, SHIFT_KINDS
from sample.word_lists import InBoth, PlainText, PlainTexts, SpokenTexts, Text, Texts, WordList, keys, slots

HourTexts = Annotated[InBoth[Texts], slots("when", "zone", "hours", "core")]
EmployerTexts = Annotated[InBoth[Texts], slots("company", "employer", "job", "team", "year", "days")]
LanguageTexts = Annotated[InBoth[Texts], slots("language", "level")]
SkillTexts = Annotated[InBoth[Texts], slots("skills")]
ToolTexts = Annotated[InBoth[Texts], slots("tool")]
TaskListTexts = Annotated[InBoth[Texts], slots("tasks")]
AmountTexts = Annotated[InBoth[Texts], slots("amount")]
_CONTRACTS = (ContractType.PERMANENT, ContractType.FIXED_TERM, ContractType.PROJECT, ContractType.FREELANCE)
_PERIODS = (PayPeriod.HOUR, PayPeriod.MONTH, PayPeriod.PROJECT)
_ENGLISH_LEVELS = (LanguageLevel.A2, LanguageLevel.B1, LanguageLevel.B2, LanguageLevel.C1)


class AdClauses(WordList):
    """The clauses of ads, in `ads.toml`."""

    intros: EmployerTexts
    trequirement_headings: PlainTexts
    task_sentences: TaskListTexts
    task_additions: TaskListTexts
    requirement_headings: PlainTexts
    skill_requirements: SkillTexts
    tool_requirements: ToolTexts
    experience: PlainTexts
    language_levels: LanguageTexts
    language_no_level: Annotated[InBoth[Texts], slots("language")]
    language_native: Annotated[InBoth[Text], slots("language")]
    devices: Annotated[dict[str, PlainTexts], keys(*(device.name.lower() for device in Device))]
    connections: Annotated[dict[str, PlainTexts], keys(*(connection.name.lower() for connection in Connection))]
    fixed_hours: HourTexts
    core_hours: HourTexts
    flexible_hours: Annotated[InBoth[Texts], slots("hours")]
    pay: AmountTexts
    pay_range: Annotated[InBoth[Text], slots("least", "most")]
    periods: Annotated[dict[str, PlainTexts], keys(*_PERIODS)]
    pay_unstated: PlainTexts
    benefit_headings: PlainTexts
    benefits: PlainTexts
    contracts: Annotated[dict[str, PlainTexts], keys(*_CONTRACTS)]
    employer_facts: EmployerTexts
    closings: EmployerTexts
    languages: Annotated[dict[str, PlainText], keys("es", "en", "qu", "ay", "pt")]


class TitleWords(WordList):
    """What a title may say besides the post's name, in `titles.toml`."""

    with_sector: Annotated[InBoth[Texts], slots("title", "sector")]
    with_language: Annotated[InBoth[Texts], slots("title")]
    with_shift: Annotated[InBoth[Texts], slots("title", "shift")]
    with_extra: Annotated[InBoth[Texts], slots("title", "extra")]
    extras: PlainTexts
    shifts: Annotated[dict[str, PlainTexts], keys(*SHIFT_KINDS)]


class ProfileClauses(WordList):
    """The clauses of profiles, in `profiles.toml`. `texted`: how people type words on a phone."""

    places: Texts
    intros: Annotated[InBoth[Texts], slots("place", gendered=True)]
    years: Annotated[InBoth[Texts], slots("years", gendered=True)]
    skills: Annotated[InBoth[Texts], slots("skills", gendered=True)]
    free: Annotated[InBoth[Texts], slots("free", gendered=True)]
    lived: Annotated[InBoth[Texts], slots("lived", gendered=True)]
    phone: SpokenTexts
    computer: SpokenTexts
    english: Annotated[dict[str, SpokenTexts], keys(*(level.name.lower() for level in _ENGLISH_LEVELS))]
    quechua: SpokenTexts
    hopes: SpokenTexts
    texted: dict[Text, Text]


class HourWords(WordList):
    """How texts put days, time zones and the hours that people are free, in `hours.toml`."""

    days: Annotated[dict[str, PlainText], keys(*DAY_NAMES.values())]
    zones: Annotated[
        dict[str, PlainTexts], keys(*dict.fromkeys(zone for _, zones, _ in COUNTRIES.values() for zone in zones))
    ]
    free: Annotated[dict[str, SpokenTexts], keys(*(free.name for free in FREE_TIMES))]
