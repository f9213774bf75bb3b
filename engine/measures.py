"""Relevance measures over ranked lists, each a mean over queries that have at least one relevant item.

Definitions: Manning, Raghavan & Schütze, "Introduction to Information Retrieval", chapter 8.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

Ranking = Sequence[int]
Relevant = frozenset[int]


def recall_at_k(rankings: Sequence[Ranking], relevant: Sequence[Relevant], k: int) -> float:
    """Mean share of the relevant items that stand among the first k."""
    return _mean(len(wanted.intersection(ranking[:k])) / len(wanted) for ranking, wanted in _asked(rankings, relevant))


def mean_reciprocal_rank(rankings: Sequence[Ranking], relevant: Sequence[Relevant]) -> float:
    """Mean of 1 / rank of the first relevant item; 0 where none is ranked."""
    return _mean(
        next((1 / rank for rank, item in enumerate(ranking, 1) if item in wanted), 0.0)
        for ranking, wanted in _asked(rankings, relevant)
    )


def ndcg_at_k(rankings: Sequence[Ranking], relevant: Sequence[Relevant], k: int) -> float:
    """Mean normalised discounted cumulative gain of the first k, with binary gains."""
    discounts = 1 / np.log2(np.arange(2, k + 2))

    def ndcg(ranking: Ranking, wanted: Relevant) -> float:
        gains = np.array([item in wanted for item in ranking[:k]], dtype=float)
        return float(gains @ discounts[: len(gains)] / discounts[: min(k, len(wanted))].sum())

    return _mean(ndcg(ranking, wanted) for ranking, wanted in _asked(rankings, relevant))


def _asked(rankings: Sequence[Ranking], relevant: Sequence[Relevant]) -> list[tuple[Ranking, Relevant]]:
    return [(ranking, wanted) for ranking, wanted in zip(rankings, relevant, strict=True) if wanted]


def _mean(values: Iterable[float]) -> float:
    collected = list(values)
    return float(np.mean(collected)) if collected else float("nan")
