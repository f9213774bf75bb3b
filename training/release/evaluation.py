"""What a model folder reaches on the time split of a placement set, query by query, as it will be served.

The flatbuffer is judged, not the training graph: 8-bit weights are what people meet. A query is a person of the test
split; all jobs are ranked but those they were matched with before it. Hard limits (hours, languages) are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray
from tqdm import tqdm

from engine.arrays import Vectors
from engine.artifacts import write_atomically
from engine.encoder.encoder import Tower, TowerEncoder
from engine.errors import ArtifactError
from engine.measures import congestion_at_k, coverage_at_k, exposure_gini_at_k, ndcg_at_k, recall_at_k
from training.data.datasets import PlacementSet, split_by_time
from training.data.text_language import text_language

DEPTH = 10
EVALUATION_FORMAT_VERSION = 1
OTHER_LANGUAGE = "other"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One model on one placement set. `seekers` `[Q]` are the queries' rows; measures are `[Q]`, or over all."""

    model_id: str
    data_version: str
    seekers: NDArray[np.int64]
    languages: list[str]
    recall_at_10: NDArray[np.float64]
    ndcg_at_10: NDArray[np.float64]
    congestion_at_10: float
    coverage_at_10: float
    exposure_gini_at_10: float

    def summary(self) -> dict[str, float]:
        """The means that a registry shows; `served`: by the flatbuffer, unlike the run's own figures."""
        languages = np.array(self.languages)
        by_language = {
            f"served_recall_at_10_{language}": float(self.recall_at_10[languages == language].mean())
            for language in sorted(set(self.languages))
        }
        return {
            "served_recall_at_10": float(self.recall_at_10.mean()),
            "served_ndcg_at_10": float(self.ndcg_at_10.mean()),
            "served_congestion_at_10": self.congestion_at_10,
            "served_coverage_at_10": self.coverage_at_10,
            "served_exposure_gini_at_10": self.exposure_gini_at_10,
            "served_queries": float(len(self.seekers)),
        } | by_language

    def save(self, path: Path) -> None:
        """Write it as JSON."""
        document = {"format_version": EVALUATION_FORMAT_VERSION} | {name: getattr(self, name) for name in _FIELDS}
        write_atomically(path, orjson.dumps(document, option=orjson.OPT_SERIALIZE_NUMPY))

    @classmethod
    def load(cls, path: Path) -> Evaluation:
        """What `save` wrote; raises ArtifactError when it cannot be read."""
        try:
            document: dict[str, Any] = orjson.loads(path.read_bytes())
            if document.pop("format_version") != EVALUATION_FORMAT_VERSION:
                raise ValueError("another format")
            arrays = {"seekers": np.int64, "recall_at_10": np.float64, "ndcg_at_10": np.float64}
            return cls(**document | {name: np.array(document[name], dtype) for name, dtype in arrays.items()})
        except (OSError, ValueError, KeyError, TypeError) as cause:
            raise ArtifactError(f"{path} is no evaluation", fix="delete it and evaluate again") from cause


_FIELDS = tuple(Evaluation.__dataclass_fields__)


def evaluate(model: Path, placements: PlacementSet, threads: int = 2) -> Evaluation:
    """Judge the model folder `model` on the newest 20% of the matches; raises ArtifactError for a damaged model."""
    encoder = TowerEncoder(model, threads)
    split = split_by_time(placements)
    relevant = placements.relevant_jobs(split.test)
    known = placements.relevant_jobs(np.concatenate([split.train, split.validation]))
    query_seekers = np.array(sorted(relevant), dtype=np.int64)
    seeker_texts = [placements.seeker_texts[seeker] for seeker in query_seekers]
    with tqdm(total=len(query_seekers) + len(placements.job_texts), desc="evaluating", unit="text") as progress:
        seekers = encoder.encode(seeker_texts, Tower.SEEKER, progress.update)
        jobs = encoder.encode(placements.job_texts, Tower.JOB, progress.update)
    wanted = [relevant[int(seeker)] for seeker in query_seekers]
    hidden = [known.get(int(seeker), frozenset()) - relevant[int(seeker)] for seeker in query_seekers]
    rankings = _rankings(seekers, jobs, hidden)
    pairs = list(zip(rankings, wanted, strict=True))
    openings = np.ones(len(jobs), dtype=np.int64)  # placements do not say how many people a vacancy takes
    return Evaluation(
        model_id=encoder.model_id,
        data_version=placements.version,
        seekers=query_seekers,
        languages=query_languages(placements, query_seekers, wanted),
        recall_at_10=np.array([recall_at_k([top], [right], DEPTH) for top, right in pairs]),
        ndcg_at_10=np.array([ndcg_at_k([top], [right], DEPTH) for top, right in pairs]),
        congestion_at_10=congestion_at_k(rankings, openings, DEPTH),
        coverage_at_10=coverage_at_k(rankings, len(jobs), DEPTH),
        exposure_gini_at_10=exposure_gini_at_k(rankings, len(jobs), DEPTH),
    )


def _rankings(seekers: Vectors, jobs: Vectors, hidden: list[frozenset[int]]) -> list[list[int]]:
    """The first ten jobs of each person, without those `hidden` from them; people one block at a time."""
    rankings: list[list[int]] = []
    for start in range(0, len(seekers), 512):
        scores = seekers[start : start + 512] @ jobs.T
        for row, jobs_hidden in enumerate(hidden[start : start + 512]):
            scores[row, list(jobs_hidden)] = -np.inf
        rankings += np.argsort(-scores, axis=1, kind="stable")[:, :DEPTH].tolist()
    return rankings


def query_languages(
    placements: PlacementSet, query_seekers: NDArray[np.int64], wanted: list[frozenset[int]]
) -> list[str]:
    """The language of each query: of the person's own words, or where those are too few, of the jobs they got."""
    languages = []
    for seeker, jobs in zip(query_seekers, wanted, strict=True):
        theirs = " ".join(placements.job_texts[job] for job in sorted(jobs))
        languages.append(text_language(placements.seeker_texts[seeker]) or text_language(theirs) or OTHER_LANGUAGE)
    return languages
