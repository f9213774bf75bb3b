"""Phrases by which searches state the device that somebody has, the currency of the pay, and the kind of contract."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.jobs import ContractType, Device
from engine.search.chips import ON_PAYROLL, ChipKind
from engine.search.limit_phrases import Said

_A_JOB = r"(?:trabaj[oa]s?|trabajar|empleos?|chambas?|puestos?|jobs?|work)"
_PHONE = r"(?:celular|cel|movil|telefono|smartphone|iphone|android|phone|cell ?phone|mobile)"
_COMPUTER = r"(?:computador[ae]?s?|compus?|laptops?|pcs?|ordenador(?:es)?|computers?|maquina)"
_MY = r"(?:mi |el |un |tu |my |a |the )?"
_ONLY = r"(?:solo|solamente|unicamente|nada mas|only|just)"
_NONE = r"(?:sin|no tengo|no cuento con|no uso|without|no|i have no|i don't have)"
_ONLY_HAVE = rf"{_ONLY}(?: (?:tengo|cuento con|uso|con|por|i have|have|use|own|got|with|on|using))?(?: {_MY})?\s?"
ON_A_PHONE = re.compile(
    rf"\b(?:(?:{_A_JOB} )?(?:{_ONLY} )?(?:desde|from) {_MY}{_PHONE}|{_A_JOB} (?:con|por|en|with|on) {_MY}{_PHONE}"
    rf"|(?:y |i )?{_ONLY_HAVE}{_PHONE}|(?:tengo|cuento con|con) solo {_MY}{_PHONE}|{_PHONE} only"
    rf"|(?:y )?{_NONE}(?: (?:necesidad de|usar|tener|una?|mi|a|any|ni|de)){{0,3}} {_COMPUTER}"
    rf"(?:(?: ni(?: una?)?| o| or| nor) {_COMPUTER}){{0,3}})\b"
)
ON_A_TABLET = re.compile(
    rf"\b(?:(?:{_A_JOB} )?(?:desde|from) {_MY}(?:tablet|tableta)|(?:y |i )?{_ONLY_HAVE}(?:tablet|tableta))\b"
)
_CURRENCIES = {
    "USD": r"dolar(?:es)?(?: americanos)?|dollars?|usd|us dollars",
    "PEN": r"(?:nuevos )?soles|pen|moneda nacional",
    "EUR": r"euros?|eur",
}
_CURRENCY = "|".join(_CURRENCIES.values())
_PAID = (
    r"(?:pag(?:o|a|ue|uen|an|os|ado|ada|ados|adas|ar|uen)|sueldos?|salarios?|remuneracion(?:es)?|remunerad[oa]s?"
    r"|ingresos?|cobr(?:o|ar|e)|gan(?:o|ar|e|ancias)|honorarios|paid|pays?|payment|paying|salary|earn(?:ing)?)"
)
# What "en dólares" must stand behind, if not at the start: "cambio en dólares" is no pay.
PAID_IN = re.compile(
    rf"(?:^|\b(?:(?:que |y )?(?:me |te |se )?{_PAID}(?: (?:mensual|fijo|es|sea|solo|only|is|be)){{0,2}} )"
    rf"|(?:(?<=trabajo )|(?<=empleo )|(?<=chamba )|(?<=remoto )|(?<=remota )|(?<=remote )|(?<=job )|(?<=work )))"
    rf"(?:en|in) (?:{_CURRENCY})(?: (?:o|y|or|and) (?:en |in )?(?:{_CURRENCY}))?\b"
    r"|\b(?:usd|dollar|dollars|dolares) (?:pay|salary|payment)\b"
)
_CODE_OF = {code: re.compile(rf"\b(?:{names})\b") for code, names in _CURRENCIES.items()}
_NO = r"(?:no|sin|nada de|without|que no sea|no quiero)"
_FEES = (
    r"(?:recibos? (?:x |por |de )?honorarios?|por honorarios?|r\.?x\.?h\.?|locacion de servicios"
    r"|contratista independiente|independent contractor|freelance contract|contrato (?:freelance|por servicios)"
    r"|as a (?:freelancer|contractor))"
)
_PAYROLL = r"(?:planilla|on (?:the )?payroll|payroll job|relacion de dependencia|beneficios de ley)"
CONTRACTS: tuple[tuple[re.Pattern[str], frozenset[ContractType]], ...] = (
    (re.compile(rf"\b{_NO} (?:(?:me |pidan |emitir |dar |con |por |a )){{0,2}}{_FEES}"), ON_PAYROLL),
    (
        re.compile(rf"(?<!sin )(?<!no )\b(?:(?:con|por|a|emito|doy|mediante|via|y|{_A_JOB}) ){{0,3}}{_FEES}"),
        frozenset({ContractType.FREELANCE}),
    ),
    (
        re.compile(
            rf"(?<!sin )(?<!no )\b(?:(?:en|con|que este en|contrato en|contrato con|contrato por|a|ingreso a|entrar a"
            rf"|{_A_JOB}|y|que den|with) ){{0,3}}(?<!de )(?<!del )(?<!la )(?<!las ){_PAYROLL}\b"
        ),
        ON_PAYROLL,
    ),
    (
        re.compile(r"\bcontrato (?:indefinido|permanente|(?:a plazo )?indeterminado)\b|\bpermanent (?:contract|job)\b"),
        frozenset({ContractType.PERMANENT}),
    ),
    (
        re.compile(
            r"\bcontrato (?:temporal|a plazo fijo|por temporada|por campana)\b"
            r"|\b(?:fixed[- ]term|temporary) (?:contract|job)\b"
        ),
        frozenset({ContractType.FIXED_TERM}),
    ),
)


def terms_in(words: str) -> Iterator[Said]:
    """The device, the currencies and the contracts that plain words ask for."""
    for pattern, device in ((ON_A_PHONE, Device.PHONE), (ON_A_TABLET, Device.TABLET)):
        for found in pattern.finditer(words):
            yield ChipKind.DEVICE, device, found.start(), found.end()
    for found in PAID_IN.finditer(words):
        codes = frozenset(code for code, pattern in _CODE_OF.items() if pattern.search(found[0]))
        yield ChipKind.CURRENCY, codes, found.start(), found.end()
    for pattern, contracts in CONTRACTS:
        for found in pattern.finditer(words):
            yield ChipKind.CONTRACT, contracts, found.start(), found.end()
