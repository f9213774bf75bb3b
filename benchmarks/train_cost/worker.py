"""One way to train in a process of its own, so that its peak memory is its own; prints its figures as JSON.

python -m benchmarks.train_cost.worker MODE SETTINGS
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from benchmarks.train_cost.modes import Batch, Mode
    from training.data.datasets import PlacementSet, TimeSplit

TEXTS_AT_ONCE = 32
# Steps that trace and compile; they are not counted.
WARM_UP_STEPS = 2
KB_PER_MB = 1000


@dataclass(frozen=True, slots=True)
class TrainCost:
    """What each mode is given: the same world, pairs a step and tokens a text, and so many seconds."""

    seconds: float = 60.0
    batch_pairs: int = 32
    max_tokens: int = 64
    jobs: int = 240
    seekers: int = 320
    seed: int = 11
    threads: int = 2
    encoder: str = "e5-small"


def run(mode_name: str, settings: TrainCost) -> dict[str, Any]:
    """Train for the seconds of `settings`; the figures of the run."""
    from benchmarks.train_cost.modes import MODES, TrainingInputs
    from training.data.datasets import split_by_time
    from training.encoders.sources import load_encoder
    from training.towers.pair_batches import PairBatches

    with TemporaryDirectory(prefix="chamba-train-cost-") as temporary:
        folder = Path(temporary)
        placements = sample_placements(settings, folder)
        split = split_by_time(placements)
        encoder = load_encoder(settings.encoder)
        started = time.perf_counter()
        mode = MODES[mode_name](TrainingInputs(encoder, placements, folder, settings.max_tokens))
        prepared = time.perf_counter() - started
        before = recall(mode, placements, split)
        batches = PairBatches(placements, split.train, mode.features, settings.batch_pairs, settings.seed)
        trained = _train(mode, batches, settings.seconds)
        after = recall(mode, placements, split)
        return trained | {
            "prepare_seconds": prepared,
            "tokens_per_second": trained["pairs_per_second"] * _tokens_per_pair(placements, split, encoder, settings),
            "recall_at_10_before": before,
            "recall_at_10_after": after,
            "recall_per_hour": (after - before) / (trained["seconds"] / 3600),
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KB_PER_MB,
        }


def sample_placements(settings: TrainCost, folder: Path) -> PlacementSet:
    """The placements of a small sample world."""
    from sample.world import generate_world
    from store.database import migrate, open_database
    from store.records.records import Records
    from training.data.datasets import from_records

    world = generate_world(settings.seed, settings.jobs, settings.seekers)
    database = open_database(f"sqlite:///{folder}/chamba.db")
    migrate(database)
    records = Records(database)
    records.put_jobs(world.jobs)
    records.put_seekers(world.seekers)
    records.add_placements(world.placements)
    placements = from_records(records)
    database.dispose()
    return placements


def recall(mode: Mode, placements: PlacementSet, split: TimeSplit) -> float:
    """Recall@10 on the validation placements, over all jobs."""
    import numpy as np
    import tensorflow as tf

    from training.towers.held_out import held_out_recall

    pooled = tf.function(mode.towers.pooled, reduce_retracing=True)

    def vectors(head: Any, side: Any, rows: Any) -> Any:
        found = np.zeros((len(side), mode.towers.seeker_head.change.units), np.float32)
        for first in range(0, len(rows), TEXTS_AT_ONCE):
            chosen = rows[first : first + TEXTS_AT_ONCE]
            found[chosen] = np.asarray(head(pooled(tf.constant(side[chosen]))))
        return found

    query_seekers = np.unique(placements.seekers[split.validation])
    seekers = vectors(mode.towers.seeker_head, mode.features.seekers, query_seekers)
    jobs = vectors(mode.towers.job_head, mode.features.jobs, np.arange(len(placements.job_texts)))
    return held_out_recall(seekers, jobs, placements, split.validation, split)


def _train(mode: Mode, batches: Any, seconds: float) -> dict[str, float]:
    source = _endless(batches)
    began = time.perf_counter()
    losses = [mode.step(next(source)) for _ in range(WARM_UP_STEPS)]
    warm_up, pairs, busy = time.perf_counter() - began, 0, time.process_time()
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        batch = next(source)
        losses.append(mode.step(batch))
        pairs += len(batch[2])
    passed = time.perf_counter() - began
    return {
        "steps": float(len(losses)),
        "seconds": passed,
        "warm_up_seconds": warm_up,
        "pairs_per_second": pairs / passed,
        "pairs_per_cpu_second": pairs / (time.process_time() - busy),
        "first_loss": losses[0],
        "last_loss": losses[-1],
    }


def _endless(batches: Any) -> Iterator[Batch]:
    epoch = 0
    while True:
        batches.start_epoch(epoch)
        yield from (batches[index] for index in range(len(batches)))
        epoch += 1


def _tokens_per_pair(placements: PlacementSet, split: TimeSplit, encoder: Any, settings: TrainCost) -> float:
    """Mean tokens of a training pair, padding left out."""
    import numpy as np

    from benchmarks.train_cost.modes import TrainingInputs

    with TemporaryDirectory() as folder:
        sides = TrainingInputs(encoder, placements, Path(folder), settings.max_tokens).token_ids()
    seekers, jobs = (np.array([len(ids) for ids in side]) for side in sides)
    rows = split.train
    return float(np.mean(seekers[placements.seekers[rows]] + jobs[placements.jobs[rows]]))


def pin_threads(threads: int) -> None:
    """Before TensorFlow is imported: so many threads, and no chatter."""
    os.environ |= {
        "TF_NUM_INTRAOP_THREADS": str(threads),
        "TF_NUM_INTEROP_THREADS": "1",
        "OMP_NUM_THREADS": str(threads),
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }


if __name__ == "__main__":
    stated = TrainCost(**json.loads(sys.argv[2]))
    pin_threads(stated.threads)
    own = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    json.dump(run(sys.argv[1], stated), own)
    own.close()
