"""`baseSalary` of schema.org: its numbers are JSON's, in quotes too."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.pay import Pay, PayPeriod
from store.importers.postings.json_pay import read_json_pay

MONTH, HOUR, YEAR = PayPeriod.MONTH, PayPeriod.HOUR, PayPeriod.YEAR


def amount(value: Any, unit: str = "MONTH", currency: str = "USD") -> dict[str, Any]:
    return {"currency": currency, "value": {"value": value, "unitText": unit}}


def between(least: Any, most: Any, unit: str = "MONTH", currency: str = "USD", **more: Any) -> dict[str, Any]:
    return {"currency": currency, "value": {"minValue": least, "maxValue": most, "unitText": unit, **more}}


@pytest.mark.parametrize(
    ("salary", "pay"),
    [
        (amount("12.125", "HOUR"), Pay(12.125, "USD", HOUR)),
        (amount("18.125", "HOUR"), Pay(18.125, "USD", HOUR)),
        (amount(18.125, "HOUR"), Pay(18.125, "USD", HOUR)),
        (amount("4166.667"), Pay(4166.667, "USD", MONTH)),
        (amount("1500.000"), Pay(1500, "USD", MONTH)),
        (amount("1.5e3"), Pay(1500, "USD", MONTH)),
        (amount({"@type": "xsd:decimal", "@value": "1.5E+3"}), Pay(1500, "USD", MONTH)),
        (between("N/A", "2000"), Pay(0, "USD", MONTH, 2000)),
        (between("1.5e3", ""), Pay(1500, "USD", MONTH)),
        ({"currency": "USD", "value": "40 to 60k", "unitText": "YEAR"}, Pay(40_000, "USD", YEAR, 60_000)),
        ({"currency": "USD", "value": "40-60k", "unitText": "YEAR"}, Pay(40_000, "USD", YEAR, 60_000)),
        (between(1000, 2000, value=1500), Pay(1000, "USD", MONTH, 2000)),
        (between(1000, -1), Pay(1000, "USD", MONTH)),
        (between("1,500", "2,000", currency="PEN"), Pay(1500, "PEN", MONTH, 2000)),
        (between(None, 2000), Pay(0, "USD", MONTH, 2000)),
        ([amount(20, "HOUR"), amount(41600, "YEAR")], Pay(20, "USD", HOUR)),
        ([amount(1200), amount(1500)], Pay(1200, "USD", MONTH, 1500)),
        ({"currency": "USD", "value": [{"value": 20, "unitText": "HOUR"}]}, Pay(20, "USD", HOUR)),
        ("S/ 1,500 mensual", Pay(1500, "PEN", MONTH)),
        (amount("S/ 1 500", currency="PEN"), Pay(1500, "PEN", MONTH)),
        (amount(2500, "Mensual", "S/"), Pay(2500, "PEN", MONTH)),
        (amount(2500, "MON", "usd"), Pay(2500, "USD", MONTH)),
    ],
)
def test_numbers_are_json_s_and_words_are_read(salary: Any, pay: Pay) -> None:
    assert read_json_pay([salary], "PE") == pay


@pytest.mark.parametrize(
    "salary",
    [
        between(-1, -1),
        amount(-5),
        amount(0),
        amount(True),
        amount("2.500", currency="PEN"),  # two soles and a half a month: a slip
        amount(3000, currency="¥"),
        amount(3000, "BIWEEKLY"),
        between(2000, 1000),
        between(20, 41_600, "HOUR"),
        {"value": {"value": 20, "unitText": "HOUR"}},
        [[[[[[amount(20)]]]]]],
        1500,
    ],
)
def test_what_cannot_be_known_stays_unknown(salary: Any) -> None:
    assert read_json_pay([salary], "PE") is None


def test_the_currency_may_stand_beside_it() -> None:
    assert read_json_pay([{"value": {"value": 20, "unitText": "HOUR"}}, "EUR"]) == Pay(20, "EUR", HOUR)
    assert read_json_pay([{"currency": "¥", "value": {"value": 20, "unitText": "HOUR"}}, "EUR"]) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["currency", "value", "minValue", "maxValue", "unitText"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.lists(JSON, max_size=3))
def test_any_json_is_read_without_an_error(values: list[Any]) -> None:
    read_json_pay(values, "PE")
