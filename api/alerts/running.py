"""A run of alerts: those whose searches are due are told of new jobs, some people at a time.

What a run wrote stands if it is killed, and the next goes on after it; of two at once each job is told by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection, func, select

from api.alerts.asking import AlertQueries, FoundJob
from api.alerts.mails import MOST_JOBS, alert_notice, best_of
from api.alerts.new_jobs import NewJobs, new_jobs
from api.delivering.notices import post_for
from api.recommendations.service.recommending import newest_bundle
from api.services.services import Services
from store.alerts.due import DuePerson, ToldJob, due_people, move_on, note_told
from store.alerts.new_jobs import note_opened_jobs
from store.alerts.saved_searches import SEARCHES, SavedSearch
from store.alerts.times import Alert, is_quiet, next_due
from store.notices.posting import post_notice

PEOPLE_AT_ONCE = 64
# What was missed for longer, as while no run was made, is not told any more.
LONGEST_NEW = timedelta(days=30)
# Whoever has not logged in for so long is mailed no more until they do.
LOGGED_IN_WITHIN = timedelta(days=180)
HOLDS = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AlertCounts:
    """How many searches were looked at, people mailed, and jobs told."""

    searches: int = 0
    mails: int = 0
    jobs: int = 0


def run_alerts(services: Services) -> AlertCounts:
    """Mail everybody whose alerts are due; at night nobody. Raises the 503 problem without a bundle."""
    now = services.now()
    if is_quiet(now):
        return AlertCounts()
    services.write(partial(note_opened_jobs, now=now))
    run = _Run(services, now)
    searches = mails = jobs = 0
    while people := services.read(run.due):
        counts = run.tell(people)
        searches, mails, jobs = searches + counts.searches, mails + counts.mails, jobs + counts.jobs
    return AlertCounts(searches, mails, jobs)


class _Run:
    """One run, at one moment, by one bundle."""

    def __init__(self, services: Services, now: datetime) -> None:
        self._services, self._now = services, now
        self._bundle = newest_bundle(services)
        self._queries = AlertQueries(services.records, self._bundle)
        self._new: dict[Alert, NewJobs | None] = services.read(self._new_jobs)

    def due(self, connection: Connection) -> list[DuePerson]:
        """Some of those who are due."""
        active_since = self._now - LOGGED_IN_WITHIN
        return due_people(connection, self._services.cipher, self._now, active_since, PEOPLE_AT_ONCE)

    def tell(self, people: Sequence[DuePerson]) -> AlertCounts:
        """Look for them, and mail those for whom there is something."""
        asked = [
            (person, search, jobs)
            for person in people
            if person.is_reachable
            for search in person.searches
            if (jobs := self._new.get(search.asked.alert)) is not None
        ]
        found: dict[str, list[FoundJob]] = {person.account_id: [] for person in people}
        for (person, _, _), matches in zip(asked, self._queries.found(asked), strict=True):
            found[person.account_id] += matches
        return self._services.write(partial(self._write, people=people, found=found))

    def _write(
        self, connection: Connection, people: Sequence[DuePerson], found: dict[str, list[FoundJob]]
    ) -> AlertCounts:
        searches = mails = jobs = 0
        for person in people:
            own = found[person.account_id]
            with_news = {one.search.search_id for one in own}
            moved = {
                search.search_id
                for search in person.searches
                if self._move(connection, search, was_told=search.search_id in with_news)
            }
            told = best_of([one for one in own if one.search.search_id in moved])
            if told and self._mail(connection, person, told):
                mails, jobs = mails + 1, jobs + len(told[:MOST_JOBS])
            searches += len(moved)
        return AlertCounts(searches, mails, jobs)

    def _move(self, connection: Connection, search: SavedSearch, *, was_told: bool) -> bool:
        return move_on(connection, search, next_due(search.asked.alert, self._now, was_told=was_told), self._now)

    def _mail(self, connection: Connection, person: DuePerson, found: Sequence[FoundJob]) -> bool:
        shown = [ToldJob(one.job.job_id, one.search.search_id, one.job.score) for one in found[:MOST_JOBS]]
        note_told(connection, person.account_id, shown, self._bundle.version, self._now)
        notice = alert_notice(found, person.locale)
        return post_notice(post_for(connection, self._services), person.account_id, notice, HOLDS)

    def _new_jobs(self, connection: Connection) -> dict[Alert, NewJobs | None]:
        """For each kind of alert that is due the jobs since the one of it that waits longest."""
        oldest = select(SEARCHES.c.alert, func.min(SEARCHES.c.since).label("since")).group_by(SEARCHES.c.alert)
        rows = connection.execute(oldest.where(SEARCHES.c.due_at <= self._now)).all()
        earliest = self._now - LONGEST_NEW
        since = {Alert(row.alert): max(row.since, earliest) for row in rows}
        return {alert: new_jobs(connection, self._bundle, at, self._now) for alert, at in since.items()}
