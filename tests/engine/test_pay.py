"""Pay compared across currencies and periods; what cannot be known stays unknown."""

from __future__ import annotations

import pytest

from engine.errors import InvalidInputError
from engine.pay import Pay, PayPeriod, soles_per_hour, soles_per_month


@pytest.mark.parametrize(
    ("pay", "hours", "monthly", "hourly"),
    [
        (Pay(1130, "PEN", PayPeriod.MONTH), None, 1130, None),
        (Pay(1040, "PEN", PayPeriod.MONTH), 24, 1040, 10),
        (Pay(10, "PEN", PayPeriod.HOUR), 24, 1040, 10),
        (Pay(10, "PEN", PayPeriod.HOUR), None, None, 10),
        (Pay(12000, "PEN", PayPeriod.YEAR), None, 1000, None),
        (Pay(300, "PEN", PayPeriod.WEEK), None, 1300, None),
        (Pay(80, "PEN", PayPeriod.DAY), 24, 1040, 10),
        (Pay(900, "PEN", PayPeriod.MONTH, 1200), None, 1200, None),
        (Pay(500, "PEN", PayPeriod.PROJECT), 20, None, None),
        (Pay(500, "XAF", PayPeriod.MONTH), 20, None, None),
    ],
)
def test_rates(pay: Pay, hours: float | None, monthly: float | None, hourly: float | None) -> None:
    assert soles_per_month(pay, hours) == (None if monthly is None else pytest.approx(monthly))
    assert soles_per_hour(pay, hours) == (None if hourly is None else pytest.approx(hourly))


def test_a_dollar_is_worth_more_than_a_sol_and_less_than_ten() -> None:
    in_soles = soles_per_month(Pay(100, "USD", PayPeriod.MONTH), None)
    assert in_soles is not None
    assert 100 < in_soles < 1000


@pytest.mark.parametrize(("amount", "most"), [(-1, None), (float("nan"), None), (float("inf"), None), (10, 5)])
def test_impossible_pay_is_refused(amount: float, most: float | None) -> None:
    with pytest.raises(InvalidInputError, match="pay"):
        Pay(amount, "PEN", PayPeriod.MONTH, most)
