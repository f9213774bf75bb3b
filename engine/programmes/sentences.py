"""Rules, what came of them and what is missing, as sentences in Spanish or English (`words.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from engine.documents.terms import term_name
from engine.explain import Locale
from engine.pay_texts import money
from engine.programmes.figures import Figure, Line
from engine.programmes.form import AgeRule, HouseholdIncomePerHead
from engine.programmes.judging import Eligibility, Outcome, Proof, RuleResult, figure_of, most_per_head


def rule_sentence(rule: Any, day: date, locale: Locale, figure: Figure | None = None) -> str:
    """What a rule asks for; `figure` is the one that was used, that of the day when left out."""
    values = _values(rule, day, locale, figure)
    return str(_words()["rule"][rule.kind][locale].format_map(values))


def result_sentence(result: RuleResult, day: date, locale: Locale) -> str:
    """What came of a rule: met or not, what it asks for, and what the person told of it."""
    parts = [
        f"{_words()['outcome'][result.outcome][locale]}: {rule_sentence(result.rule, day, locale, result.figure)}."
    ]
    if result.value is not None:
        parts.append(_value_sentence(result, locale) + ".")
    return " ".join(parts)


def outcome_sentence(outcome: Outcome, rule: Any, day: date, locale: Locale, figure: Figure | None) -> str:
    """The same without what the person told: for whoever may not read it."""
    return result_sentence(RuleResult(rule=rule, outcome=outcome, figure=figure), day, locale)


def proof_sentence(proof: Proof, locale: Locale) -> str:
    """What is missing, how it is given, and where it is had."""
    return str(_words()["proof"][proof][locale])


def eligibility_sentence(eligibility: Eligibility, locale: Locale) -> str:
    """The answer in a sentence."""
    return str(_words()["eligibility"][eligibility][locale])


def over_sentence(last: date, locale: Locale) -> str:
    """What an answer says once its last day has passed."""
    return _said("over", locale).format(day=_day_text(last.isoformat(), locale))


def _values(rule: Any, day: date, locale: Locale, figure: Figure | None) -> dict[str, Any]:
    match rule.kind:
        case "household_income_per_head":
            used = figure or figure_of(rule, day)
            return {"most": money(float(most_per_head(rule, used))), "figure": _figure_text(rule, used, locale)}
        case "sisfoh_class":
            return {"classes": _either(rule.one_of, locale), "months": rule.not_older_than_months}
        case "age":
            return {"bounds": _bounds(rule, locale)}
        case "place":
            return {"regions": _said("or", locale).join(rule.regions)}
        case "consent":
            return {"purpose": rule.purpose, "version": rule.text_version}
        case "device":
            return {"devices": _either(map(term_name, rule.one_of), locale)}
    return {}


def _value_sentence(result: RuleResult, locale: Locale) -> str:
    value: dict[str, Any] = dict(result.value or {})
    match result.rule.kind:
        case "household_income_per_head":
            value |= {key: money(value[key]) for key in ("per_head", "household_income")}
        case "sisfoh_class":
            value |= {"class": _said(value["sisfoh_class"], locale), "day": _day_text(value["sisfoh_date"], locale)}
        case "device":
            value |= {"device": _said(value["device"], locale)}
    return str(_words()["value"][result.rule.kind][locale].format_map(value))


def _figure_text(rule: HouseholdIncomePerHead, figure: Figure, locale: Locale) -> str:
    factor = "" if rule.factor == 1 else _said("times", locale).format(factor=f"{rule.factor:g}")
    is_newest = figure.line is not Line.AMOUNT and rule.year is None
    text = _words()["figure"][figure.line][locale].format(
        factor=factor,
        amount=money(figure.soles_per_month),
        year=figure.year,
        source=figure.source,
        newest=_said("newest", locale) if is_newest else "",
    )
    return str(text)


def _bounds(rule: AgeRule, locale: Locale) -> str:
    if rule.at_least is not None and rule.at_most is not None:
        return _said("between", locale).format(least=rule.at_least, most=rule.at_most)
    kind = "at_most" if rule.at_least is None else "at_least"
    return _said(kind, locale).format(years=rule.at_most if rule.at_least is None else rule.at_least)


def _either(names: Iterable[Any], locale: Locale) -> str:
    return _said("or", locale).join(_said(str(name), locale) for name in names)


def _day_text(day: str, locale: Locale) -> str:
    return f"{date.fromisoformat(day):%d/%m/%Y}" if locale is Locale.ES else day


def _said(name: str, locale: Locale) -> str:
    return str(_words()["said"][name][locale])


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((files("engine.programmes") / "words.toml").read_text("utf-8"))
