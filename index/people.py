"""People by nearness to a job: everybody's vectors in memory, read again when somebody's has changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from threading import Lock
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Vectors

FIRST_ORDERED = 1000


class PeopleVectors(Protocol):
    """P people by id, and their vectors `[P, dimension]`."""

    @property
    def seeker_ids(self) -> list[str]:
        """Who."""

    @property
    def vectors(self) -> Vectors:
        """Their vectors."""

    @property
    def partner_ids(self) -> Sequence[str | None]:
        """Whose user each is; None for somebody with an account of their own."""

    @property
    def is_findable(self) -> NDArray[np.bool_]:
        """Whether each agreed to be found by employers, `[P]`."""

    @property
    def mark(self) -> tuple[int, str]:
        """What told this state from others."""


class PeopleStore(Protocol):
    """What is asked of the system of record, which this room does not import."""

    def people_mark(self, model_id: str) -> tuple[int, str]:
        """Changes when a person or a vector does."""

    def people_vectors(self, model_id: str) -> PeopleVectors:
        """Everybody's vector by a model."""


class PeopleIndex:
    """The people of one store; safe to share between threads."""

    def __init__(self, store: PeopleStore) -> None:
        self._store, self._lock = store, Lock()
        self._people: PeopleVectors | None = None
        self._model_id = ""

    def nearest(self, job_vector: Vectors, model_id: str, partner_id: str | None = None) -> Iterator[str]:
        """The ids of people with a vector by the model, the nearest to a job's vector `[dimension]` first.

        They are those of a partner, or, without one, those who agreed to be found.
        """
        people = self._current(model_id)
        among = np.flatnonzero(_pool(people, partner_id))
        if not len(among):
            return
        cosines = people.vectors[among] @ job_vector
        count = min(FIRST_ORDERED, len(cosines))
        first = np.argpartition(-cosines, count - 1)[:count]
        for row in first[np.argsort(-cosines[first], kind="stable")].tolist():
            yield people.seeker_ids[among[row]]
        rest = np.argsort(-cosines, kind="stable")
        taken = set(first.tolist())
        yield from (people.seeker_ids[among[row]] for row in rest.tolist() if row not in taken)

    def _current(self, model_id: str) -> PeopleVectors:
        with self._lock:
            people = self._people
            if people is None or self._model_id != model_id or people.mark != self._store.people_mark(model_id):
                people = self._people = self._store.people_vectors(model_id)
                self._model_id = model_id
            return people


def _pool(people: PeopleVectors, partner_id: str | None) -> NDArray[np.bool_]:
    if partner_id is None:
        return people.is_findable
    return np.array([one == partner_id for one in people.partner_ids], dtype=np.bool_)
