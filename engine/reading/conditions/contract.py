"""Under which contract a posting offers its work."""

from __future__ import annotations

import re

from engine.jobs import ContractType
from engine.reading.conditions.statements import Stating, stated_in
from engine.reading.found import Found
from engine.reading.schedules.passages import passages

_SURE, _WORD = 0.95, 0.85
_NOT = re.compile(
    r"\b(?:no|not|sin|ni)(?: (?:es|a|un|hay|ofrecemos))? $|\b(?:posibilidad(?:es)?|opcion|oportunidad|potential"
    r"|together|shape|shape a|then)\b[^\n.]{0,40}$"
)
_OF_OTHERS = re.compile(
    r"\b(?:equipo de|team of|cast of|red de|supervisar|gestionar|manage|managing|experiencia (?:como|en|con"
    r"|previa)[^\n.]{0,20}|working with|trabajar con|with our|hire|our|and|corporacion de|empresas? de"
    r"|firma de|sector|rubro|estudio de|area de|de|los|contratos? con|emision de|control de|validar|revision de"
    r"|pago de|clientes) $"
)
_MONTHS = (
    r"(?:\d{1,2}|un|dos|tres|cuatro|cinco|seis|nueve|doce) ?(?:\(\d{1,2}\) ?)?(?:a \d{1,2} )?(?:mes(?:es)?|semanas?"
    r"|anos?|dias)"
)
_KIND = (
    r"(?:contrato|contratacion|posicion|puesto|trabajo|empleo|incorporacion|modalidad|relacion laboral|vacante"
    r"|ingreso|tipo de contrat\w+|contract|position|role|job)"
)

_RULES = (
    Stating(ContractType.PERMANENT, re.compile(
        rf"\b(?:tiempo|plazo|duracion|termino) (?:indefinido|indeterminado)|\b{_KIND}[ :-]{{1,3}}(?:laboral "
        r"|por tiempo |de forma |fija y |directa y |directa por la empresa, puesto |estable y "
        r"|100 ?% )?(?:indefinid[oa]|indeterminad[oa]|efectiv[oa])\b"
        r"|\bcontrato (?:a )?(?:indefinido|indeterminado|efectivo)|\bpermanent (?:position|role|contract|job"
        r"|employment|full)|\bpermanent ?[/|,-] ?full|\b(?:puesto|posicion) efectiv[oa]\b"
        r"|\bempleo (?:estable )?permanente\b|\btipo de puesto: [^\n]{0,30}\bpermanente\b"
    ), _SURE, _NOT),
    Stating(ContractType.FIXED_TERM, re.compile(
        rf"\bplazo fijo\b|\b(?:tiempo|plazo) determinado\b|\b{_KIND}[ :-]{{1,3}}(?:laboral |de tipo |por |de |a "
        r"|inicial |directo |de trabajo |temporal |fijo ){0,4}(?:temporal(?:es)?|eventual(?:es)?|temporari[oa]s?"
        r"|transitori[oa]|de temporada|de suplencia|por campana|ocasional|fixed[- ]term|temporary)\b"
        rf"|\b(?:contrato|contratacion)[ :-]{{1,3}}(?:inicial |laboral |temporal |a plazo |renovable |de trabajo "
        rf"|eventual ){{0,4}}(?:por|de|:|a|x)? ?{_MONTHS}\b|\bfixed[- ]term\b|\btemporary (?:position|role|contract|job"
        rf"|full|part)|\b{_MONTHS} (?:de contrato|contract)\b"
        r"|\bcontrato (?:por|de) (?:inicio|incremento|necesidad\w*|reemplazo|suplencia|campana|temporada)"
        r"|\breemplazo (?:por|de) (?:maternidad|licencia|vacaciones)|\b(?:trabajo|personal|puesto) (?:por"
        r"|para) (?:campana|temporada)\b|\b(?:posicion|puesto) eventual\b|\bmodalidad eventual\b"
        r"|\A[^\n]{0,100}\beventual(?:es)?\b"
    ), _SURE, re.compile(r"\b(?:experiencia|contratos de venta|gestion|control|contratos de|emision)\b[^\n.]{0,20}$")),
    Stating(ContractType.PROJECT, re.compile(
        r"\bcontrato (?:por|de) (?:obra|proyecto|servicio especifico)|\bpor obra (?:determinada|o servicio)"
        rf"|\b{_KIND} por proyecto\b|\b(?:project[- ]based|per[- ]project) (?:work|contract|role|position)"
        rf"|\bproyecto (?:estimado )?(?:por|de) {_MONTHS}"
    ), _WORD, re.compile(r"\b(?:experiencia|gestion|jefe)\b[^\n.]{0,20}$")),
    Stating(ContractType.FREELANCE, re.compile(
        r"\bfree ?-?lance\b|\bindependent contractor\b|\bcontractor (?:agreement|position|role|basis)"
        r"|\b\w+ contractor\b(?= ?[-|(])"
    ), _WORD, re.compile(rf"{_OF_OTHERS.pattern}|{_NOT.pattern}"),
        re.compile(r" ?(?:editors? and|designers? and|team|who)")),
    Stating(ContractType.FREELANCE, re.compile(
        r"\b(?:recibos?|pago|contrato|modalidad|contratacion|locacion|ingreso|emision de recibos?)(?: (?:por|de|x"
        r"|de servicios|con)){0,4} honorarios\b|\brxh\b|\br\.?h\.?e\b|\bpor honorarios\b|\bmonotribut\w*"
        r"|\b(?:contrat\w+"
        r"|modalidad|bajo)(?: (?:de|por|la|bajo|modalidad|una|el)){0,4} prestacion de servicios\b"
        r"|\b(?:contratar|contrato (?:de|por)|contratacion (?:de|por)|por) (?:los )?servicios profesionales\b"
        r"|\bcontra factura|\bfactura(?:cion)? (?:de servicios|mensual de)\b|\blocacion de servicios\b"
    ), _WORD, re.compile(
        r"\b(?:validar|revision de|control de|registro de|pago de|clientes|declaraci\w+|liquidacion de|impuestos"
        r"|liquidar|regimen|conocimientos?|manejo|categoriza\w*|atencion a) (?:de |en |sobre |del )?$"
        r"|\b(?:conocimientos?|manejo)\b[^\n.]{0,40}$|\b(?:contables|impositiv|tributari)[^\n.]{0,25}$")),
    Stating(ContractType.APPRENTICESHIP, re.compile(
        r"\bconvenio de practicas\b|\bpracticas (?:pre-? ?)?profesionales\b"
        r"|\bpracticantes? (?:pre-? ?)?profesional(?:es)?\b|\bcontrato de aprendizaje\b|\bpasantias? rentadas?\b"
        r"|\bmodalidad (?:de )?(?:pasantia|practicas)\b"
    ), _WORD, re.compile(
        r"\b(?:desde|nivel|experiencia|como|supervisar|cargo|auxiliar|incluye|incluyendo|considera|validas?"
        r"|contabiliza\w*|convalida\w*|mediante|realizar|tu tiempo de|sus)(?: \w+){0,3} $")),
)  # fmt: skip
_ON_THE_PAYROLL = re.compile(r"\bplanilla\b")


def read_contract(text: str) -> Found[ContractType] | None:
    """The contract that `text` offers; None where it names none, or several ("recibo por honorarios o planilla")."""
    read = passages(text)
    stated = stated_in(read.words, _RULES)
    if len(stated) != 1:
        return None
    ((meaning, place),) = stated.items()
    if meaning is ContractType.FREELANCE and _ON_THE_PAYROLL.search(read.words):
        return None
    return Found(meaning, read.sentence(place.start, place.end), place.confidence)
