"""A site with a feed, and runs of it on a clock of the test's own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from store.feeds.counts import Outcome, RunCounts
from store.feeds.feed_files import Feed, load_feed
from store.feeds.runner import FeedResult, FeedRunner, RunOptions
from store.fetching.pace import HostPace
from store.fetching.requests import Fetcher, FetchLimits
from store.records.records import Records
from store.tables import JOBS
from tests.local_site import LOOPBACK, Reply, Site, local_site

START = datetime(2026, 11, 29, 12, tzinfo=UTC)


class Desk:
    """An operator's desk: feed files, runs of them, and the jobs that are stored."""

    def __init__(self, database: Engine, folder: Path, site: Site) -> None:
        self.database, self.folder, self.site = database, folder, site
        self.now, self.seconds = START, 0.0
        self.fetcher = Fetcher(networks=LOOPBACK, limits=FetchLimits(2.0, 2.0, 10.0))
        folder.mkdir(exist_ok=True)

    def write(self, name: str, text: str) -> Feed:
        """A feed file; `SITE` stands for the site's address."""
        path = self.folder / f"{name}.toml"
        path.write_text(text.replace("SITE", self.site.address), encoding="utf-8")
        return load_feed(path)

    def runner(self) -> FeedRunner:
        """What runs feeds, on this desk's clock."""

        def sleep(seconds: float) -> None:
            self.seconds += seconds

        return FeedRunner(
            self.database, self.folder, self.fetcher, HostPace(lambda: self.seconds, sleep), now=lambda: self.now
        )

    def results(self, *feeds: Feed, **options: Any) -> list[FeedResult]:
        """Run feeds a day after the last time."""
        self.now += timedelta(days=1)
        self.site.forget()
        return self.runner().run(feeds, RunOptions(**options), lambda _result: None)

    def run(self, feed: Feed, **options: Any) -> tuple[Outcome, RunCounts]:
        """Run one."""
        (result,) = self.results(feed, **options)
        assert not result.error
        return result.outcome, result.counts

    def jobs(self) -> dict[str, bool]:
        """The ids of the jobs that are stored, and whether each is open."""
        with self.database.connect() as connection:
            query = select(JOBS.c.job_id, JOBS.c.is_open).order_by(JOBS.c.job_id)
            return {row.job_id: row.is_open for row in connection.execute(query)}

    def open_ids(self) -> list[str]:
        """The last parts of the ids of jobs that are open."""
        return [job_id.partition(":")[2] for job_id, is_open in self.jobs().items() if is_open]

    def open_numbers(self) -> list[str]:
        """The last words of the titles of jobs that are open: the numbers that `page` gives them."""
        return sorted(job.title.rpartition(" ")[2] for job in Records(self.database).iter_jobs() if job.is_open)


@pytest.fixture
def site() -> Iterator[Site]:
    """A site on loopback."""
    with local_site() as found:
        yield found


@pytest.fixture
def desk(database: Engine, tmp_path: Path, site: Site) -> Iterator[Desk]:
    """A desk with an empty database."""
    found = Desk(database, tmp_path / "feeds", site)
    yield found
    found.fetcher.close()


def posting(number: int, **more: Any) -> dict[str, Any]:
    """A posting as Remotive's API has it."""
    return {
        "id": number,
        "url": f"https://empleos.example/{number}",
        "title": f"Redactora {number}",
        "company_name": "Taller",
        "publication_date": "2026-11-01T10:00:00",
        "description": "<p>Escribir avisos.</p>",
        **more,
    }


def board(*numbers: int, etag: str = "") -> Reply:
    """The list of some postings, as Remotive's API answers."""
    body = json.dumps({"job-count": len(numbers), "jobs": [posting(number) for number in numbers]})
    return Reply(body, headers={"ETag": etag} if etag else {})


def page(number: int, **more: Any) -> str:
    """A page with a posting in JSON-LD."""
    linked = {"@type": "JobPosting", "title": f"Cajera {number}", "identifier": {"value": str(number)}, **more}
    return f'<html><script type="application/ld+json">{json.dumps(linked)}</script>'


def sitemap(*addresses: str, kind: str = "url", modified: str = "") -> str:
    """A sitemap, or with `kind="sitemap"` an index of them."""
    root = "urlset" if kind == "url" else "sitemapindex"
    last = f"<lastmod>{modified}</lastmod>" if modified else ""
    found = "".join(f"<{kind}><loc>{address}</loc>{last}</{kind}>" for address in addresses)
    return f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{found}</{root}>'


@pytest.fixture
def board_feed(desk: Desk) -> Feed:
    """A feed of a board with all its postings in one document, `/api`."""
    return desk.write("tablero", 'kind = "remotive"\naddress = "SITE/api"\nevery = "6h"\ngap_seconds = 0.1\n')
