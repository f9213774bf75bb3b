"""What searches a bundle's jobs: an engine behind `SearchBackend`, chosen by the name that `IndexConfig` gives.

A search is asked with a `CompiledFilter`: a person, what they wish, the moment, and the catalogue to search. An
engine in memory reads the bitmap of rows that pass; one elsewhere compiles the same limits to conditions on what it
stored of the catalogue. Another engine is one more file with these methods, and its name in `search_backend`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from engine.arrays import AnyVectors, Vectors
from engine.catalogue.catalogue import Catalogue
from engine.errors import ArtifactError
from engine.retrieval.searcher import JobSearcher
from index.backends.exact import ExactSearch
from index.backends.faiss_backend import FaissBackend
from index.backends.index_parts import FAISS, IndexedJobs, IndexFigures
from index.backends.planning import PlanCosts


class SearchBackend(Protocol):
    """An engine of nearest-neighbour search under filters.

    What it finds passes the filter, nearest first, of equal cosines the lower rows, and is as many jobs as were asked
    for, or all that pass; cosines are those of the full vectors. The backends' contract test says it in full.
    """

    def write(self, jobs: IndexedJobs, folder: Path, queries: Vectors, threads: int) -> IndexFigures:
        """Index jobs for the new bundle in `folder`, and measure the index with `queries` `[Q, dimension]`.

        What it writes into `folder` is sealed with the bundle. An index elsewhere is named there.
        """

    def open(self, folder: Path, catalogue: Catalogue, vectors: AnyVectors, costs: PlanCosts) -> JobSearcher:
        """What searches the bundle in `folder`, whose `vectors` `[N, dimension]` are mapped; `costs`: by `write`."""


def search_backend(name: str) -> SearchBackend:
    """The engine of a name; raises ArtifactError for one that is not known here."""
    if name == FAISS:
        return FaissBackend()
    raise ArtifactError(
        "jobs cannot be searched by this engine",
        expected=FAISS,
        got=name,
        fix="build a bundle with a known one: chamba index --full",
    )


def search_few(vectors: AnyVectors) -> JobSearcher:
    """What searches jobs that came since a bundle was built: exactly, by vectors `[N, dimension]` in memory."""
    return ExactSearch(vectors)
