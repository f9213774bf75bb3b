"""What an amount is paid for, by the words beside it: "al mes", "/hr", "por día", "al año", "por proyecto"."""

from __future__ import annotations

import re

from engine.pay import PayPeriod

PERIODS: tuple[tuple[PayPeriod, str], ...] = (
    (PayPeriod.HOUR, r"horas?(?! ?extra)|hours?|hourly|hrs?|h(?=\b)|hra"),
    (PayPeriod.DAY, r"dias?|diari[oa]s?|diariamente|days?|daily|jornal(?:es)?|diem"),
    (PayPeriod.WEEK, r"semanas?|semanal(?:es)?|semanalmente|weeks?|weekly|wk"),
    (PayPeriod.MONTH, r"mes(?:es)?|mensual(?:es)?|mensualmente|mens|mensal|mensais|months?|monthly|mo"),
    (PayPeriod.YEAR, r"anos?|anual(?:es)?|anualmente|years?|yearly|annual(?:ly)?|annum|yrs?|p\.a"),
    (PayPeriod.PROJECT, r"proyecto|project|precio fijo|fixed price|todo el trabajo|obra"),
)
PERIOD = re.compile("|".join(rf"(?P<{period.name}>\b(?:{words})\b)" for period, words in PERIODS))
FORTNIGHT = re.compile(r"\bquincena|\bcatorcena|\bfortnight|\bbi-?\s?weekly|\bsemi-?\s?monthly|\btwice a month")
# How often it is handed over, which is not what it is for.
HANDED_OVER = re.compile(
    r"\b(?:pagos?|abonos?|depositos?|liquidacion|facturacion|paid|payments?|se paga|pagad[oa]s?|pagader[oa]s?)"
    r"(?: (?:es|son|de forma|en forma|is|are))? (?:mensual(?:es|mente)?|semanal(?:es|mente)?|diari[oa]s?"
    r"|quincenal(?:es|mente)?"
    r"|cada (?:mes|semana|dia|quincena)|monthly|weekly|daily|bi-?weekly|every (?:month|week|day|two weeks))\b"
)
# How much work there is, which is not what an amount is for either.
WORKING_HOURS = re.compile(
    r"(?<![\w.,$])(?:\d{1,3}(?:[.,]5)?\s?(?:-|a|to|–|o)\s?)?\d{1,3}(?:[.,]5)?\+?\s?-?(?:horas|hours|hrs|hs|h"
    r"|hour)\b\.?"
    r"(?:\s?(?:diarias?|semanal(?:es)?|mensuales|(?:al|por|x|a la|/|per|a|each|every) ?(?:dia|semana|mes|day|week"
    r"|month)"
    r"|daily|weekly|laborales|de trabajo)\b)?"
    r"|\b(?:\d{1,2}|un|dos|tres|cuatro|cinco|seis|siete|one|two|three|four|five|six)\s?(?:dias?|days?)(?: (?:a la"
    r"|por|x|per|a) (?:semana|week))\b"
    r"|\blunes a (?:viernes|sabado|domingo)\b|\bfin(?:es)? de semanas?\b"
)
# What is paid by the piece or the shift has no rate that could be compared.
PIECE = re.compile(
    r"\b(?:por|x|per|each|cada)\s?(?:prenda|pieza|docena|articulo|palabra|clase|venta|encuesta|entrega|pedido|viaje"
    r"|paquete|unidad|turno|guardia|servicio|tarea|video|foto|llamada|cliente|lead|word|piece|article|sale"
    r"|survey|task"
    r"|delivery|call|minuto|minute|shift)s?\b"
)
NEAR = 28  # characters between an amount and what it is for


def period_of(words: str, after: int) -> PayPeriod | None:
    """What an amount that ends at `after` is paid for; None where a plain text names nothing, or several things."""
    paid = HANDED_OVER.sub(lambda found: " " * len(found[0]), words)
    found = _periods(paid) or _periods(words)
    distinct = {period for _, period in found}
    if len(distinct) == 1:
        return distinct.pop()
    beside = [period for start, period in found if after <= start <= after + NEAR]
    return beside[0] if beside else None


def _periods(words: str) -> list[tuple[int, PayPeriod]]:
    return [(match.start(), PayPeriod[match.lastgroup or ""]) for match in PERIOD.finditer(words)]
