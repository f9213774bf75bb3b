"""Past versions of ads go when no kept answer needs them: whatever is kept replays as before."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, delete, func, select, update

from engine.jobs import Job
from store.database import writing
from store.evidence.answer_records import AnswerRecord
from store.evidence.old_versions import is_needed_no_more
from store.evidence.past_jobs import PastJobs
from store.evidence.recommendation_log import RECOMMENDATIONS, log_answers
from store.matching.job_changes import JOB_VERSIONS, JobChange
from store.records.records import Records

START = datetime(2020, 1, 1, tzinfo=UTC)
DAYS = 60


@dataclass(frozen=True)
class Answer:
    """An answer of a day: by a bundle that held the changes up to `built_after`, and followed those up to `until`."""

    day: int
    built_after: int
    until: int


def at(day: int) -> datetime:
    return START + timedelta(days=day)


def live(records: Records, database: Engine, dice: random.Random) -> list[Answer]:
    """Some weeks of jobs that come, change and go, a bundle now and then, and answers from the newest or an older."""
    bundles: list[tuple[int, int]] = [(0, 0)]
    answers = []
    for day in range(DAYS):
        for _ in range(dice.randrange(3)):
            job_id = f"j{dice.randrange(6)}"
            if dice.random() < 0.3 and job_id in {job.job_id for job in records.iter_jobs()}:
                records.delete_job(job_id)
            else:
                records.put_jobs([Job(job_id, f"Aviso del día {day} {dice.random()}")])
        newest = records.job_change_number()
        with writing(database).begin() as connection:
            is_new = JOB_VERSIONS.c.changed_at > at(DAYS)  # by the real clock
            connection.execute(update(JOB_VERSIONS).where(is_new).values(changed_at=at(day)))
        if dice.random() < 0.15:
            bundles.append((day, newest))
        if dice.random() < 0.6:
            built_on, built_after = dice.choice(bundles[-2:])
            answers.append(Answer(day, built_after, newest))
            log_answer(database, f"r{day}", at(day), f"{at(built_on):%Y%m%dT%H%M%S%f}-ab", newest)
    return answers


def log_answer(database: Engine, name: str, answered_at: datetime, bundle: str, until: int) -> None:
    record = AnswerRecord(name, "s", None, {}, answered_at, bundle, "m", "f", until, [], {"text": "x"}, b"")
    with writing(database).begin() as connection:
        log_answers(connection, [record], answered_at)


def forget(connection: Connection, bundles: Path, before: datetime) -> int:
    is_over = is_needed_no_more(connection, bundles, before)
    return connection.execute(delete(JOB_VERSIONS).where(is_over)).rowcount


def fed(database: Engine, answer: Answer) -> list[JobChange]:
    with database.connect() as connection:
        return PastJobs(connection, answer.until).job_changes(answer.built_after, 1000)


@pytest.mark.parametrize("seed", range(6))
def test_what_a_kept_answer_came_from_is_read_as_before(
    seed: int, database: Engine, records: Records, tmp_path: Path
) -> None:
    dice = random.Random(seed)
    answers = live(records, database, dice)
    before = at(dice.randrange(DAYS // 2, DAYS))
    kept = [answer for answer in answers if at(answer.day) >= before]
    read = {answer: fed(database, answer) for answer in kept}
    with writing(database).begin() as connection:
        connection.execute(delete(RECOMMENDATIONS).where(RECOMMENDATIONS.c.answered_at < before))
        assert forget(connection, tmp_path, before) > 0
    assert {answer: fed(database, answer) for answer in kept} == read
    with writing(database).begin() as connection:
        assert forget(connection, tmp_path, before) == 0


def versions(database: Engine) -> int:
    with database.connect() as connection:
        return connection.execute(select(func.count()).select_from(JOB_VERSIONS)).scalar_one()


def test_without_a_kept_answer_the_jobs_that_there_are_stay_and_no_trace_of_others(
    database: Engine, records: Records, tmp_path: Path
) -> None:
    records.put_jobs([Job("a", "Uno"), Job("b", "Dos")])
    records.put_jobs([Job("a", "Uno, otra vez")])
    records.delete_job("b")
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    with writing(database).begin() as connection:
        assert forget(connection, tmp_path, START) == 0  # none is so old
        assert forget(connection, tmp_path, tomorrow) == 3
    assert versions(database) == 1


@pytest.mark.parametrize("name", ["20100101T000000000000-ab", "named-by-hand"])
def test_a_bundle_that_still_holds_a_deleted_job_is_told_that_it_went(
    name: str, database: Engine, records: Records, tmp_path: Path
) -> None:
    records.put_jobs([Job("a", "Uno")])
    records.delete_job("a")
    (tmp_path / name).mkdir()
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    with writing(database).begin() as connection:
        assert forget(connection, tmp_path, tomorrow) == 1  # what the ad said, not that it went
    assert versions(database) == 1
