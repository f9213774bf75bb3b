"""Whoever names a job in letters that look alike, or as a hash, names another job and hides nobody's."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from engine.catalogue.builder import build_catalogue
from engine.jobs import Job
from store.importers.postings.mapping import load_mapping
from store.importers.postings.reading import read_posting

VICTIM_URL = "https://bolsa.pe/avisos/AbC"


def imported_id(**told: Any) -> str:
    return read_posting({"title": "Diseñadora"} | told, load_mapping("jobposting")).job_id


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:20]


@pytest.mark.parametrize(
    "url", ["https://bolsa.pe/avisos/abc", "https://bolsa.pe/avisos/ABC", "https://bolsa.pe/avisos/ÁbC"]
)
def test_an_address_in_other_letters_is_another_job(url: str) -> None:
    assert imported_id(url=url) != imported_id(url=VICTIM_URL)


@pytest.mark.parametrize(
    ("one", "two"), [("aviso/1a", "aviso/1A"), ("aviso ñ", "aviso n"), ("aviso ﬁ", "aviso fi"), ("aviso ①", "aviso 1")]
)
def test_an_id_in_other_letters_is_another_job(one: str, two: str) -> None:
    assert imported_id(identifier=one) != imported_id(identifier=two)


@pytest.mark.parametrize("text", ["https://bolsa.pe/avisos/1", VICTIM_URL])
def test_an_id_that_is_the_hash_of_anothers_address_is_another_job(text: str) -> None:
    assert imported_id(url=text) == f"jobposting:{hash_of(text)}"
    assert imported_id(identifier=hash_of(text)) != imported_id(url=text)


def groups(*jobs: Job) -> list[int]:
    return [int(group) for group in build_catalogue(list(jobs)).columns.duplicate_group]


def test_jobs_without_an_employer_are_told_apart_by_their_ids_as_they_are() -> None:
    one, two, three = groups(Job("web-1", "Diseño"), Job("WEB-1", "Diseño"), Job("ß", "Diseño"))
    assert len({one, two, three}) == 3


@pytest.mark.parametrize(("one", "two"), [("Strasse", "Straße"), ("Fina", "ﬁna"), ("Peru", "Perú"), ("Rosa", "Roſa")])
def test_another_employers_ad_is_no_copy(one: str, two: str) -> None:
    assert len(set(groups(Job("a", "Diseño", employer=one), Job("b", "Diseño", employer=two)))) == 2


def test_an_ad_in_capitals_is_a_copy() -> None:
    jobs = (Job("a", "Diseño", employer="Muñoz  Hnos"), Job("b", "Diseño", employer="MUÑOZ HNOS"))
    assert len(set(groups(*jobs))) == 1
