"""Ads are found by words of their titles and employers, which one index has: no ad is read for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, MetaData, event, select

from engine.jobs import Job
from store.database import migrate, migrate_down, writing
from store.hiring.finding import JobsWanted, find_jobs
from store.matching.rows import MOST_HEADING, heading_of
from store.records.records import Records

Find = Callable[..., list[str]]

ADS = [
    Job("feria:1", "Bordadora de mantas", employer="Taller Ñusta", source="feria"),
    Job("feria:2", "BORDADOR a máquina 100%", employer="Óptica Sol", source="feria"),
    Job("feria:3", "Vendedor de lentes", source="feria"),
]


@pytest.fixture
def found(database: Engine, records: Records) -> Find:
    """Ids of ads by words, some at a time."""
    records.put_jobs(ADS)

    def find(words: str, after: str | None = None, limit: int = 10) -> list[str]:
        with database.connect() as connection:
            return [one.job_id for one in find_jobs(connection, JobsWanted(words), after=after, limit=limit)]

    return find


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("bordador", ["feria:1", "feria:2"]),
        ("MÁQUINA optica", ["feria:2"]),
        ("taller ñusta", ["feria:1"]),
        ("taller nusta bordadora", ["feria:1"]),
        ("100%", ["feria:2"]),
        ("%", ["feria:2"]),
        ("bor%ra", []),
        ("bordador zapatero", []),
        ("", ["feria:1", "feria:2", "feria:3"]),
    ],
)
def test_every_word_is_in_the_title_or_the_employer(found: Find, words: str, ids: list[str]) -> None:
    assert found(words) == ids


def test_pages_follow_each_other(found: Find) -> None:
    assert found("bordador", limit=1) == ["feria:1"]
    assert found("bordador", after="feria:1") == ["feria:2"]


def test_a_title_that_changes_is_found_by_its_new_words(found: Find, records: Records) -> None:
    records.put_jobs([Job("feria:3", "Zapatera", source="feria")])
    assert found("zapatera") == ["feria:3"]
    assert found("lentes") == []


@pytest.mark.sqlite_only("how SQLite finds them")
def test_words_are_looked_for_in_the_index_alone(database: Engine, records: Records) -> None:
    records.put_jobs(ADS)
    asked: list[tuple[str, tuple[object, ...]]] = []
    with database.connect() as connection:

        def note(
            _connection: object, _cursor: object, statement: str, parameters: tuple[object, ...], *_: object
        ) -> None:
            asked.append((statement, parameters))

        event.listen(connection, "before_cursor_execute", note)
        find_jobs(connection, JobsWanted("zapatero"), after=None, limit=10)
        ((statement, parameters),) = [one for one in asked if one[0].startswith("SELECT")]
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
    steps = [row[-1] for row in plan]
    assert any("COVERING INDEX ix_jobs_heading" in step for step in steps), steps
    assert "SCAN jobs" not in steps


def test_ads_of_before_have_their_words_after_the_migration(database: Engine, records: Records) -> None:
    records.put_jobs(ADS)
    migrate_down(database, "0025_phones")
    tables = MetaData()
    with writing(database).begin() as connection:
        tables.reflect(connection, only=["jobs"])
        assert "heading" not in tables.tables["jobs"].c
    migrate(database)
    with database.connect() as connection:
        tables = MetaData()
        tables.reflect(connection, only=["jobs"])
        jobs = tables.tables["jobs"].c
        kept = {row.job_id: row.heading for row in connection.execute(select(jobs.job_id, jobs.heading))}
    assert kept == {job.job_id: heading_of(job.title, job.employer) for job in ADS}


def test_a_heading_fits_an_index(records: Records) -> None:
    records.put_jobs([Job("feria:4", "職" * 300, employer="務" * 300, source="feria")])
    assert len(heading_of("職" * 300, "務" * 300)) == MOST_HEADING
