"""What a reranker is fitted and evaluated on: for people with a known match, the jobs they would have been shown then.

Candidates are the nearest 200 jobs that met every hard limit at the time of the match, as at serving. Hidden facts make
the sample's talkative ads as silent as real ones: what a hidden fact would have decided still decides who was matched.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Rows
from engine.catalogue.catalogue import Catalogue
from engine.catalogue.row_records import RowRecords
from engine.catalogue.thin_ads import without_thinness
from engine.filtering.filters import JobFilter, eligible_jobs
from engine.filtering.schedule_fit import schedule_fit
from engine.jobs import Job
from engine.recommendation.recommend import LEAST_CANDIDATES
from engine.relevance import Calibration
from engine.reranking.features import RerankRequest, candidate_features
from engine.retrieval.searcher import JobVectors
from engine.seekers import Seeker
from engine.skills import seeker_words
from engine.working_hours import stated_hours_per_week, working_hours
from training.data.datasets import PlacementSet


@dataclass(frozen=True, slots=True)
class HiddenShares:
    """The shares of ads that leave a fact out; `times`: of those that tell their hours, how many do not tell when."""

    hours: float = 0.4
    times: float = 0.4
    pay: float = 0.5
    skills: float = 0.5
    languages: float = 0.5
    posted_at: float = 0.1


@dataclass(frozen=True, slots=True)
class People:
    """The people and jobs of a store in the order of its PlacementSet, with their vectors and what calibrates them.

    `seeker_vectors` holds a row for each seeker that `seeker_rows` names: `seeker_vectors[seeker_rows[seeker]]`.
    """

    placements: PlacementSet
    seekers: list[Seeker]
    jobs: list[Job]
    seeker_vectors: dict[int, NDArray[np.float32]]
    job_vectors: NDArray[np.float32]
    calibration: Calibration


@dataclass(frozen=True, slots=True)
class QueryGroup:
    """One person's C candidates: `features` `[C, features]`; `grades` `[C]`, 0 where no match is known.

    `is_wanted` `[C]`: clicked or applied for, so that it is no example of what is not for the person.
    `match_grades` are those of all matches, retrieved or not: of the best list there could be; `relevance`,
    `availability`, `rows`, `posted_at`, `records` `[C]` and `job_vectors` are what today's order needs.
    """

    seeker: int
    features: NDArray[np.float32]
    grades: NDArray[np.int64]
    is_wanted: NDArray[np.bool_]
    match_grades: tuple[int, ...]
    relevance: NDArray[np.float32]
    availability: NDArray[np.float32]
    rows: Rows
    posted_at: NDArray[np.int64]
    records: RowRecords
    job_vectors: tuple[JobVectors, ...] = ()


@dataclass(frozen=True, slots=True)
class _Vectors:
    """Unit vectors `[jobs, dimension]`, read as answers read them."""

    of_jobs: NDArray[np.float32]

    def vector(self, row: int) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self.of_jobs[row]
        return vector

    def cosines(self, query: NDArray[np.float32], rows: Rows) -> NDArray[np.float32]:
        cosines: NDArray[np.float32] = self.of_jobs[rows] @ query
        return cosines


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a person and jobs, by the jobs' rows: grades of matches, and what else was wanted."""

    matches: dict[int, int]
    wanted: Collection[int]


def with_hidden_facts(jobs: Sequence[Job], shares: HiddenShares, seed: int) -> list[Job]:
    """The jobs, each without the facts that chance hides."""
    random = np.random.default_rng(seed)
    return [_without(job, shares, random.random(6)) for job in jobs]


def _without(job: Job, shares: HiddenShares, draws: NDArray[np.float64]) -> Job:
    hidden: dict[str, Any] = {}
    hours = stated_hours_per_week(job) or working_hours(job).hours_per_week
    if draws[0] < shares.hours:
        hidden |= {"schedule": None, "hours_per_week": None}
    elif draws[1] < shares.times and hours:
        hidden |= {"schedule": None, "hours_per_week": hours}
    hidden |= {"pay": None} if draws[2] < shares.pay else {}
    hidden |= {"skills": ()} if draws[3] < shares.skills else {}
    hidden |= {"languages": ()} if draws[4] < shares.languages else {}
    hidden |= {"posted_at": None} if draws[5] < shares.posted_at else {}
    return replace(job, **hidden)


def query_groups(
    people: People, catalogue: Catalogue, rows: Rows, known: Rows, on_person: Callable[[], object] = lambda: None
) -> list[QueryGroup]:
    """A query group for every person with a match among `rows`; jobs of their matches in `known` are left out.

    Args:
        catalogue: the people's jobs, some facts hidden perhaps.
        rows: positive rows of one part of the time split. known: those of earlier parts.
    """
    placements = people.placements
    posted_at = np.array([0 if job.posted_at is None else job.posted_at.timestamp() for job in people.jobs])
    matches, wanted = _grades_by_seeker(placements, rows), _wanted_jobs(placements, rows)
    elsewhere = placements.relevant_jobs(known)
    first_day: dict[int, np.datetime64] = {}
    for row in rows[np.argsort(placements.times[rows], kind="stable")]:
        first_day.setdefault(int(placements.seekers[row]), placements.times[row])
    found = []
    # In order of time, so that the schedules of a week are laid out once.
    for seeker, day in sorted(first_day.items(), key=lambda entry: (entry[1], entry[0])):
        now = datetime.fromisoformat(str(day)).replace(tzinfo=UTC) + timedelta(days=1)
        open_then = posted_at <= now.timestamp()
        open_then[list(elsewhere.get(seeker, frozenset()) - matches[seeker].keys())] = False
        known_of = _Known(matches[seeker], wanted.get(seeker, frozenset()))
        found.append(_query_group(people, catalogue, seeker, known_of, open_then, now))
        on_person()
    return found


def _grades_by_seeker(placements: PlacementSet, rows: Rows) -> dict[int, dict[int, int]]:
    grades: dict[int, dict[int, int]] = {}
    for row in rows:
        grades.setdefault(int(placements.seekers[row]), {})[int(placements.jobs[row])] = int(placements.grades[row])
    return grades


def _wanted_jobs(placements: PlacementSet, rows: Rows) -> dict[int, set[int]]:
    """The jobs that each seeker had clicked or applied for when the last of `rows` was known."""
    interest = placements.wanted_by(rows)
    jobs: dict[int, set[int]] = {}
    for seeker, job in zip(interest.seekers.tolist(), interest.jobs.tolist(), strict=True):
        jobs.setdefault(seeker, set()).add(job)
    return jobs


def _query_group(
    people: People,
    catalogue: Catalogue,
    seeker_row: int,
    known: _Known,
    open_then: NDArray[np.bool_],
    now: datetime,
) -> QueryGroup:
    seeker, columns = people.seekers[seeker_row], catalogue.columns
    hours = schedule_fit(catalogue, seeker, now)
    eligible = np.flatnonzero(eligible_jobs(catalogue, seeker, JobFilter(), hours.shared, now) & open_then)
    cosines = people.job_vectors[eligible] @ people.seeker_vectors[seeker_row]
    nearest = np.argsort(-cosines, kind="stable")[:LEAST_CANDIDATES]
    rows, cosines = eligible[nearest], cosines[nearest]
    records = catalogue.records[rows]
    cosines = without_thinness(cosines, records["thinness_log_odds"], people.calibration)
    request = RerankRequest((seeker,), rows, cosines, (hours,), now, (seeker_words(seeker),))
    return QueryGroup(
        seeker=seeker_row,
        features=candidate_features(catalogue, records, people.calibration, request),
        grades=np.array([known.matches.get(int(row), 0) for row in rows], dtype=np.int64),
        is_wanted=np.array([int(row) in known.wanted for row in rows], dtype=np.bool_),
        match_grades=tuple(known.matches.values()),
        relevance=people.calibration.relevance(cosines),
        availability=hours.availability[columns.schedule_number[rows]],
        rows=rows,
        posted_at=columns.posted_at[rows],
        records=records,
        job_vectors=(_Vectors(people.job_vectors),),
    )
