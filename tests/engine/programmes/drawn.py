"""Rules and people to draw, and a slow oracle that judges them in the plainest words."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from engine.jobs import Device
from engine.programmes.form import ProgrammeRules, read_rules
from engine.programmes.people import ScreenedPerson, SisfohClass

DAY = date(2026, 12, 1)
LINES = {"poverty_line": 454, "extreme_poverty_line": 256}
CLASSES = ["not_poor", "poor", "extremely_poor"]
REGIONS = ["Puno", "Cusco", "Lima", "Loreto"]
DEVICES = ["phone", "tablet", "computer"]


def some(values: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=len(values), unique=True)


income_rules = st.fixed_dictionaries(
    {
        "kind": st.just("household_income_per_head"),
        "at_most": st.sampled_from(sorted(LINES)),
        "factor": st.sampled_from([0.5, 1.0, 1.1, 1.5, 2.0]),
    }
) | st.fixed_dictionaries(
    {
        "kind": st.just("household_income_per_head"),
        "at_most": st.just("amount"),
        "amount": st.sampled_from([0.1, 333.33, 500.0]),
        "source": st.just("RM 1-2026"),
    }
)
plain_rules = st.one_of(
    income_rules,
    st.fixed_dictionaries(
        {
            "kind": st.just("sisfoh_class"),
            "one_of": some(CLASSES),
            "not_older_than_months": st.sampled_from([1, 12, 36]),
        }
    ),
    st.fixed_dictionaries({"kind": st.just("age"), "at_least": st.integers(0, 70)}),
    st.fixed_dictionaries({"kind": st.just("age"), "at_most": st.integers(0, 70)}),
    st.fixed_dictionaries({"kind": st.just("place"), "regions": some(REGIONS)}),
    st.fixed_dictionaries({"kind": st.just("device"), "one_of": some(DEVICES)}),
    st.fixed_dictionaries(
        {
            "kind": st.just("consent"),
            "purpose": st.sampled_from(["be_found", "training"]),
            "text_version": st.sampled_from(["2026-11", "2027-01"]),
        }
    ),
)
groups = st.fixed_dictionaries(
    {"kind": st.sampled_from(["any_of", "all_of"]), "rules": st.lists(plain_rules, min_size=1, max_size=3)}
)
documents = st.fixed_dictionaries(
    {
        "version": st.just(1),
        "in_force_from": st.just("2026-01-01"),
        "valid_months": st.integers(1, 36),
        "rules": st.lists(plain_rules | groups, min_size=1, max_size=4),
    }
)
days = st.integers(-1_200, 40).map(lambda days: DAY + timedelta(days=days)) | st.sampled_from(
    [date(2023, 12, 1), date(2023, 11, 30), date(2025, 12, 1), date(2026, 11, 1), date(2026, 10, 31)]
)
people = st.builds(
    ScreenedPerson,
    household_income=st.none() | st.sampled_from([0.0, 0.1, 227.0, 454.0, 454.01, 908.0, 999.99, 1000.0, 2724.0]),
    household_size=st.none() | st.integers(1, 6),
    sisfoh_class=st.none() | st.sampled_from(SisfohClass),
    sisfoh_date=st.none() | days,
    birth_date=st.none() | st.dates(date(1950, 1, 1), date(2026, 12, 31)) | st.just(date(2008, 2, 29)),
    region=st.none() | st.sampled_from(REGIONS),
    device=st.none() | st.sampled_from(Device),
    consents=st.dictionaries(st.sampled_from(["be_found", "training"]), st.sampled_from(["2026-11", "2027-01"])),
)


def rules_of(document: Any) -> ProgrammeRules:
    return read_rules(document)


def verdict(rule: dict[str, Any], person: ScreenedPerson) -> bool | None:
    """True, False, or None where something is not known: one rule after the other, with nothing shared."""
    if rule["kind"] == "any_of":
        verdicts = [verdict(one, person) for one in rule["rules"]]
        return True if True in verdicts else None if None in verdicts else False
    if rule["kind"] == "all_of":
        return all_met([verdict(one, person) for one in rule["rules"]])
    if rule["kind"] == "household_income_per_head":
        return income_verdict(rule, person)
    if rule["kind"] == "sisfoh_class":
        if person.sisfoh_class is None or person.sisfoh_date is None or not is_current(person.sisfoh_date, rule):
            return None
        return person.sisfoh_class in rule["one_of"]
    if rule["kind"] == "age":
        return age_verdict(rule, person)
    if rule["kind"] == "place":
        return None if person.region is None else person.region in rule["regions"]
    if rule["kind"] == "device":
        return None if person.device is None else person.device.name.lower() in rule["one_of"]
    assert rule["kind"] == "consent"
    return True if person.consents.get(rule["purpose"]) == rule["text_version"] else None


def income_verdict(rule: dict[str, Any], person: ScreenedPerson) -> bool | None:
    if person.household_income is None or person.household_size is None:
        return None
    line = rule["amount"] if rule["at_most"] == "amount" else LINES[rule["at_most"]]
    most = Decimal(str(line)) * Decimal(str(rule.get("factor", 1.0)))
    return Decimal(str(person.household_income)) <= most * person.household_size


def age_verdict(rule: dict[str, Any], person: ScreenedPerson) -> bool | None:
    """By counting birthdays."""
    born = person.birth_date
    if born is None or born > DAY:
        return None
    birthdays = sum(
        year < DAY.year or (born.month, born.day) <= (DAY.month, DAY.day) for year in range(born.year + 1, DAY.year + 1)
    )
    return bool(rule.get("at_least", 0) <= birthdays <= rule.get("at_most", 200))


def all_met(verdicts: list[bool | None]) -> bool | None:
    return False if False in verdicts else None if None in verdicts else True


def is_current(given_on: date, rule: dict[str, Any]) -> bool:
    """By going on a month at a time, on the first of a month, where no month is too short."""
    year, month = given_on.year, given_on.month
    for _ in range(rule["not_older_than_months"]):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    is_over = (year, month) < (DAY.year, DAY.month)  # DAY is a first, the earliest day of its month
    return given_on <= DAY and not is_over
