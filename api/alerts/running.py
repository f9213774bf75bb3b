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
from api.alerts.mails import MOST_JOBS, MOST_TEXTED, alert_message, alert_notice, best_of
from api.alerts.new_jobs import NewJobs, new_jobs
from api.delivering.notices import post_for
from api.recommendations.service.recommending import newest_bundle
from api.services.services import Services
from store.alerts.due import DuePerson, ToldJob, due_people, move_on, note_told, put_off
from store.alerts.new_jobs import note_opened_jobs
from store.alerts.saved_searches import SEARCHES, SavedSearch
from store.alerts.times import Alert, next_due
from store.encryption.data_keys import Purpose
from store.notices.choices import NoticeWay
from store.notices.posting import PHONE_WAYS, Addressee, addressee_of, post_notice, post_to
from store.notices.texts import notice_texts
from store.people.phone_messages import PhoneMessage, SendingTime, post_message
from store.people.phones import put_numbers
from store.quiet_hours import is_quiet, next_morning
from store.requests.attempts import Limit, count_attempt

PEOPLE_AT_ONCE = 64
# What was missed for longer, as while no run was made, is not told any more.
LONGEST_NEW = timedelta(days=30)
# Whoever has not logged in for so long is mailed no more until they do.
LOGGED_IN_WITHIN = timedelta(days=180)
HOLDS = timedelta(days=1)
# Each costs: whoever wants to be told at once by phone is told so often a day, and of the rest the next morning.
TEXTED = Limit("alerts-phone", 3, timedelta(days=1))


@dataclass(frozen=True, slots=True)
class AlertCounts:
    """How many searches were looked at, people told, and jobs that they were told of."""

    searches: int = 0
    mails: int = 0
    jobs: int = 0


def run_alerts(services: Services) -> AlertCounts:
    """Tell everybody whose alerts are due; at night nobody. Raises the 503 problem without a bundle."""
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
        """Look for them, and tell those for whom there is something."""
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
            if own and not self._may_be_told(connection, person):
                for search in person.searches:
                    put_off(connection, search, next_morning(self._now))
                continue
            with_news = {one.search.search_id for one in own}
            moved = {
                search.search_id
                for search in person.searches
                if self._move(connection, search, was_told=search.search_id in with_news)
            }
            told = best_of([one for one in own if one.search.search_id in moved])
            count = self._tell(connection, person, told) if told else 0
            mails, jobs = mails + bool(count), jobs + count
            searches += len(moved)
        return AlertCounts(searches, mails, jobs)

    def _move(self, connection: Connection, search: SavedSearch, *, was_told: bool) -> bool:
        return move_on(connection, search, next_due(search.asked.alert, self._now, was_told=was_told), self._now)

    def _may_be_told(self, connection: Connection, person: DuePerson) -> bool:
        """Whether a message to their phone is not one too many today; mails cost nothing."""
        addressee = self._addressee(connection, person)
        if addressee is None or addressee.way is NoticeWay.MAIL:
            return True
        hashed = self._services.cipher.keyed_hash(Purpose.ATTEMPT, person.account_id)
        return count_attempt(connection, TEXTED, hashed, self._now)

    def _tell(self, connection: Connection, person: DuePerson, found: Sequence[FoundJob]) -> int:
        """Tell somebody of the best of what is new; of how many, 0 where no way leads to them."""
        addressee, account_id = self._addressee(connection, person), person.account_id
        if addressee is None:
            return 0
        is_mail = addressee.way is NoticeWay.MAIL
        best = found[:MOST_JOBS] if is_mail else found[:MOST_TEXTED]
        shown = [ToldJob(one.job.job_id, one.search.search_id, one.job.score) for one in best]
        note_told(connection, account_id, shown, self._bundle.version, self._now)
        post = post_for(connection, self._services)
        if is_mail:
            return len(best) if post_notice(post, account_id, alert_notice(found, person.locale), HOLDS) else 0
        is_read = bool(self._services.settings.incoming_secret.get_secret_value())
        if addressee.way is not NoticeWay.SMS or not is_read:  # nobody would read an answer
            return len(best) if post_to(post, alert_notice(found, person.locale), addressee, HOLDS) else 0
        numbered = put_numbers(connection, account_id, [one.job.job_id for one in best], self._now)
        text = alert_message(best, numbered, person.locale)
        message = PhoneMessage(addressee.to, text, PHONE_WAYS[addressee.way])
        is_posted = post_message(connection, post.cipher, message, SendingTime(self._now, HOLDS))
        return len(best) if is_posted else 0

    def _addressee(self, connection: Connection, person: DuePerson) -> Addressee | None:
        return addressee_of(post_for(connection, self._services), person.account_id, notice_texts()["job_alert"])

    def _new_jobs(self, connection: Connection) -> dict[Alert, NewJobs | None]:
        """For each kind of alert that is due the jobs since the one of it that waits longest."""
        oldest = select(SEARCHES.c.alert, func.min(SEARCHES.c.since).label("since")).group_by(SEARCHES.c.alert)
        rows = connection.execute(oldest.where(SEARCHES.c.due_at <= self._now)).all()
        earliest = self._now - LONGEST_NEW
        since = {Alert(row.alert): max(row.since, earliest) for row in rows}
        return {alert: new_jobs(connection, self._bundle, at, self._now) for alert, at in since.items()}
