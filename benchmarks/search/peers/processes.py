"""The parent's end of a worker: builds an index where there is none, opens it on one core, and asks it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import psutil

from benchmarks.search.peers.jobs import Jobs, Where
from benchmarks.search.peers.peer import Knob
from benchmarks.search.peers.worker import SEARCH, peer_class
from engine.artifacts import write_atomically
from engine.errors import ChambaError, group_install

ROOT = Path(__file__).parents[3]
# What this project installs itself; the others may live in a Python of their own.
OWN_PEERS = frozenset({"Chamba", "FAISS HNSW32-SQ8", "FAISS IVF-Flat"})
# Each of them is read by some peer when it is imported.
ONE_THREAD = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "RAYON_NUM_THREADS",
    "TOKIO_WORKER_THREADS",
    "LANCE_CPU_THREADS",
    "LANCE_IO_THREADS",
)
BUILT = "built.json"
OPEN_SECONDS, END_SECONDS = 300.0, 60.0


class NotInstalledError(ChambaError):
    """The peer's Python lacks a module."""


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of the handed-over jobs and of the indexes, the Python that has the peers, and how long to wait."""

    folder: Path
    peer_python: str = sys.executable
    build_seconds: float = 3600.0
    filter_seconds: float = 60.0


class Worker:
    """One peer that builds or searches."""

    def __init__(self, peer: str, place: Place, index: Path, task: str) -> None:
        self._peer, self._log_path = peer, index.with_suffix(f".{task}.log")
        self._late = False
        python = sys.executable if peer in OWN_PEERS else place.peer_python
        module = "benchmarks.search.peers.worker"
        limits = dict.fromkeys(ONE_THREAD, "1") if task == SEARCH else {}
        with self._log_path.open("w") as log:
            self._process = subprocess.Popen(
                [python, "-m", module, peer, str(place.folder), str(index), task],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env=os.environ | limits | {"PYTHONPATH": str(ROOT)},
            )

    def read(self, seconds: float) -> dict[str, Any]:
        """The next answer; a worker that takes longer is ended.

        Raises:
            NotInstalledError: the peer is not there.
            ChambaError: it failed, died or took too long.
        """
        assert self._process.stdout is not None
        timer = threading.Timer(seconds, self._end_late)
        timer.start()
        line = self._process.stdout.readline()
        timer.cancel()
        if not line:
            raise ChambaError(
                f"took over {seconds:g} s" if self._late else "ended early",
                got=self._last_words(),
                fix=f"its output is in {self._log_path.name}, in the cache",
            )
        answer: dict[str, Any] = json.loads(line)
        if "missing" in answer:
            raise NotInstalledError(answer["missing"], fix=group_install("search-peers"))
        if "failed" in answer:
            raise ChambaError("failed", got=answer["failed"])
        return answer

    def search(self, where: Where, depth: int, knob: Knob, seconds: float) -> dict[str, Any]:
        """Found rows and seconds of each query that fits into `seconds`."""
        assert self._process.stdin is not None
        command = {"where": where, "depth": depth, "knob": knob, "seconds": seconds}
        # What it wrote before it died says more than a broken pipe.
        with suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(command) + "\n")
            self._process.stdin.flush()
        return self.read(2 * seconds + END_SECONDS)

    def resident_mb(self, server_ids: list[int]) -> float:
        """Memory of the worker and of its servers now, pages they share counted once."""
        owners = [psutil.Process(number) for number in (self._process.pid, *server_ids)]
        processes = {one.pid: one for owner in owners for one in (owner, *owner.children(recursive=True))}
        return float(sum(one.memory_full_info().pss for one in processes.values()) / 1e6)

    def close(self) -> None:
        """End the worker, and wait until it has ended its servers."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._end()
        self._process.stdout.close()

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _end_late(self) -> None:
        self._late = True
        self._end()

    def _end(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _last_words(self) -> str:
        lines = self._log_path.read_text("utf-8", errors="replace").strip().splitlines()
        return lines[-1] if lines else "nothing was said"


def built_index(peer: str, place: Place) -> tuple[Path, float]:
    """Where the peer's index is, and the seconds that its making took: now, or in the run that made it."""
    jobs = Jobs(place.folder)
    index = place.folder / f"{peer.lower().replace(' ', '-')}-{len(jobs.vectors)}"
    made_of = {"jobs": jobs.fingerprint, "settings": dict(peer_class(peer).settings)}
    note = index / BUILT
    if note.is_file():
        noted = json.loads(note.read_text("utf-8"))
        if noted["made_of"] == made_of:
            return index, noted["built_seconds"]
    shutil.rmtree(index, ignore_errors=True)
    index.mkdir(parents=True)
    with Worker(peer, place, index, "build") as worker:
        seconds = worker.read(place.build_seconds)["seconds"]
    write_atomically(note, json.dumps({"built_seconds": seconds, "made_of": made_of}).encode())
    return index, seconds
