"""Ads that state no end are over after a while, which each source's mapping tells; what states an end keeps it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.errors import InvalidInputError
from store.importers.postings.mapping import parse_mapping
from store.importers.postings.pipeline import import_jobs
from store.records.records import Records

MAPPING = """
[expiry]
days = 60
since = 2026-11-29
because = "the board's ads run for sixty days"

[id]
columns = ["id"]

[fields]
title = { columns = ["titulo"] }
posted_at = { reader = "date", columns = ["fecha"] }
closes_at = { reader = "date", columns = ["fin"] }
"""
NOW = datetime.now(UTC)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, str]:
    mapping, ads = tmp_path / "bolsa.toml", tmp_path / "ads.csv"
    mapping.write_text(MAPPING)
    old, new, end = (NOW - timedelta(days=days) for days in (61, 59, -30))
    rows = [
        ("old", old.isoformat(), ""),
        ("new", new.isoformat(), ""),
        ("undated", "", ""),
        ("renewed", old.isoformat(), end.isoformat()),
    ]
    lines = ["id,titulo,fecha,fin", *(f"{name},Costurera,{posted},{end}" for name, posted, end in rows)]
    ads.write_text("\n".join(lines))
    return ads, str(mapping)


def open_jobs(records: Records) -> set[str]:
    jobs = [records.get_job(f"bolsa:{name}") for name in ("old", "new", "undated", "renewed")]
    return {job.job_id for job in jobs if job.is_open and (job.closes_at is None or job.closes_at > NOW)}


def test_what_is_older_than_its_sources_ads_last_is_over(records: Records, files: tuple[Path, str]) -> None:
    report = import_jobs(*files, records)
    assert (report.created, report.expired) == (4, 1)
    assert open_jobs(records) == {"bolsa:new", "bolsa:undated", "bolsa:renewed"}
    again = import_jobs(*files, records)
    assert (again.unchanged, again.expired) == (4, 1)


def test_what_is_over_can_be_kept(records: Records, files: tuple[Path, str]) -> None:
    report = import_jobs(*files, records, keep_expired=True)
    assert report.expired == 0
    assert len(open_jobs(records)) == 4


@pytest.mark.parametrize(
    "expiry",
    [{}, {"days": 60}, {"days": 0, "since": NOW.date()}, {"days": "60", "since": NOW.date()}, {"days": 60, "from": 1}],
)
def test_a_rule_that_says_no_days_or_no_date_is_refused(expiry: dict[str, object]) -> None:
    with pytest.raises(InvalidInputError, match="expiry"):
        parse_mapping("bolsa", {"fields": {"title": {"columns": ["t"]}}, "expiry": expiry})
