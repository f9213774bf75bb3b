"""What a programme's rules say of a person on a day: each rule met, not met, or unknown for want of a proof.

    judged = judge(rules, person, day)

Pure: the same rules, person and day always give the same answer. What is unknown is never taken for a no.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any

from pydantic import JsonValue

from engine.documents.fields import Document
from engine.documents.kinds import term
from engine.documents.terms import term_name
from engine.programmes.days import Day, age_on, months_later
from engine.programmes.figures import Figure, Line, line_of
from engine.programmes.form import (
    AgeRule,
    ConsentRule,
    DeviceRule,
    HouseholdIncomePerHead,
    PlaceRule,
    ProgrammeRules,
    Rule,
    RuleGroup,
    SisfohClassRule,
)
from engine.programmes.people import ScreenedPerson


class Outcome(StrEnum):
    """What is known of one rule."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Eligibility(StrEnum):
    """The answer to a person."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    UNDECIDED = "undecided"


class Proof(StrEnum):
    """What a person has to tell, or to renew, before a rule can be judged."""

    HOUSEHOLD_INCOME = "household_income"
    HOUSEHOLD_SIZE = "household_size"
    SISFOH_CLASS = "sisfoh_class"
    SISFOH_DATE = "sisfoh_date"
    SISFOH_RENEWAL = "sisfoh_renewal"
    BIRTH_DATE = "birth_date"
    REGION = "region"
    DEVICE = "device"
    CONSENT = "consent"


class RuleResult(Document):
    """A rule with what came of it. `value` is the person's own, for her alone; `parts` are those of a group."""

    rule: Rule
    outcome: Annotated[Outcome, term(Outcome)]
    value: dict[str, JsonValue] | None = None
    figure: Figure | None = None
    missing: tuple[Proof, ...] = ()
    parts: tuple[RuleResult, ...] = ()


class Judgement(Document):
    """The answer on a day, with every rule's; `missing` are the proofs that it still depends on."""

    day: Day
    eligibility: Annotated[Eligibility, term(Eligibility)]
    results: tuple[RuleResult, ...]
    missing: tuple[Proof, ...]
    holds_until: Day


_ANSWERS = {
    Outcome.MET: Eligibility.ELIGIBLE,
    Outcome.NOT_MET: Eligibility.NOT_ELIGIBLE,
    Outcome.UNKNOWN: Eligibility.UNDECIDED,
}


def judge(rules: ProgrammeRules, person: ScreenedPerson, day: date, ends_on: date | None = None) -> Judgement:
    """What the rules say of a person on a day; `ends_on`: the programme's last day, None: it has none.

    The answer holds through `holds_until`: until the months of the rules are over, a class that it stands on is, or
    the programme is, whichever is first.
    """
    results = tuple(_judged(rule, person, day) for rule in rules.rules)
    outcome = _all_of(result.outcome for result in results)
    missing = _missing(results) if outcome is Outcome.UNKNOWN else ()
    ends = [months_later(day, rules.valid_months), *_class_ends(results), *([] if ends_on is None else [ends_on])]
    return Judgement(
        day=day,
        eligibility=_ANSWERS[outcome],
        results=results,
        missing=missing,
        holds_until=max(day, min(ends)),
    )


def figure_of(rule: HouseholdIncomePerHead, day: date) -> Figure:
    """What income per head is held against on a day, before its factor."""
    if rule.at_most is not Line.AMOUNT:
        return line_of(rule.at_most, day, rule.year)
    assert rule.amount is not None
    assert rule.source is not None
    return Figure(line=Line.AMOUNT, soles_per_month=rule.amount, year=None, source=rule.source)


def most_per_head(rule: HouseholdIncomePerHead, figure: Figure) -> Fraction:
    """Soles a month, exactly as the numbers are written."""
    return _exact(figure.soles_per_month) * _exact(rule.factor)


def _judged(rule: Any, person: ScreenedPerson, day: date) -> RuleResult:
    if not isinstance(rule, RuleGroup):
        return _JUDGES[type(rule)](rule, person, day)
    parts = tuple(_judged(inner, person, day) for inner in rule.rules)
    combine = _any_of if rule.kind == "any_of" else _all_of
    return RuleResult(rule=rule, outcome=combine(part.outcome for part in parts), parts=parts)


def _all_of(outcomes: Iterable[Outcome]) -> Outcome:
    found = set(outcomes)
    if Outcome.NOT_MET in found:
        return Outcome.NOT_MET
    return Outcome.UNKNOWN if Outcome.UNKNOWN in found else Outcome.MET


def _any_of(outcomes: Iterable[Outcome]) -> Outcome:
    found = set(outcomes)
    if Outcome.MET in found:
        return Outcome.MET
    return Outcome.UNKNOWN if Outcome.UNKNOWN in found else Outcome.NOT_MET


def _missing(results: Iterable[RuleResult]) -> tuple[Proof, ...]:
    """The proofs of rules that are unknown; of a group that is decided already, none."""
    found: list[Proof] = []
    for result in results:
        if result.outcome is Outcome.UNKNOWN:
            found += _missing(result.parts) if result.parts else result.missing
    return tuple(dict.fromkeys(found))


def _class_ends(results: Iterable[RuleResult]) -> list[date]:
    """The days on which classes end that the answer stands on."""
    found = []
    for result in results:
        found += _class_ends(result.parts)
        if isinstance(result.rule, SisfohClassRule) and result.outcome is not Outcome.UNKNOWN and result.value:
            given_on = date.fromisoformat(str(result.value["sisfoh_date"]))
            found.append(months_later(given_on, result.rule.not_older_than_months))
    return found


def _income(rule: HouseholdIncomePerHead, person: ScreenedPerson, day: date) -> RuleResult:
    income, size, figure = person.household_income, person.household_size, figure_of(rule, day)
    missing = [
        proof for proof, value in ((Proof.HOUSEHOLD_INCOME, income), (Proof.HOUSEHOLD_SIZE, size)) if value is None
    ]
    if income is None or size is None:
        return RuleResult(rule=rule, outcome=Outcome.UNKNOWN, figure=figure, missing=tuple(missing))
    per_head = _exact(income) / size
    value: dict[str, JsonValue] = {
        "household_income": income,
        "household_size": size,
        "per_head": round(float(per_head), 2),
    }
    return RuleResult(rule=rule, outcome=_met(per_head <= most_per_head(rule, figure)), value=value, figure=figure)


def _sisfoh(rule: SisfohClassRule, person: ScreenedPerson, day: date) -> RuleResult:
    found, given_on = person.sisfoh_class, person.sisfoh_date
    if found is None or given_on is None:
        proof = Proof.SISFOH_CLASS if found is None else Proof.SISFOH_DATE
        return RuleResult(rule=rule, outcome=Outcome.UNKNOWN, missing=(proof,))
    value: dict[str, JsonValue] = {"sisfoh_class": found.value, "sisfoh_date": given_on.isoformat()}
    if given_on > day or months_later(given_on, rule.not_older_than_months) < day:
        return RuleResult(rule=rule, outcome=Outcome.UNKNOWN, value=value, missing=(Proof.SISFOH_RENEWAL,))
    return RuleResult(rule=rule, outcome=_met(found in rule.one_of), value=value)


def _age(rule: AgeRule, person: ScreenedPerson, day: date) -> RuleResult:
    if person.birth_date is None or person.birth_date > day:
        return RuleResult(rule=rule, outcome=Outcome.UNKNOWN, missing=(Proof.BIRTH_DATE,))
    age = age_on(person.birth_date, day)
    is_met = (rule.at_least is None or age >= rule.at_least) and (rule.at_most is None or age <= rule.at_most)
    return RuleResult(rule=rule, outcome=_met(is_met), value={"age": age})


def _place(rule: PlaceRule, person: ScreenedPerson, _day: date) -> RuleResult:
    if person.region is None:
        return RuleResult(rule=rule, outcome=Outcome.UNKNOWN, missing=(Proof.REGION,))
    return RuleResult(rule=rule, outcome=_met(person.region in rule.regions), value={"region": person.region})


def _consent(rule: ConsentRule, person: ScreenedPerson, _day: date) -> RuleResult:
    """One that is not given can be: unknown, and never a no."""
    if person.consents.get(rule.purpose) != rule.text_version:
        return RuleResult(rule=rule, outcome=Outcome.UNKNOWN, missing=(Proof.CONSENT,))
    return RuleResult(rule=rule, outcome=Outcome.MET)


def _device(rule: DeviceRule, person: ScreenedPerson, _day: date) -> RuleResult:
    if person.device is None:
        return RuleResult(rule=rule, outcome=Outcome.UNKNOWN, missing=(Proof.DEVICE,))
    value: dict[str, JsonValue] = {"device": term_name(person.device)}
    return RuleResult(rule=rule, outcome=_met(person.device in rule.one_of), value=value)


_JUDGES: dict[type, Callable[[Any, ScreenedPerson, date], RuleResult]] = {
    HouseholdIncomePerHead: _income,
    SisfohClassRule: _sisfoh,
    AgeRule: _age,
    PlaceRule: _place,
    ConsentRule: _consent,
    DeviceRule: _device,
}


def _met(is_met: bool) -> Outcome:
    return Outcome.MET if is_met else Outcome.NOT_MET


def _exact(amount: float) -> Fraction:
    """The number as it is written, 0.1 a tenth."""
    return Fraction(repr(amount)) if isinstance(amount, float) else Fraction(amount)
