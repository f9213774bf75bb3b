"""Pay that an ad promises for no skill, against the legal minimum wage of `facts/peru.toml`.

Scams promise in a day what honest beginners earn in a week. Only an ad that asks for no experience is judged, and
only where the work is in Peru or anywhere: other countries have other wages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.facts import facts
from engine.jobs import Job
from engine.moderation.fraud.phrases import AMOUNT, Found
from engine.offer_signs import SignKind
from engine.pay import Pay, PayPeriod, soles_per_month

# Of 2,438 ads of a Peruvian board, those that need no experience promise 3.1 minimum wages a month at most.
IMPLAUSIBLE_MINIMUM_WAGES = 4
_MOST_BELIEVED_NUMBER = 1e9  # more digits are a telephone number or a slip
_NO_SKILL = re.compile(
    r" (?:sin(?: necesidad de| requerir| tener)?(?: ninguna)? experiencia|sin estudios|sin conocimientos previos"
    r"|no (?:se )?(?:requier\w+|necesit\w+|hace falta|es necesari[oa]|pedimos|exigimos)(?: de| tener| contar con)?"
    r"(?: ninguna)? (?:experiencia|estudios|conocimientos)|cualquier persona puede|dinero facil"
    r"|(?:solo|solamente|unicamente) (?:necesitas|requieres|con|se necesita) (?:un |tu |tener un |tener tu )*"
    r"(?:celular|telefono|internet|smartphone)|no (?:prior |previous )?(?:experience|skills?)(?: or \w+)?"
    r" (?:is |are )?(?:needed|required|necessary)|without experience|easy money|anyone can do) "
)
# Who asks for a degree asks for a skill, and may pay beginners well.
_DEGREE = re.compile(
    r" (?:titul(?:o|ad[oa])s? (?:\S+ )?(?:profesional|universitari[oa]|tecnico|en|de|como)|coleg(?:iatura|iad[oa])"
    r"|bachiller(?:es)? (?:en|universitari[oa])|licenciad[oa]s?|ingenier[oa]s?|abogad[oa]s?|especialidad en"
    r"|(?<!seguro )(?<!examen )(?<!certificado )(?<!control )medic[oa]s?"
    r"|maestria|serums?|resolucion serum|universitari[oa]s? (?:complet[oa]s?|concluid[oa]s?|titulad[oa]s?)"
    r"|(?:bachelor|master)\S*(?: s)? degree|degree (?:in|required)|certified|licensed) "
)
_PERIODS = {
    PayPeriod.DAY: r"diari[oa]s?|(?:al|por|cada|x|el) dia|(?:a|per) day|daily",
    PayPeriod.WEEK: r"semanal(?:es|mente)?|(?:a la|por|cada|x) semana|(?:a|per) week|weekly",
    PayPeriod.MONTH: r"mensual(?:es|mente)?|(?:al|por|cada|x) mes|(?:a|per) month|monthly",
    PayPeriod.HOUR: r"(?:por|la|x|cada) hora|(?:an|per) hour|hourly",
}
_PERIOD = rf" (?:{'|'.join(_PERIODS.values())})"
_PERIOD_PATTERNS = {period: re.compile(rf" (?:{words}) ") for period, words in _PERIODS.items()}
_THOUSANDS = r"(?: (?:k|mil)(?= ))?"
_SUM = rf" (?:(?:s/|soles|usd|\$) {AMOUNT}{_THOUSANDS}|{AMOUNT}{_THOUSANDS} (?:soles|dolares|usd|dollars))"
_PROMISE = re.compile(
    rf"(?:(?: {AMOUNT} (?:a|y|to|o))?{_SUM}(?: (?:a|y|hasta|to|o))?(?:{_SUM}| {AMOUNT})?(?: (?!\. )\S+)??{_PERIOD}"
    r"| (?:pagos?|sueldo|ingresos?|ganancias?|ganas?|cobras?|salario|pay|salary|earn)"
    rf"{_PERIOD}(?: (?:de|hasta|desde|entre|up|to|of|es))*{_SUM}) "
)
_REACH = 60
_OTHER_MONEY = re.compile(
    r" (?:bonos?|movilidad|vales?|asignacion|bonificacion|comision(?:es)?|premios?|incentivos?|alquiler|cuestan?"
    r"|costos?|cuotas?|mensualidad|ventas?|metas?|viaticos|refrigerio|adicional(?:es)?|seguros?|pension|plan(?:es)?"
    r"|creditos?|prestamos?|propinas?|subvencion|descuentos?|bonus|allowance|fee|fees|price|budget) "
)
_AMOUNT_PATTERN = re.compile(rf" ({AMOUNT})(?: (k|mil))?(?= )")
_IN_SOLES = re.compile(r" (?:s/|soles) ")


def implausible_pay(plain: str, job: Job) -> Found | None:
    """The words of `plain` that promise too much, or that ask for no experience where the stated pay is too much."""
    if job.country not in (None, "PE"):
        return None
    no_skill = _NO_SKILL.search(plain)
    if no_skill is None or _DEGREE.search(plain):
        return None
    for promise in _PROMISE.finditer(plain):
        if _is_implausible(_promised(promise[0]), job):
            return Found(SignKind.IMPLAUSIBLE_PAY, promise.start() + 1, promise.end() - 1)
    if job.pay is not None and _is_implausible(job.pay, job):
        return Found(SignKind.IMPLAUSIBLE_PAY, no_skill.start() + 1, no_skill.end() - 1)
    return None


def promised_pays(plain: str) -> Iterator[tuple[Pay, int, int]]:
    """The pays that `plain` tells as a sum and its period, and where; what comes on top of a pay is none."""
    for promise in _PROMISE.finditer(plain):
        before = plain[max(0, promise.start() - _REACH) : promise.start() + 1].rpartition(" . ")[2]
        pay = _promised(promise[0])
        if pay is not None and not _OTHER_MONEY.search(f" {before} "):
            yield pay, promise.start() + 1, promise.end() - 1


def _promised(words: str) -> Pay | None:
    """The most that some words promise."""
    largest = max(_number(*amount) for amount in _AMOUNT_PATTERN.findall(words))
    period = next(period for period, occurrences in _PERIOD_PATTERNS.items() if occurrences.search(words))
    return (
        Pay(largest, "PEN" if _IN_SOLES.search(words) else "USD", period) if largest < _MOST_BELIEVED_NUMBER else None
    )


def _number(digits: str, thousand: str) -> float:
    """The number that some digits write: `1.500`, `1,500.00`, `1 500`; a mark before three digits parts thousands."""
    groups = re.split(r"[., ]", digits.strip(".,"))
    has_cents = len(groups) > 1 and len(groups[-1]) != 3
    number = float("".join(groups[:-1]) + "." + groups[-1]) if has_cents else float("".join(groups))
    return number * 1000 if thousand else number


def _is_implausible(pay: Pay | None, job: Job) -> bool:
    if pay is None:
        return False
    hours = job.hours_per_week or float(facts("peru")["working_time"]["max_hours_per_week"])
    monthly = soles_per_month(pay, hours)
    minimum = float(facts("peru")["minimum_wage"]["soles_per_month"])
    return monthly is not None and monthly >= IMPLAUSIBLE_MINIMUM_WAGES * minimum
