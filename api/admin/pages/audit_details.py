"""What the audit log notes beside an act, in words: names, codes, counts and ids."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from api.admin.pages.reading import ROW_ID
from api.admin.pages.words import (
    ACCOUNT_STATES,
    CAUSES,
    DECISIONS,
    EMPLOYER_STATES,
    KINDS,
    REASONS,
    ROLES,
    SCOPES,
)
from api.web.translations import marked

# What an act is upon or was done by, by the part of its name before the colon.
SUBJECTS = {
    "account": marked("Cuenta"),
    "api_key": marked("Clave"),
    "application": marked("Postulación"),
    "case": marked("Caso"),
    "employer": marked("Organización"),
    "invitation": marked("Invitación"),
    "job": marked("Aviso"),
    "partner": marked("Aplicación"),
    "programme": marked("Programa"),
    "receipt": marked("Constancia"),
    "recommendation": marked("Respuesta"),
    "screening": marked("Respuesta de un programa"),
    "seeker": marked("Persona"),
    "webhook": marked("Avisos a un sistema"),
}
WHOLE = {"retention": marked("Lo que venció"), "keys": marked("Las llaves de cifrado")}
NAMES = {
    "account_id": marked("cuenta"),
    "by": marked("por"),
    "cause": marked("causa"),
    "decided_with_it": marked("casos decididos con él"),
    "decision": marked("decisión"),
    "delivery_id": marked("envío"),
    "employer_id": marked("organización"),
    "factor": marked("con"),
    "fields": marked("qué datos"),
    "format": marked("formato"),
    "grace_hours": marked("horas en que valen las dos"),
    "is_wanted_open": marked("su dueño lo quiere abierto"),
    "job_id": marked("aviso"),
    "jobs_hidden": marked("avisos que se ocultaron"),
    "jobs_shown": marked("avisos que se mostraron"),
    "key_id": marked("clave"),
    "kind": marked("tipo"),
    "moderation": marked("cómo está"),
    "passkey_id": marked("llave de acceso"),
    "people": marked("personas"),
    "programme_id": marked("programa"),
    "purpose": marked("para qué"),
    "reason": marked("motivo"),
    "receipt_id": marked("constancia"),
    "requests_per_day": marked("pedidos al día"),
    "requests_per_minute": marked("pedidos por minuto"),
    "role": marked("permiso"),
    "rotated_key_id": marked("clave que reemplaza"),
    "scopes": marked("qué abre"),
    "session_id": marked("sesión"),
    "sessions": marked("sesiones"),
    "stage": marked("etapa"),
    "status": marked("cómo está"),
    "step": marked("en qué paso"),
    "subject_id": marked("sobre"),
    "text_version": marked("texto del"),
    "version": marked("versión"),
    "words": marked("qué se dio"),
    "current": marked("llaves que valen"),
    "retired": marked("llaves retiradas"),
    # Groups of notices, and by what way each comes.
    "alerts": marked("alertas"),
    "applications": marked("sus postulaciones"),
    "jobs": marked("sus avisos"),
    "messages": marked("mensajes"),
    "new_applications": marked("postulaciones nuevas"),
    "service": marked("lo necesario"),
}


def _by_code(*codes: Mapping[Any, str]) -> dict[str, str]:
    return {str(code): words for some in codes for code, words in some.items()}


# Codes by the name that they stand under: some names have the same code for different things.
CODES_OF: Mapping[str, Mapping[str, str]] = {
    "kind": _by_code(KINDS),
    "decision": _by_code(DECISIONS),
    "role": _by_code(ROLES),
    "scopes": _by_code(SCOPES),
    "cause": _by_code(CAUSES),
    "reason": _by_code(REASONS, CAUSES),
    "status": _by_code(EMPLOYER_STATES, ACCOUNT_STATES),
    "words": _by_code(ROLES, SCOPES),
}
CODES = {
    "approved": marked("aceptado"),
    "waiting": marked("en espera"),
    "rejected": marked("retirado"),
    "received": marked("recibida"),
    "shortlisted": marked("preseleccionada"),
    "interview": marked("entrevista"),
    "offer": marked("oferta"),
    "hired": marked("contratada"),
    "declined": marked("no seguirá"),
    "withdrawn": marked("retirada"),
    "totp": marked("la aplicación de códigos"),
    "passkey": marked("una llave de acceso"),
    "recovery_code": marked("un código de recuperación"),
    "password": marked("la contraseña"),
    "again": marked("al confirmar quién era"),
    "second": marked("en el segundo paso"),
    "mail": marked("correo"),
    "sms": marked("mensaje de texto"),
    "whatsapp": marked("WhatsApp"),
    "matching": marked("recomendarle trabajos"),
    "be_found": marked("que las empresas la encuentren"),
    "training": marked("que el sistema aprenda"),
    "sensitive": marked("guardar ingreso y SISFOH"),
    "screening": marked("saber si entra a un programa"),
    "answer": marked("la respuesta que recibió"),
    "birth_date": marked("día de nacimiento"),
    "career": marked("experiencia y estudios"),
    "contact": marked("contacto"),
    "cv": marked("CV"),
    "email": marked("correo"),
    "household_size": marked("cuántos viven en casa"),
    "income": marked("ingreso del hogar"),
    "language": marked("idioma"),
    "locale": marked("idioma"),
    "name": marked("nombre"),
    "national_id": marked("DNI"),
    "phone": marked("celular"),
    "poverty_class": marked("clase de SISFOH"),
    "poverty_class_date": marked("día de esa clase"),
    "profile": marked("perfil"),
    "region": marked("región"),
    "tax_id": marked("RUC"),
}
COUNTED, OTHER = marked("en total"), marked("otro dato")
BEGINNING, END = 8, 4

Words = Callable[[str], str]


def detail_words(detail: Mapping[str, Any], words: Words) -> list[str]:
    """Each thing that is noted, as "name: value"; what counts nothing is left out."""
    told = ((called, _said(value, CODES_OF.get(name, {}), words)) for name, called, value in _named(detail))
    return [f"{words(called)}: {said}" for called, said in told if said]


def subject_words(subject: str, words: Words) -> str:
    """What an act is upon: "Caso 0198a1b2…c3d4"; of a whole log or of nobody its own name."""
    kind, _, its_id = subject.partition(":")
    if kind in SUBJECTS and its_id:
        return f"{words(SUBJECTS[kind])} {short_id(its_id)}"
    return words(WHOLE[subject]) if subject in WHOLE else subject


def short_id(text: str) -> str:
    """An id that somebody can still tell from others; another text as it is."""
    return f"{text[:BEGINNING]}…{text[-END:]}" if ROW_ID.fullmatch(text) else text


def _named(detail: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Names, what they are called, and values; counts that have no words of their own come in one sum."""
    total = 0
    for name, value in detail.items():
        counts = list(value.values()) if isinstance(value, Mapping) else [value]
        if name in NAMES:
            yield name, NAMES[name], value
        elif all(isinstance(count, int) and not isinstance(count, bool) for count in counts):
            total += sum(counts)
        else:
            yield name, OTHER, value
    yield "", COUNTED, total


def _said(value: Any, codes: Mapping[str, str], words: Words) -> str:
    if isinstance(value, bool):
        return words(marked("sí")) if value else words(marked("no"))
    if value in (None, 0, "", [], {}):
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, (_said(one, codes, words) for one in value)))
    text = str(value)
    called = codes.get(text) or CODES.get(text)
    return words(called) if called else short_id(text)
