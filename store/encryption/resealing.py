"""One pass over the sealed values: those under older keys are sealed and indexed again, a batch a transaction.

Rows are read and enciphered outside the transaction that writes them. A row is written only if it still holds the
bytes that were read, and one that somebody has locked is left to the next pass, so that nobody ever waits in a circle.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Engine, Row, and_, not_, or_, select, tuple_, update
from sqlalchemy.exc import IntegrityError

from engine.errors import ArtifactError
from store.database import writing
from store.encryption.data_keys import Purpose
from store.encryption.field_cipher import FieldCipher, row_id_of
from store.encryption.sealed_columns import SealedColumn
from store.encryption.sealed_format import split

log = logging.getLogger("chamba.store")

BATCH_ROWS = 300


class Obstacle(StrEnum):
    """Why a pass left a value or an index as it was."""

    UNREADABLE = "does not open"
    UNMATCHED = "has an index of another text"
    TAKEN = "has the index of another row"


@dataclass(slots=True)
class PassCounts:
    """What a pass did: rows by column `table.column`, obstacles by column, rows that somebody else was writing."""

    resealed: Counter[str] = field(default_factory=Counter)
    obstacles: Counter[tuple[str, Obstacle]] = field(default_factory=Counter)
    contended: int = 0

    @property
    def found_nothing_to_do(self) -> bool:
        """Whether every value that could be brought to the newest keys was under them already."""
        return not self.resealed and not self.contended


@dataclass(frozen=True, slots=True)
class _Change:
    """The columns of one row to write, by name, and what they held when they were read."""

    row: Row[Any]
    values: dict[str, bytes]


def reseal(engine: Engine, cipher: FieldCipher, columns: Sequence[SealedColumn], *, checks_indexes: bool) -> PassCounts:
    """Bring the values of the columns to the current keys, once through all of them.

    `checks_indexes` opens also the values that are under the current key, since an index does not tell its key.
    """
    counts = PassCounts()
    for column in columns:
        _ColumnPass(engine, cipher, column, counts, cipher.key(Purpose.FIELD)[0]).run(checks_indexes)
    return counts


@dataclass(frozen=True, slots=True)
class _ColumnPass:
    """A pass over one column."""

    engine: Engine
    cipher: FieldCipher
    column: SealedColumn
    counts: PassCounts
    key_id: str  # of the key to seal under

    def run(self, checks_indexes: bool) -> None:
        due = not_(self.column.is_sealed_under(self.key_id))
        if checks_indexes and self.column.index is not None:
            due = or_(due, self.column.index.is_not(None))
        for rows in self._batches(and_(self.column.sealed.is_not(None), due)):
            changes = [change for row in rows if (change := self._change(row)).values]
            if changes:
                with writing(self.engine).begin() as connection:
                    self._write(connection, changes)

    def _batches(self, due: ColumnElement[bool]) -> Iterator[Sequence[Row[Any]]]:
        """The rows that are due: primary key, sealed value, index if there is one; in order of the primary key."""
        key = self.column.primary_key
        query = select(*self._read_columns()).where(due).order_by(*key).limit(BATCH_ROWS)
        with self.engine.connect() as connection:
            rows = connection.execute(query).all()
        while rows:
            yield rows
            after = tuple_(*key) > tuple(rows[-1][: len(key)])
            with self.engine.connect() as connection:
                rows = connection.execute(query.where(after)).all()

    def _change(self, row: Row[Any]) -> _Change:
        """What to write of a row: nothing where it is as it should be, or cannot be helped."""
        sealed = self.column.sealed
        before, row_id = row._mapping[sealed], row_id_of(row[: len(self.column.primary_key)])
        try:
            text = self.cipher.open(str(sealed), row_id, before)
        except ArtifactError:
            self._meet(Obstacle.UNREADABLE, sealed, row_id)
            return _Change(row, {})
        values = {}
        if split(before)[0] != self.key_id:
            values[sealed.name] = self.cipher.seal(str(sealed), row_id, text)
        return _Change(row, values | self._index_change(row, text, row_id))

    def _index_change(self, row: Row[Any], text: str, row_id: str) -> dict[str, bytes]:
        index, index_text = self.column.index, self.column.index_text
        if index is None or index_text is None or row._mapping[index] is None:
            return {}
        before, forms = row._mapping[index], index_text.forms(text)
        wanted = self.cipher.index(str(index), forms[0])
        if before == wanted:
            return {}
        # Whoever wrote it brought the text to a form that we do not know: ours would never be found.
        if not any(before in self.cipher.past_indexes(str(index), form) for form in forms):
            self._meet(Obstacle.UNMATCHED, index, row_id)
            return {}
        return {index.name: wanted}

    def _write(self, connection: Connection, changes: Sequence[_Change]) -> None:
        key = self.column.primary_key
        rows = [change.row[: len(key)] for change in changes]
        query = select(*key).where(tuple_(*key).in_(rows)).with_for_update(skip_locked=True)
        free = {tuple(row) for row in connection.execute(query)}
        for change in changes:
            is_written = tuple(change.row[: len(key)]) in free and self._write_row(connection, change)
            if not is_written:
                self.counts.contended += 1

    def _write_row(self, connection: Connection, change: _Change) -> bool:
        """Whether the row is done with; not when it holds other values than those that were read."""
        read = zip(self._read_columns(), change.row, strict=True)
        is_as_read = and_(*(column == value if value is not None else column.is_(None) for column, value in read))
        statement = update(self.column.sealed.table).where(is_as_read).values(change.values)
        try:
            with connection.begin_nested():
                is_written = connection.execute(statement).rowcount == 1
        except IntegrityError:  # two rows of one text, indexed under different keys at the same moment
            self._meet(Obstacle.TAKEN, self.column.index, row_id_of(change.row[: len(self.column.primary_key)]))
            sealed = {name: value for name, value in change.values.items() if name == self.column.sealed.name}
            return not sealed or self._write_row(connection, _Change(change.row, sealed))
        if is_written:
            self.counts.resealed.update(f"{self.column.sealed.table.name}.{name}" for name in change.values)
        return is_written

    def _read_columns(self) -> list[Column[Any]]:
        index = self.column.index
        return [*self.column.primary_key, self.column.sealed, *([] if index is None else [index])]

    def _meet(self, obstacle: Obstacle, column: Column[Any] | None, row_id: str) -> None:
        self.counts.obstacles[str(column), obstacle] += 1
        log.warning("%s of row %s %s", column, row_id, obstacle)
