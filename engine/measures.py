"""Measures over ranked lists. Relevance: each a mean over queries that have at least one relevant item, as defined in
Manning, Raghavan & Schütze, "Introduction to Information Retrieval", chapter 8. Beyond accuracy: who gets shown.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

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
    discounts = 1 / np.log2(np.arange(2, k + 2))

    def ndcg(ranking: Ranking, wanted: Relevant) -> float:
        gains = np.array([item in wanted for item in ranking[:k]], dtype=float)
        return float(gains @ discounts[: len(gains)] / discounts[: min(k, len(wanted))].sum())

    return _mean(ndcg(ranking, wanted) for ranking, wanted in _with_relevant(rankings, relevant))


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
    shown = np.sort(exposure_at_k(rankings, catalogue_size, k))
    if not shown.any():
        return 0.0
    ranks = np.arange(1, catalogue_size + 1)
    return float(2 * (ranks @ shown) / (catalogue_size * shown.sum()) - (catalogue_size + 1) / catalogue_size)


def congestion_at_k(rankings: Sequence[Ranking], openings: Sequence[int] | NDArray[np.int64], k: int) -> float:
    """People per opening that a recommended person meets: the mean over all recommendations of how many people were
    sent to that vacancy, itself among them, divided by its openings.

    `openings` `[catalogue]` counts the places of each vacancy, at least 1. Spread evenly, everybody would meet
    (recommendations given) / (all openings).
    """
    sent = exposure_at_k(rankings, len(openings), k)
    total = sent.sum()
    return float((sent**2 / np.asarray(openings)).sum() / total) if total else float("nan")


def exposure_at_k(rankings: Sequence[Ranking], catalogue_size: int, k: int) -> NDArray[np.int64]:
    """How many people each item is shown to among their first k, `[catalogue_size]`."""
    shown = [item for ranking in rankings for item in ranking[:k]]
    return np.bincount(np.array(shown, dtype=np.int64), minlength=catalogue_size)


def _with_relevant(rankings: Sequence[Ranking], relevant: Sequence[Relevant]) -> list[tuple[Ranking, Relevant]]:
    return [(ranking, wanted) for ranking, wanted in zip(rankings, relevant, strict=True) if wanted]


def _mean(values: Iterable[float]) -> float:
    collected = list(values)
    return float(np.mean(collected)) if collected else float("nan")
