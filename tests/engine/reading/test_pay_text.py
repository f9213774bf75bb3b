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
        ("S/ 3-4 mil mensual", Pay(3000, "PEN", MONTH, 4000)),
        ("S/ 1,5 - 2 mil mensual", Pay(1500, "PEN", MONTH, 2000)),
        ("S/ 900 a 1.2 mil al mes", Pay(900, "PEN", MONTH, 1200)),
        ("$120-150k USD per year", Pay(120_000, "USD", YEAR, 150_000)),
        ("60-80k USD a year", Pay(60_000, "USD", YEAR, 80_000)),
        ("40-60k EUR anual", Pay(40_000, "EUR", YEAR, 60_000)),
        ("entre S/ 1,200 y S/ 1,800 mensuales", Pay(1200, "PEN", MONTH, 1800)),
        ("S/ 1 200,00 mensual", Pay(1200, "PEN", MONTH)),
        ("S/ 1 500 al mes", Pay(1500, "PEN", MONTH)),
        ("1 200 € al mes", Pay(1200, "EUR", MONTH)),
        ("S/ 2'500 mensual", Pay(2500, "PEN", MONTH)),
        ("S/ 2’500 mensual", Pay(2500, "PEN", MONTH)),
        ("60'500 CHF per year", Pay(60_500, "CHF", YEAR)),
        ("S/ 1\u202f500 al mes", Pay(1500, "PEN", MONTH)),
        ("S/ 1\u2009500,50 al mes", Pay(1500.5, "PEN", MONTH)),
        ("S/ 1`500 mensual", Pay(1500, "PEN", MONTH)),
        ("S/ 1ʼ500 mensual", Pay(1500, "PEN", MONTH)),
        ("40 to 60k USD a year", Pay(40_000, "USD", YEAR, 60_000)),
        ("€40k–60 al año", Pay(40_000, "EUR", YEAR, 60_000)),
        ("USD 40-60 thousand a year", Pay(40_000, "USD", YEAR, 60_000)),
        ("S/ 2 mil a 3 mil 500 mensual", Pay(2000, "PEN", MONTH, 3500)),
        ("S/ 3 mil quinientos mensual", Pay(3500, "PEN", MONTH)),
        ("mil ciento treinta soles mensuales", Pay(1130, "PEN", MONTH)),
        ("S/ 1,130 (mil ciento treinta y 00/100 soles) mensual", Pay(1130, "PEN", MONTH)),
        ("dos a tres mil soles al mes", Pay(2000, "PEN", MONTH, 3000)),
        ("dos remuneraciones mínimas vitales", Pay(2260, "PEN", MONTH)),
        ("1 1/2 RMV", Pay(1695, "PEN", MONTH)),
        ("1½ RMV", Pay(1695, "PEN", MONTH)),
        ("medio RMV", Pay(565, "PEN", MONTH)),
        ("1 a 1.5 RMV", Pay(1130, "PEN", MONTH, 1695)),
        ("hasta 2 RMV", Pay(0, "PEN", MONTH, 2260)),
        ("RMV (S/ 1,130)", Pay(1130, "PEN", MONTH)),
        ("hasta S/ 2,500 con comisiones (base S/ 1,130) mensual", Pay(1130, "PEN", MONTH, None, "comisiones")),
        ("mil soles + comisiones, mensual", Pay(1000, "PEN", MONTH, None, "comisiones, mensual")),
        ("48 horas, S/ 1,130 mensual", Pay(1130, "PEN", MONTH)),
        ("S/ 1,130 mensual, 6 dias a la semana, 48 hrs", Pay(1130, "PEN", MONTH)),
        ("USD 20 por hora, 40 horas semanales", Pay(20, "USD", HOUR)),
        ("S/ 10 por hora, pago mensual", Pay(10, "PEN", HOUR)),
        ("£12/h, paid weekly", Pay(12, "GBP", HOUR)),
        ("S/ 1400 mensual, pago quincenal", Pay(1400, "PEN", MONTH)),
        ("1.5 RMV mensual", Pay(1695, "PEN", MONTH)),
        ("2 millones de pesos colombianos mensuales", Pay(2_000_000, "COP", MONTH)),
        ("A$ 30/hr", Pay(30, "AUD", HOUR)),
        ("C$ 25 an hour", Pay(25, "CAD", HOUR)),
        ("R$ 3.000 por mês", Pay(3000, "BRL", MONTH)),
        ("₹ 30,000 monthly", Pay(30_000, "INR", MONTH)),
        ("SUELDO 1500SOLES MENSUALES", Pay(1500, "PEN", MONTH)),
        ("S/ 1200/1500 mensual", Pay(1200, "PEN", MONTH, 1500)),
        ("S/ 1200 ó 1500 al mes", Pay(1200, "PEN", MONTH, 1500)),
        ("987654321 S/ 1500 mensual", Pay(1500, "PEN", MONTH)),
        ("24/7, 01/05/2026, S/ 1500 al mes", Pay(1500, "PEN", MONTH)),
        ("B/. 800 mensual", Pay(800, "PAB", MONTH)),
        ("BRL 2500 mensal", Pay(2500, "BRL", MONTH)),
        ("hasta S/ 2,500 mensual", Pay(0, "PEN", MONTH, 2500)),
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
        "S/ -5 mensual",
        "S/ 12.125 por hora",  # twelve and an eighth, or twelve thousand?
        "¥ 3000 monthly",  # yen or yuan?
        "S/ 5 por prenda",
        "Ingresos mayores a S/ 3,500 mensuales",  # a promise
        "comisiones hasta S/ 2,500 mensual",
        "OTE $25k - $35k USD a year",
        "Llama al 987 654 321 al mes",
        "",
    ],
)
def test_what_is_not_stated_stays_unknown(text: str) -> None:
    assert read_pay(text) is None


def test_a_source_can_say_what_its_texts_leave_out() -> None:
    assert read_pay("2114.19", "PEN", MONTH) == Pay(2114.19, "PEN", MONTH)
    assert read_pay("S/. 2,500.00", "USD", HOUR) == Pay(2500, "PEN", HOUR)


@pytest.mark.parametrize(
    ("text", "base", "extras"),
    [
        ("S/ básico 1,130 + comisiones hasta 2,500 mensual", 1130, "comisiones hasta 2,500 mensual"),
        ("Comisiones + sueldo básico de S/ 1200 mensual", 1200, "Comisiones"),
        ("S/ 1,025.00 mensual más bono de movilidad S/ 200", 1025, "bono de movilidad S/ 200"),
        ("RMV + comisiones", 1130, "comisiones"),
        ("Ingresos mayores a S/ 3,500 mensuales - Sueldo fijo S/ 1,130 mensual, planilla", 1130, None),
    ],
)
def test_what_comes_on_top_of_a_base_is_told_apart(text: str, base: float, extras: str | None) -> None:
    pay = read_pay(text)
    assert pay is not None
    assert (pay.amount, pay.max_amount, pay.currency, pay.period) == (base, None, "PEN", MONTH)
    assert extras is None or pay.extras == extras


@pytest.mark.parametrize(
    ("country", "currency"),
    [
        ("PE", "USD"),
        ("EC", "USD"),
        ("AR", "ARS"),
        ("MX", "MXN"),
        ("CO", "COP"),
        ("US", "USD"),
        ("ES", None),
        (None, None),
    ],
)
def test_a_sign_that_countries_share_is_read_by_the_place(country: str | None, currency: str | None) -> None:
    pay = read_pay("$ 1500 mensual", country=country)
    assert (pay and pay.currency) == currency


def test_the_source_s_currency_is_never_that_of_another_sign() -> None:
    assert read_pay("¥ 300,000 monthly", "USD") is None
    assert read_pay("₸ 300,000 monthly", "USD") is None
    assert read_pay("XYZ$ 3000 al mes", "PEN") is None
    assert read_pay("$ 500.000 mensuales", country="PE") is None  # pesos, then
    assert read_pay("$ 300 monthly", "USD") == Pay(300, "USD", MONTH)
    assert read_pay("$ 300 mensual", "PEN", country="PE") == Pay(300, "USD", MONTH)


@given(st.integers(2_000, 99_999_999), st.sampled_from([(",", "."), (".", ","), ("", ".")]))
def test_cents_come_back_whatever_the_marks(cents: int, marks: tuple[str, str]) -> None:
    thousands, point = marks
    text = f"S/ {cents / 100:,.2f} al mes".replace(",", "T").replace(".", point).replace("T", thousands)
    pay = read_pay(text)
    assert pay is not None
    assert pay.amount == pytest.approx(cents / 100)


@given(st.text() | st.text("S/.,0123456789 k$€mes-", max_size=40))
def test_any_text_is_read_without_an_error(text: str) -> None:
    read_pay(text, "PEN", MONTH)


@pytest.mark.parametrize(
    "text",
    ["S/ 1_500 mensual", "S/ 3-4 M mensual", "S/ 3 mensual", "USD −5 por hora", "cien por ciento comisiones, mensual"],
)
def test_what_is_no_amount_is_none(text: str) -> None:
    assert read_pay(text, "PEN", country="PE") is None
