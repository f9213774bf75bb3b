"""Placements as training data: the texts of both sides, the pairs, their grades and times, split by time."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray

from engine.errors import InvalidInputError
from engine.texts import job_text, seeker_text
from store.records import Records

# Grades from here up are a match; the loss weighs each by its grade.
INTERVIEW, FORWARDED = 2, 1
VALIDATION_SHARE, TEST_SHARE = 0.1, 0.2

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PlacementSet:
    """P outcomes between texts. `seekers` and `jobs` `[P]` index the texts; `grades` `[P]`; `times` `[P]`, days.

    Outcomes of `positive_grade` or more are matches.
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


# What was known when the person applied: their aim, their areas, and the titles of processes already closed.
_DECISION_PAIRS = """
with pairs as (
    select *, row_number() over () as pair from read_csv($pairs, all_varchar = true)
    where date_applied is not null and has_job_text = 'True'
), history as (
    select now.pair, string_agg(distinct earlier.job_title, '. ' order by earlier.job_title) as titles
    from pairs now join pairs earlier
      on earlier.cand_id = now.cand_id and earlier.date_updated < now.date_applied
    group by now.pair
)
select pairs.job_id, pairs.grade::int as grade, pairs.date_applied::date as applied,
       concat_ws('. ', candidates.objetivo_profissional, candidates.areas, history.titles) as seeker_text
from pairs
left join read_csv($candidates, all_varchar = true) candidates using (cand_id)
left join history using (pair)
where length(seeker_text) > 0
order by pairs.pair
"""
_DECISION_JOBS = """
select job_id, concat_ws('. ', titulo_vaga, areas_atuacao, principais_atividades,
                         competencia_tecnicas_e_comportamentais) as job_text
from read_csv($jobs, all_varchar = true) order by job_id
"""


def from_decision_br(directory: Path) -> PlacementSet:
    """The Brazilian recruiter's outcomes in `directory`: research and evaluation only, weights stay local.

    A seeker's text is one per state of knowledge: titles of processes count once those processes were closed.
    """
    files = {name: directory / f"{name}.csv.gz" for name in ("pairs", "candidates", "jobs")}
    for path in files.values():
        if not path.is_file():
            raise InvalidInputError(
                f"{path} is missing",
                expected="pairs.csv.gz, candidates.csv.gz, jobs.csv.gz",
                fix="name their folder",
            )
    with duckdb.connect() as connection:
        jobs = connection.execute(_DECISION_JOBS, {"jobs": str(files["jobs"])}).fetchall()
        pairs = connection.execute(
            _DECISION_PAIRS, {"pairs": str(files["pairs"]), "candidates": str(files["candidates"])}
        ).fetchall()
    job_rows = {job_id: row for row, (job_id, _) in enumerate(jobs)}
    pairs = [pair for pair in pairs if pair[0] in job_rows]
    seeker_rows = {text: row for row, text in enumerate(dict.fromkeys(pair[3] for pair in pairs))}
    checksum = hashlib.sha256(b"".join(path.read_bytes() for path in files.values())).hexdigest()
    return PlacementSet(
        name="decision-br",
        version=f"sha256:{checksum[:16]}",
        seeker_texts=list(seeker_rows),
        job_texts=[text for _, text in jobs],
        seekers=np.array([seeker_rows[pair[3]] for pair in pairs], dtype=np.int64),
        jobs=np.array([job_rows[pair[0]] for pair in pairs], dtype=np.int64),
        grades=np.array([pair[1] for pair in pairs], dtype=np.int64),
        times=np.array([pair[2] for pair in pairs], dtype="datetime64[D]"),
        positive_grade=FORWARDED,
    )
