"""The order of an answer: by the score, or by pay in soles an hour or a month among the best by the score.

Pay is compared as cards show it (`comparable_pay`): by the least of a range, then by the most of it. Jobs whose pay is
not known, or only by hours that nobody told, come last, by their score.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
import orjson

from engine.arrays import Rows
from engine.comparable_pay import HoursBasis
from engine.reranking.copies import Places
from engine.reranking.order import JobCandidates, rerank
from engine.retrieval.segments import Eligibility

# Sorted are so many times the wanted, the best by the score: who sorts by pay still looks for what fits.
SORTED_PER_RESULT = 5
_UNKNOWN = (-1.0, -1.0)


class JobSort(StrEnum):
    """What an answer's jobs are put in order by."""

    BEST = "best"
    PAY_PER_HOUR = "pay_per_hour"
    PAY_PER_MONTH = "pay_per_month"


def best_jobs(
    candidates: JobCandidates,
    eligibilities: Sequence[Eligibility],
    limit: int,
    sort: JobSort,
    among: Rows | None = None,
) -> Places:
    """Positions in `candidates` of the jobs of an answer, first ones first; `among`: only these positions."""
    if sort is JobSort.BEST:
        return rerank(candidates, limit, among)
    best = rerank(candidates, SORTED_PER_RESULT * limit, among)
    cards = _cards(candidates, eligibilities, best.order)
    order = sorted(range(len(cards)), key=lambda place: pay_to_compare(cards[place], sort), reverse=True)
    return best._replace(order=best.order[np.array(order[:limit], dtype=np.int64)])


def pay_to_compare(card: bytes, sort: JobSort) -> tuple[float, float]:
    """The least and the most soles of a card that a sort compares; below zero where they are not known."""
    comparable = orjson.loads(card).get("comparable_pay") or {}
    name = "per_hour" if sort is JobSort.PAY_PER_HOUR else "per_month"
    soles = comparable.get(name)
    is_assumed = name == "per_hour" and comparable.get("hours_basis") == HoursBasis.ASSUMED
    return _UNKNOWN if soles is None or is_assumed else (soles[0], soles[1])


def _cards(candidates: JobCandidates, eligibilities: Sequence[Eligibility], positions: Rows) -> list[bytes]:
    segments = [0] * len(positions) if candidates.segment is None else candidates.segment[positions].tolist()
    rows = candidates.rows[positions].tolist()
    return [eligibilities[segment].segment.catalogue.cards[row] for segment, row in zip(segments, rows, strict=True)]
