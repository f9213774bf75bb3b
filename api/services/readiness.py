"""Whether the database can be used, as it was last seen: a probe asks memory, and waits for nobody."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from store.database import current_revision, head_revision

# Longer than a connection of PostgreSQL is waited for: one that cannot be had is seen as that, not as nothing.
SEEN_HOLDS_SECONDS = 30


class DatabaseReadiness:
    """What was seen of a database; `observe` may wait for it, `problem` never does."""

    def __init__(self, database: Engine, clock: Callable[[], float] = monotonic) -> None:
        self._database, self._clock = database, clock
        self._head = head_revision()
        self._seen: tuple[float, str | None] | None = None  # when, and what was wrong

    def observe(self) -> None:
        """Look now. Never raises."""
        problem = self._found()
        self._seen = self._clock(), problem

    def problem(self) -> str | None:
        """Why the database cannot be used; None while it can. What was seen too long ago is not believed."""
        if self._seen is None:
            return "it has not been looked at yet"
        seen_at, problem = self._seen
        age = self._clock() - seen_at
        if age > SEEN_HOLDS_SECONDS:
            return f"expected an answer within {SEEN_HOLDS_SECONDS} s; got none for {age:.0f} s"
        return problem

    def _found(self) -> str | None:
        try:
            with self._database.connect() as connection:
                revision = current_revision(connection)
        except SQLAlchemyError as error:
            return f"it does not answer ({type(error).__name__})"
        if revision != self._head:
            return f"expected its tables at revision {self._head}; got {revision or 'none'}"
        return None
