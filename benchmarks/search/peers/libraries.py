"""FAISS as a library user would use it, with its selectors; and ScaNN, whose results are filtered afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np

from benchmarks.search.peers.graphs import EF_CONSTRUCTION, LINKS
from benchmarks.search.peers.jobs import Where
from benchmarks.search.peers.peer import Knob, MaskedPeer, PostFilteredPeer, Settings
from engine.arrays import Rows, Vectors

MOST_CELLS = 4096
TRAINING_ROWS_PER_CELL = 50


class Faiss(MaskedPeer):
    """A FAISS index in a file, and a bitmap that its search skips by."""

    def open(self) -> None:
        import faiss

        faiss.omp_set_num_threads(1)
        self._index = faiss.read_index(str(self.place / "index"))

    def prepare(self, where: Where) -> None:
        import faiss

        super().prepare(where)
        self._selector = None
        if self._mask is not None:
            # The bitmap is kept because the selector holds no more than its address.
            self._bitmap = np.packbits(self._mask, bitorder="little")
            self._selector = faiss.IDSelectorBitmap(len(self._mask), faiss.swig_ptr(self._bitmap))

    def search(self, query: Vectors, depth: int, where: Where, knob: Knob) -> Sequence[int]:  # noqa: ARG002
        _, found = self._index.search(query[None], depth, params=self._parameters(knob))
        rows: list[int] = found[0][found[0] >= 0].tolist()
        return rows

    def _save(self, index: Any) -> None:
        import faiss

        faiss.write_index(index, str(self.place / "index"))

    def _parameters(self, knob: Knob) -> Any:
        raise NotImplementedError


class FaissGraph(Faiss):
    """HNSW32 over vectors of one byte a dimension."""

    settings: ClassVar[Settings] = {"links": LINKS, "ef_construction": EF_CONSTRUCTION, "quantizer": "8 bit"}

    def build(self) -> None:
        import faiss

        dimension = self.jobs.vectors.shape[1]
        index = faiss.IndexHNSWSQ(dimension, faiss.ScalarQuantizer.QT_8bit, LINKS, faiss.METRIC_INNER_PRODUCT)
        index.hnsw.efConstruction = EF_CONSTRUCTION
        vectors = np.ascontiguousarray(self.jobs.vectors)
        index.train(vectors)
        index.add(vectors)
        self._save(index)

    def knobs(self, *, filtered: bool) -> Sequence[Knob]:  # noqa: ARG002
        return [{"ef": ef} for ef in (16, 32, 64, 128, 256, 512, 1024, 2048)]

    def _parameters(self, knob: Knob) -> Any:
        import faiss

        return faiss.SearchParametersHNSW(sel=self._selector, efSearch=knob["ef"])


class FaissCells(Faiss):
    """IVF-Flat with about four cells for each square root of a job."""

    settings: ClassVar[Settings] = {"most_cells": MOST_CELLS, "training_rows_per_cell": TRAINING_ROWS_PER_CELL}

    def build(self) -> None:
        import faiss

        count, dimension = self.jobs.vectors.shape
        cells = min(int(4 * count**0.5), MOST_CELLS)
        index = faiss.IndexIVFFlat(faiss.IndexFlatIP(dimension), dimension, cells, faiss.METRIC_INNER_PRODUCT)
        vectors = np.ascontiguousarray(self.jobs.vectors)
        sample = np.random.default_rng(0).choice(count, min(count, TRAINING_ROWS_PER_CELL * cells), replace=False)
        index.train(vectors[np.sort(sample)])
        index.add(vectors)
        self._save(index)

    def knobs(self, *, filtered: bool) -> Sequence[Knob]:  # noqa: ARG002
        cells = self._index.nlist
        probes = [2**power for power in range(13) if 2**power < cells]
        return [{"nprobe": probe} for probe in (*probes, cells)]

    def _parameters(self, knob: Knob) -> Any:
        import faiss

        return faiss.SearchParametersIVF(sel=self._selector, nprobe=knob["nprobe"])


class Scann(PostFilteredPeer):
    """ScaNN: a tree, quantised scoring of two dimensions a code, exact scores for the best; it has no filter.

    Its effort is how many leaves are searched.
    """

    settings: ClassVar[Settings] = {"leaves_per_root": 2, "dimensions_per_block": 2, "anisotropic_threshold": 0.2}
    efforts = (4, 8, 16, 32, 64, 128, 256, 512)

    def build(self) -> None:
        import scann

        vectors = np.ascontiguousarray(self.jobs.vectors)
        count = len(vectors)
        leaves = max(8, int(2 * count**0.5))
        builder = scann.scann_ops_pybind.builder(vectors, 10, "dot_product")
        builder = builder.tree(leaves, leaves // 10, training_sample_size=min(count, 250_000))
        searcher = builder.score_ah(2, anisotropic_quantization_threshold=0.2).reorder(100).build()
        searcher.serialize(str(self.place))

    def open(self) -> None:
        import scann

        self._searcher = scann.scann_ops_pybind.load_searcher(str(self.place))
        self._searcher.set_num_threads(1)

    def least_effort(self, count: int) -> int:
        return max(32, count // 4)

    def nearest(self, query: Vectors, count: int, effort: int) -> Rows:
        reordered = max(100, 2 * count)
        found: Rows
        found, _ = self._searcher.search(query, count, pre_reorder_num_neighbors=reordered, leaves_to_search=effort)
        return found
