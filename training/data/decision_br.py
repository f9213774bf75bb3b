"""decision-br: a Brazilian recruiter's outcomes of 2018-2022 as training data. Research and evaluation only.

What is known of a person on a day is their state: the profile, if it was last changed by that day, and the titles of
their processes closed before it. Weights trained on this stay local.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from engine.arrays import Rows
from engine.errors import InvalidInputError
from training.data.datasets import PlacementSet
from training.data.splits import Days

REJECTED, PROSPECT, FORWARDED, OFFERED = -1, 0, 1, 3
EARLIER_TITLES = 8


@dataclass(frozen=True, slots=True)
class DecisionJob:
    """A job: its title without requisition numbers, all its text, and what a ranking is reported by."""

    job_id: str
    title: str
    text: str
    opened: np.datetime64
    level: str
    english: str
    city: str


@dataclass(frozen=True, slots=True)
class SeekerState:
    """What was known of a person on a day; `earlier` titles of closed processes, the newest first."""

    person: str
    day: np.datetime64
    profile: str
    earlier: tuple[str, ...]

    @property
    def text(self) -> str:
        """The aim, then what the person was put forward for."""
        return ". ".join(part for part in (self.profile, *self.earlier[:EARLIER_TITLES]) if part)


@dataclass(frozen=True, slots=True)
class DecisionOutcomes:
    """P outcomes of states and jobs. `states`, `jobs`, `grades`, `applied`, `closed` are `[P]`; NaT: never closed."""

    version: str
    jobs_known: list[DecisionJob]
    states_known: list[SeekerState]
    states: Rows
    jobs: Rows
    grades: Rows
    applied: Days
    closed: Days

    @property
    def opened(self) -> Days:
        """The opening day of every job, `[jobs]`."""
        return np.array([job.opened for job in self.jobs_known], dtype="datetime64[D]")


def from_decision_br(directory: Path) -> PlacementSet:
    """The outcomes in `directory` whose person had some text that day, for `fit`; times are when they were known."""
    return as_placements(read_decision_br(directory))


def as_placements(outcomes: DecisionOutcomes) -> PlacementSet:
    """The outcomes as texts and pairs; equal texts of several people are one seeker text."""
    texts = [state.text for state in outcomes.states_known]
    selected = np.array([row for row, state in enumerate(outcomes.states) if texts[state]], dtype=np.int64)
    seeker_rows = {text: row for row, text in enumerate(dict.fromkeys(texts[outcomes.states[row]] for row in selected))}
    known = np.where(np.isnat(outcomes.closed), outcomes.applied, outcomes.closed)
    return PlacementSet(
        name="decision-br",
        version=outcomes.version,
        seeker_texts=list(seeker_rows),
        job_texts=[job.text for job in outcomes.jobs_known],
        seekers=np.array([seeker_rows[texts[outcomes.states[row]]] for row in selected], dtype=np.int64),
        jobs=outcomes.jobs[selected],
        grades=outcomes.grades[selected],
        times=known[selected],
        positive_grade=FORWARDED,
        opened=outcomes.opened,
    )


def read_decision_br(directory: Path) -> DecisionOutcomes:
    """Jobs, outcomes and what was known of each person on the day each outcome's process was created."""
    files = {name: directory / f"{name}.csv.gz" for name in ("pairs", "candidates", "jobs")}
    for path in files.values():
        if not path.is_file():
            raise InvalidInputError(
                f"{path} is missing",
                expected="pairs.csv.gz, candidates.csv.gz, jobs.csv.gz",
                fix="name their folder",
            )
    with duckdb.connect() as connection:
        jobs = [_job(row) for row in connection.execute(_JOBS, {"jobs": str(files["jobs"])}).fetchall()]
        pairs = connection.execute(_PAIRS, {"pairs": str(files["pairs"])}).fetchall()
        people = connection.execute(_PEOPLE, {"candidates": str(files["candidates"])}).fetchall()
    checksum = hashlib.sha256(b"".join(path.read_bytes() for path in files.values())).hexdigest()
    return _outcomes(f"sha256:{checksum[:16]}", jobs, pairs, {person: tuple(rest) for person, *rest in people})


_JOBS = """
select job_id, titulo_vaga, nivel_profissional, areas_atuacao, principais_atividades,
       competencia_tecnicas_e_comportamentais, strptime(data_requicisao, '%d-%m-%Y')::date as opened,
       nivel_ingles, cidade
from read_csv($jobs, all_varchar = true) order by opened, job_id
"""
_PAIRS = """
select cand_id, job_id, job_title, grade::int, date_applied::date, date_updated::date, has_job_text = 'True'
from read_csv($pairs, all_varchar = true) where date_applied is not null
order by date_applied, job_id, cand_id
"""
_PEOPLE = """
select cand_id, concat_ws('. ', objetivo_profissional, areas), data_atualizacao::timestamp::date
from read_csv($candidates, all_varchar = true)
"""


def _job(row: Sequence[Any]) -> DecisionJob:
    job_id, title, level, areas, activities, competences, opened, english, city = row
    # Half of the jobs say the same under activities and under competences: an encoder need not read it twice.
    parts = dict.fromkeys(tidy_text(part or "") for part in (activities, competences))
    short = clean_title(title or "")
    text = ". ".join(part for part in (short, level, (areas or "").strip("- "), *parts) if part and part != short)
    return DecisionJob(
        job_id=job_id,
        title=short,
        text=f"{short}. {text}" if not text.startswith(short) else text,
        opened=np.datetime64(opened, "D"),
        level=level or "",
        english=english or "",
        city=city or "",
    )


_NUMBERS = re.compile(r"(?:\b(?:RE|ER|VAGA|REQ)[- ]*)?\b\d{5,}\b|\[phone\]|\[email\]", re.IGNORECASE)
_REPLACED = re.compile(r"[-–(]\s*(?:replace|subst\w*|backfill)\b.*$", re.IGNORECASE)
_EDGES = " -–—_|/.,;:()[]\t\n\uf0d8\uf0a7•"


def clean_title(title: str) -> str:
    """A title without requisition numbers, placeholders and the name of whom it replaces."""
    shorter = _REPLACED.sub("", _NUMBERS.sub(" ", title))
    return tidy_text(shorter).strip(_EDGES) or tidy_text(title)


def tidy_text(text: str) -> str:
    """Single spaces, no bullets."""
    return " ".join(re.sub(r"[\uf000-\uf0ff•]", " ", text).split())


def _outcomes(
    version: str, jobs: list[DecisionJob], pairs: Sequence[Sequence[Any]], people: dict[str, Sequence[Any]]
) -> DecisionOutcomes:
    job_rows = {job.job_id: row for row, job in enumerate(jobs)}
    histories: dict[str, list[tuple[Any, str]]] = defaultdict(list)
    for person, _, title, _, _, closed, _ in pairs:
        if closed is not None:
            histories[person].append((closed, clean_title(title or "")))
    for history in histories.values():
        history.sort(reverse=True)
    selected = [pair for pair in pairs if pair[6] and pair[1] in job_rows]
    state_rows: dict[tuple[str, Any], int] = {}
    for pair in selected:
        state_rows.setdefault((pair[0], pair[4]), len(state_rows))
    states = [_state(person, day, people.get(person), histories[person]) for person, day in state_rows]
    return DecisionOutcomes(
        version=version,
        jobs_known=jobs,
        states_known=states,
        states=np.array([state_rows[pair[0], pair[4]] for pair in selected], dtype=np.int64),
        jobs=np.array([job_rows[pair[1]] for pair in selected], dtype=np.int64),
        grades=np.array([pair[3] for pair in selected], dtype=np.int64),
        applied=np.array([pair[4] for pair in selected], dtype="datetime64[D]"),
        closed=np.array([pair[5] for pair in selected], dtype="datetime64[D]"),
    )


def _state(person: str, day: Any, profile: Sequence[Any] | None, history: list[tuple[Any, str]]) -> SeekerState:
    """The profile counts only if it was not changed after that day: what it said before is not known."""
    text, changed = profile or ("", None)
    current = tidy_text(text or "") if changed is not None and changed <= day else ""
    earlier = dict.fromkeys(title for closed, title in history if closed < day and title)
    return SeekerState(person, np.datetime64(day, "D"), current, tuple(earlier))
