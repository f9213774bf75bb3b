"""Whether a posting calls its hours full time, part time, by the hour or an internship."""

from __future__ import annotations

import re

from engine.jobs import HoursType
from engine.reading.conditions.apprentices import apprentices_wanted
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
    r"|staff|team members?|equivalent|even if|experience|students?|colaborador"
    r"|(?:y|o|u|y/o|/) (?:por horas|fines? de semana|freelance|eventual))"
)
# Half a day on Saturdays, on Fridays in summer: not what the job is.
_ONE_DAY = re.compile(
    rf"{_NOT.pattern}"
    r"|\b(?:sabados?|domingos?|feriados?|(?<! a )viernes(?: flex)?|verano)(?: \w{1,3}){0,2}[ :,(]{1,3}$"
)
_ONE_DAY_AFTER = re.compile(
    rf"(?:{_OTHERS.pattern})| ?(?:(?:los|el|en|por|durante) ){{0,2}}(?:sabados?|domingos?|viernes|verano|lactancia)"
)
_TIME = r"t(?:ime|aim)(?!rs?\b)"  # as it is heard, too; boards glue the next word to it
_OR = r" ?(?:y/o|ou|[ouye]|or|and|/|,|-|&) ?(?:a )?"  # one word for both: "full or part time"

_RULES = (
    Stating(HoursType.FULL_TIME, re.compile(
        rf"\b(?:(?:tiempo|tpo\.?|horario) completo|jornada (?:laboral )?(?:completa|full)"
        rf"|full?[ -]{{0,3}}{_TIME}|dedicacion (?:completa|exclusiva|total|full)|tiempo total"
        r"|(?:tempo|periodo|jornada) integral\b)"
        rf"|\bfull-?(?={_OR}part)|\b(?:medio|parcial|media|reducida|medi[oa] (?:jornada|tiempo))(?={_OR}(?:complet[oa]"
        rf"|total)\b)"
        rf"|\b(?:complet[oa]|integral)(?={_OR}(?:medi[oa]|parcial|reducida)\b)"
    ), _SURE, _NOT, _OTHERS),
    Stating(HoursType.PART_TIME, re.compile(
        rf"\b(?:(?:medio|1/2) (?:tiempo|tpo)|media jornada|jornada (?:laboral )?(?:parcial|reducida)"
        rf"|(?:tiempo|tpo\.?) parcial|part?[ -]{{0,3}}{_TIME}|medio turno|media dedicacion|half ?-?time"
        r"|tempo parcial|meio (?:periodo|expediente))"
        rf"|\bpart-?(?={_OR}full)|\b(?:complet[oa]|integral)(?={_OR}(?:medi[oa]|parcial|reducida)\b)"
        rf"|\bmedi[oa](?={_OR}(?:tiempo |horario |jornada )?complet[oa]\b)"
    ), _SURE, _ONE_DAY, _ONE_DAY_AFTER),
    Stating(HoursType.HOURLY, re.compile(
        r"\b(?:trabaj\w{1,4}|empleo|labor\w{0,3}|contrat\w{2,6}|personal|jornada|modalidad|puesto|disponibilidad"
        r"|emplead[oa]|monotributista|chamba)(?: domestic[oa])?[ -]{1,3}(?:por|x) horas?\b"
        r"|(?:\A|\n)\W{0,3}(?:por|x) horas\b(?! \w)"
        r"|\bhourly (?:position|role|contract|job|employee|basis|work)"
    ), _WORD, _NOT, re.compile(r" ?(?:extra|semanal|al mes|de (?:clase|capac|entren)|trabajadas|a la)")),
    apprentices_wanted(HoursType.INTERNSHIP),
)  # fmt: skip
# An internship is one, however many hours of the day it takes.
_SAID_OF = {HoursType.INTERNSHIP: (HoursType.FULL_TIME, HoursType.PART_TIME)}


def hours_types_in(text: str) -> set[HoursType]:
    """All that `text` calls the hours: a list of terms may offer several."""
    return set(stated_in(plain_words(text.replace("_", " ")), _RULES))


def read_hours_type(text: str) -> Found[HoursType] | None:
    """How `text` calls the hours; None where it does not, or offers several."""
    return the_one(text, _RULES, _SAID_OF)
