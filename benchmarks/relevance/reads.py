"""How often each test set was read: one line a run in `test_reads.jsonl`, kept with the results.

A test set that is read often gets tuned to, whether one means to or not; the count says how much to believe a figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import orjson

from engine.artifacts import write_atomically

READS = "test_reads.jsonl"


def note_read(results: Path, sets: Sequence[str], methods: Sequence[str]) -> dict[str, int]:
    """Add a line for this run; returns how many runs have read each set so far, this one among them."""
    path = results / READS
    lines = path.read_bytes().splitlines() if path.is_file() else []
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    lines.append(orjson.dumps({"read_at": moment, "sets": list(sets), "methods": list(methods)}))
    write_atomically(path, b"\n".join(lines) + b"\n")
    return dict(Counter(name for line in lines for name in orjson.loads(line)["sets"]))
