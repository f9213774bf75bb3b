"""The other way round: people for one job, by the same limits and the same score that the job has for each of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Vectors
from engine.catalogue.builder import build_catalogue
from engine.filtering.compiled import CompiledFilter
from engine.filtering.filter_bitmaps import BitmapFilter
from engine.filtering.filters import JobFilter
from engine.jobs import Job
from engine.recommendation.query import Query
from engine.recommendation.recommend import Recommender
from engine.recommendation.recommendation import RecommendedJob
from engine.retrieval.searcher import Found, Plan, PlanKind
from engine.retrieval.segments import Segment
from engine.seekers import Seeker

# An employer's own posting is judged wherever it is done.
ANYWHERE = JobFilter(modalities=None)


@dataclass(frozen=True, slots=True)
class PersonCandidate:
    """A person and what the job would be to them: score, parts and shared skills."""

    seeker_id: str
    match: RecommendedJob


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
    catalogue = build_catalogue([job])
    segment = Segment(catalogue, _OneJob(job_vector), BitmapFilter(catalogue))
    one_job = replace(recommender, segments=(segment,))
    found: list[PersonCandidate] = []
    considered = 0
    for seeker, vector in people:
        considered += 1
        query = Query(seeker, vector, 1, ANYWHERE, least_relevance=0.0, tells_nearest=False)
        answer = one_job.recommend(query, now)
        found += [PersonCandidate(seeker.seeker_id, match) for match in answer.jobs]
        if len(found) >= enough:
            break
    best = sorted(found, key=lambda candidate: (-candidate.match.score, candidate.seeker_id))
    return PersonCandidates(best[:limit], considered, len(found))
