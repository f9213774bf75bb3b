"""What a learned ranking knows of a person's state and a job: words, vectors, history, and the job's life until then.

Everything is as of the day of the query: processes count from the day after they were created, outcomes from the day
after they were known.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.relevance.job_queries import JobQueries
from benchmarks.relevance.lexical_scores import Bm25Scores, TfidfScores
from engine.arrays import Floats, Rows
from training.data.decision_br import FORWARDED, OFFERED, REJECTED, DecisionOutcomes

Encode = Callable[[Sequence[str]], Floats]
NEVER = 999.0


@dataclass(frozen=True, slots=True)
class TextVectors:
    """Unit vectors of texts as `seekers` and as `jobs`, `[texts, dimension]`."""

    seekers: Encode
    jobs: Encode


class PlacementFeatures:
    """The features of one set of queries; `block` computes them for some rows, so that memory stays small."""

    def __init__(
        self, outcomes: DecisionOutcomes, queries: JobQueries, untuned: TextVectors, towers: TextVectors | None
    ) -> None:
        self._queries, self._states = queries, [outcomes.states_known[state] for state in queries.states]
        jobs = [outcomes.jobs_known[row] for row in queries.catalogue]
        titles, texts = [job.title for job in jobs], [job.text for job in jobs]
        before = [job for job in outcomes.jobs_known if job.opened < min(job.opened for job in jobs)]
        past_titles, past_texts = [job.title for job in before] or titles, [job.text for job in before] or texts
        self._title_words, self._text_words = TfidfScores(past_titles, titles), TfidfScores(past_texts, texts)
        self._bm25 = {"bm25_title": Bm25Scores(titles), "bm25_text": Bm25Scores(texts)}
        query_texts = [state.text for state in self._states]
        self._cosines = {"cosine": (untuned.seekers(query_texts), untuned.jobs(texts))}
        if towers is not None:
            self._cosines["tower_cosine"] = (towers.seekers(query_texts), towers.jobs(texts))
        self._untuned, self._title_vectors = untuned, untuned.seekers(titles)
        self._life = JobLife(outcomes, queries, self._untuned)

    def block(self, rows: slice) -> dict[str, Floats]:
        """Features by name, `[rows, C]` each."""
        states = self._states[rows]
        texts = [state.text for state in states]
        found = {"tfidf_title": self._title_words(texts), "tfidf_text": self._text_words(texts)}
        found |= {name: scores(texts) for name, scores in self._bm25.items()}
        found |= {name: seekers[rows] @ jobs.T for name, (seekers, jobs) in self._cosines.items()}
        found |= self._history(rows)
        compared = [*found]
        found |= self._life.block(rows, self._cosines["cosine"][0][rows])
        found["age"] = self._queries.age[rows].astype(np.float32)
        is_open = self._queries.open[rows]
        for name in [*compared, "nearest_applicant"]:
            found |= {f"{name}_{kind}": value for kind, value in standing(found[name], is_open).items()}
        return found

    def _history(self, rows: slice) -> dict[str, Floats]:
        """How the job's title compares with the titles the person was put forward for."""
        states = self._states[rows]
        titles = list(dict.fromkeys(title for state in states for title in state.earlier)) or [""]
        row_of = {title: row for row, title in enumerate(titles)}
        by_vector, by_words = self._untuned.seekers(titles) @ self._title_vectors.T, self._title_words(titles)
        shape = (len(states), by_vector.shape[1])
        found = {name: np.zeros(shape, np.float32) for name in ("title_cosine", "title_mean_cosine", "title_words")}
        for row, state in enumerate(states):
            if own := [row_of[title] for title in state.earlier]:
                found["title_cosine"][row] = by_vector[own].max(axis=0)
                found["title_mean_cosine"][row] = by_vector[own].mean(axis=0)
                found["title_words"][row] = by_words[own].max(axis=0)
        counts = np.array([len(state.earlier) for state in states], np.float32)
        return found | {"earlier_titles": np.broadcast_to(counts[:, None], shape)}


def standing(scores: Floats, is_open: NDArray[np.bool_]) -> dict[str, Floats]:
    """Where each job of `[Q, C]` stands among those open that day: how far behind the best, and its rank up to 300."""
    among = np.where(is_open, scores, -np.inf)
    best = among.max(axis=1, keepdims=True)
    ranks = np.empty(among.shape, np.int64)
    order = np.argsort(-among, axis=1, kind="stable")
    np.put_along_axis(ranks, order, np.arange(among.shape[1])[None, :], axis=1)
    behind = np.where(np.isfinite(best), scores - np.where(np.isfinite(best), best, 0), 0)
    return {"behind_best": behind.astype(np.float32), "rank": np.minimum(ranks, 300).astype(np.float32)}


class JobLife:
    """What had happened to each job of the catalogue by the day of each query, and who had been put to it."""

    def __init__(self, outcomes: DecisionOutcomes, queries: JobQueries, untuned: TextVectors) -> None:
        self._people = np.array([outcomes.states_known[state].person for state in queries.states])
        self._days = np.array([outcomes.states_known[state].day for state in queries.states], dtype="datetime64[D]")
        columns = np.full(len(outcomes.jobs_known), -1)
        columns[queries.catalogue] = np.arange(len(queries.catalogue))
        rows = np.flatnonzero(columns[outcomes.jobs] >= 0)
        rows = rows[np.lexsort((outcomes.applied[rows], columns[outcomes.jobs[rows]]))]
        self._columns, self._width = columns[outcomes.jobs[rows]], len(queries.catalogue)
        self._applied = outcomes.applied[rows]
        known = np.where(np.isnat(outcomes.closed), outcomes.applied, outcomes.closed)
        self._known, self._grades = np.maximum(known, outcomes.applied)[rows], outcomes.grades[rows]
        states = [outcomes.states_known[state] for state in outcomes.states[rows]]
        self._with_text = np.flatnonzero([bool(state.text) for state in states])
        self._applicants = np.array([state.person for state in states])[self._with_text]
        texts = [states[row].text for row in self._with_text]
        self._vectors = untuned.seekers(texts) if texts else np.zeros((0, 1), np.float32)

    def block(self, rows: slice, seekers: Floats) -> dict[str, Floats]:
        """Counts, days since the last process, and the nearest of the people put to the job, `[rows, C]` each."""
        days, shape = self._days[rows], (len(self._days[rows]), self._width)
        created = self._applied[None, :] < days[:, None]
        outcome_known = self._known[None, :] < days[:, None]
        found = {"processes": self._sum_by_job(created)}
        for name, wanted in (
            ("forwarded", self._grades >= FORWARDED),
            ("offered", self._grades >= OFFERED),
            ("rejected", self._grades == REJECTED),
        ):
            found[name] = self._sum_by_job(outcome_known & wanted)
        since = (days[:, None] - self._applied[None, :]).astype(np.float32)
        idle = np.full(shape, NEVER, np.float32)
        self._reduce(np.minimum, np.where(created, since, NEVER), idle, np.arange(len(self._columns)))
        found["days_since_process"] = idle
        is_other = self._applicants[None, :] != self._people[rows][:, None]
        near = np.where(created[:, self._with_text] & is_other, seekers @ self._vectors.T, 0)
        nearest = np.zeros(shape, np.float32)
        self._reduce(np.maximum, near, nearest, self._with_text)
        return found | {"nearest_applicant": nearest}

    def _sum_by_job(self, entries: NDArray[np.bool_]) -> Floats:
        found = np.zeros((len(entries), self._width), np.float32)
        self._reduce(np.add, entries.astype(np.float32), found, np.arange(len(self._columns)))
        return found

    def _reduce(self, operation: np.ufunc, entries: Floats, into: Floats, rows: Rows) -> None:
        """Reduce `entries` `[Q, rows]`, sorted by job, to one column a job."""
        if len(rows):
            columns, starts = np.unique(self._columns[rows], return_index=True)
            into[:, columns] = operation.reduceat(entries, starts, axis=1)
