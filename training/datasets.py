"""Placements as training data: the texts of both sides, the pairs, their grades and times, split by time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.errors import InvalidInputError
from engine.texts import job_text, seeker_text
from store.records import Records

# Grades from here up are a match; the loss weighs each by its grade.
INTERVIEW = 2
VALIDATION_SHARE, TEST_SHARE = 0.1, 0.2

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PlacementSet:
    """P outcomes between texts. `seekers` and `jobs` `[P]` index the texts; `grades` `[P]`; `times` `[P]`, days.

    Outcomes of `positive_grade` or more are matches. `opened` `[jobs]`, days, where it is known.
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

    def relevant_jobs(self, rows: Rows) -> dict[int, frozenset[int]]:
        """The jobs each seeker was matched with in the given positive rows."""
        matched: dict[int, set[int]] = defaultdict(set)
        for row in rows:
            matched[int(self.seekers[row])].add(int(self.jobs[row]))
        return {seeker: frozenset(jobs) for seeker, jobs in matched.items()}


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
    """The placements of the store whose seeker and job are both still known."""
    seeker_texts, job_texts = {}, {}
    for stored in records.iter_seekers():
        seeker_texts[stored.seeker.seeker_id] = seeker_text(stored.seeker)
    for job in records.iter_jobs():
        job_texts[job.job_id] = job_text(job)
    seeker_rows = {seeker_id: row for row, seeker_id in enumerate(seeker_texts)}
    job_rows = {job_id: row for row, job_id in enumerate(job_texts)}
    known = [
        placement
        for placement in records.iter_placements()
        if placement.seeker_id in seeker_rows and placement.job_id in job_rows
    ]
    return PlacementSet(
        name="records",
        version=records.data_version(),
        seeker_texts=list(seeker_texts.values()),
        job_texts=list(job_texts.values()),
        seekers=np.array([seeker_rows[one.seeker_id] for one in known], dtype=np.int64),
        jobs=np.array([job_rows[one.job_id] for one in known], dtype=np.int64),
        grades=np.array([one.grade for one in known], dtype=np.int64),
        times=np.array([one.placed_at.date() for one in known], dtype="datetime64[D]"),
    )
