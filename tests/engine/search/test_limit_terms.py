"""Searches state the device that somebody has, the currency of the pay, and the kind of contract."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from engine.explain import Locale
from engine.filtering.filters import JobFilter
from engine.jobs import ContractType, Device, Job
from engine.pay import Pay, PayPeriod
from engine.recommendation.query import Query
from engine.search.chip_labels import chip_label
from engine.search.chips import ChipKind, with_chips
from engine.search.understanding import understood
from engine.seekers import Seeker
from sample.world import SAMPLE_NOW
from tests.engine.recommendation.few_jobs import VECTOR, recommender_of
from tests.engine.search.test_understanding import BEGINNER, LEXICON, PART_TIME, REMOTE, limits, pay

PHONE, TABLET = {"device": "phone"}, {"device": "tablet"}
DOLLARS, SOLES = {"currencies": ["USD"]}, {"currencies": ["PEN"]}
PAYROLL = {"contracts": ["fixed_term", "other", "permanent", "project"]}
FEES, PERMANENT = {"contracts": ["freelance"]}, {"contracts": ["permanent"]}


@pytest.mark.parametrize(
    ("search", "chips", "rest"),
    [
        ("solo tengo celular", [PHONE], ""),
        ("SOLO TENGO SELULAR", [PHONE], ""),
        ("digitadora desde el celular", [PHONE], "digitadora"),
        ("trabajo desde mi celular sin experiencia", [PHONE, BEGINNER], ""),
        ("sin computadora", [PHONE], ""),
        ("cajera sin conputadora", [PHONE], "cajera"),
        ("no tengo laptop ni computadora", [PHONE], ""),
        ("sin laptop remoto", [PHONE, REMOTE], ""),
        ("from my phone", [PHONE], ""),
        ("I only have a phone", [PHONE], ""),
        ("without a computer", [PHONE], ""),
        ("solo tengo tablet", [TABLET], ""),
        ("vendedora de celulares", [], "vendedora de celulares"),
        ("reparación de computadoras", [], "reparación de computadoras"),
        ("pago en dólares", [DOLLARS], ""),
        ("PAGO EN DOLARES", [DOLLARS], ""),
        ("diseñadora que paguen en dolares", [DOLLARS], "diseñadora"),
        ("trabajo remoto en dólares", [DOLLARS, REMOTE], ""),
        ("sueldo en soles contadora", [SOLES], "contadora"),
        ("paid in dollars", [DOLLARS], ""),
        ("paid in USD asistente virtual", [DOLLARS], "asistente virtual"),
        ("pago en soles o dólares", [{"currencies": ["PEN", "USD"]}], ""),
        ("1000 dólares al mes", [pay(1000, currency="USD")], ""),
        ("cajera cambio en dólares", [], "cajera cambio en dólares"),
        ("recibo por honorarios", [FEES], ""),
        ("contadora por honorarios", [FEES], "contadora"),
        ("RECIBO POR ONORARIOS medio tiempo", [FEES, PART_TIME], ""),
        ("rxh", [FEES], ""),
        ("independent contractor", [FEES], ""),
        ("con planilla", [PAYROLL], ""),
        ("cajera en planilla", [PAYROLL], "cajera"),
        ("CAJERA CON PLANIYA", [PAYROLL], "CAJERA"),
        ("on payroll", [PAYROLL], ""),
        ("no por honorarios cajera", [PAYROLL], "cajera"),
        ("sin recibo por honorarios", [PAYROLL], ""),
        ("contrato indefinido", [PERMANENT], ""),
        ("asistente de planillas", [], "asistente de planillas"),
        ("analista de planilla", [], "analista de planilla"),
        ("planilla o recibo por honorarios", [PAYROLL, FEES], ""),
    ],
)
def test_device_currency_and_contract_are_limits(search: str, chips: list[dict[str, Any]], rest: str) -> None:
    found = understood(search, LEXICON)
    read = limits(found)
    assert len(read) == len(chips)
    assert all(chip in read for chip in chips)
    assert found.rest == rest


def found_by(search: str, jobs: list[Job]) -> list[str]:
    narrowed = with_chips(understood(search, LEXICON).chips, Seeker(), JobFilter(modalities=None))
    query = Query(narrowed.seeker, VECTOR, 10, narrowed.wanted, stated_first=True, least_relevance=0.0)
    return [one.job_id for one in recommender_of(jobs).recommend(query, SAMPLE_NOW).jobs]


def test_jobs_that_say_otherwise_are_ruled_out_and_those_that_say_so_come_first() -> None:
    job = Job("unsaid", "Cajera")
    dollars, soles = (replace(job, job_id=code, pay=Pay(900, code, PayPeriod.MONTH)) for code in ("USD", "PEN"))
    assert found_by("pago en dólares", [job, soles, dollars]) == ["USD", "unsaid"]
    assert set(found_by("pago en soles o dólares", [job, soles, dollars])) == {"USD", "PEN", "unsaid"}
    phone, computer = (replace(job, job_id=device.name, device=device) for device in (Device.PHONE, Device.COMPUTER))
    assert found_by("solo tengo celular", [job, computer, phone]) == ["PHONE", "unsaid"]
    contracts = [replace(job, job_id=contract, contract=contract) for contract in ContractType]
    assert set(found_by("con planilla", [job, *contracts])) == {
        "unsaid", "permanent", "fixed_term", "project", "other",
    }  # fmt: skip
    assert set(found_by("recibo por honorarios", [job, *contracts])) == {"unsaid", "freelance"}


@pytest.mark.parametrize(
    ("search", "spanish", "english"),
    [
        (
            "solo celular",
            "Con celular, si el aviso dice qué pide",
            "With a phone, where the ad says what it needs",
        ),
        ("pago en dólares", "Pago en dólares", "Paid in dollars"),
        (
            "en planilla",
            "En planilla (no por honorarios ni prácticas)",
            "On payroll (no freelancing, no internships)",
        ),
        ("por honorarios", "Por recibo por honorarios", "Freelance, by receipt"),
        ("contrato temporal", "Contrato temporal", "Temporary contract"),
    ],
)
def test_chips_say_what_they_limit(search: str, spanish: str, english: str) -> None:
    (chip,) = understood(search, LEXICON).chips
    assert [chip_label(chip, locale) for locale in Locale] == [spanish, english]


def test_a_chip_that_is_taken_away_is_words_again() -> None:
    found = understood("contadora pago en dólares con planilla", LEXICON, [(ChipKind.CONTRACT, "con planilla")])
    assert limits(found) == [PAYROLL]
    assert found.rest == "contadora pago en dólares"
