"""Logs every recommendation: journaled before it is sent, in the database soon after.

Journaling is one write to a file, some microseconds; a process beside takes what was written to the database.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Lock

from sqlalchemy import Engine

from engine.recommendation.query import Query
from engine.recommendation.recommend import Recommendations
from index.replaying import software
from index.serving import ServedBundle
from store.evidence.answer_records import record_json
from store.evidence.journal import JournalWriter, free_bytes, try_writing, waiting_bytes
from store.evidence.log_shipper import LogShipper, LogShipperProcess
from store.evidence.query_json import query_json

# About 250,000 answers: a day of a database that is away, at three a second.
MOST_WAITING_BYTES = 2**30
LEAST_FREE_BYTES = 2**20

log = logging.getLogger("chamba.api")


class RecommendationJournal:
    """The log of one process's answers. A killed process loses none; see `JournalWriter` for a power cut.

    While the database is away answers go on, and wait in the journal. Past `most_waiting_bytes` they are not logged,
    which the server's log says when it begins and ends.
    """

    def __init__(
        self,
        folder: Path,
        engine: Engine,
        every_seconds: float,
        count_unlogged: Callable[[], object],
        most_waiting_bytes: int = MOST_WAITING_BYTES,
    ) -> None:
        """Journals are files in `folder`, which is made with the first; what waits is logged `every_seconds`.

        `count_unlogged` is called for each answer that is not logged.
        """
        self._folder, self._most_waiting_bytes = folder, most_waiting_bytes
        self._count_unlogged = count_unlogged
        self._idle: deque[JournalWriter] = deque()  # a writer for each thread at work: none waits for another
        self._log_shipper, self._shipping_lock = LogShipper(folder, engine), Lock()
        self._process = LogShipperProcess(folder, engine, every_seconds)
        self._is_full = self._is_unwritable = False

    def record_answer(
        self,
        recommendation_id: str,
        query: Query,
        found: Recommendations,
        bundle: ServedBundle,
        answered_at: datetime,
        *,
        document: str | bytes,
        partner_id: str | None = None,
        profile_reference_hash: bytes | None = None,
    ) -> None:
        """Journal an answer before it is sent; never raises.

        Args:
            answered_at: the moment that the engine answered for, by `bundle`. document: the profile, as JSON.
            partner_id: who asked, None for one who is no partner.
            profile_reference_hash: of the partner's reference of a profile that came with the request.
        """
        if self._is_full:
            self._count_unlogged()
            return
        record = record_json(
            recommendation_id=recommendation_id,
            seeker_id=query.seeker.seeker_id,
            partner_id=partner_id,
            query_json=query_json(
                query.limit,
                query.wanted,
                query.locale,
                query.excluded,
                software(),
                by_words=query.by_words,
                is_for_me=query.is_for_me,
                sort=query.sort,
                least_relevance=found.least_relevance,
                stated_first=query.stated_first,
            ),
            answered_at=answered_at,
            bundle=bundle.version,
            model_id=bundle.model_id,
            reranker=bundle.recommender.reranker_name,
            job_change_number=bundle.job_change_number,
            shown=found.shown,
            document=document,
            vector=query.seeker_vector,
            profile_reference_hash=profile_reference_hash,
        )
        self._append(record)

    def _append(self, record: bytes) -> None:
        try:
            writer = self._idle.pop()
        except IndexError:
            writer = JournalWriter(self._folder)
        try:
            writer.append(record)
            self._is_unwritable = False
        except OSError:
            self._count_unlogged()
            if not self._is_unwritable:
                log.exception("recommendations are NOT LOGGED: the journal in %s cannot be written", self._folder)
            self._is_unwritable = True
        self._idle.append(writer)

    def problem(self) -> str | None:
        """Why answers are not logged just now, which the law asks for; None while they are."""
        if self._is_full:
            return f"answers are not logged: more than {self._most_waiting_bytes} bytes wait in {self._folder}"
        return f"answers are not logged: {self._folder} cannot be written" if self._is_unwritable else None

    def tend(self) -> None:
        """Have what waits logged beside this process; to be called every so often. Never raises."""
        self._look_at_disk()
        try:
            if self._limit():
                self._process.ensure()
        except OSError as error:
            log.warning("recommendations wait in %s: no process could be started for them (%s)", self._folder, error)

    def _look_at_disk(self) -> None:
        """See a full disk before an answer does, and one that has room again: who is not ready is asked nothing."""
        try:
            if self._is_unwritable:
                try_writing(self._folder)
            is_unwritable = free_bytes(self._folder) < LEAST_FREE_BYTES
        except OSError:
            is_unwritable = True
        if is_unwritable and not self._is_unwritable:
            log.error("recommendations will NOT BE LOGGED: the disk of the journal in %s is full", self._folder)
        elif self._is_unwritable and not is_unwritable:
            log.warning("recommendations are logged again")
        self._is_unwritable = is_unwritable

    def close(self) -> None:
        """End that, and log what still waits."""
        self._process.close()
        while self._idle:
            self._idle.pop().close()
        self.ship()

    def ship(self, *, wait: bool = False) -> None:
        """Log what waits here and now, as `LogShipper.ship` does."""
        with self._shipping_lock:
            self._log_shipper.ship(wait=wait)
            self._limit()

    def _limit(self) -> int:
        """See that no journal fills the disk that others need; how many bytes wait."""
        waiting = waiting_bytes(self._folder)
        was_full, self._is_full = self._is_full, waiting > self._most_waiting_bytes
        if self._is_full and not was_full:
            limit = self._most_waiting_bytes
            log.error("recommendations are NOT LOGGED any more: more than %d bytes wait in %s", limit, self._folder)
        elif was_full and not self._is_full:
            log.warning("recommendations are logged again")
        return waiting
