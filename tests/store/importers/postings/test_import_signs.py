"""Signs of fraudulent and unlawful offers on import: told with the job, and what is surely fraud is shown to nobody."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from engine.offer_signs import SignKind
from store.database import writing
from store.hiring.moderated_imports import release_import
from store.importers.postings.pipeline import import_jobs
from store.records.records import Records
from tests.store.importers.postings.test_import_jobs import PERU_ROW, csv_file, imported

FRAUDS = (
    ("Rent us your verified driver account and earn every week.", SignKind.BORROWS_IDENTITY),
    ("Instala AnyDesk en tu celular para que configuremos tu app del banco.", SignKind.REMOTE_CONTROL),
    ("Comparte el código de 6 dígitos que te llegará por SMS.", SignKind.ASKS_FOR_CODES),
    ("Buscamos personas que presten su DNI para sacar líneas.", SignKind.BORROWS_IDENTITY),
    ("El examen médico ocupacional corre por tu cuenta (S/ 75).", SignKind.CHARGES_MEDICAL_EXAM),
    ("Deposita S/ 50 para separar tu vacante.", SignKind.ASKS_FOR_MONEY),
    ("Lend us your bank account and earn every week.", SignKind.BORROWS_IDENTITY),
    ("Pre-employment medical costs $40, paid by the candidate.", SignKind.CHARGES_MEDICAL_EXAM),
)


@pytest.mark.parametrize(("words", "kind"), FRAUDS)
def test_a_fraudulent_ad_is_imported_held_and_says_why(
    records: Records, tmp_path: Path, words: str, kind: SignKind
) -> None:
    path = csv_file(tmp_path / "jobs.csv", PERU_ROW | {"Descripción": f"Buscamos diseñadora. {words}"})
    report = import_jobs(path, "computrabajo-pe", records)
    (job,) = records.iter_jobs()
    assert not job.is_open
    assert [(held.job_id, kind.value in held.signs) for held in report.held] == [(job.job_id, True)]
    assert any(sign.kind is kind and sign.quote in job.description for sign in job.signs)
    again = import_jobs(path, "computrabajo-pe", records)
    assert (again.unchanged, len(again.held)) == (1, 1)


@pytest.mark.parametrize(
    "limit",
    [
        "Edad máx. 35 años",
        "Rango etario: 25 a 40",
        "Age limit 35",
        "Menores de 35",
        "Personas de 24 años en adelante",
        "Edad entre 18 y 99 años",
        "Edad: 20 a 35 años",
        "35 años máximo",
        "Must be 25 or older",
        "Entre 18 y 99 años",
    ],
)
def test_an_age_limit_is_taken_out_and_told_as_a_sign(records: Records, tmp_path: Path, limit: str) -> None:
    row = PERU_ROW | {"Descripción": f"Buscamos diseñadora.\n{limit}\nPuntualidad", "Requisitos": ""}
    job = imported(records, csv_file(tmp_path / "jobs.csv", row), "computrabajo-pe")
    assert job.is_open
    assert not any(digit in job.description for digit in "0123456789")
    assert [(sign.kind, sign.quote) for sign in job.signs] == [(SignKind.ASKS_AGE, limit)]


def test_an_honest_ad_has_no_sign(records: Records, tmp_path: Path) -> None:
    job = imported(records, csv_file(tmp_path / "jobs.csv", PERU_ROW | {"Requisitos": ""}), "computrabajo-pe")
    assert job.signs == ()
    assert job.is_open


def test_what_a_moderator_released_is_not_told_as_held_again(
    records: Records, database: Engine, tmp_path: Path
) -> None:
    path = csv_file(tmp_path / "jobs.csv", PERU_ROW | {"Descripción": f"Buscamos diseñadora. {FRAUDS[0][0]}"})
    (held,) = import_jobs(path, "computrabajo-pe", records).held
    with writing(database).begin() as connection:
        release_import(connection, held.job_id, lambda stored: stored)
    again = import_jobs(path, "computrabajo-pe", records)
    assert (again.unchanged, again.held, records.get_job(held.job_id).is_open) == (1, [], True)
