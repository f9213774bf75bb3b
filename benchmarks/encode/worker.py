"""One runtime in a process of its own: opens it, then answers commands, a line of JSON each.

python -m benchmarks.encode.worker RUNTIME MODEL FOLDER THREADS
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from benchmarks.encode.peer_files import pin_threads

if TYPE_CHECKING:
    from benchmarks.encode.runtimes import Runtime

NAMES = (
    "LiteRT",
    "TensorFlow",
    "ONNX Runtime fp32",
    "ONNX Runtime int8",
    "OpenVINO fp32",
    "OpenVINO bf16",
    "OpenVINO int8",
    "sentence-transformers",
)


def open_runtime(name: str, model: Path, folder: Path, threads: int) -> Runtime:
    """The runtime of that name, ready to encode; raises ModuleNotFoundError where it is not installed."""
    from benchmarks.encode import runtimes

    makers: dict[str, Callable[[Path, Path, int], Runtime]] = {
        "LiteRT": runtimes.LiteRT,
        "TensorFlow": runtimes.TensorFlow,
        "ONNX Runtime fp32": runtimes.OnnxRuntime,
        "ONNX Runtime int8": partial(runtimes.OnnxRuntime, int8=True),
        "OpenVINO fp32": partial(runtimes.OpenVino, precision="f32"),
        "OpenVINO bf16": partial(runtimes.OpenVino, precision="bf16"),
        "OpenVINO int8": partial(runtimes.OpenVino, precision="int8"),
        "sentence-transformers": runtimes.SentenceTransformers,
    }
    return makers[name](model, folder, threads)


def answer(runtime: Runtime, texts: dict[str, list[str]], command: dict[str, Any]) -> dict[str, Any]:
    """The measurement that a command asks for."""
    import numpy as np

    chosen = texts[command["texts"]]
    if command["do"] == "vectors":
        np.save(command["path"], runtime.encode(chosen))
        return {}
    if command["do"] == "throughput":
        return _throughput(runtime, chosen, command["seconds"], command["small_batches"])
    return _latency(runtime, chosen)


def _throughput(runtime: Runtime, texts: list[str], seconds: float, small_batches: bool) -> dict[str, float]:
    """Texts a second by the clock, and by the processor's time, which other people's work does not stretch."""
    count, began, busy, passed = 0, time.perf_counter(), time.process_time(), 0.0
    while not count or passed < seconds:
        runtime.encode(texts, small_batches=small_batches)
        count += len(texts)
        passed = time.perf_counter() - began
    return {"per_second": count / passed, "per_cpu_second": count / (time.process_time() - busy)}


def _latency(runtime: Runtime, texts: list[str]) -> dict[str, list[float]]:
    """Seconds of each text alone, by the clock and by the processor."""
    found: dict[str, list[float]] = {"seconds": [], "cpu_seconds": []}
    for text in texts:
        began, busy = time.perf_counter(), time.process_time()
        runtime.encode([text])
        found["seconds"].append(time.perf_counter() - began)
        found["cpu_seconds"].append(time.process_time() - busy)
    return found


def serve(arguments: list[str], answers: TextIO) -> None:
    """Open the runtime, say so, and answer until the input ends."""
    name, model, folder, threads = arguments[0], Path(arguments[1]), Path(arguments[2]), int(arguments[3])
    pin_threads(threads)

    def say(document: dict[str, Any]) -> None:
        answers.write(json.dumps(document) + "\n")
        answers.flush()

    import numpy  # noqa: F401 (every runtime needs it: its import counts for none)

    began = time.perf_counter()
    try:
        runtime = open_runtime(name, model, folder, threads)
    except ModuleNotFoundError as error:
        say({"missing": error.name})
        return
    say({"open_seconds": time.perf_counter() - began})
    texts = json.loads((folder / "texts.json").read_text("utf-8"))
    for line in sys.stdin:
        say(answer(runtime, texts, json.loads(line)))


if __name__ == "__main__":
    # Libraries print to standard output; answers have it for themselves.
    own = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    serve(sys.argv[1:], own)
