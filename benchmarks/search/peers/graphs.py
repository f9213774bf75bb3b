"""Graph libraries: hnswlib filters while it walks, USearch and Voyager return what is filtered afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from benchmarks.search.peers.jobs import Where
from benchmarks.search.peers.peer import Knob, MaskedPeer, PostFilteredPeer
from engine.arrays import Rows, Vectors

LINKS, EF_CONSTRUCTION = 32, 200
GRAPH = {"links": LINKS, "ef_construction": EF_CONSTRUCTION}


class Hnswlib(MaskedPeer):
    """A Python function tells it who is eligible; it raises where it finds fewer than asked, which counts as none."""

    settings = GRAPH

    def build(self) -> None:
        index = self._empty()
        count, _ = self.jobs.vectors.shape
        index.init_index(count, M=LINKS, ef_construction=EF_CONSTRUCTION)
        index.add_items(self.jobs.vectors, np.arange(count))
        index.save_index(str(self.place / "index"))

    def open(self) -> None:
        self._index = self._empty()
        self._index.load_index(str(self.place / "index"))
        self._index.set_num_threads(1)

    def knobs(self, *, filtered: bool) -> Sequence[Knob]:  # noqa: ARG002
        return [{"ef": ef} for ef in (16, 32, 64, 128, 256, 512, 1024, 2048)]

    def prepare(self, where: Where) -> None:
        super().prepare(where)
        self._passes = None if self._mask is None else self._mask.tolist().__getitem__

    def search(self, query: Vectors, depth: int, where: Where, knob: Knob) -> Sequence[int]:  # noqa: ARG002
        self._index.set_ef(knob["ef"])
        try:
            labels, _ = self._index.knn_query(query, depth, num_threads=1, filter=self._passes)
        except RuntimeError:
            return []
        found: list[int] = labels[0].tolist()
        return found

    def _empty(self) -> Any:
        import hnswlib

        return hnswlib.Index("ip", self.jobs.vectors.shape[1])


class USearch(PostFilteredPeer):
    """USearch with float32 vectors; its Python module has no filter."""

    settings = GRAPH

    def build(self) -> None:
        index = self._empty()
        index.add(np.arange(len(self.jobs.vectors)), np.ascontiguousarray(self.jobs.vectors))
        index.save(str(self.place / "index"))

    def open(self) -> None:
        self._index = self._empty()
        self._index.load(str(self.place / "index"))

    def nearest(self, query: Vectors, count: int, effort: int) -> Rows:
        self._index.expansion_search = effort
        found: Rows = self._index.search(query, count, threads=1).keys
        return found

    def _empty(self) -> Any:
        from usearch.index import Index

        return Index(
            ndim=self.jobs.vectors.shape[1],
            metric="ip",
            dtype="f32",
            connectivity=LINKS,
            expansion_add=EF_CONSTRUCTION,
        )


class Voyager(PostFilteredPeer):
    """Voyager with float32 vectors; it has no filter."""

    settings = GRAPH

    def build(self) -> None:
        from voyager import Index, Space

        count, dimension = self.jobs.vectors.shape
        index = Index(Space.InnerProduct, dimension, M=LINKS, ef_construction=EF_CONSTRUCTION, max_elements=count)
        # It takes no array that it may not write to, as a mapped one is.
        index.add_items(np.array(self.jobs.vectors))
        index.save(str(self.place / "index"))

    def open(self) -> None:
        from voyager import Index

        self._index = Index.load(str(self.place / "index"))

    def nearest(self, query: Vectors, count: int, effort: int) -> Rows:
        found: Rows = self._index.query(query, count, num_threads=1, query_ef=effort)[0]
        return found
