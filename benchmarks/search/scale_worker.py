"""One size of the scale bench in a process of its own: builds lists over grown vectors, searches, takes changes in.

python -m benchmarks.search.scale_worker FOLDER THREADS
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import orjson
import psutil

from engine.filtering.bitmaps import RowBitmap
from engine.recommendation.recommend import LEAST_CANDIDATES
from index.backends.list_search import ListSearch
from index.backends.lists import build_lists, read_lists, renumber, write_lists
from index.backends.planning import PlanCosts

SELECTIVITIES = {"all": 1.0, "tenth": 0.1, "hundredth": 0.01}
CHANGED_SHARE = 0.01
CALIBRATION_PEOPLE = 60


def measure(folder: Path, threads: int) -> dict[str, float]:
    """Build, memory, latency and update figures of the vectors in `folder`."""
    vectors = np.load(folder / "vectors.npy", mmap_mode="r")
    people = np.load(folder / "people.npy")
    figures: dict[str, float] = {"jobs": len(vectors), "vectors_mb": vectors.nbytes / 1e6}
    figures["build_seconds"], lists = _timed(lambda: build_lists(vectors, threads))
    write_lists(lists, folder / "lists.faiss")
    del lists
    figures["lists_mb"] = (folder / "lists.faiss").stat().st_size / 1e6
    before = psutil.Process().memory_full_info().uss
    searcher = ListSearch.open(vectors, folder / "lists.faiss", PlanCosts())
    calibration, asking = people[:CALIBRATION_PEOPLE], people[CALIBRATION_PEOPLE:]
    figures["calibration_seconds"], costs = _timed(lambda: searcher.measure_costs(calibration, LEAST_CANDIDATES))
    searcher = searcher.with_costs(costs)
    figures["private_mb"] = (psutil.Process().memory_full_info().uss - before) / 1e6
    lottery = np.random.default_rng(5).random(len(vectors))
    for name, selectivity in SELECTIVITIES.items():
        eligible = RowBitmap.of_mask(lottery < selectivity)
        seconds = [_timed(partial(searcher.nearest, query, eligible, LEAST_CANDIDATES))[0] for query in asking]
        figures[f"{name}_p50_ms"] = 1e3 * float(np.median(seconds))
        figures[f"{name}_p95_ms"] = 1e3 * float(np.quantile(seconds, 0.95))
    figures["update_seconds"] = _timed(lambda: _take_changes_in(folder, vectors, threads))[0]
    return figures


def _take_changes_in(folder: Path, vectors: Any, threads: int) -> None:
    """A hundredth of the jobs replaced, as `chamba index` folds them in."""
    faiss.omp_set_num_threads(threads)
    lists = read_lists(folder / "lists.faiss")
    count = len(vectors)
    changed = np.sort(np.random.default_rng(6).permutation(count)[: int(count * CHANGED_SHARE)])
    unchanged = np.setdiff1d(np.arange(count), changed)
    renumber(lists, unchanged, unchanged)
    lists.add_with_ids(np.ascontiguousarray(vectors[changed], dtype=np.float32), changed)
    write_lists(lists, folder / "updated.faiss")
    (folder / "updated.faiss").unlink()


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


if __name__ == "__main__":
    print(orjson.dumps(measure(Path(sys.argv[1]), int(sys.argv[2]))).decode())
