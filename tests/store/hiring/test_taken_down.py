"""What a moderator took down stays closed, whatever its source says from then on."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from engine.errors import NotFoundError
from engine.jobs import Job
from store.database import writing
from store.hiring.postings import Moderation, put_posting
from store.hiring.standing import Owner
from store.hiring.taken_down import is_taken_down, take_down
from store.importers.postings.pipeline import import_jobs
from store.records.records import Records

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
ADS = [{"@type": "JobPosting", "title": "Redactora", "url": f"https://a.pe/{number}"} for number in (1, 2)]


def put_down(database: Engine, job_id: str) -> Job:
    with writing(database).begin() as connection:
        return take_down(connection, job_id, NOW)


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


def test_only_what_was_imported_is_taken_down_so(database: Engine) -> None:
    with writing(database).begin() as connection:
        posted = Owner(partner_id="p1")
        put_posting(connection, "p1:a", posted, Moderation.APPROVED, is_wanted_open=True, now=NOW)
        for job_id in ("p1:a", "board:none"):
            with pytest.raises(NotFoundError):
                take_down(connection, job_id, NOW)
            assert not is_taken_down(connection, job_id)
