"""Words around a contract's name: how long it lasts, that it is not offered, that it is what the work is about."""

from __future__ import annotations

MONTHS = (
    r"(?:\d{1,2}|una?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|one|two|three|four|five|six|nine|ten"
    r"|twelve)"
    r"[ -]?(?:\(\d{1,2}\) ?)?(?:a \d{1,2} )?(?:mes(?:es)?|semanas?|anos?|bimestres?|trimestres?|semestres?|months?"
    r"|weeks?"
    r"|years?)\b(?! (?:de (?:prueba|experiencia|antiguedad)|of experience))"
)
KIND = (
    r"(?:contrato|contratacion|cto\.?|posicion(?:es)?|puestos?|trabajo|empleos?|incorporacion|modalidad"
    r"|relacion laboral"
    r"|vacantes?|ingreso|tipo de contrat\w+|contract|position|role|job)"
)
# What forms and lists name a contract after: "Tipo de contratación: Eventual", "Employment type: Full-time, Permanent"
LABEL = (
    r"\b(?:(?:tipo|modalidad|forma|condicion(?:es)?) (?:de )?(?:contrat\w+|vinculo|vinculacion|puesto|empleo)"
    r"|modalidad|contrat(?:o|acion)|condicion|relacion laboral|(?:(?:employment|contract|job|position|engagement"
    r"|role) )?"
    r"types?|contract|employment|engagement) ?[:(-]{1,2} ?(?:(?:(?:full|part)[ -]?time|tiempo completo|medio tiempo"
    r"|jornada completa|commission)[ ,/|-]{1,3}){0,2}"
)
FILLER = (
    r"(?:(?:laboral|individual|un|el|periodo|por|tiempo|de|a|forma|caracter|fij[oa]|direct[oa]|estable|con|la"
    r"|empresa,?|puesto|inicial"
    r"|renovable|tipo|trabajo|temporal|eventual|plazo|cas|inmediat[oa]|inicialmente|full|part|time|[ye]|es|sera"
    r"|compania|manera|en|is|100 ?%),? ){0,6}"
)
NOT_OFFERED = (
    r"\b(?:no|not|sin|ni|nunca)(?: (?:es|son|sera|se trata de|a|an|un|una|hay|ofrecemos|por|para|mediante|bajo|trabajo"
    r"|puesto)){0,4} $"
)
MAY_COME = (
    r"\b(?:posibilidad(?:es)?|opcion(?:es)?|oportunidad(?:es)?|potential|possib\w{1,6}|opportunity|chance|together"
    r"|shape|then|pas[eo]|pasar)\b[^\n.]{0,40}$"
)
# Who draws contracts up, sells or checks them is offered none by that.
WORKED_ON = (
    r"\b(?:elabora\w*|redac\w+|revis\w+|gestion(?:ar|es)?|administra(?:r|cion)|control(?:ar)?|renovacion(?:es)?|renovar"
    r"|seguimiento|negocia\w*|confec\w+|prepara(?:r|cion)|tramita\w*|archiv\w+|registr(?:ar|o)|actualiza\w*|formula\w*"
    r"|asesor(?:ar|ia)|verifica\w*|valida\w*|supervis(?:ar|ion)|conocimientos?|manejo|dominio|tipos|anali(?:sis|zar)"
    r"|suscri\w+|vencimientos?|legaliza\w*|custodia\w*|draft\w*|review\w*|manag(?:e|ing|ement)|negotiat\w+)\b[^\n.;:"
    r"|,(-]{0,30}$"
    r"|\b(?:venta de|vender|planes|suscripciones)\b[^\n.;:|,(-]{0,25}$"
    r"|\b(?:clientes?|proveedores|usuarios|socios|descuentos?|creditos?|licencias?|afiliacion(?:es)?|membresias?"
    r"|garantias?|suspension) (?:con|a|de|por|sin) (?:un )?$"
)
# "temporal o permanente", "fijo y eventual": two that are offered, or the people of a company
BESIDE_ANOTHER = (
    r" ?(?:[yeou]|y/o|/|or|and) (?:a |de |por |un )?(?:permanent|indefini|indetermin|efectiv|plazo indet|tiempo indet"
    r"|planta|fij[oa]s?\b|temporal|eventual|temporar|fixed|plazo (?:fijo|determ)|locacion|honorarios|recibos?\b|r ?x ?h"
    r"|monotrib|freelanc|contractor|servicios prof)"
)
AFTER_ANOTHER = (
    r"\b(?:permanentes?|indefini\w+|indetermin\w+|efectiv[oa]s?|fij[oa]s?|temporal(?:es)?|eventual(?:es)?|temporary"
    r"|plazo (?:fijo|determinado)|dependencia|planilla) (?:[yeou]|y/o|/|or|and) (?:(?:a|de|por|un|contrato) ){0,2}$"
)
