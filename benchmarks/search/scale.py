"""`chamba bench scale`: latency, memory and build time from ten thousand jobs to ten million, and how they grow."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.report import Row, Section, write_raw
from benchmarks.search.postings import encoded_postings
from benchmarks.search.workload import grow_to_file
from engine.errors import ChambaError

ROOT = Path(__file__).parents[2]
PEOPLE = 360
# Beyond it vectors are kept in 16 bits.
MOST_IN_32_BITS = 2_000_000
COLUMNS = {
    "all_p50_ms": "no filter, p50 ms",
    "all_p95_ms": "p95 ms",
    "tenth_p50_ms": "10% pass, p50 ms",
    "hundredth_p50_ms": "1% pass, p50 ms",
    "private_mb": "private MB",
    "lists_mb": "lists, MB",
    "vectors_mb": "vectors (mapped), MB",
    "build_seconds": "build, s",
    "update_seconds": "1% changed, s",
    "update_share": "of a build",
}
GROWING = (
    "all_p50_ms",
    "tenth_p50_ms",
    "hundredth_p50_ms",
    "private_mb",
    "lists_mb",
    "build_seconds",
    "update_seconds",
)


@dataclass(frozen=True, slots=True)
class ScaleSettings:
    """`sizes`: numbers of jobs. `folder`: where grown vectors and lists go meanwhile; removed afterwards."""

    data: Path
    model: Path
    cache: Path
    folder: Path
    sizes: Sequence[int]
    threads: int
    results: Path


def run_scale(settings: ScaleSettings, say: Callable[[str], object]) -> None:
    """Measure every size, print the table, and write the raw figures."""
    postings = encoded_postings(settings.data, settings.model, settings.cache, settings.threads)
    people = postings.seeker_vectors[np.random.default_rng(3).permutation(len(postings.seeker_vectors))[:PEOPLE]]
    measured: list[dict[str, float]] = []
    for size in settings.sizes:
        say(f"measuring {size:,} jobs")
        folder = settings.folder / f"scale-{size}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        try:
            half = size > MOST_IN_32_BITS
            grow_to_file(postings.job_vectors, size, folder / "vectors.npy", np.float16 if half else np.float32)
            np.save(folder / "people.npy", people)
            measured.append(_measured(folder, settings.threads))
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    section = scale_section(measured)
    say("\n" + section.as_markdown())
    raw = {"sizes": measured, "sections": [section.as_document()], "threads": settings.threads}
    say(f"\nraw results: {write_raw(settings.results, 'scale', raw)}")


def scale_section(measured: Sequence[dict[str, float]]) -> Section:
    """A row a size, and the exponents by which the figures grow with it (least squares on logarithms)."""
    rows = [
        Row(f"{int(one['jobs']):,} jobs", one | {"update_share": one["update_seconds"] / one["build_seconds"]})
        for one in measured
    ]
    if len(measured) > 1:
        logs = np.log([one["jobs"] for one in measured])
        exponents = {name: float(np.polyfit(logs, np.log([one[name] for one in measured]), 1)[0]) for name in GROWING}
        rows.append(Row("exponent", exponents))
    remarks = (
        "One thread searches, for 200 candidates, as served; builds use both. Builds and updates are those of the "
        "lists: what encoding costs is in `chamba bench encode`.",
    )
    return Section("From thousands of jobs to millions", COLUMNS, rows, remarks)


def _measured(folder: Path, threads: int) -> dict[str, float]:
    limits = {"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "benchmarks.search.scale_worker", str(folder), str(threads)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | limits)
    if done.returncode:
        raise ChambaError(
            "a size could not be measured", got=(done.stderr.strip().splitlines() or ["nothing said"])[-1]
        )
    figures: dict[str, float] = json.loads(done.stdout)
    return figures
