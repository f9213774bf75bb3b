"""The other ads of a recommended job: one takes the place, and the person can open the rest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.arrays import Rows
from engine.recommendation.recommendation import RecommendedJob, ScoreBreakdown, SimilarJob, Telling, explained
from engine.reranking.copies import Places
from engine.reranking.order import JobCandidates, ranked
from engine.retrieval.segments import Eligibility

MOST_SIMILAR = 10


def explained_places(
    eligibilities: Sequence[Eligibility],
    telling: Telling,
    candidates: JobCandidates,
    best: Places,
    breakdowns: Sequence[ScoreBreakdown],
) -> list[RecommendedJob]:
    """The candidates that take the `best` places, each with its score, why, and its other ads, the best of them."""
    jobs = explained(eligibilities, telling, candidates, best.order.tolist(), breakdowns)
    return [
        job if copies is None else job._replace(similar=_named(eligibilities, candidates, copies))
        for job, copies in zip(jobs, map(best.copies.get, best.order.tolist()), strict=True)
    ]


def _named(eligibilities: Sequence[Eligibility], candidates: JobCandidates, copies: Rows) -> tuple[SimilarJob, ...]:
    best = ranked(candidates, copies)[:MOST_SIMILAR]
    segments = np.zeros_like(best) if candidates.segment is None else candidates.segment[best]
    rows = zip(segments.tolist(), candidates.rows[best].tolist(), strict=True)
    return tuple(SimilarJob(*eligibilities[segment].segment.catalogue.name(row)) for segment, row in rows)
