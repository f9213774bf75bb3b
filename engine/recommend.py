"""From a person to the jobs they can do and have the hours for: filter, retrieve, rerank, explain.

The index is behind `JobSearcher`; the clock and the stop-watch are handed in, so an answer depends on nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from engine.availability import HoursRule, HoursShared, week_start
from engine.catalogue import Catalogue, job_of_card
from engine.explain import Locale, Reason, reasons
from engine.filters import JobFilter, eligible_jobs, shared_hours
from engine.relevance import Calibration
from engine.rerank import FORMULA, Candidates, availability_by_schedule, rerank
from engine.rerank_features import FEATURES, Asked, Part, candidate_features
from engine.reranker import Reranker
from engine.seekers import Seeker
from engine.skills import matched_skills, seeker_words

MAX_LIMIT = 100
LEAST_CANDIDATES, CANDIDATES_PER_RESULT = 200, 20
_PART_NAMES = [part.value for part in Part]
# Which features each part is made of, `[features, parts]`.
_FEATURES_OF_PART = np.array([[feature.part is part for part in Part] for feature in FEATURES], dtype=np.float64)

Stage = Callable[[str], AbstractContextManager[object]]


class JobSearcher(Protocol):
    """Nearest jobs by cosine."""

    def search(
        self, seeker_vector: NDArray[np.float32], eligible: NDArray[np.bool_], count: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Rows and cosines of about the `count` nearest among the `eligible` `[N]`, nearest first."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: a person, their vector `[dimension]`, how many jobs, and what they must be like."""

    seeker: Seeker
    seeker_vector: NDArray[np.float32]
    limit: int = 10
    wanted: JobFilter = field(default_factory=JobFilter)
    locale: Locale = Locale.ES


@dataclass(frozen=True, slots=True)
class RecommendedJob:
    """One job with the parts of its score; hours are None where the person or the posting states none.

    `contributions` tell what the reranker added for each part, from `base` on; None where the formula scores.
    """

    card: dict[str, Any]
    score: float
    relevance: float
    availability: float
    hours_shared: float | None
    hours_needed: float | None
    contributions: dict[str, float] | None
    matched_skills: tuple[str, ...]
    reasons: list[Reason]


@dataclass(frozen=True, slots=True)
class Recommendations:
    """The answer, and how many jobs there were, met the hard constraints and were reranked."""

    jobs: list[RecommendedJob]
    catalogue_size: int
    eligible_count: int
    candidate_count: int


@dataclass(frozen=True, slots=True)
class Recommender:
    """One bundle's catalogue, index, calibration and reranker (None: the formula), which belong together."""

    catalogue: Catalogue
    searcher: JobSearcher
    calibration: Calibration
    reranker: Reranker | None = None

    @property
    def reranker_name(self) -> str:
        """What scores: the reranker's family and exact weights, or `formula`."""
        return FORMULA if self.reranker is None else self.reranker.name

    def recommend(self, query: Query, now: datetime, stage: Stage = lambda _: nullcontext()) -> Recommendations:
        """The best jobs for a person at `now` (aware); `stage(name)` is entered around each stage's work."""
        with stage("filter"):
            shared = shared_hours(self.catalogue, query.seeker, now)
            eligible = eligible_jobs(self.catalogue, query.seeker, query.wanted, shared, now)
        with stage("retrieve"):
            count = max(LEAST_CANDIDATES, CANDIDATES_PER_RESULT * query.limit)
            rows, cosines = self.searcher.search(query.seeker_vector, eligible, count)
        with stage("rerank"):
            rules = self.catalogue.schedule_table(week_start(now)).rules
            candidates, features = self._candidates(Asked(query.seeker, rows, cosines, shared, now), rules)
            order = rerank(candidates, query.limit)
            told = self._contributions(features, order)
        with stage("explain"):
            explain = _Explainer(self.catalogue, query, candidates, rules, shared, seeker_words(query.seeker))
            jobs = [explain(int(position), parts) for position, parts in zip(order, told, strict=True)]
        return Recommendations(jobs, len(self.catalogue), int(eligible.sum()), len(rows))

    def _candidates(self, asked: Asked, rules: NDArray[np.uint8]) -> tuple[Candidates, NDArray[np.float32] | None]:
        """The candidates with their scores, and the features `[C, features]` these came from (None: the formula)."""
        columns, rows = self.catalogue.columns, asked.rows
        relevance = self.calibration.relevance(asked.cosines)
        availability = availability_by_schedule(rules, asked.shared)[columns.schedule_number[rows]]
        features, scores = None, relevance * availability
        if self.reranker is not None:
            features = candidate_features(self.catalogue, self.calibration, rules, asked)
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
        base = {"base": self.reranker.base}
        return [base | dict(zip(_PART_NAMES, row, strict=True)) for row in added.tolist()]


@dataclass(frozen=True, slots=True)
class _Explainer:
    """Tells one person why: all that the chosen candidates' reasons are made of."""

    catalogue: Catalogue
    query: Query
    candidates: Candidates
    rules: NDArray[np.uint8]
    shared: HoursShared | None
    words: list[str]

    def __call__(self, position: int, contributions: dict[str, float] | None) -> RecommendedJob:
        row = int(self.candidates.rows[position])
        number = self.catalogue.columns.schedule_number[row]
        rule, shared = HoursRule(self.rules[number]), self.shared
        hours = None if shared is None else float(shared.shared[number])
        needed = None if shared is None or rule is HoursRule.UNSTATED else float(shared.needed[number])
        card = self.catalogue.card(row)
        job = job_of_card(card)
        skills = matched_skills(self.query.seeker, job, self.words)
        return RecommendedJob(
            card=card,
            score=float(self.candidates.scores[position]),
            relevance=float(self.candidates.relevance[position]),
            availability=float(self.candidates.availability[position]),
            hours_shared=None if needed is None else hours,
            hours_needed=needed,
            contributions=contributions,
            matched_skills=skills,
            reasons=reasons(job, skills, rule, hours, needed, self.query.locale),
        )
