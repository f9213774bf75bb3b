"""Fits the towers on placements, printing loss and held-out recall@10 after every epoch; keeps the best epoch."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from engine.encoder import pad
from engine.measures import recall_at_k
from training.body_outputs import BodyOutputs
from training.datasets import PlacementSet, Rows, TimeSplit, split_by_time
from training.pretrained import PretrainedEncoder
from training.towers import TwoTowers

RECALL_DEPTH = 10


@dataclass(frozen=True, slots=True)
class FitConfig:
    """Everything that decides a run besides its data and its encoder.

    `tuned_weight` is the share of the tuned weights when they are averaged with the untuned ones at the end: a little
    fit is given for keeping what the encoder knew (Wortsman et al., "Robust fine-tuning of zero-shot models", 2022).
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


@dataclass(slots=True)
class FittedTowers:
    """The towers of the best epoch, how they came about and what they reach."""

    towers: TwoTowers
    encoder: PretrainedEncoder
    config: FitConfig
    metrics: dict[str, float]
    cosines: dict[str, float]
    history: list[dict[str, float]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Features:
    """What the towers read for every text: body outputs `[texts, dimension]`, or tokens `[texts, 2, tokens]`."""

    seekers: NDArray[Any]
    jobs: NDArray[Any]


class PairBatches(keras.utils.PyDataset):
    """Batches of positive pairs, drawn anew every epoch, with the negatives that are fair in each."""

    def __init__(self, placements: PlacementSet, rows: Rows, features: Features, batch_pairs: int, seed: int) -> None:
        super().__init__()
        self._placements, self._rows, self._features = placements, rows, features
        self._batch_pairs = min(batch_pairs, len(rows))
        self._random = np.random.default_rng(seed)
        counts = np.bincount(placements.jobs[rows], minlength=len(placements.job_texts))
        expected_in_batch = np.maximum(counts, 1) * self._batch_pairs / len(rows)
        self._log_q = np.log(np.minimum(expected_in_batch, 1)).astype(np.float32)
        self._known_pairs = np.unique(self._pair_keys(placements.seekers[rows], placements.jobs[rows]))
        self._order = self._random.permutation(rows)

    def __len__(self) -> int:
        return len(self._rows) // self._batch_pairs

    def on_epoch_end(self) -> None:
        """Draw a new order."""
        self._order = self._random.permutation(self._rows)

    def __getitem__(self, index: int) -> tuple[dict[str, NDArray[Any]], NDArray[Any], NDArray[Any]]:
        rows = self._order[index * self._batch_pairs : (index + 1) * self._batch_pairs]
        seekers, jobs = self._placements.seekers[rows], self._placements.jobs[rows]
        keys = self._pair_keys(seekers[:, None], jobs[None, :])
        inputs = {
            "seeker": self._features.seekers[seekers],
            "job": self._features.jobs[jobs],
            "log_q": self._log_q[jobs],
            "is_negative": ~np.isin(keys, self._known_pairs),
        }
        weights = self._placements.grades[rows].astype(np.float32)
        return inputs, np.zeros(len(rows), np.float32), weights

    def _pair_keys(self, seekers: Rows, jobs: Rows) -> Rows:
        return seekers * len(self._placements.job_texts) + jobs


def fit(
    placements: PlacementSet,
    encoder: PretrainedEncoder,
    config: FitConfig,
    cache: Path,
    on_epoch: Callable[[dict[str, float]], object] = lambda _: None,
) -> FittedTowers:
    """Fit the towers on the oldest 70% of the positives, choose the epoch on the next 10%.

    Args:
        placements: the outcomes; `encoder`: the pretrained body, changed in place when blocks are trained.
        cache: folder for the body's outputs. on_epoch: told `{epoch, loss, validation_recall_at_10}`.
    """
    keras.utils.set_random_seed(config.seed)
    split = split_by_time(placements)
    features = _features(placements, encoder, config, cache)
    encoder.body.train_last_blocks(config.trained_blocks)
    towers = TwoTowers(encoder.dimension, encoder.body if config.trained_blocks else None, config.dropout)
    batches = PairBatches(placements, split.train, features, config.batch_pairs, config.seed)
    steps = max(1, len(batches) * config.epochs)
    schedule = keras.optimizers.schedules.CosineDecay(
        config.learning_rate * 0.1,
        steps,
        warmup_target=config.learning_rate,
        warmup_steps=max(1, steps // 10),
    )
    optimizer = keras.optimizers.AdamW(schedule, weight_decay=config.weight_decay, global_clipnorm=1.0)
    towers.compile(optimizer=optimizer)
    untrained_test_recall = held_out_recall(*tower_vectors(towers, features), placements, split.test, split)
    history = _run_epochs(towers, batches, placements, split, features, config, on_epoch)
    seekers, jobs = tower_vectors(towers, features)
    metrics = {
        "untrained_validation_recall_at_10": history[0]["validation_recall_at_10"],
        "validation_recall_at_10": held_out_recall(seekers, jobs, placements, split.validation, split),
        "untrained_test_recall_at_10": untrained_test_recall,
        "test_recall_at_10": held_out_recall(seekers, jobs, placements, split.test, split),
    }
    return FittedTowers(towers, encoder, config, metrics, mean_cosines(seekers, jobs, placements, split.train), history)


def _run_epochs(
    towers: TwoTowers,
    batches: PairBatches,
    placements: PlacementSet,
    split: TimeSplit,
    features: Features,
    config: FitConfig,
    on_epoch: Callable[[dict[str, float]], object],
) -> list[dict[str, float]]:
    """Train epoch by epoch; at the end the weights of the best validation recall@10 stay, averaged with the first."""

    def recall() -> float:
        return held_out_recall(*tower_vectors(towers, features), placements, split.validation, split)

    history = [{"epoch": 0, "loss": math.nan, "validation_recall_at_10": recall()}]
    untuned = towers.get_weights()
    best, best_weights = history[0]["validation_recall_at_10"], untuned
    with tqdm(range(1, config.epochs + 1), desc="training", unit="epoch") as progress:
        for epoch in progress:
            loss = towers.fit(batches, epochs=1, verbose=0).history["loss"][0]
            entry = {"epoch": epoch, "loss": float(loss), "validation_recall_at_10": recall()}
            history.append(entry)
            progress.set_postfix(loss=f"{loss:.3f}", recall_at_10=f"{entry['validation_recall_at_10']:.3f}")
            on_epoch(entry)
            if entry["validation_recall_at_10"] > best:
                best, best_weights = entry["validation_recall_at_10"], towers.get_weights()
    share = config.tuned_weight
    towers.set_weights([(1 - share) * old + share * new for old, new in zip(untuned, best_weights, strict=True)])
    return history


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


def tower_vectors(towers: TwoTowers, features: Features) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Unit vectors of every seeker text and every job text, `[texts, dimension]` each."""

    def vectors(head: Any, side: NDArray[Any]) -> NDArray[np.float32]:
        step = len(side) if towers.body is None else 64
        parts = [np.asarray(head(towers.pooled(side[start : start + step]))) for start in range(0, len(side), step)]
        return np.concatenate(parts)

    return vectors(towers.seeker_head, features.seekers), vectors(towers.job_head, features.jobs)


def held_out_recall(
    seekers: NDArray[np.float32],
    jobs: NDArray[np.float32],
    placements: PlacementSet,
    rows: Rows,
    split: TimeSplit,
) -> float:
    """Recall@10 over all jobs for the held-out `rows`; jobs a seeker was matched with in training are left out."""
    relevant = placements.relevant_jobs(rows)
    known = placements.relevant_jobs(split.train)
    asked = np.array(list(relevant))
    scores = seekers[asked] @ jobs.T
    for row, seeker in enumerate(asked):
        scores[row, list(known.get(int(seeker), frozenset()) - relevant[int(seeker)])] = -np.inf
    top = np.argsort(-scores, axis=1, kind="stable")[:, :RECALL_DEPTH]
    return recall_at_k(top.tolist(), [relevant[int(seeker)] for seeker in asked], RECALL_DEPTH)


def mean_cosines(
    seekers: NDArray[np.float32], jobs: NDArray[np.float32], placements: PlacementSet, rows: Rows
) -> dict[str, float]:
    """What `Calibration` needs: the mean cosine of placed pairs, and of the same seekers with every job."""
    placed_seekers, placed_jobs = seekers[placements.seekers[rows]], jobs[placements.jobs[rows]]
    return {
        "unrelated_cosine": float(np.mean(placed_seekers @ jobs.mean(axis=0))),
        "placed_cosine": float(np.mean(np.sum(placed_seekers * placed_jobs, axis=1))),
    }
