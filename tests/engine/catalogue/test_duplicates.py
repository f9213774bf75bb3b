"""Copies of an ad are one job, in whatever letters the employer writes its name and whatever words the ad; two
employers, two places and two jobs stay two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from engine.catalogue.builder import build_catalogue
from engine.catalogue.duplicates import employer_key
from engine.jobs import Job, Modality
from engine.reranking.order import CopyMarks, best_of_copies

DUTIES = (
    "Atender llamadas y mensajes de clientes, resolver reclamos, registrar cada caso en el sistema, ofrecer los planes"
    " de la empresa y coordinar visitas técnicas con el área de campo. Pago puntual, planilla completa, bono por metas."
)
AD = Job("a", "Asesor de call center", DUTIES, "Telandes", city="Lima", region="Lima", country="PE")


def kept(jobs: Sequence[Job]) -> list[str]:
    catalogue = build_catalogue([replace(job, job_id=str(number)) for number, job in enumerate(jobs)])
    marks = CopyMarks.of(catalogue.records[:])
    order = best_of_copies(catalogue.columns.posted_at.argsort(kind="stable"), marks, 100)
    return [str(row) for row in order.tolist()]


@pytest.mark.parametrize(
    "name",
    [
        *("ACME SAC", "Acme S.A.C.", "ACME  SAC", "acme sac ", "ACME SAC.", "Acme s. a. c.", "ACME, S.A.C", "ACME"),
        *(
            "ACME S.R.L.",
            "Acme SRL",
            "ACME S.A.C. - Sucursal",
            "ACME SAC (Sede Sur)",
            "ACME SAC sucursal 2",
            "ACME (SAC)",
        ),
        *("ACME-SAC", "ACME S A C", "“ACME” S.A.C.", "ACME® SAC", "ＡＣＭＥ SAC", "ACME Sociedad Anónima Cerrada"),
        *("ACME S. de R.L. de C.V.", "ACME Cía. Ltda.", "Acme Company", "ACME & Co.", "ACME SAC | RUC 20123456789"),
    ],
)
def test_one_employer_is_written_in_many_ways(name: str) -> None:
    assert employer_key(name) == "acme"


@pytest.mark.parametrize(
    "name",
    [
        *("Acmé SAC", "Acme Perú SAC", "SAC Acme", "Acm e SAC", "ACME2 SAC", "Acme Spa Sur", "Acme - Sucursal"),
    ],
)
def test_another_employer_is_another(name: str) -> None:
    assert employer_key(name) != "acme"


@pytest.mark.parametrize("name", ["SAC", "S.A.", "Co", "", "   ", "...", "De SAC"])
def test_a_name_that_is_nothing_but_a_legal_form_stays_a_name(name: str) -> None:
    assert employer_key(employer_key(name)) == employer_key(name)
    assert bool(employer_key(name)) == bool(name.strip(" ."))


def test_five_spellings_of_one_employer_fill_one_place() -> None:
    names = ("ACME SAC", "Acme S.A.C.", "ACME  SAC", "acme sac ", "ACME SAC.")
    assert kept([replace(AD, employer=name) for name in names]) == ["0"]


def test_one_ad_without_an_employer_fills_one_place_and_another_ad_another() -> None:
    nobody = replace(AD, employer=None)
    assert kept([nobody] * 6) == ["0"]
    assert kept([nobody, replace(nobody, city="Piura")]) == ["0", "1"]
    assert kept([replace(one, modality=Modality.REMOTE) for one in (nobody, replace(nobody, city="Piura"))]) == ["0"]
    assert kept([nobody, replace(nobody, description="Vender seguros por teléfono de puerta en puerta")]) == ["0", "1"]


@pytest.mark.parametrize(
    "title",
    [
        "ASESOR DE CALL CENTER",
        "Asesor call center / Ingreso inmediato",
        "¡Último día! Asesor de Call Center - Gana hasta S/1,500",
        "Call center: asesor con o sin experiencia",
    ],
)
def test_an_ad_in_other_words_is_the_same_job(title: str) -> None:
    reworded = "¡Únete al equipo! " + DUTIES.replace("Pago puntual", "Pagos a tiempo").replace("resolver", "atender")
    assert kept([AD, replace(AD, title=title, description=reworded)]) == ["0"]


@pytest.mark.parametrize(
    "other",
    [
        replace(AD, city="Arequipa", region="Arequipa"),
        replace(AD, title="Supervisor de calidad"),
        replace(AD, employer="Telandes Norte"),
        replace(AD, title="Asesor de crédito", description="Visitar negocios y evaluar préstamos de campo."),
    ],
    ids=["another city", "another post", "another employer", "another ad"],
)
def test_another_job_is_another(other: Job) -> None:
    assert kept([AD, other]) == ["0", "1"]


def test_remote_work_is_one_job_wherever_its_ad_is_posted() -> None:
    remote = replace(AD, modality=Modality.REMOTE)
    assert kept([remote, replace(remote, city="Arequipa", region="Arequipa")]) == ["0"]
