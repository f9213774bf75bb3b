"""Writes a sample ad's text from its terms: who hires, tasks, what is asked, the way of working, hours, pay, offers.

Which clauses are there, in what words, in what order and with what layout is drawn, so that no two ads are alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from engine.jobs import Connection, ContractType, Device, LanguageLevel, LanguageNeed
from engine.pay import Pay, PayPeriod
from sample.dice import Dice, FloatArray
from sample.job_terms import JobHours
from sample.occupations import ENGLISH_ADS, OCCUPATIONS, SPANISH_ADS, SpecialtyKey
from sample.sectors import SECTORS
from sample.shifts import ZONE_WORDS_EN, ZONE_WORDS_ES
from sample.terms import AdClauses, OccupationWords, SectorWords
from sample.traits import PhraseBook
from sample.wording import capitalised, in_sentence, listed_en, listed_es, when_en, when_es
from sample.words.ad_clauses_en import ENGLISH_CLAUSES, LANGUAGE_WORDS_EN
from sample.words.ad_clauses_es import LANGUAGE_WORDS_ES, SPANISH_CLAUSES
from sample.words.trait_phrases_ads import ENGLISH_AD_PHRASES, SPANISH_AD_PHRASES

_BULLETS = ("- ", "• ", "* ", "– ")
_CURRENCY_SIGNS = {"PEN": "S/ ", "USD": "US$ ", "EUR": "€ "}
_PERIOD_WORDS_ES = {
    PayPeriod.HOUR: ("la hora", "por hora"),
    PayPeriod.MONTH: ("al mes", "mensuales"),
    PayPeriod.PROJECT: ("por proyecto",),
}
_PERIOD_WORDS_EN = {
    PayPeriod.HOUR: ("an hour", "per hour"),
    PayPeriod.MONTH: ("a month", "monthly"),
    PayPeriod.PROJECT: ("per project",),
}


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

    clauses: AdClauses
    ads: dict[str, OccupationWords]
    phrases: PhraseBook
    language_words: dict[str, str]
    native_word: str
    zone_words: Mapping[str, tuple[str, ...]]
    period_words: dict[PayPeriod, tuple[str, ...]]
    range_words: str
    listed: Callable[[Sequence[str]], str]
    when: Callable[..., str]
    is_spanish: bool


SPANISH = AdLanguage(
    SPANISH_CLAUSES, SPANISH_ADS, PhraseBook(SPANISH_AD_PHRASES), LANGUAGE_WORDS_ES, "nativo", ZONE_WORDS_ES,
    _PERIOD_WORDS_ES, "entre {} y {}", listed_es, when_es, True,
)  # fmt: skip
ENGLISH = AdLanguage(
    ENGLISH_CLAUSES, ENGLISH_ADS, PhraseBook(ENGLISH_AD_PHRASES), LANGUAGE_WORDS_EN, "native", ZONE_WORDS_EN,
    _PERIOD_WORDS_EN, "{} to {}", listed_en, when_en, False,
)  # fmt: skip


def write_description(dice: Dice, facts: AdFacts, language: AdLanguage) -> str:
    """The whole text of an ad."""
    words = SECTORS[facts.sector].es if language.is_spanish else SECTORS[facts.sector].en
    slots = {
        "company": dice.one(words.company),
        "employer": facts.employer,
        "job": in_sentence(facts.job_name) if language.is_spanish else facts.job_name,
        "team": str(dice.whole(4, 90)),
        "year": str(dice.whole(2009, 2023)),
        "days": str(dice.whole(3, 12)),
    }
    clauses = language.clauses
    opening = [dice.one(clauses.intros)]
    opening += dice.some(clauses.employer_facts, dice.weighted({0: 3.0, 1: 4.0, 2: 1.0}))
    middle = [
        _tasks(dice, facts, language, words),
        _asks(dice, facts, language),
        _sentences(language.phrases.draw(dice, facts.traits, dice.whole(2, 3))),
        f"{_hours(dice, facts.hours, language)} {_pay(dice, facts.pay, language)}".rstrip(),
    ]
    ending = _sentences(dice.some(clauses.closings, dice.whole(1, 2)))
    offers = dice.some(clauses.benefits, dice.whole(1, 4))
    if facts.contract is not None and dice.happens(0.6):
        offers.insert(dice.whole(0, len(offers)), dice.one(clauses.contracts[facts.contract]))
    blocks = [_sentences(opening).format(**slots), *_arranged(dice, middle), _offers(dice, offers, language)]
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


def _tasks(dice: Dice, facts: AdFacts, language: AdLanguage, words: SectorWords) -> str:
    occupation = language.ads[facts.key.occupation]
    own = dice.some(occupation.specialties[facts.key.specialty].tasks, dice.whole(2, 3))
    shared = dice.some(occupation.tasks, dice.whole(2, 3))
    tools = OCCUPATIONS[facts.key.occupation].tools
    tasks = [
        task.format(
            customers=dice.one(words.customers),
            company=dice.one(words.company),
            goods=words.goods,
            tool=dice.one(tools),
        )
        for task in dice.some([*own, *shared], len(own) + len(shared))
    ]
    if dice.happens(0.6):
        return _as_list(dice, dice.one(language.clauses.task_headings), tasks)
    first, rest = tasks[:3], tasks[3:]
    sentence = dice.one(language.clauses.task_sentences).format(tasks=language.listed(first))
    addition = dice.one(language.clauses.task_additions).format(tasks=language.listed(rest)) if rest else ""
    return f"{sentence} {addition}".rstrip()


def _asks(dice: Dice, facts: AdFacts, language: AdLanguage) -> str:
    clauses = language.clauses
    asks = [dice.one(clauses.experience)]
    if facts.skill_names:
        asks.append(dice.one(clauses.skill_asks).format(skills=language.listed(facts.skill_names)))
    if dice.happens(0.4):
        asks.append(dice.one(clauses.tool_asks).format(tool=dice.one(OCCUPATIONS[facts.key.occupation].tools)))
    asks += [_language_ask(dice, need, language) for need in facts.languages]
    if facts.device is not None:
        asks.append(dice.one(clauses.devices[facts.device]))
    if facts.connection is not None:
        asks.append(dice.one(clauses.connections[facts.connection]))
    asks = dice.some(asks, len(asks))
    heading = dice.one(clauses.ask_headings)
    return _as_list(dice, heading, asks) if dice.happens(0.6) else f"{heading} {'; '.join(asks)}."


def _language_ask(dice: Dice, need: LanguageNeed, language: AdLanguage) -> str:
    name = language.language_words[need.code]
    if need.level is None:
        return dice.one(language.clauses.language_no_level).format(language=name)
    if need.level is LanguageLevel.NATIVE:
        return f"{name} {language.native_word}" if language.is_spanish else f"{language.native_word} {name}"
    return dice.one(language.clauses.language_levels).format(language=name, level=need.level.name)


def _hours(dice: Dice, hours: JobHours, language: AdLanguage) -> str:
    clauses = language.clauses
    if not hours.shift:
        return dice.one(clauses.flexible_hours).format(hours=f"{hours.hours_per_week:g}")
    by_kind = clauses.core_hours if hours.schedule.core_hours else clauses.fixed_hours
    return dice.one(by_kind).format(
        when=language.when(hours.shift, dice),
        zone=dice.one(language.zone_words[hours.schedule.time_zone]),
        hours=f"{hours.hours_per_week:g}",
        core=f"{hours.schedule.core_hours or 0:g}",
    )


def _pay(dice: Dice, pay: Pay | None, language: AdLanguage) -> str:
    if pay is None:
        return dice.one(language.clauses.pay_unstated) if dice.happens(0.6) else ""
    least, most = (_amount(amount, pay.currency) for amount in (pay.amount, pay.max_amount or pay.amount))
    span = least if pay.max_amount is None else language.range_words.format(least, most)
    return dice.one(language.clauses.pay).format(amount=f"{span} {dice.one(language.period_words[pay.period])}")


def _amount(amount: float, currency: str) -> str:
    return f"{_CURRENCY_SIGNS[currency]}{amount:,.2f}".removesuffix(".00")


def _offers(dice: Dice, offers: Sequence[str], language: AdLanguage) -> str:
    headings = (
        ("Ofrecemos:", "Beneficios:", "Qué te damos:")
        if language.is_spanish
        else ("We offer:", "Benefits:", "You get:")
    )
    if dice.happens(0.35):
        return _as_list(dice, dice.one(headings), offers)
    return f"{dice.one(headings)} {language.listed(offers)}."
