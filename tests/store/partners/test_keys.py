"""Keys: kept as hashes, in force until they expire or are revoked, rotated without a gap."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from functools import partial
from threading import Thread

import pytest
from sqlalchemy import Engine, text

from engine.errors import ConflictError, InvalidInputError, NotFoundError
from store.database import writing
from store.encryption.field_cipher import FieldCipher
from store.partners.keys import create_key, list_keys, live_keys, revoke_key, rotate_key
from store.partners.partners import NewPartner, PartnerStatus, RequestLimits, create_partner, set_status
from store.upserts import in_transaction

HOUR = timedelta(hours=1)


def test_only_the_hash_of_a_long_secret_is_kept(database: Engine, partner_id: str, now: datetime) -> None:
    with writing(database).begin() as connection:
        made = create_key(connection, partner_id, ["recommend"], now)
    prefix, key_id, secret = made.text.split("_", 2)
    assert (prefix, key_id) == ("chamba", made.key_id)
    assert len(secret) >= 43  # 256 bits in base64
    with database.connect() as connection:
        (row,) = connection.execute(text("select * from api_keys")).all()
    assert row.secret_hash == hashlib.sha256(secret.encode()).hexdigest()
    assert not any(secret in str(value) for value in row)


def test_keys_in_force_are_told_with_what_a_request_needs(database: Engine, partner_id: str, now: datetime) -> None:
    with writing(database).begin() as connection:
        lasting = create_key(connection, partner_id, ["recommend", "jobs", "jobs"], now)
        ending = create_key(connection, partner_id, ["events"], now, now + HOUR)
        revoked = create_key(connection, partner_id, ["events"], now)
        assert revoke_key(connection, partner_id, revoked.key_id, now)
        assert not revoke_key(connection, partner_id, revoked.key_id, now)
        live = live_keys(connection, now)
        assert live.keys() == {lasting.key_id, ending.key_id}
        assert live[lasting.key_id].scopes == {"recommend", "jobs"}
        assert (live[lasting.key_id].partner_id, live[lasting.key_id].is_suspended) == (partner_id, False)
        assert live[lasting.key_id].limits == RequestLimits(1_000, 100)
        assert live_keys(connection, now + HOUR).keys() == {lasting.key_id}
        set_status(connection, partner_id, PartnerStatus.SUSPENDED, now)
        assert live_keys(connection, now)[lasting.key_id].is_suspended


def test_a_rotated_key_goes_on_for_its_grace_and_then_ends(database: Engine, partner_id: str, now: datetime) -> None:
    with writing(database).begin() as connection:
        old = create_key(connection, partner_id, ["events", "jobs"], now)
        new = rotate_key(connection, partner_id, old.key_id, now + HOUR)
        assert new.text != old.text
        assert live_keys(connection, now + 24 * HOUR)[new.key_id].scopes == {"events", "jobs"}
        assert live_keys(connection, now + 24 * HOUR).keys() == {old.key_id, new.key_id}
        assert live_keys(connection, now + 25 * HOUR).keys() == {new.key_id}
        assert live_keys(connection, now + 10_000 * HOUR).keys() == {new.key_id}


def test_without_grace_a_rotated_key_ends_at_once(database: Engine, partner_id: str, now: datetime) -> None:
    with writing(database).begin() as connection:
        old = create_key(connection, partner_id, ["events"], now)
        new = rotate_key(connection, partner_id, old.key_id, now, timedelta(0))
        assert live_keys(connection, now).keys() == {new.key_id}


def test_rotating_lengthens_no_key_that_was_to_end(database: Engine, partner_id: str, now: datetime) -> None:
    with writing(database).begin() as connection:
        old = create_key(connection, partner_id, ["events"], now, now + 2 * HOUR)
        new = rotate_key(connection, partner_id, old.key_id, now + HOUR)
        assert {key.expires_at for key in list_keys(connection, partner_id)} == {now + 2 * HOUR}
        assert new.expires_at == now + 2 * HOUR


def test_a_key_that_ended_is_not_rotated(database: Engine, partner_id: str, now: datetime) -> None:
    with writing(database).begin() as connection:
        expired = create_key(connection, partner_id, ["events"], now, now + HOUR)
        revoked = create_key(connection, partner_id, ["events"], now)
        revoke_key(connection, partner_id, revoked.key_id, now)
        for key_id in (expired.key_id, revoked.key_id):
            with pytest.raises(ConflictError):
                rotate_key(connection, partner_id, key_id, now + HOUR)


def test_a_key_of_another_partner_is_not_found(
    database: Engine, cipher: FieldCipher, partner_id: str, now: datetime
) -> None:
    with writing(database).begin() as connection:
        theirs = create_key(connection, partner_id, ["events"], now)
        other = create_partner(connection, cipher, NewPartner("Otra", RequestLimits(1, 1)), now)
        for change in (rotate_key, revoke_key):
            with pytest.raises(NotFoundError):
                change(connection, other, theirs.key_id, now)
        assert list_keys(connection, other) == []
        with pytest.raises(NotFoundError):
            create_key(connection, "nobody", ["events"], now)


def test_a_key_needs_a_scope_and_a_future(database: Engine, partner_id: str, now: datetime) -> None:
    with writing(database).begin() as connection:
        with pytest.raises(InvalidInputError, match="scope"):
            create_key(connection, partner_id, [], now)
        with pytest.raises(InvalidInputError, match="expired"):
            create_key(connection, partner_id, ["events"], now, now)


def test_a_partner_has_only_so_many_keys_in_force_whoever_makes_them_at_once(
    database: Engine, partner_id: str, now: datetime
) -> None:
    refused: list[ConflictError] = []

    def make() -> None:
        for _ in range(8):
            try:
                in_transaction(database, partial(create_key, partner_id=partner_id, scopes=["events"], now=now))
            except ConflictError as error:
                refused.append(error)

    threads = [Thread(target=make) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 4
    with writing(database).begin() as connection:
        keys = list_keys(connection, partner_id)
        assert len(keys) == 20
        revoke_key(connection, partner_id, keys[0].key_id, now)
        create_key(connection, partner_id, ["events"], now)
