"""What is asked of the engine for each search that is due: as the person asks, with their profile and hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from api.alerts.new_jobs import NewJobs
from api.recommendations.schemas.requests import FilterDocument
from api.recommendations.service.recommending import Person, query_of
from api.seekers.schemas import RecommendationsForMe, SearchRequest
from api.seekers.service.own_recommendations import searching_person
from engine.encoder.encoder import Tower
from engine.encoder.texts import seeker_text
from engine.errors import NotFoundError
from engine.explain import Locale
from engine.recommendation.query import Query
from engine.recommendation.recommendation import RecommendedJob
from engine.recommendation.sorting import JobSort
from engine.seekers import Seeker
from index.serving import ServedBundle
from store.alerts.due import DuePerson
from store.alerts.saved_searches import SavedSearch
from store.matching.person_reads import PersonRead
from store.records.records import Records

MOST_FOUND = 20
REMEMBERED_TEXTS = 10_000


@dataclass(frozen=True, slots=True)
class FoundJob:
    """A new job for somebody, and the search that found it."""

    search: SavedSearch
    job: RecommendedJob


@dataclass(frozen=True, slots=True)
class _Limits:
    """What `query_of` takes."""

    limit: int
    filters: FilterDocument
    locale: Locale
    sort: JobSort = JobSort.BEST


class AlertQueries:
    """Asks for the searches of some people at once; remembers the vectors of what many look for."""

    def __init__(self, records: Records, bundle: ServedBundle) -> None:
        self._records, self._bundle = records, bundle
        self._vector_of_text = lru_cache(REMEMBERED_TEXTS)(self._encoded)

    def found(self, asked: Sequence[tuple[DuePerson, SavedSearch, NewJobs]]) -> list[list[FoundJob]]:
        """The matches of each search among the new jobs, the best first."""
        queries = [self._query(*one) for one in asked]
        answers: list[list[FoundJob]] = [[] for _ in asked]
        together: dict[int, list[int]] = {}
        now = self._bundle.now()
        for number, (query, (_, search, jobs)) in enumerate(zip(queries, asked, strict=True)):
            if query is None:
                continue
            if query.by_words or query.stated_first:
                found = jobs.recommender.recommend(query, now)
                answers[number] = [FoundJob(search, job) for job in found.jobs]
            else:
                together.setdefault(id(jobs), []).append(number)
        for numbers in together.values():
            many = asked[numbers[0]][2].many
            wanted = [query for number in numbers if (query := queries[number]) is not None]
            for number, found in zip(numbers, many.recommend(wanted, now), strict=True):
                answers[number] = [FoundJob(asked[number][1], job) for job in found.jobs]
        return answers

    def _query(self, person: DuePerson, search: SavedSearch, jobs: NewJobs) -> Query | None:
        """None for somebody without a profile."""
        try:
            stored = self._records.read_person(person.seeker_id)
        except NotFoundError:
            return None
        filters = FilterDocument.model_validate(search.asked.filters)
        if search.asked.query is None:
            asking, limits = self._as_they_are(stored), RecommendationsForMe(filters=filters)
        else:
            body = SearchRequest(query=search.asked.query, filters=filters)
            asking, limits = searching_person(body, stored.seeker, self._bundle, self._vector), body
        query = query_of(asking, _Limits(MOST_FOUND, limits.filters, person.locale))
        excluded = (person.left_out & jobs.ids) | jobs.before(search.since)
        return replace(query, excluded=frozenset(excluded), tells_nearest=False)

    def _as_they_are(self, stored: PersonRead) -> Person:
        is_known = stored.vector is not None and stored.vector_model_id == self._bundle.model_id
        vector = stored.vector if is_known and stored.vector is not None else self._vector(stored.seeker)
        return Person(self._bundle, stored.seeker, vector, stored.document)

    def _vector(self, seeker: Seeker) -> NDArray[np.float32]:
        return self._vector_of_text(seeker_text(seeker))

    def _encoded(self, text: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self._bundle.encoder.encode([text], Tower.SEEKER)[0]
        return vector
