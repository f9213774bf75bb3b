"""Measures over ranked lists. Relevance: each a mean over queries that have at least one relevant item, as defined in
Manning, Raghavan & Schütze, "Introduction to Information Retrieval", chapter 8. Beyond accuracy: who gets shown.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Counts = NDArray[np.int64]
Ranking = Sequence[int] | NDArray[np.integer]
Relevant = frozenset[int]


def recall_at_k(rankings: Sequence[Ranking], relevant: Sequence[Relevant], k: int) -> float:
    """Mean share of the relevant items that stand among the first k."""
    return _mean(
        len(wanted.intersection(ranking[:k])) / len(wanted) for ranking, wanted in _with_relevant(rankings, relevant)
    )


def mean_reciprocal_rank(rankings: Sequence[Ranking], relevant: Sequence[Relevant]) -> float:
    """Mean of 1 / rank of the first relevant item; 0 where none is ranked."""
    return _mean(
        next((1 / rank for rank, item in enumerate(ranking, 1) if item in wanted), 0.0)
        for ranking, wanted in _with_relevant(rankings, relevant)
    )


def mean_average_precision(rankings: Sequence[Ranking], relevant: Sequence[Relevant]) -> float:
    """Mean over queries of the precision at each relevant item's rank; one that is not ranked counts 0."""

    def average_precision(ranking: Ranking, wanted: Relevant) -> float:
        ranks = np.flatnonzero(np.isin(ranking, list(wanted))) + 1
        return float((np.arange(1, len(ranks) + 1) / ranks).sum() / len(wanted))

    return _mean(average_precision(ranking, wanted) for ranking, wanted in _with_relevant(rankings, relevant))


def ndcg_at_k(rankings: Sequence[Ranking], relevant: Sequence[Relevant], k: int) -> float:
    """Mean normalised discounted cumulative gain of the first k, with binary gains."""

    def of_one(ranking: Ranking, wanted: Relevant) -> float:
        return ndcg([item in wanted for item in ranking[:k]], np.ones(len(wanted)), k)

    return _mean(of_one(ranking, wanted) for ranking, wanted in _with_relevant(rankings, relevant))


def ndcg(gains: ArrayLike, relevant_gains: ArrayLike, k: int) -> float:
    """Normalised discounted cumulative gain of the first k of one list.

    Args:
        gains: those of the list's items, in its order. relevant_gains: those of all that is relevant, in any order,
            one of them above 0: the best list there could be.
    """
    best = np.sort(np.asarray(relevant_gains, dtype=float))[::-1]
    return _discounted(np.asarray(gains, dtype=float)[:k]) / _discounted(best[:k])


def recall_by_group(
    rankings: Sequence[Ranking], relevant: Sequence[Relevant], groups: Sequence[Hashable], k: int
) -> dict[Hashable, float]:
    """Recall@k of the queries of each group that have a relevant item; `groups` names the group of each query."""
    rows: dict[Hashable, list[int]] = {}
    for row, (group, wanted) in enumerate(zip(groups, relevant, strict=True)):
        if wanted:
            rows.setdefault(group, []).append(row)
    return {
        group: recall_at_k([rankings[row] for row in members], [relevant[row] for row in members], k)
        for group, members in rows.items()
    }


def coverage_at_k(rankings: Sequence[Ranking], catalogue_size: int, k: int) -> float:
    """Share of the catalogue that stands among somebody's first k."""
    return float(np.count_nonzero(exposure_at_k(rankings, catalogue_size, k)) / catalogue_size)


def exposure_gini_at_k(rankings: Sequence[Ranking], catalogue_size: int, k: int) -> float:
    """How unequally the first k places are shared: 0 every item is shown alike, near 1 a few take all.

    With no place given to anybody it is 0: nobody is ahead.
    """
    return gini(exposure_at_k(rankings, catalogue_size, k)) or 0.0


def congestion_at_k(rankings: Sequence[Ranking], openings: Sequence[int] | NDArray[np.int64], k: int) -> float:
    """People per opening that a recommended person meets: the mean over all recommendations of how many people were
    sent to that vacancy, itself among them, divided by its openings.

    `openings` `[catalogue]` counts the places of each vacancy, at least 1. Spread evenly, everybody would meet
    (recommendations given) / (all openings).
    """
    met = congestion(exposure_at_k(rankings, len(openings), k), np.asarray(openings))
    return float("nan") if met is None else met


def gini(counts: Counts) -> float | None:
    """How unequally counts `[N]` are shared: 0 all are alike, near 1 a few have all; None of nothing."""
    total = counts.sum()
    if total == 0:
        return None
    ranks = np.arange(1, len(counts) + 1)
    return float(2 * (ranks @ np.sort(counts)) / (len(counts) * total) - (len(counts) + 1) / len(counts))


def congestion(sent: Counts, openings: Counts) -> float | None:
    """People an opening that a person meets who is sent to one of N vacancies; None where nobody is.

    Args:
        sent: how many people each vacancy is sent, `[N]`. openings: its places, `[N]`, at least 1.
    """
    total = sent.sum()
    return float((sent**2 / openings).sum() / total) if total else None


def exposure_at_k(rankings: Sequence[Ranking], catalogue_size: int, k: int) -> Counts:
    """How many people each item is shown to among their first k, `[catalogue_size]`."""
    shown = [item for ranking in rankings for item in ranking[:k]]
    return np.bincount(np.array(shown, dtype=np.int64), minlength=catalogue_size)


def _with_relevant(rankings: Sequence[Ranking], relevant: Sequence[Relevant]) -> list[tuple[Ranking, Relevant]]:
    return [(ranking, wanted) for ranking, wanted in zip(rankings, relevant, strict=True) if wanted]


def _discounted(gains: NDArray[np.float64]) -> float:
    return float(gains @ (1 / np.log2(np.arange(2, len(gains) + 2))))


def _mean(values: Iterable[float]) -> float:
    collected = list(values)
    return float(np.mean(collected)) if collected else float("nan")
