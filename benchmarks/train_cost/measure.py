"""Runs every mode in turn, each in a process of its own, and lays their medians side by side."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.report import table
from benchmarks.train_cost.worker import TrainCost
from engine.errors import ChambaError

ROOT = Path(__file__).parents[2]


def measure(
    modes: Sequence[str], settings: TrainCost, rounds: int, say: Callable[[str], object]
) -> dict[str, dict[str, Any]]:
    """Figures by mode: medians over the rounds, every round under `raw`. A mode that dies has only `failed`."""
    raw: dict[str, list[dict[str, float]]] = {mode: [] for mode in modes}
    failed: dict[str, str] = {}
    for number in range(rounds):
        for mode in modes:
            if mode in failed:
                continue
            say(f"round {number + 1} of {rounds}: {mode}")
            try:
                raw[mode].append(_run(mode, settings))
            except ChambaError as error:
                failed[mode] = str(error)
    return {
        mode: {"failed": failed[mode]}
        if mode in failed
        else {name: median(one[name] for one in runs) for name in runs[0]} | {"raw": runs}
        for mode, runs in raw.items()
    }


def _run(mode: str, settings: TrainCost) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.train_cost.worker", mode, json.dumps(asdict(settings))]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["nothing was said"]
        raise ChambaError(f"{mode} ended with status {done.returncode}", got=lines[-1])
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def training_table(results: Mapping[str, Mapping[str, Any]]) -> str:
    """The table of all modes; in brackets, how many times the pairs of training every block."""
    whole = results.get("every block", {}).get("pairs_per_cpu_second")
    rows: list[list[object]] = []
    for mode, one in results.items():
        if "failed" in one:
            rows.append([mode, one["failed"]] + [""] * 8)
            continue
        ratio = f" ({one['pairs_per_cpu_second'] / whole:.1f})" if whole else ""
        rows.append(
            [
                mode,
                f"{one['pairs_per_second']:.1f}",
                f"{one['pairs_per_cpu_second']:.1f}{ratio}",
                f"{one['tokens_per_second']:.0f}",
                f"{one['peak_mb']:.0f}",
                f"{one['prepare_seconds']:.0f}",
                f"{one['steps']:.0f}",
                f"{one['recall_at_10_before']:.3f}",
                f"{one['recall_at_10_after']:.3f}",
                f"{one['recall_per_hour']:+.2f}",
            ]
        )
    header = ["mode", "pairs/s", "pairs/CPU s", "tokens/s", "peak MB", "prepare s", "steps", "recall@10", "after", "/h"]
    return table(header, rows)
