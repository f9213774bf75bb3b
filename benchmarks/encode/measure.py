"""Interleaved rounds over all runtimes, so that a busy machine slows each of them alike; medians."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from benchmarks.encode.handover import hand_over
from benchmarks.encode.processes import Place, Worker, open_worker
from benchmarks.encode.tables import QUERIES, SETS
from benchmarks.encode.worker import NAMES
from benchmarks.encode.workload import PARITY
from engine.errors import ChambaError

REFERENCE = "TensorFlow"


@dataclass(frozen=True, slots=True)
class EncodeBench:
    """What is measured: `seconds` for each set in each round, after one round that warms up and is not counted."""

    threads: tuple[int, ...] = (1, 2)
    rounds: int = 3
    seconds: float = 2.0
    runtimes: tuple[str, ...] = NAMES
    peer_python: str = sys.executable


def measure(
    model: Path,
    folder: Path,
    bench: EncodeBench,
    say: Callable[[str], object],
    texts: dict[str, list[str]] | None = None,
) -> dict[str, Any]:
    """Results by number of threads and runtime; runtimes that cannot run under `left_out`, with the reason.

    `folder` keeps the peers' files from run to run: it belongs to one model.
    """
    place = Place(model, folder, bench.peer_python)
    say("handing the weights over")
    hand_over(model, folder, texts)
    left_out: dict[str, str] = {}
    by_threads = {str(count): _measure_threads(place, count, bench, left_out, say) for count in bench.threads}
    return {"left_out": left_out, "rounds": bench.rounds, "threads": by_threads}


def _measure_threads(
    place: Place, threads: int, bench: EncodeBench, left_out: dict[str, str], say: Callable[[str], object]
) -> dict[str, Any]:
    with ExitStack() as stack:
        workers = _open_workers(stack, place, threads, bench, left_out, say)
        say(f"{threads} thread(s): warming up")
        small = {worker.runtime: _warm_up(worker) for worker in workers}
        raw: dict[str, list[dict[str, Any]]] = {worker.runtime: [] for worker in workers}
        for number in range(bench.rounds):
            say(f"{threads} thread(s): round {number + 1} of {bench.rounds}")
            # The order turns, so that no runtime is always the one after the heaviest.
            shift = number % len(workers)
            for worker in workers[shift:] + workers[:shift]:
                raw[worker.runtime].append(_one_round(worker, small[worker.runtime], bench.seconds))
        vectors = {worker.runtime: _vectors(worker, place.folder) for worker in workers}
        return {
            worker.runtime: _summary(raw[worker.runtime])
            | {
                "small_batches": small[worker.runtime],
                "open_seconds": worker.open_seconds,
                "resident_mb": worker.resident_mb(),
                **_cosines(vectors[worker.runtime], vectors.get(REFERENCE)),
                "raw": raw[worker.runtime],
            }
            for worker in workers
        }


def _open_workers(
    stack: ExitStack,
    place: Place,
    threads: int,
    bench: EncodeBench,
    left_out: dict[str, str],
    say: Callable[[str], object],
) -> list[Worker]:
    """A worker for each runtime that opens; why the others do not is noted in `left_out`."""
    workers = []
    for runtime in bench.runtimes:
        if runtime in left_out:
            continue
        say(f"{threads} thread(s): opening {runtime}")
        try:
            workers.append(stack.enter_context(open_worker(runtime, place, threads)))
        except ChambaError as error:
            left_out[runtime] = str(error)
    return workers


def _warm_up(worker: Worker) -> dict[str, bool]:
    """Which sets the runtime encodes faster in batches of 128 tokens than of 32 texts: each gets its better one."""
    for name in QUERIES:
        worker.call("latency", name)
    chosen = {}
    for name in SETS:
        rates = {}
        for small in (False, True):
            rates[small] = worker.call("throughput", name, seconds=0.0, small_batches=small)["per_cpu_second"]
        chosen[name] = rates[True] > rates[False]
    return chosen


def _one_round(worker: Worker, small: Mapping[str, bool], seconds: float) -> dict[str, Any]:
    rates = {name: worker.call("throughput", name, seconds=seconds, small_batches=small[name]) for name in SETS}
    return rates | {name: worker.call("latency", name) for name in QUERIES}


def _vectors(worker: Worker, folder: Path) -> Any:
    path = folder / f"{worker.runtime}.npy"
    worker.call("vectors", PARITY, path=str(path))
    return np.load(path, allow_pickle=False)


def _cosines(vectors: Any, reference: Any) -> dict[str, float]:
    if reference is None:
        return {}
    cosines = np.sum(vectors * reference, axis=1)
    return {"cosine_min": float(cosines.min()), "cosine_mean": float(cosines.mean())}


def _summary(rounds: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """Medians over the rounds; a query's p50 and p95 are taken in each round first."""
    figures = {}
    for name in SETS:
        for unit in ("per_second", "per_cpu_second"):
            figures[f"{name}_{unit}"] = median(one[name][unit] for one in rounds)
    for name in QUERIES:
        for unit in ("seconds", "cpu_seconds"):
            for share in (50, 95):
                values = [float(np.percentile(one[name][unit], share)) for one in rounds]
                figures[f"{name}_p{share}_{unit}"] = median(values)
    return figures
