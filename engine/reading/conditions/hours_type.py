"""Whether a posting calls its hours full time, part time, by the hour or an internship."""

from __future__ import annotations

import re

from engine.jobs import HoursType
from engine.reading.conditions.statements import Stating, stated_in, the_one
from engine.reading.found import Found
from engine.reading.schedules.passages import plain_words

_SURE, _WORD = 0.95, 0.85
_NOT = re.compile(
    r"(?:\b(?:no|not|sin|ni|never|nunca)(?: (?:es|a|un|hay|buscamos|ofrecemos|solo|se ofrece))?|\b(?:posibilidad"
    r"|opcion|oportunidad|potential|chance)[^\n.]{0,30}\b(?:a|to|of|into|de)"
    r"|\b(?:pasar|crecer|pase|convert|evolve|grow|migrar)[^\n.]{0,12}\b(?:a|to|into)|\bequivalente a|\bpaid to|\bour"
    r"|\bcouldn.?t hire|\bexperiencia[^\n.]{0,15})[ -]{1,2}\(?$"
)
_OTHERS = re.compile(
    r" ?(?:libre|off\b|de (?:capacitac|examen|tu cumple)|por (?:cumple|tu cumple|examen)|al mes|employees?|workers?"
    r"|staff|team members?|equivalent|even if|experience|students?|colaborador)"
)
_SEEKING = (
    r"(?:\A\W{0,3}|\n\W{0,3}|\b(?:buscamos|busca|buscando|incorporar(?:a)?|incorpora|requiere|requerimos|necesita"
    r"|necesitamos|solicita|seleccionar|selecciona|contratar|ofrece|ofrecemos|para|vacante|puesto|posicion|oferta"
    r"|convocatoria)"
    r"(?: (?:de|a|un|una|un/a|al|la|el|los|las|nuestro|nuestra|para|laboral|puesto|nuevo|nueva|nuestros"
    r"|\(?\d{1,2}\)?)){0,4}[ :]{1,2})"
)

_RULES = (
    Stating(HoursType.FULL_TIME, re.compile(
        r"\b(?:tiempo completo|jornada (?:laboral )?completa|full ?-?time|dedicacion completa|tiempo total"
        r"|jornada full)\b"
    ), _SURE, _NOT, _OTHERS),
    Stating(HoursType.PART_TIME, re.compile(
        r"\b(?:medio tiempo|media jornada|jornada (?:laboral )?parcial|tiempo parcial|part ?-?time|medio turno"
        r"|media dedicacion|jornada reducida|half ?-?time|1/2 tiempo)\b"
    ), _SURE, _NOT, _OTHERS),
    Stating(HoursType.INTERNSHIP, re.compile(
        rf"{_SEEKING}(?:practicantes?|practicas (?:pre-? ?)?profesionales|pasantes?|pasantias?|becari[oa]s?"
        r"|trainees?|internships?|interns?)\b"
        r"|\b(?:practicantes? (?:pre-? ?)?profesional(?:es)?|convenio de practicas|modalidad (?:de )?practicas"
        r"|modalidad formativa)\b"
    ), _WORD, re.compile(
        r"\b(?:desde|nivel|experiencia|como|de|en|supervisar|cargo|asistente o|y|o|auxiliar|formar|apoyo de"
        r"|equipo de|ex|manejo de|practicante,) $"),
        re.compile(r",? ?(?:auxiliar|asistente o|o asistente|en el area|will|who)")),
)  # fmt: skip


def hours_types_in(text: str) -> set[HoursType]:
    """All that `text` calls the hours: a list of terms may offer several."""
    return set(stated_in(plain_words(text), _RULES))


def read_hours_type(text: str) -> Found[HoursType] | None:
    """How `text` calls the hours; None where it does not, or offers several."""
    return the_one(text, _RULES)
