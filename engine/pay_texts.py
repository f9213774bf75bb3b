"""Pay in words: as its posting states it, in soles an hour and a month, and what is left of it."""

from __future__ import annotations

from datetime import date

from engine.comparable_pay import ComparablePay, Deduction, HoursBasis, Range
from engine.facts import facts
from engine.pay import Pay, PayPeriod

_PERIODS = {
    "es": {"hour": "por hora", "day": "por día", "week": "por semana", "month": "al mes", "year": "al año"},
    "en": {"hour": "an hour", "day": "a day", "week": "a week", "month": "a month", "year": "a year"},
}
_PROJECT = {"es": "por proyecto", "en": "for the project"}
_SYMBOLS = {"PEN": "S/", "USD": "US$", "EUR": "€"}
_TEXTS = {
    "es": {
        "range": "{least} a {most}",
        "up_to": "hasta {most}",
        "on_top": "{pay}; aparte: {extras}",
        "is": "Son {amounts}",
        "hour": "{soles} la hora",
        "month": "{soles} al mes",
        "and": " y ",
        "stated": ", por {hours} horas a la semana",
        "full_time": ", por {hours} horas a la semana (tiempo completo)",
        "assumed": ", si son {hours} horas a la semana, que el aviso no dice",
        "rate": "; cambio promedio al {day}",
        "withholding": "Con recibo por honorarios te retienen {share} si pasa de S/ {floor}: quedan {left} al mes",
        "pension": "En planilla te descuentan la pensión ({share} en la ONP): quedan {left} al mes",
    },
    "en": {
        "range": "{least} to {most}",
        "up_to": "up to {most}",
        "on_top": "{pay}; on top: {extras}",
        "is": "That is {amounts}",
        "hour": "{soles} an hour",
        "month": "{soles} a month",
        "and": " and ",
        "stated": ", for {hours} hours a week",
        "full_time": ", for {hours} hours a week (full time)",
        "assumed": ", if it is {hours} hours a week, which the ad does not say",
        "rate": "; average exchange rate at {day}",
        "withholding": "On receipts (honorarios) {share} is withheld over S/ {floor}: {left} a month is left",
        "pension": "On a payroll the pension is taken off ({share} in the ONP): {left} a month is left",
    },
}


def pay_text(pay: Pay, locale: str = "es") -> str:
    """A pay as people write it: `S/ 1,500 al mes`, `US$ 5 a 8.50 por hora`, `hasta S/ 2,500 al mes`."""
    symbol = _SYMBOLS.get(pay.currency, pay.currency)
    period = _PROJECT[locale] if pay.period is PayPeriod.PROJECT else _PERIODS[locale][pay.period.value]
    return f"{_range_text(symbol, pay.amount, pay.max_amount or pay.amount, locale)} {period}"


def stated_pay_text(pay: Pay, locale: str) -> str:
    """A pay with what its posting says comes on top."""
    text = pay_text(pay, locale)
    return text if pay.extras is None else _TEXTS[locale]["on_top"].format(pay=text, extras=pay.extras)


def comparison_texts(pay: Pay, comparable: ComparablePay, locale: str) -> list[str]:
    """The sentences on a pay in soles: an hour and a month, as far as its posting does not say so itself, and what is
    left."""
    texts, amounts = _TEXTS[locale], []
    is_in_soles = pay.currency == "PEN"
    for unit, soles in (("hour", comparable.per_hour), ("month", comparable.per_month)):
        if soles is not None and not (is_in_soles and pay.period.value == unit):
            shown = soles if unit == "hour" else Range(round(soles.least), round(soles.most))
            amounts.append(texts[unit].format(soles=_soles(shown, locale)))
    found = []
    if amounts:
        found.append(texts["is"].format(amounts=texts["and"].join(amounts)) + _assumptions(pay, comparable, locale))
    if comparable.deduction is not None and comparable.left_per_month is not None:
        found.append(_left_text(comparable.deduction, comparable.left_per_month, locale))
    return found


def _assumptions(pay: Pay, comparable: ComparablePay, locale: str) -> str:
    texts = _TEXTS[locale]
    told = ""
    needs_hours = comparable.per_month is not None or pay.period not in (PayPeriod.HOUR, PayPeriod.DAY)
    if comparable.hours_basis is not None and comparable.hours_per_week is not None and needs_hours:
        told = texts[HoursBasis(comparable.hours_basis).value].format(hours=_plain_number(comparable.hours_per_week))
    if comparable.rate_date is not None:
        told += texts["rate"].format(day=date.fromisoformat(comparable.rate_date).strftime("%d/%m/%Y"))
    return told


def _left_text(deduction: Deduction, left: Range, locale: str) -> str:
    here = facts("peru")
    share = (
        here["pension"]["national_share"] if deduction is Deduction.PENSION else here["honorarios"]["withheld_share"]
    )
    return _TEXTS[locale][deduction.value].format(
        share=f"{share:.0%}",
        floor=money(here["honorarios"]["receipt_over_soles"]),
        left=_soles(Range(round(left.least), round(left.most)), locale),
    )


def _soles(soles: Range, locale: str) -> str:
    return _range_text("S/", soles.least, soles.most, locale)


def _range_text(symbol: str, least: float, most: float, locale: str) -> str:
    texts = _TEXTS[locale]
    if most <= least:
        return f"{symbol} {money(least)}"
    if least == 0:
        return texts["up_to"].format(most=f"{symbol} {money(most)}")
    return f"{symbol} {texts['range'].format(least=money(least), most=money(most))}"


def money(amount: float) -> str:
    """An amount with commas of thousands, as Peru writes them, and two decimals or none: `85.50`, `1,500`."""
    return f"{amount:,.0f}" if amount == round(amount) else f"{amount:,.2f}"


def _plain_number(value: float) -> str:
    return f"{value:g}"
