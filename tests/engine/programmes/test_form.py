"""Rules as they are written: what is refused, and how it is said."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

import pytest

from engine.errors import InvalidInputError
from engine.explain import Locale
from engine.programmes.figures import Line, known_years, line_of
from engine.programmes.form import read_rules
from engine.programmes.judging import Eligibility, Proof, judge
from engine.programmes.people import ScreenedPerson
from engine.programmes.sentences import eligibility_sentence, proof_sentence, result_sentence, rule_sentence

WRITTEN = """
version = 3
in_force_from = 2027-01-01
in_force_to = 2027-12-31

[[rules]]
kind = "place"
regions = ["CUZCO", "san  martin", "Áncash"]

[[rules]]
kind = "any_of"
rules = [
  { kind = "household_income_per_head", at_most = "extreme_poverty_line", factor = 2 },
  { kind = "household_income_per_head", at_most = "amount", amount = 600, source = "RM 100-2026" },
]
"""


def document(**changes: Any) -> dict[str, Any]:
    return {"version": 1, "in_force_from": "2027-01-01", "rules": [{"kind": "age", "at_least": 18}]} | changes


def test_rules_are_read_from_toml_and_regions_however_they_are_written() -> None:
    rules = read_rules(tomllib.loads(WRITTEN))
    assert rules.rules[0].regions == ("Cusco", "San Martín", "Áncash")  # type: ignore[union-attr]
    assert read_rules(rules.model_dump(mode="json")) == rules
    assert [rules.is_in_force(day) for day in (date(2026, 12, 31), date(2027, 1, 1), date(2027, 12, 31))] == [
        *(False, True, True)
    ]
    assert not rules.is_in_force(date(2028, 1, 1))


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"rules": []}, "rules", "at least one"),
        ({"rules": [{"kind": "sex"}]}, "rules.0", "'household_income_per_head'"),
        (
            {"rules": [{"kind": "any_of", "rules": [{"kind": "all_of", "rules": []}]}]},
            "rules.0.any_of.rules.0",
            "'age'",
        ),
        ({"rules": [{"kind": "age"}]}, "rules.0.age.at_least", "at_least or at_most"),
        ({"rules": [{"kind": "age", "at_least": 30, "at_most": 18}]}, "rules.0.age.at_most", "at least 30"),
        ({"rules": [{"kind": "place", "regions": ["Atlantis"]}]}, "rules.0.place.regions.0", "Amazonas"),
        ({"rules": [{"kind": "device", "one_of": ["mobile"]}]}, "rules.0.device.one_of.0", "phone"),
        ({"rules": [{"kind": "sisfoh_class", "one_of": ["rich"]}]}, "rules.0.sisfoh_class.one_of.0", "not_poor"),
        ({"rules": [{"kind": "sisfoh_class", "one_of": ["poor"], "not_older_than_months": 37}]}, None, "1 to 36"),
        ({"rules": [{"kind": "household_income_per_head", "at_most": "amount", "amount": 5}]}, None, "source"),
        ({"rules": [{"kind": "household_income_per_head", "at_most": "poverty_line", "amount": 5}]}, None, "amount"),
        (
            {"rules": [{"kind": "household_income_per_head", "at_most": "poverty_line", "year": 2025}]},
            None,
            "2023, 2024",
        ),
        ({"rules": [{"kind": "household_income_per_head", "at_most": "poverty_line", "factor": 0}]}, None, "over 0"),
        ({"version": 0}, "version", "from 1"),
        ({"in_force_from": 20270101}, "in_force_from", "2027-01-31"),
        ({"in_force_from": "2027-02-30"}, "in_force_from", "a day of the calendar"),
        ({"in_force_to": "2026-12-31"}, "in_force_to", "2027-01-01"),
        ({"valid_months": 37}, "valid_months", "1 to 36"),
        ({"sex": "f"}, "sex", "a known key"),
    ],
)
def test_what_is_refused_says_what_was_expected(changes: dict[str, Any], field: str | None, words: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        read_rules(document(**changes))
    assert words in str(refused.value)
    assert field is None or refused.value.field == field


def test_a_line_that_nobody_published_is_not_worked_out() -> None:
    first = min(known_years())
    with pytest.raises(InvalidInputError, match="no poverty line is known"):
        line_of(Line.POVERTY, date(first, 12, 31))
    assert line_of(Line.EXTREME_POVERTY, date(first + 1, 1, 1)).year == first


def test_every_kind_is_said_in_both_languages_with_its_figure() -> None:
    rules = read_rules(
        document(
            rules=[
                *tomllib.loads(WRITTEN)["rules"],
                {"kind": "age", "at_least": 18, "at_most": 29},
                {"kind": "sisfoh_class", "one_of": ["poor", "extremely_poor"]},
                {"kind": "consent", "purpose": "be_found", "text_version": "2026-11"},
                {"kind": "device", "one_of": ["phone", "computer"]},
            ]
        )
    )
    day = date(2026, 12, 1)
    for locale in Locale:
        said = [rule_sentence(rule, day, locale) for rule in (*rules.rules, *rules.plain_rules())]
        assert len(set(said)) == len({str(rule) for rule in (*rules.rules, *rules.plain_rules())})
        assert any("512" in text and "2024" in text and "INEI" in text for text in said)
        assert any("600" in text and "RM 100-2026" in text for text in said)
    assert "18" in rule_sentence(rules.rules[2], day, Locale.ES)


def test_a_persons_own_answer_names_what_she_told_and_what_is_missing() -> None:
    rules = read_rules(document(rules=[{"kind": "household_income_per_head", "at_most": "poverty_line"}]))
    day = date(2026, 12, 1)
    met = judge(rules, ScreenedPerson(household_income=900.0, household_size=4), day)
    assert "S/ 225 por persona" in result_sentence(met.results[0], day, Locale.ES)
    assert "S/ 454" in result_sentence(met.results[0], day, Locale.ES)
    unknown = judge(rules, ScreenedPerson(), day)
    assert unknown.missing == (Proof.HOUSEHOLD_INCOME, Proof.HOUSEHOLD_SIZE)
    for locale in Locale:
        assert all(proof_sentence(proof, locale) for proof in Proof)
        assert all(eligibility_sentence(one, locale) for one in Eligibility)
    assert "ULE" in proof_sentence(Proof.SISFOH_CLASS, Locale.ES)
