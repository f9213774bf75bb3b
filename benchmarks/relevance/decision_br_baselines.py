"""What needs no learning on decision-br, and matrix factorisation where ids are warm: scores `[Q, C]` of queries.

Everything is as of the day of each query: outcomes count from the day after they were known.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from implicit.als import AlternatingLeastSquares
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from threadpoolctl import threadpool_limits

from benchmarks.relevance.job_queries import JobQueries
from benchmarks.relevance.lexical import bm25_scores
from benchmarks.relevance.lexical_scores import TfidfScores
from engine.arrays import Floats, Rows
from training.data.decision_br import FORWARDED, DecisionOutcomes

TIE_BREAK = 1e-6
NOT_OPEN_YET = -1e6
FACTORS, REGULARISATION, ROUNDS = 32, 0.05, 10
# Chosen on validation among 0.3, 0.6, 1, 1.5 times exp(-age / 15, 30, 60).
RECENCY_WEIGHT, RECENCY_DAYS = 1.0, 60.0
LEXICAL = ("BM25, titles", "BM25, full text", "word TF-IDF, title + full text", "the same, one and two words")


def lexical_rows(queries: list[str], titles: list[str], texts: list[str]) -> Iterator[tuple[str, Floats]]:
    """BM25 and word TF-IDF between what is asked and titles, full texts, both; scores `[queries, corpus]`."""
    everything = slice(None)
    bm25_titles, bm25_text, tfidf, tfidf_of_two = LEXICAL
    yield bm25_titles, bm25_scores(queries, titles)(everything)
    yield bm25_text, bm25_scores(queries, texts)(everything)
    yield tfidf, _tfidf(queries, titles) + _tfidf(queries, texts)
    yield tfidf_of_two, TfidfScores(titles, titles)(queries) + TfidfScores(texts, texts)(queries)


def _tfidf(queries: list[str], corpus: list[str]) -> Floats:
    vectoriser = TfidfVectorizer(strip_accents="unicode", sublinear_tf=True, dtype=np.float32)
    documents = vectoriser.fit_transform(corpus)
    return np.asarray((vectoriser.transform(queries) @ documents.T).toarray(), dtype=np.float32)


def with_recency(scores: Floats, queries: JobQueries) -> Floats:
    """Lexical scores with what a job's age alone adds; a job that is not open yet is worth nothing."""
    fresh = np.exp(-np.maximum(queries.age, 0) / RECENCY_DAYS).astype(np.float32)
    return np.where(queries.age >= 0, scores + RECENCY_WEIGHT * fresh, -1).astype(np.float32)


def opening_date_alone(queries: JobQueries) -> Floats:
    """The newest first, whatever is asked; a job that is not open yet comes last."""
    return np.where(queries.age >= 0, -queries.age, NOT_OPEN_YET).astype(np.float32)


def popularity(outcomes: DecisionOutcomes, queries: JobQueries) -> Iterator[tuple[str, Floats]]:
    """How many people had been forwarded for the job, and for its title, by that day; ties by chance."""
    days = np.array([outcomes.states_known[state].day for state in queries.states], dtype="datetime64[D]")
    known = _known_matches(outcomes)
    titles = [outcomes.jobs_known[row].title.lower() for row in range(len(outcomes.jobs_known))]
    numbers = {title: number for number, title in enumerate(dict.fromkeys(titles))}
    title_of = np.array([numbers[title] for title in titles])
    ties = np.random.default_rng(0).random((len(days), len(queries.catalogue)), dtype=np.float32) * TIE_BREAK
    for name, group in (("popularity of the job", np.arange(len(titles))), ("popularity of the title", title_of)):
        counts = np.zeros(ties.shape, np.float32)
        for column, row in enumerate(queries.catalogue):
            seen = np.sort(known.day[group[known.job] == group[row]])
            counts[:, column] = np.searchsorted(seen, days, side="left")
        yield name, counts + ties


def matrix_factorisation(outcomes: DecisionOutcomes, queries: JobQueries) -> tuple[Floats, NDArray[np.bool_]]:
    """Implicit-feedback ALS, fitted anew at the start of every month on the matches known by then.

    Returns:
        Scores `[Q, C]`, 0 where the person or the job was not known to it; and which pairs were, `[Q, C]`.
    """
    states = [outcomes.states_known[state] for state in queries.states]
    people = {person: row for row, person in enumerate(dict.fromkeys(state.person for state in outcomes.states_known))}
    person_rows = np.array([people[state.person] for state in states])
    months = np.array([state.day for state in states], dtype="datetime64[M]")
    known = _known_matches(outcomes)
    rows = np.array([people[outcomes.states_known[state].person] for state in outcomes.states[known.row]])
    scores = np.zeros((len(states), len(queries.catalogue)), np.float32)
    warm = np.zeros(scores.shape, bool)
    for month in np.unique(months):
        by_then = known.day < month.astype("datetime64[D]")
        counts = np.ones(int(by_then.sum()), np.float32)
        shape = (len(people), len(outcomes.jobs_known))
        matches = sparse.csr_matrix((counts, (rows[by_then], known.job[by_then])), shape=shape)
        with threadpool_limits(1):
            model = AlternatingLeastSquares(FACTORS, REGULARISATION, iterations=ROUNDS, random_state=0, num_threads=1)
            model.fit(matches, show_progress=False)
        now = months == month
        scores[now] = model.user_factors[person_rows[now]] @ model.item_factors[queries.catalogue].T
        is_known_job = np.bincount(known.job[by_then], minlength=shape[1])[queries.catalogue] > 0
        is_known_person = np.bincount(rows[by_then], minlength=shape[0])[person_rows[now]] > 0
        warm[now] = is_known_person[:, None] & is_known_job[None, :]
    return np.where(warm, scores, 0).astype(np.float32), warm


class _Matches:
    """Matches sorted by nothing: `row` of the outcomes, `job`, and the `day` they were known."""

    def __init__(self, row: Rows, job: Rows, day: NDArray[np.datetime64]) -> None:
        self.row, self.job, self.day = row, job, day


def _known_matches(outcomes: DecisionOutcomes) -> _Matches:
    rows = np.flatnonzero(outcomes.grades >= FORWARDED)
    closed = np.where(np.isnat(outcomes.closed), outcomes.applied, outcomes.closed)
    return _Matches(rows, outcomes.jobs[rows], np.maximum(closed, outcomes.applied)[rows])
