"""The rows of a snapshot: no contacts of people, columns that agree with the documents, a card that tells."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.documents.jobs import job_from_document
from engine.documents.seekers import seeker_from_document
from engine.moderation.contacts.masking import masked
from engine.schedules import Weekday, Window
from engine.seekers import Availability, Seeker
from sample.world import World
from store.records.records import Records
from tests.training.snapshot_parts import store_of
from training.data.text_language import text_language
from training.snapshots.rows import CONTACT, job_row, seeker_row
from training.snapshots.taking import take_snapshot

NOW = datetime(2026, 7, 1, tzinfo=UTC)


@pytest.fixture
def records(tiny_world: World, database_url: str) -> Records:
    return store_of(tiny_world, database_url)


def test_documents_give_the_job_and_the_person_back(tiny_world: World) -> None:
    for job in tiny_world.jobs:
        again = job_from_document(orjson.loads(job_row(job)["document"]), job.job_id)
        assert replace(again, languages=()) == replace(job, languages=())
        assert set(again.languages) == set(job.languages)
    for seeker in tiny_world.seekers:
        again_seeker = seeker_from_document(orjson.loads(seeker_row(seeker)["document"]), seeker.seeker_id)
        assert replace(again_seeker, languages=()) == replace(seeker, languages=())


def test_free_hours_are_the_least_of_windows_and_cap() -> None:
    windows = (Window((Weekday.MON, Weekday.TUE), 19 * 60, 23 * 60),)
    hours = [
        seeker_row(Seeker(availability=availability))["hours_per_week"]
        for availability in (
            None,
            Availability("America/Lima"),
            Availability("America/Lima", (), 20),
            Availability("America/Lima", windows),
            Availability("America/Lima", windows, 6),
            Availability("America/Lima", windows, 60),
        )
    ]
    assert hours == [None, None, 20, 8, 6, 8]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Buscamos una persona con experiencia en ventas para trabajar desde casa", "es"),
        ("We are looking for a person with experience in sales", "en"),
        ("Procuramos uma pessoa com experiência em vendas para trabalhar na nossa equipe", "pt"),
        ("Sé cocinar, limpiar casas y cuidar niños", "es"),
        ("Soldador de tuberías y calderas", "es"),
        ("I clean houses and cook", "en"),
        ("Je cherche un travail dans la vente à distance", None),
        ("Runasimita yachani, llamkayta munani", None),
        ("ロボットを作る仕事", None),
        ("Excel, Photoshop", None),
        ("", None),
        ("12345 💙 \ud800", None),
        ("Vendo por WhatsApp y atiendo a clientes. " * 10_000, "es"),
    ],
)
def test_the_language_of_a_text_is_told_when_its_words_tell(text: str, language: str | None) -> None:
    assert text_language(text) == language


def test_contacts_never_reach_a_snapshot(records: Records, tmp_path: Path) -> None:
    contacts = ["ana.quispe@example.org", "987 654 321", "+51 987-654-321", "(01) 234-5678", "+34 612 345 678"]
    records.put_seekers(
        [Seeker("told", text=f"Contadora, S/ 1,200 o 1500. {' / '.join(contacts)}", skills=(contacts[0],))]
    )
    job = replace(next(records.iter_jobs()), description=f"Envía tu CV a {contacts[0]} antes del 30-06-2026")
    records.put_jobs([job])
    snapshot, _ = take_snapshot(records, tmp_path / "snapshots", now=NOW)
    assert snapshot.masked == {"jobs": 1, "seekers": 1}
    with duckdb.connect() as connection:
        documents = connection.execute(
            f"select document from '{snapshot.folder}/jobs.parquet' "
            f"union all select document from '{snapshot.folder}/seekers.parquet'"
        ).fetchall()
    written = " ".join(document for (document,) in documents)
    assert [contact for contact in contacts if contact in written] == []
    assert "S/ 1,200 o 1500." in written
    assert "antes del 30-06-2026" in written


@given(st.text(alphabet="19 5-+()0@.añ", max_size=60))
def test_nothing_that_is_masked_still_looks_like_a_contact(text: str) -> None:
    assert not re.search(CONTACT, masked(text), re.ASCII)


def test_the_card_says_what_is_in_and_what_never_is(records: Records, tmp_path: Path) -> None:
    snapshot, _ = take_snapshot(records, tmp_path / "snapshots", now=NOW)
    card = (snapshot.folder / "DATA_CARD.md").read_text("utf-8")
    for said in (snapshot.content_hash, "90, 60", "4 hired", "jobs.pay_soles_month", "| orphans | passed | 0 |"):
        assert said in card
    never = card.split("## What is never in it")[1]
    assert all(word in never for word in ("Age", "sex", "poverty class", "income"))
