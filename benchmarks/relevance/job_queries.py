"""Questions to a recommender with a date: a person's state on a day, the jobs of a window, what became of them.

A person is never asked about a job they had a process on before that day; a match of another day counts neither way.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Rows
from training.data.decision_br import DecisionOutcomes


@dataclass(frozen=True, slots=True)
class JobQueries:
    """Q states asking for the C jobs of `catalogue`.

    `states` `[Q]` and `catalogue` `[C]` are rows of the outcomes; `relevant` holds columns of the catalogue; `hidden`
    `[Q, C]` are jobs left out of a person's ranking; `age` `[Q, C]` is days since the job opened, negative before it.
    `without_text` counts states that asked nothing because nothing was known of the person.
    """

    states: Rows
    catalogue: Rows
    relevant: list[frozenset[int]]
    hidden: NDArray[np.bool_]
    age: NDArray[np.int64]
    without_text: int

    @property
    def open(self) -> NDArray[np.bool_]:
        """Jobs that were open to the person that day, `[Q, C]`."""
        return (self.age >= 0) & ~self.hidden


def job_queries(
    outcomes: DecisionOutcomes, catalogue: Rows, least_grade: int, known_before: np.datetime64 | None = None
) -> JobQueries:
    """One query for each person and day that brought an outcome of `least_grade` or more with a job of `catalogue`.

    Outcomes that were not known before `known_before` are as if they had not been.
    """
    columns = np.full(len(outcomes.jobs_known), -1)
    columns[catalogue] = np.arange(len(catalogue))
    wanted: dict[int, set[int]] = defaultdict(set)
    matched: dict[str, set[int]] = defaultdict(set)
    met: dict[str, list[tuple[np.datetime64, int]]] = defaultdict(list)
    known = np.maximum(outcomes.applied, np.where(np.isnat(outcomes.closed), outcomes.applied, outcomes.closed))
    is_query = (columns[outcomes.jobs] >= 0) & ((known < known_before) if known_before is not None else True)
    for row in np.flatnonzero(is_query).tolist():
        state, column = int(outcomes.states[row]), int(columns[outcomes.jobs[row]])
        person = outcomes.states_known[state].person
        met[person].append((outcomes.applied[row], column))
        if outcomes.grades[row] >= least_grade:
            wanted[state].add(column)
            matched[person].add(column)
    query_states = [state for state in sorted(wanted) if outcomes.states_known[state].text]
    hidden = np.zeros((len(query_states), len(catalogue)), dtype=bool)
    for row, state in enumerate(query_states):
        person_state = outcomes.states_known[state]
        hidden[row, list(matched[person_state.person])] = True
        hidden[row, [column for day, column in met[person_state.person] if day < person_state.day]] = True
        hidden[row, list(wanted[state])] = False
    days = np.array([outcomes.states_known[state].day for state in query_states], dtype="datetime64[D]")
    return JobQueries(
        states=np.array(query_states, dtype=np.int64),
        catalogue=catalogue,
        relevant=[frozenset(wanted[state]) for state in query_states],
        hidden=hidden,
        age=(days[:, None] - outcomes.opened[catalogue][None, :]).astype(np.int64),
        without_text=len(wanted) - len(query_states),
    )


def window(outcomes: DecisionOutcomes, start: np.datetime64, end: np.datetime64 | None) -> Rows:
    """The jobs opened from `start` up to, without, `end`."""
    opened = outcomes.opened
    return np.flatnonzero((opened >= start) & ((opened < end) if end is not None else True))
