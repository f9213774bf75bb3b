"""The other way round: people for one job, by the same limits and the same score that the job has for each of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Vectors
from engine.catalogue.builder import build_catalogue
from engine.explain import Locale
from engine.filtering.compiled import CompiledFilter
from engine.filtering.filter_bitmaps import BitmapFilter
from engine.filtering.filters import JobFilter
from engine.jobs import Job
from engine.recommendation.query import Query
from engine.recommendation.recommend import Recommender
from engine.recommendation.recommendation import RecommendedJob, Telling, explained
from engine.reranking.features import request_of_one
from engine.retrieval.searcher import Found, Plan, PlanKind
from engine.retrieval.segments import Segment
from engine.seekers import Seeker
from engine.skills import seeker_words

# An employer's own posting is judged wherever it is done.
ANYWHERE = JobFilter(modalities=None)


@dataclass(frozen=True, slots=True)
class PersonCandidate:
    """A person and what the job would be to them: score, parts and shared skills."""

    seeker: Seeker
    match: RecommendedJob

    @property
    def seeker_id(self) -> str:
        """Who."""
        return self.seeker.seeker_id


@dataclass(frozen=True, slots=True)
class PersonCandidates:
    """The best people first, how many were judged, and how many of them can take the job."""

    people: list[PersonCandidate]
    considered_count: int
    eligible_count: int


@dataclass(frozen=True, slots=True)
class _OneJob:
    """A searcher over the one job there is."""

    of_job: Vectors

    def search(self, query: Vectors, eligible: CompiledFilter, count: int) -> Found:  # noqa: ARG002
        rows = eligible.bitmap.rows()
        return Found(rows, self.cosines(query, rows), Plan(PlanKind.EXACT))

    def cosines(self, query: Vectors, rows: NDArray[np.int64]) -> Vectors:
        return np.full(len(rows), self.of_job @ query, dtype=np.float32)

    def vector(self, row: int) -> Vectors:  # noqa: ARG002
        return self.of_job

    def search_many(self, queries: Vectors, eligible: Sequence[CompiledFilter], counts: Sequence[int]) -> list[Found]:
        return [self.search(*request) for request in zip(queries, eligible, counts, strict=True)]


def rank_people(
    job: Job,
    job_vector: Vectors,
    people: Iterable[tuple[Seeker, Vectors]],
    recommender: Recommender,
    now: datetime,
    *,
    limit: int,
    enough: int,
) -> PersonCandidates:
    """The best `limit` of the people who can take a job; no more are judged once `enough` can.

    Args:
        people: those nearest to `job_vector` `[dimension]` first, each with their vector `[dimension]`.
        recommender: whose calibration and reranker score.
    """
    one_job = replace(recommender, segments=(segment_of([job], job_vector),))
    found: list[PersonCandidate] = []
    considered = 0
    for seeker, vector in people:
        considered += 1
        query = Query(seeker, vector, 1, ANYWHERE, least_relevance=0.0, tells_nearest=False)
        answer = one_job.recommend(query, now)
        found += [PersonCandidate(seeker, match) for match in answer.jobs]
        if len(found) >= enough:
            break
    best = sorted(found, key=lambda candidate: (-candidate.match.score, candidate.seeker_id))
    return PersonCandidates(best[:limit], considered, len(found))


def match_of(
    job: Job,
    job_vector: Vectors,
    seeker: Seeker,
    seeker_vector: Vectors,
    recommender: Recommender,
    now: datetime,
    locale: Locale = Locale.ES,
) -> RecommendedJob:
    """What a job is to somebody who asks for it, whether they can take it or not; vectors as in `rank_people`."""
    segment, only = segment_of([job], job_vector), np.zeros(1, dtype=np.int64)
    eligibility, words = segment.eligibility(seeker, ANYWHERE, now), seeker_words(seeker)
    found = Found(only, segment.searcher.cosines(seeker_vector, only), Plan(PlanKind.EXACT))
    candidates = recommender.scored(segment, request_of_one(seeker, found, eligibility.hours, now, words))
    breakdowns = recommender.breakdowns(candidates, only)
    (match,) = explained([eligibility], Telling(locale, now, words), candidates, [0], breakdowns)
    return match


def segment_of(jobs: Sequence[Job], job_vector: Vectors) -> Segment:
    """A segment of one job, or of several that are it with something changed."""
    catalogue = build_catalogue(jobs)
    return Segment(catalogue, _OneJob(job_vector), BitmapFilter(catalogue))
