"""decision-br, split by the opening of jobs: a person to jobs, a job to people. Brazilian IT hiring in Portuguese, a
stand-in for ours; research and evaluation only.

A query is a person on a day, known as they were that day. Jobs met before are left out of a ranking, and matches of
another day count neither way. The learned ranking is fitted here on the validation's outcomes, never on the test's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.relevance.decision_br_baselines import (
    LEXICAL,
    lexical_rows,
    matrix_factorisation,
    opening_date_alone,
    popularity,
    with_recency,
)
from benchmarks.relevance.decision_br_people import people_methods, people_queries
from benchmarks.relevance.encoders import TextEncoder, body, exported
from benchmarks.relevance.exposure import EXPOSURE_COLUMNS, EXPOSURE_REMARK, exposure_measures
from benchmarks.relevance.job_queries import JobQueries, job_queries, window
from benchmarks.relevance.placement_features import PlacementFeatures, TextVectors
from benchmarks.relevance.placement_ranker import APPLICANTS, TIME, RankerConfig, fit_rankers, ranker_scores
from benchmarks.report import Row, Section
from engine.measures import mean_reciprocal_rank, ndcg_at_k, recall_at_k, recall_by_group
from training.data.decision_br import FORWARDED, OFFERED, DecisionOutcomes, read_decision_br
from training.data.splits import split_days
from training.encoders.sources import PUBLIC_SOURCE

DEPTH, RANKED_DEPTH = 10, 100
GRADES = {FORWARDED: "forwarded or better", OFFERED: "offer or better"}
RATIO = "of_best_lexical"
Scores = NDArray[np.float32]
Ranking = list[list[int]]


@dataclass(frozen=True, slots=True)
class WindowQueries:
    """The jobs opened in one window as queries: those of forwarded or better, and for each of offer or better the row
    of the former that it is."""

    outcomes: DecisionOutcomes
    queries: JobQueries
    offered: list[frozenset[int]]


def decision_br_rows(folder: Path, models: Sequence[Path], cache: Path) -> Iterator[Section]:
    """The tables of the test: for people among all its jobs and among those open that day, by group, who gets shown,
    and for jobs."""
    outcomes = read_decision_br(folder)
    days = split_days(outcomes.opened)
    fitted_on = window_queries(outcomes, window(outcomes, days.validation, days.test), known_before=days.test)
    test = window_queries(outcomes, window(outcomes, days.test, None))
    public = body(PUBLIC_SOURCE, cache)[0]
    encoders = [public, *(exported(model, 1)[0] for model in models)]
    yield from sections(test, fitted_on, encoders, "test")
    yield people_section(outcomes, test.queries.catalogue, encoders)


def window_queries(
    outcomes: DecisionOutcomes, catalogue: NDArray[np.int64], known_before: np.datetime64 | None = None
) -> WindowQueries:
    """The queries of the jobs of `catalogue`, of outcomes known before a day if one is given."""
    queries = job_queries(outcomes, catalogue, FORWARDED, known_before)
    offers = job_queries(outcomes, catalogue, OFFERED, known_before)
    wanted = dict(zip(offers.states.tolist(), offers.relevant, strict=True))
    return WindowQueries(outcomes, queries, [wanted.get(state, frozenset()) for state in queries.states.tolist()])


def sections(
    evaluated: WindowQueries, fitted_on: WindowQueries, encoders: Sequence[TextEncoder], name: str
) -> Iterator[Section]:
    """Four tables of `evaluated`; the learned rankings are fitted on `fitted_on`."""
    queries = evaluated.queries
    every, of_open = {}, {}
    factors = matrix_factorisation(evaluated.outcomes, queries)
    methods = chain([("implicit ALS (0 where not warm)", factors[0])], person_methods(evaluated, fitted_on, encoders))
    for method, scores in methods:
        every[method] = rankings(scores, ~queries.hidden)
        of_open[method] = rankings(scores, queries.open)
    title = f"decision-br {name}, a person to jobs"
    remark = (
        f"{len(queries.states):,} people on a day, {len(queries.catalogue):,} jobs, all of the window; "
        f"{queries.without_text:,} more of whom nothing was known that day are left out. "
        f"{_warm_remark(evaluated, factors)}"
    )
    yield _relevance_section(f"{title}, all jobs of the window", every, evaluated, remark)
    remark = "The same queries and methods; every method ranks only the jobs that had opened by that day."
    yield _relevance_section(f"{title}, jobs open that day", of_open, evaluated, remark)
    groups = person_groups(evaluated)
    columns = {f"{kind}: {value}": f"{kind}: {value} ({count})" for kind, value, count in _group_sizes(groups)}
    rows = [Row(method, _by_group(ranked, evaluated, groups)) for method, ranked in of_open.items()]
    remark = "Recall@10 for forwarded or better, among jobs open that day; a person's level and English are of the job."
    yield Section(f"{title}: who is served how well", columns, rows, (remark,))
    openings = [1] * len(queries.catalogue)
    rows = [Row(method, exposure_measures(ranked, openings)) for method, ranked in of_open.items()]
    yield Section(f"{title}: who gets shown", EXPOSURE_COLUMNS, rows, (EXPOSURE_REMARK, "One opening a job."))


def person_methods(
    evaluated: WindowQueries, fitted_on: WindowQueries, encoders: Sequence[TextEncoder]
) -> Iterator[tuple[str, Scores]]:
    """Every method's scores `[Q, C]`; the last encoder's cosines go into the learned rankings."""
    outcomes, queries = evaluated.outcomes, evaluated.queries
    yield "chance", np.random.default_rng(0).random(queries.hidden.shape, dtype=np.float32)
    yield from popularity(outcomes, queries)
    yield "opening date alone", opening_date_alone(queries)
    query_texts = [outcomes.states_known[state].text for state in queries.states]
    jobs = [outcomes.jobs_known[row] for row in queries.catalogue]
    for name, scores in lexical_rows(query_texts, [job.title for job in jobs], [job.text for job in jobs]):
        yield name, scores
        if name == LEXICAL[2]:
            yield f"{name}, with recency", with_recency(scores, queries)
    for encoder in encoders:
        yield encoder.name, encoder.queries(query_texts) @ encoder.corpus([job.text for job in jobs]).T
    yield from learned_rankings(evaluated, fitted_on, encoders)


def learned_rankings(
    evaluated: WindowQueries, fitted_on: WindowQueries, encoders: Sequence[TextEncoder]
) -> Iterator[tuple[str, Scores]]:
    """Boosting over words, vectors and history; then with who applied, and with the job's age and life as well."""
    plain, towers = _vectors(encoders[0]), _vectors(encoders[-1]) if len(encoders) > 1 else None
    past = PlacementFeatures(fitted_on.outcomes, fitted_on.queries, plain, towers)
    now = PlacementFeatures(evaluated.outcomes, evaluated.queries, plain, towers)
    over = f" over {encoders[-1].name}"
    names = ("learned ranking without time or applicants", "learned ranking without time", "learned ranking")
    left_out = (TIME | APPLICANTS, TIME, frozenset[str]())
    rankers = fit_rankers([RankerConfig(without=names) for names in left_out], past, fitted_on.queries)
    for name, scores in zip(names, ranker_scores(rankers, now, evaluated.queries), strict=True):
        yield name + over, scores


def _vectors(encoder: TextEncoder) -> TextVectors:
    return TextVectors(seekers=encoder.queries, jobs=encoder.corpus)


def rankings(scores: Scores, allowed: NDArray[np.bool_]) -> Ranking:
    """The best columns of each row among those allowed."""
    among = np.where(allowed, scores, -np.inf)
    first = np.sort(np.argpartition(-among, min(RANKED_DEPTH, among.shape[1]) - 1, axis=1)[:, :RANKED_DEPTH], axis=1)
    order = np.argsort(-np.take_along_axis(among, first, axis=1), axis=1, kind="stable")
    best = np.take_along_axis(first, order, axis=1)
    return [row[np.isfinite(among[query, row])].tolist() for query, row in enumerate(best)]


def relevance(ranked: Ranking, wanted: Mapping[int, Sequence[frozenset[int]]]) -> dict[str, float]:
    """recall@10, recall@50, MRR and nDCG@10 for each least grade."""
    measures: dict[str, float] = {}
    for grade, relevant in wanted.items():
        measures |= {
            f"recall_at_10_grade_{grade}": recall_at_k(ranked, relevant, DEPTH),
            f"recall_at_50_grade_{grade}": recall_at_k(ranked, relevant, 50),
            f"mrr_grade_{grade}": mean_reciprocal_rank(ranked, relevant),
            f"ndcg_at_10_grade_{grade}": ndcg_at_k(ranked, relevant, DEPTH),
        }
    return measures


def relevance_columns() -> dict[str, str]:
    """The headings of `relevance`."""
    headings = {"recall_at_10": "recall@10", "recall_at_50": "recall@50", "mrr": "MRR", "ndcg_at_10": "nDCG@10"}
    return {
        f"{measure}_grade_{grade}": f"{heading}, {name}"
        for grade, name in GRADES.items()
        for measure, heading in headings.items()
    }


def _relevance_section(title: str, ranked: Mapping[str, Ranking], evaluated: WindowQueries, remark: str) -> Section:
    wanted = {FORWARDED: evaluated.queries.relevant, OFFERED: evaluated.offered}
    measures = {method: relevance(ranking, wanted) for method, ranking in ranked.items()}
    first = f"recall_at_10_grade_{FORWARDED}"
    best = max(measures[method][first] for method in LEXICAL)
    rows = [Row(method, found | {RATIO: found[first] / best}) for method, found in measures.items()]
    columns = relevance_columns() | {RATIO: "recall@10 ÷ best lexical"}
    return Section(title, columns, rows, (remark,))


def _warm_remark(evaluated: WindowQueries, factors: tuple[Scores, NDArray[np.bool_]]) -> str:
    """Where matrix factorisation could know both ids, what it reaches."""
    scores, warm = factors
    relevant = evaluated.queries.relevant
    is_warm = [bool(warm[row, list(wanted)].any()) for row, wanted in enumerate(relevant)]
    rows = np.flatnonzero(is_warm)
    ranked = rankings(scores[rows], warm[rows] & evaluated.queries.open[rows])
    recall = recall_at_k(ranked, [relevant[row] for row in rows], DEPTH)
    return f"ALS knows both the person and a right job in {len(rows)} queries; among the jobs it knows: {recall:.4f}."


def person_groups(evaluated: WindowQueries) -> dict[str, list[str]]:
    """The group of each query, by kind."""
    outcomes, queries = evaluated.outcomes, evaluated.queries
    states = [outcomes.states_known[state] for state in queries.states]
    first = [outcomes.jobs_known[queries.catalogue[min(wanted)]] for wanted in queries.relevant]
    days = {row: np.sort(outcomes.applied[outcomes.jobs == row]) for row in queries.catalogue}
    touched = [
        any(days[queries.catalogue[column]][0] < state.day for column in wanted)
        for state, wanted in zip(states, queries.relevant, strict=True)
    ]
    return {
        "person": ["no earlier process" if not state.earlier else "earlier processes" for state in states],
        "job": ["somebody put to it before" if one else "nobody put to it yet" for one in touched],
        "level": [job.level for job in first],
        "English": [job.english for job in first],
    }


def _group_sizes(groups: Mapping[str, list[str]], least: int = 50) -> Iterator[tuple[str, str, int]]:
    for kind, values in groups.items():
        for value in sorted(set(values)):
            if values.count(value) >= least:
                yield kind, value, values.count(value)


def _by_group(ranked: Ranking, evaluated: WindowQueries, groups: Mapping[str, list[str]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for kind, values in groups.items():
        recalls = recall_by_group(ranked, evaluated.queries.relevant, values, DEPTH)
        found |= {f"{kind}: {value}": recall for value, recall in recalls.items()}
    return found


def people_section(
    outcomes: DecisionOutcomes, catalogue: NDArray[np.int64], encoders: Sequence[TextEncoder]
) -> Section:
    """Job to candidate, at the job's opening."""
    queries = people_queries(outcomes, catalogue, tuple(GRADES))
    rows = [
        Row(name, relevance(rankings(scores, np.isfinite(scores)), queries.relevant))
        for name, scores in people_methods(outcomes, queries, encoders)
    ]
    remark = (
        f"{len(queries.jobs):,} jobs on the day they opened, {queries.state_of.shape[1]:,} people whom the recruiter "
        "considered in that time, as known by then. No job has a history when it opens, so ids are never warm."
    )
    return Section("decision-br test, a job to people", relevance_columns(), rows, (remark,))
