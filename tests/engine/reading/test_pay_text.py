"""Pay in words: the amount, currency and period that are stated, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.pay import Pay, PayPeriod
from engine.reading.pay_text import read_pay

MONTH, HOUR, YEAR = PayPeriod.MONTH, PayPeriod.HOUR, PayPeriod.YEAR


@pytest.mark.parametrize(
    ("text", "pay"),
    [
        ("S/. 1.500,00 Mensual", Pay(1500, "PEN", MONTH)),
        ("S/1200 mensuales", Pay(1200, "PEN", MONTH)),
        ("460.00 US$ (Mensual)", Pay(460, "USD", MONTH)),
        ("1.200.00 US$ (Mensual)", Pay(1200, "USD", MONTH)),
        ("S/ 1,200 a S/ 1,500 al mes", Pay(1200, "PEN", MONTH, 1500)),
        ("USD 18 - 22 per hour", Pay(18, "USD", HOUR, 22)),
        ("€31,2k - €52k a year", Pay(31200, "EUR", YEAR, 52000)),
        ("2000 2000 GBP MONTH", Pay(2000, "GBP", MONTH)),
    ],
)
def test_stated_pay_is_read(text: str, pay: Pay) -> None:
    assert read_pay(text) == pay


@pytest.mark.parametrize(
    "text",
    [
        "No disponible",
        "A convenir",
        "S/. 0,00 Mensual",
        "S/. 1500",  # for how long?
        "1500 al mes",  # of what?
        "$1500 al mes",  # of whose dollars or pesos?
        "S/ 1500 o US$ 400 al mes",
        "S/ 700 quincenal",
        "S/ 2000 a S/ 1000 al mes",
        "S/ 1000, S/ 2000 y S/ 3000 al mes",
        "",
    ],
)
def test_what_is_not_stated_stays_unknown(text: str) -> None:
    assert read_pay(text) is None


def test_a_source_can_say_what_its_texts_leave_out() -> None:
    assert read_pay("2114.19", "PEN", MONTH) == Pay(2114.19, "PEN", MONTH)
    assert read_pay("S/. 2,500.00", "USD", HOUR) == Pay(2500, "PEN", HOUR)


@given(st.integers(1, 99_999_999), st.sampled_from([(",", "."), (".", ","), ("", ".")]))
def test_cents_come_back_whatever_the_marks(cents: int, marks: tuple[str, str]) -> None:
    thousands, point = marks
    text = f"S/ {cents / 100:,.2f} al mes".replace(",", "T").replace(".", point).replace("T", thousands)
    pay = read_pay(text)
    assert pay is not None
    assert pay.amount == pytest.approx(cents / 100)


@given(st.text() | st.text("S/.,0123456789 k$€mes-", max_size=40))
def test_any_text_is_read_without_an_error(text: str) -> None:
    read_pay(text, "PEN", MONTH)
