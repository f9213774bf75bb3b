"""Jobs that were imported before signs were looked for are judged once, by the same rules as what comes in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
from sqlalchemy import Engine

from engine.jobs import Job
from engine.offer_signs import SignKind
from store.database import writing
from store.hiring.imported_signs import JobsJudged, judge_imported_jobs
from store.hiring.postings import Moderation, put_posting
from store.hiring.standing import Owner
from store.matching.job_changes import put_numbered_jobs
from store.matching.rows import job_row
from store.records.records import Records

HONEST = Job("board:honest", "Redactora", "Escribir avisos.", "Taller", source="board")
NOTED = replace(HONEST, job_id="board:noted", description="Escribir avisos. Solo mujeres.")
FRAUD = replace(HONEST, job_id="board:fraud", description="Deposita S/ 50 para separar tu vacante.")


def test_jobs_of_before_are_judged_and_keep_their_vectors(database: Engine, records: Records) -> None:
    for job in (HONEST, NOTED, replace(NOTED, job_id="board:again"), FRAUD):
        records.put_job(job, np.ones(3, np.float32), "m1")
    before = records.job_change_number()
    assert judge_imported_jobs(database) == JobsJudged(read=4, signed=3, held=1)
    assert records.get_job(HONEST.job_id) == HONEST
    noted, fraud = records.get_job(NOTED.job_id), records.get_job(FRAUD.job_id)
    assert ([sign.kind for sign in noted.signs], noted.is_open) == ([SignKind.ASKS_SEX], True)
    assert ([sign.kind for sign in fraud.signs], fraud.is_open) == ([SignKind.ASKS_FOR_MONEY], False)
    assert {change.job_id for change in records.job_changes(before, 9)} == {NOTED.job_id, "board:again", FRAUD.job_id}
    assert all(change.vector_model_id == "m1" for change in records.job_changes(before, 9))
    assert judge_imported_jobs(database) == JobsJudged(read=1)


def test_what_was_posted_is_its_moderators_business(database: Engine, records: Records) -> None:
    posted = replace(FRAUD, job_id="p1:a", source="api")
    with writing(database).begin() as connection:
        now = datetime(2026, 11, 29, tzinfo=UTC)
        put_posting(connection, "p1:a", Owner(partner_id="p1"), Moderation.APPROVED, is_wanted_open=True, now=now)
        put_numbered_jobs(connection, {"p1:a": job_row(posted)})
    assert judge_imported_jobs(database) == JobsJudged()
    assert records.get_job("p1:a") == posted
