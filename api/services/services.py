"""What the routes of one app share: the served bundle, the records and the metrics, and whether they are there."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from typing import Annotated, TypeVar

from fastapi import Depends, Request
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from api.configuration.settings import Settings
from api.credentials.hashing_pool import HashingPool
from api.credentials.partner_keys import PartnerKeys
from api.credentials.passwords import Passwords
from api.http.admission import Admission
from api.http.background import BackgroundThread
from api.http.connections import Connections
from api.http.metrics import Metrics
from api.http.problems import RETRY_AFTER, ProblemError, ProblemKind
from api.http.shares import FairShares
from api.services.following import CHANGES_AT_ONCE, JobFollower
from api.services.journal import RecommendationJournal
from api.services.learning_paths import LearningPaths
from api.services.readiness import DatabaseReadiness
from api.services.skill_suggestions import ServedSkills
from engine.errors import ArtifactError, ChambaError, InvalidInputError, Message
from engine.recommendation.query import Query
from index.people import PeopleIndex
from index.serving import BundleWatch, ServedBundle
from store.database import migrate, open_database
from store.encryption.field_cipher import FieldCipher
from store.encryption.opening import cipher_of, require_not_lost
from store.feeds.status import feeds_folder
from store.hiring.owner_changes import hide_jobs_of_idle_owners
from store.matching.job_changes import CHANGED_JOB_COUNT
from store.records.records import Records
from store.upserts import in_transaction

RECENT_QUERIES = 64

Result = TypeVar("Result")

log = logging.getLogger("chamba.api")


class Services:
    """Opened once an app. Safe to share between threads: the bundle is swapped whole."""

    def __init__(self, settings: Settings) -> None:
        """Raises InvalidInputError for a database URL that cannot be used; connects to nothing yet."""
        self.settings = settings
        self.database = open_database(settings.database, settings.database_silent_seconds)
        self.records = Records(self.database)
        self.watch = BundleWatch(settings.bundles, settings.encoder_threads, self.records)
        self.following = JobFollower(self.watch)
        self.people = PeopleIndex(self.records)
        self.learning_paths = LearningPaths(settings.data_dir)
        self.skills = ServedSkills(self.learning_paths)
        self.metrics = Metrics(self.watch, settings.journal, feeds_folder(settings.data_dir))
        self.connections = Connections(settings, self.metrics.refused_connections)
        self.passwords = HashingPool(
            Passwords(settings.password_memory_kib),
            settings.password_hashes_at_once,
            settings.password_hashes_waiting,
            self.metrics,
        )
        self.partner_keys = PartnerKeys(self.database, self.now)
        self.shares = FairShares(settings, self.connections)
        self.admission = Admission(settings.most_waiting, settings.encoder_threads + 1)
        self.journal = RecommendationJournal(
            settings.journal, self.database, settings.journal_seconds, self.metrics.unlogged_answers.inc
        )
        # Checking and opening a large bundle takes seconds of processor time; a batch, as much as its people alone.
        self.refreshing, self.batches = BackgroundThread("refresh"), BackgroundThread("batch")
        # What operators look at waits neither for those nor for the threads of requests.
        self.readiness = DatabaseReadiness(self.database)
        self.observing, self.scraping = (BackgroundThread(name, is_prompt=True) for name in ("observing", "scraping"))
        # A local read takes microseconds and waits for nobody; one over a network may hang.
        self.reads_are_local = self.database.dialect.name == "sqlite"
        # The last questions: a new bundle answers them before it is served. They are never written anywhere.
        self.recent_queries: deque[Query] = deque(maxlen=RECENT_QUERIES)
        self._migrated = False
        self._refused: dict[str, str] = {}  # what is not made anew, and why
        self.clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    @cached_property
    def cipher(self) -> FieldCipher:
        """What seals and opens private values; raises the 503 problem without master keys that can be used."""
        try:
            return cipher_of(self.database, self.settings.data_dir, self.settings.master_keys)
        except (ArtifactError, InvalidInputError) as cause:
            detail = "private values cannot be read or written just now; see /readyz"
            raise ProblemError(ProblemKind.NOT_READY, detail, headers=RETRY_AFTER) from cause

    def now(self) -> datetime:
        """This moment."""
        return self.clock()

    def write(self, work: Callable[[Connection], Result], *, durable: bool = True) -> Result:
        """`work` in a transaction; again when another writer was first with one of its rows.

        It survives a power cut unless it need not: consents, erasures, decisions and applications are relied upon.
        Many jobs that it changed are served here when it returns; for a few, the next question waits.
        """
        _ = self.cipher  # which writes keys of its own when it is opened for the first time

        def counted(connection: Connection) -> tuple[Result, int]:
            connection.info.pop(CHANGED_JOB_COUNT, None)
            return work(connection), connection.info.pop(CHANGED_JOB_COUNT, 0)

        result, changed_job_count = in_transaction(self.database, counted, durable=durable)
        if changed_job_count > CHANGES_AT_ONCE:
            self.follow_jobs()
        return result

    def read(self, work: Callable[[Connection], Result]) -> Result:
        """`work` on a connection that reads."""
        with self.database.connect() as connection:
            return work(connection)

    def bundle(self) -> ServedBundle:
        """The bundle to answer from; raises the 503 problem when none is served yet."""
        bundle = self.watch.current
        if bundle is None:
            detail = Message("there is nothing to answer from yet: {why}", why=self._bundle_problem())
            raise ProblemError(ProblemKind.NOT_READY, detail, headers=RETRY_AFTER)
        return bundle

    def bundle_since(self, job_change_number: int) -> ServedBundle:
        """The bundle to answer from, with every change of jobs up to that one, unless they are many.

        Raises as `bundle` does.
        """
        missing = self._missing_changes(job_change_number)
        if missing:
            self.following.wait(missing)
        return self.bundle()

    async def bundle_since_beside(self, job_change_number: int) -> ServedBundle:
        """As `bundle_since`, while the event loop answers others."""
        missing = self._missing_changes(job_change_number)
        if missing:
            await self.following.wait_beside(missing)
        return self.bundle()

    def follow_jobs(self) -> None:
        """Wait until this process serves what was written, however much; what follows later is in the log."""
        try:
            self.following.follow().result()
        except SQLAlchemyError:
            log.warning("changes of jobs could not be read; they follow when the database answers", exc_info=True)

    def _missing_changes(self, job_change_number: int) -> int:
        bundle = self.bundle()
        return 0 if bundle.as_of is not None else max(0, job_change_number - bundle.job_change_number)

    def forget_questions(self) -> None:
        """The last questions only warm a new bundle up; other workers forget theirs as new ones come."""
        self.recent_queries.clear()

    def close(self) -> None:
        """End what runs beside and close the database."""
        threads = (self.refreshing, self.observing, self.scraping, self.batches, self.passwords)
        for part in (*threads, self.journal, self.partner_keys, self.following, self.watch):
            part.close()
        self.database.dispose()

    def refresh(self) -> None:
        """Bring the database's tables up to date, serve the newest bundle and the newest jobs.

        Never raises, logs what is wrong.
        """
        if not self._migrated:
            self._migrate()
        self.partner_keys.refresh()
        self._refresh_cipher()
        self._refresh_bundle()
        self.follow_jobs()
        self.learning_paths.refresh()
        self.journal.tend()

    def missing(self) -> dict[str, str]:
        """What is not there, by name, and why; empty when requests can be answered. Waits for nothing."""
        missing = {} if self.watch.current else {"bundle": self._bundle_problem()}
        problems = {"database": self.readiness.problem(), "journal": self.journal.problem()}
        return missing | {name: problem for name, problem in problems.items() if problem is not None} | self._refused

    def _bundle_problem(self) -> str:
        return self.watch.problem or "no bundle is served"

    def _refresh_bundle(self) -> None:
        known_problem = self.watch.problem
        try:
            swapped = self.watch.refresh(list(self.recent_queries))
        except Exception:  # a bundle that breaks the code that opens it must not end the polling
            log.exception("the newest bundle could not be opened")
            self.metrics.bundle_refresh_failures.inc()
            return
        if swapped and (bundle := self.watch.current):
            log.info("serving bundle %s: %d jobs, model %s", bundle.version, bundle.job_count, bundle.model_id)
        elif self.watch.problem != known_problem:
            self.metrics.bundle_refresh_failures.inc()
            log.warning("the newest bundle is not served: %s", self.watch.problem)

    def _refresh_cipher(self) -> None:
        """Keys that another process made are known before a request needs them."""
        try:
            self.cipher.refresh()
        except SQLAlchemyError:
            log.warning("encryption keys could not be read; those known go on")
        except ProblemError as error:
            self._refuse("master keys", error.__cause__ or error)
        except ChambaError as error:
            self._refuse("master keys", error)
        else:
            self._refused.pop("master keys", None)

    def _migrate(self) -> None:
        # As long as it takes: only requests are told to come again.
        patient = open_database(self.settings.database)
        try:
            require_not_lost(patient, self.settings.data_dir)
            migrate(patient)
            in_transaction(patient, hide_jobs_of_idle_owners)
        except ArtifactError as error:
            self._refuse("database", error)
        except (SQLAlchemyError, ChambaError):
            log.exception("the database's tables could not be brought up to date")
        else:
            self._migrated = True
            self._refused.pop("database", None)
        finally:
            patient.dispose()

    def _refuse(self, name: str, error: BaseException) -> None:
        """Tell operators once why something is not there: in the log, and at `/readyz` as long as it holds."""
        if self._refused.get(name) != str(error):
            log.error("%s: %s", name, error)
        self._refused[name] = str(error)


async def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


ServicesOfApp = Annotated[Services, Depends(_services)]
