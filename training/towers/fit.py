"""Fits the towers on placements: a bar with loss and time left, recall after every epoch, the best epoch kept.

A run killed on the way goes on from its last epoch, and ends with the weights it would have had.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import keras
import numpy as np
from numpy.typing import NDArray

from engine.arrays import Rows
from engine.encoder.encoder import pad
from training.checkpoints import Checkpoints
from training.data.datasets import PlacementSet, split_by_time
from training.data.interest import LabelWeights
from training.data.splits import HeldOut, held_out_by_opening
from training.encoders.body_outputs import BodyOutputs
from training.encoders.pretrained import PretrainedEncoder
from training.towers.fit_state import FitState
from training.towers.hard_negatives import MiningConfig, mine_near_misses
from training.towers.held_out import cut, held_out_recall, mean_cosines, prefix_recalls, tower_vectors
from training.towers.model import TwoTowers
from training.towers.pair_batches import Features, PairBatches
from training.towers.progress import Progress


@dataclass(frozen=True, slots=True)
class FitConfig:
    """Everything that decides a run besides its data and its encoder.

    `tuned_weight` is the share of the tuned weights when they are averaged with the untuned ones at the end: a little
    fit is given for keeping what the encoder knew (Wortsman et al., "Robust fine-tuning of zero-shot models", 2022).
    `prefixes` are the dimensions that the vectors must also serve when cut (Matryoshka); none: only whole vectors.
    `rejections` and `mined_negatives` are how many jobs a seeker is held against beyond the batch: those a recruiter
    rejected them for, and near misses, mined again with the current vectors every `mine_every` epochs. `labels` is
    what clicks and applications weigh beside matches.
    """

    epochs: int = 25
    batch_pairs: int = 256
    learning_rate: float = 1e-3
    weight_decay: float = 0.05
    dropout: float = 0.3
    tuned_weight: float = 0.6
    trained_blocks: int = 0
    max_tokens: int = 128
    seed: int = 7
    prefixes: tuple[int, ...] = (384, 256, 128, 64)
    rejections: int = 0
    mined_negatives: int = 0
    mine_every: int = 5
    mining: MiningConfig = field(default_factory=MiningConfig)
    labels: LabelWeights = field(default_factory=LabelWeights)


@dataclass(slots=True)
class FittedTowers:
    """The towers of the best epoch, how they came about and what they reach."""

    towers: TwoTowers
    encoder: PretrainedEncoder
    config: FitConfig
    metrics: dict[str, float]
    cosines: dict[str, float]
    history: list[dict[str, float]] = field(default_factory=list)
    prefix_cosines: dict[int, dict[str, float]] = field(default_factory=dict)


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
    untrained_test_recall = run.recall(run.held_out.split.test, run.held_out.test_jobs)
    checkpoints = Checkpoints(cache / "checkpoints" / run.key(), "fit")
    history = run.train(checkpoints, on_epoch)
    metrics = {
        "untrained_validation_recall_at_10": history[0]["validation_recall_at_10"],
        "validation_recall_at_10": run.recall(run.held_out.split.validation, run.held_out.validation_jobs),
        "untrained_test_recall_at_10": untrained_test_recall,
        **run.test_recalls(),
    }
    checkpoints.clear()
    cosines = run.cosines_by_length()
    return FittedTowers(run.towers, encoder, config, metrics, cosines.pop(encoder.dimension), history, cosines)


def default_held_out(placements: PlacementSet) -> HeldOut:
    """By the opening of jobs where that is known, by the time of the outcomes where not."""
    if placements.opened is None:
        return HeldOut(split_by_time(placements))
    return held_out_by_opening(placements, placements.opened)


class _Run:
    """The parts of one run, so that its steps can share them."""

    def __init__(
        self, placements: PlacementSet, encoder: PretrainedEncoder, config: FitConfig, held_out: HeldOut, cache: Path
    ) -> None:
        self.placements, self.encoder, self.config, self.held_out = placements, encoder, config, held_out
        self.features = _features(placements, encoder, config, cache)
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
            self.state.record(0, math.nan, self._validation_recall())
        with Progress(len(self.batches), config.epochs, done) as progress:
            for epoch in range(done + 1, config.epochs + 1):
                self._refresh_near_misses(epoch)
                self.batches.start_epoch(epoch)
                fitted = self.towers.fit(self.batches, epochs=1, verbose=0, shuffle=False, callbacks=[progress.steps()])
                entry = self.state.record(epoch, float(fitted.history["loss"][0]), self._validation_recall())
                checkpoints.save(epoch, self.state.variables(), random)
                progress.tell(entry["validation_recall_at_10"])
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

    def _validation_recall(self) -> float:
        return self.recall(self.held_out.split.validation, self.held_out.validation_jobs)

    def recall(self, rows: Rows, catalogue: Rows | None) -> float:
        """Recall@10 of the towers as they are now."""
        vectors = tower_vectors(self.towers, self.features)
        return held_out_recall(*vectors, self.placements, rows, self.held_out.split, catalogue)

    def test_recalls(self) -> dict[str, float]:
        """Recall@10 on the test split, of whole vectors and of their prefixes."""
        split, catalogue = self.held_out.split, self.held_out.test_jobs
        vectors = tower_vectors(self.towers, self.features)
        lengths = tuple(length for length in self.config.prefixes if length < self.encoder.dimension)
        by_length = prefix_recalls(*vectors, self.placements, split.test, split, lengths, catalogue)
        return {"test_recall_at_10": held_out_recall(*vectors, self.placements, split.test, split, catalogue)} | {
            f"test_recall_at_10_of_{length}_dimensions": recall for length, recall in by_length.items()
        }

    def cosines_by_length(self) -> dict[int, dict[str, float]]:
        """What `Calibration` needs, for whole vectors and for each of their prefixes."""
        seekers, jobs = tower_vectors(self.towers, self.features)
        whole, train = self.encoder.dimension, self.held_out.split.train
        lengths = {whole, *(length for length in self.config.prefixes if length < whole)}
        return {
            length: mean_cosines(cut(seekers, length), cut(jobs, length), self.placements, train) for length in lengths
        }


def _optimizer(config: FitConfig, steps: int) -> keras.optimizers.Optimizer:
    schedule = keras.optimizers.schedules.CosineDecay(
        config.learning_rate * 0.1,
        steps,
        warmup_target=config.learning_rate,
        warmup_steps=max(1, steps // 10),
    )
    return keras.optimizers.AdamW(schedule, weight_decay=config.weight_decay, global_clipnorm=1.0)


def _features(placements: PlacementSet, encoder: PretrainedEncoder, config: FitConfig, cache: Path) -> Features:
    if not config.trained_blocks:
        outputs = BodyOutputs(encoder, cache, config.max_tokens)
        return Features(
            outputs(placements.seeker_texts, encoder.seeker_prefix),
            outputs(placements.job_texts, encoder.job_prefix),
        )
    with TemporaryDirectory() as folder:
        tokenise = encoder.open_tokeniser(Path(folder))

    def tokens(texts: list[str], prefix: str) -> NDArray[np.int32]:
        ids, mask = pad(tokenise(texts, prefix, config.max_tokens), config.max_tokens, encoder.tokeniser.pad_id)
        return np.stack([ids, mask], axis=1)

    return Features(
        tokens(placements.seeker_texts, encoder.seeker_prefix),
        tokens(placements.job_texts, encoder.job_prefix),
    )
