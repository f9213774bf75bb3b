"""Nearest jobs by FAISS: an HNSW graph over 8-bit codes, its candidates scored again with the full vectors."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from engine.measures import recall_at_k
from index.oracle import exact_search

GRAPH_NEIGHBOURS = 32
EF_CONSTRUCTION = 120
LEAST_EF_SEARCH = 256
# Scoring this many vectors one by one costs about what walking the graph through a filter costs.
EXACT_LIMIT = 20_000

Vectors = NDArray[np.float32]


def build_graph(vectors: Vectors) -> faiss.Index:
    """An HNSW graph over unit vectors `[N, dimension]`; the same vectors in the same order give the same graph."""
    graph = faiss.IndexHNSWSQ(
        vectors.shape[1], faiss.ScalarQuantizer.QT_8bit, GRAPH_NEIGHBOURS, faiss.METRIC_INNER_PRODUCT
    )
    graph.hnsw.efConstruction = EF_CONSTRUCTION
    if len(vectors):
        graph.train(vectors)
        graph.add(vectors)
    return graph


def write_graph(graph: faiss.Index, path: Path) -> None:
    """Write a graph to a new file."""
    faiss.write_index(graph, str(path))


class FaissSearcher:
    """Search over one bundle's vectors `[N, dimension]` and graph; both may be mapped from disk."""

    def __init__(self, vectors: Vectors, graph: faiss.Index) -> None:
        self._vectors, self._graph = vectors, graph

    @classmethod
    def open(cls, vectors: Vectors, graph_file: Path) -> FaissSearcher:
        """A searcher over a graph file, which other processes on the machine share."""
        return cls(vectors, faiss.read_index(str(graph_file), faiss.IO_FLAG_MMAP_IFC))

    def search(
        self, seeker_vector: Vectors, eligible: NDArray[np.bool_], count: int
    ) -> tuple[NDArray[np.int64], Vectors]:
        """Rows and cosines of the `count` nearest eligible jobs (all of them when there are fewer), nearest first.

        Few eligible jobs are scored exactly. Many go through the graph; should it find too few, exactly after all.
        """
        eligible_count = int(np.count_nonzero(eligible))
        if eligible_count <= max(EXACT_LIMIT, count):
            return exact_search(self._vectors, seeker_vector, eligible, count)
        rows = self._graph_rows(seeker_vector, eligible, count)
        if len(rows) < count:
            return exact_search(self._vectors, seeker_vector, eligible, count)
        cosines = self._vectors[rows] @ seeker_vector
        order = np.lexsort((rows, -cosines))
        return rows[order], cosines[order]

    def _graph_rows(self, seeker_vector: Vectors, eligible: NDArray[np.bool_], count: int) -> NDArray[np.int64]:
        bitmap = np.packbits(eligible, bitorder="little")
        parameters = faiss.SearchParametersHNSW(
            efSearch=max(LEAST_EF_SEARCH, 2 * count), sel=faiss.IDSelectorBitmap(bitmap)
        )
        _, found = self._graph.search(seeker_vector[None, :], count, params=parameters)
        rows: NDArray[np.int64] = found[0][found[0] >= 0]
        return rows

    def graph_recall(self, queries: Vectors, depth: int = 10) -> float:
        """Recall@depth of the graph against the exact oracle, over query vectors `[Q, dimension]`; 1 when empty."""
        everything = np.ones(len(self._vectors), dtype=np.bool_)
        depth = min(depth, len(self._vectors))
        if depth == 0 or len(queries) == 0:
            return 1.0
        found: list[Sequence[int]] = []
        for query in queries:
            rows = self._graph_rows(query, everything, max(depth, LEAST_EF_SEARCH // 2))
            order = np.argsort(-(self._vectors[rows] @ query), kind="stable")
            found.append(rows[order].tolist())
        exact = [frozenset(exact_search(self._vectors, query, everything, depth)[0].tolist()) for query in queries]
        return recall_at_k(found, exact, depth)
