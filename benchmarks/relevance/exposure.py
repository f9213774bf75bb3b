"""Beyond accuracy: who gets shown, and how many people are sent to one vacancy, at ten recommendations a person."""

from __future__ import annotations

from collections.abc import Sequence

from engine.measures import Ranking, congestion_at_k, coverage_at_k, exposure_gini_at_k

DEPTH = 10
EXPOSURE_COLUMNS = {
    "coverage_at_10": "coverage@10",
    "exposure_gini_at_10": "Gini of exposure@10",
    "congestion_at_10": "congestion@10",
}
EXPOSURE_REMARK = (
    "Coverage: the share of jobs shown to anybody. Gini: 0 all jobs are shown alike, 1 one job takes all. Congestion: "
    "how many people are sent to the vacancy a person is sent to, an opening."
)


def exposure_measures(rankings: Sequence[Ranking], openings: Sequence[int]) -> dict[str, float]:
    """The three measures of what people are shown first; `openings` `[jobs]`, 1 where a job states none."""
    return {
        "coverage_at_10": coverage_at_k(rankings, len(openings), DEPTH),
        "exposure_gini_at_10": exposure_gini_at_k(rankings, len(openings), DEPTH),
        "congestion_at_10": congestion_at_k(rankings, openings, DEPTH),
    }


def even_congestion(rankings: Sequence[Ranking], openings: Sequence[int]) -> float:
    """The congestion if the same number of recommendations were spread over all openings evenly."""
    return sum(len(ranking[:DEPTH]) for ranking in rankings) / sum(openings)
