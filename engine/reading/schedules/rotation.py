"""Words that say that shifts rotate, or days of rest: "turnos rotativos", "14x7", "un franco rotativo"."""

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
BEFORE, AFTER = 80, 45  # characters around a word that can say what rotates


def rest_rotates(words: str) -> bool:
    """Whether the day of rest moves from week to week, or only its being one is told ("un día de descanso semanal")."""
    return REST_MOVES.search(words) is not None or any(
        REST_BEFORE.search(words[max(0, found.start() - BEFORE) : found.start()].rpartition("\n")[2])
        for found in ROTATES.finditer(words)
    )


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
