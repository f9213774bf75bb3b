"""Placements written in batches: of two outcomes for one person and job, the later one stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import BindParameter, Connection, and_, bindparam, insert, or_, select, tuple_, update

from engine.documents.terms import utc
from engine.placements import Placement
from store.tables import PLACEMENTS


def put_placements(connection: Connection, placements: Iterable[Placement]) -> int:
    """Insert new placements and renew those with a later outcome; the number of rows that changed."""
    latest: dict[tuple[str, str], Placement] = {}
    for placement in placements:
        pair = (placement.seeker_id, placement.job_id)
        if pair not in latest or _order(placement) > _order(latest[pair]):
            latest[pair] = placement
    pairs = tuple_(PLACEMENTS.c.seeker_id, PLACEMENTS.c.job_id)
    columns = (PLACEMENTS.c.seeker_id, PLACEMENTS.c.job_id, PLACEMENTS.c.placed_at, PLACEMENTS.c.grade)
    stored = {
        (row.seeker_id, row.job_id): (row.placed_at, row.grade)
        for row in connection.execute(select(*columns).where(pairs.in_(latest)))
    }
    created, renewed = [], []
    for pair, placement in sorted(latest.items()):  # sorted: two writers lock rows in the same order
        placed_at, grade = utc(placement.placed_at), placement.grade
        if pair not in stored:
            created.append({"seeker_id": pair[0], "job_id": pair[1], "placed_at": placed_at, "grade": grade})
        elif _order(placement) > stored[pair]:
            renewed.append({"at_seeker": pair[0], "at_job": pair[1], "new_placed_at": placed_at, "new_grade": grade})
    if created:
        connection.execute(insert(PLACEMENTS), created)
    if renewed:
        connection.execute(_renewal(), renewed)
    return len(created) + len(renewed)


def _order(placement: Placement) -> tuple[Any, int]:
    return utc(placement.placed_at), placement.grade


def _renewal() -> Any:
    columns = PLACEMENTS.c
    placed_at: BindParameter[Any] = bindparam("new_placed_at")
    grade: BindParameter[Any] = bindparam("new_grade")
    # Compared again here: another writer may have stored a still later outcome since the select.
    is_later = or_(columns.placed_at < placed_at, and_(columns.placed_at == placed_at, columns.grade < grade))
    at_pair = and_(columns.seeker_id == bindparam("at_seeker"), columns.job_id == bindparam("at_job"))
    return update(PLACEMENTS).where(at_pair, is_later).values(placed_at=placed_at, grade=grade)
