"""Which reranker a model gets: families compared out of fold, then all evaluated once on held-out matches."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from tqdm import tqdm

from engine.arrays import Doubles
from engine.reranking.model import Reranker, parse_reranker
from engine.reranking.order import FORMULA
from training.reranking.export import reranker_document
from training.reranking.fitting import (
    GRID,
    Family,
    Scorer,
    Settings,
    by_estimator,
    by_formula,
    by_relevance,
    fit_reranker,
    interval,
    ndcg_of_each,
    out_of_fold_ndcg,
    sample_of,
)
from training.reranking.query_groups import People, QueryGroup

FOLDS = 3
RELEVANCE = "relevance alone"
TIMED_RUNS = 200


@dataclass(frozen=True, slots=True)
class CandidateModel:
    """A way to order: its score function, nDCG@10 of each person out of fold `[people]`, and the file it would be."""

    name: str
    scorer: Scorer
    out_of_fold: Doubles
    settings: Settings | None = None
    content: bytes | None = None


def candidate_models(query_groups: Sequence[QueryGroup], people: People, seed: int) -> list[CandidateModel]:
    """Relevance alone, the formula, and each family with its best settings, fitted on all `query_groups`."""
    found = [
        CandidateModel(RELEVANCE, by_relevance, ndcg_of_each(query_groups, by_relevance)),
        CandidateModel(FORMULA, by_formula, ndcg_of_each(query_groups, by_formula)),
    ]
    best: dict[Family, tuple[Settings, Doubles]] = {}
    with tqdm(GRID, desc="fitting rerankers", unit="setting") as progress:
        for settings in progress:
            ndcg = out_of_fold_ndcg(settings, query_groups, FOLDS, seed)
            progress.set_postfix_str(f"{settings.family} nDCG@10 {ndcg.mean():.4f}")
            if settings.family not in best or ndcg.mean() > best[settings.family][1].mean():
                best[settings.family] = (settings, ndcg)
    sample = sample_of(query_groups, seed)
    for family, (settings, ndcg) in best.items():
        estimator = fit_reranker(settings, sample, seed)
        provenance = {
            "data": {"name": people.placements.name, "version": people.placements.version},
            "people": len({group.seeker for group in query_groups}),
            "settings": asdict(settings),
            "out_of_fold_ndcg_at_10": {name: float(values.mean()) for name, values in _means(found, family, ndcg)},
        }
        content = reranker_document(estimator, family, sample, people.calibration, provenance)
        found.append(CandidateModel(family, by_estimator(estimator), ndcg, settings, content))
    return found


def _means(rivals: Sequence[CandidateModel], family: Family, ndcg: Doubles) -> list[tuple[str, Doubles]]:
    return [*((rival.name, rival.out_of_fold) for rival in rivals if rival.settings is None), (family.value, ndcg)]


def selected_model(ranked: Sequence[CandidateModel]) -> CandidateModel:
    """The simplest of those that are as good as the best: whose difference from it, person by person, is chance.

    Simplicity is the order of `ranked`; relevance alone does not stand for election.
    """
    standing = [candidate_model for candidate_model in ranked if candidate_model.name != RELEVANCE]
    best = max(standing, key=lambda candidate_model: float(candidate_model.out_of_fold.mean()))
    for candidate_model in standing:
        if candidate_model is best or interval(best.out_of_fold - candidate_model.out_of_fold)[0] <= 0:
            return candidate_model
    return best


def ndcg_by_model(ranked: Sequence[CandidateModel], query_groups: Sequence[QueryGroup]) -> dict[str, Doubles]:
    """nDCG@10 of each person by every candidate model, `[people]` each."""
    return {candidate_model.name: ndcg_of_each(query_groups, candidate_model.scorer) for candidate_model in ranked}


def microseconds(candidate_model: CandidateModel, group: QueryGroup) -> float:
    """The median time to score one person's candidates from their features."""
    reranker = parse_reranker(candidate_model.content) if candidate_model.content else None
    return _median_microseconds(_scoring(candidate_model, reranker, group))


def _scoring(candidate_model: CandidateModel, reranker: Reranker | None, group: QueryGroup) -> Callable[[], object]:
    if reranker is None:
        return lambda: candidate_model.scorer([group])
    return lambda: reranker.scores(group.features)


def _median_microseconds(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(TIMED_RUNS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return float(np.median(taken) * 1e6)


def table(
    ranked: Sequence[CandidateModel], columns: Mapping[str, dict[str, Doubles]], costs: Mapping[str, float]
) -> str:
    """One row a candidate model: nDCG@10 with its 95% interval in every column, and what scoring costs."""
    header = ["method", "out of fold", *columns, "µs"]
    rows = [
        [
            candidate_model.name,
            _cell(candidate_model.out_of_fold),
            *(_cell(found[candidate_model.name]) for found in columns.values()),
            f"{costs[candidate_model.name]:.0f}",
        ]
        for candidate_model in ranked
    ]
    widths = [max(len(line[place]) for line in [header, *rows]) for place in range(len(header))]
    lines = [header, ["-" * width for width in widths], *rows]
    return "\n".join("| " + " | ".join(map(str.ljust, line, widths)) + " |" for line in lines)


def _cell(values: Doubles) -> str:
    low, high = interval(values)
    return f"{values.mean():.4f} ({low:.4f} to {high:.4f})"
