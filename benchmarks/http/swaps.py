"""A newer bundle published while people ask: latency before and meanwhile, failures, and memory at its peak."""

from __future__ import annotations

import shutil
import threading
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import psutil

from benchmarks.http.measure import HttpMeasurement
from benchmarks.http.servers import Server
from benchmarks.report import Row, Section
from engine.artifacts import link_or_copy
from index.bundle import BUNDLE_MANIFEST, current_folder, publish
from store.encryption.master_keys import FILE_NAME

SHARE, SWAPS, SAMPLE_SECONDS = 0.3, 3, 0.05
COLUMNS = {
    "offered": "offered/s",
    "p50": "p50 ms",
    "p95": "p95 ms",
    "p99": "p99 ms",
    "max": "max ms",
    "failed": "failed or shed",
    "peak_mb": "peak memory, MB",
    "times": "p99, times the usual",
    "memory_times": "memory, times the usual",
}


def measure_swaps(measurement: HttpMeasurement, capacity_per_second: float) -> dict[str, Any]:
    """An open load at a third of capacity, first undisturbed, then with bundles published in the midst of it.

    Each twice, for latency and for memory: to tell how much of a large mapping is used, the kernel stops its process.
    """
    bench = measurement.bench
    data_dir, versions = _with_copies(bench.data_dir, measurement.folder / "swap-data")
    swapping = HttpMeasurement(replace(bench, data_dir=data_dir), measurement.people, measurement.folder)
    results: dict[str, Any] = {}
    with ExitStack() as stack:
        server = stack.enter_context(swapping.serve())
        swapping.warm_up(server)
        for name, chosen in (("undisturbed", []), ("while bundles are swapped", versions)):
            publisher = _Publisher(server, data_dir / "bundles", chosen, bench.seconds)
            with publisher:
                figures = swapping.under_load(server, SHARE * capacity_per_second)
            # Backwards: the last of them is served now.
            watcher = _Publisher(server, data_dir / "bundles", chosen[-2::-1], bench.seconds, watches_memory=True)
            with watcher:
                swapping.under_load(server, SHARE * capacity_per_second)
            results[name] = figures | {"peak_mb": watcher.peak_mb, "swaps": float(len(chosen))}
    return results


def swap_section(raw: dict[str, Any]) -> Section:
    """Both loads, the second beside the first."""
    usual = raw["undisturbed"]
    rows = [
        Row(
            name,
            {
                "offered": one["offered_per_second"],
                **{key: 1e3 * one[f"latency_{key}_seconds"] for key in ("p50", "p95", "p99", "max")},
                "failed": one["failed_share"] + one["shed_share"],
                "peak_mb": one["peak_mb"],
                "times": one["latency_p99_seconds"] / usual["latency_p99_seconds"],
                "memory_times": one["peak_mb"] / usual["peak_mb"],
            },
        )
        for name, one in raw.items()
    ]
    remark = (
        f"One core, {SHARE:.0%} of capacity, {SWAPS} swaps; latency from when each request was due. "
        "Memory: proportional share (PSS)."
    )
    return Section("Swapping bundles under load", COLUMNS, rows, (remark,))


class _Publisher:
    """While open: publishes versions at even times, and notes the server's greatest memory if it `watches_memory`."""

    def __init__(
        self, server: Server, bundles: Path, versions: list[str], seconds: float, *, watches_memory: bool = False
    ) -> None:
        self.peak_mb, self._watches_memory = 0.0, watches_memory
        self._server, self._bundles, self._versions = server, bundles, versions
        self._seconds, self._stopping = seconds, threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        process = psutil.Process(self._server.process_id)
        began = time.monotonic()
        # The last swap has the last of the time to end in.
        due = [(place + 0.5) * self._seconds / (len(self._versions) + 1) for place in range(len(self._versions))]
        for moment, version in [*zip(due, self._versions, strict=True), (float("inf"), "")]:
            while time.monotonic() - began < moment:
                if self._watches_memory:
                    self.peak_mb = max(self.peak_mb, process.memory_full_info().pss / 1e6)
                if self._stopping.wait(SAMPLE_SECONDS):
                    return
            publish(self._bundles, version)


def _with_copies(data_dir: Path, target: Path) -> tuple[Path, list[str]]:
    """A data folder on the same database with the served bundle, published, and copies of it under other names."""
    folder = current_folder(data_dir / "bundles")
    assert folder is not None
    (target / "bundles").mkdir(parents=True)
    for name in ("chamba.db", FILE_NAME):  # neither opens without the other
        (target / name).symlink_to((data_dir / name).resolve())
    versions = [f"{folder.name}-{number}" for number in range(SWAPS + 1)]
    for version in versions:
        copy = target / "bundles" / version
        shutil.copytree(folder, copy, copy_function=lambda one, other: link_or_copy(Path(one), Path(other)))
        manifest = orjson.loads((copy / BUNDLE_MANIFEST).read_bytes()) | {"version": version}
        (copy / BUNDLE_MANIFEST).unlink()  # a name of the original's: not to be written to
        (copy / BUNDLE_MANIFEST).write_bytes(orjson.dumps(manifest))
    publish(target / "bundles", versions[0])
    return target, versions[1:]
