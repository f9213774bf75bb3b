"""Words around hours that change what they say: whose hours they are, whether they rotate, may be chosen, are loose."""

from __future__ import annotations

import re

_SHIFT_WORD = (
    r"(?:turnos?|horarios?|jornadas?|shifts?|schedules?|dias?|guardias?|esquemas?|puestos?|full ?time|part ?time)"
)
_ROTATING = r"(?:rotati[vb][oa]s?|rotatori[oa]s?|rotacionales|rotaciones|rotating|rotational|rotan|rotar|rolad[oa]s?)"
_REST = r"(?:descansos?|francos?|libres?|rest|off)"
ROTATES = re.compile(rf"\b{_ROTATING}\b")
BY_ROTATION = re.compile(r"\brotacion(?:es)? (?:semanal|quincenal|mensual|de turnos?|de horarios?)")
REST_BEFORE = re.compile(
    rf"\b{_REST}\W{{1,3}}(?:(?:de|del|dias?|semanal(?:es)?|fijos?|laboral(?:es)?|por|a|al|la|semana|un|una|1|2|son"
    rf"|es|y)\W{{1,3}}){{0,5}}$"
)
SHIFT_BEFORE = re.compile(rf"\b{_SHIFT_WORD}\b\W{{0,3}}(?:[\w/:.]{{1,14}}\W{{1,3}}){{0,7}}$")
SHIFT_AFTER = re.compile(rf"[^\w.;\n]{{1,3}}(?:[\w/]{{1,14}}[^\w.;\n]{{1,3}}){{0,2}}{_SHIFT_WORD}\b")
NOT_BEFORE = re.compile(
    rf"\b(?:no|sin|not|non|ni)(?: (?:son|es|hay|se|tienes?)| {_SHIFT_WORD}){{0,3}}[ -]{{1,2}}$|\bfij[oa]s? (?:[ouy]"
    rf"|y/o) $"
)
REST_MOVES = re.compile(
    r"\b(?:6|seis) dias (?:de trabajo\b|(?:de trabajo )?(?:(?:a la|por|x) semana\b|semanales))"
    r"|\b(?:un|1) (?:dia (?:de )?)?franco\b(?! comp)|"
    r"\b(?:un|1|dos|2) (?:dias? )?(?:y medio )?(?:de )?(?:descansos?|francos?|libres?)(?: \w+){0,2} (?:semana\b"
    r"|semanal|entre semana|rotati[vb])"
)
ROSTER = re.compile(
    r"\b(?:sistema|regimen|turnos?|diagrama|roster|esquema|jornadas?|horario|disponibilidad|laborar|trabajar"
    r"|modalidad|guardias?|ciclo)\b"
    r"[^\n\d]{0,25}\b(?P<on>\d{1,2}) ?(?:x|por|/) ?(?P<off>\d{1,2})\b(?! ?(?:hs|h\b|horas|%|hibrid|home|presencial"
    r"|remot))"
)
OTHERS_ROTATE = re.compile(
    r"\b(?:gestion|gestionar|programar|programacion|planificar|planificacion|elaborar|organizar|supervisar|coordinar"
    r"|asignar|asignacion|manage|plan)\W{1,3}(?:\w{1,14}\W{1,3}){0,4}$"
)
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
    r"\ba (?:convenir|definir|coordinar|acordar|confirmar|conversar|tratar|escoger)\b"
    r"|\bsegun (?:\w+ ){0,2}?(?:horarios?|disponib|necesidad|operac|turno|rotacion|requerimiento|demanda|agenda"
    r"|coordinacion|sede|tienda|local|programacion|la sede|malla)|\bsujeto a\b(?! (?:mod|cam))"
    r"|\btentativ|\btambien (?:puede|podria)|\bocasiones\b|\ben (?:verano|invierno)\b|\bdepend(?:e|iendo|ing)\b"
    r"|\bnegociab|\bto be (?:defined"
    r"|discussed|agreed)|\bsimilar\b|\bpor definir\b"
)
# In the same clause, and not of pay, which varies too.
# A part of the day that is extra, or not settled.
EXTRA_PART = re.compile(r"\b(?:posibilidad(?:es)?|eventual\w*|ocasional\w*|extras?)\b")
OPEN_PART = re.compile(r"\ba (?:convenir|definir|coordinar|acordar)\b|\bocasiones\b")
VARIABLE = re.compile(
    r"\A(?:(?!\b(?:remunerac|sueldo|salario|ingreso|incentivo|comision|fij[oa]\b|bono|pago|renta))[^.;|])*?\bvariab"
)
FLEXIBLE = re.compile(
    r"\bhorarios? flex\b|\bturnos flexibles\b|\bhorarios? (?:y forma )?(?:de trabajo |laboral(?:es)? "
    r"|de entrada y salida )?(?:muy |son |es |totalmente "
    r"|100 ?% |\W{1,2})?flexib\w*"
    r"|\bflexib\w* (?:\w+ ){0,2}?(?:horari\w+|de horarios?|schedules?|hours)|\bflex(?:ible)? (?:time|hours"
    r"|schedules?|(?:work|working) (?:hours|schedules?|time))"
    r"|\bhorarios? (?:(?:y|o|/) ?dias? )?a (?:tu |su )?(?:eleccion|conveniencia)\b|\bhorario/dias a eleccion"
    r"|\bflexi?-?time\b|\bschedules? (?:is |are )?flexible\b|\bflexible\b(?=\))|\bhorarios?: (?:esquema )?flex\b"
    r"|\besquema (?:de horarios? )?flex(?:ible)?\b"
    r"|\b(?:organiz\w{1,4}|manej\w{1,4}|elig\w{1,5}|elij\w{1,2}|arm\w{1,4}|construy\w{1,3}|administr\w{1,4}"
    r"|defin\w{1,4}|pon"
    r"|pongas|pones|decid\w{1,5}|crea)"
    r" (?:de )?(?:tus?|sus?) (?:propi[oa]s? )?(?:horarios?|tiempos?"
    r"|jornada)\b"
    r"|\b(?:set|choose|make|create|manage|work) (?:your|their) (?:own )?(?:hours|schedule)|\bown (?:hours|schedule)\b"
    r"|\bhorarios? (?:l[oa]s? |que )?(?:tu |usted )?(?:mismo )?(?:decid|elij|elig|pon|defin|quier|prefier|pued"
    r"|desee|acomod"
    r"|conveng)\w{0,4}(?: tu| usted| mas)?\b(?! (?:rotar|cambiar|variar|ser|estar|tener))"
    r"|\btrabaj\w{0,4} (?:a la hora|en el momento|cuando) (?:que )?(?:tu )?(?:quier|prefier|pued)\w{1,3}\b"
    r"|\bduen[oa] de tus? (?:propi[oa]s? )?(?:tiempos?|horarios?)\b|\bwork when(?:ever)? you (?:want|like)\b"
)
# What is asked of the applicant is no offer: "disponibilidad para trabajar en horarios flexibles".
ASKED_OF_APPLICANT = re.compile(
    r"\b(?:disponibilidad|disponible|disposicion|contar con|tener|dispuest[oa]|capacidad|poseer|disponer|debe\w*"
    r"|requiere\w*|se requiere|adaptarse|adaptabilidad)\b[^\n.;]{0,40}$"
)
# "Flexibilidad horaria" alone is asked for in a list of what is asked, offered in one of what is offered.
FLEXIBILITY = re.compile(r"flexibilidad")
_ASKED = re.compile(
    r"\b(?:predisposicion|vocacion|trato|conocimientos?|manejo|experiencia|nivel|residir|vivir|titulo|estudios"
    r"|estudiante|proactiv\w+|comunicacion"
    r"|trabajo en"
    r" equipo|puntual\w*|responsab\w+|compromiso|organizacion|organizad[oa]|licencia|movilidad propia|actitud"
    r"|presencia"
    r"|requisitos|perfil|capacidad|iniciativa|excluyente|disponibilidad|secundari[oa]|habilidades|ganas|liderazgo)\b"
)
_OFFERED = re.compile(
    r"\b(?:sueldo|salario|planilla|comision\w*|linea de carrera|ambiente|clima|capacitacion\w*|bonos?|beneficios"
    r"|ofrecemos"
    r"|ofrece|ofrecen|crecimiento|seguro|vacaciones|estabilidad|ingresos?|premios|remuneracion|descuentos|prepaga"
    r"|autonomia|remoto)\b"
)
CORE_HOURS = re.compile(
    r"\bcore (?:working |team )?hours\b[^\n]{0,25}$|\boverlap\b[^\n]{0,45}$|\bhoras? (?:nucleo|en comun"
    r"|de solapamiento|de superposicion)\b[^\n]{0,25}$"
)
# How somebody goes about their time, not when they work: "capaz de manejar su tiempo".
OF_A_SKILL = re.compile(
    r"\b(?:capaz|capaces|capacidad|habilidad\w*|sab(?:er|e|es|emos)|sepa\w{0,2}|able|ability)\b[^\n.;]{0,20}$"
)
# Whoever works now one and now the other must be free for both.
_DAY_PART = r"(?:dia|diurn\w{1,2}|manana|matutin\w|tarde|vespertin\w|day|mornings?|afternoons?)"
_NIGHT_PART = r"(?:noche|nocturn\w{1,2}|amanecida|madrugada|tarde|nights?|evenings?|overnight)"
BOTH_SHIFTS = re.compile(
    rf"\btanto (?:(?:en|de|del|por|el|la|las|los|turnos?|horarios?|jornadas?) ){{0,4}}{_DAY_PART} (?:como|y) "
    rf"(?:(?:en|de|del|por|el|la|las|los|turnos?|horarios?|jornadas?) ){{0,4}}{_NIGHT_PART}\b"
    rf"|\bboth (?:the )?{_DAY_PART}(?: shifts?)? and (?:the )?{_NIGHT_PART}\b"
)
OWN_HOURS = re.compile(r"\bmanej\w|\bautonom|\bpropi")
NOT_FLEXIBLE = re.compile(r"\b(?:no|sin|not|salario|sueldo|presupuesto) ?$|\balmuerzo\b")
# What stands after hours is of them until another matter is named.
OTHER_MATTER = re.compile(
    r"\b(?:sueldo|salario|remuneracion|pago|honorarios|zona|lugar|ubicacion|beneficios|modalidad|interesad"
    r"|se (?:ofrece|valora)"
    r"|horario de almuerzo|contratacion|enviar|requisitos|sus principales)"
)
RANGE_OF_HOURS = re.compile(
    r"\brango\b|\bfranja\b|\bbanda horaria\b|\bdentro del?\b|\bentre (?:las )?\d|\bventana|\bwithin\b|\boverlap"
    r"|\bamplitud"
    r"|\bdentro de la franja|\bturnos? (?:de \d{1,2} ?(?:hs|horas) )?(?:dentro|entre)\b"
)
IRREGULAR = re.compile(
    r"\bpor medio\b|\bal mes\b|\bmensual(?:es)?\b|\balternad|\beventual|\bocas+ional|\bocacional|\bintercalad"
    r"|\bcada (?:15|quince|dos|2|otro)\b"
    r"|\balgun(?:os|as)? (?:sabado|domingo|fin)|\bposib|\bun(?:o|a)? (?:sabado|domingo|fin)|\b(?:1|2|3|dos"
    r"|tres) (?:sabado|domingo|fin)"
    r"|\brotati[vb]|\bsolo (?:si|en caso)|\bper month\b|\ba month\b|\bevery other\b|\balternate|\boccasional"
    r"|\bsi es necesario|\bcampan|\bquincena"
)
EVERY_OTHER = re.compile(
    r"\bpor medio\b|\balternad|\bintercalad|\bcada (?:15|quince|dos|2|otro)\b|\bquincenal|\bal mes\b|\bevery other\b"
    r"|\balternate\b"
)
RESTED = re.compile(
    r"descans|\blibres?\b|\boff\b|cerrad|no se trabaja|no laborable|sin trabajar|\bno (?:hay|se) (?:atencion|labora)"
    r"|\bfran?cos?\b"
    r"|\bexcepto\b|\bmenos\b|\bsalvo\b|\bexcept\b|\bclosed\b|\bno (?:trabaj|sabado|domingo|fin)|\bsin (?:sabado"
    r"|domingo|fin)|\bno weekends?\b"
)
HOME_DAYS = re.compile(r"home ?office|remot|virtual|teletrabajo|desde casa|presencial|oficina")
OF_SOMETHING_ELSE = re.compile(
    r"\bhorarios? de (?:atencion|tienda|apertura)|capacitac|\binduccion|\btraining\b|entrevista|\binterview|\bpostul"
    r"|\bcomunicar|\bcomunica[tr]|\bcomuniques"
    r"|\bllamar|\bllamanos|\bllama al|\bcontact(?:ar|a|o|e|us)|\bwhats?app\b|\bcv\b|\bcurriculum|hojas? de vida"
    r"|\bresumes?\b"
    r"|\benviar|\bentregar|\bremitir"
    r"|\binscrip|\bpresentarse|\bacerca(?:r|te)|\bapersonar|\basistir\b|\bdejar\b|\bconsultas\b|\binformes\b|\bescrib"
    r"|\batencion (?:al|de|a)\b|\batendemos|\bclases?\b|\bcursad|\bcursos?\b|\bestudi|\btalleres?\b|\bwebinar"
    r"|\bevento|\bcharla"
    r"|\breclutamiento|\bconvocatoria|\bevaluaciones\b|\bcitas?\b|\bferia\b|\b(?:la |nuestra )?tienda (?:abre"
    r"|atiende)|\bstore hours|\bopening hours|\bapply\b|\bcall us"
    r"|\bcursas|\buniversidad\b|\bfecha\b|\bclosing\b|\bdeadline"
)
ELSE_AFTER = re.compile(
    r"[^\w\n]{0,4}(?:(?:hs|hrs?|horas|h)\b[^\w\n]{0,3})?(?:\(|para |por |durante |en |de |solo )?(?:la |el |las "
    r"|los |su |tu )?(?:presente )?"
    r"(?:capacitac\w*+(?! (?:inicial|complet|continu|constant|permanent|pag|remunerad|gratuit|a cargo|y |en ))"
    r"|induccion|training|entrevista|interview|(?:refrigerio|almuerzo|break|lunch)\b(?! (?:incluid|a cargo|grat|pag"
    r"|cubiert|en (?:el )?(?:comedor|planta)))|para (?:dejar|entregar"
    r"|enviar)|dejar|entregar)"
)
WORK_LABEL = re.compile(
    r"(?=\b(?:horarios?(?! de (?:capacit|entrev|atenc|induc|clase|tienda|estud|recep))|jornadas?|disponib|modalidad"
    r"|presencial|turnos?|shifts?"
    r"|work(?:ing)? hours|schedule|laborar|trabajar|trabajaras|trabajo)\b)"
)
FORM_AFTER = re.compile(
    r" ?(?:[ou/]|y/o) ?fij[oa]s?\b| ?\(?(?:solo |unicamente )?(?:para|aplica a|a) (?:el )?personal fiscalizado"
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
    return bool(OF_SOMETHING_ELSE.search(last) or ELSE_AFTER.match(words[end : end + AFTER]))


def rest_rotates(words: str) -> bool:
    """Whether the day of rest moves from week to week, or only its being one is told ("un día de descanso semanal")."""
    return REST_MOVES.search(words) is not None or any(
        REST_BEFORE.search(words[max(0, found.start() - BEFORE) : found.start()].rpartition("\n")[2])
        for found in ROTATES.finditer(words)
    )


def is_flexible(words: str) -> re.Match[str] | None:
    """Where `words` offer hours at any time; what an applicant has to be ready for is no offer."""
    for found in FLEXIBLE.finditer(words):
        before = words[max(0, found.start() - 60) : found.start()].rpartition("\n")[2].rpartition(" - ")[2]
        is_asked = ASKED_OF_APPLICANT.search(before) and not OWN_HOURS.search(words[found.start() - 10 : found.end()])
        is_skill = OF_A_SKILL.search(before) or _is_in_a_list_of_what_is_asked(words, found)
        if not is_asked and not NOT_FLEXIBLE.search(before[-12:]) and not is_skill:
            return found
    return None


def _is_in_a_list_of_what_is_asked(words: str, found: re.Match[str]) -> bool:
    """Whether the nearest thing told before and the nearest after "flexibilidad horaria" are asked of the applicant."""
    if not FLEXIBILITY.match(found[0]):
        return False
    before = words[max(0, found.start() - 2 * BEFORE) : found.start()]
    asked = max((one.end() for one in _ASKED.finditer(before)), default=-1)
    offered = max((one.end() for one in _OFFERED.finditer(before)), default=-1)
    after = words[found.end() : found.end() + BEFORE]
    offer_next, ask_next = _OFFERED.search(after), _ASKED.search(after)
    goes_on = ask_next is not None and (offer_next is None or ask_next.start() < offer_next.start())
    return (asked > offered or asked == offered < 0) and (goes_on or (asked > offered and offer_next is None))


def rotates(words: str) -> re.Match[str] | None:
    """Where `words` say that the shifts of the job rotate; the day of rest alone may."""
    for found in ROTATES.finditer(words):
        before, after = words[max(0, found.start() - BEFORE) : found.start()], words[found.end() : found.end() + AFTER]
        before = before.rpartition("\n")[2]
        if NOT_BEFORE.search(before) or REST_BEFORE.search(before) or OTHERS_ROTATE.search(before):
            continue
        if FORM_AFTER.match(after):
            continue
        if SHIFT_BEFORE.search(before) or SHIFT_AFTER.match(after):
            return found
    for found in BY_ROTATION.finditer(words):
        if not OTHERS_ROTATE.search(words[max(0, found.start() - BEFORE) : found.start()]):
            return found
    return BOTH_SHIFTS.search(words) or next((one for one in ROSTER.finditer(words) if _is_roster(words, one)), None)


def _is_roster(words: str, found: re.Match[str]) -> bool:
    """Whether "14x7" is days of work and of rest: "3x2" may be days at the office and at home."""
    on, off = int(found["on"]), int(found["off"])
    around = words[max(0, found.start() - 40) : found.end() + 40]
    is_round_the_clock = (on, off) in ((24, 7), (7, 24), (24, 24))
    if is_round_the_clock or not 1 <= on <= 60 or not 1 <= off <= 30:
        return False
    return on + off != 5 and HOME_DAYS.search(around) is None
