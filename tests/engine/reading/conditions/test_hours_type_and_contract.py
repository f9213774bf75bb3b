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
