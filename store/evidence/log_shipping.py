"""Takes what waits in the journals of all processes, living or killed, into the log of recommendations."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Engine

from engine.artifacts import sync
from store.evidence.answer_records import AnswerRecord, record_from_json
from store.evidence.journal import make_last, read_records, seal, sealed, shipping_turn
from store.evidence.recommendation_log import log_answers
from store.upserts import batches, in_transaction

# A millisecond of work, which may take a hundred while requests want the processor: on SQLite whoever writes waits.
ANSWERS_A_TRANSACTION = 25

log = logging.getLogger("chamba.store")


@dataclass(slots=True)
class ShippedAnswers:
    """How many answers came into the log, and how many lines of journals could not be read."""

    logged_count: int = 0
    unreadable_count: int = 0


def ship_all(folder: Path, engine: Engine, *, wait: bool = True) -> ShippedAnswers | None:
    """Bring every answer that was journaled before this call into the log, then remove it from the journals.

    Without `wait` nothing is done while another process ships, and None returned. It may be killed at any point: what
    is not removed is shipped again, and is in the log once. A line that a power cut tore is passed over and reported.
    Raises SQLAlchemyError when the database does not take them: the journals wait, safe from a power cut.
    """
    shipped = ShippedAnswers()
    if not folder.is_dir():
        return shipped
    with shipping_turn(folder, wait=wait) as is_our_turn:
        if not is_our_turn:
            return None
        try:
            _ship_sealed(folder, engine, shipped)  # first: while the database is away, no more files are sealed
            seal(folder)
            _ship_sealed(folder, engine, shipped)
        except BaseException:
            make_last(folder)
            raise
    if shipped.unreadable_count:
        log.error("%d lines of journals were torn or damaged, and are passed over", shipped.unreadable_count)
    return shipped


@contextmanager
def shipping_paused(folder: Path) -> Iterator[None]:
    """Nobody brings answers into the log meanwhile: no profile is forgotten that an answer just came from."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with shipping_turn(folder, wait=True):
        yield


def _ship_sealed(folder: Path, engine: Engine, shipped: ShippedAnswers) -> None:
    for path in sealed(folder):
        for records in batches(_answers(path, shipped), ANSWERS_A_TRANSACTION):
            shipped.logged_count += in_transaction(engine, partial(log_answers, records=records, now=datetime.now(UTC)))
        _sync_database(engine)
        path.unlink()


def _answers(path: Path, shipped: ShippedAnswers) -> Iterator[AnswerRecord]:
    for content in read_records(path):
        try:
            if content is None:
                raise ValueError
            yield record_from_json(content)
        except ValueError:
            shipped.unreadable_count += 1


def _sync_database(engine: Engine) -> None:
    """Make what was committed survive a power cut, as it will not be journaled any more.

    SQLite does not see to that at each of these commits (`PRAGMA synchronous = NORMAL`), but at each checkpoint; until
    then it is in the log of writes beside the file.
    """
    if engine.dialect.name == "sqlite":
        with suppress(FileNotFoundError):
            sync(Path(f"{engine.url.database}-wal"))
