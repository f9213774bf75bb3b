"""A database that tests fill with what people did, and snapshots of it."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, insert, update

from engine.jobs import Job
from engine.seekers import Seeker
from store.analytics.columns import COLUMNS
from store.analytics.parquet_files import write_table
from store.analytics.snapshots import AnalyticsSnapshot, take_snapshot
from store.database import writing
from store.records.records import Records
from store.tables import SEEKERS, Base

TABLES = Base.metadata.tables
NOW = datetime(2026, 6, 30, 15, tzinfo=UTC)  # a Tuesday
KEY = b"a key of these tests"


def pseudonym_of(seeker_id: str) -> str:
    """The keyed hash that these tests tell people as."""
    return hmac.new(KEY, seeker_id.encode(), hashlib.sha256).hexdigest()


class Story:
    """Writes what happened, in a database of its own; days are counted back from `now`."""

    now = NOW

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine, self.folder, self.records = engine, folder, Records(engine)
        self._numbers = count(1)

    def people(self, people: Iterable[Seeker], *, joined_days_ago: float = 60) -> None:
        """Store profiles, all made on one day."""
        known = list(people)
        self.records.put_seekers(known)
        joined = update(SEEKERS).where(SEEKERS.c.seeker_id.in_([one.seeker_id for one in known]))
        self._write(joined.values(created_at=NOW - timedelta(days=joined_days_ago)))

    def jobs(self, jobs: Iterable[Job]) -> None:
        """Store jobs."""
        self.records.put_jobs(jobs)

    def shown(self, seeker_id: str, job_ids: list[str], days_ago: float) -> None:
        """Log an answer that named these jobs, best first."""
        self._write(
            insert(TABLES["recommendations"]).values(
                recommendation_id=f"answer-{next(self._numbers)}",
                seeker_id=seeker_id,
                input_hash="0" * 64,
                partner_id=None,
                asked={},
                answered_at=NOW - timedelta(days=days_ago),
                bundle="bundle",
                model_id="model",
                reranker="formula",
                job_change_number=1,
                shown=[[job_id, 0.5] for job_id in job_ids],
                answer_hash="0" * 64,
            )
        )

    def event(self, kind: str, seeker_id: str, job_id: str, days_ago: float, *, position: int | None = None) -> None:
        """Store an event that a partner told."""
        moment = NOW - timedelta(days=days_ago)
        self._write(
            insert(TABLES["events"]).values(
                told_by="partner",
                event_id=f"event-{next(self._numbers)}",
                kind=kind,
                seeker_id=seeker_id,
                job_id=job_id,
                recommendation_id=None,
                position=position,
                occurred_at=moment,
                received_at=moment,
            )
        )

    def application(self, seeker_id: str, job_id: str, days_ago: float, *steps: tuple[str, float]) -> None:
        """Store an application and its later steps: stage, days ago."""
        application_id = f"application-{next(self._numbers)}"
        applied_at = NOW - timedelta(days=days_ago)
        self._write(
            insert(TABLES["applications"]).values(
                application_id=application_id,
                seeker_id=seeker_id,
                job_id=job_id,
                employer_id=None,
                recommendation_id=None,
                stage=steps[-1][0] if steps else "received",
                note_sealed=b"sealed",
                version=1,
                applied_at=applied_at,
                updated_at=applied_at,
            )
        )
        for stage, step_days_ago in steps:
            self._write(
                insert(TABLES["application_steps"]).values(
                    step_id=f"step-{next(self._numbers)}",
                    application_id=application_id,
                    stage=stage,
                    reason=None,
                    taken_by="employer",
                    taken_at=NOW - timedelta(days=step_days_ago),
                )
            )

    def snapshot(self, pseudonym: Callable[[str], str] = pseudonym_of, now: datetime = NOW) -> AnalyticsSnapshot:
        """Take a snapshot of all that."""
        return take_snapshot(self.engine, self.folder, pseudonym, now)

    def _write(self, statement: object) -> None:
        with writing(self.engine).begin() as connection:
            connection.execute(statement)  # type: ignore[call-overload]


@pytest.fixture
def story(database: Engine, tmp_path: Path) -> Story:
    """A story that nothing has happened in yet."""
    return Story(database, tmp_path / "analytics")


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., AnalyticsSnapshot]:
    """Makes snapshots of rows that a test states, without a database: for tests that try many."""
    numbers = count(1)

    def write(**rows: list[dict[str, Any]]) -> AnalyticsSnapshot:
        folder = tmp_path / f"written-{next(numbers)}"
        folder.mkdir()
        counts = {table: write_table(folder, table, rows.get(table, [])) for table in COLUMNS}
        return AnalyticsSnapshot(folder, folder.name, NOW, counts)

    return write


@pytest.fixture
def pseudonym() -> Callable[[str], str]:
    """The keyed hash that people are told as."""
    return pseudonym_of
