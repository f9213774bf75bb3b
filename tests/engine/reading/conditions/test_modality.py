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
        ("100% home ofice", REMOTE),
        ("Asesora de ventas por chat, chamba remota", REMOTE),
        ("Your own laptop to work remotely", REMOTE),
        ("Vas a trabajar de manera remota", REMOTE),
        ("Trabajo presencial y remoto", HYBRID),
        ("Presencial de lunes a jueves y viernes home office", HYBRID),
        ("Beneficios: días de trabajo remoto y seguro", HYBRID),
        ("1 (día) semanal de home office", HYBRID),
        ("Días en oficina y otros de homeoffice", HYBRID),
        ("You may work remotely two days a week", HYBRID),
        ("Modalidad: Remota / Oficina", HYBRID),
        ("Lunes a viernes en la calle. Sábados: Trabajo remoto", HYBRID),
        ("This position will be based remotely in Peru", REMOTE),
        ("Gana dinero desde casa", REMOTE),
        ("From the office 2-3 days a week, the rest from home", HYBRID),
        ("Work 3 days per week in the office", HYBRID),
        ("This is an in-office position", ON_SITE),
        ("Los horarios de trabajo son presenciales", ON_SITE),
        ("Asesora de ventas presencial", ON_SITE),
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
        "Asistente no-remoto",
        "Asistente, nada de remoto",
        "Chef para campamento remoto",
        "Operador remoto de maquinaria",
        "Remote-controlled crane operator",
        "Remote mine nurse",
        "Remote onboarding",
        "Remoto no disponible",
        "El trabajo remoto no está permitido",
        "Remote work is not available",
        "Remote work isn't an option",
        "We do not offer remote work",
        "No se realiza teletrabajo",
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
        "Vender créditos de forma virtual y presencial",
        "Atención a socios (presencial y remoto)",
        "Asistencia técnica presencial y remota a usuarios",
        "Comunicación con clientes, tanto presencial como a distancia",
        "Venta telefónica y presencial",
        "Contenido de talleres (presencial y/o virtual)",
        "Empresa con sólida presencial en el mercado",
        "Que tenga buena presencial",
        "Premio de presencialidad",
        "Aplicaciones web y móviles (híbridas)",
        "Servicios de gestión administrativa remota a otras empresas",
        "Resolver de manera remota las fallas",
        "A home office equipment allowance",
        "Our hybrid working models differ by team",
        "Se podría evaluar una contratación híbrida",
        "En las oficinas del cliente o home office",
        "Help customers in person, via phone or by mail",
        "Conocimientos de ofimática, teletrabajo",
        "Posibilidad de trabajo híbrido a futuro",
        "Occasional remote work",
        "Experience of working in a hybrid remote team",
        "Monitorear de manera presencial los eventos",
        "Hybrid Intelligent Systems",
    ],
)
def test_what_is_said_of_something_else_is_not(text: str) -> None:
    assert read_modality(f"Buscamos personal.\n{text}\nSueldo acorde.") is None
