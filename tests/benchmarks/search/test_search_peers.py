"""Nearest neighbour peers over two thousand small vectors: plain FAISS in a process of its own stands for them all."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import faiss
import numpy as np
import pytest

from benchmarks.report import Origin
from benchmarks.search.peer_measure import PeerFigures, measure_peer
from benchmarks.search.peers.jobs import Jobs, Where, hand_over
from benchmarks.search.peers.peer import PostFilteredPeer
from benchmarks.search.peers.processes import Place, Worker, built_index
from benchmarks.search.workload import buckets, exact_rows, recall, unit
from engine.arrays import Rows, Vectors

PEER = "FAISS IVF-Flat"
DEPTH = 10
FILTERS: Mapping[str, Where] = {"all": None, "tenth": {"bucket_below": 100_000}, "night": {"night_english": True}}
MODULES = {"hnswlib": "hnswlib", "Voyager": "voyager", "ScaNN": "scann", "LanceDB": "lancedb", "USearch": "usearch"}


class Exact(PostFilteredPeer):
    """Every neighbour, in order, so that what is missing is missing for want of asking."""

    def build(self) -> None:
        """Nothing is kept."""

    def open(self) -> None:
        self._index = faiss.IndexFlatIP(self.jobs.vectors.shape[1])
        self._index.add(np.array(self.jobs.vectors))

    def nearest(self, query: Vectors, count: int, effort: int) -> Rows:  # noqa: ARG002
        _, found = self._index.search(query[None], count)
        rows: Rows = found[0]
        return rows


def hand_over_random(folder: Path, seed: int) -> Jobs:
    random = np.random.default_rng(seed)
    vectors = unit(random.standard_normal((2000, 16), dtype=np.float32))
    queries = unit(random.standard_normal((30, 16), dtype=np.float32))
    return hand_over(folder, vectors, buckets(2000), random.random(2000) < 0.02, queries)


def exact(jobs: Jobs) -> dict[str, Rows]:
    vectors = np.array(jobs.vectors)
    return {name: exact_rows(vectors, jobs.queries, jobs.eligible(where), DEPTH) for name, where in FILTERS.items()}


@pytest.fixture(scope="module")
def jobs(tmp_path_factory: pytest.TempPathFactory) -> Jobs:
    return hand_over_random(tmp_path_factory.mktemp("peers"), seed=0)


@pytest.fixture(scope="module")
def figures(jobs: Jobs) -> PeerFigures:
    return measure_peer(PEER, Place(jobs.folder), FILTERS, exact(jobs))


def test_a_sweep_goes_on_until_enough_is_found(figures: PeerFigures) -> None:
    assert not figures.note
    assert list(figures.points) == list(FILTERS)
    for points in figures.points.values():
        assert points[-1].recall >= 0.99
        assert all(point.recall < 0.99 for point in points[:-1])
        assert all(point.queries == 30 for point in points)
    assert len(figures.points["all"]) > 1


def test_a_row_names_the_setting_and_holds_the_measures(figures: PeerFigures) -> None:
    row = figures.row("all", 0.99)
    assert row.origin is Origin.MEASURED
    assert row.measures["recall"] == figures.points["all"][-1].recall
    assert 0 < row.measures["p50_ms"] <= row.measures["p95_ms"]
    # 2,000 vectors of 16 numbers of four bytes each.
    assert row.measures["disk_mb"] > 0.128
    assert row.measures["resident_mb"] > 10
    assert f"nprobe {figures.points['all'][-1].knob['nprobe']}" in row.note


def test_a_row_says_when_too_little_was_found(figures: PeerFigures) -> None:
    assert "finds less than" not in figures.row("tenth", 0.99).note
    assert "finds less than 1.1" in figures.row("tenth", 1.1).note


def test_only_eligible_jobs_come_back(jobs: Jobs) -> None:
    place = Place(jobs.folder)
    index, _ = built_index(PEER, place)
    with Worker(PEER, place, index, "search") as worker:
        most_precise = worker.read(60)["knobs"]["filtered"][-1]
        for name, where in FILTERS.items():
            rows = worker.search(where, DEPTH, most_precise, 10)["rows"]
            eligible = jobs.eligible(where)
            assert eligible is None or eligible[np.concatenate(rows)].all(), name
            assert recall(rows, exact(jobs)[name], jobs.vectors, jobs.queries) > 0.9, name


def test_an_index_is_opened_again_until_its_jobs_change(tmp_path: Path) -> None:
    hand_over_random(tmp_path, seed=1)
    place = Place(tmp_path)
    index, seconds = built_index(PEER, place)
    made = (index / "index").stat().st_mtime_ns
    hand_over_random(tmp_path, seed=1)
    assert built_index(PEER, place) == (index, seconds)
    assert (index / "index").stat().st_mtime_ns == made
    hand_over_random(tmp_path, seed=2)
    built_index(PEER, place)
    assert (index / "index").stat().st_mtime_ns > made


def test_filtering_afterwards_falls_short_until_enough_is_asked(jobs: Jobs, tmp_path: Path) -> None:
    peer = Exact(jobs, tmp_path)
    peer.open()
    where, truth = FILTERS["night"], exact(jobs)["night"]
    peer.prepare(where)
    few = [peer.search(query, DEPTH, where, {"effort": 0, "oversampling": 2}) for query in jobs.queries]
    assert min(map(len, few)) < DEPTH
    # What is found is the beginning of what there is.
    assert all(list(rows) == truth[query, : len(rows)].tolist() for query, rows in enumerate(few))
    all_asked = [peer.search(query, DEPTH, where, {"effort": 0, "oversampling": 1024}) for query in jobs.queries]
    assert recall(all_asked, truth, jobs.vectors, jobs.queries) == 1


def test_settings_of_filtering_afterwards_go_from_cheap_to_dear(jobs: Jobs, tmp_path: Path) -> None:
    knobs = Exact(jobs, tmp_path).knobs(filtered=True)
    efforts = [knob["effort"] for knob in knobs]
    assert efforts == sorted(efforts)
    assert all(knob["effort"] >= DEPTH * knob["oversampling"] for knob in knobs)


def test_a_peer_that_is_not_installed_has_a_row_that_says_so(jobs: Jobs) -> None:
    absent = [name for name, module in MODULES.items() if find_spec(module) is None]
    if not absent:
        pytest.skip("every peer is installed here")
    figures = measure_peer(absent[0], Place(jobs.folder), FILTERS, exact(jobs))
    row = figures.row("all", 0.99)
    assert row.origin is Origin.NOT_INSTALLED
    assert MODULES[absent[0]] in row.note
    assert "search-peers" in row.note
    assert "recall" not in row.measures


def test_a_peer_that_cannot_build_in_its_time_has_a_row_that_says_so(jobs: Jobs) -> None:
    place = Place(jobs.folder, build_seconds=0.01)
    row = measure_peer("FAISS HNSW32-SQ8", place, FILTERS, exact(jobs)).row("night", 0.99)
    assert "took over 0.01 s" in row.note
    assert not row.measures


def test_a_peer_that_fails_says_why_and_keeps_what_it_had(tmp_path: Path) -> None:
    jobs = hand_over_random(tmp_path, seed=3)
    place = Place(tmp_path)
    index, _ = built_index(PEER, place)
    (index / "index").write_bytes(b"no index")
    figures = measure_peer(PEER, place, FILTERS, exact(jobs))
    assert "failed" in figures.row("all", 0.99).note
    assert figures.index["build_seconds"] > 0
