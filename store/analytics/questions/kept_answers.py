"""Answers that take seconds to work out, kept in the folder of the snapshot that they are of, and gone with it.

A snapshot from which people were erased is another folder, in which none is kept yet.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock

import orjson

from store.analytics.snapshots import AnalyticsSnapshot
from store.analytics.tables import Column, ColumnType, Note, Question, Table

ENDING = ".answer.json"
# Of what an answer means: a higher number, where the same data would be answered otherwise, lets none of before stand.
MEANING = 1
_one_at_a_time = Lock()


def kept(snapshot: AnalyticsSnapshot, question: Question, work_out: Callable[[], Table]) -> Table:
    """The answer that is kept for a question; where none is, it is worked out, by one thread at a time, and kept."""
    path = snapshot.folder / f"{question}{ENDING}"
    found = _read(path, snapshot)
    if found is not None:
        return found
    with _one_at_a_time:
        found = _read(path, snapshot)
        if found is None:
            found = work_out()
            with suppress(OSError):  # who may only read the folder works it out each time; so does who erases it
                _write(path, found)
    return found


def _read(path: Path, snapshot: AnalyticsSnapshot) -> Table | None:
    """The answer of a file; None for none, and for one that cannot be read or means something else."""
    try:
        document = orjson.loads(path.read_bytes())
        if (document["meaning"], document["snapshot"]) != (MEANING, snapshot.version):
            return None
        return Table(
            Question(document["question"]),
            document["snapshot"],
            tuple(Column(name, ColumnType(kind), unit) for name, kind, unit in document["columns"]),
            tuple(tuple(row) for row in document["rows"]),
            tuple(Note(key, values) for key, values in document["notes"]),
            frozenset((row, place) for row, place in document["hidden"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write(path: Path, table: Table) -> None:
    """All of it or nothing; into the folder that is there, since one that was erased must not come back."""
    document = {
        "meaning": MEANING,
        "question": table.question,
        "snapshot": table.snapshot,
        "columns": [(column.name, column.type, column.unit) for column in table.columns],
        "rows": table.rows,
        "notes": [(note.key, note.values) for note in table.notes],
        "hidden": sorted(table.hidden),
    }
    handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "wb") as file:
        file.write(orjson.dumps(document))
    Path(unfinished).replace(path)
