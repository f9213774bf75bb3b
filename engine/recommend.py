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
from engine.rerank import Candidates, availability_by_schedule, rerank
from engine.seekers import Seeker
from engine.skills import matched_skills

MAX_LIMIT = 100
LEAST_CANDIDATES, CANDIDATES_PER_RESULT = 200, 20

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
    """One job with the parts of its score; hours are None where the person or the posting states none."""

    card: dict[str, Any]
    score: float
    relevance: float
    availability: float
    hours_shared: float | None
    hours_needed: float | None
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
    """One bundle's catalogue, index and calibration, which belong together."""

    catalogue: Catalogue
    searcher: JobSearcher
    calibration: Calibration

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
            candidates = self._candidates(rows, cosines, rules, shared)
            order = rerank(candidates, query.limit)
        with stage("explain"):
            jobs = [self._explained(candidates, int(position), query, rules, shared) for position in order]
        return Recommendations(jobs, len(self.catalogue), int(eligible.sum()), len(rows))

    def _candidates(
        self,
        rows: NDArray[np.int64],
        cosines: NDArray[np.float32],
        rules: NDArray[np.uint8],
        shared: HoursShared | None,
    ) -> Candidates:
        columns = self.catalogue.columns
        return Candidates(
            rows=rows,
            relevance=self.calibration.relevance(cosines),
            availability=availability_by_schedule(rules, shared)[columns.schedule_number[rows]],
            posted_at=columns.posted_at[rows],
            duplicate_group=columns.duplicate_group[rows],
        )

    def _explained(
        self,
        candidates: Candidates,
        position: int,
        query: Query,
        rules: NDArray[np.uint8],
        shared: HoursShared | None,
    ) -> RecommendedJob:
        row = int(candidates.rows[position])
        number = self.catalogue.columns.schedule_number[row]
        rule = HoursRule(rules[number])
        hours = None if shared is None else float(shared.shared[number])
        needed = None if shared is None or rule is HoursRule.UNSTATED else float(shared.needed[number])
        card = self.catalogue.card(row)
        job = job_of_card(card)
        skills = matched_skills(query.seeker, job)
        return RecommendedJob(
            card=card,
            score=float(candidates.scores[position]),
            relevance=float(candidates.relevance[position]),
            availability=float(candidates.availability[position]),
            hours_shared=None if needed is None else hours,
            hours_needed=needed,
            matched_skills=skills,
            reasons=reasons(job, skills, rule, hours, needed, query.locale),
        )
