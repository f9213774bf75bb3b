"""Pay that searches ask for: "S/ 1500 al mes", "mil quinientos soles", "20 soles la hora"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.facts import facts
from engine.pay import Pay, PayPeriod
from engine.reading.pay_text import read_pay
from engine.search.chips import ChipKind
from engine.search.limit_phrases import Said

_PERIOD = (
    r"(?:(?:al|por|x|cada|a|per|an?|la|/)\s?(?:mes|hora|dia|semana|ano|month|hour|hr|h|day|week|year)|mensual(?:es)?"
    r"|monthly|diari[oa]s?|daily|semanal(?:es)?|weekly|hourly|anual(?:es)?|yearly)"
)
_MORE = (
    r"(?:(?:desde|minim[oa]|min|mas|mayor|superior|mejor|de|al|a|menos|por|lo|gan(?:ar|o|e)|que|paguen?|pagan?|sueldos?|salarios?|pagos?|at|least"
    r"|over|more|than|pay|paying|salary|from|\+)\s){0,4}"
)
_SIGN = r"(?:s/\.?|us\$|\$|usd|pen|eur|€)"
_UNIT = r"(?:nuevos soles|soles|sol|dolares|dollars|usd|pen|euros|lucas|luquitas|mangos)"
_THOUSANDS = r"(?:(?:dos |tres |cuatro |cinco )?mil(?: (?:cien|doscientos|trescientos|quinientos|ochocientos))?)"
_AMOUNT = r"\d{1,3}(?:[ ,.]\d{3}){1,2}(?![\d])(?:[.,]\d{1,2})?|\d{1,6}(?:[.,]\d{1,2})?"
_OR_MORE = r"(?:\s(?P<{}>o mas|a mas|or more|en adelante|como minimo|netos|libres|brutos))?"
# Of a range the least is what is asked for.
_LEAST = (
    rf"(?:(?:entre |between )?(?P<least_sign>{_SIGN})?\s?(?P<least>{_AMOUNT})(?:\s?(?:k|mil)\b)?"
    r"\s?(?:-|a|y|to|and|hasta)\s)?"
)
ASKED = re.compile(
    rf"(?<![\w/.,])(?P<more>{_MORE}){_LEAST}(?P<sign>{_SIGN})?\s?(?P<amount>{_AMOUNT}|{_THOUSANDS})"
    rf"(?P<scale>\s?k\b|\s?mil\b)?(?:\s?(?P<unit>{_UNIT}\b))?{_OR_MORE.format('or_more')}"
    rf"(?:\s?(?P<period>{_PERIOD}\b))?{_OR_MORE.format('or_more_after')}"
)
MINIMUM_WAGE = re.compile(
    rf"\b(?:(?:desde|al menos|minimo|por lo menos|at least|mas|de|del|el|que|con|paguen?|gan(?:ar|o|e))\s){{0,4}}"
    r"(?:(?:sueldos?|salarios?|pagos?|remuneracion(?:es)?) minim[oa]s?(?: vital)?|\brmv\b|minimum (?:wage|salary))"
    rf"(?!\s(?:de\s)?(?:{_SIGN}|\d))(?! (?:o mas|a mas)\b)(?: (?:o|a) mas\b)?"
)
PAY_WORDS = re.compile(r"\b(?:sueldo|salario|pago|pag(?:ue|a)|gan|pay|salary)")
BOUNDS = re.compile(
    r"\b(?:desde|minim[oa]|min|mas de|mayor|superior|al menos|por lo menos|at least|over|more than|from)\b"
)
NOT_PAY = re.compile(
    r"\s?(?:palabras?|words?|horas?|hrs?|hours?|h\b|clientes?|personas?|llamadas?|anos?|years?|dias?|km|seguidores?"
    r"|unidades|followers|usuarios?|productos?|caracteres)"
)
SAYS_NO_MORE = re.compile(r"\s*(?:$|[^\w\s]|(?:en|por|para|con|sin|y|de|desde|in|for|with|at)\b)")
YEARS = range(2001, 2036)
LEAST_BARE, MOST_BARE = 400, 20_000
AT_MOST = re.compile(r"\b(?:hasta|menos de|maximo|max|under|up to|below)\s*$")
NUMBER_WORDS = {
    "dos": 2,
    "tres": 3,
    "cuatro": 4,
    "cinco": 5,
    "cien": 100,
    "doscientos": 200,
    "trescientos": 300,
    "quinientos": 500,
    "ochocientos": 800,
}
SLANG = re.compile(r"\b(?:lucas|luquitas|mangos|nuevos soles|sol)\b")
LEAST_MONTHLY, MOST_HOURLY = 300, 60  # soles: what a bare amount is taken for


def pay_in(words: str) -> Iterator[Said]:
    """The least pay that plain words ask for."""
    for found in MINIMUM_WAGE.finditer(words):
        monthly = float(facts("peru")["minimum_wage"]["soles_per_month"])
        yield ChipKind.PAY, Pay(monthly, "PEN", PayPeriod.MONTH), found.start(), found.end()
    for found in ASKED.finditer(words):
        if AT_MOST.search(words[: found.start()]):
            continue
        pay = _pay(found)
        if pay is not None:
            yield ChipKind.PAY, pay, found.start(), found.end()


def _pay(found: re.Match[str]) -> Pay | None:
    amount, period = found["least"] or found["amount"], found["period"]
    sign = found["sign"] or found["least_sign"]
    has_money = sign is not None or found["unit"] is not None
    if not has_money and not _may_be_monthly(found) and not _is_asked_bare(found):
        return None
    if amount[0].isalpha():
        amount = str(_spelled(amount))
    unit = SLANG.sub("soles", found["unit"] or ("" if sign else "soles"))
    text = f"{sign or ''} {amount}{(found['scale'] or '').strip()} {unit}"
    if period is not None:
        return _sound(read_pay(f"{text} {period}", country="PE"))
    bare = read_pay(text, period=PayPeriod.MONTH, country="PE")
    if bare is None or bare.amount >= LEAST_MONTHLY:
        return _sound(bare)
    by = PayPeriod.HOUR if bare.amount <= MOST_HOURLY else PayPeriod.DAY
    return _sound(read_pay(text, period=by, country="PE"))


def _is_asked_bare(found: re.Match[str]) -> bool:
    """Whether a number alone is pay: "sueldo 1500", "1500 a más"; not "más de 1500 palabras", "desde 2024"."""
    number, ahead = re.sub(r"\D", "", found["amount"]), found.string[found.end() :]
    if found["period"] is not None or not number or not LEAST_BARE <= int(number) <= MOST_BARE or NOT_PAY.match(ahead):
        return False
    if PAY_WORDS.search(found["more"]):
        return True
    is_bound = BOUNDS.search(found["more"]) or found["or_more"] or found["or_more_after"]
    return bool(is_bound) and int(number) not in YEARS and SAYS_NO_MORE.match(ahead) is not None


def _may_be_monthly(found: re.Match[str]) -> bool:
    """Whether a number without a sign may be pay: "1500 al mes", not "20 a la semana"."""
    number = found["amount"]
    is_month = (found["period"] or "").endswith(("mes", "mensual", "mensuales", "month", "monthly"))
    return is_month and (number[0].isalpha() or found["scale"] is not None or len(re.sub(r"\D", "", number)) > 2)


def _spelled(words: str) -> int:
    thousands, _, rest = words.partition("mil")
    return NUMBER_WORDS.get(thousands.strip(), 1) * 1000 + NUMBER_WORDS.get(rest.strip(), 0)


def _sound(pay: Pay | None) -> Pay | None:
    """The least of what is asked for; None for nothing."""
    return Pay(pay.amount, pay.currency, pay.period) if pay is not None and pay.amount > 0 else None
