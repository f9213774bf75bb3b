"""What `chamba bench encode` does: checks what was asked for, measures, prints the tables and keeps the raw results."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.encode.worker import NAMES
from benchmarks.report import write_raw
from engine.encoder.encoder import ModelManifest
from engine.errors import ArtifactError, InvalidInputError, group_install


def run_encode(
    model: Path,
    threads: str,
    peer_python: Path | None,
    runtimes: Sequence[str],
    rounds: int,
    seconds: float,
    out: Path,
    cache: Path,
    say: Callable[[str], object],
) -> None:
    """Measure the runtimes (all, when none is named) on `model`; `cache` keeps the peers' files.

    Raises:
        InvalidInputError: a runtime or a number of threads that cannot be.
        ArtifactError: no model, or a package that the benchmark itself needs is missing.
    """
    unknown = [name for name in runtimes if name not in NAMES]
    if unknown:
        raise InvalidInputError("unknown runtime", expected=" | ".join(NAMES), got=", ".join(unknown))
    try:
        from benchmarks.encode.measure import EncodeBench, measure
        from benchmarks.encode.tables import tables
    except ModuleNotFoundError as error:
        if error.name != "psutil":
            raise
        raise ArtifactError("this command needs psutil", fix=group_install("bench")) from error
    bench = EncodeBench(_counts(threads), rounds, seconds, tuple(runtimes) or NAMES, str(peer_python or sys.executable))
    model = model.resolve()
    results = measure(model, cache / f"encode-{ModelManifest.read(model).model_id}", bench, say)
    say(f"\n{tables(results)}\n\nraw results: {write_raw(out, 'encode', results)}")


def _counts(threads: str) -> tuple[int, ...]:
    counts = tuple(int(part) for part in threads.split(",") if part.strip().isdecimal() and int(part) > 0)
    if len(counts) != len(threads.split(",")):
        raise InvalidInputError("not numbers of threads", expected="1,2", got=threads, field="threads")
    return counts
