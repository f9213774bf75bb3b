"""`chamba bench train` on the tiny encoder: every mode trains, and says what it cost."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.train_cost.measure import training_table
from benchmarks.train_cost.modes import MODES, TrainingInputs
from benchmarks.train_cost.run import run_train_cost
from benchmarks.train_cost.worker import TrainCost, recall, sample_placements
from engine.errors import InvalidInputError
from training.data.datasets import PlacementSet, split_by_time
from training.encoders.sources import load_encoder
from training.towers.pair_batches import PairBatches

SETTINGS = TrainCost(0.1, batch_pairs=8, max_tokens=32, jobs=60, seekers=60, threads=1)


@pytest.fixture(scope="module")
def placements(tmp_path_factory: pytest.TempPathFactory) -> PlacementSet:
    return sample_placements(SETTINGS, tmp_path_factory.mktemp("world"))


# The others differ from these by a number or are held to them below.
ONE_OF_EACH_KIND = (
    "heads on cached outputs",
    "last block, cached lower layers",
    "last block, from tokens",
    "adapters of rank 16",
)


@pytest.mark.slow
@pytest.mark.parametrize("name", ONE_OF_EACH_KIND)
def test_every_mode_learns_its_batch(
    name: str, placements: PlacementSet, tiny_hugging_face: Path, tmp_path: Path
) -> None:
    encoder = load_encoder(f"hf:{tiny_hugging_face}")
    mode = MODES[name](TrainingInputs(encoder, placements, tmp_path, SETTINGS.max_tokens))
    split = split_by_time(placements)
    batch = PairBatches(placements, split.train, mode.features, SETTINGS.batch_pairs, SETTINGS.seed)[0]
    embeddings = encoder.body.word.get_weights()[0].copy()
    losses = [mode.step(batch) for _ in range(6)]
    assert losses[-1] < losses[0]
    np.testing.assert_array_equal(encoder.body.word.get_weights()[0], embeddings)
    assert 0 <= recall(mode, placements, split) <= 1


@pytest.mark.slow
def test_cached_gradients_are_the_gradients(placements: PlacementSet, tiny_hugging_face: Path, tmp_path: Path) -> None:
    def losses(name: str) -> list[float]:
        encoder = load_encoder(f"hf:{tiny_hugging_face}")
        mode = MODES[name](TrainingInputs(encoder, placements, tmp_path, SETTINGS.max_tokens))
        rows = split_by_time(placements).train
        batch = PairBatches(placements, rows, mode.features, SETTINGS.batch_pairs, SETTINGS.seed)[0]
        return [mode.step(batch) for _ in range(3)]

    assert losses("every block, cached gradients") == pytest.approx(losses("every block"), rel=1e-3)


def test_a_mode_that_died_is_a_row_of_the_table() -> None:
    table = training_table({"every block": {"failed": "every block ended with status -9"}})
    assert "status -9" in table


def test_a_mode_nobody_knows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="every block"):
        run_train_cost(SETTINGS, ["everything"], 1, tmp_path, print)
