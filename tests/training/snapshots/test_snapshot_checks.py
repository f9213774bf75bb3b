"""The quality checks on real Parquet files: nothing on a sound world, and each finds what is planted for it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import numpy as np
import pytest

from sample.world import World
from store.records.records import Records
from tests.databases import NewDatabaseUrl
from tests.training.simulated_events import simulated_events
from tests.training.snapshot_parts import plant, store_of, tell_events
from training.data.datasets import PlacementSet, from_records, split_by_time
from training.snapshots.checks import CheckResult, run_checks
from training.snapshots.leakage import create_split
from training.snapshots.tables import open_tables
from training.snapshots.taking import take_snapshot

TAKEN_AT = datetime(2026, 7, 1, tzinfo=UTC)
# Rows of the planted statements, found in SQL so that they hold for any sample world.
OLDEST_MATCH = "(select seeker_id, job_id from placements where grade >= 2 order by placed_at limit 1)"
FIRST_JOB, FIRST_SEEKER = "(select min(job_id) from placements)", "(select min(seeker_id) from placements)"
LAST_TIME = "(select max(placed_at) from placements)"


@pytest.fixture(scope="module")
def records(tiny_world: World, new_module_database_url: NewDatabaseUrl) -> Records:
    records = store_of(tiny_world, new_module_database_url())
    tell_events(records, simulated_events(3, 90, 60))
    return records


@pytest.fixture(scope="module")
def sound(records: Records, tmp_path_factory: pytest.TempPathFactory) -> Path:
    snapshot, _ = take_snapshot(records, tmp_path_factory.mktemp("snapshots"), now=TAKEN_AT)
    return snapshot.folder


def failed(results: list[CheckResult]) -> dict[str, CheckResult]:
    return {result.name: result for result in results if result.status.value == "failed"}


def copied(table: str, key: str, new: str, where: str) -> str:
    """A row again under another id."""
    return f"insert into {table} select * replace ('{new}' as {key}) from {table} where {where}"


def test_a_sound_world_passes_every_check(sound: Path) -> None:
    results = run_checks(sound, TAKEN_AT)
    assert [result for result in results if result.status.value != "passed"] == []
    assert len({result.name for result in results}) == len(results) > 12


CLONED_SEEKER = (
    f"insert into seekers select 'clone' as seeker_id, * exclude seeker_id from seekers "
    f"where seeker_id = (select seeker_id from {OLDEST_MATCH})",
    f"insert into placements select 'clone', job_id, 2, {LAST_TIME} from {OLDEST_MATCH}",
)
RARE_JOBS = (
    "create temp table seen as select job_id from placements where grade >= 2 group by job_id "
    "having max(placed_at) < (select quantile_cont(placed_at, 0.5) from placements where grade >= 2) "
    "order by job_id limit 4"
)
PLANTED = {
    "schema": ["alter table jobs alter pay_soles_month type varchar"],
    "nulls": [f"update jobs set title = '' where job_id = {FIRST_JOB}"],
    "ranges": [f"update placements set grade = 7 where seeker_id = {FIRST_SEEKER}"],
    "duplicate ids": [f"insert into seekers from seekers where seeker_id = {FIRST_SEEKER}"],
    "duplicate pairs": [
        f"insert into placements select * replace (0::tinyint as grade) from placements "
        f"where seeker_id = {FIRST_SEEKER} limit 1"
    ],
    "same job text": ["update jobs set text_hash = 'same' where job_id not in (select job_id from placements)"],
    "empty texts": [
        "update seekers set text_characters = 0 where seeker_id in (from seekers select seeker_id limit 6)"
    ],
    "orphans": [f"insert into placements select 'gone-' || seeker_id, job_id, 0, {LAST_TIME} from placements limit 20"],
    "events of nobody": ["update events set job_id = 'gone-' || job_id where kind = 'click'"],
    "contacts": [
        f'update seekers set document = \'{{"text": "escríbeme a ana@example.org"}}\' where seeker_id = {FIRST_SEEKER}'
    ],
    "enough matches": ["delete from placements where grade >= 2 and hash(seeker_id || job_id) % 6 > 0"],
    "days on both sides": [f"update placements set placed_at = {LAST_TIME}"],
    "outcome before posting": [
        "update jobs set posted_at = (select min(placed_at) + interval 25 hour from placements p "
        f"where p.job_id = jobs.job_id) where job_id = {FIRST_JOB}"
    ],
    "id in a text": [
        f"update seekers set document = json_object('text', 'vi el aviso ' || {FIRST_JOB}) where seeker_id = "
        f"(select min(seeker_id) from placements where job_id = {FIRST_JOB})"
    ],
    "employer in the profile": [
        'update jobs set document = json_merge_patch(document, \'{"employer": "Salud Harbor"}\')',
        "update seekers set document = json_object('text', 'Trabajo en SALUD  HARBOR, desde casa') "
        "where seeker_id in (select seeker_id from placements where grade >= 2 limit 8)",
    ],
    "match on both sides": list(CLONED_SEEKER),
    "job text on both sides": [
        RARE_JOBS,
        "insert into jobs select * replace ('again-' || job_id as job_id) from jobs semi join seen using (job_id)",
        "insert into placements select max(seeker_id), 'again-' || job_id, 2, (select max(placed_at) from placements) "
        "from placements p semi join seen using (job_id) where grade < 2 group by job_id",
    ],
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_check_fails_on_what_is_planted_for_it_and_no_other_does(name: str, sound: Path, tmp_path: Path) -> None:
    folder = plant(sound, tmp_path / "planted", *PLANTED[name])
    found = failed(run_checks(folder, TAKEN_AT))
    assert set(found) == {name}
    assert found[name].found >= len(found[name].rows) > 0
    assert found[name].fix


def test_every_check_has_something_planted_for_it(sound: Path) -> None:
    assert {result.name for result in run_checks(sound, TAKEN_AT)} == set(PLANTED)


RANGES = {
    ("placements", "grade"): ("-2::tinyint", "5::tinyint"),
    ("placements", "placed_at"): ("timestamp '1989-12-31 23:59:59'", "timestamp '2026-07-01 00:00:01'"),
    ("jobs", "posted_at"): ("timestamp '1989-12-31'", "timestamp '2026-07-02'"),
    ("jobs", "closes_at"): ("timestamp '1970-01-01'",),
    ("jobs", "pay_soles_month"): ("0.0", "-1.0", "'inf'::double", "'nan'::double"),
    ("jobs", "hours_per_week"): ("-0.5", "168.5"),
    ("seekers", "hours_per_week"): ("-0.5", "168.5"),
    ("jobs", "skill_count"): ("-1",),
    ("events", "kind"): ("'view'",),
    ("events", "position"): ("0", "-3"),
    ("events", "occurred_at"): ("timestamp '1989-12-31'", "timestamp '2026-07-02 00:00:01'"),
}


@pytest.mark.parametrize(
    ("table", "column", "value"), [(*where, value) for where, values in RANGES.items() for value in values]
)
def test_an_impossible_value_is_named_with_its_row(
    table: str, column: str, value: str, sound: Path, tmp_path: Path
) -> None:
    first = f"rowid = (select min(rowid) from {table})"
    folder = plant(sound, tmp_path / "planted", f"update {table} set {column} = {value} where {first}")
    (row,) = failed(run_checks(folder, TAKEN_AT))["ranges"].rows
    assert (row["table_name"], row["column_name"]) == (table, column)
    assert row["id"].startswith("sample:")


def test_values_at_the_borders_and_values_not_stated_are_possible(sound: Path, tmp_path: Path) -> None:
    folder = plant(
        sound,
        tmp_path / "planted",
        "update jobs set hours_per_week = 168, closes_at = timestamp '2030-01-01', pay_soles_month = null",
        "update seekers set hours_per_week = 0, language = null",
        "update events set position = null, recommendation_id = null, occurred_at = timestamp '2026-07-01 23:00:00'",
    )
    assert failed(run_checks(folder, TAKEN_AT)) == {}


def test_a_few_orphans_are_told_and_tolerated(sound: Path, tmp_path: Path) -> None:
    """People who were forgotten leave their outcomes behind; that must not stop training for good."""
    forgotten = f"delete from seekers where seeker_id = {FIRST_SEEKER}"
    results = {one.name: one for one in run_checks(plant(sound, tmp_path / "planted", forgotten), TAKEN_AT)}
    assert results["orphans"].status.value == "warned"
    assert results["orphans"].rows[0]["person_unknown"] is True
    assert not failed(list(results.values()))


def test_at_most_twenty_rows_are_shown_and_all_are_counted(sound: Path, tmp_path: Path) -> None:
    folder = plant(sound, tmp_path / "planted", "update placements set grade = 9 where grade < 2")
    with open_tables(folder) as connection:
        ((count,),) = connection.execute("select count(*) from placements where grade = 9").fetchall()
    result = failed(run_checks(folder, TAKEN_AT))["ranges"]
    assert (len(result.rows), result.found) == (20, count)


def test_the_checks_judge_the_split_that_training_makes(records: Records, sound: Path) -> None:
    placements = from_records(records)
    split = split_by_time(placements)
    ids = [(one.seeker_id, one.job_id) for one in records.iter_placements()]
    with open_tables(sound) as connection:
        create_split(connection)
        for side, rows in (("train", split.train), ("validation", split.validation), ("test", split.test)):
            got = connection.execute("select seeker_id, job_id from split where side = $1", [side]).fetchall()
            assert sorted(got) == sorted(ids[row] for row in rows)


def test_the_split_falls_where_training_cuts_for_any_number_of_matches() -> None:
    for matches in range(10, 80, 7):
        rows = np.arange(matches)
        days = np.datetime64("2025-01-01") + rows.astype("timedelta64[D]")
        expected = split_by_time(PlacementSet("few", "", [], [], rows, rows, np.full(matches, 4), days))
        with duckdb.connect() as connection:
            connection.execute(
                f"create table seekers as select i as seeker_id, i as text_hash from range({matches}) t(i)"
            )
            connection.execute("create table jobs as select seeker_id as job_id, text_hash from seekers")
            connection.execute(
                "create table placements as select seeker_id, job_id, 4 as grade, "
                "date '2025-01-01' + job_id::int as placed_at from jobs join seekers using (text_hash)"
            )
            create_split(connection)
            got = dict(connection.execute("select side, count(*) from split group by side").fetchall())
        assert got == {"train": len(expected.train), "validation": len(expected.validation), "test": len(expected.test)}
