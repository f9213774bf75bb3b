"""Copies of an ad are one job, in whatever letters the employer writes its name and whatever words the ad; two
employers, two places and two jobs stay two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.lib.recfunctions
import pytest

from engine.array_files import ArrayFiles
from engine.catalogue.builder import build_catalogue
from engine.catalogue.catalogue import Catalogue
from engine.catalogue.duplicates import employer_key
from engine.jobs import HoursType, Job, LanguageNeed, Modality
from engine.pay import Pay, PayPeriod
from engine.reranking.order import JobCandidates, rerank
from index.backends.backend import search_few

DUTIES = (
    "Atender llamadas y mensajes de clientes, resolver reclamos, registrar cada caso en el sistema, ofrecer los planes"
    " de la empresa y coordinar visitas técnicas con el área de campo. Pago puntual, planilla completa, bono por metas."
)
AD = Job("a", "Asesor de call center", DUTIES, "Telandes", city="Lima", region="Lima", country="PE")


def kept(jobs: Sequence[Job], likeness: float = 0.9) -> list[str]:
    """Which of the ads take a place; the work of any two is as like as `likeness`."""
    return places(build_catalogue([replace(job, job_id=str(number)) for number, job in enumerate(jobs)]), likeness)


def places(catalogue: Catalogue, likeness: float) -> list[str]:
    count = len(catalogue)
    vectors = np.linalg.cholesky(np.full((count, count), likeness) + (1 - likeness) * np.eye(count))
    flat = np.zeros(count, dtype=np.float32)
    candidates = JobCandidates(
        np.arange(count),
        flat,
        catalogue.columns.posted_at,
        catalogue.records,
        job_vectors=(search_few(vectors.astype(np.float32)),),
    )
    return [str(row) for row in rerank(candidates, 100).order.tolist()]


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


REWORDED = (
    (
        "Asesor de ventas call center / Turno tarde",
        "Únete a Voz Andina. Buscamos asesores telefónicos que ofrezcan planes de internet a clientes que nos conocen."
        " Llamar a la base asignada, explicar el plan, cerrar la venta y registrarla. Secundaria completa.",
    ),
    (
        "¡Ingreso inmediato! Ejecutivo comercial call center con o sin experiencia",
        "Voz Andina crece y te necesita. Serás la voz de nuestros planes: llamarás, contarás de qué trata cada uno y"
        " cerrarás la venta en nuestro sistema. Básico, comisiones sin tope y planilla.",
    ),
    (
        "Agente call center ventas - Gana hasta S/ 2,500",
        "¿Te gusta conversar y vender? Ofrecemos internet por teléfono a clientes de nuestra base. Solo necesitas"
        " secundaria completa y ganas. Capacitación pagada desde el primer día.",
    ),
    (
        "Vendedor telefónico call center / Lunes a sábado",
        "Se buscan vendedores telefónicos de planes de internet. Pedimos buena dicción; damos básico y comisiones.",
    ),
    (
        "Asesora de ventas por teléfono call center, último día",
        "Último día para postular: asesoras y asesores que ofrezcan planes de internet por llamada. Con planilla.",
    ),
    (
        "Call center: representante comercial (planilla + bonos)",
        "Trabaja como representante comercial: llamadas a clientes, explicación del plan y cierre de la venta. Bonos.",
    ),
)


def reworded() -> list[Job]:
    return [replace(AD, title=title, description=description) for title, description in REWORDED]


@pytest.mark.parametrize("first", range(len(REWORDED)))
def test_six_rewordings_of_one_call_centre_fill_one_place_whichever_comes_first(first: int) -> None:
    ads = reworded()
    assert kept([*ads[first:], *ads[:first]]) == ["0"]


def test_rewordings_of_another_work_fill_another_place() -> None:
    """Employers write all their ads by one template: a title that names the same is no proof."""
    ads = [replace(ad, title="Asesor") for ad in reworded()[:1]] + [replace(AD, title="Asesor legal")]
    assert kept(ads, likeness=0.4) == ["0", "1"]


@pytest.mark.parametrize(
    "title",
    [
        *("Agente de call center bilingüe inglés", "Supervisor de call center", "Practicante de call center"),
        *("Asistente contable", "Auxiliar de almacén", "Analista de selección", "Asesor de call center senior"),
    ],
)
def test_another_work_or_level_stays_apart_in_the_same_words(title: str) -> None:
    assert kept([AD, replace(AD, title=title)]) == ["0", "1"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Soporte técnico nivel 1", "Soporte técnico nivel 2"),
        ("Desarrolladora Java junior", "Desarrollador Java Sr."),
        ("Analista contable II", "Analista contable III"),
        ("Médico dermatólogo", "Médica oftalmóloga"),
        ("Desarrollador Java", "Desarrollador React"),
    ],
)
def test_titles_of_another_trade_or_level_are_another_job(one: str, other: str) -> None:
    assert kept([replace(AD, title=one), replace(AD, title=other)]) == ["0", "1"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Asesor de ventas turno mañana", "Asesor de ventas / Turno noche"),
        ("Ejecutiva de ventas", "Asesores comerciales"),
        ("Teleoperadora", "Teleoperadores de lunes a viernes"),
        ("Asesor comercial sede Lima", "¡Urgente! Asesores comerciales"),
    ],
)
def test_shifts_numbers_and_genders_of_one_work_are_one_job(one: str, other: str) -> None:
    assert kept([replace(AD, title=one), replace(AD, title=other)]) == ["0"]


FULL, PART = replace(AD, hours_type=HoursType.FULL_TIME), replace(AD, hours_type=HoursType.PART_TIME)
SPANISH, ENGLISH = (replace(AD, languages=(LanguageNeed(code),)) for code in ("es", "en"))
CHEAP, DEAR = (replace(AD, pay=Pay(amount, "PEN", PayPeriod.MONTH)) for amount in (1130.0, 4500.0))
AT_HOME_TOO, ON_SITE = (replace(AD, modality=modality) for modality in (Modality.HYBRID, Modality.ON_SITE))


@pytest.mark.parametrize(
    ("one", "other"),
    [(FULL, PART), (SPANISH, ENGLISH), (CHEAP, DEAR), (AT_HOME_TOO, ON_SITE)],
    ids=["hours", "language", "pay", "modality"],
)
def test_what_is_stated_otherwise_makes_two_jobs_and_what_is_not_stated_does_not(one: Job, other: Job) -> None:
    assert kept([one, other]) == ["0", "1"]
    assert kept([one, AD]) == kept([AD, other]) == ["0"]


def test_a_bundle_from_before_titles_were_compared_opens_and_tells_the_same_titles_alone(tmp_path: Path) -> None:
    jobs = [AD, AD, *reworded()[:2], replace(AD, title="Supervisor de calidad")]
    build_catalogue([replace(job, job_id=str(number)) for number, job in enumerate(jobs)]).save(tmp_path)
    newer = ("title_words", "title_words_again", "title_level", "foreign_languages")
    for name in newer:
        (tmp_path / "columns" / f"{name}.npy").unlink()
    records = np.load(tmp_path / "row_records.npy")
    known = [name for name in records.dtype.names if name not in (*newer, "hours_type", "modality")]
    np.save(tmp_path / "row_records.npy", np.lib.recfunctions.repack_fields(records[known]))
    older = Catalogue.open(ArrayFiles(tmp_path))
    assert places(older, likeness=0.9) == ["0", "2", "3", "4"]
