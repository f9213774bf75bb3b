"""Data keys: 32 random bytes a purpose, kept in the database wrapped under a master key.

A new key is announced before it is used (`created_at` lies ahead): processes read the table again every ten seconds,
so all of them know a key before any of them uses it, and none looks a value up too late.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, Row, Table, insert, select
from sqlalchemy.exc import SQLAlchemyError

from engine.errors import ArtifactError
from store.encryption.aes_gcm import KEY_BYTES, context_of
from store.encryption.master_keys import MasterKeys
from store.tables.trust import DataKeyRow
from store.upserts import in_transaction

DATA_KEYS: Table = DataKeyRow.metadata.tables["data_keys"]
REFRESH_AFTER = timedelta(seconds=10)


class Purpose(StrEnum):
    """What a data key is for; a key of one purpose is never used for another."""

    FIELD = "field"  # AES-256-GCM of columns `*_sealed`
    INDEX = "index"  # HMAC-SHA256 of columns `*_index`
    PSEUDONYM = "pseudonym"  # HMAC-SHA256 of ids in analytics
    AUDIT = "audit"  # HMAC-SHA256 of the audit log's heads
    TOKEN = "token"  # noqa: S105 (signs access tokens, makes the next refresh token of one)
    ATTEMPT = "attempt"  # HMAC-SHA256 of what is limited: addresses, codes


# Purposes of a later version are left to it.
_IS_KNOWN = DATA_KEYS.c.purpose.in_(list(Purpose))


@dataclass(frozen=True, slots=True)
class DataKey:
    """An unwrapped key of 32 bytes; it is used from `created_at` on, and seals nothing new once it is retired."""

    key_id: str
    purpose: Purpose
    created_at: datetime
    retired_at: datetime | None
    secret: bytes = field(repr=False)

    @property
    def number(self) -> int:
        """Which of its purpose's keys it is, from 1."""
        return _number(self.key_id)


@dataclass(frozen=True, slots=True)
class _KeyRing:
    """The keys as one reading found them: all by id, and the live ones of each purpose, the newest first."""

    by_id: Mapping[str, DataKey]
    live: Mapping[Purpose, Sequence[DataKey]]
    read_at: datetime


def utc_now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


class DataKeys:
    """The data keys of a database, for all threads of a process; what is missing is made when it is opened.

    Making them later would need a second transaction that writes while a caller's own may hold SQLite's only one.
    """

    def __init__(self, engine: Engine, master_keys: MasterKeys, clock: Callable[[], datetime] = utc_now) -> None:
        """The keys of a migrated database; raises ArtifactError when `master_keys` cannot unwrap one of them."""
        self.engine, self.master_keys, self.clock = engine, master_keys, clock
        self._reading = Lock()
        self._ring = _KeyRing({}, {}, datetime.min.replace(tzinfo=UTC))
        self.refresh()
        if not all(self._ring.live[purpose] for purpose in Purpose):
            in_transaction(engine, self._add_missing)
            self.refresh()

    def current(self, purpose: Purpose) -> DataKey:
        """The key to use: the newest live one whose time has come."""
        return self.live(purpose)[0]

    def live(self, purpose: Purpose) -> list[DataKey]:
        """The keys that are not retired, the current one first, then the newest first.

        Raises:
            ArtifactError: somebody retired all of them since they were read.
        """
        keys, now = self._recent().live[purpose], self.clock()
        if not keys:
            raise ArtifactError(f"no live data key for {purpose}", fix="open the keys again: restart the server")
        current = next((key for key in keys if key.created_at <= now), keys[-1])
        return [current, *(key for key in keys if key is not current)]

    def all_of(self, purpose: Purpose) -> list[DataKey]:
        """Every key that the purpose ever had, in order of their numbers."""
        keys = (key for key in self._recent().by_id.values() if key.purpose is purpose)
        return sorted(keys, key=lambda key: key.number)

    def find(self, key_id: str) -> DataKey | None:
        """The key of that id; the table is read again when another process may have made it."""
        ring = self._ring
        if key_id not in ring.by_id:
            with self._reading:
                if self._ring is ring:  # else another thread has read it meanwhile
                    self._read()
        return self._ring.by_id.get(key_id)

    def refresh(self) -> None:
        """Read again which keys there are: one short query. Raises ArtifactError when one cannot be unwrapped."""
        with self._reading:
            self._read()

    def begin_rotation(self, purposes: Collection[Purpose], in_use_from: datetime) -> tuple[list[Purpose], bool]:
        """Announce a new key of each purpose, unless an earlier rotation of one of them has not ended.

        Returns:
            The purposes to bring to their newest key, and whether this goes on with a rotation that began before.
        """

        def begin(connection: Connection) -> tuple[list[Purpose], bool]:
            live, last_numbers = _read_numbers(connection)
            unfinished = [purpose for purpose in purposes if live[purpose] > 1]
            if not unfinished:
                for purpose in purposes:
                    self._add(connection, purpose, last_numbers[purpose] + 1, in_use_from)
            return unfinished or list(purposes), bool(unfinished)

        begun = in_transaction(self.engine, begin)
        self.refresh()
        return begun

    def _recent(self) -> _KeyRing:
        """The keys as they were at most ten seconds ago; one thread reads while the others go on with what they have.

        If they waited, each with a connection of the pool, there could be none left for the one that reads.
        """
        age = self.clock() - self._ring.read_at
        if not timedelta(0) <= age < REFRESH_AFTER and self._reading.acquire(blocking=False):
            try:
                # While the database is away the keys that are known are used on: what needs none goes on without it.
                with suppress(SQLAlchemyError):
                    self._read()
            finally:
                self._reading.release()
        return self._ring

    def _read(self) -> None:
        read_at, known = self.clock(), self._ring.by_id
        with self.engine.connect() as connection:
            rows = connection.execute(select(DATA_KEYS).where(_IS_KNOWN)).all()
        keys: dict[str, DataKey] = {}
        for row in rows:
            purpose, before = Purpose(row.purpose), known.get(row.key_id)
            secret = before.secret if before else unwrapped_secret(self.master_keys, row)
            keys[row.key_id] = DataKey(row.key_id, purpose, row.created_at, row.retired_at, secret)
        newest_first = sorted(keys.values(), key=lambda key: -key.number)
        live = {
            purpose: [key for key in newest_first if key.purpose is purpose and key.retired_at is None]
            for purpose in Purpose
        }
        self._ring = _KeyRing(keys, live, read_at)

    def _add_missing(self, connection: Connection) -> None:
        live, last_numbers = _read_numbers(connection)
        now = self.clock()
        for purpose in Purpose:
            if not live[purpose]:
                self._add(connection, purpose, last_numbers[purpose] + 1, now)

    def _add(self, connection: Connection, purpose: Purpose, number: int, in_use_from: datetime) -> None:
        """Insert a new key; raises IntegrityError when another process has inserted that of the same number.

        That is why keys are numbered and not named by chance: of two processes one fails, and reads the other's.
        """
        key_id = f"{purpose}-{number}"
        master_key_id, wrapped_key = self.master_keys.wrap(os.urandom(KEY_BYTES), context_of(key_id, purpose))
        connection.execute(
            insert(DATA_KEYS).values(
                key_id=key_id,
                purpose=purpose,
                master_key_id=master_key_id,
                wrapped_key=wrapped_key,
                created_at=in_use_from,
            )
        )


def unwrapped_secret(master_keys: MasterKeys, row: Row[Any]) -> bytes:
    """The 32 bytes of a row of `data_keys`; raises ArtifactError as `MasterKeys.unwrap` does."""
    return master_keys.unwrap(row.master_key_id, row.wrapped_key, context_of(row.key_id, row.purpose))


def _number(key_id: str) -> int:
    return int(key_id.rpartition("-")[2])


def _read_numbers(connection: Connection) -> tuple[Counter[str], Counter[str]]:
    """How many keys of each purpose are live, and the number of its last one, as of one moment.

    With a query for each, a key that another process added between them would be taken for a reason to add the next.
    """
    live: Counter[str] = Counter()
    last_numbers: Counter[str] = Counter()
    query = select(DATA_KEYS.c.key_id, DATA_KEYS.c.purpose, DATA_KEYS.c.retired_at).where(_IS_KNOWN)
    for row in connection.execute(query):
        live[row.purpose] += row.retired_at is None
        last_numbers[row.purpose] = max(last_numbers[row.purpose], _number(row.key_id))
    return live, last_numbers
