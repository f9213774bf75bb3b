"""Pay in soles an hour and a month: what it assumes, and what is left of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.comparable_pay import ComparablePay, Deduction, HoursBasis, Range, comparable_pay
from engine.explain import Locale, posting_reasons
from engine.facts import facts
from engine.jobs import ContractType, HoursType, Job, Modality
from engine.pay import Pay, PayPeriod
from engine.pay_texts import pay_text

DOLLARS = facts("exchange_rates")["units_per_usd"]["PEN"]
RATE_DAY = facts("exchange_rates")["as_of"]
MONTH, HOUR, DAY, YEAR = PayPeriod.MONTH, PayPeriod.HOUR, PayPeriod.DAY, PayPeriod.YEAR
JOB = Job("job", "Asesora", country="PE", modality=Modality.REMOTE, pay=Pay(1560, "PEN", MONTH))


def compared(**changes: object) -> ComparablePay:
    found = comparable_pay(replace(JOB, **changes))  # type: ignore[arg-type]
    assert found is not None
    return found


def told(**changes: object) -> list[str]:
    job = replace(JOB, **changes)  # type: ignore[arg-type]
    return [reason.text for reason in posting_reasons(job, comparable_pay(job), Locale.ES) if reason.kind == "pay"]


@pytest.mark.parametrize(
    ("pay", "text"),
    [
        (Pay(1500, "PEN", MONTH), "S/ 1,500 al mes"),
        (Pay(85.5, "USD", HOUR), "US$ 85.50 por hora"),
        (Pay(5, "USD", HOUR, 8.5), "US$ 5 a 8.50 por hora"),
        (Pay(0, "PEN", MONTH, 2500), "hasta S/ 2,500 al mes"),
        (Pay(300, "MXN", PayPeriod.PROJECT), "MXN 300 por proyecto"),
    ],
)
def test_pay_is_written_as_in_peru(pay: Pay, text: str) -> None:
    assert pay_text(pay) == text


def test_a_month_s_pay_is_an_hour_s_by_the_stated_hours() -> None:
    found = compared(hours_per_week=30)
    assert found.per_month == Range(1560, 1560)
    assert found.per_hour == Range(12, 12)
    assert (found.hours_per_week, found.hours_basis, found.rate_date) == (30, HoursBasis.STATED, None)
    assert told(hours_per_week=30) == ["Paga S/ 1,560 al mes", "Son S/ 12 la hora, por 30 horas a la semana"]


def test_hours_that_the_ad_does_not_tell_are_told_as_an_assumption() -> None:
    assert compared(hours_type=HoursType.FULL_TIME).hours_basis is HoursBasis.FULL_TIME
    assert compared().hours_basis is HoursBasis.ASSUMED
    assert told()[1] == "Son S/ 7.50 la hora, si son 48 horas a la semana, que el aviso no dice"
    assert compared(hours_type=HoursType.PART_TIME).per_hour is None


def test_dollars_are_soles_at_a_dated_rate() -> None:
    found = compared(pay=Pay(4, "USD", HOUR, 6), hours_per_week=20)
    assert found.per_hour == Range(4 * DOLLARS, 6 * DOLLARS)
    assert found.per_month == Range(4 * DOLLARS * 20 * 52 / 12, 6 * DOLLARS * 20 * 52 / 12)
    assert found.rate_date == RATE_DAY
    assert told(pay=Pay(4, "USD", HOUR, 6), hours_per_week=20)[1] == (
        "Son S/ 15 a 22.50 la hora y S/ 1,300 a 1,950 al mes, por 20 horas a la semana; cambio promedio al 31/12/2024"
    )


def test_an_hourly_rate_promises_no_month_where_nobody_tells_the_hours() -> None:
    found = compared(pay=Pay(10, "PEN", HOUR))
    assert (found.per_hour, found.per_month, found.hours_basis) == (Range(10, 10), None, None)
    assert told(pay=Pay(10, "PEN", HOUR)) == ["Paga S/ 10 por hora"]


@pytest.mark.parametrize(
    "pay", [None, Pay(500, "USD", PayPeriod.PROJECT), Pay(5000, "CHF", MONTH), Pay(300_000, "JPY", MONTH)]
)
def test_what_cannot_be_compared_is_not(pay: Pay | None) -> None:
    assert comparable_pay(replace(JOB, pay=pay)) is None


@pytest.mark.parametrize(
    ("changes", "deduction", "left"),
    [
        ({"contract": ContractType.FREELANCE}, Deduction.WITHHOLDING, Range(1435.2, 1435.2)),
        ({"description": "Emites recibo por honorarios"}, Deduction.WITHHOLDING, Range(1435.2, 1435.2)),
        ({"contract": ContractType.FREELANCE, "pay": Pay(1500, "PEN", MONTH)}, None, None),
        ({"contract": ContractType.FREELANCE, "pay": Pay(1200, "PEN", MONTH, 2000)}, Deduction.WITHHOLDING,
         Range(1200, 1840)),
        ({"contract": ContractType.PERMANENT}, Deduction.PENSION, Range(1357.2, 1357.2)),
        ({"description": "Ingreso a planilla desde el primer día"}, Deduction.PENSION, Range(1357.2, 1357.2)),
        ({"description": "Planilla, sueldo neto"}, None, None),
        ({"description": "Planilla o recibo por honorarios"}, None, None),
        ({"contract": ContractType.FREELANCE, "country": "US"}, None, None),
        ({}, None, None),
    ],
)  # fmt: skip
def test_what_is_left_follows_from_how_the_ad_pays(
    changes: dict[str, object], deduction: Deduction | None, left: Range | None
) -> None:
    found = compared(**changes)
    assert (found.deduction, found.left_per_month) == (deduction, left)


def test_what_is_left_is_told_with_its_share() -> None:
    assert told(contract=ContractType.FREELANCE)[-1] == (
        "Con recibo por honorarios te retienen 8% si pasa de S/ 1,500: quedan S/ 1,435 al mes"
    )
    assert told(contract=ContractType.PERMANENT)[-1] == (
        "En planilla te descuentan la pensión (13% en la ONP): quedan S/ 1,357 al mes"
    )


def test_what_comes_on_top_is_told_apart() -> None:
    pay = Pay(1130, "PEN", MONTH, extras="comisiones hasta 2,500")
    assert told(pay=pay)[0] == "Paga S/ 1,130 al mes; aparte: comisiones hasta 2,500"
