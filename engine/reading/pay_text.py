"""Reads pay from the words of a posting: "S/. 1.500,00 Mensual", "$18 - $22/hr", "básico 1,130 + comisiones"."""

from __future__ import annotations

import re
from dataclasses import replace

from engine.facts import facts
from engine.pay import Pay, PayPeriod, soles_per_unit
from engine.reading.amounts import LARGEST, Amount, find_amounts
from engine.reading.currencies import CURRENCY, agreed_currency, meanings
from engine.reading.number_words import with_digits
from engine.reading.pay_periods import FORTNIGHT, PIECE, WORKING_HOURS, period_of
from engine.reading.text_cleaning import aligned_plain, tidy

LONGEST_PAY_TEXT = 1_000
LONGEST_EXTRAS = 300
MOST_MINIMUM_WAGES = 40
NEAR_BASE, RIGHT_AFTER = 30, 3  # characters
BASE = re.compile(r"\bbasic[oa]s?\b|\bbase\b|\bfij[oa]s?\b|\bfixed\b|\bplanilla\b")
EXTRA = re.compile(
    r"\bcomision|\bbono|\bbonific|\bincentiv|\bvariable|\bpropina|\bmovilidad|\bviatico|\basignacion|\bgratific"
    r"|\butilidades"
    r"|\bcommission|\bbonus|\btips?\b|\bequity\b|\bote\b|\bpremio|\badicional|\bhoras extra|\bovertime|\bcanasta"
    r"|\bvales?\b"
    r"|\bbeneficios|\bbenefits|\balimentacion|\brefrigerio"
    # What one might earn is a promise, not pay.
    r"|\bingresos? (?:mensual(?:es)? |total(?:es)? )?(?:de )?(?:mas de|mayor|superior|promedio|hasta|variab"
    r"|ilimitad|extra"
    r"|adicional)|\bgana[sr]? (?:mas|hasta|desde)"
    r"|\bsin (?:tope|limite)|\bearn (?:up|over|more)|\btop performers|\b(?:can|could|may|consistently) earn\b"
    r"|\bpresentismo|\bal cumpli|\bpuntualidad|\bon[- ]target|\bearnings? potential|\bpotential earnings"
    r"|\b(?:pueden?|puedes|podras?|podrias?|llegas?) (?:a )?(?:llegar|ganar|alcanzar|superar)"
)
# Where one part of what is paid ends and the next begins; a comma inside a number is none.
JOINT = re.compile(
    r"\s*(?:\+|;|\||\n|\(|(?<!\d),|,(?!\d)|-\s?(?=sueldo|basico|salario|fijo|ingreso|bono|comision|pago)"
    r"|\bmas\b(?! de\b)|\bplus\b|\bcon\b|\bwith\b)\s*"
)
AND = re.compile(rf"{JOINT.pattern}|\s+(?:y|e|and|&)\s+")
# "+ S/ 200 (bono de alimentos)": the bracket says what the amount before it is.
NAMED_IN_BRACKETS = re.compile(
    rf"(\+ ?(?:{CURRENCY.pattern})? ?\d[\d.,]{{0,12}} ?(?:soles )?)\((?=(?:de |por |como )?(?:{EXTRA.pattern}))"
)
IN_TWO_CURRENCIES = re.compile(rf"\s?/\s?(?:{CURRENCY.pattern})(?!\s?\d)")
BETWEEN = re.compile(r"\b(?:entre|between)\b")
UP_TO = re.compile(r"\b(?:hasta|up to|maximo|max\.?|tope|as much as)\s*(?:de\s*|los\s*)?$")
NEGATIVE = re.compile(r"(?:^|[^\w\s)])\s?-\s?$|^\s*-$|−\s?$")
LAST_DIGIT = re.compile(r"\d\D*+\Z")
SENTENCE_BREAK = re.compile(r"[.:](?=\s)|[)(]")
DIGIT = re.compile(r"\d")
WAGE_COUNTS = {
    **{"un": 1, "una": 1, "uno": 1, "one": 1, "dos": 2, "two": 2, "tres": 3, "three": 3, "cuatro": 4, "four": 4},
    **{"cinco": 5, "five": 5, "seis": 6, "six": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "ten": 10},
    **{"medio": 0.5, "media": 0.5, "half": 0.5},
}
_COUNT = rf"(?:\d{{1,2}}(?:[.,]\d{{1,2}})?|{'|'.join(WAGE_COUNTS)})\b(?:\s(?:1/2|y medi[ao]))?"
_WAGES = (
    rf"(?:(?<![\w.,])(?:(?P<least>{_COUNT})\s?(?:-|a|o|y|to|or|hasta)\s?)?(?P<count>{_COUNT})\s?(?:a )?)?"
    r"(?:%s)(?P<half> y medi[ao]\b)?"
)
MINIMUM_WAGES = re.compile(_WAGES % r"\brmv\b|\bremuneracion(?:es)? minimas? vital(?:es)?\b")
MINIMUM_WAGES_IN_PERU = re.compile(_WAGES % r"\b(?:sueldo|salario)s? minimos?(?: vital(?:es)?)?\b|\bminimum wages?\b")
# Soles: more an hour is a slip ("12.125 por hora" for 12 and an eighth), more by a sign that countries share is pesos.
MOST_AN_HOUR, MOST_BY_A_SHARED_SIGN, MOST_A_YEAR = 5_000, 250_000, 1_200_000
LEAST_A_MONTH = 20  # of any currency: "S/ 3" was meant to be thousands
HALF = re.compile(r"\s?½")


def read_pay(
    text: str, currency: str | None = None, period: PayPeriod | None = None, country: str | None = None
) -> Pay | None:
    """The pay that `text` states; `currency` and `period` are the source's own, for texts that name none.

    `country` is the place's, by which a sign that several countries share is read. None unless there is one amount or
    one range, above 0, of a known currency and period. What comes on top of a base is told in `extras`.
    """
    text = HALF.sub(".5", tidy(text[:LONGEST_PAY_TEXT]))
    words = NAMED_IN_BRACKETS.sub(r"\1 ", with_digits(WORKING_HOURS.sub(_blank, aligned_plain(text))))
    extras = _extras(words)
    main = words
    for start, end in extras:
        main = main[:start] + " " * (end - start) + main[end:]
    if PIECE.search(main):
        return None
    wages = MINIMUM_WAGES.search(main) or (MINIMUM_WAGES_IN_PERU.search(main) if country == "PE" else None)
    period = PayPeriod.MONTH if wages is not None else period
    pay = _minimum_wages(main, wages) or _stated(main, words, currency, period, country)
    on_top = ", ".join(_told(text[start:end]) for start, end in extras)[:LONGEST_EXTRAS]
    return replace(pay, extras=on_top) if pay is not None and on_top else pay


def _blank(found: re.Match[str]) -> str:
    return ";".ljust(len(found[0]))


def _told(text: str) -> str:
    """What comes on top, as the ad tells it: without the marks around it, and with the end of a bracket inside it."""
    told = text.strip(" .:-()")
    return told + ")" * (text.rstrip(" .:-").endswith(")") and told.count("(") > told.count(")"))


def _extras(words: str) -> list[tuple[int, int]]:
    """Where the text tells of what is paid on top: commissions, bonuses, allowances."""
    joints = list((JOINT if BETWEEN.search(words) else AND).finditer(words))
    starts = [0, *(joint.end() for joint in joints)]
    ends = [*(joint.start() for joint in joints), len(words)]
    found: list[tuple[int, int]] = []
    last_end = 0
    for start, end in zip(starts, ends, strict=True):
        part = words[start:end]
        goes_on = bool(found) and not BASE.search(part) and not DIGIT.search(part) and found[-1][1] >= last_end
        goes_on = goes_on and "\n" not in words[found[-1][1] : start]
        last_end = end
        if goes_on:
            found[-1] = (found[-1][0], end)
        elif (extra := _extra_start(part)) is not None:
            found.append((start + extra, end))
    return found


def _extra_start(part: str) -> int | None:
    """Where a part tells of what is on top: all of it, but where an amount and another sentence come first."""
    extra, base = EXTRA.search(part), BASE.search(part)
    if extra is None or (base is not None and base.start() < extra.start()):
        return None
    amount = LAST_DIGIT.search(part[: extra.start()])
    return extra.start() if amount is not None and SENTENCE_BREAK.search(part, amount.start(), extra.start()) else 0


def _stated(main: str, words: str, currency: str | None, period: PayPeriod | None, country: str | None) -> Pay | None:
    amounts = _one_amount(find_amounts(main), main)
    if len(amounts) != 1 or NEGATIVE.search(main[: amounts[0].start]):
        return None
    amount = amounts[0]
    if IN_TWO_CURRENCIES.match(main, amount.end):
        return None
    signs = amount.signs or next(filter(None, (_signs(text) for text in (main, words))), ())
    stated_currency = agreed_currency(signs, country, currency)
    stated_period = period_of(main, amount.end)
    if stated_period is None and period_of(words, amount.end) is PayPeriod.MONTH:  # the last word of a list is for all
        stated_period = PayPeriod.MONTH
    stated_period = stated_period or (None if FORTNIGHT.search(words) else period)
    if stated_currency is None or stated_period is None or not 0 < amount.least <= amount.most:
        return None
    if stated_period in (PayPeriod.MONTH, PayPeriod.YEAR) and amount.most < LEAST_A_MONTH:
        return None
    least = 0.0 if amount.least == amount.most and UP_TO.search(main[: amount.start]) else amount.least
    pay = Pay(least, stated_currency, stated_period, amount.most if amount.most > least else None)
    soles = amount.most * soles_per_unit().get(stated_currency, 0)
    return None if soles > _most_soles(stated_period, is_shared=_is_shared(signs)) else pay


def _most_soles(period: PayPeriod, *, is_shared: bool) -> float:
    """The most that an amount may be worth; `is_shared`: its sign is that of several countries' money."""
    if period is PayPeriod.HOUR:
        return MOST_AN_HOUR
    if not is_shared:
        return LARGEST
    return MOST_A_YEAR if period is PayPeriod.YEAR else MOST_BY_A_SHARED_SIGN


def _is_shared(signs: tuple[str, ...]) -> bool:
    return bool(signs) and all(len(meanings(sign)) > 1 for sign in signs)


def _signs(words: str) -> tuple[str, ...]:
    return tuple(match[0] for match in CURRENCY.finditer(words))


def _one_amount(amounts: list[Amount], main: str) -> list[Amount]:
    """The amounts that differ; of several the one that is called the base."""
    distinct = list({(amount.least, amount.most): amount for amount in reversed(amounts)}.values())
    bases = list(BASE.finditer(main)) if len(distinct) > 1 else []
    after = [amount for amount in amounts if bases and 0 <= amount.start - bases[-1].end() <= NEAR_BASE]
    before = [amount for base in bases for amount in amounts if 0 <= base.start() - amount.end <= RIGHT_AFTER]
    return before[:1] or after[:1] or distinct


def _minimum_wages(main: str, wages: re.Match[str] | None) -> Pay | None:
    """Pay told in minimum wages: "1.5 RMV", "uno a dos sueldos mínimos"; None where it is told in money."""
    if wages is None:
        return None
    most = (_wage_count(wages["count"]) if wages["count"] else 1.0) + (0.5 if wages["half"] else 0)
    least = _wage_count(wages["least"]) if wages["least"] else most
    others = main[: wages.start()] + main[wages.end() :]
    if find_amounts(others) or not 0 < least <= most <= MOST_MINIMUM_WAGES:
        return None
    soles = facts("peru")["minimum_wage"]["soles_per_month"]
    if least == most and UP_TO.search(main[: wages.start()]):
        least = 0
    return Pay(round(least * soles, 2), "PEN", PayPeriod.MONTH, round(most * soles, 2) if most > least else None)


def _wage_count(written: str) -> float:
    """The number of "1,5", "dos", "1 1/2" or "uno y medio"."""
    whole, _, half = written.partition(" ")
    return (WAGE_COUNTS.get(whole) or float(whole.replace(",", "."))) + (0.5 if half else 0)
