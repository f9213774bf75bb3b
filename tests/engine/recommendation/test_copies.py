"""Hundreds of copies of one ad fill one place, and the others stay for who can take them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from engine.catalogue.builder import build_catalogue
from engine.filtering.filter_bitmaps import BitmapFilter
from engine.filtering.filters import JobFilter
from engine.jobs import Job
from engine.recommendation.query import Query
from engine.recommendation.recommend import Recommender
from engine.recommendation.recommend_many import ManyRecommender
from engine.recommendation.similar import MOST_SIMILAR
from engine.relevance import Calibration
from engine.retrieval.segments import Segment
from engine.seekers import Seeker
from index.backends.backend import search_few
from index.fresh import FreshJob, FreshJobs

NOW = datetime(2026, 7, 8, tzinfo=UTC)
DUTIES = "Atender a clientes por teléfono y por chat, registrar cada caso, resolver reclamos y ofrecer los planes."
OTHERS = ("Costurera", "Cocinero", "Contadora", "Chofer", "Tejedora", "Profesora", "Enfermera", "Soldador", "Pintor")


@pytest.fixture(scope="module")
def recommender() -> Recommender:
    """260 copies of one ad, nearer than nine other jobs."""
    copies = [Job(f"copy-{number}", "Asesor de ventas", DUTIES, "Telandes") for number in range(260)]
    jobs = [*copies, *(Job(title, title, DUTIES, f"Casa {title}") for title in OTHERS)]
    cosines = np.array([0.9] * len(copies) + [0.7 - 0.01 * place for place in range(len(OTHERS))], np.float32)
    vectors = np.stack([cosines, np.sqrt(1 - cosines**2)], axis=1)
    catalogue = build_catalogue(jobs)
    segment = Segment(catalogue, search_few(vectors), BitmapFilter(catalogue))
    return Recommender((segment,), Calibration(0.2, 0.8))


def query(limit: int) -> Query:
    return Query(Seeker(), np.array([1, 0], np.float32), limit, JobFilter())


@pytest.mark.parametrize("limit", [1, 5, 10])
def test_an_answer_is_full_whenever_there_are_enough_jobs(recommender: Recommender, limit: int) -> None:
    found = [job.job_id for job in recommender.recommend(query(limit), NOW).jobs]
    assert found == ["copy-0", *OTHERS][:limit]


def test_an_answer_is_as_long_as_there_are_jobs(recommender: Recommender) -> None:
    assert len(recommender.recommend(query(50), NOW).jobs) == 1 + len(OTHERS)


def test_everybody_at_once_gets_the_same(recommender: Recommender) -> None:
    together = ManyRecommender(recommender).recommend([query(10), query(1), query(50)], NOW)
    assert [len(answer.jobs) for answer in together] == [10, 1, 10]
    assert together == [recommender.recommend(query(limit), NOW) for limit in (10, 1, 50)]


def test_the_other_ads_of_a_job_are_named_with_it_and_the_best_of_hundreds(recommender: Recommender) -> None:
    first, *rest = recommender.recommend(query(10), NOW).jobs
    assert [(one.job_id, one.title) for one in first.similar] == [
        (f"copy-{number}", "Asesor de ventas") for number in range(1, 1 + MOST_SIMILAR)
    ]
    assert all(job.similar == () for job in rest)


REWORDED = ("Asesor de ventas turno tarde", "¡Urgente! Ejecutiva comercial", "Agentes de ventas / Gana S/ 2,000")


def of_jobs(jobs: list[Job], cosines: list[float]) -> Recommender:
    nearness = np.array(cosines, np.float32)
    vectors = np.stack([nearness, np.sqrt(1 - nearness**2)], axis=1)
    catalogue = build_catalogue(jobs)
    segment = Segment(catalogue, search_few(vectors), BitmapFilter(catalogue))
    return Recommender((segment,), Calibration(0.2, 0.8))


def test_hundreds_of_rewordings_push_nothing_out() -> None:
    jobs = [Job(f"ad-{number}", REWORDED[number % 3], DUTIES, "Telandes SAC", city="Lima") for number in range(260)]
    jobs += [Job(title, title, DUTIES, "Telandes", city="Lima") for title in OTHERS]
    cosines = [0.9 - number / 10_000 for number in range(260)] + [0.7 - 0.01 * place for place in range(len(OTHERS))]
    answer = of_jobs(jobs, cosines).recommend(query(10), NOW)
    assert [job.job_id for job in answer.jobs] == ["ad-0", *OTHERS]
    assert [one.job_id for one in answer.jobs[0].similar] == [f"ad-{number}" for number in range(1, 1 + MOST_SIMILAR)]


def test_two_branches_stay_two_and_each_names_its_own_ads() -> None:
    jobs = [
        Job(f"{city}-{number}", title, DUTIES, "Telandes", city=city)
        for city in ("Lima", "Piura")
        for number, title in enumerate(REWORDED)
    ]
    answer = of_jobs(jobs, [0.9, 0.89, 0.88, 0.87, 0.86, 0.85]).recommend(query(10), NOW)
    assert [(job.job_id, [one.job_id for one in job.similar]) for job in answer.jobs] == [
        ("Lima-0", ["Lima-1", "Lima-2"]),
        ("Piura-0", ["Piura-1", "Piura-2"]),
    ]


def test_what_comes_nearest_is_no_copy_of_a_match() -> None:
    jobs = [Job("match", REWORDED[0], DUTIES, "Telandes"), Job("copy", REWORDED[1], DUTIES, "Telandes")]
    jobs += [Job(f"far-{number}", OTHERS[number % 2], DUTIES, "Casa Killa") for number in range(4)]
    recommender = of_jobs(jobs, [0.79, 0.45, 0.46, 0.44, 0.43, 0.42])
    answer = recommender.recommend(replace(query(5), least_relevance=0.5), NOW)
    assert [job.job_id for job in answer.jobs] == ["match"]
    assert [near.job.job_id for near in answer.nearest] == ["far-0", "far-1"]
    assert [[one.job_id for one in near.job.similar] for near in answer.nearest] == [["far-2"], ["far-3"]]


def test_fresh_jobs_are_copies_of_the_bundles(recommender: Recommender) -> None:
    (bundle,) = recommender.segments
    vectors = np.tile(np.array([[0.95, np.sqrt(1 - 0.95**2)]], np.float32), (270, 1))
    fresh = Job("fresh", "Ejecutiva comercial, ingreso inmediato", DUTIES, "TELANDES S.A.C.")
    segments = FreshJobs(bundle, vectors).apply([FreshJob("fresh", fresh, vectors[0])])
    served = replace(recommender, segments=segments)
    answer = served.recommend(query(10), NOW)
    assert [job.job_id for job in answer.jobs] == ["fresh", *OTHERS]
    assert [one.job_id for one in answer.jobs[0].similar] == [f"copy-{number}" for number in range(MOST_SIMILAR)]
    assert ManyRecommender(served).recommend([query(10)], NOW) == [answer]
