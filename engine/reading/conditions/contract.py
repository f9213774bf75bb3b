"""Under which contract a posting offers its work."""

from __future__ import annotations

import re

from engine.jobs import ContractType
from engine.reading.conditions.apprentices import apprentices_wanted
from engine.reading.conditions.contract_words import (
    AFTER_ANOTHER,
    BESIDE_ANOTHER,
    FILLER,
    KIND,
    LABEL,
    MAY_COME,
    MONTHS,
    NOT_OFFERED,
    WORKED_ON,
)
from engine.reading.conditions.fixed_terms import FIXED_TERMS
from engine.reading.conditions.freelancers import EMPLOYED_TOO, FREELANCERS
from engine.reading.conditions.statements import Stating, stated_in, the_one
from engine.reading.found import Found
from engine.reading.schedules.passages import passages

_SURE, _WORD = 0.95, 0.85

_PERMANENT = Stating(ContractType.PERMANENT, re.compile(
    r"\b(?:tiempo\w?|plazo|duracion|termino) (?:indefini\w{2,4}|indetermin\w{2,5})"
    r"|\b(?:full ?-?time|part ?-?time|(?:jornada|tiempo) complet[oa])[ ,-]{1,3}(?:indefinid|indeterminad)[oa]\b"
    rf"|\b{KIND}[ :-]{{1,3}}{FILLER}(?:indefini\w{{2,4}}|indetermin\w{{2,5}}|(?<!de )(?<!en )efectiv(?:[oa]|as)\b"
    r"(?! de (?!lunes|\d)| y (?:orden|efici)| en el mercado))"
    r"|\b(?:puestos efectivos|(?:posiciones|vacantes) efectivas|personal efectivo|efectivizacion inmediata"
    r"|efectiv[oa]s? (?:en|bajo) relacion de dependencia)\b"
    r"|\b(?:duration|duracion|vigencia|plazo)(?: del contrato)?: (?:permanent|indefinid|indeterminad)"
    r"|\b(?:se incorporan?|incorporacion)\b[^\n.]{0,35}\bde (?:manera|forma) efectiva\b"
    r"|\bpermanent (?:position|role|contract|job|employment|full|staff position|opportunity|vacancy|hire|basis)"
    r"|\bpermanent ?[/|,-] ?full"
    r"|\bfull[- ]?time ?[/|,-]{0,2} ?permanent\b(?! resid)"
    r"|\b(?:employment|job|contract) types?: [^\n]{0,40}\bpermanent\b"
    r"|\b(?:indefinite|open-ended|indefinite-term) (?:employment |work )?contract\b"
    r"|\b(?:puesto|posicion|vacante|contrato|empleo)(?: (?:estable|fij[oa])(?: y)?)? permanente\b|\bplanta permanente\b"
    r"|\b(?:puesto|posicion|contratacion|incorporacion)[ :]{1,2}a efectivizar"
    r"|\btipo de puesto: [^\n]{0,30}\b(?:permanente|indefinid[oa]|indeterminad[oa])\b"
), _SURE, re.compile(rf"{NOT_OFFERED}|{MAY_COME}|{WORKED_ON}|{AFTER_ANOTHER}"), re.compile(BESIDE_ANOTHER))  # fmt: skip

_PERMANENT_BY_LABEL = Stating(ContractType.PERMANENT, re.compile(
    rf"{LABEL}(?:permanent|permanente|indefinid[oa]|indeterminad[oa]|efectiv[oa])\b"
), _SURE, re.compile(NOT_OFFERED), re.compile(BESIDE_ANOTHER))  # fmt: skip

_PERMANENT_IN_TITLES = Stating(ContractType.PERMANENT, re.compile(
    r"[(|-] ?(?:permanente?|efectiv[oa])\b(?=\)|\s?(?:\Z|\n|[-|]))"
), _SURE, in_title=True)  # fmt: skip

_PROJECT = Stating(ContractType.PROJECT, re.compile(
    r"\bcontrato (?:por|de|a|segun) (?:obra\b(?! (?:publica|civil))|proyecto|servicio especifico)"
    r"|\bpor obra (?:determinada|[oy] (?:servicio|labor))|\b(?:por|o|para) servicio especifico\b"
    r"|\bcontrat\w+[ :]{1,2}obra (?:[oy/] ?)?labor\b|\bpor (?:la )?duracion de (?:la )?obra\b|\bdure la obra\b"
    rf"|\b(?:{KIND}|trabajar|laborar|contratad[oa]s?|pagos?|remuneracion)[ :-]{{1,3}}(?:es |sera )?(?:por|x) "
    r"(?:obra|proyecto)s?\b|\bpor proyectos?(?=\s?(?:\n|\Z))"
    r"|\b(?:project[- ]based|per[- ]project) (?:work|contract|role|position)"
    rf"|\bproyecto (?:estimado )?(?:por|de) {MONTHS}"
), _WORD, re.compile(
    rf"{NOT_OFFERED}|{MAY_COME}|{WORKED_ON}|\b(?:experiencia|gestion|jefe|horas|administrador\w*)\b[^\n.]{{0,20}}$"
))  # fmt: skip

_RULES = (
    _PERMANENT,
    _PERMANENT_BY_LABEL,
    _PERMANENT_IN_TITLES,
    *FIXED_TERMS,
    _PROJECT,
    *FREELANCERS,
    apprentices_wanted(ContractType.APPRENTICESHIP),
)
# How long an internship or a project is and what a freelancer is paid for name no second bond.
_SAID_OF = {
    ContractType.APPRENTICESHIP: (ContractType.FIXED_TERM,),
    ContractType.PROJECT: (ContractType.FIXED_TERM,),
    ContractType.FREELANCE: (ContractType.PROJECT, ContractType.FIXED_TERM),
}


def read_contract(text: str) -> Found[ContractType] | None:
    """The contract that `text` offers; None where it names none, or several ("recibo por honorarios o planilla")."""
    found = the_one(text, _RULES, _SAID_OF)
    if found is not None and found.value is ContractType.FREELANCE and stated_in(passages(text).words, (EMPLOYED_TOO,)):
        return None
    return found
