"""Hundreds of copies of one ad fill one place, and the others stay for who can take them."""

from __future__ import annotations

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
from engine.relevance import Calibration
from engine.retrieval.segments import Segment
from engine.seekers import Seeker
from index.backends.backend import search_few

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
