"""What rules say of a person: held against an oracle, and what must never happen."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.programmes.days import age_on, months_later
from engine.programmes.judging import Eligibility, Judgement, Outcome, Proof, judge
from engine.programmes.people import ScreenedPerson, SisfohClass
from tests.engine.programmes.drawn import DAY, all_met, documents, people, plain_rules, rules_of, verdict

ANSWERS = {True: Eligibility.ELIGIBLE, False: Eligibility.NOT_ELIGIBLE, None: Eligibility.UNDECIDED}
OUTCOMES = {True: Outcome.MET, False: Outcome.NOT_MET, None: Outcome.UNKNOWN}


def judged(person: ScreenedPerson, *rules: dict[str, Any], day: date = DAY, **rest: Any) -> Judgement:
    document = {"version": 1, "in_force_from": "2026-01-01", "rules": list(rules)} | rest
    return judge(rules_of(document), person, day)


@settings(max_examples=300, deadline=None)
@given(documents, people)
def test_every_answer_is_that_of_the_oracle(document: dict[str, Any], person: ScreenedPerson) -> None:
    found = judge(rules_of(document), person, DAY)
    verdicts = [verdict(rule, person) for rule in document["rules"]]
    assert [result.outcome for result in found.results] == [OUTCOMES[one] for one in verdicts]
    assert found.eligibility is ANSWERS[all_met(verdicts)]
    assert bool(found.missing) == (found.eligibility is Eligibility.UNDECIDED)


@settings(max_examples=200, deadline=None)
@given(documents, people, people)
def test_what_is_told_later_never_changes_what_was_decided(
    document: dict[str, Any], person: ScreenedPerson, later: ScreenedPerson
) -> None:
    """What was unknown becomes known; a class that has expired is another one, and a consent may be given."""
    told = {one.name: getattr(person, one.name) for one in fields(person)}
    more = replace(later, **{name: value for name, value in told.items() if value not in (None, {})})
    before, after = judge(rules_of(document), person, DAY), judge(rules_of(document), more, DAY)
    if before.eligibility is not Eligibility.UNDECIDED:
        assert after.eligibility is before.eligibility


@settings(max_examples=150, deadline=None)
@given(documents, people)
def test_an_answer_is_read_again_as_it_was_written(document: dict[str, Any], person: ScreenedPerson) -> None:
    found = judge(rules_of(document), person, DAY)
    assert Judgement.model_validate_json(found.model_dump_json()) == found


@settings(max_examples=100, deadline=None)
@given(st.lists(plain_rules, min_size=1, max_size=4), people)
def test_a_person_who_told_nothing_is_never_told_no(rules: list[dict[str, Any]], person: ScreenedPerson) -> None:
    assert judged(ScreenedPerson(), *rules).eligibility is Eligibility.UNDECIDED
    outcomes = {result.outcome for result in judged(person, {"kind": "all_of", "rules": rules}).results[0].parts}
    group = judged(person, {"kind": "any_of", "rules": rules}).results[0].outcome
    assert (group is Outcome.MET) == (Outcome.MET in outcomes)


AT_LINE = {"kind": "household_income_per_head", "at_most": "poverty_line"}


@pytest.mark.parametrize(
    ("income", "size", "factor", "outcome"),
    [
        (454.0, 1, 1.0, Outcome.MET),
        (454.01, 1, 1.0, Outcome.NOT_MET),
        (1362.0, 3, 1.0, Outcome.MET),
        (1362.01, 3, 1.0, Outcome.NOT_MET),
        (499.4, 1, 1.1, Outcome.MET),  # 454 times 1.1, which no float holds
        (0.0, 1, 1.0, Outcome.MET),
    ],
)
def test_income_per_head_is_compared_as_the_numbers_are_written(
    income: float, size: int, factor: float, outcome: Outcome
) -> None:
    person = ScreenedPerson(household_income=income, household_size=size)
    assert judged(person, AT_LINE | {"factor": factor}).results[0].outcome is outcome


def test_the_answer_says_which_years_line_was_taken() -> None:
    person = ScreenedPerson(household_income=450.0, household_size=1)
    for day, year, outcome in ((date(2026, 12, 1), 2024, Outcome.MET), (date(2024, 6, 1), 2023, Outcome.NOT_MET)):
        (result,) = judged(person, AT_LINE, day=day).results
        assert result.figure is not None
        assert (result.figure.year, result.outcome) == (year, outcome)
        assert "INEI" in result.figure.source
    (pinned,) = judged(person, AT_LINE | {"year": 2023}).results
    assert (pinned.figure and pinned.figure.year, pinned.outcome) == (2023, Outcome.NOT_MET)


@pytest.mark.parametrize(
    ("given_on", "outcome", "missing"),
    [
        (date(2023, 12, 1), Outcome.MET, ()),
        (date(2023, 11, 30), Outcome.UNKNOWN, (Proof.SISFOH_RENEWAL,)),
        (date(2026, 12, 2), Outcome.UNKNOWN, (Proof.SISFOH_RENEWAL,)),
        (None, Outcome.UNKNOWN, (Proof.SISFOH_DATE,)),
    ],
)
def test_a_class_holds_three_years(given_on: date | None, outcome: Outcome, missing: tuple[Proof, ...]) -> None:
    rule = {"kind": "sisfoh_class", "one_of": ["poor"]}
    found = judged(ScreenedPerson(sisfoh_class=SisfohClass.POOR, sisfoh_date=given_on), rule)
    assert (found.results[0].outcome, found.missing) == (outcome, missing)


def test_an_expired_class_that_would_not_do_is_no_no_either() -> None:
    rule = {"kind": "sisfoh_class", "one_of": ["poor"]}
    old = ScreenedPerson(sisfoh_class=SisfohClass.NOT_POOR, sisfoh_date=date(2020, 1, 1))
    assert judged(old, rule).eligibility is Eligibility.UNDECIDED


def test_an_answer_ends_with_the_class_it_stands_on_its_months_or_its_programme() -> None:
    rule = {"kind": "sisfoh_class", "one_of": ["poor"]}
    rules = rules_of({"version": 1, "in_force_from": "2026-01-01", "valid_months": 12, "rules": [rule]})
    person = ScreenedPerson(sisfoh_class=SisfohClass.POOR, sisfoh_date=date(2024, 3, 31))
    assert judge(rules, person, DAY).holds_until == date(2027, 3, 31)
    assert judge(rules, person, DAY, date(2027, 1, 15)).holds_until == date(2027, 1, 15)
    fresh = replace(person, sisfoh_date=date(2026, 11, 1))
    assert judge(rules, fresh, DAY).holds_until == date(2027, 12, 1)


def test_only_proofs_that_the_answer_depends_on_are_asked_for() -> None:
    rules: list[dict[str, Any]] = [
        {
            "kind": "any_of",
            "rules": [{"kind": "place", "regions": ["Puno"]}, {"kind": "sisfoh_class", "one_of": ["poor"]}],
        },
        {"kind": "device", "one_of": ["phone"]},
    ]
    assert judged(ScreenedPerson(region="Puno"), *rules).missing == (Proof.DEVICE,)
    assert judged(ScreenedPerson(region="Lima"), *rules).missing == (Proof.SISFOH_CLASS, Proof.DEVICE)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 12, 1), date(2026, 11, 30), 17),
        (date(2008, 12, 1), date(2026, 12, 1), 18),
    ],
)
def test_age_on_a_day(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 36, date(2027, 2, 28)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(9999, 6, 1), 12, date.max),
    ],
)
def test_months_of_the_calendar(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later
