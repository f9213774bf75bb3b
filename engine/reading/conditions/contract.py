"""Under which contract a posting offers its work."""

from __future__ import annotations

import re

from engine.jobs import ContractType
from engine.reading.conditions.apprentices import apprentices_wanted
from engine.reading.conditions.statements import Stating, the_one
from engine.reading.found import Found
from engine.reading.schedules.passages import passages

_SURE, _WORD = 0.95, 0.85
_NOT = (
    r"\b(?:no|not|sin|ni)(?: (?:es|a|un|una|hay|ofrecemos|por|para))? $|\b(?:posibilidad(?:es)?|opcion|oportunidad"
    r"|potential|together|shape|shape a|then)\b[^\n.]{0,40}$"
)
_MONTHS = (
    r"(?:\d{1,2}|un|dos|tres|cuatro|cinco|seis|nueve|doce) ?(?:\(\d{1,2}\) ?)?(?:a \d{1,2} )?(?:mes(?:es)?|semanas?"
    r"|anos?|months?|weeks?)\b(?! (?:de (?:prueba|experiencia|antiguedad)|of experience))"
)
_KIND = (
    r"(?:contrato|contratacion|posicion|puesto|trabajo|empleo|incorporacion|modalidad|relacion laboral|vacante"
    r"|ingreso|tipo de contrat\w+|contract|position|role|job)"
)
_SOUGHT = (
    r"(?:busca\w{0,4}|sumar|sumamos|incorpora\w{0,3}|selecciona\w{0,5}|necesita\w{0,3}|requier\w{1,3}|solicita\w{0,3}"
    r"|busqueda de) "
)
_FILLER = (
    r"(?:(?:laboral|por|tiempo|de|a|forma|fij[oa]|direct[oa]|estable|con|la|empresa,?|puesto|inicial|renovable|tipo"
    r"|trabajo|temporal|eventual|plazo|cas|[ye]|es|sera|100 ?%) ){0,4}"
)

_PERMANENT = Stating(ContractType.PERMANENT, re.compile(
    r"\b(?:tiempo\w?|plazo|duracion|termino) (?:indefini\w{2,4}|indetermin\w{2,5})"
    r"|\b(?:full ?-?time|part ?-?time|(?:jornada|tiempo) complet[oa])[ ,-]{1,3}(?:indefinid|indeterminad)[oa]\b"
    rf"|\b{_KIND}[ :-]{{1,3}}{_FILLER}(?:indefini\w{{2,4}}|indetermin\w{{2,5}}|efectiv(?:[oa]|as)\b)"
    r"|\bpermanent (?:position|role|contract|job|employment|full)|\bpermanent ?[/|,-] ?full"
    r"|\b(?:employment|job|contract) type: [^\n]{0,20}\bpermanent\b"
    r"|\b(?:puesto|posicion|vacante|contrato|empleo)(?: estable)? permanente\b|\bplanta permanente\b"
    r"|\b(?:puesto|posicion|contratacion|incorporacion)[ :]{1,2}a efectivizar"
    r"|\btipo de puesto: [^\n]{0,30}\b(?:permanente|indefinid[oa]|indeterminad[oa])\b"
), _SURE, re.compile(_NOT))  # fmt: skip

# What is for a time: months that are told, another's leave, a season.
_FIXED_TERM = Stating(ContractType.FIXED_TERM, re.compile(
    r"\bplazo fijo\b|\b(?:tiempo|plazo|termino) (?:determinado|fijo)\b|\bcontrato definido\b|\bcontrat\w+ [^\n.]{0,45}"
    r"\ba termino\b"
    rf"|\b{_KIND}[ :-]{{1,3}}{_FILLER}(?:temporal(?:es)?|eventual(?:es)?|temporari[oa]s?"
    r"|transitori[oa]s?|de temporada|(?:de|por) suplencia|por campana|ocasional|fixed[- ]term|temporary|seasonal)\b"
    rf"|\b{_SOUGHT}(?:(?!viajes|visitas|trabajos|guardias|horas|para)[a-z/]{{1,14}} ){{1,4}}(?:eventual"
    rf"|temporal)(?:es)?\b"
    r"|\bcoberturas? eventual(?:es)?\b|suplencias? hasta\b"
    r"|\b(?:contrato|posicion|puesto|vacante|reemplazo|cobertura)[^\n.]{0,20} hasta (?:el (?:mes|dia)|fin(?:es)? de"
    r"|\d{1,2} de)\b"
    rf"|\b(?:contrato|contratacion)[ :-]{{1,3}}{_FILLER}(?:por |de |: |x )?{_MONTHS}"
    rf"|\bduracion(?: del? (?:contrato|puesto|trabajo|servicio))?[: ]{{1,2}}(?:de )?(?:contrato (?:por "
    rf"|de ))?{_MONTHS}"
    rf"|\b(?:temporal|eventual|suplencia|temporari[oa])(?:es)? (?:por|de|x) {_MONTHS}"
    rf"|\b{_MONTHS} (?:de contrato|contract\b|con (?:posibilidad de )?(?:renov|prorrog|extension)|renovables?)"
    rf"|\bcontract: {_MONTHS}"
    r"|\bcontrat\w+ [^\n.]{0,20}\bdesde [^\n.]{0,35}\b(?:al|hasta el) \d{1,2}\b"
    r"|\btipo de puesto: [^\n]{0,30}\btemporal\b"
    rf"|\b(?:dependencia|planilla) (?:por|durante) {_MONTHS}|\brenova\w{{2,5}} (?:cada|por) {_MONTHS}|\b(?:contract"
    rf"|assignment) (?:length|duration|period|term): {_MONTHS}"
    rf"|\b\d{{1,2}}-months? (?:contract|assignment|role)"
    r"|\bfixed[- ]term\b|\b(?:temporary|seasonal) (?:position|role|contract|job|full|part|work)"
    r"|\bcontrato (?:de trabajo )?(?:por|de) (?:inicio|incremento|necesidad\w*|reemplazo|suplencia|campana|temporada)"
    r"|\breemplazo (?:de|por) (?:maternidad|licencia|vacaciones)|\b(?:por|x) suplencias?\b|\(suplencia\b"
    r"|\bcobertura (?:de|por) (?:licencia|suplencia|maternidad|vacaciones)"
    r"|\bcubrir (?:una |la |un )?(?:licencia|suplencia|reemplazo|descanso (?:pre|post))\b"
    r"|\b(?:trabajo|personal|puesto|empleo) (?:por|para) (?:la )?(?:campana|temporada)\b"
    r"|\b(?:para|por|de) (?:la )?(?:temporada|campana) (?:de )?(?:verano|invierno|alta|navid\w+|escolar|20\d\d)\b"
    rf"|(?:\b{_SOUGHT}|\n|\A|[-|(] ?)personal (?:eventual|temporal)\b"
    r"|\b(?:incorpor|contrat|sum)\w{1,5} (?:[a-z]{1,12} ){0,3}de (?:manera|forma) "
    r"(?:eventual|temporal)\b"
    r"|\b(?:temporal|eventual)(?:es)?\b(?=\)|\s?(?:\n|\Z|[-|:]))"
    r"|\A[^\n]{0,100}\b(?<! [oy] )(?<!contratos )(?:eventual|temporal)(?:es)?\b"
), _SURE, re.compile(
    rf"{_NOT}|\b(?:experiencia|contratos de venta|gestion|control|contratos de|emision)\b[^\n.]{{0,20}}$"
    r"|\b(?:depositos?|inversion(?:es)?|ahorros?|certificados?|cuentas?|polizas?|captaciones|creditos?|prestamos?)"
    r"(?: \w+){0,2} (?:a )?$"
    r"|\b(?:viajes?|visitas?|alquiler\w*|estructuras?|incapacidad|labores|trabajos|domingos|guardias?|caracter"
    r"|upgrades?|ubicacion(?:es)?|oficinas?|colaboracion(?:es)?|apoyos?|personal"
    r"|reuniones|horas|linea|contratos)(?: personal| \w+)?[ (]{1,2}$|\b[yeo] \(?$|\bestrateg\w+[^\n]{0,45}$"
))  # fmt: skip

_PROJECT = Stating(ContractType.PROJECT, re.compile(
    r"\bcontrato (?:por|de) (?:obra|proyecto|servicio especifico)|\bpor obra (?:determinada|o servicio)"
    rf"|\b(?:{_KIND}|trabajar|laborar|contratad[oa]s?|pagos?|remuneracion)[ :-]{{1,3}}(?:es |sera )?(?:por|x) "
    r"(?:obra|proyecto)s?\b|\bpor proyectos?(?=\s?(?:\n|\Z))"
    r"|\b(?:project[- ]based|per[- ]project) (?:work|contract|role|position)"
    rf"|\bproyecto (?:estimado )?(?:por|de) {_MONTHS}"
), _WORD, re.compile(rf"{_NOT}|\b(?:experiencia|gestion|jefe|horas)\b[^\n.]{{0,20}}$"))  # fmt: skip

_OTHER_FREELANCERS = re.compile(
    rf"{_NOT}|\b(?:equipo de|team of|cast of|red de|supervisar|coordinar|gestionar|manage|managing|experiencia "
    r"(?:como|en|con|previa)[^\n.]{0,20}|working with|trabajar con|with our|hire|our|and|[yo]|corporacion de"
    r"|empresas? de|firma de|sector|rubro|estudio de|area de|de|los|contratos? con|clientes|internos) $"
)
_FREELANCER = Stating(ContractType.FREELANCE, re.compile(
    r"\bfree ?-?lanc(?:e|ers?)\b|\bindependent contractors?\b|\bcontractor (?:agreement|position|role|basis)"
    r"|\b\w{2,20} contractor\b(?= ?[-|(])|\((?:as )?(?:a )?contractor\)|\b(?:modalidad|contrato|contratacion|esquema"
    r"|como|modality|engagement|employment type)[ :]{1,2}(?:de |como |tipo )?contractor\b|\b1099\b(?= (?:contract"
    r"|position|role))"
), _WORD, _OTHER_FREELANCERS, re.compile(r" ?(?:editors? and|designers? and|team|who)"))  # fmt: skip

# An invoice or a receipt for fees is how people are paid, and what an accountant's work is about.
_INVOICED = Stating(ContractType.FREELANCE, re.compile(
    r"\b(?:recibos?|contrato|modalidad|contratacion|locacion|ingreso|emision de recibos?)(?: (?:por|de|x|servicios"
    r"|con)){0,4} honorarios\b|\bpagos? (?:por|x|con|mediante|via)(?: recibos?)?(?: (?:por|de|x))? honorarios\b"
    r"|\bpagos? (?:por|x|con|mediante) recibos?\b(?! de sueldo)"
    r"|\br ?x ?h\b|\br\.?h\.?e\b|\b(?:por|x) honorarios\b"
    r"|\bhonorarios(?: profesionales)? ?(?::|a conven|acordes?|competitiv|por (?:proceso|cierre|hora|turno|pieza))"
    r"|\b(?:contrat\w+|modalidad|condiciones)[ :]{1,2}regimen (?:de )?monotribut\w{1,6}|\bmonotrib\w{1,3}(?:o"
    r"|istas?)\b|\b(?:modalidad|contrat\w+|esquema|como|relacion|modality"
    r"|engagement)[ :]{1,2}(?:de |como |tipo )?contractor\b|\bcontrat\w+[ :][^\n.]{0,25}\bcon factura(?:cion)?\b"
    r"|\b(?:contrat\w+|modalidad|bajo)(?: (?:de|por|la|bajo|modalidad|una|el)){0,4} prestacion de servicios\b"
    r"|\bcontratacion: prestacion de servicios\b"
    r"|\b(?:contratar|contrato (?:de|por)|contrato|contratacion (?:de|por)|por) (?:los )?servicios profesionales\b"
    r"|\b(?:bajo|contra) factura\b|\b(?:servicios?|sueldo|pagos?|salario|remuneracion)(?: \w{1,12}){0,3} (?:con|por"
    r"|contra|mediante|previa) factura\b"
    r"|\b(?:que (?:puedan?|emitan?)|puedas?|debe\w{0,4}|poder|posibilidad de|capacidad (?:de|para))"
    r" (?:emitir |facturas?\b)(?:facturas?\b)?(?!,| (?:a|y|de|los)\b)"
    r"|\b(?:posibilidad de|poder|para) facturar\b(?! (?:a|los|las|y)\b)|\blocacion de servicios\b"
), _WORD, re.compile(
    rf"{_NOT}|"
    r"\b(?:validar|revis\w+|control\w*|registr\w+|elabor\w+|recepcion|emision|emitir|proces\w+|tramit\w+|contabiliz\w+"
    r"|provision\w*|concili\w+|calculo|pagos?|clientes|declara\w*|liquida\w+|impuestos|ganancias|iva|regimen"
    r"|categoriza\w*|recategoriza\w*|altas?|atencion a|facturas?|boletas?|aumento\w*)(?: (?:de|en|del|sobre|los|las"
    r"|pagos|el|por|contra|semestral(?:es)?)|[,/]){0,3} ?$"
    r"|\b(?:conocimientos?|manejo)\b[^\n.]{0,40}$|\b(?:contables|impositiv|tributari)[^\n.]{0,25}$"
    r"|\b(?:no|sin|ni)\b[^\n.;,():|]{0,30} $|\b(?:impuestos|ingresos brutos|recaudacion|regimenes)\b[^\n]{0,50}$"
), re.compile(r" ?a (?:los )?(?:profesionales|medicos|proveedores|terceros|abogados|peritos)"))  # fmt: skip

_RULES = (
    _PERMANENT,
    _FIXED_TERM,
    _PROJECT,
    _FREELANCER,
    _INVOICED,
    apprentices_wanted(ContractType.APPRENTICESHIP),
)
_ON_THE_PAYROLL = re.compile(r"\b(?:ingres\w+|en|[ao]|a la|directo|pas\w+|por) planilla\b")
# How long an internship is and what a freelancer is paid for name no second bond.
_SAID_OF = {
    ContractType.APPRENTICESHIP: (ContractType.FIXED_TERM,),
    ContractType.FREELANCE: (ContractType.PROJECT,),
}


def read_contract(text: str) -> Found[ContractType] | None:
    """The contract that `text` offers; None where it names none, or several ("recibo por honorarios o planilla")."""
    found = the_one(text, _RULES, _SAID_OF)
    if found is not None and found.value is ContractType.FREELANCE and _ON_THE_PAYROLL.search(passages(text).words):
        return None
    return found
