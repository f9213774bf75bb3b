"""How a measurement is kept and shown: raw JSON with the machine and the moment, and tables whose every row says
whether it was measured in this run.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import orjson

from engine.artifacts import write_atomically


class Origin(StrEnum):
    """Where a row's figures come from."""

    MEASURED = "measured"
    PUBLISHED = "published"
    NOT_INSTALLED = "not installed"


@dataclass(frozen=True, slots=True)
class Row:
    """A method and its measures; `note` says what a reader must know of it (a source, what to install)."""

    method: str
    measures: Mapping[str, float] = field(default_factory=dict)
    origin: Origin = Origin.MEASURED
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One table: `columns` maps the names of measures to headings, `remarks` say what the figures are and are not."""

    title: str
    columns: Mapping[str, str]
    rows: Sequence[Row]
    remarks: Sequence[str] = ()

    def as_document(self) -> dict[str, Any]:
        """The section as plain data, for the raw JSON."""
        return asdict(self)

    def as_markdown(self) -> str:
        """The section as a reader sees it: title, remarks, table."""
        header = ["method", *self.columns.values(), "figures are"]
        rows = [
            [row.method, *(row.measures.get(name, "–") for name in self.columns), _origin(row)] for row in self.rows
        ]
        return "\n\n".join([f"## {self.title}", *self.remarks, table(header, rows)])


def _origin(row: Row) -> str:
    return ": ".join(filter(None, (row.origin.value, row.note)))


def write_raw(folder: Path, name: str, results: Mapping[str, Any]) -> Path:
    """Write the results beside where and when they were measured; returns the file."""
    moment = datetime.now(UTC)
    document = {
        "benchmark": name,
        "measured_at": moment.isoformat(timespec="seconds"),
        "machine": {
            "processor": platform.machine(),
            "cores": os.cpu_count(),
            "python": platform.python_version(),
        },
        "results": dict(results),
    }
    path = folder / f"{name}-{moment:%Y%m%dT%H%M%S}.json"
    write_atomically(path, orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_SERIALIZE_NUMPY))
    return path


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table; floats with four decimals."""
    cells = [[f"{cell:.4f}" if isinstance(cell, float) else str(cell) for cell in row] for row in rows]
    widths = [max(len(line[column]) for line in [list(header), *cells]) for column in range(len(header))]
    lines = [list(header), ["-" * width for width in widths], *cells]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    )
