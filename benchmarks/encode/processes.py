"""The parent's end of a worker: starts it in the right Python, asks it, and reads its memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import psutil

from engine.errors import ChambaError, group_install

ROOT = Path(__file__).parents[2]
# What this project installs itself; the others may live in a Python of their own.
OWN_RUNTIMES = frozenset({"LiteRT", "TensorFlow"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a worker finds the model and the handed-over files, and the Python that has the peers."""

    model: Path
    folder: Path
    peer_python: str = sys.executable


class Worker:
    """One runtime with so many threads. `missing` names the module that kept it from opening."""

    def __init__(self, runtime: str, place: Place, threads: int) -> None:
        own = runtime in OWN_RUNTIMES
        python = sys.executable if own else place.peer_python
        command = [python, "-m", "benchmarks.encode.worker", runtime, str(place.model), str(place.folder), str(threads)]
        log_path = place.folder / f"{runtime.replace(' ', '-')}-{threads}.log"
        self.runtime, self._log_path = runtime, log_path
        with log_path.open("w") as log:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env=os.environ | {"PYTHONPATH": str(ROOT)},
            )
        opened = self._read()
        self.missing: str | None = opened.get("missing")
        self.open_seconds: float = opened.get("open_seconds", 0.0)

    def call(self, do: str, texts: str, **arguments: Any) -> dict[str, Any]:
        """The worker's answer to one command; raises ChambaError when it has died."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps({"do": do, "texts": texts} | arguments) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            pass  # what it wrote before it died says more
        return self._read()

    def resident_mb(self) -> float:
        """Resident memory now."""
        return float(psutil.Process(self._process.pid).memory_info().rss / 1e6)

    def close(self) -> None:
        """End the worker."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(timeout=60)

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            lines = self._log_path.read_text("utf-8", errors="replace").strip().splitlines() or ["nothing was said"]
            raise ChambaError(f"{self.runtime} ended early", got=lines[-1], fix=f"its output is in {self._log_path}")
        document: dict[str, Any] = json.loads(line)
        return document


def open_worker(runtime: str, place: Place, threads: int) -> Worker:
    """A worker that has opened its runtime; opened again when that made files, so that no figure has their making.

    Raises:
        ChambaError: the runtime is not installed, or cannot open its model.
    """
    before = _files(place.folder)
    worker = Worker(runtime, place, threads)
    if worker.missing:
        worker.close()
        raise ChambaError(f"not installed ({worker.missing})", fix=group_install("peers"))
    if _files(place.folder) == before:
        return worker
    worker.close()
    return Worker(runtime, place, threads)


def _files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.suffix != ".log"}
