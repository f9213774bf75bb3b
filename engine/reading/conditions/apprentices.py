"""Interns that a posting looks for: "buscamos un practicante", "Pasante de marketing", "Finance intern".

Interns are also trained, supervised and asked for as experience: those state nothing.
"""

from __future__ import annotations

import re

from engine.reading.conditions.statements import Meaning, Stating

_WORD = 0.85
_SEEKING = (
    r"(?:\A\W{0,3}|\n\W{0,3}|\b(?:buscamos|busca|buscando|busqueda|incorporar(?:a)?|incorpora|requiere|requerimos"
    r"|necesita|necesitamos|solicita|solicitamos|seleccionar|selecciona|contratar|contar con|looking for|seeking"
    r"|hiring|ofrece|ofrecemos|para"
    r"|vacante|puesto|posicion|oferta|convocatoria|programa|sumarse como|sumate como)"
    r"(?: (?:de|an?|un|una|un/a|al|la|el|los|las|nuestro|nuestra|para|laboral|puesto|nuevo|nueva|nuestros"
    r"|\(?\d{1,2}\)?)){0,4}[ :]{1,2})"
)
_STUDIES = r"(?:pre-? ?)?profe[a-z]{5,10}"  # "preprofesionales", however it is spelt
_END = r"(?=\s?(?:\n|\Z|[-|(,]))"
_WORDS = re.compile(
    rf"{_SEEKING}(?:practicantes?|practicas {_STUDIES}|pasantes?|#?pasantias?(?:20\d\d)?|becari[oa]s?|trainees?"
    rf"|internships?|interns?|apprentices?|jovem aprendiz|aprendi(?:z|ces) (?:del )?(?:sena|universitari[oa]s?"
    r"|(?:en )?etapa)|estagi(?:o|ari[oa])s?|secigristas?)\b"
    rf"|\b(?:practicantes? {_STUDIES}|practicas {_STUDIES}|(?:y )?convenio de (?:practicas|pasantias?)"
    r"|contrato de (?:pasantias?"
    r"|aprendizaje)|modalidad (?:de )?(?:practicas|pasantias?)|modalidad formativa|ley de pasantias?"
    r"|(?:programa|convocatoria|bolsa) de practicas|contrato (?:de|en) practicas|pasantias? rentadas?|(?:estudiantes?"
    r"|alumn[oa]s?) en practicas?|apprenticeship (?:program|position|role))\b"
    r"|\b(?:para|disponibilidad (?:de|para)|interes(?:ad[oa]s?)? en|dese\w{1,4}|quier\w{1,3}|buscas) (?:realizar"
    r"|hacer) "
    rf"(?:sus? |tus? )?(?:pasantias?|practicas? {_STUDIES}|practicas\b(?! de))\b"
    r"|\b(?:buscando|buscamos|sumarte|sumate|incorporarte|unirte|unete)\b[^\n.]{0,55} como (?:pasante|practicante"
    r"|intern)\b"
    r"|\bcomo (?:pasante|practicante|becari[oa]|trainee)\b[^\n.]{0,45}\b(?:tendras|vas a|podras|aprenderas|seras|haras"
    r"|participaras|formaras)\b"
    r"|\b(?:join|work)\b[^\n.]{0,20} as (?:an? )?(?:[a-z]{1,12} )?intern\b"
    r"|\b(?:paid|unpaid|\d{1,2}[- ]months?) intern(?:ship)?\b"
    rf"|[(/|-] ?(?:pasantes?|pasantias?|practicantes?)\)?{_END}"
    rf"|\binternship(?= (?:program|position|role|opportunity|spring|summer|fall|winter|20\d\d))"
    rf"|\bintern(?:ship)?(?:{_END}|(?=\.(?:\s|\Z)))"
)
_NOT_AFTER = re.compile(
    r"\b(?:desde|nivel|experiencia|como|supervis\w+|cargo|asistente|auxiliar|formar|apoyo|equipo|manejo|incluye"
    r"|incluyendo|inclui\w+|minim[oa]|puesto exp\w*|no aplica"
    r"|considera|validas?|contabiliza\w*|convalida\w*|mediante|realiz\w+|tiempo|minimo|haber|sus|egresad\w*|ex)"
    r"(?: (?!busca|requier|necesit|solicit)\w+){0,3}[ ,/]{1,2}$"
    r"|\b(?:buenas|mejores|sanas|malas) $|\b(?:e\.?g\.?|i\.?e\.?|such as|like) $"
    r"|\b(?:nivel|cargo|experiencia|exp)\b[^\n.]{0,45}$"
    r"|\b(?:de|en|y|o|and|our|every|an|as|former|programas de) $|practicante, $"
)
_NOT_BEFORE = re.compile(
    r",? ?(?:auxiliar|asistente|analista|o asistente|will|who|experience|preferred|completed|no excluyente|supervis"
    r"|coordinat|mentor|recruit|roles\b)"
)


def apprentices_wanted(meaning: Meaning) -> Stating[Meaning]:
    """Words that look for apprentices, which state `meaning`."""
    return Stating(meaning, _WORDS, _WORD, _NOT_AFTER, _NOT_BEFORE)
