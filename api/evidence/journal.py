"""Logs every recommendation: journaled before it is sent, in the database soon after.

Journaling is one write to a file, some microseconds; a thread takes what was written to the database. Its priority is
that of requests: with less it would hold the interpreter, and so them, whenever another program wants the processor.
"""

from __future__ import annotations

import logging
from collections import deque
from datetime import datetime
from pathlib import Path
from threading import Event, Lock, Thread

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from engine.recommend import Query, Recommendations
from index.replaying import software
from index.serving import ServedBundle
from store.evidence.answer_records import record_json
from store.evidence.asked import asked_json
from store.evidence.draining import drain_all
from store.evidence.journal import JournalWriter, waiting_bytes

# About 250,000 answers: a day of a database that is away, at three a second.
MOST_WAITING_BYTES = 2**30

log = logging.getLogger("chamba.api")


class RecommendationJournal:
    """The log of one process's answers. A killed process loses none; see `JournalWriter` for a power cut.

    While the database is away answers go on, and wait in the journal. Past `most_waiting_bytes` they are not logged,
    which the server's log says when it begins and ends.
    """

    def __init__(
        self, folder: Path, engine: Engine, every_seconds: float, most_waiting_bytes: int = MOST_WAITING_BYTES
    ) -> None:
        """Journals are files in `folder`, which is made with the first; what waits is logged `every_seconds`."""
        self._folder, self._engine, self._every_seconds = folder, engine, every_seconds
        self._most_waiting_bytes = most_waiting_bytes
        self._idle: deque[JournalWriter] = deque()  # a writer for each thread at work: none waits for another
        self._thread: Thread | None = None
        self._stopping, self._starting, self._draining = Event(), Lock(), Lock()
        self._is_full = self._is_unwritable = self._is_failing = False

    def keep(
        self,
        recommendation_id: str,
        query: Query,
        found: Recommendations,
        bundle: ServedBundle,
        answered_at: datetime,
        *,
        document: str | bytes,
        partner_id: str | None = None,
    ) -> None:
        """Journal an answer before it is sent; never raises.

        Args:
            answered_at: the moment that the engine answered for, by `bundle`. document: the profile, as JSON.
            partner_id: who asked, None for one who is no partner.
        """
        if self._is_full:
            return
        record = record_json(
            recommendation_id=recommendation_id,
            seeker_id=query.seeker.seeker_id,
            partner_id=partner_id,
            asked=asked_json(query.limit, query.wanted, query.locale, query.excluded, software()),
            answered_at=answered_at,
            bundle=bundle.version,
            model_id=bundle.model_id,
            reranker=bundle.recommender.reranker_name,
            job_change_number=bundle.job_change_number,
            shown=[(job.job_id, job.score) for job in found.jobs],
            document=document,
            vector=query.seeker_vector,
        )
        try:
            writer = self._idle.pop()
        except IndexError:
            writer = JournalWriter(self._folder)
        try:
            writer.append(record)
            self._is_unwritable = False
        except OSError:
            if not self._is_unwritable:
                log.exception("recommendations are NOT LOGGED: the journal in %s cannot be written", self._folder)
            self._is_unwritable = True
        self._idle.append(writer)

    def start(self) -> None:
        """Log what waits every so often, until `close`; called again it does nothing."""
        with self._starting:
            if self._thread is None:
                self._thread = Thread(target=self._run, name="journal", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """End that, and log what still waits."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
        while self._idle:
            self._idle.pop().close()
        self.drain()

    def drain(self, *, wait: bool = False) -> None:
        """Log what waits, of every process that writes into this folder; never raises, says what is wrong once.

        Another process may be at it; with `wait` what was answered before this call is in the log after it.
        """
        with self._draining:
            try:
                drained = drain_all(self._folder, self._engine, wait=wait)
            except Exception as error:  # whatever it is must not end the logging
                self._report(error)
            else:
                if drained is not None and self._is_failing:
                    log.warning("the database takes recommendations again; %d had waited", drained.kept_count)
                    self._is_failing = False
            self._limit()

    def _report(self, error: Exception) -> None:
        if not self._is_failing:
            cause = None if isinstance(error, SQLAlchemyError) else error  # what a database says quotes profiles
            wait = "recommendations wait in %s for the database (%s)"
            log.warning(wait, self._folder, type(error).__name__, exc_info=cause)
        self._is_failing = True

    def _run(self) -> None:
        while not self._stopping.wait(self._every_seconds):
            self.drain()

    def _limit(self) -> None:
        """No journal fills the disk that others need."""
        was_full, self._is_full = self._is_full, waiting_bytes(self._folder) > self._most_waiting_bytes
        if self._is_full and not was_full:
            limit = self._most_waiting_bytes
            log.error("recommendations are NOT LOGGED any more: more than %d bytes wait in %s", limit, self._folder)
        elif was_full and not self._is_full:
            log.warning("recommendations are logged again")
