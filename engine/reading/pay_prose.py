"""Pay in running text: the sentence of an ad that tells it ("Sueldo: S/ 1,300 + comisiones"), and what it says."""

from __future__ import annotations

import re

from engine.pay import Pay, PayPeriod
from engine.reading.currencies import CURRENCY
from engine.reading.found import Found
from engine.reading.pay_text import BASE, read_pay
from engine.reading.text_cleaning import aligned_plain

LONGEST_TEXT = 20_000
LONGEST_CLAUSE = 200
LONGEST_SENTENCE, MOST_SENTENCES = 400, 12
# Bullets, check marks and pictures begin sentences too.
SENTENCE_END = re.compile(r"\n|(?<=[^\d\s])[.!?](?=\s)|[;•●▪✓✔✅➤►★*|\u2600-\u27bf\U0001f000-\U0001faff]")
CUE = re.compile(
    r"\b(?:sueldo|salario|remuneraci|remunerativ|pago|pagamos|paga\b|se paga|ingresos?|ganancias?|gana\b|ganas"
    r"|honorario"
    r"|haber basico|basico|tarifa|retribuci|compensacion|oferta economica|propuesta economica|salary|wage|compensation"
    r"|pay\b|pays\b|pay rate|hourly rate|rate\b|stipend|remuneration|we offer|ofrecemos|subvencion)"
)
# What else money in an ad is: sales, portfolios, fees of the person, prizes for somebody else.
OTHER_MONEY = re.compile(
    r"\b(?:ventas? (?:de|por|mayor)|cartera|meta|caja|credito|prestamo|factur|compras?|presupuesto|capital"
    r"|inversion|multa"
    r"|descuento|examen|costo|cuesta|deposit[ae]|inscripcion|matricula|seguro|poliza|uit\b|revenue|budget|raised"
    r"|funding"
    r"|customers?|clientes?|vale de|bono de|referido|referral|sorteo|tope de)"
)
UNPAID = re.compile(
    r"\b(?:no hay|sin) (?:remuneracion|sueldo|salario|pago)|\bno (?:es )?remunerad|\bad honorem|\bunpaid"
)
SPACED_NUMBER = re.compile(r"(?<![\d.,])\d(?:[.,]? \d(?!\d)){1,12}")  # "$ 1. 2 5 0. 0 0 0"
DIGIT = re.compile(r"\d")
AMOUNT_BEFORE = re.compile(
    rf"(?:(?:{CURRENCY.pattern})\s?)?\d[\d.,' ]{{1,12}}\s?(?:{CURRENCY.pattern})?\s?(?:como |de |de )?$"
)
MONTHLY = re.compile(r"\b(?:sueldo|salario|remuneraci|haber basico|basico|honorario|subvencion)")
LEAST_MONTHLY = {"PEN": 300, "USD": 150}  # a salary without a period is a month's where it can be one
MOST_MONTHLY = {"PEN": 30_000, "USD": 10_000}
PAID_BY_MONTH = frozenset(
    ["AR", "BO", "CL", "CO", "CR", "EC", "ES", "GT", "HN", "MX", "NI", "PA", "PE", "PY", "SV", "UY", "VE"]
)
SURE, BY_CUSTOM = 0.95, 0.8
REACH = 60  # characters from a word for pay to the amount


def read_pay_in_prose(text: str, country: str | None = None) -> Found[Pay] | None:
    """The pay that one sentence of `text` tells, or several alike; None where sentences tell different ones."""
    found: list[Found[Pay]] = []
    for sentence in _sentences(text[:LONGEST_TEXT]):
        pay = _pay_of_sentence(sentence, country)
        if pay is not None:
            found.append(pay)
    best = {(one.value.amount, one.value.max_amount, one.value.currency, one.value.period) for one in found}
    if len(best) > 1:  # "Sueldo básico S/ 1,130. Ingresos hasta S/ 2,500": the base
        found = [one for one in found if one.value.amount > 0 and BASE.search(aligned_plain(one.sentence))]
        best = {(one.value.amount, one.value.max_amount, one.value.currency, one.value.period) for one in found}
    return found[0] if len(best) == 1 else None


def _sentences(text: str) -> list[str]:
    parts = [part.strip() for part in SENTENCE_END.split(text)]
    told = [part for part in parts if DIGIT.search(part) and CUE.search(aligned_plain(part))]
    return [part[:LONGEST_SENTENCE] for part in told[:MOST_SENTENCES]]


def _pay_of_sentence(sentence: str, country: str | None) -> Found[Pay] | None:
    written = SPACED_NUMBER.sub(lambda found: found[0].replace(" ", ""), sentence)
    words = aligned_plain(written)
    start = _clause_start(words)
    if start is None or not CURRENCY.search(words) or UNPAID.search(words):
        return None
    clause = written[start : start + LONGEST_CLAUSE]
    pay = read_pay(clause, country=country)
    if pay is not None:
        return Found(pay, sentence, SURE)
    if country in PAID_BY_MONTH and MONTHLY.search(words):
        pay = read_pay(clause, period=PayPeriod.MONTH, country=country)
        if pay is not None and _may_be_monthly(pay):
            return Found(pay, sentence, BY_CUSTOM)
    return None


def _clause_start(words: str) -> int | None:
    """Where what is said of pay begins: at a word for it or at an amount right before one; None: it is other money."""
    cue = CUE.search(words)
    if cue is None:
        return None
    before = AMOUNT_BEFORE.search(words[max(0, cue.start() - 40) : cue.start()])
    if before is not None:
        return max(0, cue.start() - 40) + before.start()
    number = DIGIT.search(words, cue.end())
    if number is None or number.start() - cue.end() > REACH or OTHER_MONEY.search(words[cue.start() : number.start()]):
        return None
    return cue.start()


def _may_be_monthly(pay: Pay) -> bool:
    most = pay.max_amount or pay.amount
    return LEAST_MONTHLY.get(pay.currency, 0) <= most <= MOST_MONTHLY.get(pay.currency, 1e12)
