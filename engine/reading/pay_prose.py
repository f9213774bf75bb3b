"""Pay in running text: the sentence of an ad that tells it ("Sueldo: S/ 1,300 + comisiones"), and what it says."""

from __future__ import annotations

import re

from engine.pay import Pay, PayPeriod
from engine.reading.amounts import find_amounts
from engine.reading.currencies import CURRENCY, currency_of
from engine.reading.found import Found
from engine.reading.number_words import with_digits
from engine.reading.pay_text import BASE, EXTRA, MINIMUM_WAGES, MINIMUM_WAGES_IN_PERU, read_pay
from engine.reading.text_cleaning import aligned_plain

LONGEST_TEXT = 20_000
LONGEST_CLAUSE = 150
LONGEST_SENTENCE, MOST_SENTENCES = 400, 12
# Bullets, check marks and pictures begin sentences too.
SENTENCE_END = re.compile(
    r"\n|(?<!:)(?<!:\t)\t|(?<=[^\d\s/])[.!?](?=\s)|[;•●▪✓✔✅➤►★*|\u2600-\u27bf\U0001f000-\U0001faff]"
)
CUE = re.compile(
    r"\b(?:sueldos?|salarios?|(?:rango|banda|oferta|propuesta|escala) (?:salarial|economica|remunerativa)|remuneraci"
    r"|pagamos|paga\b|pagan\b|se paga|ofrec\w+ pago|ingresos?|ganancias?|gana\b|ganas|ganar|honorario|haber basico"
    r"|basico"
    r"|tarifa|retribuci|compensacion|jornal\b|valor hora\b"
    r"|(?:(?:hourly|hour|daily|day|weekly|monthly|annual|yearly|base|gross|net) ){0,2}(?:salary|wages?|compensation"
    r"|pay|pays|paid|rate)\b|stipend|remuneration"
    r"|we offer"
    r"|ofrecemos|subvencion|earn\b|earnings)|(?:^|[.:;,(\-]\s?)pago\b"
)
# What else money in an ad is: sales, portfolios, fees of the person, prizes for somebody else.
OTHER_MONEY = re.compile(
    r"\b(?:ventas? (?:de|por|mayor)|cartera|meta|caja|credito|prestamo|factur|compras?|presupuesto|capital"
    r"|inversion|multa"
    r"|descuento|examen|costo|cuesta|deposit[ae]|inscripcion|matricula|seguro|poliza|uit\b|revenue|budget|raised"
    r"|funding"
    r"|customers?|clientes?|ticket|precio|vale de|bono de|referido|referral|sorteo|tope de|pretension|aspiracion"
    r"|pretendid)"
)
# Right before what somebody earns: it is a promise.
PROMISED = re.compile(r"\b(?:on[- ]target|potential|possible|can|could|may|consistently|potenciales|posibles)\W$")
UNPAID = re.compile(
    r"\b(?:no hay|sin) (?:remuneracion|sueldo|salario|pago)|\bno (?:es )?remunerad|\bad honorem|\bunpaid"
)
SPACED_NUMBER = re.compile(r"(?<![\d.,])\d(?:[.,]? \d(?!\d)){1,12}")  # "$ 1. 2 5 0. 0 0 0"
DIGIT = re.compile(r"\d")
AMOUNT_BEFORE = re.compile(
    rf"(?:(?:{CURRENCY.pattern})\s?)?\d[\d.,' ]{{1,12}}\s?(?:{CURRENCY.pattern})?\s?(?:como |de |de )?$"
)
# A short line that says no more than a post, its hours and an amount tells its pay.
HOURS_TERM = re.compile(r"\b(?:full|part) ?-?time\b|\btiempo completo\b|\bmedio tiempo\b")
HOURLY = re.compile(r"\d\s?(?:soles |usd |dolares )?(?:por|la|x|/|per|an) ?(?:hora|hour|hr)\b")
BY_LAW = re.compile(r"\bbeneficios de ley|\bplanilla")
ON_TOP = re.compile(r"\b(?:bono|comision|movilidad|incentiv|bonus)")
SHORT_LINE = 90
# A sentence that is nothing but a sum and what it is for.
SHARE_OF_ONE = re.compile(r"%[^.;]{0,12}$|\bmulta\b")
BESIDE_A_SUM = re.compile(
    rf"{CURRENCY.pattern}|(?<![a-z])(?:k|mil|a|x|al|el|la|por|per|to|de|desde|hasta|from|up|an|mes|mensual(?:es)?"
    r"|month(?:ly)?|hora|hour|hr|semanal(?:es)?|semana|week(?:ly)?|dia|diari[oa]s?|day|daily|ano|anual(?:es)?"
    r"|year(?:ly)?|yr|proyecto|project|brutos?|netos?|gross|net|(?:depending|based) on experience|doe"
    r"|segun experiencia)(?![a-z])|[\d\W_]"
)
LONGEST_BARE = 60
OF_SOMETHING_ELSE = re.compile(
    r"\b(?:equipment|wellness|health|rental|internet|almuerzo|refrigerio|pretension|aspiracion|home office"
    r"|learning|ultim[oa]s (?:\d|dos|tres|seis))\b"
)
MONTHLY = re.compile(
    r"\b(?:sueldo|salario|remuneraci|haber basico|basico|honorario|subvencion|ingresos? fijos?"
    r"|(?:rango|banda|oferta|propuesta|escala) (?:salarial|economica|remunerativa))"
)
YEARLY = re.compile(r"\b(?:salary|compensation|base pay|pay range)\b")  # in English, of sums that are no month's
LEAST_YEARLY, MOST_YEARLY = 15_000, 500_000
PAID_BY_YEAR = frozenset({"USD", "GBP", "EUR", "CAD", "AUD"})
# A salary without a sign, where the place's own money can be meant by it.
BARE_SALARY = re.compile(
    r"\b(?:sueldo|salario|remuneracion|haber|basico)(?: (?:basico|base|fij[oa]|mensual|net[oa]|brut[oa]|inicial|de|es"
    r"|desde|full time|part time|sera)){0,3} ?[:=]? ?"
    r"(?!20[12]\d\b(?! ?\+))\d{1,2}[.,]?\d{2,3}(?:[.,]00)?(?![\d%]|[.,]\d)"
)
PLUS_ON_TOP = re.compile(r"\d ?(?:(?:soles|usd|dolares|mensual(?:es)?|al mes) ){0,2}(?:\+|mas) ")
LEAST_MONTHLY = {"PEN": 300, "USD": 150}  # a salary without a period is a month's where it can be one
MOST_MONTHLY = {"PEN": 30_000, "USD": 10_000}
PAID_BY_MONTH = frozenset(
    ["AR", "BO", "CL", "CO", "CR", "EC", "ES", "GT", "HN", "MX", "NI", "PA", "PE", "PY", "SV", "UY", "VE"]
)
SURE, BY_CUSTOM = 0.95, 0.8
REACH = 60  # characters from a word for pay to the amount


def read_pay_in_prose(text: str, country: str | None = None, currency: str | None = None) -> Found[Pay] | None:
    """The pay that one sentence of `text` tells, or several alike; None where sentences tell different ones.

    `country` is the place's, `currency` the source's own, for signs that several share.
    """
    found: list[Found[Pay]] = []
    for sentence in _sentences(text[:LONGEST_TEXT]):
        pay = _pay_of_sentence(sentence, country, currency)
        if pay is not None:
            found.append(pay)
    best = {(one.value.amount, one.value.max_amount, one.value.currency, one.value.period) for one in found}
    if len(best) > 1:  # "Sueldo básico S/ 1,130. Ingresos hasta S/ 2,500": the base
        found = [one for one in found if one.value.amount > 0 and BASE.search(aligned_plain(one.sentence))]
        best = {(one.value.amount, one.value.max_amount, one.value.currency, one.value.period) for one in found}
    return found[0] if len(best) == 1 else None


def _sentences(text: str) -> list[str]:
    parts = [part.strip(" -\t") for part in SENTENCE_END.split(text)]
    told = [part for part in parts if _may_tell_pay(with_digits(aligned_plain(part[:LONGEST_SENTENCE])))]
    return [part[:LONGEST_SENTENCE] for part in told[:MOST_SENTENCES]]


def _may_tell_pay(words: str) -> bool:
    if DIGIT.search(words) is None:
        return _minimum_wage(words, "PE") is not None
    patterns = (CUE, HOURS_TERM, HOURLY, PLUS_ON_TOP)
    return any(pattern.search(words) for pattern in patterns) or _is_bare(words)


def _is_bare(words: str) -> bool:
    return len(words) <= LONGEST_BARE and not BESIDE_A_SUM.sub("", words)


def _pay_of_sentence(sentence: str, country: str | None, currency: str | None) -> Found[Pay] | None:
    written = SPACED_NUMBER.sub(lambda found: found[0].replace(" ", ""), sentence)
    words = with_digits(aligned_plain(written))
    wages = _minimum_wage(words, country)
    start = _clause_start(words) if wages is None else _start_of_wages(words, wages)
    is_bare = wages is None and _is_bare_salary(words, country)
    if start is None or UNPAID.search(words) or not (is_bare or wages or CURRENCY.search(words)):
        return None
    clause = written[start : start + LONGEST_CLAUSE]
    if not MONTHLY.search(words[start : start + REACH]) and not _has_signed_amount(
        words[start : start + LONGEST_CLAUSE]
    ):
        return None
    currency = currency or (currency_of(country) if is_bare else None)
    pay = read_pay(clause, currency, country=country)
    if pay is not None and (not is_bare or _may_be_monthly(pay)):
        return Found(pay, sentence, BY_CUSTOM if is_bare else SURE)
    pay = _by_custom(clause, words, country, currency)
    return Found(pay, sentence, BY_CUSTOM) if pay is not None else None


def _by_custom(clause: str, words: str, country: str | None, currency: str | None) -> Pay | None:
    """Pay whose period is not told: a month's, or in English, where it is much more, a year's."""
    is_monthly = MONTHLY.search(words) or HOURS_TERM.search(words) or _has_more_on_top(words)
    if country in PAID_BY_MONTH and is_monthly:
        pay = read_pay(clause, currency, PayPeriod.MONTH, country)
        if pay is not None and _may_be_monthly(pay):
            return pay
    pay = read_pay(clause, currency, PayPeriod.YEAR, country) if YEARLY.search(words) else None
    return pay if pay is not None and _may_be_yearly(pay) else None


def _is_bare_salary(words: str, country: str | None) -> bool:
    return CURRENCY.search(words) is None and currency_of(country) in LEAST_MONTHLY and bool(BARE_SALARY.search(words))


def _minimum_wage(words: str, country: str | None) -> re.Match[str] | None:
    """Minimum wages that a sentence tells ("sueldo: RMV", "2 sueldos mínimos"), and no share of one."""
    found = MINIMUM_WAGES.search(words) or (MINIMUM_WAGES_IN_PERU.search(words) if country == "PE" else None)
    return found if found is not None and SHARE_OF_ONE.search(words[: found.start()][-20:]) is None else None


def _start_of_wages(words: str, wages: re.Match[str]) -> int | None:
    """Where what is said of pay begins, that is told in minimum wages; None: they are of something else."""
    cue = CUE.search(words)
    if cue is None or not 0 <= wages.end() - cue.start() <= REACH:
        return None
    before = words[max(0, wages.start() - REACH) : wages.start()]
    return None if OTHER_MONEY.search(before) or EXTRA.search(before) else min(cue.start(), wages.start())


def _has_more_on_top(words: str) -> bool:
    """Whether a line tells an amount and then what comes on top: "S/ 1,200 + comisiones"."""
    plus, on_top = PLUS_ON_TOP.search(words), ON_TOP.search(words) or BY_LAW.search(words)
    return plus is not None and on_top is not None and plus.end() <= on_top.start()


def _may_be_yearly(pay: Pay) -> bool:
    return pay.currency in PAID_BY_YEAR and pay.amount >= LEAST_YEARLY and (pay.max_amount or 0) <= MOST_YEARLY


def _has_signed_amount(words: str) -> bool:
    return any(amount.signs for amount in find_amounts(words))


def _clause_start(words: str) -> int | None:
    """Where what is said of pay begins: at a word for it or at an amount right before one; None: it is other money."""
    cue = CUE.search(words)
    is_alone = cue is not None and HOURLY.search(words, 0, cue.start()) and not DIGIT.search(words, cue.end())
    if cue is None or is_alone:  # "Asesor de ventas S/ 1,300 Full time", "S/ 12 la hora (pago quincenal)"
        is_short = len(words) <= SHORT_LINE and not OTHER_MONEY.search(words)
        return 0 if is_short and (not ON_TOP.search(words) or _has_more_on_top(words)) else None
    before = AMOUNT_BEFORE.search(words[max(0, cue.start() - 40) : cue.start()])
    if before is not None:
        return max(0, cue.start() - 40) + before.start()
    if OF_SOMETHING_ELSE.search(words[max(0, cue.start() - 25) : cue.end() + REACH].partition("+")[0]):
        return None
    if PROMISED.search(words[max(0, cue.start() - 20) : cue.start()]):
        return None
    number = DIGIT.search(words, cue.end())
    if number is None or number.start() - cue.end() > REACH or OTHER_MONEY.search(words[cue.start() : number.start()]):
        return None
    return cue.start()


def _may_be_monthly(pay: Pay) -> bool:
    most = pay.max_amount or pay.amount
    return LEAST_MONTHLY.get(pay.currency, 0) <= most <= MOST_MONTHLY.get(pay.currency, 1e12)
