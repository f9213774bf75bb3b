"""Messages to phones wait sealed, are taken once, tried again and given up; who asked for none gets none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from engine.errors import ConflictError
from store.database import writing
from store.encryption.field_cipher import FieldCipher
from store.people.accounts import NewAccount, Role, create_account, read_contact
from store.people.phone_messages import (
    MESSAGES,
    PhoneMessage,
    SendingTime,
    drop_messages,
    give_up_messages,
    is_first_time,
    message_failed,
    message_over,
    post_message,
    take_messages,
)
from store.people.phones import (
    find_phone_account,
    forget_stops,
    numbered_jobs,
    phone_of,
    put_numbers,
    remove_phone,
    resume_messages,
    stop_messages,
    stopped_since,
    write_phone,
)

NOW = datetime(2027, 3, 1, 15, tzinfo=UTC)
ROSA, ANA = "+51987654321", "+51912345678"
AT = SendingTime(NOW, timedelta(hours=1))


def test_a_message_is_taken_by_one_tried_again_later_and_given_up(database: Engine, cipher: FieldCipher) -> None:
    with writing(database).begin() as connection:
        assert post_message(connection, cipher, PhoneMessage(ROSA, "Hola"), SendingTime(NOW, timedelta(days=3)))
        assert b"Hola" not in connection.execute(select(MESSAGES.c.message_sealed)).scalar_one()
    moment, waits = NOW, []
    for _ in range(8):
        with writing(database).begin() as connection:
            assert give_up_messages(connection, moment) == 0
            (taken,) = take_messages(connection, cipher, moment, 10)
            assert take_messages(connection, cipher, moment, 10) == []
            assert taken.message == PhoneMessage(ROSA, "Hola")
            message_failed(connection, taken, moment)
            later = connection.execute(select(MESSAGES.c.next_attempt_at)).scalar_one()
        waits.append((later - moment).total_seconds())
        moment = later
    assert waits == [30 * 2**n for n in range(8)]
    with writing(database).begin() as connection:
        assert give_up_messages(connection, moment) == 1


def test_what_expired_is_dropped_unless_it_is_under_way(database: Engine, cipher: FieldCipher) -> None:
    with writing(database).begin() as connection:
        post_message(connection, cipher, PhoneMessage(ROSA, "Hola"), AT)
        (taken,) = take_messages(connection, cipher, NOW + timedelta(minutes=59), 10)
        assert give_up_messages(connection, NOW + timedelta(minutes=61)) == 0
        message_over(connection, taken.message_id)
        assert connection.execute(select(MESSAGES)).all() == []


def test_a_morning_message_waits_for_the_morning(database: Engine, cipher: FieldCipher) -> None:
    with writing(database).begin() as connection:
        post_message(connection, cipher, PhoneMessage(ROSA, "Hola"), SendingTime(NOW, timedelta(days=3)))
        assert take_messages(connection, cipher, NOW - timedelta(seconds=1), 10) == []
        assert len(take_messages(connection, cipher, NOW, 10)) == 1


def test_a_stopped_number_gets_nothing_until_its_owner_asks(database: Engine, cipher: FieldCipher) -> None:
    with writing(database).begin() as connection:
        assert stop_messages(connection, cipher, ROSA, NOW)
        assert not stop_messages(connection, cipher, ROSA, NOW)
        assert not post_message(connection, cipher, PhoneMessage(ROSA, "Hola"), AT)
        assert post_message(connection, cipher, PhoneMessage(ROSA, "Listo"), AT, after_stop=True)
        assert post_message(connection, cipher, PhoneMessage(ANA, "Hola"), AT)
        assert drop_messages(connection, cipher, [ROSA]) == 1
        assert resume_messages(connection, cipher, ROSA)
        assert not resume_messages(connection, cipher, ROSA)
        assert post_message(connection, cipher, PhoneMessage(ROSA, "Hola"), AT)


def test_a_number_is_one_accounts_and_found_by_its_digits(database: Engine, cipher: FieldCipher) -> None:
    with writing(database).begin() as connection:
        rosa, ana = (
            create_account(connection, cipher, NewAccount(email, "hash", frozenset({Role.SEEKER})), NOW)
            for email in ("rosa@correo.pe", "ana@correo.pe")
        )
        write_phone(connection, cipher, rosa, ROSA, NOW)
        assert find_phone_account(connection, cipher, ROSA) == rosa
        assert phone_of(connection, cipher, rosa) == ROSA
        with pytest.raises(ConflictError):
            write_phone(connection, cipher, ana, ROSA, NOW)
        write_phone(connection, cipher, rosa, ANA, NOW)
        assert find_phone_account(connection, cipher, ROSA) is None
        assert remove_phone(connection, rosa)
        assert (phone_of(connection, cipher, rosa), remove_phone(connection, rosa)) == (None, False)


def test_a_stop_is_kept_for_as_long_as_the_account_or_two_years(database: Engine, cipher: FieldCipher) -> None:
    with writing(database).begin() as connection:
        rosa = create_account(connection, cipher, NewAccount(None, "hash", frozenset({Role.SEEKER})), NOW)
        write_phone(connection, cipher, rosa, ROSA, NOW)
        for number in (ROSA, ANA):
            stop_messages(connection, cipher, number, NOW)
        assert forget_stops(connection, cipher, NOW) == 0
        assert forget_stops(connection, cipher, NOW + timedelta(seconds=1)) == 1
        assert stopped_since(connection, cipher, ROSA) == NOW
        assert stopped_since(connection, cipher, ANA) is None


def test_numbers_go_on_within_a_week_and_begin_anew_after_it(database: Engine, cipher: FieldCipher) -> None:
    with writing(database).begin() as connection:
        rosa = create_account(connection, cipher, NewAccount(None, "hash", frozenset({Role.SEEKER})), NOW)
        assert put_numbers(connection, rosa, ["a", "b"], NOW) == {1: "a", 2: "b"}
        assert put_numbers(connection, rosa, ["c"], NOW + timedelta(days=6)) == {3: "c"}
        assert numbered_jobs(connection, rosa) == {1: "a", 2: "b", 3: "c"}
        assert put_numbers(connection, rosa, ["d"], NOW + timedelta(days=8)) == {4: "d"}
        assert numbered_jobs(connection, rosa) == {3: "c", 4: "d"}
        assert put_numbers(connection, rosa, ["e"], NOW + timedelta(days=16)) == {1: "e"}
        assert put_numbers(connection, rosa, [f"x{n}" for n in range(98)], NOW + timedelta(days=16))[99] == "x97"
        assert put_numbers(connection, rosa, ["f"], NOW + timedelta(days=16)) == {1: "f"}, "after 99 comes 1"
        assert numbered_jobs(connection, rosa) == {1: "f"}


def test_two_accounts_without_an_address_are_two(database: Engine, cipher: FieldCipher) -> None:
    with writing(database).begin() as connection:
        new = NewAccount(None, "hash", frozenset({Role.SEEKER}))
        both = [create_account(connection, cipher, new, NOW) for _ in range(2)]
        assert len(set(both)) == 2
        assert [read_contact(connection, cipher, one).email for one in both] == [None, None]


def test_a_message_comes_once(database: Engine) -> None:
    with writing(database).begin() as connection:
        assert is_first_time(connection, "a" * 64, NOW)
        assert not is_first_time(connection, "a" * 64, NOW)
        assert is_first_time(connection, "b" * 64, NOW)
