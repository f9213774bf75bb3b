"""Reads the store for a snapshot: every row that the analyst's tables hold, streamed, in one state of the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, Table, select

from engine.documents.jobs import job_from_document
from engine.documents.seekers import seeker_from_document
from engine.placements import Placement
from engine.slots import week_start
from store.analytics import rows
from store.analytics.columns import Step
from store.analytics.vocabulary import SkillVocabulary
from store.matching.events import EventKind
from store.tables import JOBS, PLACEMENTS, SEEKERS, Base
from store.upserts import BATCH_ROWS

CACHED_PSEUDONYMS = 65536
NOBODY = ""  # whose profile came with the request and is not kept: each time somebody else

RECOMMENDATIONS: Table = Base.metadata.tables["recommendations"]
EVENTS: Table = Base.metadata.tables["events"]
APPLICATIONS: Table = Base.metadata.tables["applications"]
APPLICATION_STEPS: Table = Base.metadata.tables["application_steps"]


@contextmanager
def one_state(engine: Engine) -> Iterator[Connection]:
    """A connection whose reads all see the database as it was at the first of them."""
    with engine.connect() as connection:
        if engine.dialect.name != "sqlite":  # whose transactions are that by themselves
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection.execution_options(yield_per=BATCH_ROWS)


class StoreReader:
    """The rows of each table of a snapshot, as dicts; `table_rows` is asked in the order of `TABLE_ORDER`."""

    # Jobs before people, whose skills are told in the jobs' words; the words once both are known.
    TABLE_ORDER = ("jobs", "people", "skills", "shown", "steps", "searches")

    def __init__(self, connection: Connection, pseudonym: Callable[[str], str], now: datetime) -> None:
        """`connection` is of `one_state`; `pseudonym` gives the keyed hash of a seeker's id."""
        self._connection, self._now, self._week = connection, now, week_start(now)
        self._pseudonym = lru_cache(maxsize=CACHED_PSEUDONYMS)(pseudonym)
        self._vocabulary = SkillVocabulary()

    def table_rows(self, table: str) -> Iterator[rows.Row]:
        """The rows of a table; those of one key may come more than once."""
        read: dict[str, Callable[[], Iterator[rows.Row]]] = {
            "jobs": self._jobs,
            "people": self._people,
            "skills": self._vocabulary.rows,
            "shown": self._shown,
            "steps": self._steps,
            "searches": self._searches,
        }
        return read[table]()

    def _stream(self, query: Select[Any]) -> Iterator[Row[Any]]:
        with self._connection.execute(query) as found:  # a cursor of the server's, to be closed on failure too
            yield from found

    def _jobs(self) -> Iterator[rows.Row]:
        for row in self._stream(select(JOBS.c.job_id, JOBS.c.document)):
            job = job_from_document(row.document, row.job_id)
            yield rows.job_row(job, self._vocabulary.add_job(job.skills), self._week, self._now)

    def _people(self) -> Iterator[rows.Row]:
        query = select(SEEKERS.c.seeker_id, SEEKERS.c.document, SEEKERS.c.created_at)
        for row in self._stream(query):
            self._vocabulary.add_person(seeker_from_document(row.document).skills)
        for row in self._stream(query):
            seeker = seeker_from_document(row.document)
            person, skills = self._pseudonym(row.seeker_id), self._vocabulary.held(seeker)
            yield rows.person_row(person, seeker, row.created_at, skills, self._week)

    def _shown(self) -> Iterator[rows.Row]:
        answers = RECOMMENDATIONS.c
        query = select(answers.seeker_id, answers.answered_at, answers.shown)
        for row in self._stream(query.where(answers.seeker_id != NOBODY)):
            person = self._pseudonym(row.seeker_id)
            for position, (job_id, _score) in enumerate(row.shown, 1):
                yield rows.shown_row(person, job_id, row.answered_at, position)
        events = EVENTS.c
        impressions = select(events.seeker_id, events.job_id, events.occurred_at, events.position)
        for row in self._stream(impressions.where(events.kind == EventKind.IMPRESSION)):
            yield rows.shown_row(self._pseudonym(row.seeker_id), row.job_id, row.occurred_at, row.position)

    def _searches(self) -> Iterator[rows.Row]:
        answers = RECOMMENDATIONS.c
        query = select(answers.seeker_id, answers.answered_at, answers.shown)
        for row in self._stream(query.where(answers.seeker_id != NOBODY)):
            yield rows.search_row(self._pseudonym(row.seeker_id), row.answered_at, has_result=bool(row.shown))

    def _steps(self) -> Iterator[rows.Row]:
        for seeker_id, job_id, step, moment in self._taken():
            yield rows.step_row(self._pseudonym(seeker_id), job_id, step, moment)

    def _taken(self) -> Iterator[tuple[str, str, Step, datetime]]:
        """Every step after being shown that is known, by seeker's id."""
        events, applications, taken = EVENTS.c, APPLICATIONS.c, APPLICATION_STEPS.c
        query = select(events.kind, events.seeker_id, events.job_id, events.occurred_at)
        for row in self._stream(query.where(events.kind.in_(rows.STEP_OF_EVENT))):
            yield row.seeker_id, row.job_id, rows.STEP_OF_EVENT[EventKind(row.kind)], row.occurred_at
        for row in self._stream(select(applications.seeker_id, applications.job_id, applications.applied_at)):
            yield row.seeker_id, row.job_id, Step.APPLIED, row.applied_at
        joined = APPLICATIONS.join(APPLICATION_STEPS)
        query = select(applications.seeker_id, applications.job_id, taken.stage, taken.taken_at).select_from(joined)
        for row in self._stream(query):
            yield row.seeker_id, row.job_id, rows.step_of_stage(row.stage), row.taken_at
        for row in self._stream(select(PLACEMENTS)):
            placement = Placement(row.seeker_id, row.job_id, row.placed_at, row.grade)
            yield row.seeker_id, row.job_id, rows.step_of_placement(placement), row.placed_at
