"""Fits the towers on placements: a bar with loss and time left, recall after every epoch, the best epoch kept.

A run killed on the way goes on from its last epoch, and ends with the weights it would have had.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import keras
import numpy as np

from training.checkpoints import Checkpoints
from training.data.datasets import PlacementSet
from training.data.splits import HeldOut, default_held_out
from training.encoders.pretrained import PretrainedEncoder
from training.towers.features import features_of
from training.towers.fit_config import FitConfig, FittedTowers
from training.towers.fit_state import FitState
from training.towers.hard_negatives import mine_near_misses
from training.towers.held_out import HeldOutMeasures, tower_vectors
from training.towers.model import TwoTowers
from training.towers.pair_batches import PairBatches
from training.towers.progress import Progress


def fit(
    placements: PlacementSet,
    encoder: PretrainedEncoder,
    config: FitConfig,
    cache: Path,
    on_epoch: Callable[[dict[str, float]], object] = lambda _: None,
    held_out: HeldOut | None = None,
) -> FittedTowers:
    """Fit the towers on the training positives and what was wanted by then, choose the epoch on validation matches.

    Args:
        placements: the outcomes; `encoder`: the pretrained body, changed in place when blocks are trained.
        cache: folder for the body's outputs and for the run's checkpoint.
        on_epoch: told `{epoch, loss, validation_recall_at_10}` once the epoch is safe on disk.
        held_out: the split to use; without it the oldest 70% of the positives are fitted, the next 10% choose, or of
            the jobs, where it is known when they opened.
    """
    keras.utils.set_random_seed(config.seed)
    run = _Run(placements, encoder, config, held_out or default_held_out(placements), cache)
    untrained_test_recall = run.measures.test_recall()
    checkpoints = Checkpoints(cache / "checkpoints" / run.key(), "fit")
    history = run.train(checkpoints, on_epoch)
    metrics = {
        "untrained_validation_recall_at_10": history[0]["validation_recall_at_10"],
        "validation_recall_at_10": run.measures.validation_recall(),
        "untrained_test_recall_at_10": untrained_test_recall,
        **run.measures.test_recalls(),
    }
    checkpoints.clear()
    cosines = run.measures.cosines_by_length()
    return FittedTowers(run.towers, encoder, config, metrics, cosines.pop(encoder.dimension), history, cosines)


class _Run:
    """The parts of one run, so that its steps can share them."""

    def __init__(
        self, placements: PlacementSet, encoder: PretrainedEncoder, config: FitConfig, held_out: HeldOut, cache: Path
    ) -> None:
        self.placements, self.encoder, self.config, self.held_out = placements, encoder, config, held_out
        self.features = features_of(placements, encoder, config, cache)
        encoder.body.train_last_blocks(config.trained_blocks)
        body = encoder.body if config.trained_blocks else None
        self.towers = TwoTowers(encoder.dimension, body, config.dropout, prefixes=config.prefixes)
        train = held_out.split.train
        self.batches = PairBatches(
            placements,
            train,
            self.features,
            config.batch_pairs,
            config.seed,
            config.rejections,
            config.mined_negatives,
            config.labels,
        )
        self.towers.compile(optimizer=_optimizer(config, steps=max(1, len(self.batches) * config.epochs)))
        self.towers.optimizer.build(self.towers.trainable_variables)
        self.measures = HeldOutMeasures(self.towers, self.features, placements, held_out)
        self.state = FitState(self.towers, config.epochs, len(placements.seeker_texts), config.mining.depth)

    def key(self) -> str:
        """The name of the run's checkpoint: the same only for the same config, data, split and encoder."""
        split, placements = self.held_out.split, self.placements
        parts = [placements.version, self.encoder.name, json.dumps(asdict(self.config), sort_keys=True)]
        pairs = self.batches.pairs
        hashed = (split.train, split.validation, pairs.seekers, pairs.jobs, pairs.weights)
        parts += [hashlib.sha256(rows.tobytes()).hexdigest() for rows in hashed]
        return f"{placements.name}-{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:16]}"

    def train(self, checkpoints: Checkpoints, on_epoch: Callable[[dict[str, float]], object]) -> list[dict[str, float]]:
        """Train epoch by epoch; at the end the weights of the best epoch stay, averaged with the first."""
        config, random = self.config, np.random.default_rng(self.config.seed)
        done = checkpoints.restore(self.state.variables(), random)
        if not done:
            self.state.record(0, math.nan, self.measures.validation_recall())
        with Progress(len(self.batches), config.epochs, done) as progress:
            for epoch in range(done + 1, config.epochs + 1):
                self._refresh_near_misses(epoch)
                self.batches.start_epoch(epoch)
                fitted = self.towers.fit(self.batches, epochs=1, verbose=0, shuffle=False, callbacks=[progress.steps()])
                entry = self.state.record(epoch, float(fitted.history["loss"][0]), self.measures.validation_recall())
                checkpoints.save(epoch, self.state.variables(), random)
                progress.show_recall(entry["validation_recall_at_10"])
                on_epoch(entry)
        self.towers.set_weights(self.state.averaged(config.tuned_weight))
        return self.state.entries()

    def _refresh_near_misses(self, epoch: int) -> None:
        if not self.config.mined_negatives:
            return
        if (epoch - 1) % self.config.mine_every == 0:
            vectors = tower_vectors(self.towers, self.features)
            train = self.held_out.split.train
            self.state.near_misses = mine_near_misses(*vectors, self.placements, train, self.config.mining)
        self.batches.near_misses = self.state.near_misses


def _optimizer(config: FitConfig, steps: int) -> keras.optimizers.Optimizer:
    schedule = keras.optimizers.schedules.CosineDecay(
        config.learning_rate * 0.1,
        steps,
        warmup_target=config.learning_rate,
        warmup_steps=max(1, steps // 10),
    )
    return keras.optimizers.AdamW(schedule, weight_decay=config.weight_decay, global_clipnorm=1.0)
