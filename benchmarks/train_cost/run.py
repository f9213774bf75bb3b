"""What `chamba bench train` does: runs the modes, prints the table and keeps the raw results."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.report import write_raw
from benchmarks.train_cost.measure import measure, training_table
from benchmarks.train_cost.worker import TrainCost
from engine.errors import InvalidInputError


def run_train_cost(
    settings: TrainCost, modes: Sequence[str], rounds: int, out: Path, say: Callable[[str], object]
) -> None:
    """Measure the modes, all when none is named; raises InvalidInputError naming one that does not exist."""
    from benchmarks.train_cost.modes import MODES

    unknown = [name for name in modes if name not in MODES]
    if unknown:
        raise InvalidInputError("unknown mode", expected=" | ".join(MODES), got=", ".join(unknown))
    results = measure(modes or list(MODES), settings, rounds, say)
    path = write_raw(out, "train-cost", {"settings": asdict(settings), "rounds": rounds, "modes": results})
    say(f"\n{training_table(results)}\n\nraw results: {path}")
