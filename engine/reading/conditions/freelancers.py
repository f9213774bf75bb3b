"""Work without employment: freelancers and contractors, and who is paid by invoice or receipt for fees."""

from __future__ import annotations

import re

from engine.jobs import ContractType
from engine.reading.conditions.contract_words import AFTER_ANOTHER, LABEL, NOT_OFFERED, WORKED_ON
from engine.reading.conditions.statements import Stating

_WORD = 0.85
_OR_EMPLOYED = (
    r" ?(?:[ou]|y/o|/|or) (?:a |por |un |en |bajo )?(?:planilla|relacion de dep|dependencia|plazo|indefini|indetermin"
    r"|w-?2|employ)"
)

_FREELANCER = Stating(ContractType.FREELANCE, re.compile(
    r"\bfree ?-?lanc(?:e|er|(?<!, freelanc)ers)\b|\bindependent contractor\b|\b(?:as|are"
    r"|become) independent contractors\b"
    r"|\b(?:independent )?contractor (?:agreement|position|role|basis)"
    r"|\b\w{2,20} contractor\b(?= ?[-|(])|\((?:as )?(?:a )?contractor\)|\b(?:(?:modalidad|tipo"
    r"|forma) de )?(?:modalidad|contrato|contratacion|esquema"
    r"|como|modality|engagement|relacion|(?:employment|contract|job) type)[ :]{1,2}(?:de |como |tipo )?contractor\b"
    r"|\b(?:engaged|hired|work|working|paid) as an? contractor\b|\bfull[- ]time contractor\b"
    r"|\bcontractor (?:full|part)[ -]?time\b|\b(?:are|[’']re|is) (?:hiring|looking for"
    r"|seeking)\b[^\n.]{0,20}\bfreelanc\w+"
    r"|\bjoin (?:our|a|the)\b[^\n.]{0,30}\bfreelanc\w+"
    r"|\(1099\)|\bas an? (?:1099|contractor)\b"
    r"|\b1099\b(?= (?:contract|position|role|basis))|\bb2b (?:contract|employment|agreement|cooperation|basis)"
    r"|\bcontract(?: type)?: b2b\b|\bself-employed (?:contractor|basis|position|role|opportunity)"
    r"|\b(?:contratacao|regime|modelo|vaga|contrato)[ :]{1,2}pj\b"
), _WORD, re.compile(
    rf"{NOT_OFFERED}|{AFTER_ANOTHER}|\b(?:equipo de|team of|cast of|red de|supervisar|coordinar|gestionar|manage"
    r"|managing|coordinat\w+|source|onboard(?:ing)?|recruit(?:ing)?|pay(?:ing)?|experiencia "
    r"(?:como|en|con|previa)[^\n.]{0,20}|experience (?:as|in|with)[^\n.]{0,20}|with|trabajar con|our|hire|hiring|and"
    r"|[yo]"
    r"|corporacion de|empresas? de|firma de|sector|rubro|estudio de|area de|de|los|las|con|of|other|external|through|to"
    r"|pagos? a|contratos? con|clientes|internos|otros|general) $"
), re.compile(
    rf"{_OR_EMPLOYED}| ?(?:editors? and|designers? and|team|who\b|platforms?|marketplaces?|sites?\b|websites?"
    r"|background"
    r"|experience"
    r"|(?:may|might|must not|should) |(?:payments?|invoices?|management)\b)"
))  # fmt: skip

_BY_LABEL = Stating(ContractType.FREELANCE, re.compile(
    rf"{LABEL}(?:free ?-?lancer?|(?:independent )?contractor|b2b|1099|self-employed|honorarios|monotribut\w{{1,6}}"
    r"|(?:locacion|prestacion) de servicios?|servicios profesionales|independiente)\b"
), _WORD, re.compile(NOT_OFFERED), re.compile(_OR_EMPLOYED))  # fmt: skip

# An invoice or a receipt for fees is how people are paid, and what an accountant's work is about.
_INVOICED = Stating(ContractType.FREELANCE, re.compile(
    r"\b(?:bajo|por|en|con|mediante) (?:el |la )?(?:regimen|modalidad)(?: de| del)? monotribut\w{1,6}"
    r"|\bruc\b[^\n.]{0,40}\brecibos? (?:por|de|x) honorarios"
    r"|\b(?:recibos?|contrato|modalidad|contratacion|locacion|ingreso|regimen|emision de recibos?)(?: (?:por|de|x"
    r"|servicios|con|a)){0,4} honorarios?\b"
    r"|\bpagos? (?:por|x|con|mediante|via)(?: recibos?)?(?: (?:por|de|x))? honorarios\b"
    r"|\bboletas? de honorarios\b|\bpagos? (?:por|x|con|mediante) r\.? ?h\.?e?\b|\borden de prestacion de servicios\b"
    r"|\bcontrato civil\b|\bcontrat\w+[ :]{1,2}(?:de |por )?servicios prestados\b|\bcontratacion por locacion\b"
    r"|\b(?:sin|no (?:hay|existe|es|genera)(?: \w{1,10}){0,3}) relacion (?:de dependencia|laboral)\b"
    r"|\bsin (?:dependencia|vinculo) laboral\b"
    r"|\b(?:indispensable|requisito|debe\w{0,3}|necesario|obligatorio)[ :](?:poder )?emitir recibos?\b"
    r"|\bse (?:abona|paga)n? honorarios\b|\bpagos? (?:por|con|mediante) cuentas? de cobro\b|\bque facture\b"
    r"|\b(?:contar con|tener|poseer) ruc\b[^\n.]{0,30}\b(?:facturar|facturas?|recibos?)\b"
    r"|\b(?:indispensable|requisito|excluyente|necesario|obligatorio)[ :](?:poder )?facturar\b"
    r"|\bpagos? (?:por|x|con|mediante) recibos?\b(?! de sueldo)"
    r"|\br ?x ?h\b|\br\.?h\.?e\b|\b(?:por|x) honorarios\b|\bhonorarios asimilados\b|\basimilados a (?:salarios"
    r"|sueldos)\b"
    r"|\bhonorarios(?: profesionales)? ?(?::|(?:us)?\$|s/|a conven|acordes?|competitiv|por (?:proceso|cierre|hora"
    r"|turno|pieza))"
    r"|\b(?:contrat\w+|modalidad|condiciones)[ :]{1,2}regimen (?:de )?monotribut\w{1,6}|\bmonotrib\w{1,3}(?:o"
    r"|istas?)\b|\bcontrat\w+[ :][^\n.]{0,25}\bcon factura(?:cion)?\b"
    r"|\b(?:contrat\w+|modalidad|bajo)(?: (?:de|por|la|bajo|modalidad|una|el"
    r"|civil)){0,4} (?:d e ?)?prestacion de servicios\b"
    r"|\bcontratacion: prestacion de servicios\b"
    r"|\b(?:contratar|contrato (?:de|por)|contrato|contratacion (?:de|por)|por) (?:los )?servicios profesionales\b"
    r"|\bservicios profesionales (?:con|contra|previa|bajo) factura\b"
    r"|\b(?:bajo|contra) factura\b|\b(?:servicios?|sueldo|pagos?|salario|remuneracion)(?: \w{1,12}){0,3} (?:con|por"
    r"|contra|mediante|previa|via) factura\b"
    r"|\b(?:que (?:puedan?|emitan?)|puedas?|debe\w{0,4}|poder|posibilidad de|capacidad (?:de|para))"
    r" (?:emitir |facturas?\b)(?:facturas?\b)?(?!,| (?:a|y|de|los)\b)"
    r"|\b(?:posibilidad de|poder|para|debe\w{0,4}) facturar\b(?! (?:a|los|las|y|el|la)\b)"
    r"|\blocacion de servicios?\b|\blocador(?:es|a|/a)? de servicios?\b"
), _WORD, re.compile(
    rf"{NOT_OFFERED}|{AFTER_ANOTHER}|{WORKED_ON}|"
    r"\b(?:validar|revis\w+|control\w*|registr\w+|elabor\w+|recepcion|emision|emitir|proces\w+|tramit\w+|contabiliz\w+"
    r"|provision\w*|concili\w+|calculo|pagos?|clientes|declara\w*|liquida\w+|impuestos|ganancias|iva|regimen"
    r"|categoriza\w*|recategoriza\w*|altas?|atencion a|facturas?|boletas?|aumento\w*|planillas?|contratos)(?: (?:de|en"
    r"|del|sobre|los|las|pagos?|el|por|contra|[oyu]|y/o|semestral(?:es)?)|[,/]){0,3} ?$"
    r"|\b(?:conocimientos?|manejo|acredita\w*|atencion a)\b[^\n.]{0,45}$|\b(?:contables|impositiv"
    r"|tributari)[^\n.]{0,25}$"
    r"|\b(?:no|sin|ni)\b[^\n.;,():|]{0,30} $|\b(?:impuestos|ingresos brutos|recaudacion|regimenes)\b[^\n]{0,50}$"
    r"|\bexperiencia\b[^\n.;,:]{0,25}$"
), re.compile(
    rf"{_OR_EMPLOYED}| ?\(si aplica| ?a (?:los )?(?:profesionales|medicos|proveedores|terceros|abogados|peritos)"
))  # fmt: skip

FREELANCERS = (_FREELANCER, _BY_LABEL, _INVOICED)
# Beside it, fees are of the first months or of one's own choosing: "RxH o planilla", "2 meses RxH y luego planilla".
EMPLOYED_TOO = Stating(True, re.compile(
    r"\b(?:ingres\w+|en|[oyau]|a la|directo|pas\w+|por|luego|despues|incorpor\w+) planilla\b(?! (?:de|excel))"
    r"|[/,+-] ?planilla\b(?! (?:de|excel))|\bplanilla (?:mype|remype|completa|directa|desde|a partir|al \w{1,8} mes"
    r"|luego"
    r"|con (?:todos|beneficios)|(?:[ou]|y/o|/) )|\bw-?2\b|\brelacion de dependencia\b|\bdependent relationship\b"
), _WORD, re.compile(r"\b(?:no|sin|ni|not|similares|condiciones)\b[^\n.;,:()|]{0,35}$"))  # fmt: skip
