"""Pay that searches ask for: "S/ 1500 al mes", "mil quinientos soles", "20 soles la hora"."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
ASKED = re.compile(
    rf"(?<![\w/.,]){_MORE}(?P<sign>{_SIGN})?\s?(?P<amount>{_AMOUNT}|{_THOUSANDS})(?P<scale>\s?k\b|\s?mil\b)?"
    rf"\s?(?P<unit>{_UNIT}\b)?(?:\s(?:o mas|a mas|or more|netos|libres|brutos))?\s?(?P<period>{_PERIOD}\b)?"
)
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
    for found in ASKED.finditer(words):
        if AT_MOST.search(words[: found.start()]):
            continue
        pay = _pay(found)
        if pay is not None:
            yield ChipKind.PAY, pay, found.start(), found.end()


def _pay(found: re.Match[str]) -> Pay | None:
    amount, period = found["amount"], found["period"]
    has_money = found["sign"] is not None or found["unit"] is not None
    if not has_money and (period is None or not _may_be_monthly(found)):
        return None
    if amount[0].isalpha():
        amount = str(_spelled(amount))
    unit = SLANG.sub("soles", found["unit"] or ("" if found["sign"] else "soles"))
    text = f"{found['sign'] or ''} {amount}{(found['scale'] or '').strip()} {unit}"
    if period is not None:
        return _sound(read_pay(f"{text} {period}", country="PE"))
    bare = read_pay(text, period=PayPeriod.MONTH, country="PE")
    if bare is None or bare.amount >= LEAST_MONTHLY:
        return _sound(bare)
    by = PayPeriod.HOUR if bare.amount <= MOST_HOURLY else PayPeriod.DAY
    return _sound(read_pay(text, period=by, country="PE"))


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
