"""Contracts for a time: months that are told, another's leave, a season."""

from __future__ import annotations

import re

from engine.jobs import ContractType
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
from engine.reading.conditions.statements import Stating

_SURE = 0.95
_SOUGHT = (
    r"(?:busca\w{0,4}|sumar|sumamos|incorpora\w{0,3}|selecciona\w{0,5}|necesita\w{0,3}|requier\w{1,3}|solicita\w{0,3}"
    r"|busqueda de) "
)
_MONTH = (
    r"(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre|january|february"
    r"|march"
    r"|april|june|july|august|september|october|november|december)"
)
_LEAVE = r"(?:maternidad|paternidad|licencia|vacaciones|descanso|pre ?(?:y|-) ?post ?natal|natalidad)"
_SEASON = r"(?:verano|invierno|alta|navid\w+|escolar|zafra|cosecha|20\d\d)"
_NOT_AFTER = (
    rf"{NOT_OFFERED}|{MAY_COME}|{WORKED_ON}|{AFTER_ANOTHER}"
    r"|\b(?:experiencia|contratos de venta|emision)\b[^\n.]{0,20}$|\bcontratos de $"
    r"|\b(?:cursos?|proyectos|capacitacion(?:es)?|entrenamientos?|talleres|diplomados?|estudios|carreras?|garantia)"
    r"(?: \w+)? (?:con|con una|de|por) $"
    r"|\b(?:mercado|rubro|sector|industria|empresas?|agencias?|servicios?|lider(?:es)?|soluciones|especialistas?"
    r"|expertos?)"
    r" (?:\w+ )?(?:de|del|en) $"
    r"|\b(?:depositos?|inversion(?:es)?|ahorros?|certificados?|cuentas?|polizas?|captaciones|captar|prestamos?)"
    r"[^\n.;:]{0,18} (?:a )?$|\b(?:campanas?|ventas|productos|coleccion(?:es)?|stock|planificar|promociones|articulos"
    r"|ropa|precios|eventos)(?: \w+)? $|\bestrateg\w+[^\n]{0,45}$"
)
_NO_PEOPLE = (
    r"viajes?|visitas?|alquiler\w*|alojamientos?|viviendas?|residencias?|refugios?|hospedajes?|estructuras?|incapacidad"
    r"|trabajos|servicios?|empresas?|empleo"
)
_NOT_BEFORE = re.compile(
    rf"{BESIDE_ANOTHER}| ?(?:deposit|account|saving|annuit|loan|rates?\b|investment|housing|accommodation|staff\b)"
)

_OF_A_CONTRACT = Stating(ContractType.FIXED_TERM, re.compile(
    r"\b(?:contrat\w{1,5} (?:laboral |de trabajo )?(?:(?:a|por|de) )?)?(?:tiempo|plazo|termino) (?:determinado"
    r"|fijo)\b|\bcontrato definido\b|\bcontrat\w+ [^\n.]{0,45}"
    r"\ba termino\b(?! (?:in|no ))|\bsujet[oa]s? a modalidad\b|\b(?:contrato|contratacion) (?:laboral )?(?:intermitente"
    r"|emergente|(?:por|de) emergencia)\b"
    rf"|\b{KIND}[ :-]{{1,3}}{FILLER}(?:temporal(?:es)?|eventual(?:es)?|temporari[oa]s?"
    r"|transitori[oa]s?|de temporada|(?:de|por) suplencia|por campana|(?:por |de )?zafra(?:l|les)?|ocasional"
    r"|fixed[- ]term|temporary|seasonal)\b"
    r"|\bcoberturas? eventual(?:es)?\b|suplencias? hasta\b|\bcas (?:temporal|transitori[oa]|por (?:suplencia|reemplazo"
    r"|necesidad transitoria))\b"
    rf"|\b(?:contrato|posicion|puesto|vacante|reemplazo|cobertura|duracion|temporal)[^\n.]{{0,20}} hasta (?:el (?:mes"
    r"|dia|\d)"
    rf"|fin(?:es)? de|\d{{1,2}} de|{_MONTH}\b)"
    rf"|\b(?:contrato|contratacion)[ :-]{{1,3}}{FILLER}(?:por |de |: |x )?{MONTHS}"
    rf"|\b(?:contrato|contratacion) {FILLER}(?:por|x|de) \d{{2,3}} dias\b(?! (?:(?:a|de|por|x) )?(?:la )?semana)"
    r"|\bcontrato (?:laboral )?(?:(?:bimestral|trimestral|cuatrimestral|semestral)\b|(?:mensual|anual),? (?:renov"
    r"|prorrog))"
    rf"|\bduracion(?: del? (?:contrato|puesto|trabajo|servicio|proyecto))?[: ]{{1,2}}(?:de )?(?:contrato (?:por "
    rf"|de ))?{MONTHS}|(?<!trabajos )(?<!viajes )\b(?:temporal|eventual|suplencia|temporari[oa])(?:es)? (?:(?:por|de"
    rf"|x) )?{MONTHS}"
    rf"|\b{MONTHS} (?:de contrato|contract\b|con (?:posibilidad de )?(?:renov|prorrog|extension)|renovables?)"
    rf"|\bcontract(?: (?:runs |lasts |is )?(?:for|of)|:|,) {MONTHS}|\b(?:contract|assignment) (?:length|duration"
    rf"|period|term)(?::| is) {MONTHS}"
    rf"|\b\d{{1,2}}[- ]months? (?:contract|assignment|role|ftc)"
    rf"|\bcontrat\w+ [^\n.]{{0,20}}\b(?:desde|del) [^\n.]{{0,35}}\b(?:al|hasta el) \d{{1,2}} de {_MONTH}\b"
    r"|\bcontrat\w+ [^\n.]{0,20}\bdesde [^\n.]{0,35}\b(?:al|hasta el) \d{1,2}\b"
    rf"|\b(?:dependencia|planilla) (?:por|durante) {MONTHS}|\brenova\w{{2,5}} (?:cada|por) {MONTHS}"
    rf"|\b(?:duration|length|vigencia|plazo|term|termino): {MONTHS}|\bcontratos de {MONTHS} renovables"
    rf"|\bcontract (?:role|position)(?: for)? ?\(?{MONTHS}"
    rf"|\b(?:temporary|seasonal) ?[(,] ?(?:{MONTHS}|{_MONTH})"
    r"|\bshort[- ]term (?:contract|assignment|role|position|engagement|consultancy)\b"
    r"|\blimited[- ]term (?:contract|appointment|position|role)\b|\bcas\b[^\n.]{0,25}\bnecesidad transitoria\b"
    r"|\b(?:posicion|puesto|vacante|trabajo|asignacion|reemplazo|suplencia) (?:es )?(?:por|durante|x|de) \d{2,3} dias\b"
    r"|\bcontrat\w+ por (?:el )?(?:periodo|ano) (?:lectivo|escolar)\b"
    r"|\bcontrat(?:o|acion)(?: \w{1,12}){0,2} (?:renovable|prorrogable)\b"
    rf"|\b(?:posicion|puesto|vacante|trabajo|asignacion) (?:es )?(?:por|durante|x) {MONTHS}"
    rf"|\bcontrat\w+[: ][^\n.]{{0,20}}\b{_MONTH} (?:a|al|hasta|y|-) {_MONTH}\b"
    r"|\b(?:posicion|puesto|vacante|busqueda|contrato|contratacion) (?:es )?(?:por|de|para) (?:un |una "
    r"|la )?(?:reemplazo|temporada"
    r"|suplencia|licencia)\b|\bpor licencia (?:de|por) maternidad\b|\bsuplencia ?\(|\breemplazo (?:de|por|x) "
    rf"{MONTHS}|\bcubrir (?:un |una |el |la )?(?:puesto|vacante|posicion) (?:por|de) (?:una )?(?:licencia|reemplazo"
    r"|suplencia|maternidad)\b"
    r"|\b(?:empleo|trabajo|puesto|personal|refuerzos?|apoyo) (?:de|para|por) (?:el |la |las )?(?:verano|temporada"
    r"|fiestas|cosecha|zafra)\b|\brefuerzo navideno\b"
    r"|\bfixed[- ]term\b|\bnombramiento provisional\b|\b(?:temporary|temp|seasonal|interim)(?:,? (?:full"
    r"|part)[- ]?time,?)? (?:position|role|contract|job|full|part|work(?:er)?"
    r"|employment"
    r"|assignment)\b|\btemp[- ]to[- ](?:perm|hire)"
    r"|\b(?:maternity|paternity|parental) (?:cover|contract)\b|\b(?:maternity|paternity|parental|sick|medical) leave"
    r" (?:cover(?:age)?|replacement|contract)\b"
    r"|\bcontrato (?:de trabajo )?(?:por|de) (?:inicio|incremento|necesidad\w*|reemplazo|suplencia|campana|temporada)"
    rf"|\b(?:reemplazo|suplencia) (?:temporal )?(?:(?:de|por|x) )?(?:una )?{_LEAVE}|\breemplazo (?:vacacional"
    r"|temporal|eventual)\b"
    r"|\b(?:por|x) suplencias?\b|\bcobertura (?:de|por) (?:descanso|licencia|suplencia|maternidad|vacaciones)"
    r"|\b(?:cubrir|suplir) (?:una |la |un )?(?:licencia|suplencia|reemplazo|descanso (?:pre|post))\b"
    r"|\b(?:trabajo|personal|puesto|empleo) (?:por|para) (?:la )?(?:campana|temporada)\b"
    rf"|\b(?:para|por|de) (?:la )?(?:temporada|campana) (?:de )?{_SEASON}\b"
), _SURE, re.compile(_NOT_AFTER), _NOT_BEFORE)  # fmt: skip

_BY_LABEL = Stating(ContractType.FIXED_TERM, re.compile(
    rf"{LABEL}(?:temporal|temporari[oa]|temporary|eventual|seasonal|(?:a )?(?:plazo|termino) fijo"
    r"|(?:por )?(?:necesidad|necesidades|incremento"
    r"|inicio|suplencia|temporada|campana|reemplazo))\b"
), _SURE, re.compile(NOT_OFFERED), _NOT_BEFORE)  # fmt: skip

_OF_PEOPLE = Stating(ContractType.FIXED_TERM, re.compile(
    rf"\b{_SOUGHT}(?:(?!viajes|visitas|trabajos|guardias|horas|para)[a-z/]{{1,14}} ){{1,4}}(?:(?:eventual"
    rf"|temporal)(?:es)?|por (?:temporada|cosecha|zafra))\b|(?:\b{_SOUGHT}|\n|\A|[-|(] ?)personal (?:eventual"
    r"|temporal|temporario|de temporada)\b"
    r"|\b(?:incorpor|contrat|sum)\w{1,5} (?:[a-z]{1,12} ){0,3}de (?:manera|forma) (?:eventual|temporal)\b"
    r"|\b(?:tipo de puesto|(?:job|employment|contract) types?): [^\n]{0,40}\b(?:temporal|temporary|seasonal)\b"
), _SURE, re.compile(_NOT_AFTER), _NOT_BEFORE)  # fmt: skip

# "Temporal" is said of much besides work: it states a contract where it ends what is said, or in a title.
_AT_AN_END = Stating(ContractType.FIXED_TERM, re.compile(
    r"\b(?:temporal|eventual)(?:es)?\b(?=\)|\s?(?:\n|\Z|[-|:]))"
), _SURE, re.compile(
    rf"{_NOT_AFTER}|\b(?:gestion|control|contratos de|creditos?)\b[^\n.]{{0,20}}$"
    rf"|\b(?:{_NO_PEOPLE}"
    r"|instalacion(?:es)?|espacios?|tiendas?|labores|tareas|actividades|domingos|guardias?"
    r"|caracter|upgrades?|ubicacion(?:es)?|oficinas?|colaboracion(?:es)?|apoyos?|personal|reuniones|horas|linea"
    r"|contratos|proyectos?|agencias?|ausencias?|permisos?|medidas?|soluciones|recursos|campanas"
    r"|eventos?|disponibilidad|compromisos?|requerimientos?|necesidades|ventas|archivos?|analisis|series"
    r"|promociones)(?: (?:de )?(?:personal|\w+))?[ (]{1,2}$|\b[yeo] \(?$|, $|\b(?:trabajo|empleo|contrat\w+) $"
), _NOT_BEFORE)  # fmt: skip

_IN_BRACKETS = Stating(ContractType.FIXED_TERM, re.compile(
    r"\((?:por |a )?(?:suplencia|temporal|reemplazo|plazo (?:fijo|determinado)|eventual\))"
), _SURE, re.compile(
    rf"{NOT_OFFERED}|\b(?:viajes?|visitas?|disponibilidad|guardias?)\b[^\n.]{{0,25}}$"
), _NOT_BEFORE)  # fmt: skip

_OF_TITLES = Stating(ContractType.FIXED_TERM, re.compile(
    r"(?<! [oy] )\b(?:eventual|temporal)(?:es)?\b|\b(?:suplentes?|reemplazantes?|(?:temporada"
    rf"|campana) (?:de )?(?!alta){_SEASON})\b"
    r"|(?:\A\W{0,3}|[(|,-] ?)(?:interim|temporary|temp|seasonal)\b"
), _SURE, re.compile(rf"{NOT_OFFERED}|{MAY_COME}|\b(?:{_NO_PEOPLE})(?: de)?(?: personal)?[ (]{{1,2}}$"), re.compile(
    rf"(?:{_NOT_BEFORE.pattern})| (?:housing|power|works?\b|traffic|structures?|staffing|tables?\b|reports?\b"
    r"|promotions?"
    r"|controls?\b|disponib|viaj|access|financial)"
), in_title=True)  # fmt: skip

FIXED_TERMS = (_OF_A_CONTRACT, _BY_LABEL, _OF_PEOPLE, _AT_AN_END, _IN_BRACKETS, _OF_TITLES)
