"""Pay in running text: the sentence that tells it, and nothing that only looks like it."""

from __future__ import annotations

import pytest

from engine.pay import Pay, PayPeriod
from engine.reading.pay_prose import read_pay_in_prose

MONTH, HOUR, DAY = PayPeriod.MONTH, PayPeriod.HOUR, PayPeriod.DAY


@pytest.mark.parametrize(
    ("text", "pay"),
    [
        ("Buscamos cajeros.\n- Sueldo: S/ 1,300 mensuales\n- Planilla", Pay(1300, "PEN", MONTH)),
        ("Remuneración 2,000 a 2,500 soles (previa evaluación)", Pay(2000, "PEN", MONTH, 2500)),
        ("SUELDO BASICO S/.1 130 + movilidad", Pay(1130, "PEN", MONTH, extras="movilidad")),
        ("Salario s/1400 • Horario de 9 a 6", Pay(1400, "PEN", MONTH)),
        ("Pagamos S/ 60 por día de 8 horas.", Pay(60, "PEN", DAY)),
        ("S/.2000 sueldo fijo, 48 horas", Pay(2000, "PEN", MONTH)),
        ("Sueldo fijo S/ 1,200. Ingresos mayores a S/ 3,000 mensuales", Pay(1200, "PEN", MONTH)),
        ("Sueldo: $ 1. 2 5 0 dólares", Pay(1250, "USD", MONTH)),
        ("Sueldo de 3 a 4 mil soles", Pay(3000, "PEN", MONTH, 4000)),
        ("Sueldo básico s/. 1,700 a S/. 1,950.\nBono de alimentación S/. 150", Pay(1700, "PEN", MONTH, 1950)),
        ("Sueldo Full Time 1200 + Bono de pasaje S/80", Pay(1200, "PEN", MONTH, extras="Bono de pasaje S/80")),
        (
            "Sueldo Fijo S/1,200 + bono de S/80 (sujeto a asistencia)",
            Pay(1200, "PEN", MONTH, extras="bono de S/80 (sujeto a asistencia)"),
        ),
        ("Asesor de ventas S/.1310 Full Time", Pay(1310, "PEN", MONTH)),
        ("Pay: S/.16.00 - S/.19.00 per hour", Pay(16, "PEN", HOUR, 19)),
        ("Earn $1,500-$2,500+ USD/Month | Fully Remote", Pay(1500, "USD", MONTH, 2500)),
        ("Remuneración: S/ 1 500.00Beneficios de ley", Pay(1500, "PEN", MONTH)),
        ("Turno noche. Remoto desde casa. S/ 1 500 al mes", Pay(1500, "PEN", MONTH)),
        ("De S/ 1,200 a S/ 1,500 mensuales.", Pay(1200, "PEN", MONTH, 1500)),
        ("Sueldo: mil quinientos soles", Pay(1500, "PEN", MONTH)),
        ("Sueldo de 1.5 RMV", Pay(1695, "PEN", MONTH)),
        ("DESDE CASA\nUS$ 5 POR HORA", Pay(5, "USD", HOUR)),
    ],
)
def test_the_sentence_that_tells_pay_is_found(text: str, pay: Pay) -> None:
    found = read_pay_in_prose(text, "PE")
    assert found is not None
    assert found.value == pay
    assert found.sentence in text


@pytest.mark.parametrize(
    "text",
    [
        "Manejo de cartera de S/ 500,000 y caja chica de S/ 1,000",
        "Pago por metas de ventas de S/ 20,000 al mes",
        "Sueldo fijo S/ 1300 - full time. Sueldo fijo S/ 800 - medio tiempo",
        "Ingresos mayores a S/ 3,500 mensuales",
        "No hay remuneración (S/ 1,130 es lo que la página exige poner, mensual)",
        "Sueldo acorde al mercado, 2 años de experiencia",
        "Pago del examen médico S/ 75",
        "Sueldo a convenir, full time de 8 a 17 con 1 franco semanal",
        "Receive $40/month as a rental stipend",
        "almuerzo diario pago de S/ 15, seguro mensual del auto",
        "Paid in USD. Medical coverage (plan 210) and 3 weeks of vacation",
        "Aspiración salarial mayor a $1.300 mensual",
        "Se paga S/ 5 por prenda",
        "",
    ],
)
def test_other_money_is_no_pay(text: str) -> None:
    assert read_pay_in_prose(text, "PE") is None


def test_a_salary_without_a_period_is_a_month_s_only_where_people_say_it_so() -> None:
    assert read_pay_in_prose("Salary: USD 1,500") is None
    found = read_pay_in_prose("Sueldo USD 1,500", "EC")
    assert found is not None
    assert found.value == Pay(1500, "USD", MONTH)
    assert found.confidence < 0.9


@pytest.mark.parametrize(
    ("text", "pay"),
    [
        ("Sueldo: S/. 2400 básico + S/. 100 refrigerio", Pay(2400, "PEN", MONTH, extras="S/. 100 refrigerio")),
        ("Sueldo: S/1,025 + S/ 200 (bono alimentación)", Pay(1025, "PEN", MONTH, extras="S/ 200 (bono alimentación)")),
        ("Promotor de crédito social / S/1,350 + Comisiones", None),
        ("Promotor de ventas / S/1,350 + Comisiones", Pay(1350, "PEN", MONTH, extras="Comisiones")),
        ("Sueldo fijo 1130 + bonos hasta 2500", Pay(1130, "PEN", MONTH, extras="bonos hasta 2500")),
        ("Sueldo de 1200 a 1500", Pay(1200, "PEN", MONTH, 1500)),
        ("S/ 12.00 la hora (pago quincenal)", Pay(12, "PEN", HOUR)),
        ("Jornal diario S/ 60", Pay(60, "PEN", DAY)),
        ("S/ 50 x día", Pay(50, "PEN", DAY)),
        ("Banda salarial S/1800 - 2200", Pay(1800, "PEN", MONTH, 2200)),
        ("Sueldo: RMV", Pay(1130, "PEN", MONTH)),
        ("2 sueldos mínimos", Pay(2260, "PEN", MONTH)),
        ("Sueldo mínimo vital + comisiones", Pay(1130, "PEN", MONTH, extras="comisiones")),
        ("Monthly salary: 1,000 USD", Pay(1000, "USD", MONTH)),
        ("Teacher hour rate: US$ 7.20\tThe monthly payment is by the hour", Pay(7.2, "USD", HOUR)),
        ("$1,800 - $2,600 USD/month (depending on experience)", Pay(1800, "USD", MONTH, 2600)),
    ],
)
def test_pay_told_in_other_ways(text: str, pay: Pay | None) -> None:
    found = read_pay_in_prose(text, "PE")
    assert (found.value if found is not None else None) == pay


@pytest.mark.parametrize(
    ("text", "pay"),
    [
        ("Annual salary: $60,000", Pay(60_000, "USD", PayPeriod.YEAR)),
        ("Base salary range: $60,000 - $80,000 per year", Pay(60_000, "USD", PayPeriod.YEAR, 80_000)),
        ("Pay range: $90K - $110K/yr", Pay(90_000, "USD", PayPeriod.YEAR, 110_000)),
        ("€50k - €60k per year", Pay(50_000, "EUR", PayPeriod.YEAR, 60_000)),
        ("Salary: $52,000 - $58,000 USD + commission", Pay(52_000, "USD", PayPeriod.YEAR, 58_000, "commission")),
    ],
)
def test_salaries_in_english_are_a_years(text: str, pay: Pay) -> None:
    found = read_pay_in_prose(text, None, "USD")
    assert found is not None
    assert found.value == pay


@pytest.mark.parametrize(
    "text",
    [
        "Top performers consistently earn $2K-$3K+ per month",
        "You could earn $5,000 per month",
        "On-target earnings of $90,000 a year",
        "Tu sueldo puede llegar a S/ 4000",
        "Sueldo 2025 según escala",
        "Sueldo negociable, últimos 3 sueldos S/ 1500",
        "Sueldo: 40 horas semanales",
        "Asignación familiar: 10% de la RMV",
        "Crédito de hasta 3 sueldos mínimos",
        "Bono por cumpleaños de 1 RMV",
        "Ticket promedio S/ 800 más comisión",
        "Bono S/ 200 + comisiones",
        "Compensation: $150,000–$190,000 CAD/USD",
        "Our average customer spends $55,000",
        "Sueldo quincenal: S/ 750",
        "Sueldo 2500 al cumplimiento de objetivos",
        "Sueldo según convenio + S/ 50 presentismo",
    ],
)
def test_promises_and_other_sums_are_no_pay(text: str) -> None:
    assert read_pay_in_prose(text, "PE") is None
