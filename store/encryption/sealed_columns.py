"""Which columns hold sealed values, found by name, and how many values are sealed under which key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, MetaData, and_, func, select

from engine.errors import InvalidInputError
from store.encryption.index_texts import IndexText
from store.encryption.sealed_format import after_head, head_of

SEALED, INDEX = "_sealed", "_index"


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """A column of sealed values; `index` and what makes its texts, None where the values are not looked up."""

    sealed: Column[Any]
    index: Column[Any] | None
    index_text: IndexText | None

    @property
    def primary_key(self) -> tuple[Column[Any], ...]:
        """The columns that tell its table's rows apart."""
        return tuple(self.sealed.table.primary_key.columns)

    def is_sealed_under(self, key_id: str) -> ColumnElement[bool]:
        """Whether a row's value is sealed under that key; sealed bytes begin with the key's id."""
        return and_(self.sealed >= head_of(key_id), self.sealed < after_head(key_id))


def sealed_columns(metadata: MetaData, index_texts: Mapping[str, IndexText]) -> list[SealedColumn]:
    """Every column `X_sealed`, with the column `X_index` of its table.

    Raises:
        InvalidInputError: `index_texts` does not say how an index's text is made.
    """
    found = []
    for table in metadata.sorted_tables:
        for column in table.columns:
            if not column.name.endswith(SEALED):
                continue
            index = table.columns.get(column.name.removesuffix(SEALED) + INDEX)
            index_text = None if index is None else index_texts.get(str(index))
            if index is not None and index_text is None:
                raise InvalidInputError(f"nothing makes the texts of {index}", fix="add it to index_texts.py")
            found.append(SealedColumn(column, index, index_text))
    return found


def count_sealed(connection: Connection, columns: Collection[SealedColumn], key_ids: Collection[str]) -> Counter[str]:
    """Key id → how many values of the columns are sealed under it; reads each column once, opens nothing."""
    counts: Counter[str] = Counter(dict.fromkeys(key_ids, 0))
    for column in columns:
        tallies = [func.count().filter(column.is_sealed_under(key_id)) for key_id in key_ids]
        if tallies:
            row = connection.execute(select(*tallies).select_from(column.sealed.table)).one()
            counts.update(dict(zip(key_ids, row, strict=True)))
    return counts
