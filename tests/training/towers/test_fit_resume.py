"""A run that is killed goes on from its last epoch and ends with the weights it would have had."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from training.data.datasets import PlacementSet
from training.encoders.sources import load_encoder
from training.towers.fit import fit
from training.towers.fit_config import FitConfig, FittedTowers

CONFIG = FitConfig(
    epochs=5,
    batch_pairs=16,
    learning_rate=5e-3,
    max_tokens=32,
    seed=3,
    prefixes=(16, 8),
    rejections=1,
    mined_negatives=2,
    mine_every=2,
)
KILLED_AFTER = 3


def placements() -> PlacementSet:
    """Forty people who each name the trade of their job, and a rejection each."""
    trades = ["contadora", "soldador", "diseñadora", "programador", "cocinera", "chofer", "abogada", "enfermero"]
    people = np.arange(40)
    days = np.datetime64("2021-01-01") + people
    return PlacementSet(
        name="trades",
        version="1",
        seeker_texts=[f"soy {trades[person % 8]} número {person}" for person in people],
        job_texts=[f"se busca {trade} turno {shift}" for shift in range(4) for trade in trades],
        seekers=np.concatenate([people, people]),
        jobs=np.concatenate([people % 32, (people + 3) % 32]),
        grades=np.concatenate([np.full(40, 2), np.full(40, -1)]),
        times=np.concatenate([days, days]).astype("datetime64[D]"),
    )


def run(source: Path, cache: Path, die_after: int | None = None) -> FittedTowers:
    """A whole run; `die_after` kills this very process once that epoch is over."""

    def on_epoch(entry: dict[str, float]) -> None:
        if entry["epoch"] == die_after:
            signal.raise_signal(signal.SIGKILL)

    return fit(placements(), load_encoder(f"hf:{source}"), CONFIG, cache, on_epoch)


@pytest.mark.slow
def test_a_killed_run_ends_as_if_it_had_not_been(tiny_hugging_face: Path, tmp_path: Path) -> None:
    straight = run(tiny_hugging_face, tmp_path / "straight")
    command = [sys.executable, "-W", "error::UserWarning", "-m", "tests.training.towers.test_fit_resume"]
    killed = subprocess.run([*command, str(tiny_hugging_face), str(tmp_path / "killed")], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert list((tmp_path / "killed").rglob("checkpoint.safetensors"))
    shown: list[float] = []
    resumed = fit(
        placements(),
        load_encoder(f"hf:{tiny_hugging_face}"),
        CONFIG,
        tmp_path / "killed",
        lambda entry: shown.append(entry["epoch"]),
    )
    assert shown == [KILLED_AFTER + 1, KILLED_AFTER + 2]
    assert [entry["loss"] for entry in resumed.history[1:]] == [entry["loss"] for entry in straight.history[1:]]
    assert resumed.metrics == straight.metrics
    for new, old in zip(resumed.towers.get_weights(), straight.towers.get_weights(), strict=True):
        np.testing.assert_array_equal(new, old)
    assert not list(tmp_path.rglob("checkpoint.safetensors"))
    assert {"test_recall_at_10_of_16_dimensions", "test_recall_at_10_of_8_dimensions"} <= straight.metrics.keys()


if __name__ == "__main__":
    run(Path(sys.argv[1]), Path(sys.argv[2]), KILLED_AFTER)
