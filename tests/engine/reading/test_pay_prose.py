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
