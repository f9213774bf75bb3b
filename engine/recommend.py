"""From a person to the jobs they can do and have the hours for: filter, retrieve, rerank, explain.

The index is behind `JobSearcher`; the clock and the stop-watch are handed in, so an answer depends on nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray

from engine.availability import HoursRule
from engine.explain import Locale, Reason, personal_reasons
from engine.filters import JobFilter
from engine.job_cards import told_job
from engine.judged_hours import JudgedHours
from engine.relevance import Calibration
from engine.rerank import FORMULA, Candidates, rerank
from engine.rerank_features import FEATURES, Asked, Part, candidate_features
from engine.reranker import Reranker
from engine.retrieval import Found, Plan
from engine.seekers import Seeker
from engine.segments import Judged, Segment
from engine.skills import SeekerWords, seeker_words

MAX_LIMIT = 100
SCORE_DECIMALS, HOURS_DECIMALS = 4, 2  # of what is told; the order is that of the scores themselves
LEAST_CANDIDATES, CANDIDATES_PER_RESULT = 200, 20
# Enums are slow to look into, thirty times a request.
_UNSTATED = int(HoursRule.UNSTATED)
_PART_NAMES = [part.value for part in Part]
# Which features each part is made of, `[features, parts]`.
_FEATURES_OF_PART = np.array([[feature.part is part for part in Part] for feature in FEATURES], dtype=np.float64)

Stage = Callable[[str], AbstractContextManager[object]]


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: a person, their vector `[dimension]`, how many jobs, and what they must be like."""

    seeker: Seeker
    seeker_vector: NDArray[np.float32]
    limit: int = 10
    wanted: JobFilter = field(default_factory=JobFilter)
    locale: Locale = Locale.ES


class RecommendedJob(NamedTuple):
    """One job with the parts of its score, rounded; hours are None where the person or the posting states none.

    `card_json` is what answers show of it. `contributions` tell what the reranker added for each part, from `base` on;
    None where the formula scores.
    """

    job_id: str
    card_json: bytes
    score: float
    relevance: float
    availability: float
    hours_shared: float | None
    hours_needed: float | None
    contributions: dict[str, float] | None
    matched_skills: tuple[str, ...]
    reasons: list[Reason]

    @property
    def card(self) -> dict[str, Any]:
        """The card, read."""
        card: dict[str, Any] = orjson.loads(self.card_json)
        return card


@dataclass(frozen=True, slots=True)
class Recommendations:
    """The answer, how many jobs there were, met the hard constraints and were reranked, and how each segment's
    were found."""

    jobs: list[RecommendedJob]
    catalogue_size: int
    eligible_count: int
    candidate_count: int
    plans: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class Recommender:
    """Segments of jobs under one model's calibration and reranker (None: the formula); an answer draws on all."""

    segments: tuple[Segment, ...]
    calibration: Calibration
    reranker: Reranker | None = None

    @property
    def reranker_name(self) -> str:
        """What scores: the reranker's family and exact weights, or `formula`."""
        return FORMULA if self.reranker is None else self.reranker.name

    @property
    def size(self) -> int:
        """How many jobs there are, those that have closed since the bundle was built left out only where known."""
        return sum(
            len(segment.catalogue) if segment.alive is None else int(np.bitwise_count(segment.alive).sum())
            for segment in self.segments
        )

    def recommend(self, query: Query, now: datetime, stage: Stage = lambda _: nullcontext()) -> Recommendations:
        """The best jobs for a person at `now` (aware); `stage(name)` is entered around each stage's work."""
        with stage("filter"):
            judged = [segment.judged(query.seeker, query.wanted, now) for segment in self.segments]
        with stage("retrieve"):
            count = max(LEAST_CANDIDATES, CANDIDATES_PER_RESULT * query.limit)
            found = _nearest_of_all(judged, query.seeker_vector, count)
        with stage("rerank"):
            words = seeker_words(query.seeker)
            parts = [
                self._candidates(part, Asked(query.seeker, hits.rows, hits.cosines, part.hours, now, words))
                for part, hits in zip(judged, found, strict=True)
            ]
            candidates, features, number = _joined(parts)
            order = rerank(candidates, query.limit)
            contributions = self._contributions(features, order)
        with stage("explain"):
            jobs = _explained(judged, query.locale, words, candidates, order, number, contributions)
        eligible_count = sum(part.eligible.count for part in judged)
        return Recommendations(jobs, self.size, eligible_count, len(number), tuple(hits.plan for hits in found))

    def _candidates(self, part: Judged, asked: Asked) -> tuple[Candidates, NDArray[np.float32] | None]:
        """The candidates with their scores, and the features `[C, features]` these came from (None: the formula)."""
        catalogue, rows = part.segment.catalogue, asked.rows
        columns = catalogue.columns
        relevance = self.calibration.relevance(asked.cosines)
        availability = part.hours.availability[columns.schedule_number[rows]]
        features, scores = None, relevance * availability
        if self.reranker is not None:
            features = candidate_features(catalogue, self.calibration, asked)
            scores = self.reranker.scores(features)
        posted_at, group = columns.posted_at[rows], columns.duplicate_group[rows]
        return Candidates(rows, relevance, availability, scores, posted_at, group), features

    def _contributions(
        self, features: NDArray[np.float32] | None, order: NDArray[np.int64]
    ) -> list[dict[str, float]] | list[None]:
        """What the reranker's base and each part add to the score of every chosen candidate."""
        if self.reranker is None or features is None:
            return [None] * len(order)
        added = self.reranker.model.contributions(features[order]) @ _FEATURES_OF_PART
        base = {"base": round(self.reranker.base, SCORE_DECIMALS)}
        return [base | dict(zip(_PART_NAMES, row, strict=True)) for row in _rounded(added, SCORE_DECIMALS)]


def _nearest_of_all(judged: Sequence[Judged], query: NDArray[np.float32], count: int) -> list[Found]:
    """The nearest jobs of each segment that are among the `count` nearest of all."""
    found = [part.nearest(query, count) for part in judged]
    if sum(len(hits.rows) for hits in found) <= count:
        return found
    cosines = np.concatenate([hits.cosines for hits in found])
    least = np.partition(cosines, len(cosines) - count)[len(cosines) - count]
    kept = [hits.cosines >= least for hits in found]
    return [Found(hits.rows[keep], hits.cosines[keep], hits.plan) for hits, keep in zip(found, kept, strict=True)]


def _joined(
    parts: Sequence[tuple[Candidates, NDArray[np.float32] | None]],
) -> tuple[Candidates, NDArray[np.float32] | None, list[int]]:
    """The candidates of all segments as one, their features, and the segment of each."""
    if len(parts) == 1:
        return *parts[0], [0] * len(parts[0][0].rows)
    candidates = Candidates.joined([candidates for candidates, _ in parts])
    features = [features for _, features in parts if features is not None]
    number = [segment for segment, (candidates, _) in enumerate(parts) for _ in range(len(candidates.rows))]
    return candidates, np.concatenate(features) if features else None, number


def _explained(
    judged: Sequence[Judged],
    locale: Locale,
    words: SeekerWords,
    candidates: Candidates,
    order: NDArray[np.int64],
    number: Sequence[int],
    contributions: Sequence[dict[str, float] | None],
) -> list[RecommendedJob]:
    """The chosen candidates, each with why; `number` is the segment of every candidate."""
    parts = (candidates.scores, candidates.relevance, candidates.availability)
    told = zip(*(_rounded(part[order], SCORE_DECIMALS) for part in parts), contributions, strict=True)
    jobs = []
    for position, row, (score, relevance, availability, added) in zip(
        order.tolist(), candidates.rows[order].tolist(), told, strict=True
    ):
        part = judged[number[position]]
        catalogue = part.segment.catalogue
        shared, needed = _shared_and_needed(part.hours, int(catalogue.columns.schedule_number[row]))
        job = told_job(catalogue.told[row], locale)
        skills = words.matched(job.skills, job.words)
        why = personal_reasons(job.wording, skills, shared, needed, locale) + job.reasons
        hours = None if needed is None else shared
        jobs.append(
            RecommendedJob(
                job.job_id, catalogue.cards[row], score, relevance, availability, hours, needed, added, skills, why
            )
        )
    return jobs


def _shared_and_needed(hours: JudgedHours, schedule: int) -> tuple[float | None, float | None]:
    """Hours shared with a schedule and hours it needs."""
    if hours.shared is None:
        return None, None
    shared = round(float(hours.shared.shared[schedule]), HOURS_DECIMALS)
    if hours.rules[schedule] == _UNSTATED:
        return shared, None
    return shared, round(float(hours.shared.needed[schedule]), HOURS_DECIMALS)


def _rounded(values: NDArray[np.floating[Any]], decimals: int) -> list[Any]:
    rounded: list[Any] = np.round(values.astype(np.float64), decimals).tolist()
    return rounded
