"""Placements as training data: the texts of both sides, the pairs, their grades and times, split by time."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import orjson
from numpy.typing import NDArray

from engine.arrays import Rows
from engine.encoder.texts import job_text, seeker_text
from engine.errors import InvalidInputError
from engine.jobs import Job
from engine.placements import Placement
from engine.seekers import Seeker
from store.matching.events import Event
from store.records.records import Records
from training.data.interest import Interest, interest_in, no_interest

# Grades from here up are a match; the loss weighs each by its grade.
INTERVIEW = 2
VALIDATION_SHARE, TEST_SHARE = 0.1, 0.2


@dataclass(frozen=True, slots=True)
class PlacementSet:
    """P outcomes between texts. `seekers` and `jobs` `[P]` index the texts; `grades` `[P]`; `times` `[P]`, days.

    Outcomes of `positive_grade` or more are matches. `opened` `[jobs]`, days, where it is known. `interest` is what
    people wanted, short of a match.
    """

    name: str
    version: str
    seeker_texts: list[str]
    job_texts: list[str]
    seekers: Rows
    jobs: Rows
    grades: Rows
    times: NDArray[np.datetime64]
    positive_grade: int = INTERVIEW
    opened: NDArray[np.datetime64] | None = None
    interest: Interest = field(default_factory=no_interest)

    def relevant_jobs(self, rows: Rows) -> dict[int, frozenset[int]]:
        """The jobs each seeker was matched with in the given positive rows."""
        matched: dict[int, set[int]] = defaultdict(set)
        for row in rows:
            matched[int(self.seekers[row])].add(int(self.jobs[row]))
        return {seeker: frozenset(jobs) for seeker, jobs in matched.items()}

    def wanted_by(self, rows: Rows) -> Interest:
        """The interest that was known when the last of `rows` was: what came later is not theirs to learn from."""
        return self.interest.until(self.times[rows].max()) if len(rows) else no_interest()


@dataclass(frozen=True, slots=True)
class TrainingData:
    """People and jobs of one version of the data, and what became of them: the rows of `placements` are theirs."""

    seekers: list[Seeker]
    jobs: list[Job]
    placements: PlacementSet


@dataclass(frozen=True, slots=True)
class TimeSplit:
    """Positive rows, oldest first: fit on `train`, choose on `validation`, report on `test`."""

    train: Rows
    validation: Rows
    test: Rows


def split_by_time(placements: PlacementSet) -> TimeSplit:
    """The last 20% of the positives are the test, the 10% before them the validation.

    Raises:
        InvalidInputError: fewer than ten positives.
    """
    positives = np.flatnonzero(placements.grades >= placements.positive_grade)
    if len(positives) < 10:
        raise InvalidInputError(
            "too few placements to train on",
            expected=f"at least 10 of grade {placements.positive_grade} or more",
            got=str(len(positives)),
            fix="add placements, or make a sample world: chamba sample",
        )
    ordered = positives[np.argsort(placements.times[positives], kind="stable")]
    test_start = int(len(ordered) * (1 - TEST_SHARE))
    validation_start = int(len(ordered) * (1 - TEST_SHARE - VALIDATION_SHARE))
    return TimeSplit(ordered[:validation_start], ordered[validation_start:test_start], ordered[test_start:])


def from_records(records: Records) -> PlacementSet:
    """What the store's people who agreed to training did, where person and job are both still known."""
    found = placement_set(
        "records",
        "",
        {stored.seeker.seeker_id: seeker_text(stored.seeker) for stored in records.iter_seekers(for_training=True)},
        {job.job_id: job_text(job) for job in records.iter_jobs()},
        records.iter_placements(for_training=True),
        records.iter_events(),
    )
    return replace(found, version=_version_of(found))


def data_of_records(records: Records) -> TrainingData:
    """The store's people and jobs as they are, with `from_records` of them."""
    seekers = [stored.seeker for stored in records.iter_seekers(for_training=True)]
    found = training_data(
        "records",
        "",
        seekers,
        list(records.iter_jobs()),
        records.iter_placements(for_training=True),
        records.iter_events(),
    )
    return replace(found, placements=replace(found.placements, version=_version_of(found.placements)))


def training_data(
    name: str,
    version: str,
    seekers: list[Seeker],
    jobs: list[Job],
    placements: Iterable[Placement],
    events: Iterable[Event],
) -> TrainingData:
    """People and jobs with the `placement_set` of their texts."""
    seeker_texts = {seeker.seeker_id: seeker_text(seeker) for seeker in seekers}
    job_texts = {job.job_id: job_text(job) for job in jobs}
    return TrainingData(seekers, jobs, placement_set(name, version, seeker_texts, job_texts, placements, events))


def placement_set(
    name: str,
    version: str,
    seeker_texts: Mapping[str, str],
    job_texts: Mapping[str, str],
    placements: Iterable[Placement],
    events: Iterable[Event],
) -> PlacementSet:
    """Outcomes and events between people and jobs, texts by id; those of an unknown person or job are left out."""
    seeker_rows = {seeker_id: row for row, seeker_id in enumerate(seeker_texts)}
    job_rows = {job_id: row for row, job_id in enumerate(job_texts)}
    known = [one for one in placements if one.seeker_id in seeker_rows and one.job_id in job_rows]
    seekers = np.array([seeker_rows[one.seeker_id] for one in known], dtype=np.int64)
    jobs = np.array([job_rows[one.job_id] for one in known], dtype=np.int64)
    grades = np.array([one.grade for one in known], dtype=np.int64)
    times = np.array([one.placed_at.date() for one in known], dtype="datetime64[D]")
    applied = (grades >= 0) & (grades < INTERVIEW)
    interest = interest_in(events, seeker_rows, job_rows)
    return PlacementSet(
        name,
        version,
        list(seeker_texts.values()),
        list(job_texts.values()),
        seekers,
        jobs,
        grades,
        times,
        interest=interest.and_applied(seekers[applied], jobs[applied], times[applied]),
    )


def _version_of(placements: PlacementSet) -> str:
    """A name for the content: equal for equal texts, outcomes and interest."""
    digest = hashlib.sha256(orjson.dumps([placements.seeker_texts, placements.job_texts]))
    interest = placements.interest
    for column in (placements.seekers, placements.jobs, placements.grades, placements.times):
        digest.update(column.tobytes())
    for field_name in Interest.__dataclass_fields__:
        digest.update(getattr(interest, field_name).tobytes())
    return digest.hexdigest()[:16]
