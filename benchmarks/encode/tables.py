"""The tables of `chamba bench encode`: each figure, and in brackets how many times LiteRT's it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from benchmarks.encode.workload import MIX, POSTINGS, TITLES
from benchmarks.report import table

OURS = "LiteRT"
SETS = {POSTINGS: "125 tokens", MIX: "mix", TITLES: "20 tokens"}
QUERIES = {"query-20": "20 tokens", "query-40": "40 tokens"}
MS_PER_SECOND = 1e3

Figures = Mapping[str, Any]


def tables(results: Mapping[str, Any]) -> str:
    """Throughput and latency for each number of threads, by the clock and by the processor's time."""
    return "\n\n".join(
        part
        for threads, by_runtime in results["threads"].items()
        for part in _of_threads(f"{threads} thread(s)", by_runtime, results["left_out"])
    )


def _of_threads(title: str, by_runtime: Mapping[str, Figures], left_out: Mapping[str, str]) -> list[str]:
    ours = by_runtime.get(OURS)
    texts = [f"{name}_{unit}" for unit in ("per_second", "per_cpu_second") for name in SETS]
    waits = [f"{name}_p{share}_seconds" for name in QUERIES for share in (50, 95)]
    waits += [f"{name}_p50_cpu_seconds" for name in QUERIES]
    parts = []
    for head, columns, factor, plain in (
        (_throughput_header(), texts, 1.0, _cosines),
        (_latency_header(), waits, MS_PER_SECOND, _start),
    ):
        rows: list[list[object]] = [
            [name, *(_beside(one, ours, column, factor) for column in columns), *plain(one)]
            for name, one in by_runtime.items()
        ]
        rows += [[name, reason, *[""] * (len(head) - 2)] for name, reason in left_out.items()]
        parts.append(f"{title}; in brackets: times LiteRT's\n\n{table(head, rows)}")
    if ours is not None:
        ratio = ours[f"{TITLES}_per_cpu_second"] / ours[f"{POSTINGS}_per_cpu_second"]
        parts.append(f"LiteRT encodes {ratio:.1f} texts of 20 tokens in the processor time of one of 125.")
    return parts


def _throughput_header() -> list[str]:
    by_clock, by_processor = ([f"{name}, {unit}" for name in SETS.values()] for unit in ("texts/s", "/CPU s"))
    return ["runtime", *by_clock, *by_processor, "cosine min", "mean"]


def _latency_header() -> list[str]:
    by_clock = [f"{name}, p{share} ms" for name in QUERIES.values() for share in (50, 95)]
    return ["runtime", *by_clock, *(f"{name}, CPU ms" for name in QUERIES.values()), "open s", "resident MB"]


def _beside(figures: Figures, ours: Figures | None, column: str, factor: float) -> str:
    value = f"{factor * figures[column]:.1f}"
    return value if ours is None or figures is ours else f"{value} ({figures[column] / ours[column]:.2f})"


def _cosines(figures: Figures) -> list[str]:
    return [f"{figures[name]:.5f}" if name in figures else "" for name in ("cosine_min", "cosine_mean")]


def _start(figures: Figures) -> list[str]:
    return [f"{figures['open_seconds']:.1f}", f"{figures['resident_mb']:.0f}"]
