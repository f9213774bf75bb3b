"""From placements to a reranker that is served: the whole command on the tiny world, and what is chosen when."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.catalogue.builder import build_catalogue
from engine.catalogue.row_records import RECORD
from engine.encoder.encoder import ModelManifest, Tower, TowerEncoder
from engine.encoder.texts import seeker_text
from engine.errors import ArtifactError
from engine.filtering.filters import JobFilter
from engine.jobs import Job
from engine.recommendation.query import Query
from engine.relevance import Calibration
from engine.reranking.model import Reranker
from index.build import IndexConfig, build_index
from index.serving import open_bundle
from sample.world import SAMPLE_NOW, World
from store.matching.events import Event, EventKind
from store.records.records import Records
from tests.training.snapshot_parts import store_of, tell_events, withdraw
from training.data.datasets import PlacementSet, data_of_records, from_records, split_by_time
from training.encoders.sources import released_folder
from training.reranking import model_selection
from training.reranking.export import copy_reranker, reranker_document
from training.reranking.fitting import Family, Settings, by_estimator, by_formula, fit_reranker, ndcg_of_each, sample_of
from training.reranking.model_selection import CandidateModel, selected_model
from training.reranking.query_groups import HiddenShares, People, QueryGroup, query_groups, with_hidden_facts
from training.reranking.run import RerankerConfig, people_of, train_reranker

CALIBRATION = Calibration(0.1, 0.9)  # the tiny model's


@pytest.fixture
def records(tiny_world: World, database_url: str) -> Records:
    return store_of(tiny_world, database_url)


def _applied(placements: PlacementSet) -> set[tuple[int, int]]:
    rows = np.flatnonzero((placements.grades == 0) | (placements.grades == 1)).tolist()
    return {(int(placements.seekers[row]), int(placements.jobs[row])) for row in rows}


def group(seed: int, seeker: int, count: int = 30) -> QueryGroup:
    """A person whose matches are the jobs of much relevance and many hours shared."""
    random = np.random.default_rng(seed)
    features = np.zeros((count, 12), dtype=np.float32)
    features[:, 0], features[:, 1] = random.normal(size=count), random.random(count)
    grades = np.where(features[:, 0] + 3 * features[:, 1] > 3, 4, 0)
    grades[0] = 4
    rows = np.arange(count)
    flat, is_wanted = np.full(count, 0.5, np.float32), np.zeros(count, dtype=np.bool_)
    matches = tuple(grades[grades > 0].tolist())
    records = np.zeros(count, dtype=RECORD)
    records["duplicate_group"] = rows
    return QueryGroup(seeker, features, grades, is_wanted, matches, flat, flat, rows, rows * 0, records)


def reranker_bytes(calibration: Calibration = CALIBRATION) -> bytes:
    sample = sample_of([group(seed, seed) for seed in range(8)], seed=0)
    settings = Settings(Family.GRADIENT_BOOSTING, 4, 5)
    return reranker_document(fit_reranker(settings, sample, 0), settings.family, sample, calibration, {})


@pytest.mark.slow
@pytest.mark.sqlite_only("slow, and the same with any database")
def test_the_command_compares_all_and_tells_what_it_chose(
    records: Records, tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grid = (Settings(Family.LOGISTIC_REGRESSION, 0.01), Settings(Family.GRADIENT_BOOSTING, 4, 5))
    monkeypatch.setattr(model_selection, "GRID", grid)
    model = shutil.copytree(tiny_model, tmp_path / "model")
    said: list[str] = []
    config = RerankerConfig()
    data = data_of_records(records)
    name = train_reranker(data, model, tmp_path / "cache", config, unseen=data, say=said.append)
    told = "\n".join(said)
    for row in ("relevance alone", "formula", "logistic-regression", "gradient-boosting"):
        assert f"| {row}" in told
    for column in ("out of fold", "test, as stated", "test, facts hidden", "unseen, as stated", "µs"):
        assert column in told
    assert ModelManifest.read(model).has_reranker == (name != "formula")
    assert ModelManifest.read(model).model_id == ModelManifest.read(tiny_model).model_id


def test_a_reranker_in_the_model_folder_is_served(
    tiny_model: Path, tiny_jobs: list[Job], tiny_world: World, tmp_path: Path
) -> None:
    model = shutil.copytree(tiny_model, tmp_path / "model")
    (tmp_path / "reranker.json").write_bytes(reranker_bytes())
    assert copy_reranker(tmp_path, model, CALIBRATION, say=lambda _: None)
    assert build_index(tiny_jobs, model, tmp_path / "bundles", IndexConfig(recall_floor=0.5)).published
    bundle = open_bundle((tmp_path / "bundles" / "current").resolve())
    recommender = bundle.recommender
    assert recommender.reranker_name.startswith("gradient-boosting-")
    answered = 0
    for seeker in tiny_world.seekers[:20]:
        vector = bundle.encoder.encode([seeker_text(seeker)], Tower.SEEKER)[0]
        found = recommender.recommend(Query(seeker, vector, 10, JobFilter()), SAMPLE_NOW).jobs
        for job in found:
            assert job.contributions is not None
            assert 1 / (1 + np.exp(-sum(job.contributions.values()))) == pytest.approx(job.score, abs=1e-5)
        assert [job.score for job in found] == sorted((job.score for job in found), reverse=True)
        answered += bool(found)
    assert answered > 10


def test_a_bundle_without_a_reranker_scores_by_the_formula(tiny_bundles: Path, tiny_world: World) -> None:
    bundle = open_bundle((tiny_bundles / "current").resolve())
    assert bundle.recommender.reranker_name == "formula"
    seeker = tiny_world.seekers[0]
    vector = bundle.encoder.encode([seeker_text(seeker)], Tower.SEEKER)[0]
    for job in bundle.recommender.recommend(Query(seeker, vector), SAMPLE_NOW).jobs:
        assert job.contributions is None
        assert job.score == pytest.approx(job.relevance * job.availability)


def test_a_changed_reranker_is_refused(tiny_model: Path, tmp_path: Path) -> None:
    model = shutil.copytree(tiny_model, tmp_path / "model")
    (tmp_path / "reranker.json").write_bytes(reranker_bytes())
    copy_reranker(tmp_path, model, CALIBRATION, say=lambda _: None)
    (model / "reranker.json").write_bytes(reranker_bytes() + b" ")
    with pytest.raises(ArtifactError, match="damaged"):
        ModelManifest.read(model)


def test_a_reranker_of_other_towers_is_left_out_of_an_export(tiny_model: Path, tmp_path: Path) -> None:
    model = shutil.copytree(tiny_model, tmp_path / "model")
    (tmp_path / "reranker.json").write_bytes(reranker_bytes(Calibration(0.1, 0.8)))
    said: list[str] = []
    assert not copy_reranker(tmp_path, model, CALIBRATION, say=said.append)
    assert "chamba train-reranker" in said[0]
    assert not ModelManifest.read(model).has_reranker


def test_the_released_reranker_was_fitted_on_the_released_towers() -> None:
    folder = released_folder()
    if (folder / "reranker.json").is_file():
        towers = Calibration(**orjson.loads((folder / "run.json").read_bytes())["calibration"])
        assert Reranker.open(folder, towers).name


def test_what_is_learned_beats_the_formula_where_the_formula_is_blind() -> None:
    query_groups = [group(seed, seed) for seed in range(30)]
    estimator = fit_reranker(Settings(Family.LOGISTIC_REGRESSION, 1.0), sample_of(query_groups[:20], 0), 0)
    learned = by_estimator(estimator)
    assert ndcg_of_each(query_groups[20:], learned).mean() > ndcg_of_each(query_groups[20:], by_formula).mean() + 0.2


@given(st.integers(0, 10_000), st.integers(1, 120))
def test_what_a_person_wanted_is_no_example_of_what_is_not_for_them(seed: int, count: int) -> None:
    make_groups = group(seed, seed, count)
    is_wanted = np.random.default_rng(seed).random(count) < 0.5
    marks = np.arange(count, dtype=np.float32)
    make_groups.features[:, 2] = marks
    sample = sample_of([replace(make_groups, is_wanted=is_wanted)], seed)
    assert sample.features[sample.is_match, 2].tolist() == marks[make_groups.grades > 0].tolist()
    negatives = set(sample.features[~sample.is_match, 2].tolist())
    allowed = set(marks[(make_groups.grades == 0) & ~is_wanted].tolist())
    assert negatives <= allowed
    assert len(negatives) == min(40, len(allowed))


def test_questions_know_what_was_clicked_and_applied_for_by_then(
    records: Records, tiny_model: Path, tmp_path: Path
) -> None:
    split = split_by_time(from_records(records))
    rows, encoder = split.validation[:3], TowerEncoder(tiny_model, 1)

    def make_groups() -> tuple[People, list[QueryGroup]]:
        people = people_of(data_of_records(records), rows, encoder, tmp_path)
        return people, query_groups(people, build_catalogue(people.jobs), rows, split.train)

    people, (first, *_) = make_groups()
    assert not first.is_wanted[first.grades > 0].any()
    last = people.placements.times[rows].max().item()
    noon = datetime(last.year, last.month, last.day, 12, tzinfo=UTC)
    free = first.rows[(first.grades == 0) & ~first.is_wanted].tolist()[:3]
    days_later = {free[0]: -20, free[1]: 0, free[2]: 1}
    seeker_id = people.seekers[first.seeker].seeker_id
    clicks = [
        Event(f"e{row}", EventKind.CLICK, seeker_id, people.jobs[row].job_id, None, None, noon + timedelta(days=days))
        for row, days in days_later.items()
    ]
    tell_events(records, clicks)
    _, (again, *_) = make_groups()
    newly = set(again.rows[again.is_wanted].tolist()) - set(first.rows[first.is_wanted].tolist())
    assert newly == {free[0], free[1]}
    applied = {(one.seeker, row) for one in make_groups()[1] for row in one.rows[one.is_wanted].tolist()}
    assert applied - {(first.seeker, row) for row in newly} <= _applied(people.placements)


def test_who_withdrew_is_asked_no_question(records: Records, tiny_model: Path, tmp_path: Path) -> None:
    split = split_by_time(from_records(records))
    first = sorted(one.seeker.seeker_id for one in records.iter_seekers())[0]
    withdraw(records, first)
    people = people_of(data_of_records(records), split.validation[:2], TowerEncoder(tiny_model, 1), tmp_path)
    assert len(people.seekers) == len(people.placements.seeker_texts) == 59
    assert [seeker_text(one) for one in people.seekers] == people.placements.seeker_texts
    assert first not in [one.seeker_id for one in people.seekers]


def test_of_equals_the_simplest_is_chosen_and_of_others_the_best() -> None:
    random = np.random.default_rng(0)
    plain = random.random(400) * 0.5
    formula = CandidateModel("formula", by_formula, plain)
    no_better = CandidateModel("forest", by_formula, plain + random.normal(0, 0.1, 400))
    better = CandidateModel("boosting", by_formula, plain + 0.05)
    assert selected_model([formula, no_better]) is formula
    assert selected_model([formula, no_better, better]) is better


def test_hiding_takes_facts_away_and_adds_none(tiny_jobs: list[Job]) -> None:
    everything = HiddenShares(1, 1, 1, 1, 1, 1)
    for job, bare in zip(tiny_jobs, with_hidden_facts(tiny_jobs, everything, 0), strict=True):
        blank = {"schedule": None, "hours_per_week": None, "pay": None, "skills": (), "languages": ()}
        assert bare == replace(job, **blank, posted_at=None)  # type: ignore[arg-type]
    for job, bare in zip(tiny_jobs, with_hidden_facts(tiny_jobs, HiddenShares(0, 0, 0, 0, 0, 0), 0), strict=True):
        assert bare == job
