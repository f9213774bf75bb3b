"""Where the work is done is read from what is said of the work, not of interviews, customers, tools and places."""

from __future__ import annotations

import pytest

from engine.jobs import Modality
from engine.reading.conditions.modality import read_modality

REMOTE, HYBRID, ON_SITE = Modality.REMOTE, Modality.HYBRID, Modality.ON_SITE


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Modalidad: 100% remoto", REMOTE),
        ("Trabajo remoto", REMOTE),
        ("TRABAJA DESDE CASA", REMOTE),
        ("Work from home, flexible hours", REMOTE),
        ("Work Location: Remote", REMOTE),
        ("Diseñadora web (remoto)", REMOTE),
        ("Modalidad home office", REMOTE),
        ("Ubicación: Remoto. Con reuniones presenciales cada mes", REMOTE),
        ("Modalidad híbrida: 3 días presencial y 2 días remoto", HYBRID),
        ("esquema hibrido 4x1", HYBRID),
        ("Lunes a viernes, 2 días de home office", HYBRID),
        ("trabajo semipresencial", HYBRID),
        ("#LI-Hybrid", HYBRID),
        ("Modalidad presencial en Surco", ON_SITE),
        ("Trabajo 100% presencial", ON_SITE),
        ("Lunes a viernes de 9 a 18, presencial", ON_SITE),
        ("Disponibilidad full time con presencialidad en Ate", ON_SITE),
        ("Asistente (puesto NO remoto)", ON_SITE),
        ("No es remoto, se trabaja en Lince", ON_SITE),
        ("Presencial en nuestra sede.\nCapacitación remota", ON_SITE),
        ("CAPACITACIÓN Y TRABAJO PRESENCIAL", ON_SITE),
    ],
)
def test_what_is_said_of_the_work_is_read(text: str, modality: Modality) -> None:
    found = read_modality(f"Buscamos personal.\n{text}\nSueldo acorde.")
    assert found is not None
    assert found.value is modality
    assert found.sentence
    assert found.sentence in text


@pytest.mark.parametrize(
    "text",
    [
        "Especialista en Percepción Remota y SIG",
        "Operador de grúa con control remoto",
        "Médico - Comunidad remota Amazonas",
        "Capacitación remota",
        "Beneficio: remoto cuatro semanas al año",
        "Entrevista presencial el martes",
        "Realizar visitas presenciales a clientes",
        "Atención al cliente de manera presencial y por canales digitales",
        "Soporte remoto a usuarios",
        "Aplicaciones móviles nativas o híbridas",
        "Experience with Agile or hybrid delivery models",
        "Presencial o remoto, a elección",
        "Buena presencia",
        "Zonas remotas del país",
        "Sistema de monitoreo remoto",
    ],
)
def test_what_is_said_of_something_else_is_not(text: str) -> None:
    assert read_modality(f"Buscamos personal.\n{text}\nSueldo acorde.") is None
