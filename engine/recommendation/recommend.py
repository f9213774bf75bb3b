"""From a person to the jobs they can do and have the hours for: filter, retrieve, rerank, explain.

The index is behind `JobSearcher`; the clock and the stop-watch are handed in, so an answer depends on nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Rows
from engine.catalogue.catalogue import Catalogue
from engine.explain import Locale
from engine.filtering.filters import JobFilter
from engine.recommendation.recommendation import RecommendedJob, Worth, explained
from engine.relevance import Calibration
from engine.reranking.features import FEATURES, Asked, Part, asked_by_one, candidate_features
from engine.reranking.model import Reranker
from engine.reranking.order import FORMULA, Candidates, rerank
from engine.retrieval.searcher import Found, Plan
from engine.retrieval.segments import Judged, Segment
from engine.retrieval.word_search import EVIDENCE, Evidence, LookedFor, with_words
from engine.seekers import Seeker
from engine.skills import seeker_words

MAX_LIMIT = 100
LEAST_CANDIDATES, CANDIDATES_PER_RESULT = 200, 20
_PART_NAMES = [part.value for part in Part]
# Which features each part is made of, `[features, parts]`.
_FEATURES_OF_PART = np.array([[feature.part is part for part in Part] for feature in FEATURES], dtype=np.float64)

Stage = Callable[[str], AbstractContextManager[object]]


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: a person, their vector `[dimension]`, how many jobs, and what they must be like.

    `excluded`: the ids of jobs that are not for this person, whatever they are like. `by_words`: the person's text is
    what they look for, and jobs that say it are found too.
    """

    seeker: Seeker
    seeker_vector: NDArray[np.float32]
    limit: int = 10
    wanted: JobFilter = field(default_factory=JobFilter)
    locale: Locale = Locale.ES
    excluded: frozenset[str] = frozenset()
    by_words: bool = False


@dataclass(frozen=True, slots=True)
class Recommendations:
    """The answer, how many jobs there were, met the hard constraints and were reranked, and how each segment's
    were found."""

    jobs: list[RecommendedJob]
    catalogue_size: int
    eligible_count: int
    candidate_count: int
    plans: tuple[Plan, ...]

    @classmethod
    def of(
        cls, recommender: Recommender, eligible: int, found: Sequence[Found], jobs: list[RecommendedJob]
    ) -> Recommendations:
        """The answer for a person who can take so many jobs, after what each segment's search `found`."""
        candidates = sum(len(hits.rows) for hits in found)
        return cls(jobs, recommender.size, eligible, candidates, tuple(hits.plan for hits in found))


@dataclass(frozen=True, slots=True)
class Recommender:
    """Segments of jobs under one model's calibration and reranker (None: the formula); an answer draws on all.

    `evidence`: what saying what somebody looks for is worth.
    """

    segments: tuple[Segment, ...]
    calibration: Calibration
    reranker: Reranker | None = None
    evidence: Evidence = EVIDENCE

    @property
    def reranker_name(self) -> str:
        """What scores: the reranker's family and exact weights, or `formula`."""
        return FORMULA if self.reranker is None else self.reranker.name

    @property
    def size(self) -> int:
        """How many jobs there are, those that have closed since the bundle was built left out only where known."""
        return sum(segment.size for segment in self.segments)

    def recommend(self, query: Query, now: datetime, stage: Stage = lambda _: nullcontext()) -> Recommendations:
        """The best jobs for a person at `now` (aware); `stage(name)` is entered around each stage's work."""
        with stage("filter"):
            judged = [segment.judged(query.seeker, query.wanted, now, query.excluded) for segment in self.segments]
            eligible = eligible_count(judged)
        with stage("retrieve"):
            count = candidates_for(query.limit)
            found = nearest_of_all([part.nearest(query.seeker_vector, count) for part in judged], count)
            looked_for = self.looked_for(query.seeker.text) if query.by_words else None
            if looked_for is not None:
                said = (looked_for, query.seeker_vector, self.calibration, self.evidence)
                found = with_words(judged, found, *said, count)
        with stage("rerank"):
            words = seeker_words(query.seeker)
            scored = [
                self.scored(part.segment.catalogue, asked_by_one(query.seeker, hits, part.hours, now, words))
                for part, hits in zip(judged, found, strict=True)
            ]
            candidates = Candidates.joined(scored)
            order = rerank(candidates, query.limit)
            worth = self.worth(candidates, order)
        with stage("explain"):
            jobs = explained(judged, query.locale, words, candidates, order.tolist(), worth, looked_for=looked_for)
        return Recommendations.of(self, eligible, found, jobs)

    def looked_for(self, text: str) -> LookedFor:
        """The words of a text; how rare each is, the bundle's jobs say: fresh ones come and go."""
        catalogue = self.segments[0].catalogue
        return LookedFor.of(text, catalogue.words, len(catalogue))

    def scored(self, catalogue: Catalogue, asked: Asked) -> Candidates:
        """The candidates of a segment's `catalogue` with their scores."""
        records = catalogue.records.take(asked.rows)
        features = None
        if self.reranker is not None:
            features = candidate_features(catalogue, records, self.calibration, asked)
            scores = self.reranker.scores(features)
        else:
            availability = asked.of_each([hours.availability for hours in asked.hours], records["schedule_number"])
            scores = self.calibration.relevance(asked.cosines) * availability
        return Candidates(asked.rows, scores, records["posted_at"], records["duplicate_group"], asked.cosines, features)

    def worth(self, candidates: Candidates, order: Rows) -> list[Worth]:
        """What each candidate of `order` is worth, and what the reranker's base and each part add to that."""
        assert candidates.cosines is not None
        scores = candidates.scores[order].tolist()
        relevance = self.calibration.relevance(candidates.cosines[order]).tolist()
        if self.reranker is None or candidates.features is None:
            return [Worth(*pair, None) for pair in zip(scores, relevance, strict=True)]
        added = self.reranker.model.contributions(candidates.features[order]) @ _FEATURES_OF_PART
        base = {"base": self.reranker.base}
        told = [base | dict(zip(_PART_NAMES, row, strict=True)) for row in added.tolist()]
        return [Worth(*one) for one in zip(scores, relevance, told, strict=True)]


def candidates_for(limit: int) -> int:
    """How many jobs are reranked for so many results."""
    return max(LEAST_CANDIDATES, CANDIDATES_PER_RESULT * limit)


def eligible_count(judged: Sequence[Judged]) -> int:
    """How many jobs a person can take."""
    return sum(part.eligible.count for part in judged)


def nearest_of_all(found: Sequence[Found], count: int) -> list[Found]:
    """Of the nearest jobs of each segment those that are among the `count` nearest of all."""
    if sum(len(hits.rows) for hits in found) <= count:
        return list(found)
    cosines = np.concatenate([hits.cosines for hits in found])
    least = np.partition(cosines, len(cosines) - count)[len(cosines) - count]
    kept = [hits.cosines >= least for hits in found]
    return [Found(hits.rows[keep], hits.cosines[keep], hits.plan) for hits, keep in zip(found, kept, strict=True)]
