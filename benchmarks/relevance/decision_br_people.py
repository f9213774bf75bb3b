"""Job to candidate on decision-br: whom to call when a job opens.

The pool are the people the recruiter considered in the test's time, each as known on the last day they were seen up to
the job's opening; those seen only later, as on their first day. Nobody is in a job's pool of whom nothing was known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.relevance.decision_br_baselines import lexical_rows
from benchmarks.relevance.encoders import TextEncoder
from engine.arrays import Floats, Rows
from training.data.decision_br import FORWARDED, DecisionOutcomes


@dataclass(frozen=True, slots=True)
class PeopleQueries:
    """Q jobs asking for P people. `jobs` `[Q]`; `states` `[S]` are all states of the pool; `state_of` `[Q, P]` points
    into them, -1 where nothing was known of the person; `relevant` holds columns, by least grade."""

    jobs: Rows
    states: Rows
    state_of: Rows
    relevant: dict[int, list[frozenset[int]]]


def people_queries(outcomes: DecisionOutcomes, catalogue: Rows, grades: Sequence[int]) -> PeopleQueries:
    """The jobs of `catalogue` that were matched with somebody known by then."""
    in_catalogue = np.isin(outcomes.jobs, catalogue)
    pool = list(dict.fromkeys(outcomes.states_known[state].person for state in outcomes.states[in_catalogue]))
    columns = {person: column for column, person in enumerate(pool)}
    by_person: dict[int, list[int]] = defaultdict(list)
    for row, state in enumerate(outcomes.states_known):
        if state.person in columns:
            by_person[columns[state.person]].append(row)
    state_of = np.full((len(catalogue), len(pool)), -1)
    opened = outcomes.opened[catalogue]
    for column, rows in by_person.items():
        rows.sort(key=lambda row: outcomes.states_known[row].day)
        days = np.array([outcomes.states_known[row].day for row in rows], dtype="datetime64[D]")
        latest = np.maximum(np.searchsorted(days, opened, side="right") - 1, 0)
        state_of[:, column] = np.array(rows)[latest]
    has_text = np.array([bool(state.text) for state in outcomes.states_known])
    state_of = np.where(has_text[state_of], state_of, -1)
    wanted = {grade: _wanted(outcomes, catalogue, columns, state_of, grade) for grade in grades}
    query_jobs = np.flatnonzero([bool(people) for people in wanted[min(grades)]])
    states, compact = np.unique(state_of[query_jobs], return_inverse=True)
    if states[0] < 0:
        states, compact = states[1:], compact - 1
    return PeopleQueries(
        jobs=catalogue[query_jobs],
        states=states,
        state_of=compact.reshape(len(query_jobs), len(pool)),
        relevant={grade: [found[row] for row in query_jobs] for grade, found in wanted.items()},
    )


def _wanted(
    outcomes: DecisionOutcomes, catalogue: Rows, columns: dict[str, int], state_of: Rows, grade: int
) -> list[frozenset[int]]:
    rows_of = {job: row for row, job in enumerate(catalogue.tolist())}
    wanted: list[set[int]] = [set() for _ in catalogue]
    for state, job, found in zip(outcomes.states, outcomes.jobs.tolist(), outcomes.grades, strict=True):
        if found >= grade and job in rows_of:
            column = columns[outcomes.states_known[state].person]
            if state_of[rows_of[job], column] >= 0:
                wanted[rows_of[job]].add(column)
    return [frozenset(people) for people in wanted]


def people_methods(
    outcomes: DecisionOutcomes, queries: PeopleQueries, encoders: Sequence[TextEncoder]
) -> Iterator[tuple[str, Floats]]:
    """Every method's scores `[Q, P]`; -inf for people of whom nothing was known."""
    random = np.random.default_rng(0)
    ties = random.random(queries.state_of.shape, dtype=np.float32)
    yield "chance", np.where(queries.state_of >= 0, ties, -np.inf)
    yield "popularity of the person", np.where(queries.state_of >= 0, _placed(outcomes, queries) + ties / 100, -np.inf)
    jobs = [outcomes.jobs_known[row] for row in queries.jobs]
    people = [outcomes.states_known[row].text for row in queries.states]
    for name, asking in (("titles", [job.title for job in jobs]), ("full text", [job.text for job in jobs])):
        for method, scores in lexical_rows(asking, people, people):
            if method == "BM25, titles" or (method.startswith("word TF-IDF") and name == "full text"):
                kind = f"BM25, {name}" if method.startswith("BM25") else "word TF-IDF, full text"
                yield kind, _of_people(scores, queries)
    for encoder in encoders:
        yield encoder.name, _of_people(encoder.corpus([job.text for job in jobs]) @ encoder.queries(people).T, queries)


def _of_people(scores: Floats, queries: PeopleQueries) -> Floats:
    """From `[Q, S]` states to `[Q, P]` people."""
    picked = np.take_along_axis(scores, np.maximum(queries.state_of, 0), axis=1)
    return np.where(queries.state_of >= 0, picked, -np.inf).astype(np.float32)


def _placed(outcomes: DecisionOutcomes, queries: PeopleQueries) -> Floats:
    """How often each person had been forwarded before the job opened, `[Q, P]`."""
    people = [state.person for state in outcomes.states_known]
    days: dict[str, list[np.datetime64]] = defaultdict(list)
    for row in np.flatnonzero(outcomes.grades >= FORWARDED):
        known = outcomes.applied[row] if np.isnat(outcomes.closed[row]) else outcomes.closed[row]
        days[people[outcomes.states[row]]].append(known)
    opened = outcomes.opened[queries.jobs]
    counts = np.zeros(queries.state_of.shape, np.float32)
    for column in range(queries.state_of.shape[1]):
        known_rows = queries.state_of[:, column]
        if (known_rows >= 0).any():
            person = people[queries.states[known_rows.max()]]
            seen = np.sort(np.array(days.get(person, []), dtype="datetime64[D]"))
            counts[:, column] = np.searchsorted(seen, opened, side="left")
    return counts
