"""What a moderator took down stays closed, whatever its source says from then on."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from engine.jobs import Job
from store.database import writing
from store.hiring.moderated_imports import close_import
from store.hiring.taken_down import note_taken_down
from store.importers.postings.pipeline import import_jobs
from store.records.records import Records

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
ADS = [{"@type": "JobPosting", "title": "Redactora", "url": f"https://a.pe/{number}"} for number in (1, 2)]


def put_down(database: Engine, job_id: str) -> Job:
    with writing(database).begin() as connection:
        note_taken_down(connection, job_id, None, NOW)
        return close_import(connection, job_id)


def test_an_import_does_not_open_what_was_taken_down(database: Engine, records: Records, tmp_path: Path) -> None:
    path = tmp_path / "postings.json"
    path.write_text(json.dumps(ADS), encoding="utf-8")
    import_jobs(path, "jobposting", records)
    first, second = records.iter_jobs()
    assert put_down(database, first.job_id) == replace(first, is_open=False)
    assert import_jobs(path, "jobposting", records).unchanged == 2
    path.write_text(json.dumps([ad | {"description": "Otra cosa"} for ad in ADS]), encoding="utf-8")
    assert import_jobs(path, "jobposting", records).updated == 2
    assert [(job.job_id, job.is_open, job.description) for job in records.iter_jobs()] == [
        (first.job_id, False, "Otra cosa"),
        (second.job_id, True, "Otra cosa"),
    ]
    records.delete_job(first.job_id)
    import_jobs(path, "jobposting", records)
    assert not records.get_job(first.job_id).is_open
    put_down(database, first.job_id)  # again: nothing more
