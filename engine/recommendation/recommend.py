"""From a person to the jobs they can do and have the hours for: filter, retrieve, rerank, explain.

The index is behind `JobSearcher`; the clock and the stop-watch are handed in, so an answer depends on nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime

import numpy as np

from engine.arrays import BoolArray, Rows, Vectors
from engine.catalogue.thin_ads import without_thinness
from engine.recommendation.nearest import (
    MOST_NEAREST,
    NEAR_SHARE,
    LackedSkill,
    NearestJob,
    lacked_skill,
    narrowly_missed_jobs,
    unlike_jobs,
)
from engine.recommendation.query import Query
from engine.recommendation.recommendation import RecommendedJob, ScoreBreakdown, Telling
from engine.recommendation.similar import explained_places
from engine.recommendation.sorting import best_jobs
from engine.recommendation.unlocks import Unlock, unlocks
from engine.relevance import Calibration, MatchCalibration
from engine.reranking.copies import Ads
from engine.reranking.features import FEATURES, FeatureGroup, RerankRequest, candidate_features, request_of_one
from engine.reranking.model import Reranker
from engine.reranking.order import FORMULA, JobCandidates
from engine.retrieval.lexical_search import LEXICAL_WEIGHTS, LexicalWeights, QueryTerms, with_evidence
from engine.retrieval.searcher import Found, Plan
from engine.retrieval.segments import Eligibility, Segment
from engine.search.lexicon import CatalogueLexicon
from engine.skills import seeker_words

MAX_LIMIT = 100
LEAST_CANDIDATES, CANDIDATES_PER_RESULT = 200, 20
# Where copies leave an answer short, so many times the candidates are looked at next.
WIDENING = 8
_GROUP_NAMES = [group.value for group in FeatureGroup]
# Which features each group is made of, `[features, groups]`.
_FEATURES_OF_GROUP = np.array(
    [[feature.group is group for group in FeatureGroup] for feature in FEATURES], dtype=np.float64
)

Stage = Callable[[str], AbstractContextManager[object]]


@dataclass(frozen=True, slots=True)
class Recommendations:
    """The answer, how many jobs there were, met the hard constraints and were reranked, and how each segment's
    were found.

    `jobs` are called matches; `nearest` are not, and stand apart. `unlocks`: what would open more (None: not asked).
    """

    jobs: list[RecommendedJob]
    catalogue_size: int
    eligible_count: int
    candidate_count: int
    plans: tuple[Plan, ...]
    least_relevance: float = 0.0
    nearest: list[NearestJob] = field(default_factory=list)
    unlocks: list[Unlock] | None = None
    lacked_skill: LackedSkill | None = None

    @property
    def shown(self) -> list[tuple[str, float]]:
        """The ids and exact scores of all jobs that have a place in the answer, in its order."""
        return [(job.job_id, job.score) for job in (*self.jobs, *(near.job for near in self.nearest))]

    @classmethod
    def of(
        cls, recommender: Recommender, eligible: int, found: Sequence[Found], jobs: list[RecommendedJob], least: float
    ) -> Recommendations:
        """The answer for a person who can take so many jobs, after what each segment's search `found`."""
        candidates = sum(len(hits.rows) for hits in found)
        plans = tuple(hits.plan for hits in found)
        return cls(jobs, recommender.size, eligible, candidates, plans, least)


@dataclass(frozen=True, slots=True)
class Recommender:
    """Segments of jobs under one model's calibration and reranker (None: the formula); an answer draws on all.

    `lexical_weights`: what the terms of a query add where a job has them. `match_calibration`: which relevance people
    judged to be right (None: nobody did).
    """

    segments: tuple[Segment, ...]
    calibration: Calibration
    reranker: Reranker | None = None
    lexical_weights: LexicalWeights = LEXICAL_WEIGHTS
    match_calibration: MatchCalibration | None = None

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
            eligibilities = [
                segment.eligibility(query.seeker, query.wanted, now, query.excluded) for segment in self.segments
            ]
            eligible = eligible_count(eligibilities)
        words = seeker_words(query.seeker)
        query_terms = self.query_terms(query.seeker.text) if query.by_words else None
        count, least = candidates_for(query.limit), self.least_relevance(query)
        while True:
            with stage("retrieve"):
                found = self._nearest(query, query_terms, eligibilities, count)
            with stage("rerank"):
                scored = [
                    self.scored(eligibility.segment, request_of_one(query.seeker, hits, eligibility.hours, now, words))
                    for eligibility, hits in zip(eligibilities, found, strict=True)
                ]
                candidates = JobCandidates.joined(scored)
                matches = self.matches(candidates, least)
                best = best_jobs(candidates, eligibilities, query.limit, query.sort, matches)
                breakdowns = self.breakdowns(candidates, best.order)
            if not self.needs_more(len(best.order), query, found, eligible):
                break
            count *= WIDENING
        with stage("explain"):
            telling = Telling(query.locale, now, words, query_terms, query.is_for_me, query.asks_languages)
            jobs = explained_places(eligibilities, telling, candidates, best, breakdowns)
            answer = Recommendations.of(self, eligible, found, jobs, least)
            return self.with_nearest(answer, query, telling, eligibilities, candidates, best.order)

    def with_nearest(
        self,
        answer: Recommendations,
        query: Query,
        telling: Telling,
        eligibilities: Sequence[Eligibility],
        candidates: JobCandidates,
        order: Rows,
        among: Rows | None = None,
    ) -> Recommendations:
        """The answer with what comes nearest, and what would open more, where its matches are fewer than asked for.

        `order`: the positions in `candidates` of its jobs; `among`: the person's own; None: all.
        """
        is_short = query.tells_nearest and len(answer.jobs) < query.limit
        if not (is_short or query.tells_unlocks):
            return answer
        least, room = answer.least_relevance, min(MOST_NEAREST, query.limit - len(answer.jobs))
        asked = (query.seeker, query.seeker_vector, eligibilities, least)
        nearest: list[NearestJob] = []
        shown: list[tuple[Ads, Rows]] = [(candidates, order)]
        skill, opening = None, None
        if is_short:
            near = self.near(candidates, least, among)
            if not query.by_words:
                nearest = narrowly_missed_jobs(self, telling, *asked, room, shown)
                skill = lacked_skill(telling, eligibilities, candidates, near)
            room -= len(nearest)
            nearest += unlike_jobs(self, telling, eligibilities, candidates, near, room, shown)
        if not query.by_words:
            opening = unlocks(eligibilities, query.seeker_vector, self.relevance, least)
        return replace(answer, nearest=nearest, unlocks=opening, lacked_skill=skill)

    def needs_more(self, answered: int, query: Query, found: Sequence[Found], eligible: int) -> bool:
        """Whether too few different jobs were among the candidates, as where many are copies, and others may match."""
        cosines = np.concatenate([hits.cosines for hits in found])
        if answered == query.limit or not 0 < len(cosines) < eligible:
            return False
        return bool(self.is_match(cosines.min(keepdims=True), self.least_relevance(query)).all())

    def least_relevance(self, query: Query) -> float:
        """What a job's relevance must be to be called a match; 0: any."""
        if query.least_relevance is not None:
            return query.least_relevance
        return 0.0 if self.match_calibration is None else self.match_calibration.least

    def is_match(self, cosines: Vectors, least: float) -> BoolArray:
        """Whether each is relevant enough to be called a match."""
        relevant: BoolArray = self.relevance(cosines) >= np.float32(least)
        return relevant

    def matches(self, candidates: JobCandidates, least: float, among: Rows | None = None) -> Rows | None:
        """The positions, of those `among` (None: all), of the candidates that are called matches; None: all."""
        assert candidates.cosines is not None
        if not least:
            return among
        if among is not None:
            return among[self.is_match(candidates.cosines[among], least)]
        relevant = self.is_match(candidates.cosines, least)
        return None if relevant.all() else np.flatnonzero(relevant)

    def near(self, candidates: JobCandidates, least: float, among: Rows | None) -> Rows:
        """The positions of the candidates that are no matches and come near to one."""
        assert candidates.cosines is not None
        own = np.arange(len(candidates.rows)) if among is None else among
        cosines = candidates.cosines[own]
        return own[self.is_match(cosines, least * NEAR_SHARE) & ~self.is_match(cosines, least)]

    def relevance(self, cosines: Vectors) -> Vectors:
        """Relevance from 0 to 1: as people judged it, or as placements place it."""
        if self.match_calibration is None:
            return self.calibration.relevance(cosines)
        return self.match_calibration.right_share(self.calibration.log_odds(cosines))

    @property
    def lexicon(self) -> CatalogueLexicon:
        """The words that jobs have, those of the newest ads too."""
        return CatalogueLexicon(*(segment.catalogue for segment in self.segments))

    def _nearest(
        self, query: Query, query_terms: QueryTerms | None, eligibilities: Sequence[Eligibility], count: int
    ) -> list[Found]:
        """The nearest jobs of each segment, `count` in all, and with query terms those that have them."""
        found = nearest_of_all(
            [eligibility.nearest(query.seeker_vector, count) for eligibility in eligibilities], count
        )
        if query_terms is None and not query.stated_first:
            return found
        matching = (query_terms, query.seeker_vector, self.calibration, self.lexical_weights)
        return with_evidence(eligibilities, found, *matching, count, stated_first=query.stated_first)

    def query_terms(self, text: str) -> QueryTerms:
        """The terms of a text; how rare each is, the bundle's jobs say: fresh ones come and go."""
        catalogue = self.segments[0].catalogue
        return QueryTerms.of(text, catalogue.inverted_index, len(catalogue))

    def scored(self, segment: Segment, request: RerankRequest) -> JobCandidates:
        """The candidates of a segment with their scores."""
        catalogue, job_vectors = segment.catalogue, (segment.searcher,)
        records = catalogue.records.take(request.rows)
        cosines = without_thinness(request.cosines, records["thinness_log_odds"], self.calibration)
        request = replace(request, cosines=cosines)
        features = None
        if self.reranker is not None:
            features = candidate_features(catalogue, records, self.calibration, request)
            scores = self.reranker.scores(features)
        else:
            availability = request.of_each([hours.availability for hours in request.hours], records["schedule_number"])
            scores = self.relevance(request.cosines) * availability
        return JobCandidates(
            request.rows, scores, records["posted_at"], records, request.cosines, features, job_vectors=job_vectors
        )

    def breakdowns(self, candidates: JobCandidates, order: Rows) -> list[ScoreBreakdown]:
        """The score of each candidate of `order`, and what the reranker's base and each group of features add to it."""
        assert candidates.cosines is not None
        scores = candidates.scores[order].tolist()
        relevance = self.relevance(candidates.cosines[order]).tolist()
        if self.reranker is None or candidates.features is None:
            return [ScoreBreakdown(*pair, None) for pair in zip(scores, relevance, strict=True)]
        added = self.reranker.model.contributions(candidates.features[order]) @ _FEATURES_OF_GROUP
        base = {"base": self.reranker.base}
        contributions = [base | dict(zip(_GROUP_NAMES, row, strict=True)) for row in added.tolist()]
        return [ScoreBreakdown(*one) for one in zip(scores, relevance, contributions, strict=True)]


def candidates_for(limit: int) -> int:
    """How many jobs are reranked for so many results."""
    return max(LEAST_CANDIDATES, CANDIDATES_PER_RESULT * limit)


def eligible_count(eligibilities: Sequence[Eligibility]) -> int:
    """How many jobs a person can take."""
    return sum(eligibility.eligible.count for eligibility in eligibilities)


def nearest_of_all(found: Sequence[Found], count: int) -> list[Found]:
    """Of the nearest jobs of each segment those that are among the `count` nearest of all."""
    if sum(len(hits.rows) for hits in found) <= count:
        return list(found)
    cosines = np.concatenate([hits.cosines for hits in found])
    least = np.partition(cosines, len(cosines) - count)[len(cosines) - count]
    masks = [hits.cosines >= least for hits in found]
    return [Found(hits.rows[mask], hits.cosines[mask], hits.plan) for hits, mask in zip(found, masks, strict=True)]
