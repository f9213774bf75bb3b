"""Words around hours that change what they say: whose hours they are, whether they rotate, may be chosen, are loose."""

from __future__ import annotations

import re

TO_CHOOSE = re.compile(
    r"\ba (?:elegir|escoger|eleccion)\b|\b(?:elige|escoge|elegi|choose|escoja|elija)\b|\bopcion(?:es)?\b|\boptions?\b"
    r"|\bdisponibles?\b|\balternativas?\b|\bambos turnos\b|\bdiferentes (?:turnos|horarios)|\bvariedad de (?:turnos"
    r"|horarios)"
    r"|\b(?:dos|tres|2|3) (?:turnos|horarios)\b|\bturnos:|\bhorarios:|\bshifts:|\bshifts are\b|\bor\b|\bo bien\b"
)
NUMBERED = re.compile(
    r"\b(?:turno|horario|opcion|shift|option|schedule|grupo)\s?(?:n[°º.]?\s?)?(?:[1-5abc]|i{1,3}|uno|dos"
    r"|tres)\b(?!\s?(?::?\d|hs|hrs?|a\b|am\b|pm\b))"
    r"|\bturnos? [ap]\.?m\b|\b(?:[1-5](?:er|ro|do|to|ra|da)?\.?|primer|segundo|tercer) (?:turno|horario|opcion"
    r"|shift)\b|\b(?:1st|2nd|3rd"
    r"|first|second|third) shift"
)
SPLIT = re.compile(r"\b(?:cortad[oa]|partid[oa]|doble turno|turno doble|horario discontinuo|split)\b")
UNDECIDED = re.compile(
    r"\ba (?:convenir|definir|coordinar|acordar|confirmar|conversar|tratar)\b"
    r"|\bsegun (?:\w+ ){0,2}?(?:horarios?|disponib|necesidad|operac|turno|rotacion|requerimiento|demanda|agenda"
    r"|coordinacion|sede|tienda|local|programacion|la sede|malla)|\bsujeto a\b(?! (?:mod|cam))"
    r"|\btentativ|\btambien (?:puede|podria)|\bocasiones\b|\ben (?:verano|invierno)\b|\bdepend(?:e|iendo|ing)\b"
    r"|\bnegociab|\breferencial|\bpor (?:asignar|confirmar|coordinar)\b|\bto be (?:defined"
    r"|discussed|agreed)|\bsimilar\b|\bpor definir\b"
)
# In the same clause, and not of pay, which varies too.
# A part of the day that is extra, or not settled.
EXTRA_PART = re.compile(
    r"\b(?:posibilidad(?:es)?|eventual\w*|ocasional\w*|extras?|preferible\w*|preferente\w*|de preferencia|deseable)\b"
)
# A part of the day that more is paid for.
PAID_PART = re.compile(
    r"\b(?:bonificacion|bono|recargo|plus|pagos? adicional(?:es)?|adicional)(?: (?:por|de|el|la|en|turno|horario"
    r"|jornada"
    r"|trabajo|trabajar)){0,4} $"
)
OPEN_PART = re.compile(r"\ba (?:convenir|definir|coordinar|acordar)\b|\bocasiones\b")
VARIABLE = re.compile(
    r"\A(?:(?!\b(?:remunerac|sueldo|salario|ingreso|incentivo|comision|fij[oa]\b|bono|pago|renta))[^.;|])*?\bvariab"
)
CORE_HOURS = re.compile(
    r"\bcore (?:working |team )?hours\b[^\n]{0,25}$|\boverlap\b[^\n]{0,45}$|\bhoras? (?:nucleo|en comun"
    r"|de solapamiento|de superposicion)\b[^\n]{0,25}$"
)
# What stands after hours is of them until another matter is named.
OTHER_MATTER = re.compile(
    r"\b(?:sueldo|salario|remuneracion|pago|honorarios|zona|lugar|ubicacion|beneficios|modalidad|interesad"
    r"|se (?:ofrece|valora)"
    r"|horario de almuerzo|contratacion|enviar|requisitos|sus principales)"
)
RANGE_OF_HOURS = re.compile(
    r"\brango\b|\bfranja\b|\bbanda horaria\b|\bdentro del?\b|\bentre (?:las )?\d|\bventana|\bwithin\b"
    r"|\bbetween \d|\boverlap"
    r"|\bamplitud"
    r"|\bdentro de la franja|\bturnos? (?:de \d{1,2} ?(?:hs|horas) )?(?:dentro|entre)\b"
)
IRREGULAR = re.compile(
    r"\bpor medio\b|\bal mes\b|\bmensual(?:es)?\b|\baltern(?:ad|[oa]s?\b)|\beventual|\bocas+ional|\bocacional"
    r"|\bintercalad"
    r"|\bcada (?:15|quince|dos|2|otro)\b"
    r"|\balgun(?:os|as)? (?:sabado|domingo|fin)|\bposib|\bun(?:o|a)? (?:sabado|domingo|fin)|\b(?:1|2|3|dos"
    r"|tres) (?:sabado|domingo|fin)"
    r"|\brotati[vb]|\bsolo (?:si|en caso)|\bper month\b|\ba month\b|\bevery other\b|\balternate|\boccasional"
    r"|\bsi es necesario|\bcampan|\bquincena"
)
EVERY_OTHER = re.compile(
    r"\bpor medio\b|\baltern(?:ad|[oa]s?\b)|\binterdiari|\bintercalad|\bcada (?:15|quince|dos|2|otro)\b"
    r"|\bquincenal|\bal mes\b|\bevery other\b"
    r"|\balternate\b"
)
RESTED = re.compile(
    r"descans|\blibres?\b|\boff\b|cerrad|no se trabaja|no laborable|sin trabajar|\bno (?:hay|se) (?:atencion|labora)"
    r"|\bfran?cos?\b"
    r"|\bexcepto\b|\bmenos\b|\bsalvo\b|\bexcept\b|\bclosed\b|\bno (?:trabaj|sabado|domingo|fin)|\bsin (?:sabado"
    r"|domingo|fin)|\bno weekends?\b"
)
OF_SOMETHING_ELSE = re.compile(
    r"\bhorarios? (?:de (?:atencion|tienda|apertura|centros? comercial|mall)|del servicio)|capacitac|\binduccion"
    r"|\btraining\b|entrevista|\binterview|\bpostul"
    r"|\bcomunicar|\bcomunica[tr]|\bcomuniques"
    r"|\bllamar|\bllamanos|\bllama al|\bcontact(?:ar|a|o|e|us)|\bwhats?app\b|\bcv\b|\bcurriculum|hojas? de vida"
    r"|\bresumes?\b"
    r"|\benviar|\bentregar|\bremitir"
    r"|\binscrip|\bpresentarse|\bacerca(?:r|te)|\bapersonar|\basistir\b|\bdejar\b|\bconsultas\b|\binformes\b|\bescrib"
    r"|\batencion (?:al|de|a)\b|\batendemos|\bclases?\b|\bcursa(?:d|ndo)|\bcursos?\b|\bestudi|\btalleres?\b|\bwebinar"
    r"|\bevento|\bcharla"
    r"|\breclutamiento|\bconvocatoria|\bevaluaciones\b|\bcitas?\b|\bferia\b|\b(?:la |nuestra )?tienda (?:abre"
    r"|atiende)|\bstore hours|\bopening hours|\bapply\b|\bcall us"
    r"|\bcursas|\buniversidad\b|\bfecha\b|\bclosing\b|\bdeadline|\bmeetings? (?:are|is|will|take)"
    r"|\breuniones (?:son|seran)|\breunion (?:semanal|mensual|diaria|de equipo)|\bteoric[oa]s?\b"
)
ELSE_AFTER = re.compile(
    r"[^\w\n]{0,4}(?:(?:hs|hrs?|horas|h)\b[^\w\n]{0,3})?(?:\(|para |por |durante |en |de |solo |for )?(?:la |el |las "
    r"|los |su |tu )?(?:presente )?"
    r"(?!\w{4,15} ?:)(?:capacitac\w*+(?! (?:inicial|complet|continu|constant|permanent|pag|remunerad|gratuit"
    r"|a cargo|y |en ))"
    r"|induccion|training|entrevista|interview|asistir\b|presentarse|acercarse|reuniones\b|meetings\b"
    r"|(?:refrigerio|almuerzo|break"
    r"|lunch)\b(?! (?:incluid|a cargo|grat|pag"
    r"|cubiert|en (?:el )?(?:comedor|planta)))|para (?:dejar|entregar"
    r"|enviar)|dejar|entregar)"
)
WORK_LABEL = re.compile(
    r"(?=\b(?:horarios?(?! de (?:capacit|entrev|atenc|induc|clase|tienda|estud|recep|centros? com|mall)"
    r"| del servicio)|jornadas?|disponib|modalidad"
    r"|presencial|turnos?|shifts?"
    r"|work(?:ing)? hours|schedule|laborar|trabajar|trabajaras|trabajo)\b)"
)
# Cut by a board, at the end or before what it adds of its own.
CUT_OFF = re.compile(r"[\w\W]{0,15}(?:\.\.\.|…)\s*$|[^\n]{0,12}(?:\.\.\.|…)\s*\neduc|[^\n ]{1,8}(?:\.\.\.|…)")
LUNCH = re.compile(
    r"\(?\s?(?:con |incluye |incluido |mas |\+ |y |que incluye )?(?:el |la )?(?:(?:una|1|un|media|45|60|30|90"
    r"|1[.,:]\d{1,2}|1 y media|40|\d{2}) ?"
    r"(?:h|hs|hrs?|horas?|hour|min(?:utos|utes|s)?\.?)\.? (?:y media )?)(?:de |for |para |del )?(?:el |su "
    r"|tu )?(?:refrigerio|almuerzo|break|lunch|comida|descanso|almorzar|alimentacion)"
    r"(?: diari[oa]s?)?\s?\)?"
    r"|\(?\s?\b(?:refrigerio|almuerzo|break|lunch|hora de almuerzo)\b[: ]{1,2}(?:de )?(?:(?:una|1|45|60|30"
    r"|1[.,:]\d{1,2}) ?(?:h|hs|hrs?|horas?|min(?:utos|s)?)\b\.?"
    r"|(?:de )?\d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.? ?m\.?)?(?: a | - |-)\d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.? ?m\b\.?"
    r"|hs)?)\s?\)?"
)
BEFORE, AFTER = 80, 45  # characters around a statement that can say what it is about
HEADING = 70
# Hours that change after some time: "primer mes de 9 a 6, luego de 1 a 10 pm".
CHANGES = re.compile(
    r"\b(?:primer[oa]?s?|first)(?: \w+){0,2} (?:mes|meses|semanas?|dias|months?|weeks?)\b[^\n]{0,40}"
    r"\b(?:luego|despues|posteriormente|then|after)\b[^\n]{0,20}$"
)
# Of somebody's coming in, where no going out is told: "ingreso entre 7 y 9 am".
PREFERRED = re.compile(
    r"\b(?:preferentemente|preferiblemente|preferible|de preferencia)(?: (?:por|en|a|de|el|la|las|los|turno"
    r"|manana|mananas|tarde"
    r"|tardes|noche)){0,5} $"
)
COMES_IN = re.compile(r"\b(?:ingreso|entrada|llegada|start(?:ing)? time)(?: (?:\w+|:)){0,3} $")
_OF_A_SERVICE = re.compile(
    r"\b(?:sacar|otorgar|dar|agendar) turnos?\b[^\n.;]{0,40}$|\b(?:asunto|subject)\b[^\n.;]{0,30}$"
    r"|\bestudios?:[^\n.;]{0,20}$|"
    r"\bhorarios? (?:del servicio|de (?:atencion|centros? comercial))\W{1,3}(?:turnos?\b[^\n.;]{0,40})?$"
)
_LAST_BREAK = re.compile(r".*(?:\n|\. |[|;?!] )", re.DOTALL)


_MEETING = re.compile(r"\b(?:entrevistas?|presentarse|acercarse|convocatoria)\b")
_DATE = re.compile(
    r"\b\d{1,2} (?:de )?(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre)"
)


def is_of_a_meeting(words: str, start: int) -> bool:
    """Whether hours without days stand just after the date of an interview."""
    before = words[max(0, start - 2 * BEFORE) : start]
    return _MEETING.search(before) is not None and _DATE.search(before) is not None


def without_lunch(words: str) -> str:
    """`words` with what is said of lunch breaks blanked out; every other place stays where it was."""
    return LUNCH.sub(lambda found: " " * len(found[0]), words)


def is_of_something_else(words: str, start: int, end: int) -> bool:
    """Whether the hours at `words[start:end]` are those of an interview, of a course, of handing in a CV."""
    before = words[max(0, start - BEFORE - HEADING) : start]
    broken = _LAST_BREAK.match(before)
    said = before[broken.end() :] if broken else before
    if broken and len(said.strip()) < 4:  # "Entrevistas:\n": a heading
        earlier = before[: broken.end()].rstrip(" \n.|;?!")
        cut = _LAST_BREAK.match(earlier)
        heading = earlier[cut.end() :] if cut else earlier
        said = heading if len(heading) < HEADING else said
    last = WORK_LABEL.split(said)[-1]
    return bool(
        OF_SOMETHING_ELSE.search(last) or _OF_A_SERVICE.search(said) or ELSE_AFTER.match(words[end : end + AFTER])
    )
