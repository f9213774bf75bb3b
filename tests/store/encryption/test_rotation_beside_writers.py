"""New keys while others read and write: nothing is lost, and everybody is found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Condition

import pytest
from sqlalchemy import Engine, select

from store.database import writing
from store.encryption.data_keys import Purpose
from store.encryption.field_cipher import FieldCipher
from store.encryption.index_texts import INDEX_TEXTS, IndexText
from store.encryption.master_keys import MasterKeys
from store.encryption.rotation import rotate
from store.tables import Base

Values = dict[tuple[str, str], str]
Fill = Callable[[FieldCipher], Values]
AddAccount = Callable[[FieldCipher, str, str], None]
FindAccount = Callable[[FieldCipher, str], list[str]]
SetAccount = Callable[..., None]
Keys = Callable[[], set[str]]

ACCOUNTS = Base.metadata.tables["accounts"]
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
AT_ONCE = timedelta(0)
EMAIL, NAME, INDEX = "accounts.email_sealed", "accounts.name_sealed", "accounts.email_index"
WRITERS = 3


class Clock:
    """A clock that stands still until somebody waits by it; `while_waiting` is what happens then, in turn."""

    def __init__(self) -> None:
        self.now = NOON
        self.while_waiting: Iterator[Callable[[], object]] = iter(())
        self.waited: list[float] = []

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += timedelta(seconds=seconds)
        next(self.while_waiting, bool)()


class Rounds:
    """Counts the rounds of writers that go on until they are stopped, and waits for them."""

    def __init__(self) -> None:
        self.counts = [0] * WRITERS
        self.is_stopped = False
        self.changed = Condition()

    def end_round(self, writer: int) -> bool:
        """Whether there is to be another."""
        with self.changed:
            self.counts[writer] += 1
            self.changed.notify_all()
            return not self.is_stopped

    def wait_for_whole_rounds(self) -> None:
        """Until everybody has begun and ended a round since now."""
        with self.changed:
            aims = [count + 2 for count in self.counts]
            assert self.changed.wait_for(lambda: all(map(int.__ge__, self.counts, aims)), timeout=60)

    def stop(self) -> None:
        """Let everybody end."""
        with self.changed:
            self.is_stopped = True


@pytest.fixture
def clock() -> Clock:
    """Noon."""
    return Clock()


@pytest.mark.parametrize("is_settled", [True, False])
def test_writers_that_go_on_lose_nothing(
    database: Engine,
    master_keys: MasterKeys,
    clock: Clock,
    fill: Fill,
    open_values: Fill,
    add_account: AddAccount,
    find_account: FindAccount,
    set_account: SetAccount,
    keys_in_use: Keys,
    live_keys: Keys,
    is_settled: bool,
) -> None:
    """Each writer is a process of its own as far as keys go: it has its own cipher, as the rotation has."""
    rotating = FieldCipher(database, master_keys, clock)
    values = fill(rotating)
    rounds = Rounds()

    def write(writer: int) -> Values:
        cipher, account_id, is_going_on, number = FieldCipher(database, master_keys, clock), f"w-{writer}", True, 0
        add_account(cipher, account_id, f"w{writer}-0@example.pe")
        while is_going_on:
            number += 1
            email, name = f"w{writer}-{number}@example.pe", f"Ana {number}"
            set_account(
                account_id,
                email_sealed=cipher.seal(EMAIL, account_id, email),
                email_index=cipher.index(INDEX, email),
                name_sealed=cipher.seal(NAME, account_id, name),
            )
            if is_settled:
                assert find_account(cipher, email) == [account_id]
                assert find_account(cipher, " a-1@example.pe") == ["a-1"]
            is_going_on = rounds.end_round(writer)
        return {(EMAIL, account_id): email, (NAME, account_id): name}

    with ThreadPoolExecutor(WRITERS) as threads:
        writing = [threads.submit(write, writer) for writer in range(WRITERS)]
        try:
            rounds.wait_for_whole_rounds()
            if is_settled:
                clock.while_waiting = iter([rounds.wait_for_whole_rounds] * 2)
                report = rotate(database, rotating, wait=clock.wait)
                assert (report.retained, report.obstacles) == ((), {})
            else:
                rotate(database, rotating, settle=AT_ONCE)
        finally:
            rounds.stop()
    for written in writing:
        values |= written.result()
    later = FieldCipher(database, master_keys, clock)
    assert open_values(later) == values
    if not is_settled:  # some may be under a retired key: the next rotation brings them on
        rotate(database, later, settle=AT_ONCE)
        assert open_values(later) == values
    assert keys_in_use() <= live_keys()
    for (field, account_id), email in values.items():
        if field == EMAIL:
            assert find_account(later, email) == [account_id]


def test_people_are_found_before_during_and_after_a_rotation_by_every_process(
    database: Engine,
    master_keys: MasterKeys,
    clock: Clock,
    add_account: AddAccount,
    find_account: FindAccount,
    live_keys: Keys,
) -> None:
    rotating, first, second = (FieldCipher(database, master_keys, clock) for _ in range(3))
    add_account(first, "a-0", "p0@example.pe")

    def everybody_is_found() -> None:
        number = len(clock.waited)
        add_account(first, f"a-{number}", f"p{number}@example.pe")
        for cipher in (first, second, rotating):
            for other in range(number + 1):
                assert find_account(cipher, f"p{other}@example.pe") == [f"a-{other}"]

    clock.while_waiting = iter([everybody_is_found, everybody_is_found])
    rotate(database, rotating, wait=clock.wait)
    clock.waited.append(0)
    everybody_is_found()
    assert clock.waited == [30, 30, 0]
    assert live_keys() == {"field-2", "index-2"}


def test_what_a_process_seals_under_the_old_key_after_the_first_pass_is_caught(
    database: Engine,
    master_keys: MasterKeys,
    clock: Clock,
    add_account: AddAccount,
    find_account: FindAccount,
    keys_in_use: Keys,
) -> None:
    cipher, late = FieldCipher(database, master_keys, clock), FieldCipher(database, master_keys, lambda: NOON)
    clock.while_waiting = iter([bool, lambda: add_account(late, "a-1", "ana@example.pe")])
    report = rotate(database, cipher, wait=clock.wait)
    assert keys_in_use() == {"field-2"}
    assert (report.resealed[INDEX], report.retained) == (1, ())
    assert find_account(cipher, "ana@example.pe") == ["a-1"]


def test_a_process_that_goes_on_with_old_keys_keeps_them_alive(
    database: Engine,
    master_keys: MasterKeys,
    clock: Clock,
    add_account: AddAccount,
    find_account: FindAccount,
    set_account: SetAccount,
    keys_in_use: Keys,
    live_keys: Keys,
) -> None:
    """It writes the row again in every pass, between the rotation's reading and writing."""
    cipher, late = FieldCipher(database, master_keys, clock), FieldCipher(database, master_keys, lambda: NOON)
    add_account(late, "a-1", "ana@example.pe")

    def while_the_rotation_holds_the_row(email: str) -> str:
        set_account("a-1", email_sealed=late.seal(EMAIL, "a-1", email), email_index=late.index(INDEX, email))
        return email

    texts = {**INDEX_TEXTS, INDEX: IndexText(while_the_rotation_holds_the_row)}
    report = rotate(database, cipher, wait=clock.wait, index_texts=texts)
    assert (set(report.retained), report.retired) == ({"field-1", "index-1"}, ())
    assert keys_in_use() <= live_keys()
    assert find_account(cipher, "ana@example.pe") == ["a-1"]
    report = rotate(database, cipher, wait=clock.wait)
    assert (report.is_resumed, set(report.retired)) == (True, {"field-1", "index-1"})
    assert (keys_in_use(), live_keys()) == ({"field-2"}, {"field-2", "index-2"})


def test_a_newer_value_is_never_overwritten(
    database: Engine,
    master_keys: MasterKeys,
    clock: Clock,
    add_account: AddAccount,
    find_account: FindAccount,
    open_values: Fill,
    set_account: SetAccount,
) -> None:
    """Another process writes the row after the rotation has read it and before it writes it."""
    cipher, other = FieldCipher(database, master_keys, clock), FieldCipher(database, master_keys, clock)
    add_account(cipher, "a-1", "old@example.pe")
    pending = ["new@example.pe"]

    def while_the_rotation_holds_the_old_value(email: str) -> str:
        if pending:
            new = pending.pop()
            set_account("a-1", email_sealed=other.seal(EMAIL, "a-1", new), email_index=other.index(INDEX, new))
        return email

    texts = {**INDEX_TEXTS, INDEX: IndexText(while_the_rotation_holds_the_old_value)}
    report = rotate(database, cipher, wait=clock.wait, index_texts=texts)
    assert (report.retained, report.obstacles) == ((), {})
    assert open_values(other)[EMAIL, "a-1"] == "new@example.pe"
    assert find_account(other, "new@example.pe") == ["a-1"]
    assert find_account(other, "old@example.pe") == []


@pytest.mark.postgresql_only("SQLite locks no rows")
def test_a_row_that_somebody_has_locked_is_left_to_the_next_run(
    database: Engine, cipher: FieldCipher, add_account: AddAccount, find_account: FindAccount, keys_in_use: Keys
) -> None:
    add_account(cipher, "a-1", "ana@example.pe")
    add_account(cipher, "a-2", "eva@example.pe")
    with writing(database).begin() as connection:
        connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.account_id == "a-1").with_for_update())
        report = rotate(database, cipher, settle=AT_ONCE)
    assert set(report.retained) == {"field-1", "index-1"}
    assert keys_in_use() == {"field-1", "field-2"}
    assert find_account(cipher, "ana@example.pe") == ["a-1"]
    report = rotate(database, cipher, settle=AT_ONCE)
    assert (report.is_resumed, report.resealed[EMAIL]) == (True, 1)
    assert (set(report.retired), report.retained) == ({"field-1", "index-1"}, ())


def test_rotations_at_once_do_the_work_of_one(
    database: Engine, master_keys: MasterKeys, fill: Fill, open_values: Fill, keys_in_use: Keys, live_keys: Keys
) -> None:
    ciphers = [FieldCipher(database, master_keys) for _ in range(2)]
    values = fill(ciphers[0])
    ciphers[0].data_keys.begin_rotation([Purpose.FIELD, Purpose.INDEX], datetime.now(UTC))
    with ThreadPoolExecutor(2) as threads:
        started = [threads.submit(rotate, database, cipher, settle=AT_ONCE) for cipher in ciphers]
    reports = [done.result() for done in started]
    assert any(report.is_resumed for report in reports)
    assert open_values(ciphers[0]) == values
    assert keys_in_use() <= live_keys()
