"""Why a job is recommended, in words for the person: hours, skills, pay, and what to ask about."""

from __future__ import annotations

import math
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from engine.availability import HoursRule
from engine.jobs import Job, Modality
from engine.pay import Pay, PayPeriod

SKILLS_NAMED = 4


class Locale(StrEnum):
    """The language of reasons; Spanish is the product's first."""

    ES = "es"
    EN = "en"


class ReasonKind(StrEnum):
    """What a reason is about."""

    WORDS = "words"
    HOURS = "hours"
    SKILLS = "skills"
    PAY = "pay"
    ASK = "ask"


# Enums are slow to look into, thirty times a request.
_HOURS, _SKILLS, _ASK = ReasonKind.HOURS, ReasonKind.SKILLS, ReasonKind.ASK


class Reason(NamedTuple):
    """One reason, ready to show."""

    kind: ReasonKind
    text: str


_TEXTS = {
    Locale.ES: {
        "words": "Menciona lo que buscas: {words}",
        "hours": "Compartes {shared} de {needed} horas",
        "hours_all": "Tienes libres las {needed} horas que pide",
        "hours_only": "Compartes {shared} de {needed} horas; el aviso no dice en qué horario",
        "hours_least": "Es a tiempo completo (al menos {needed} horas) y tienes libres {shared}",
        "hours_unstated": "El aviso no dice cuántas horas son: pregúntalo antes de postular",
        "part_time": "Es a tiempo parcial; el aviso no dice cuántas horas: pregúntalo antes de postular",
        "hourly": "Es por horas; el aviso no dice cuántas: pregúntalo antes de postular",
        "internship": "Son prácticas; el aviso no dice cuántas horas: pregúntalo antes de postular",
        "skills": "Coincide con lo que sabes hacer: {skills}",
        "skills_more": "Coincide con lo que sabes hacer: {skills} y {more} más",
        "pay": "Paga {pay}",
        "pay_unstated": "El aviso no dice cuánto paga: pregúntalo antes de postular",
        "modality_unstated": "El aviso no dice si es remoto: confírmalo antes de postular",
        "hybrid": "Es híbrido: algunos días se va a {place}",
        "the_office": "la oficina",
    },
    Locale.EN: {
        "words": "It mentions what you look for: {words}",
        "hours": "You share {shared} of {needed} hours",
        "hours_all": "You are free for all {needed} hours it needs",
        "hours_only": "You share {shared} of {needed} hours; the ad does not say which hours",
        "hours_least": "It is full time (at least {needed} hours) and you have {shared} free",
        "hours_unstated": "The ad does not say how many hours: ask before you apply",
        "part_time": "It is part time; the ad does not say how many hours: ask before you apply",
        "hourly": "It is by the hour; the ad does not say how many: ask before you apply",
        "internship": "It is an internship; the ad does not say how many hours: ask before you apply",
        "skills": "It matches what you can do: {skills}",
        "skills_more": "It matches what you can do: {skills} and {more} more",
        "pay": "It pays {pay}",
        "pay_unstated": "The ad does not say what it pays: ask before you apply",
        "modality_unstated": "The ad does not say whether it is remote: check before you apply",
        "hybrid": "It is hybrid: some days you go to {place}",
        "the_office": "the office",
    },
}

_PERIODS = {
    Locale.ES: {"hour": "por hora", "day": "por día", "week": "por semana", "month": "al mes", "year": "al año"},
    Locale.EN: {"hour": "an hour", "day": "a day", "week": "a week", "month": "a month", "year": "a year"},
}
_PROJECT = {Locale.ES: "por proyecto", Locale.EN: "for the project"}
_SYMBOLS = {"PEN": "S/", "USD": "US$", "EUR": "€"}


def reasons(
    job: Job,
    skills: tuple[str, ...],
    rule: HoursRule,
    shared: float | None,
    needed: float | None,
    locale: Locale = Locale.ES,
) -> list[Reason]:
    """The reasons for one job.

    Args:
        job: the job. skills: those it shares with the person, in the order to name them.
        rule: how its hours are known. shared, needed: hours a week; None where the person or the job states none.
        locale: the language to write in.
    """
    personal = personal_reasons(hours_wording(job, rule), skills, shared, needed, locale)
    return personal + posting_reasons(job, locale)


def personal_reasons(
    wording: str, skills: tuple[str, ...], shared: float | None, needed: float | None, locale: Locale
) -> list[Reason]:
    """The reasons that depend on the person: hours, by the wording of `hours_wording`, and skills."""
    texts = _TEXTS[locale]
    found = []
    if shared is not None:
        found.append(_hours_reason(locale, wording, shared, needed))
    if skills:
        named, more = ", ".join(skills[:SKILLS_NAMED]), len(skills) - SKILLS_NAMED
        key = "skills_more" if more > 0 else "skills"
        found.append(Reason(_SKILLS, texts[key].format(skills=named, more=more)))
    return found


def term_match_reasons(words: tuple[str, ...], locale: Locale) -> list[Reason]:
    """The reason of a job that says some `words` that a person looks for."""
    return [Reason(ReasonKind.WORDS, _TEXTS[locale]["words"].format(words=", ".join(words)))] if words else []


def posting_reasons(job: Job, locale: Locale) -> list[Reason]:
    """The reasons that the posting alone gives: its pay, and what to ask about."""
    texts = _TEXTS[locale]
    found = []
    if job.pay is not None:
        found.append(Reason(ReasonKind.PAY, texts["pay"].format(pay=pay_text(job.pay, locale))))
    else:
        found.append(Reason(ReasonKind.ASK, texts["pay_unstated"]))
    if job.modality is None:
        found.append(Reason(ReasonKind.ASK, texts["modality_unstated"]))
    elif job.modality is Modality.HYBRID:
        place = job.city or job.region or texts["the_office"]
        found.append(Reason(ReasonKind.ASK, texts["hybrid"].format(place=place)))
    return found


def hours_wording(job: Job, rule: HoursRule) -> str:
    """Which sentence tells of a job's hours."""
    if rule is HoursRule.UNSTATED:
        return job.hours_type.value if job.hours_type is not None else "hours_unstated"
    if rule is HoursRule.HOURS_ONLY:
        return "hours_least" if job.hours_per_week is None else "hours_only"
    return "hours"


@lru_cache(maxsize=4096)
def _hours_reason(locale: Locale, wording: str, shared: float, needed: float | None) -> Reason:
    texts = _TEXTS[locale]
    if needed is None or math.isnan(needed):
        return Reason(_ASK, texts[wording])
    if wording == "hours" and shared >= needed:
        wording = "hours_all"
    return Reason(_HOURS, texts[wording].format(shared=_number(shared), needed=_number(needed)))


def pay_text(pay: Pay, locale: Locale = Locale.ES) -> str:
    """A pay as people write it: `S/ 1,500 al mes`, `US$ 5 a 8 por hora`."""
    symbol = _SYMBOLS.get(pay.currency, pay.currency)
    period = _PROJECT[locale] if pay.period is PayPeriod.PROJECT else _PERIODS[locale][pay.period.value]
    amount = _number(pay.amount)
    if pay.max_amount is not None and pay.max_amount > pay.amount:
        amount = f"{amount} {'a' if locale is Locale.ES else 'to'} {_number(pay.max_amount)}"
    return f"{symbol} {amount} {period}"


def _number(value: float) -> str:
    """Thousands with a comma, as Peru writes them, and decimals only where there are any."""
    return f"{value:,.0f}" if value == round(value) else f"{value:,.2f}".rstrip("0").rstrip(".")
