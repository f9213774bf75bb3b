"""`chamba bench indexes`: the index types and dimensions that Chamba's own was chosen from, over the same real vectors.

Fewer dimensions are the leading principal components; whatever an index finds is scored again with the whole vectors.
SQ8 and fp16 graphs: Malkov and Yashunin (2016). RaBitQ: Gao and Long (2024). All by FAISS.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from benchmarks.report import Row, Section, write_raw
from benchmarks.search.postings import EncodedPostings, encoded_postings
from benchmarks.search.workload import exact_rows, grow, recall
from engine.arrays import Vectors
from engine.filtering.bitmaps import RowBitmap
from index.backends.exact import cosines_of
from index.backends.lists import list_count

DIMENSIONS = (384, 256, 128)
SELECTIVITIES = (1.0, 0.1, 0.01)
QUERIES, CHOOSING_QUERIES, DEPTH, WANTED_RECALL = 200, 100, 10, 0.99
# How many are scored again with whole vectors; a request reranks 200.
DEPTHS = (200, 800)
EFFORTS = {"graph": (200, 400, 800, 1600), "lists": (16, 32, 64, 128, 256, 512)}
TRAINING_VECTORS, BUILD_THREADS = 256_000, 2
COLUMNS = {
    "recall": "recall@10",
    "p50_ms": "p50, ms",
    "p95_ms": "p95, ms",
    "effort": "lists read, or efSearch",
    "depth": "scored again",
}
BUILD_COLUMNS = {"build_seconds": "build, s", "index_mb": "index, MB"}

Masks = Mapping[float, NDArray[np.bool_]]


@dataclass(frozen=True, slots=True)
class IndexType:
    """`factory`: what `faiss.index_factory` is asked for, with `lists` and `half` the dimension to fill in.

    `rotated`: its codes spend as many bits on each direction, so vectors are turned at random to make all alike.
    """

    name: str
    factory: str
    effort: str
    rotated: bool = False


TYPES = (
    IndexType("HNSW SQ8", "HNSW32_SQ8", "graph"),
    IndexType("HNSW fp16", "HNSW32_SQfp16", "graph"),
    IndexType("IVF PQ 4 bits fast scan", "IVF{lists},PQ{half}x4fs", "lists", rotated=True),
    IndexType("IVF RaBitQ 1 bit", "IVF{lists},RaBitQfs", "lists", rotated=True),
    IndexType("IVF RaBitQ 4 bits", "IVF{lists},RaBitQfs4", "lists", rotated=True),
)


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """`types`: names in the table, none for all."""

    data: Path
    model: Path
    cache: Path
    count: int
    types: Sequence[str]
    results: Path


@dataclass(frozen=True, slots=True)
class Figures:
    """What one index took under one filter with the cheapest effort that reached the wanted recall on other people."""

    type: str
    dimension: int
    selectivity: float
    recall: float
    p50_ms: float
    p95_ms: float
    effort: int
    depth: int


@dataclass(frozen=True, slots=True)
class QuerySet:
    """People `[Q, dimension]`, their truly nearest jobs `[Q, depth]`, and the jobs that are eligible, `[N]`."""

    queries: Vectors
    exact: NDArray[np.int64]
    eligible: NDArray[np.bool_]


class IndexCandidate:
    """One index over vectors `[N, d]` turned into its own space by `turn` `[d, dimension]`."""

    def __init__(self, kind: IndexType, vectors: Vectors, turn: Vectors) -> None:
        self.kind, self.dimension = kind, turn.shape[1]
        self._vectors, self._turn = vectors, turn
        turned = np.ascontiguousarray(vectors @ turn)
        factory = kind.factory.format(lists=list_count(len(vectors)), half=self.dimension // 2)
        faiss.omp_set_num_threads(BUILD_THREADS)
        began = time.perf_counter()
        self._index = faiss.index_factory(self.dimension, factory, faiss.METRIC_INNER_PRODUCT)
        sample = np.random.default_rng(0).permutation(len(turned))[:TRAINING_VECTORS]
        self._index.train(turned[np.sort(sample)])
        self._index.add(turned)
        self.build_seconds = time.perf_counter() - began
        faiss.omp_set_num_threads(1)

    def megabytes(self, folder: Path) -> float:
        """Its size once written."""
        file = folder / "candidate.faiss"
        faiss.write_index(self._index, str(file))
        size = file.stat().st_size / 1e6
        file.unlink()
        return size

    def search(self, query: Vectors, selector: Any, effort: int, depth: int) -> NDArray[np.int64]:
        """The ten nearest by whole vectors of the `depth` that the index finds."""
        parameters = (
            faiss.SearchParametersHNSW(efSearch=max(effort, depth), sel=selector)
            if self.kind.effort == "graph"
            else faiss.SearchParametersIVF(nprobe=effort, sel=selector)
        )
        _, found = self._index.search((query @ self._turn)[None, :], depth, params=parameters)
        rows = found[0][found[0] >= 0]
        return np.asarray(rows[np.argsort(-cosines_of(self._vectors, query, rows))[:DEPTH]])

    def measure(self, query_set: QuerySet, effort: int, depth: int) -> tuple[float, list[float]]:
        """Recall, and the milliseconds of each query."""
        words = RowBitmap.of_mask(query_set.eligible).words.view(np.uint8)
        selector = None if query_set.eligible.all() else faiss.IDSelectorBitmap(words)
        found, milliseconds = [], []
        for query in query_set.queries:
            began = time.perf_counter()
            rows = self.search(query, selector, effort, depth)
            milliseconds.append(1e3 * (time.perf_counter() - began))
            found.append(rows.tolist())
        return recall(found, query_set.exact, self._vectors, query_set.queries), milliseconds


def run_indexes(settings: IndexSettings, say: Callable[[str], object]) -> None:
    """Measure every type at every dimension, print the tables, and write the raw figures."""
    postings = encoded_postings(settings.data, settings.model, settings.cache, threads=2)
    vectors = grow(postings.job_vectors, settings.count).vectors
    lottery = np.random.default_rng(5).random(len(vectors))
    masks = {share: lottery < share for share in SELECTIVITIES}
    choosing, asking = _people(postings)
    faiss.omp_set_num_threads(BUILD_THREADS)
    query_sets = {
        share: (_query_set(vectors, choosing, masks[share]), _query_set(vectors, asking, masks[share]))
        for share in masks
    }
    figures: list[Figures] = []
    builds: list[Row] = []
    for index_candidate in _index_candidates(vectors, settings.types, say):
        size = index_candidate.megabytes(settings.cache)
        name = f"{index_candidate.kind.name}, {index_candidate.dimension} dimensions"
        builds.append(Row(name, {"build_seconds": index_candidate.build_seconds, "index_mb": size}))
        for share, (others, people) in query_sets.items():
            figures.append(chosen_figures(index_candidate, share, others, people))
            say(str(figures[-1]))
    sections = [_section(figures, share, len(vectors)) for share in SELECTIVITIES]
    sections.append(Section("What the indexes cost", BUILD_COLUMNS, builds, ("Built with two threads.",)))
    for section in sections:
        say("\n" + section.as_markdown())
    raw = {
        "jobs": settings.count,
        "figures": [asdict(one) for one in figures],
        "sections": [section.as_document() for section in sections],
    }
    say(f"\nraw results: {write_raw(settings.results, 'indexes', raw)}")


def principal_components(vectors: Vectors, count: int) -> Vectors:
    """The `count` leading directions of unit vectors `[N, d]` about the origin, `[d, count]`: products are what counts.

    Pearson (1901), without taking the mean away.
    """
    sample = vectors[np.sort(np.random.default_rng(0).permutation(len(vectors))[:TRAINING_VECTORS])]
    _, directions = np.linalg.eigh((sample.T @ sample).astype(np.float64))
    return np.ascontiguousarray(directions[:, ::-1][:, :count], dtype=np.float32)


def random_rotation(dimension: int) -> Vectors:
    """A rotation drawn evenly from all, `[dimension, dimension]`."""
    rotation, _ = np.linalg.qr(np.random.default_rng(0).standard_normal((dimension, dimension)))
    return np.ascontiguousarray(rotation, dtype=np.float32)


def _people(postings: EncodedPostings) -> tuple[Vectors, Vectors]:
    """Vectors of those by whom efforts are chosen, and of others, who are measured."""
    order = np.random.default_rng(11).permutation(len(postings.seeker_vectors))
    people = postings.seeker_vectors[order[: CHOOSING_QUERIES + QUERIES]]
    return people[:CHOOSING_QUERIES], people[CHOOSING_QUERIES:]


def _query_set(vectors: Vectors, people: Vectors, eligible: NDArray[np.bool_]) -> QuerySet:
    everything = None if eligible.all() else eligible
    return QuerySet(people, exact_rows(vectors, people, everything, DEPTH), eligible)


def _index_candidates(vectors: Vectors, types: Sequence[str], say: Callable[[str], object]) -> Iterator[IndexCandidate]:
    for dimension in DIMENSIONS:
        components = principal_components(vectors, dimension)
        for kind in TYPES:
            if not types or kind.name in types:
                say(f"building {kind.name} of {dimension} dimensions")
                turn = components @ random_rotation(dimension) if kind.rotated else components
                yield IndexCandidate(kind, vectors, np.ascontiguousarray(turn))


def chosen_figures(index_candidate: IndexCandidate, share: float, others: QuerySet, people: QuerySet) -> Figures:
    """Figures on `people` with the effort that is the cheapest for `others` at the wanted recall, or the best."""
    tried = []
    for depth in DEPTHS:
        for effort in EFFORTS[index_candidate.kind.effort]:
            found, milliseconds = index_candidate.measure(others, effort, depth)
            tried.append((found < WANTED_RECALL, float(np.median(milliseconds)), found, effort, depth))
            if found >= WANTED_RECALL:
                break
    enough = [one for one in tried if not one[0]]
    _, _, _, effort, depth = min(enough) if enough else max(tried, key=lambda one: one[2])
    found, milliseconds = index_candidate.measure(people, effort, depth)
    p50, p95 = (float(np.quantile(milliseconds, quantile)) for quantile in (0.5, 0.95))
    return Figures(index_candidate.kind.name, index_candidate.dimension, share, found, p50, p95, effort, depth)


def _section(figures: Sequence[Figures], share: float, count: int) -> Section:
    rows = [
        Row(f"{one.type}, {one.dimension} dimensions", {name: getattr(one, name) for name in COLUMNS})
        for one in figures
        if one.selectivity == share
    ]
    remarks = ("One thread searches. The effort is chosen on other people than those measured.",)
    return Section(f"{share:.0%} of {count:,} jobs pass", COLUMNS, rows, remarks)
