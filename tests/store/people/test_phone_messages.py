"""Messages to phones wait sealed, are taken once, tried again and given up; who asked for none gets none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from engine.errors import ConflictError
from store.database import writing
from store.encryption.field_cipher import FieldCipher
from store.people.accounts import NewAccount, Role, create_account
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
    phone_of,
    remove_phone,
    resume_messages,
    stop_messages,
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


def test_a_message_comes_once(database: Engine) -> None:
    with writing(database).begin() as connection:
        assert is_first_time(connection, "a" * 64, NOW)
        assert not is_first_time(connection, "a" * 64, NOW)
        assert is_first_time(connection, "b" * 64, NOW)
