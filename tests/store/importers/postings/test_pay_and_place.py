"""Pay and place from a source's own columns to the job: faults that were seen, each an instance of a kind."""

from __future__ import annotations

from typing import Any

import pytest

from engine.jobs import Job
from engine.pay import Pay, PayPeriod
from store.importers.postings.mapping import load_mapping
from store.importers.postings.reading import read_posting

MONTH, HOUR, YEAR = PayPeriod.MONTH, PayPeriod.HOUR, PayPeriod.YEAR


def linked(**posting: Any) -> Job:
    row = {"@type": "JobPosting", "title": "A", "url": "https://a.pe/1", **posting}
    return read_posting(row, load_mapping("jobposting"))


def computrabajo(salary: str, period: str = "Mensual", **columns: str) -> Job:
    row = {"Título": "A", "Enlace": "https://a.pe/1", "Salario": salary, "TipoPago": period, "Ubicación": "Lima, Lima"}
    return read_posting({**row, **columns}, load_mapping("computrabajo-pe"))


@pytest.mark.parametrize(
    ("salary", "pay"),
    [
        ({"currency": "USD", "value": "40-60k", "unitText": "YEAR"}, Pay(40_000, "USD", YEAR, 60_000)),
        ({"currency": "USD", "value": {"minValue": -1, "maxValue": -1, "unitText": "MONTH"}}, None),
        ({"currency": "USD", "value": {"value": -5, "unitText": "MONTH"}}, None),
        ({"currency": "USD", "value": {"value": "12.125", "unitText": "HOUR"}}, Pay(12.125, "USD", HOUR)),
        ({"currency": "USD", "value": {"value": 18.125, "unitText": "HOUR"}}, Pay(18.125, "USD", HOUR)),
        ({"currency": "USD", "value": {"value": "4166.667", "unitText": "MONTH"}}, Pay(4166.667, "USD", MONTH)),
        ("60-80k USD a year", Pay(60_000, "USD", YEAR, 80_000)),
        ("S/ 3-4 mil mensual", Pay(3000, "PEN", MONTH, 4000)),
    ],
)
def test_the_base_salary_of_linked_data(salary: Any, pay: Pay | None) -> None:
    assert linked(baseSalary=salary, jobLocation={"address": {"addressCountry": "PE"}}).pay == pay


@pytest.mark.parametrize(
    ("salary", "pay"),
    [
        ("S/ 1 200,00", Pay(1200, "PEN", MONTH)),
        ("S/ 1 500 al mes", Pay(1500, "PEN", MONTH)),
        ("1 200 €", Pay(1200, "EUR", MONTH)),
        ("S/ 2'500", Pay(2500, "PEN", MONTH)),
        ("60'500 CHF", Pay(60_500, "CHF", MONTH)),
        ("48 horas, S/ 1,130", Pay(1130, "PEN", MONTH)),
        ("1.5 RMV PEN", Pay(1695, "PEN", MONTH)),
        ("S/ básico 1,130 + comisiones hasta 2,500", Pay(1130, "PEN", MONTH, extras="comisiones hasta 2,500")),
        ("$ 500", Pay(500, "USD", MONTH)),
        ("¥ 3000", None),
    ],
)
def test_the_salary_of_a_board(salary: str, pay: Pay | None) -> None:
    assert computrabajo(salary).pay == pay


def test_a_sentence_tells_the_pay_that_no_column_does() -> None:
    job = computrabajo("No disponible", "No disponible", Descripción="Cajera.\n- Sueldo: S/ 1,300 + bonos\n- Planilla")
    assert job.pay == Pay(1300, "PEN", MONTH, extras="bonos")
    assert [(one.field, one.sentence) for one in job.readings if one.field == "pay"] == [
        ("pay", "Sueldo: S/ 1,300 + bonos")
    ]


@pytest.mark.parametrize(
    ("requirement", "countries"),
    [
        ("Russia", ("RU",)),
        ("Kuwait", ("KW",)),
        ("DEU", ("DE",)),
        ("Remote (Saudi Arabia, Qatar, Iceland)", ("IS", "QA", "SA")),
        ("Join us in Lima", ("PE",)),
    ],
)
def test_the_countries_of_applicants(requirement: str, countries: tuple[str, ...]) -> None:
    for written in (requirement, {"@type": "Country", "name": requirement}, [{"name": requirement}]):
        job = linked(applicantLocationRequirements=written)
        assert (job.applicant_countries, job.unread_place_limit) == (countries, None)


@pytest.mark.parametrize("requirement", ["Anywhere except US", "Non-US", "Outside the US"])
def test_exceptions_let_all_others_in(requirement: str) -> None:
    countries = linked(applicantLocationRequirements={"name": requirement}).applicant_countries
    assert "PE" in countries
    assert "US" not in countries


def test_peru_left_out_of_its_region_is_left_out() -> None:
    countries = linked(applicantLocationRequirements={"name": "Latin America (excluding Peru)"}).applicant_countries
    assert {"EC", "CO"} <= set(countries)
    assert "PE" not in countries


def test_what_is_not_understood_limits_the_place_all_the_same() -> None:
    job = linked(applicantLocationRequirements={"name": "Freedonia"})
    assert (job.applicant_countries, job.unread_place_limit) == ((), "Freedonia")
    assert linked(applicantLocationRequirements={"name": "Worldwide"}).unread_place_limit is None


def test_several_requirements_are_all_read() -> None:
    job = linked(applicantLocationRequirements=[{"name": "Perú"}, {"name": "Chile"}, {"name": "Freedonia"}])
    assert (job.applicant_countries, job.unread_place_limit) == (("CL", "PE"), None)


def test_a_sentence_limits_the_place_that_no_column_does() -> None:
    job = computrabajo("No disponible", Descripción="Asesor.\n- Residir en la ciudad de Sullana\n- Excel")
    assert (job.applicant_countries, job.unread_place_limit) == ((), "Residir en la ciudad de Sullana")
