"""Words that offer hours at any time ("horario flexible", "arma tus horarios"); what is asked for is no offer."""

from __future__ import annotations

import re

FLEXIBLE = re.compile(
    r"\bhorarios? flex\b|\bjornadas? (?:laboral(?:es)? )?flexibles?\b|\bturnos flexibles\b"
    r"|\bhorarios? (?:y forma )?(?:de trabajo |laboral(?:es)? "
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
    r"|\bhorarios? libres?\b(?! (?:de|para|del)\b)|\b(?:elig\w{1,3}|decid\w{1,3}) cuando (?:trabaj|conect)"
    r"|\b(?:trabaj|conect)\w{0,4} (?:a la hora|en el momento|cuando) (?:que )?(?:tu )?(?:quier|prefier|pued)\w{1,3}\b"
    r"|\bduen[oa] de tus? (?:propi[oa]s? )?(?:tiempos?|horarios?)\b|\bwork when(?:ever)? you (?:want|like)\b"
)
# What is asked of the applicant is no offer: "disponibilidad para trabajar en horarios flexibles".
ASKED_OF_APPLICANT = re.compile(
    r"\b(?:disponibilidad|disponible|disposicion|contar con|tener|dispuest[oa]|capacidad|personas?"
    r"|candidat\w{1,3}|poseer|disponer|debe\w*"
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
# How somebody goes about their time, not when they work: "capaz de manejar su tiempo".
OF_A_SKILL = re.compile(
    r"\b(?:capaz|capaces|capacidad|habilidad\w*|sab(?:er|e|es|emos)|sepa\w{0,2}|able|ability)\b[^\n.;]{0,20}$"
)
OWN_HOURS = re.compile(r"\bmanej\w|\bautonom|\bpropi")
NOT_FLEXIBLE = re.compile(r"\b(?:no|sin|not|salario|sueldo|presupuesto) ?$|\balmuerzo\b")
BEFORE = 80  # characters before or after that can say whether it is asked or offered


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
    is_between_neither = asked == offered < 0 and offer_next is None
    return is_between_neither or (
        (asked > offered or asked == offered < 0) and (goes_on or (asked > offered and offer_next is None))
    )
