"""What an ad calls its hours and its contract is read where it offers one; two that are offered are none."""

from __future__ import annotations

import pytest

from engine.jobs import ContractType, HoursType
from engine.reading.conditions.contract import read_contract
from engine.reading.conditions.hours_type import read_hours_type


@pytest.mark.parametrize(
    ("text", "hours_type"),
    [
        ("Cajera Part Time", HoursType.PART_TIME),
        ("Part-time (not full time)", HoursType.PART_TIME),
        ("Vendedora MEDIO TIEMPO", HoursType.PART_TIME),
        ("Jornada parcial", HoursType.PART_TIME),
        ("part-time con posibilidad de crecer a full-time", HoursType.PART_TIME),
        ("Disponibilidad full time", HoursType.FULL_TIME),
        ("horario a tiempo completo", HoursType.FULL_TIME),
        ("Jornada completa", HoursType.FULL_TIME),
        ("Practicante profesional de marketing", HoursType.INTERNSHIP),
        ("Buscamos pasante contable", HoursType.INTERNSHIP),
        ("Vendedora partime, turno tarde", HoursType.PART_TIME),
        ("Chofer ful time", HoursType.FULL_TIME),
        ("Almacenero, tpo completo", HoursType.FULL_TIME),
        ("FULL TIMETareas a realizar", HoursType.FULL_TIME),
        ("Lunes a viernes jornada completa y sábados media jornada", HoursType.FULL_TIME),
        ("Docente con dedicación exclusiva", HoursType.FULL_TIME),
        ("Empleada de limpieza, trabajo por horas", HoursType.HOURLY),
        ("This is an hourly position", HoursType.HOURLY),
        ("Cajera Pasante (pasantía)", HoursType.INTERNSHIP),
        ("Nos encontramos en la búsqueda de 2 practicantes contables", HoursType.INTERNSHIP),
        ("Pasante de logística\nJornada: full time", HoursType.INTERNSHIP),
        ("Data Analyst Intern", HoursType.INTERNSHIP),
        ("Finance internship summer 2027", HoursType.INTERNSHIP),
        ("Full o part time, a tu elección", None),
        ("Manejamos medio o tiempo completo", None),
        ("Horario a tiempo completo o fines de semana", None),
        ("Sábados media jornada", None),
        ("Viernes flex (jornada reducida)", None),
        ("Formar y supervisar a los pasantes", None),
        ("Projects from coursework, internships or clubs", None),
        ("Meio período", HoursType.PART_TIME),
        ("Tempo integral", HoursType.FULL_TIME),
        ("Tempo integral ou parcial", None),
        ("Full/part time", None),
        ("Part or full-time", None),
        ("Tiempo completo o parcial", None),
        ("Media jornada o completa", None),
        ("jornada parcial/completa", None),
        ("tiempo parcial (no completo)", HoursType.PART_TIME),
        ("Full-time / Part-time", None),
        ("Tiempo completo o medio tiempo", None),
        ("Contás con media jornada libre al mes", None),
        ("benefits for our full-time employees", None),
        ("Experiencia desde practicante, auxiliar o asistente", None),
    ],
)
def test_the_type_of_hours(text: str, hours_type: HoursType | None) -> None:
    found = read_hours_type(text)
    assert (found and found.value) == hours_type


@pytest.mark.parametrize(
    ("text", "contract"),
    [
        ("Contrato a plazo indeterminado", ContractType.PERMANENT),
        ("Se ofrece posición efectiva", ContractType.PERMANENT),
        ("Permanent position", ContractType.PERMANENT),
        ("Contrato temporal por campaña", ContractType.FIXED_TERM),
        ("Contratación eventual", ContractType.FIXED_TERM),
        ("Contrato inicial 6 meses renovable", ContractType.FIXED_TERM),
        ("Contrato por obra", ContractType.PROJECT),
        ("Ejecutiva de ventas freelance", ContractType.FREELANCE),
        ("Pago por recibos por honorarios", ContractType.FREELANCE),
        ("Independent contractor", ContractType.FREELANCE),
        ("Convenio de prácticas", ContractType.APPRENTICESHIP),
        ("Puesto a efectivizar", ContractType.PERMANENT),
        ("Puesto permanente, no es suplencia", ContractType.PERMANENT),
        ("Tipo de contratación contrato indeterminadoHorario de 9 a 18", ContractType.PERMANENT),
        ("Recepcionista de hotel (temporal)", ContractType.FIXED_TERM),
        ("Buscamos: Asesora de Cobranzas Temporal\nFunciones: llamar", ContractType.FIXED_TERM),
        ("Jefa de planta por suplencia", ContractType.FIXED_TERM),
        ("Para cubrir una licencia por maternidad", ContractType.FIXED_TERM),
        ("Impulsadoras para temporada escolar", ContractType.FIXED_TERM),
        ("Contrato fijo, en relación de dependencia, a término", ContractType.FIXED_TERM),
        ("Contract length: 4 months", ContractType.FIXED_TERM),
        ("Disponibilidad para trabajar por proyectos", ContractType.PROJECT),
        ("Vendedores Freelancer", ContractType.FREELANCE),
        ("Sueldo mínimo bajo factura", ContractType.FREELANCE),
        ("Se necesita que emita factura", ContractType.FREELANCE),
        ("Contrato servicios profesionales", ContractType.FREELANCE),
        ("Trabajo freelance, por proyecto", ContractType.FREELANCE),
        ("Pago con RxH", ContractType.FREELANCE),
        ("Pasante de contabilidad", ContractType.APPRENTICESHIP),
        ("Practicante de sistemas, contrato por 6 meses", ContractType.APPRENTICESHIP),
        ("Depósitos a plazo fijo de los socios", None),
        ("Pago de honorarios a los médicos", None),
        ("Registro de recibos por honorarios", None),
        ("Elaborar recibos por honorarios y boletas", None),
        ("Exactitud en la facturación de servicios", None),
        ("Viajes eventuales a provincia", None),
        ("Contratar agencias de personal eventual", None),
        ("Profesores permanentes y temporales", None),
        ("Trabajo 5 días y descanso 2", None),
        ("Contrato con periodo de prueba de 3 meses", None),
        ("Estrategias comerciales para temporada alta", None),
        ("Capacitar a practicantes", None),
        ("Recibo por honorarios o planilla", None),
        ("Ingreso a planilla", None),
        ("Revisar contratos de venta y plazos", None),
        ("Comunicación efectiva", None),
        ("Convalidar prácticas profesionales", None),
        ("a team of freelance editors", None),
        ("Capacitación permanente", None),
    ],
)
def test_the_contract(text: str, contract: ContractType | None) -> None:
    found = read_contract(f"Importante empresa. {text}.")
    assert (found and found.value) == contract
