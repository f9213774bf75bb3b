"""New data keys without downtime, and data keys under a new master key.

A rotation announces a key, waits until every process knows it, brings all values to it in passes, and retires the
older keys once no value is under them. Killed at any point, it is finished by the next; values never stop opening.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection, Engine, select, update

from engine.errors import InvalidInputError
from store.audit import AuditAction, append_audit
from store.database import writing
from store.encryption.aes_gcm import context_of
from store.encryption.data_keys import DATA_KEYS, DataKey, DataKeys, Purpose, unwrapped_secret
from store.encryption.field_cipher import FieldCipher
from store.encryption.index_texts import INDEX_TEXTS, IndexText
from store.encryption.master_keys import MasterKeys
from store.encryption.resealing import Obstacle, PassCounts, reseal
from store.encryption.sealed_columns import SealedColumn, count_sealed, sealed_columns
from store.tables import Base

ROTATED = (Purpose.FIELD, Purpose.INDEX)
# Processes read the keys every ten seconds; the rest is for clocks that differ and transactions that take long.
SETTLE = timedelta(seconds=30)
MOST_PASSES = 5


@dataclass(frozen=True, slots=True)
class RotationReport:
    """What a rotation did. `retained`: older keys that values are still under, or may be; another run retires them.

    `resealed` counts rows by column, `obstacles` what was left as it was, by column and why.
    """

    is_resumed: bool
    current: tuple[str, ...]
    resealed: Mapping[str, int]
    obstacles: Mapping[tuple[str, Obstacle], int]
    retired: tuple[str, ...]
    retained: tuple[str, ...]


def rotate(
    engine: Engine,
    cipher: FieldCipher,
    purpose: Purpose | None = None,
    *,
    settle: timedelta = SETTLE,
    wait: Callable[[float], object] = time.sleep,
    index_texts: Mapping[str, IndexText] = INDEX_TEXTS,
) -> RotationReport:
    """Change the key of fields, of indexes, or both (None), while other processes go on; finishes an earlier run.

    Waits `settle` before the new key is used and again before the older ones are retired, by calling `wait` with
    seconds. Zero is right when nothing else uses the database, and loses nothing when something does, except that
    rows written meanwhile may be under a retired key: they open, but an index of theirs is not found.

    Raises:
        InvalidInputError: keys of that purpose are not rotated here, or `index_texts` lacks a column.
    """
    if purpose not in (None, *ROTATED):
        raise InvalidInputError("keys of this purpose are not rotated", expected=" or ".join(ROTATED), got=str(purpose))
    columns = sealed_columns(Base.metadata, index_texts)
    keys = cipher.data_keys
    wanted = ROTATED if purpose is None else (purpose,)
    purposes, is_resumed = keys.begin_rotation(wanted, keys.clock() + settle)
    in_use_from = max(_newest(keys, one).created_at for one in purposes)
    one_pass = partial(reseal, engine, cipher, columns, checks_indexes=Purpose.INDEX in purposes)
    _wait_until(in_use_from, keys, wait)
    resealed = one_pass().resealed  # nearly all of them, while the last transactions under the older keys end
    _wait_until(in_use_from + settle, keys, wait)
    for _ in range(MOST_PASSES):
        last = one_pass()
        resealed += last.resealed
        if last.found_nothing_to_do:
            break
    older = [key for one in purposes for key in keys.live(one) if key.number < _newest(keys, one).number]
    unused = _unused(engine, columns, older, last)
    current = tuple(_newest(keys, one).key_id for one in purposes)
    _retire(engine, current, unused, keys.clock())
    keys.refresh()
    return RotationReport(
        is_resumed=is_resumed,
        current=current,
        resealed=dict(resealed),
        obstacles=dict(last.obstacles),
        retired=tuple(key.key_id for key in unused),
        retained=tuple(key.key_id for key in older if key not in unused),
    )


def rotate_token_key(
    engine: Engine,
    cipher: FieldCipher,
    *,
    lifetime: timedelta,
    settle: timedelta = SETTLE,
    wait: Callable[[float], object] = time.sleep,
) -> RotationReport:
    """Have access tokens signed by a new key, and retire the older ones once every token of theirs has ended.

    That takes `settle` and then `lifetime`, that of a token. With no time to settle it is at once, for a key that
    others may know: every access token ends, and whoever has a refresh token gets the next by it.
    """
    keys = cipher.data_keys
    _, is_resumed = keys.begin_rotation((Purpose.TOKEN,), keys.clock() + settle)
    newest = _newest(keys, Purpose.TOKEN)
    if settle:
        _wait_until(newest.created_at + settle + lifetime, keys, wait)
    older = [key for key in keys.live(Purpose.TOKEN) if key.number < newest.number]
    _retire(engine, (newest.key_id,), older, keys.clock())
    keys.refresh()
    return RotationReport(is_resumed, (newest.key_id,), {}, {}, tuple(key.key_id for key in older), ())


def rewrap(engine: Engine, master_keys: MasterKeys) -> int:
    """Wrap every data key under the current master key, in one transaction; how many were under another.

    Raises:
        ArtifactError: a master key that data keys are wrapped under is not in the file; nothing is changed.
    """
    count = 0
    with writing(engine).begin() as connection:
        current_id = master_keys.current_id()
        query = select(DATA_KEYS).where(DATA_KEYS.c.master_key_id != current_id).order_by(DATA_KEYS.c.key_id)
        for row in connection.execute(query.with_for_update()).all():
            secret = unwrapped_secret(master_keys, row)
            master_key_id, wrapped_key = master_keys.wrap(secret, context_of(row.key_id, row.purpose))
            connection.execute(
                update(DATA_KEYS)
                .where(DATA_KEYS.c.key_id == row.key_id)
                .values(master_key_id=master_key_id, wrapped_key=wrapped_key)
            )
            count += 1
    return count


def _newest(keys: DataKeys, purpose: Purpose) -> DataKey:
    return max(keys.live(purpose), key=lambda key: key.number)


def _wait_until(moment: datetime, keys: DataKeys, wait: Callable[[float], object]) -> None:
    seconds = (moment - keys.clock()).total_seconds()
    if seconds > 0:
        wait(seconds)


def _unused(
    engine: Engine, columns: Sequence[SealedColumn], older: Sequence[DataKey], last: PassCounts
) -> list[DataKey]:
    """Those of the older keys that nothing is under: values are counted, indexes were all seen in the last pass."""
    with engine.connect() as connection:
        counts = count_sealed(connection, columns, [key.key_id for key in older if key.purpose is Purpose.FIELD])
        has_every_index = last.found_nothing_to_do and not any(
            _may_have_an_older_index(connection, column, last) for column in columns
        )
    return [key for key in older if (has_every_index if key.purpose is Purpose.INDEX else not counts[key.key_id])]


def _may_have_an_older_index(connection: Connection, column: SealedColumn, last: PassCounts) -> bool:
    """Whether an index was left as it was, or could not be judged since its value does not open or is gone."""
    if column.index is None:
        return False
    without_value = select(column.index).where(column.sealed.is_(None), column.index.is_not(None)).limit(1)
    is_left = any(met in (str(column.sealed), str(column.index)) for met, _ in last.obstacles)
    return is_left or connection.execute(without_value).first() is not None


def _retire(engine: Engine, current: Sequence[str], unused: Sequence[DataKey], now: datetime) -> None:
    """All in one transaction, so that a run that is killed here is finished by the next as a whole."""
    retired = [key.key_id for key in unused]
    with writing(engine).begin() as connection:
        at_keys = DATA_KEYS.c.key_id.in_(retired)
        connection.execute(update(DATA_KEYS).where(at_keys, DATA_KEYS.c.retired_at.is_(None)).values(retired_at=now))
        append_audit(
            connection,
            actor="operator",
            action=AuditAction.KEYS_ROTATED,
            subject="keys",
            detail={"current": list(current), "retired": retired},
            now=now,
        )
