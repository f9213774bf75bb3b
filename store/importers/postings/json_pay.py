"""Pay as schema.org's `baseSalary` states it: a `MonetaryAmount`, a list of them, a number or words.

Numbers are JSON's, in quotes too: "18.125" an hour is no eighteen thousand. One below zero stands for "not known".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from engine.pay import Pay, PayPeriod, soles_per_month
from engine.reading.currencies import CODES, CURRENCY, agreed_currency
from engine.reading.pay_periods import period_of
from engine.reading.pay_text import read_pay
from engine.reading.text_cleaning import plain

JSON_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,30})?(?:[eE][+-]?\d{1,2})?")
UNIT_CODES = {
    "hur": PayPeriod.HOUR,
    "day": PayPeriod.DAY,
    "wee": PayPeriod.WEEK,
    "mon": PayPeriod.MONTH,
    "ann": PayPeriod.YEAR,
}
LONGEST_TEXT = 1_000
MOST_RATES, DEEPEST = 20, 4
LEAST_SOLES_A_MONTH = 20  # less is a slip: "2.500" where 2,500 was meant
WIDEST_RANGE = 100  # times its least: more is two rates in one, 20 an hour to 41,600 a year
LARGEST = 1e9


def read_json_pay(values: list[Any], country: str | None = None) -> Pay | None:
    """The pay that JSON `values` state; of several rates for one work the first, of several grades the whole range.

    A value that only names a currency (`salaryCurrency`) is that of the others.
    """
    named = [code for value in values if isinstance(value, str) and (code := _named_currency(value, country))]
    default = named[0] if named else None
    rates = [rate for value in values for rate in _rates(value, default, None, country)][:MOST_RATES]
    same = [rate for rate in rates if (rate.currency, rate.period) == (rates[0].currency, rates[0].period)]
    if not same or any(_is_a_slip(rate) for rate in same):
        return None
    least, most = min(rate.amount for rate in same), max(rate.max_amount or rate.amount for rate in same)
    if least > 0 and most > WIDEST_RANGE * least:
        return None
    return replace(same[0], amount=least, max_amount=most if most > least else None)


def _rates(
    value: Any, currency: str | None, period: PayPeriod | None, country: str | None, depth: int = 0
) -> Iterator[Pay]:
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for item in value[:MOST_RATES]:
            yield from _rates(item, currency, period, country, depth + 1)
    elif isinstance(value, Mapping):
        yield from _rates_of_object(value, currency, period, country, depth)
    elif isinstance(value, str | int | float) and not isinstance(value, bool):
        number = _number(value)
        found = (
            _pay(number, number, currency, period) if number is not None else _read(value, currency, period, country)
        )
        if found is not None:
            yield found


def _rates_of_object(
    value: Mapping[str, Any], currency: str | None, period: PayPeriod | None, country: str | None, depth: int
) -> Iterator[Pay]:
    value = {key: _typed(held) for key, held in value.items()}
    currency, period = _currency(value.get("currency"), currency, country), _period(value, period)
    ends = [end if _is_stated(end) else None for end in (value.get("minValue"), value.get("maxValue"))]
    if any(end is not None for end in ends):
        numbers = [_number(end) for end in ends]
        if any(isinstance(end, str) and number is None for end, number in zip(ends, numbers, strict=True)):
            found = _read(" - ".join(str(end) for end in ends if end is not None), currency, period, country)
        else:
            found = _pay(numbers[0], numbers[1], currency, period)
        if found is not None:
            yield found
            return
    yield from _rates(value.get("value", value.get("@value")), currency, period, country, depth + 1)


def _is_stated(end: Any) -> bool:
    """Whether an end of a range says anything: "N/A" does not."""
    return not isinstance(end, str) or re.search(r"\d", end[:LONGEST_TEXT]) is not None


def _pay(least: float | None, most: float | None, currency: str | None, period: PayPeriod | None) -> Pay | None:
    """A range of what is known of it; an end below zero, or none at all, is not known."""
    least = least if least is not None and 0 <= least < LARGEST else None
    most = most if most is not None and 0 < most < LARGEST else None
    if currency is None or period is None or not (least or most):
        return None
    if most is None or least is None:
        return Pay(0, currency, period, most) if most is not None else Pay(least or 0, currency, period)
    return Pay(least, currency, period, most if most > least else None) if least <= most else None


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if isinstance(value, str):
        value = value.strip()
        return float(value) if JSON_NUMBER.fullmatch(value) else None
    return float(value) if abs(value) < LARGEST else None


def _read(value: Any, currency: str | None, period: PayPeriod | None, country: str | None) -> Pay | None:
    return read_pay(str(value), currency, period, country)


def _currency(value: Any, default: str | None, country: str | None) -> str | None:
    if isinstance(value, list):
        value = value[0] if len(value) == 1 else None
    return default if value is None else _named_currency(value, country)


def _named_currency(value: Any, country: str | None) -> str | None:
    """The currency that a text is the name of; None for any other text."""
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        return None
    words = plain(value).strip()
    if words.upper() in CODES:
        return words.upper()
    return agreed_currency([words], country, None) if CURRENCY.fullmatch(words) else None


def _period(value: Mapping[str, Any], default: PayPeriod | None) -> PayPeriod | None:
    unit = value.get("unitText", value.get("unitCode"))
    if not isinstance(unit, str):
        return default
    words = plain(unit[:LONGEST_TEXT]).strip()
    return UNIT_CODES.get(words) or period_of(words, 0)


def _is_a_slip(pay: Pay) -> bool:
    monthly = soles_per_month(pay, None)
    return monthly is not None and pay.period in (PayPeriod.MONTH, PayPeriod.YEAR) and monthly < LEAST_SOLES_A_MONTH


def _typed(value: Any) -> Any:
    """What JSON-LD says of a value that has a type, `{"@value": …}`."""
    return value["@value"] if isinstance(value, Mapping) and "@value" in value else value
