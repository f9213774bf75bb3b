"""Pay, and pay compared: any currency and period as soles a month and soles an hour."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from engine.errors import InvalidInputError, Message
from engine.facts import facts

WEEKS_PER_MONTH = 52 / 12


class PayPeriod(StrEnum):
    """What an amount is paid for. PROJECT is a sum for the whole job: no rate follows from it."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    PROJECT = "project"


@dataclass(frozen=True, slots=True)
class Pay:
    """An amount of a currency (ISO 4217) for a period; `max_amount` when a range is stated, from 0 where only its top
    is. `extras`: what the posting says comes on top, in its words.
    """

    amount: float
    currency: str
    period: PayPeriod
    max_amount: float | None = None
    extras: str | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.amount < 1e12:
            raise InvalidInputError(
                "impossible pay", expected="an amount from 0 up", got=str(self.amount), field="amount"
            )
        if self.max_amount is not None and not self.amount <= self.max_amount < 1e12:
            raise InvalidInputError(
                "a pay range ends below its start",
                expected=Message("max_amount of at least {amount}", amount=self.amount),
                got=str(self.max_amount),
                field="max_amount",
            )


@cache
def soles_per_unit() -> dict[str, float]:
    """Soles for one unit of each currency we know, from `facts/exchange_rates.toml`."""
    per_dollar = facts("exchange_rates")["units_per_usd"]
    return {code: per_dollar["PEN"] / units for code, units in per_dollar.items()}


def hours_per_day() -> float:
    """The hours that a day's pay is for: the legal working day."""
    return float(facts("peru")["working_time"]["max_hours_per_day"])


def soles_per_month(pay: Pay, hours_per_week: float | None) -> float | None:
    """The best stated pay in soles a month; None when it cannot be known.

    An hourly or daily rate needs `hours_per_week`; a currency without a rate and a project's sum give None.
    """
    rate = soles_per_unit().get(pay.currency)
    if rate is None or pay.period is PayPeriod.PROJECT:
        return None
    if pay.period in (PayPeriod.HOUR, PayPeriod.DAY) and hours_per_week is None:
        return None
    hours = hours_per_week or 0.0
    per_month = {
        PayPeriod.HOUR: hours * WEEKS_PER_MONTH,
        PayPeriod.DAY: hours / hours_per_day() * WEEKS_PER_MONTH,
        PayPeriod.WEEK: WEEKS_PER_MONTH,
        PayPeriod.MONTH: 1.0,
        PayPeriod.YEAR: 1 / 12,
    }[pay.period]
    return (pay.max_amount or pay.amount) * rate * per_month


def soles_per_hour(pay: Pay, hours_per_week: float | None) -> float | None:
    """The best stated pay in soles an hour; None when it cannot be known."""
    if pay.period in (PayPeriod.HOUR, PayPeriod.DAY):
        rate = soles_per_unit().get(pay.currency)
        hours = hours_per_day() if pay.period is PayPeriod.DAY else 1
        return None if rate is None else (pay.max_amount or pay.amount) * rate / hours
    per_month = soles_per_month(pay, hours_per_week)
    if per_month is None or not hours_per_week:
        return None
    return per_month / (hours_per_week * WEEKS_PER_MONTH)


def require_comparable(floor: Pay, hours_per_week: float | None) -> None:
    """Raise InvalidInputError for a pay floor that jobs' pay cannot be held against."""
    if soles_per_month(floor, hours_per_week) is None and soles_per_hour(floor, hours_per_week) is None:
        raise InvalidInputError(
            "this pay floor cannot be compared with jobs' pay",
            expected=Message(
                "a currency of {currencies}, by the hour, day, week, month or year",
                currencies=", ".join(sorted(soles_per_unit())),
            ),
            got=f"{floor.currency}/{floor.period.value}",
            fix="state the floor by the hour or by the month",
            field="min_pay",
        )
