"""Writes a sample ad's text from its terms: who hires, tasks, what is asked, the way of working, hours, pay, offers.

Which clauses are there, in what words, in what order and with what layout is drawn, so that no two ads are alike.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from engine.jobs import Connection, ContractType, Device, LanguageLevel, LanguageNeed
from engine.pay import Pay
from sample.dice import Dice, FloatArray
from sample.job_terms import JobHours
from sample.occupations import SpecialtyKey
from sample.terms import Sector
from sample.traits import PhraseBook
from sample.vocabulary import vocabulary
from sample.word_lists import InBoth, Language
from sample.wording import capitalised, in_sentence, listed_en, listed_es, when_en, when_es

_BULLETS = ("- ", "• ", "* ", "– ")
_CURRENCY_SIGNS = {"PEN": "S/ ", "USD": "US$ ", "EUR": "€ "}


@dataclass(frozen=True, slots=True)
class AdFacts:
    """What an ad's text is written from."""

    key: SpecialtyKey
    sector: str
    employer: str
    job_name: str
    traits: FloatArray
    hours: JobHours
    languages: tuple[LanguageNeed, ...]
    device: Device | None
    connection: Connection | None
    pay: Pay | None
    contract: ContractType | None
    skill_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AdLanguage:
    """All that differs between an ad in Spanish and one in English."""

    code: Language
    phrases: PhraseBook
    listed: Callable[[Sequence[str]], str]
    when: Callable[..., str]
    job_in_sentence: Callable[[str], str]

    def one(self, dice: Dice, texts: InBoth[tuple[str, ...]]) -> str:
        """One of `texts` in this language."""
        return dice.one(texts.of(self.code))


@cache
def ad_language(code: Language) -> AdLanguage:
    """The language of ads in Spanish or English."""
    phrases = PhraseBook(vocabulary().ad_phrases.of(code))
    if code == "es":
        return AdLanguage(code, phrases, listed_es, when_es, in_sentence)
    return AdLanguage(code, phrases, listed_en, when_en, str)


def write_description(dice: Dice, facts: AdFacts, language: AdLanguage) -> str:
    """The whole text of an ad."""
    clauses, sector = vocabulary().ads, vocabulary().sectors.sectors[facts.sector]
    slots = {
        "company": language.one(dice, sector.company),
        "employer": facts.employer,
        "job": language.job_in_sentence(facts.job_name),
        "team": str(dice.whole(4, 90)),
        "year": str(dice.whole(2009, 2023)),
        "days": str(dice.whole(3, 12)),
    }
    beginning = [language.one(dice, clauses.intros)]
    beginning += dice.some(clauses.employer_facts.of(language.code), dice.weighted({0: 3.0, 1: 4.0, 2: 1.0}))
    middle = [
        _tasks(dice, facts, language, sector),
        _requirements(dice, facts, language),
        _sentences(language.phrases.draw(dice, facts.traits, dice.whole(2, 3))),
        f"{_hours(dice, facts.hours, language)} {_pay(dice, facts.pay, language)}".rstrip(),
    ]
    ending = _sentences(dice.some(clauses.closings.of(language.code), dice.whole(1, 2)))
    offers = dice.some(clauses.benefits.of(language.code), dice.whole(1, 4))
    if facts.contract is not None and dice.happens(0.6):
        offers.insert(dice.whole(0, len(offers)), language.one(dice, clauses.contracts[facts.contract]))
    blocks = [_sentences(beginning).format(**slots), *_arranged(dice, middle), _offers(dice, offers, language)]
    return dice.one(("\n", "\n\n")).join([*blocks, ending.format(**slots)])


def _arranged(dice: Dice, blocks: list[str]) -> list[str]:
    """The blocks, mostly in the usual order."""
    return blocks if dice.happens(0.4) else dice.some(blocks, len(blocks))


def _sentences(clauses: Sequence[str]) -> str:
    return " ".join(
        capitalised(clause) if clause.endswith((".", "?")) else f"{capitalised(clause)}." for clause in clauses
    )


def _as_list(dice: Dice, heading: str, items: Sequence[str]) -> str:
    bullet = dice.one(_BULLETS)
    return "\n".join([heading, *(f"{bullet}{capitalised(item)}" for item in items)])


def _tasks(dice: Dice, facts: AdFacts, language: AdLanguage, sector: Sector) -> str:
    own = dice.some(facts.key.words.tasks.of(language.code), dice.whole(2, 3))
    occupation = vocabulary().occupations[facts.key.occupation]
    shared = dice.some(occupation.tasks.of(language.code), dice.whole(2, 3))
    clauses, tools = vocabulary().ads, facts.key.occupation_figures.tools
    tasks = [
        task.format(
            customers=language.one(dice, sector.customers),
            company=language.one(dice, sector.company),
            goods=sector.goods.of(language.code),
            tool=dice.one(tools),
        )
        for task in dice.some([*own, *shared], len(own) + len(shared))
    ]
    if dice.happens(0.6):
        return _as_list(dice, language.one(dice, clauses.trequirement_headings), tasks)
    first, rest = tasks[:3], tasks[3:]
    sentence = language.one(dice, clauses.task_sentences).format(tasks=language.listed(first))
    addition = language.one(dice, clauses.task_additions).format(tasks=language.listed(rest)) if rest else ""
    return f"{sentence} {addition}".rstrip()


def _requirements(dice: Dice, facts: AdFacts, language: AdLanguage) -> str:
    clauses = vocabulary().ads
    requirements = [language.one(dice, clauses.experience)]
    if facts.skill_names:
        requirements.append(
            language.one(dice, clauses.skill_requirements).format(skills=language.listed(facts.skill_names))
        )
    if dice.happens(0.4):
        requirements.append(
            language.one(dice, clauses.tool_requirements).format(tool=dice.one(facts.key.occupation_figures.tools))
        )
    requirements += [_language_requirement(dice, need, language) for need in facts.languages]
    if facts.device is not None:
        requirements.append(language.one(dice, clauses.devices[facts.device.name.lower()]))
    if facts.connection is not None:
        requirements.append(language.one(dice, clauses.connections[facts.connection.name.lower()]))
    requirements = dice.some(requirements, len(requirements))
    heading = language.one(dice, clauses.requirement_headings)
    return _as_list(dice, heading, requirements) if dice.happens(0.6) else f"{heading} {'; '.join(requirements)}."


def _language_requirement(dice: Dice, need: LanguageNeed, language: AdLanguage) -> str:
    clauses = vocabulary().ads
    name = clauses.languages[need.code].of(language.code)
    if need.level is None:
        return language.one(dice, clauses.language_no_level).format(language=name)
    if need.level is LanguageLevel.NATIVE:
        return clauses.language_native.of(language.code).format(language=name)
    return language.one(dice, clauses.language_levels).format(language=name, level=need.level.name)


def _hours(dice: Dice, hours: JobHours, language: AdLanguage) -> str:
    clauses = vocabulary().ads
    if not hours.shift:
        return language.one(dice, clauses.flexible_hours).format(hours=f"{hours.hours_per_week:g}")
    by_kind = clauses.core_hours if hours.schedule.core_hours else clauses.fixed_hours
    return language.one(dice, by_kind).format(
        when=language.when(hours.shift, dice),
        zone=language.one(dice, vocabulary().hours.zones[hours.schedule.time_zone]),
        hours=f"{hours.hours_per_week:g}",
        core=f"{hours.schedule.core_hours or 0:g}",
    )


def _pay(dice: Dice, pay: Pay | None, language: AdLanguage) -> str:
    clauses = vocabulary().ads
    if pay is None:
        return language.one(dice, clauses.pay_unstated) if dice.happens(0.6) else ""
    least, most = (_amount(amount, pay.currency) for amount in (pay.amount, pay.max_amount or pay.amount))
    span = least if pay.max_amount is None else clauses.pay_range.of(language.code).format(least=least, most=most)
    return language.one(dice, clauses.pay).format(amount=f"{span} {language.one(dice, clauses.periods[pay.period])}")


def _amount(amount: float, currency: str) -> str:
    return f"{_CURRENCY_SIGNS[currency]}{amount:,.2f}".removesuffix(".00")


def _offers(dice: Dice, offers: Sequence[str], language: AdLanguage) -> str:
    headings = vocabulary().ads.benefit_headings
    if dice.happens(0.35):
        return _as_list(dice, language.one(dice, headings), offers)
    return f"{language.one(dice, headings)} {language.listed(offers)}."
