"""Held-out placements of the sample world: towers beside the untrained encoder, BM25, popularity and chance.

python -m benchmarks.sample_relevance --data-dir data
"""

from __future__ import annotations

import argparse
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from benchmarks.report import table, write_raw
from engine.catalogue import Catalogue
from engine.filters import JobFilter, eligible_jobs, shared_hours
from engine.measures import mean_reciprocal_rank, ndcg_at_k, recall_at_k
from engine.skills import normalised_words
from store.database import database_url, migrate, open_database
from store.records import Records
from store.sample.world import SAMPLE_NOW
from training.body_outputs import BodyOutputs
from training.datasets import PlacementSet, from_records, split_by_time
from training.pretrained import PretrainedEncoder
from training.runs import load_towers, released_folder
from training.towers import TwoTowers

DEPTH = 10
Scores = NDArray[np.float32]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data-dir", type=Path, default=Path("data"), help="where `chamba sample` put the world")
    parser.add_argument("--run", type=Path, action="append", default=[], help="a run to measure too; repeat it")
    options = parser.parse_args()
    database = open_database(database_url(options.data_dir))
    migrate(database)
    records = Records(database)
    placements = from_records(records)
    split = split_by_time(placements)
    relevant = placements.relevant_jobs(split.test)
    known = placements.relevant_jobs(np.concatenate([split.train, split.validation]))
    asked = np.array(sorted(relevant))
    eligible = _eligible(records, asked)
    results = {}
    for name, scores in _methods(placements, asked, options.data_dir / "cache", options.run).items():
        for row, seeker in enumerate(asked):
            scores[row, list(known.get(int(seeker), frozenset()) - relevant[int(seeker)])] = -np.inf
        wanted = [relevant[int(seeker)] for seeker in asked]
        results[name] = _measures(scores, wanted) | {
            "recall_at_10_eligible": _measures(np.where(eligible, scores, -np.inf), wanted)["recall_at_10"]
        }
    raw = {"data_version": placements.version, "seekers": len(asked), "jobs": len(placements.job_texts)} | results
    header = ["method", "recall@10", "MRR", "nDCG@10", "recall@10 among eligible jobs"]
    print(f"{len(asked)} people, {len(placements.job_texts)} jobs, the newest 20% of the matches\n")
    print(table(header, [[name, *measured.values()] for name, measured in results.items()]))
    print(f"\nraw results: {write_raw(options.data_dir / 'benchmarks', 'sample-relevance', raw)}")


def _methods(placements: PlacementSet, asked: NDArray[np.int64], cache: Path, runs: list[Path]) -> dict[str, Scores]:
    """The scores `[asked, jobs]` of every method."""
    random = np.random.default_rng(0)
    shape = (len(asked), len(placements.job_texts))
    train = split_by_time(placements).train
    popularity = np.bincount(placements.jobs[train], minlength=shape[1]).astype(np.float32)
    methods = {
        "chance": random.random(shape, dtype=np.float32),
        "popularity": popularity + random.random(shape, dtype=np.float32) * 0.01,
        "BM25": _bm25(placements, asked),
    }
    for name, folder in [("released towers", released_folder()), *((f"run {run.name}", run) for run in runs)]:
        encoder, towers, _, document = load_towers(folder)
        outputs = BodyOutputs(encoder, cache, document["config"]["max_tokens"])
        methods.setdefault(
            "untrained encoder", _tower_scores(placements, asked, encoder, TwoTowers(encoder.dimension), outputs)
        )
        methods[name] = _tower_scores(placements, asked, encoder, towers, outputs)
    return methods


def _tower_scores(
    placements: PlacementSet,
    asked: NDArray[np.int64],
    encoder: PretrainedEncoder,
    towers: TwoTowers,
    outputs: BodyOutputs,
) -> Scores:
    seeker_texts = [placements.seeker_texts[seeker] for seeker in asked]
    seekers = np.asarray(towers.seeker_head(outputs(seeker_texts, encoder.seeker_prefix)))
    jobs = np.asarray(towers.job_head(outputs(placements.job_texts, encoder.job_prefix)))
    return np.asarray(seekers @ jobs.T, dtype=np.float32)


def _bm25(placements: PlacementSet, asked: NDArray[np.int64]) -> Scores:
    """BM25 (k1 1.5, b 0.75, the library's defaults) over words without accents."""
    index = bm25s.BM25()
    index.index([normalised_words(text) for text in placements.job_texts], show_progress=False)
    queries = [normalised_words(placements.seeker_texts[seeker]) for seeker in asked]
    return np.stack([index.get_scores(query) for query in queries]).astype(np.float32)


def _eligible(records: Records, asked: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which jobs each asked person can take at all, `[asked, jobs]`."""
    catalogue = Catalogue.build(list(records.iter_jobs()))
    seekers = [stored.seeker for stored in records.iter_seekers()]
    anything = JobFilter(modalities=None)
    return np.stack(
        [
            eligible_jobs(
                catalogue,
                seekers[seeker],
                anything,
                shared_hours(catalogue, seekers[seeker], SAMPLE_NOW),
                SAMPLE_NOW,
            )
            for seeker in asked
        ]
    )


def _measures(scores: Scores, relevant: list[frozenset[int]]) -> dict[str, float]:
    top = np.argsort(-scores, axis=1, kind="stable")[:, :100].tolist()
    return {
        "recall_at_10": recall_at_k(top, relevant, DEPTH),
        "mrr": mean_reciprocal_rank(top, relevant),
        "ndcg_at_10": ndcg_at_k(top, relevant, DEPTH),
    }


if __name__ == "__main__":
    main()
