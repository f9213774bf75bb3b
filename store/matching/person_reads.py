"""The one read of the hot path: a person as stored now, and how far jobs have changed, in one statement.

It goes round SQLAlchemy, whose connection, transaction and result cost several times the read itself: the
statement is compiled once, and runs on connections of its own that stay open between reads.
"""

from __future__ import annotations

import threading
import typing
from collections import OrderedDict, deque
from contextlib import suppress
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Engine, Text, bindparam, cast, event, literal_column, select
from sqlalchemy.exc import OperationalError

from engine.documents.seekers import seeker_from_json
from engine.seekers import Seeker
from store.matching.job_changes import JOB_CHANGES
from store.matching.rows import vector_of
from store.tables import COUNTERS, SEEKERS

IDLE_CONNECTIONS = 16  # kept open; more reads at once than that open more and close them again
PARSED_SEEKERS = 4096  # kept parsed, at about 2 kB each


class PersonRead(NamedTuple):
    """A profile, its vector [dim] (not to be written to; None until it is encoded), and the newest change of jobs.

    `document` is the profile as JSON, as it is stored; `partner_id`: whose user the person is, None for nobody's.
    """

    seeker: Seeker
    content_hash: str
    vector: NDArray[np.float32] | None
    vector_model_id: str | None
    job_change_number: int
    document: str
    partner_id: str | None


class PersonReader:
    """Reads people from `engine`; safe to share between threads. Disposing of the engine closes its connections."""

    def __init__(self, engine: Engine) -> None:
        """Connects to nothing yet."""
        compiled = _statement().compile(dialect=engine.dialect)
        self._engine, self._sql, self._is_positional = engine, str(compiled), bool(compiled.positional)
        self._idle: deque[_OpenCursor] = deque()
        self._parsed: OrderedDict[str, tuple[str, Seeker]] = OrderedDict()
        self._lock = threading.Lock()
        event.listen(engine, "engine_disposed", self._close)

    def read(self, seeker_id: str) -> PersonRead | None:
        """The person as last committed, None for none.

        Raises OperationalError when the database cannot be reached, else the driver's error.
        """
        rows = self._fetch(seeker_id)
        if not rows:
            return None
        document, content_hash, vector, model_id, job_change_number, partner_id = rows[0]
        seeker = self._seeker(seeker_id, content_hash, document)
        return PersonRead(seeker, content_hash, vector_of(vector), model_id, job_change_number, document, partner_id)

    def _fetch(self, seeker_id: str) -> list[Any]:
        idle = self._idle
        try:
            opened = idle.pop()
        except IndexError:
            return self._rows(_OpenCursor(self._engine), idle, seeker_id)
        try:
            return self._rows(opened, idle, seeker_id)
        except OperationalError:  # that connection was open for a while: the database may be there again
            return self._rows(_OpenCursor(self._engine), self._idle, seeker_id)

    def _rows(self, opened: _OpenCursor, idle: deque[_OpenCursor], seeker_id: str) -> list[Any]:
        """What an open cursor reads; it goes back to `idle`, unless that is no longer in use."""
        try:
            rows = opened.fetch(self._sql, (seeker_id,) if self._is_positional else {"seeker_id": seeker_id})
        except BaseException as error:
            is_lost = opened.is_lost_by(error)
            opened.close()
            if is_lost:
                self._close(self._engine)  # what broke this connection broke those beside it
                raise OperationalError(self._sql, None, error) from error
            raise
        with self._lock:
            is_pooled = idle is self._idle and len(idle) < IDLE_CONNECTIONS
            if is_pooled:
                idle.append(opened)
        if not is_pooled:  # all were closed meanwhile, or enough are open
            opened.close()
        return rows

    def _seeker(self, seeker_id: str, content_hash: str, document: str) -> Seeker:
        """The parsed profile; it is parsed only when its content is not what was parsed last."""
        with self._lock:
            cached = self._parsed.get(seeker_id)
            if cached is not None and cached[0] == content_hash:
                self._parsed.move_to_end(seeker_id)
                return cached[1]
        seeker = seeker_from_json(document, seeker_id)
        with self._lock:
            self._parsed[seeker_id] = content_hash, seeker
            self._parsed.move_to_end(seeker_id)
            if len(self._parsed) > PARSED_SEEKERS:
                self._parsed.popitem(last=False)
        return seeker

    def _close(self, _engine: Engine) -> None:
        with self._lock:
            idle, self._idle = self._idle, deque()
        with suppress(IndexError):  # popped, not looped over: a read that began before may still take one
            while True:
                idle.pop().close()


class _OpenCursor:
    """A cursor of the driver's, on a connection of its own that commits by itself: no read leaves a transaction."""

    def __init__(self, engine: Engine) -> None:
        connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        connection.detach()  # else it would hold one of the pool's places for good
        self._connection = typing.cast(Any, connection.connection.dbapi_connection)
        self._cursor: Any = self._connection.cursor()
        self._dialect = engine.dialect
        self._driver: Any = engine.dialect.dbapi

    def fetch(self, sql: str, parameters: Any) -> list[Any]:
        """All rows, though there is one: SQLite ends a read, and lets go of its snapshot, after the last."""
        self._cursor.execute(sql, parameters)
        return list(self._cursor.fetchall())

    def is_lost_by(self, error: BaseException) -> bool:
        """Whether `error` says that the database is not there."""
        lost = (self._driver.OperationalError, self._driver.InterfaceError)
        return isinstance(error, lost) or (
            isinstance(error, self._driver.Error) and self._dialect.is_disconnect(error, self._connection, self._cursor)
        )

    def close(self) -> None:
        """Close it, broken or not."""
        with suppress(self._driver.Error):
            self._connection.close()


def _statement() -> Any:
    newest = select(COUNTERS.c.value).where(COUNTERS.c.name == literal_column(f"'{JOB_CHANGES}'")).scalar_subquery()
    return select(
        cast(SEEKERS.c.document, Text),  # as text on every database: parsed only when it has to be
        SEEKERS.c.content_hash,
        SEEKERS.c.vector,
        SEEKERS.c.vector_model_id,
        newest,
        SEEKERS.c.partner_id,
    ).where(SEEKERS.c.seeker_id == bindparam("seeker_id"))
