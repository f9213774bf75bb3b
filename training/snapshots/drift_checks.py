"""Drift of a snapshot against an earlier one: every flat column, and what the texts are about.

A sample of both snapshots' texts is encoded by one model: vectors kept in the store come from whichever model was
current when a profile was saved, and vectors of two models cannot be compared.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.arrays import Vectors
from engine.documents.jobs import job_from_json
from engine.documents.seekers import seeker_from_json
from engine.encoder.encoder import Tower, TowerEncoder
from engine.encoder.texts import job_text, seeker_text
from training.snapshots.checks import SHOWN_ROWS, CheckResult, Status
from training.snapshots.drift import (
    AUC_FAILS,
    AUC_WARNS,
    PSI_FAILS,
    PSI_WARNS,
    area_under_curve,
    chance_area,
    chance_stability,
    stability_terms,
    two_sample_scores,
    word_vectors,
)
from training.snapshots.rows import COLUMNS
from training.snapshots.tables import open_tables

if TYPE_CHECKING:
    import duckdb

# What names single rows, or moves with the calendar: every other column is compared.
NOT_COMPARED = frozenset(
    {"job_id", "seeker_id", "title", "document", "text_hash", "posted_at", "closes_at", "placed_at"}
)
# A partner that begins to tell of events changes them overnight; nothing is judged by them.
COMPARED = [
    (table, column)
    for table, columns in COLUMNS.items()
    for column in columns
    if table != "events" and column not in NOT_COMPARED
]
NUMBERS = frozenset({"DOUBLE", "INTEGER"})  # a grade is a kind: six of them
KINDS = 15  # the commonest kinds of either snapshot; the rest count as one
SAMPLED_TEXTS = 400
FIX = "find out why; if the change is wanted: chamba data check FOLDER --accept-drift"

Encode = Callable[[Sequence[str], Tower], Vectors]


@dataclass(frozen=True, slots=True)
class Sample:
    """Ids and texts of rows drawn by a hash of their ids, so that two snapshots draw the same of what they share."""

    ids: list[str]
    texts: list[str]


def drift_checks(before: Path, now: Path, model: Path | None) -> list[CheckResult]:
    """What has changed in `now` since `before`; texts as `model` sees them, or as bags of words without one."""
    encode: Encode = TowerEncoder(model).encode if model else lambda texts, _: word_vectors(texts)
    how = f"model {model.resolve().name}" if model else "words"
    with open_tables(before) as old, open_tables(now) as new:
        columns = [_column_drift(old, new, table, column, before.name) for table, column in COMPARED]
        samples = [
            ("jobs", Tower.JOB, _jobs(old), _jobs(new)),
            ("seekers", Tower.SEEKER, _seekers(old), _seekers(new)),
        ]
    return columns + [_text_drift(table, encode, tower, pair, how) for table, tower, *pair in samples]


def _column_drift(
    old: duckdb.DuckDBPyConnection, new: duckdb.DuckDBPyConnection, table: str, column: str, name_before: str
) -> CheckResult:
    if COLUMNS[table][column] in NUMBERS:
        bin_of = _deciles(old, table, column)
    else:
        bin_of = _kinds(column, _commonest(old, table, column) | _commonest(new, table, column))
    before, now = _bin_counts(old, table, bin_of), _bin_counts(new, table, bin_of)
    name = f"drift {table}.{column}"
    if not before or not now:
        return CheckResult(name, Status.PASSED, "nothing to compare")
    bins = sorted(before | now)
    counts = np.array([[side.get(one, 0) for one in bins] for side in (before, now)])
    terms = stability_terms(*counts)
    chance = chance_stability(len(bins), *map(int, counts.sum(axis=1)))
    index, shares = float(terms.sum()), counts / counts.sum(axis=1, keepdims=True)
    status = _status(index, max(PSI_WARNS, chance), max(PSI_FAILS, chance))
    moved = [] if status is Status.PASSED else np.argsort(-terms, kind="stable")[:SHOWN_ROWS].tolist()
    rows = [{"value": bins[at], "before": _share(shares[0, at]), "now": _share(shares[1, at])} for at in moved]
    message = f"population stability index {index:.3f} against {name_before} (fails above {max(PSI_FAILS, chance):.2f})"
    return CheckResult(name, status, message, len(rows), rows, FIX if rows else "")


def _deciles(connection: duckdb.DuckDBPyConnection, table: str, column: str) -> str:
    """An SQL expression for the bin of a number, by the deciles of the earlier snapshot."""
    ((edges,),) = connection.execute(
        f"select quantile_disc({column}::double, [{', '.join(f'0.{tenth}' for tenth in range(1, 10))}]) from {table}"
    ).fetchall()
    borders = sorted(set(edges or ()))
    cases = " ".join(
        f"when {column} <= {border!r} then '{place}: up to {border:g}'" for place, border in enumerate(borders)
    )
    above = f"'{len(borders)}: above'"
    return f"case when {column} is null then 'not stated' {cases} else {above} end"


def _commonest(connection: duckdb.DuckDBPyConnection, table: str, column: str) -> set[str]:
    found = connection.execute(
        f"select {column}::varchar as kind from {table} where kind is not null "
        f"group by kind order by count(*) desc, kind limit {KINDS}"
    ).fetchall()
    return {kind for (kind,) in found}


def _kinds(column: str, common: set[str]) -> str:
    """An SQL expression for the bin of a kind: itself when it is common, else "other"."""
    listed = ", ".join("'" + kind.replace("'", "''") + "'" for kind in sorted(common)) or "''"
    kind = f"{column}::varchar"
    return f"case when {column} is null then 'not stated' when {kind} in ({listed}) then {kind} else 'other' end"


def _bin_counts(connection: duckdb.DuckDBPyConnection, table: str, bin_of: str) -> dict[str, int]:
    return dict(connection.execute(f"select {bin_of} as bin, count(*) from {table} group by bin").fetchall())


def _text_drift(table: str, encode: Encode, tower: Tower, pair: Sequence[Sample], how: str) -> CheckResult:
    before, now = pair
    name = f"drift {table} texts"
    if not before.ids or not now.ids:
        return CheckResult(name, Status.PASSED, "nothing to compare")
    both = before.texts + now.texts
    place = {text: row for row, text in enumerate(dict.fromkeys(both))}  # a text that both hold is encoded once
    vectors = encode(list(place), tower)[[place[text] for text in both]]
    scores = two_sample_scores(vectors[: len(before.ids)], vectors[len(before.ids) :], both)
    area = area_under_curve(*scores)
    chance = chance_area(len(before.ids), len(now.ids))
    status = _status(area, max(AUC_WARNS, chance), max(AUC_FAILS, chance))
    newest = [] if status is Status.PASSED else np.argsort(-scores[1], kind="stable")[:SHOWN_ROWS].tolist()
    rows = [{"id": now.ids[row]} for row in newest]
    message = f"old and new texts told apart with AUC {area:.3f} by {how} (fails above {max(AUC_FAILS, chance):.2f})"
    return CheckResult(name, status, message, len(rows), rows, FIX if rows else "")


def _status(value: float, warns: float, fails: float) -> Status:
    if value > fails:
        return Status.FAILED
    return Status.WARNED if value > warns else Status.PASSED


def _share(value: Any) -> str:
    return f"{value:.1%}"


def _jobs(connection: duckdb.DuckDBPyConnection) -> Sample:
    drawn = _drawn(connection, "jobs", "job_id")
    return Sample([job_id for job_id, _ in drawn], [job_text(job_from_json(one)) for _, one in drawn])


def _seekers(connection: duckdb.DuckDBPyConnection) -> Sample:
    drawn = _drawn(connection, "seekers", "seeker_id")
    texts = [seeker_text(seeker_from_json(one)) for _, one in drawn]
    return Sample([seeker_id for seeker_id, _ in drawn], texts)


def _drawn(connection: duckdb.DuckDBPyConnection, table: str, key: str) -> list[tuple[str, str]]:
    query = f"select {key}, document from {table} order by md5({key}), {key} limit {SAMPLED_TEXTS}"
    return connection.execute(query).fetchall()
