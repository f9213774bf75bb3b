"""Reads pay from the words of a posting: "S/. 1.500,00 Mensual", "460.00 US$ (Mensual)", "$18 - $22/hr"."""

from __future__ import annotations

import re

from engine.pay import Pay, PayPeriod
from engine.reading.terms import PERIOD, agreed, meaning_of
from engine.reading.text_cleaning import plain

AMOUNT = re.compile(r"(?<![\w.,])(\d[\d.,]*)\s?(k|mil)?(?![a-z])|(?<=[$€£/.])(\d[\d.,]*)\s?(k|mil)?(?![a-z])")
CURRENCIES = (
    (re.compile(r"us\s?\$|u\$s|\busd\b|\bdolares\b"), "USD"),
    (re.compile(r"\bs/\.?|\bpen\b|\bsoles\b"), "PEN"),
    (re.compile(r"€|\beur\b|\beuros?\b"), "EUR"),
    (re.compile(r"£|\bgbp\b"), "GBP"),
    (re.compile(r"r\$|\bbrl\b"), "BRL"),
)
OTHER_CURRENCY = re.compile(
    r"\b(?:ars|aud|bob|cad|chf|clp|cop|crc|czk|dkk|dop|gtq|huf|inr|jpy|mxn|nok|nzd|pln|pyg|ron|sek|sgd|uyu)\b"
)
FORTNIGHT = re.compile(r"quincena|fortnight|biweekly|bi-weekly")


def read_pay(text: str, currency: str | None = None, period: PayPeriod | None = None) -> Pay | None:
    """The pay that `text` states; `currency` and `period` are the source's own, for texts that name none.

    None unless there is one amount or one range, above 0, of a known currency and period.
    """
    words = plain(text)
    currencies = {code for pattern, code in CURRENCIES if pattern.search(words)}
    currencies |= {match[0].upper() for match in OTHER_CURRENCY.finditer(words)}
    stated_currency = agreed(currencies) if currencies else currency
    stated_period = None if FORTNIGHT.search(words) else meaning_of(words, PERIOD) or period
    amounts = [read_amount(match[1] or match[3], match[2] or match[4]) for match in AMOUNT.finditer(words)]
    if stated_currency is None or stated_period is None or len(amounts) not in (1, 2):
        return None
    lowest, highest = amounts[0], amounts[-1]
    if lowest is None or highest is None or not 0 < lowest <= highest < 1e9:
        return None
    return Pay(lowest, stated_currency, stated_period, highest if highest > lowest else None)


def read_amount(digits: str, thousands: str | None = None) -> float | None:
    """The number that `digits` write, by either convention: 1.500,00 · 1,500.00 · 1500.5 · 1.200.00 · 2.500."""
    digits = digits.strip(".,")
    groups = re.split(r"[.,]", digits)
    if len(groups) == 1:
        number = float(digits)
    elif len(groups[-1]) == 3 and not thousands:
        number = float("".join(groups))  # three digits after the last mark: a mark of thousands
    else:
        number = float("".join(groups[:-1]) + "." + groups[-1])
    return number * 1000 if thousands else number
