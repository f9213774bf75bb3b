"""What answers promise of ads that are one job, for ads of chance: held against telling every pair one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.arrays import Vectors
from engine.catalogue.builder import build_catalogue
from engine.jobs import HoursType, Job, LanguageNeed, Modality
from engine.pay import Pay, PayPeriod
from engine.reranking.copies import MOST_PAIRED, Places, _least_cosines, without_copies
from engine.reranking.order import JobCandidates, rerank
from index.backends.backend import search_few
from tests.engine.slow_copies import is_copy

DIMENSION = 16
WORDS = ("ventas", "call center", "contable", "almacén", "senior", "turno noche", "inglés", "de", "urgente", "crédito")
TEXTS = (
    "Llamar a clientes, ofrecer planes y registrar cada venta en el sistema de la empresa",
    "Ofrecer planes a clientes por llamada y registrar en el sistema cada venta de la empresa",
    "Registrar compras, conciliar bancos y preparar la declaración de cada mes",
)
titles = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(lambda words: f"Asesor {' '.join(words)}")
ads = st.builds(
    Job,
    job_id=st.just(""),
    title=titles,
    description=st.sampled_from(TEXTS),
    employer=st.sampled_from(["ACME SAC", "Acme", "Killa", None]),
    city=st.sampled_from(["Lima", "Piura"]),
    hours_type=st.sampled_from([None, HoursType.FULL_TIME, HoursType.PART_TIME]),
    modality=st.sampled_from([None, Modality.REMOTE, Modality.HYBRID]),
    languages=st.sampled_from([(), (LanguageNeed("es"),), (LanguageNeed("en"),)]),
    pay=st.sampled_from([None, Pay(1200.0, "PEN", PayPeriod.MONTH), Pay(4000.0, "PEN", PayPeriod.MONTH)]),
)
catalogues = st.lists(ads, min_size=1, max_size=24).map(
    lambda jobs: [replace(job, job_id=str(number)) for number, job in enumerate(jobs)]
)


def vectors_of(count: int, seed: int, spread: float) -> Vectors:
    random = np.random.default_rng(seed)
    vectors = random.normal(size=DIMENSION) + spread * random.normal(size=(count, DIMENSION))
    unit: Vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return unit


def candidates_of(jobs: Sequence[Job], vectors: Vectors, scores: Sequence[float] | None = None) -> JobCandidates:
    catalogue, count = build_catalogue(list(jobs)), len(jobs)
    scored = np.linspace(1, 0, count) if scores is None else np.array(scores)
    columns = (scored.astype(np.float32), catalogue.columns.posted_at, catalogue.records)
    return JobCandidates(np.arange(count), *columns, job_vectors=(search_few(vectors),))


def slowly(jobs: Sequence[Job], vectors: Vectors, limit: int) -> tuple[list[int], dict[int, list[int]]]:
    """The places, and the copies of each, by telling pairs one after the other."""
    places: list[int] = []
    copies: dict[int, list[int]] = {}
    for number in range(len(jobs)):
        is_of = (place for place in places if is_copy(jobs[place], jobs[number], cosine(vectors, place, number)))
        place = next(is_of, None)
        if place is not None:
            copies.setdefault(place, []).append(number)
        elif len(places) < limit:
            places.append(number)
    return places, copies


def listed(places: Places) -> tuple[list[int], dict[int, list[int]]]:
    return places.order.tolist(), {place: sorted(copies.tolist()) for place, copies in places.copies.items()}


def cosine(vectors: Vectors, one: int, other: int) -> float:
    return float(search_few(vectors).cosines(vectors[one], np.array([other]))[0])


@settings(max_examples=150)
@given(catalogues, st.integers(0, 2**32 - 1), st.sampled_from([0.1, 0.4, 0.8]), st.sampled_from([0, 32]))
def test_places_and_their_copies_are_those_of_telling_every_pair(
    jobs: list[Job], seed: int, spread: float, paired: int
) -> None:
    vectors, limit = vectors_of(len(jobs), seed, spread), len(jobs)
    candidates, everything = candidates_of(jobs, vectors), np.arange(len(jobs))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("engine.reranking.copies.MOST_PAIRED", paired)
        best = rerank(candidates, limit)
    assert listed(best) == slowly(jobs, vectors, limit)
    places = best.order[: len(best.order) // 2]
    taken = {*places.tolist(), *(copy for place in places.tolist() for copy in best.copies.get(place, ()))}
    left = without_copies(candidates, everything, [(candidates, places)]).tolist()
    assert set(left).isdisjoint(taken)
    assert set(left) | taken | copies_of_any(jobs, vectors, places.tolist()) == set(range(len(jobs)))


def copies_of_any(jobs: Sequence[Job], vectors: Vectors, places: list[int]) -> set[int]:
    everything = range(len(jobs))
    return {
        number
        for number in everything
        for place in places
        if is_copy(jobs[place], jobs[number], cosine(vectors, place, number))
    }


@settings(max_examples=100)
@given(catalogues, st.integers(0, 2**32 - 1), st.integers(1, 24))
def test_an_answer_is_as_long_as_there_are_jobs_and_a_longer_one_only_adds(
    jobs: list[Job], seed: int, limit: int
) -> None:
    vectors = vectors_of(len(jobs), seed, 0.4)
    candidates = candidates_of(jobs, vectors)
    best, every = rerank(candidates, limit), rerank(candidates, len(jobs))
    for place in best.order.tolist():
        assert copies_of_any(jobs, vectors, [place]).intersection(best.order.tolist()) == {place}
    assert every.order.tolist()[: len(best.order)] == best.order.tolist()
    assert len(best.order) == min(limit, len(every.order))
    named = [number for copies in every.copies.values() for number in copies.tolist()]
    assert sorted([*every.order.tolist(), *named]) == list(range(len(jobs)))


@settings(max_examples=100)
@given(catalogues, st.integers(0, 2**32 - 1), st.integers(1, 8))
def test_whatever_loses_its_place_is_named_by_the_place_that_takes_it(jobs: list[Job], seed: int, limit: int) -> None:
    """Only a third of the candidates may be looked at: whoever stands before the last place is told all the same."""
    vectors = vectors_of(len(jobs), seed, 0.4)
    best = rerank(candidates_of(jobs, vectors), limit)
    last = best.order.tolist()[-1]
    named = [number for copies in best.copies.values() for number in copies.tolist()]
    assert len(named) == len(set(named))
    assert {*range(last + 1)} <= {*best.order.tolist(), *named}


@settings(max_examples=60)
@given(catalogues, st.integers(0, 2**32 - 1), st.data())
def test_segments_make_no_difference(jobs: list[Job], seed: int, data: st.DataObject) -> None:
    vectors = vectors_of(len(jobs), seed, 0.4)
    scores = data.draw(st.permutations(np.linspace(1, 0, len(jobs)).tolist()))
    split = data.draw(st.integers(0, len(jobs)))
    parts = [candidates_of(jobs[part], vectors[part], scores[part]) for part in (slice(0, split), slice(split, None))]
    whole, joined = candidates_of(jobs, vectors, scores), JobCandidates.joined(parts)
    assert listed(rerank(joined, 10)) == listed(rerank(whole, 10))


@pytest.mark.parametrize("copies", [1, 260, 3000])
def test_thousands_of_copies_are_compared_once_a_place(copies: int, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = [Job("", "Asesor de ventas", TEXTS[0], "Acme") for _ in range(copies)]
    others = [Job("", f"Asesor {word}", TEXTS[2], "Acme") for word in ("contable", "legal", "de almacén")]
    vectors = np.concatenate([vectors_of(copies, 1, 0.05), vectors_of(3, 2, 2.0)])
    pairs: list[int] = []

    def counted(*asked: Any) -> Any:
        least = _least_cosines(*asked)
        pairs.append(least.size)
        return least

    monkeypatch.setattr("engine.reranking.copies._least_cosines", counted)
    best = rerank(candidates_of([*jobs, *others], vectors), 10)
    assert best.order.tolist() == [0, copies, copies + 1, copies + 2]
    assert len(best.copies.get(0, ())) == copies - 1
    assert sum(pairs) <= 5 * (copies + 3) + MOST_PAIRED**2
