"""Evaluating a model folder: the measures of a plain NumPy reading of the same vectors, query by query."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.encoder.encoder import Tower, TowerEncoder
from engine.encoder.texts import job_text, seeker_text
from engine.errors import ArtifactError
from sample.world import World
from training.data.datasets import PlacementSet, split_by_time
from training.release.evaluation import Evaluation, evaluate, query_languages

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def placements(tiny_world: World) -> PlacementSet:
    """The tiny world's outcomes."""
    seekers = {seeker.seeker_id: row for row, seeker in enumerate(tiny_world.seekers)}
    jobs = {job.job_id: row for row, job in enumerate(tiny_world.jobs)}
    return PlacementSet(
        name="tiny",
        version="tiny-1",
        seeker_texts=list(map(seeker_text, tiny_world.seekers)),
        job_texts=list(map(job_text, tiny_world.jobs)),
        seekers=np.array([seekers[one.seeker_id] for one in tiny_world.placements]),
        jobs=np.array([jobs[one.job_id] for one in tiny_world.placements]),
        grades=np.array([one.grade for one in tiny_world.placements]),
        times=np.array([one.placed_at.date() for one in tiny_world.placements], dtype="datetime64[D]"),
    )


@pytest.fixture(scope="module")
def evaluation(tiny_model: Path, placements: PlacementSet) -> Evaluation:
    """The tiny model on the tiny world."""
    return evaluate(tiny_model, placements)


def test_recall_is_that_of_a_plain_reading(tiny_model: Path, placements: PlacementSet, evaluation: Evaluation) -> None:
    encoder, split = TowerEncoder(tiny_model), split_by_time(placements)
    earlier = np.r_[split.train, split.validation]
    before = set(zip(placements.seekers[earlier].tolist(), placements.jobs[earlier].tolist(), strict=True))
    jobs = encoder.encode(placements.job_texts, Tower.JOB)
    for position, seeker in enumerate(evaluation.seekers):
        wanted = {int(placements.jobs[row]) for row in split.test if placements.seekers[row] == seeker}
        scores = encoder.encode([placements.seeker_texts[seeker]], Tower.SEEKER)[0] @ jobs.T
        order = [int(job) for job in np.argsort(-scores) if (seeker, job) not in before or int(job) in wanted]
        assert evaluation.recall_at_10[position] == len(wanted & set(order[:10])) / len(wanted)
    assert set(evaluation.seekers.tolist()) == set(placements.seekers[split.test].tolist())


def test_the_summary_is_the_mean_of_the_queries(evaluation: Evaluation) -> None:
    summary = evaluation.summary()
    assert summary["served_recall_at_10"] == pytest.approx(evaluation.recall_at_10.mean())
    assert summary["served_queries"] == len(evaluation.seekers)
    spanish = [
        recall for recall, code in zip(evaluation.recall_at_10, evaluation.languages, strict=True) if code == "es"
    ]
    assert summary["served_recall_at_10_es"] == pytest.approx(np.mean(spanish))
    assert summary["served_congestion_at_10"] >= 1


def test_what_is_saved_is_read_back(evaluation: Evaluation, tmp_path: Path) -> None:
    evaluation.save(tmp_path / "one.json")
    read = Evaluation.load(tmp_path / "one.json")
    assert read.summary() == evaluation.summary()
    assert (read.seekers == evaluation.seekers).all()
    (tmp_path / "one.json").write_text('{"format_version": 1}')
    with pytest.raises(ArtifactError, match="evaluate again"):
        Evaluation.load(tmp_path / "one.json")


def test_the_language_is_the_persons_own_or_that_of_the_jobs_they_got(placements: PlacementSet) -> None:
    texts = ["Soy contadora y tengo experiencia con el inventario", "I am a nurse and work for the city", "SQL, Python"]
    few = PlacementSet(
        name="few",
        version="1",
        seeker_texts=texts,
        job_texts=["You will work with our team and the clients", "SQL"],
        seekers=placements.seekers[:0],
        jobs=placements.jobs[:0],
        grades=placements.grades[:0],
        times=placements.times[:0],
    )
    asked = np.array([0, 1, 2, 2])
    wanted = [frozenset({0}), frozenset({1}), frozenset({0}), frozenset({1})]
    assert query_languages(few, asked, wanted) == ["es", "en", "en", "other"]
