"""Search in the server's own memory by FAISS: exact for few jobs, for many through lists in the bundle's folder."""

from __future__ import annotations

from pathlib import Path

from engine.arrays import AnyVectors, Vectors
from engine.catalogue.catalogue import Catalogue
from engine.recommendation.recommend import LEAST_CANDIDATES
from engine.retrieval.searcher import JobSearcher
from index.backends import lists as inverted_lists
from index.backends.exact import ExactSearch
from index.backends.index_parts import IndexedJobs, IndexFigures
from index.backends.list_search import ListSearch, open_search, recall
from index.backends.planning import PlanCosts

LISTS_FILE = "lists.faiss"


class FaissBackend:
    """A `SearchBackend` in memory."""

    def write(self, jobs: IndexedJobs, folder: Path, queries: Vectors, threads: int) -> IndexFigures:
        """Write lists where there are jobs enough: the old ones, changed, while they fit; else new ones."""
        costs = _write_lists(jobs, folder / LISTS_FILE, threads)
        search = open_search(jobs.vectors, folder / LISTS_FILE, costs or PlanCosts())
        if isinstance(search, ListSearch) and costs is None:
            costs = search.measure_costs(queries, LEAST_CANDIDATES)
            search = search.with_costs(costs)
        return IndexFigures(recall(search, ExactSearch(jobs.vectors), queries), costs or PlanCosts())

    def open(self, folder: Path, catalogue: Catalogue, vectors: AnyVectors, costs: PlanCosts) -> JobSearcher:  # noqa: ARG002
        """Filters come with their catalogue, so nothing of it is kept."""
        return open_search(vectors, folder / LISTS_FILE, costs)


def _write_lists(jobs: IndexedJobs, path: Path, threads: int) -> PlanCosts | None:
    """Lists of the jobs, if there are enough; returns what they cost where that is known from the old ones."""
    if len(jobs.vectors) < inverted_lists.LEAST_INDEXED:
        return None
    carried = jobs.carried
    if carried is not None:
        changed = (carried.old_rows, carried.new_rows, carried.added_rows)
        lists = inverted_lists.continued_lists(carried.folder / LISTS_FILE, *changed, jobs.vectors)
        if lists is not None:
            inverted_lists.write_lists(lists, path)
            return carried.costs
    inverted_lists.write_lists(inverted_lists.build_lists(jobs.vectors, threads), path)
    return None
