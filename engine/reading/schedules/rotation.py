"""Words that say that shifts rotate, or days of rest: "turnos rotativos", "14x7", "un franco rotativo"."""

from __future__ import annotations

import re

_SHIFT_WORD = (
    r"(?:turnos?|horarios?|jornadas?|shifts?|schedules?|dias?|guardias?|esquemas?|puestos?|full ?time|part ?time)"
)
_ROTATING = r"(?:rotati[vb][oa]s?|rotatori[oa]s?|rotacionales|rotaciones|rotating|rotational|rotan|rotar|rolad[oa]s?)"
_REST = r"(?:descansos?|francos?|libres?|rest|off)"
ROTATES = re.compile(rf"\b{_ROTATING}\b")
_ANY_PART = r"(?:dia|manana|tarde|noche|madrugada)s?"
BY_ROTATION = re.compile(
    r"\brotacion(?:es)? (?:semanal|quincenal|mensual|de turnos?|de horarios?)"
    r"|\brot(?:ando|an|amos) (?:semanal\w*|mensual\w*|(?:por|cada|de) semana|semana a semana)"
    r"|\bcada semana (?:se )?(?:cambia|rota|varia)\w{0,2}\b|\bsemana 1\b[^\n]{0,60}\bsemana 2\b"
    rf"|\b(?:turnos?|horarios?)(?: de)?(?: (?:la )?{_ANY_PART}(?: [yo/]|,)?){{1,3}} (?:intercalad|alternad"
    rf"|altern)[oa]s?\b"
    rf"|\buna semana (?:(?:de|en|por|la|turno|horario) ){{0,3}}{_ANY_PART},? y (?:la )?(?:otra|siguiente|proxima"
    rf"|una)\b"
)
REST_BEFORE = re.compile(
    rf"\b{_REST}\W{{1,3}}(?:(?:de|del|dias?|semanal(?:es)?|fijos?|laboral(?:es)?|por|a|al|la|semana|un|una|1|2|son"
    rf"|es|y)\W{{1,3}}){{0,5}}$"
)
SHIFT_BEFORE = re.compile(rf"\b{_SHIFT_WORD}\b\W{{0,3}}(?:[\w/:.]{{1,14}}\W{{1,3}}){{0,7}}$")
SHIFT_AFTER = re.compile(rf"[^\w.;\n]{{1,3}}(?:[\w/]{{1,14}}[^\w.;\n]{{1,3}}){{0,2}}{_SHIFT_WORD}\b")
DAYS_BEFORE = re.compile(r"(?:^|[^\w ] ?)(?:de )?\b(?:lunes|l) ?(?:al?|-) ?[a-z]{1,9} ?[(,:-]{1,2} ?$")
_HOUR = r"\d{1,2}(?:[:.]\d{2})? ?(?:[ap]\.?m\.?|hs?\b|hrs?\b)?"
_HOURS = rf"(?:de )?(?<!\d){_HOUR} ?(?:-|a|to) ?{_HOUR}"
# "7am-3pm / 3pm-11pm (rotativo)"; of "9 a 18 y sábados de 9 a 13 (rotativo)" the Saturdays rotate.
SHIFTS_BEFORE = re.compile(rf"{_HOURS} ?(?:/|,|;|y|o|and|or) ?{_HOURS}[.,;]? ?[(-]? ?$")
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
_NOT_DAYS = r"(?! ?(?:hs|h\b|horas|%|hibrid|home|presencial|remot|cuotas|m\b|mts|cm|ml))"
# Of a roster that lasts a week, only which days are of rest is not told.
WEEKLY_ROSTER = re.compile(
    rf"(?<![\d.,:/x])(?:6 ?(?:x|por) ?1|5 ?(?:x|por) ?2|4 ?x ?3)\b{_NOT_DAYS}|\b[56] dias (?:x|por"
    rf"|y) [12] (?:dias? )?(?:de )?(?:descansos?|francos?|libres?)\b"
)
_FEW_DAYS = re.compile(
    r"\b(?:[1-4]|dos|tres|cuatro|two|three|four) (?:dias?|veces|days?|times) (?:(?:a|por|x|per"
    r"|de) (?:la )?)?(?:semana|week)"
    r"\b|\bminim[oa] (?:de )?[1-4] dias\b"
)
ROSTER = re.compile(
    r"\b(?:sistema|regimen|turnos?|diagrama|roster|esquema|jornadas?|horario|disponibilidad|laborar|trabajar"
    r"|modalidad|guardias?|ciclo)\b"
    r"[^\n\d]{0,25}\b(?P<on>\d{1,2}) ?(?:x|por|/) ?(?P<off>\d{1,2})\b"
    + _NOT_DAYS
    + r"|\b(?P<worked>\d{1,2}) dias? (?:(?:de trabajo|trabajados|laborables|laborados) )?(?:x|por|y|\+|/) "
    r"(?P<rested>\d{1,2}) "
    r"(?:dias? )?(?:de )?(?:descansos?|francos?|libres?)\b"
)
OTHERS_ROTATE = re.compile(
    r"\b(?:gestion|gestionar|programar|programacion|planificar|planificacion|elaborar|organizar|supervisar|coordinar"
    r"|asignar|asignacion|manage|plan)\W{1,3}(?:\w{1,14}\W{1,3}){0,4}$"
)
# Whoever works now one and now the other must be free for both.
_DAY_PART = r"(?:dia|diurn\w{1,2}|manana|matutin\w|tarde|vespertin\w|day|mornings?|afternoons?)"
_NIGHT_PART = r"(?:noche|nocturn\w{1,2}|amanecida|madrugada|tarde|nights?|evenings?|overnight)"
BOTH_SHIFTS = re.compile(
    rf"\btanto (?:(?:en|de|del|por|el|la|las|los|turnos?|horarios?|jornadas?) ){{0,4}}{_DAY_PART} (?:como|y) "
    rf"(?:(?:en|de|del|por|el|la|las|los|turnos?|horarios?|jornadas?) ){{0,4}}{_NIGHT_PART}\b"
    rf"|\bboth (?:the )?{_DAY_PART}(?: shifts?)? and (?:the )?{_NIGHT_PART}\b"
)
HOME_DAYS = re.compile(r"home ?office|remot|virtual|teletrabajo|desde casa|presencial|oficina")
FORM_AFTER = re.compile(
    r" ?(?:[ou/]|y/o) ?fij[oa]s?\b| ?\(?(?:solo |unicamente )?(?:para|aplica a|a) (?:el )?personal fiscalizado"
)
_GUARDS = re.compile(r"\bguardias? (?:\w{1,14} ){0,2}$")
DAYS_OF_WEEK = 7
ROSTERS_OF_HOURS = frozenset({(12, 24), (12, 36), (24, 48), (24, 72)})
BEFORE, AFTER = 80, 45  # characters around a word that can say what rotates


def rest_rotates(words: str) -> bool:
    """Whether the day of rest moves from week to week, or only its being one is told ("un día de descanso semanal")."""
    return REST_MOVES.search(words) is not None or rest_is_said_to_rotate(words)


def rest_is_said_to_rotate(words: str) -> bool:
    """Whether the day of rest is called a rotating one ("franco rotativo")."""
    return any(
        REST_BEFORE.search(words[max(0, found.start() - BEFORE) : found.start()].rpartition("\n")[2])
        for found in ROTATES.finditer(words)
    )


def tells_number_of_days(words: str) -> bool:
    """Whether the days of a week are counted and not named: "6x1", "3 veces por semana"; days at home are others."""
    found = WEEKLY_ROSTER.search(words) or _FEW_DAYS.search(words)
    return found is not None and HOME_DAYS.search(words[max(0, found.start() - 30) : found.end() + 30]) is None


def is_weekly_roster(found: re.Match[str]) -> bool:
    """Whether what `rotates` found is a roster that lasts a week, such as 6x1: its days rotate, and no hours do."""
    return found.re is ROSTER and sum(_days_of_roster(found)) == DAYS_OF_WEEK


def is_of_guards(words: str, found: re.Match[str]) -> bool:
    """Whether it is the guard beside one's hours that rotates ("y guardias rotativas")."""
    return _GUARDS.search(words[max(0, found.start() - BEFORE) : found.start()]) is not None


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
        if DAYS_BEFORE.search(before) or SHIFTS_BEFORE.search(before):
            return found
    for found in BY_ROTATION.finditer(words):
        if not OTHERS_ROTATE.search(words[max(0, found.start() - BEFORE) : found.start()]):
            return found
    return BOTH_SHIFTS.search(words) or next((one for one in ROSTER.finditer(words) if _is_roster(words, one)), None)


def _is_roster(words: str, found: re.Match[str]) -> bool:
    """Whether "14x7" is days of work and of rest: "3x2" may be days at the office and at home."""
    on, off = _days_of_roster(found)
    if found["worked"] and on + off == DAYS_OF_WEEK:
        return False  # "6 días y 1 franco": a week as others are
    around = words[max(0, found.start() - 40) : found.end() + 40]
    if (on, off) in ROSTERS_OF_HOURS:
        return True
    is_round_the_clock = (on, off) in ((24, 7), (7, 24), (24, 24))
    if is_round_the_clock or not 1 <= on <= 60 or not 1 <= off <= 30:
        return False
    return on + off != 5 and HOME_DAYS.search(around) is None


def _days_of_roster(found: re.Match[str]) -> tuple[int, int]:
    """The days of work and of rest."""
    return int(found["on"] or found["worked"]), int(found["off"] or found["rested"])
