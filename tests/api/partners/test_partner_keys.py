"""Keys as a server knows them: which are taken, how limits hold over several servers, and what an outage costs."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine, event, text

from api.access.callers import PartnerCaller, Scope
from api.access.partner_keys import PartnerKeys
from api.problems import ProblemError
from store.database import open_database
from store.encryption.field_cipher import FieldCipher
from store.encryption.master_keys import create_master_keys
from store.partners.keys import NewKey, create_key, revoke_key, rotate_key
from store.partners.partners import (
    NewPartner,
    PartnerStatus,
    RequestLimits,
    create_partner,
    set_limits,
    set_status,
)
from store.upserts import in_transaction
from tests.api.partners.parts import Clock
from tests.databases import Databases


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    engine = open_database(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def partner_id(database: Engine, tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> str:
    cipher = FieldCipher(database, create_master_keys(tmp_path_factory.mktemp("keys") / "master.keys"))
    new = NewPartner("Bolsa Sur", RequestLimits(20, 5))
    return in_transaction(database, partial(create_partner, cipher=cipher, new=new, now=clock.now))


@pytest.fixture
def key(database: Engine, partner_id: str, clock: Clock) -> NewKey:
    made = partial(create_key, partner_id=partner_id, scopes=[Scope.RECOMMEND, Scope.JOBS], now=clock.now)
    return in_transaction(database, made)


@pytest.fixture
def keys(database: Engine, key: NewKey, clock: Clock) -> PartnerKeys:
    """What one server knows, refreshed once."""
    assert key
    known = PartnerKeys(database, clock)
    known.refresh()
    return known


def status_of(keys: PartnerKeys, token: str) -> int:
    """200 or the status of the problem, 0 for what is no partner's key."""
    try:
        return 0 if keys.caller(token) is None else 200
    except ProblemError as error:
        return error.kind.status


def test_a_key_is_its_partner_with_its_scopes(keys: PartnerKeys, key: NewKey, partner_id: str) -> None:
    assert keys.caller(key.text) == PartnerCaller(partner_id, key.key_id, frozenset({Scope.RECOMMEND, Scope.JOBS}))


def test_a_key_is_checked_without_asking_the_database(database: Engine, keys: PartnerKeys, key: NewKey) -> None:
    asked = statements(database)
    assert keys.caller(key.text) is not None
    assert asked == []


@pytest.mark.parametrize("token", ["", "eyJhbGciOiJIUzI1NiJ9.e30.x", "chambas_1_2", "Chamba_1_2", "x_chamba_1"])
def test_what_is_no_partners_key_is_left_to_others(keys: PartnerKeys, token: str) -> None:
    assert keys.caller(token) is None


@pytest.mark.parametrize(
    "change", ["{}x", "{}\ud800", "chamba_{id}_", "chamba_{id}", "chamba_", "chamba", "chamba_a_b"]
)
def test_a_wrong_key_is_refused(keys: PartnerKeys, key: NewKey, change: str) -> None:
    with pytest.raises(ProblemError) as caught:
        keys.caller(change.format(key.text, id=key.key_id))
    assert caught.value.kind.status == 401
    assert "invalid_token" in caught.value.headers["WWW-Authenticate"]
    assert key.text.split("_")[2] not in caught.value.detail


@given(token=st.text())
def test_no_text_is_taken_or_breaks_the_check(token: str) -> None:
    keys = PartnerKeys(NO_DATABASE, Clock())
    for text_ in (token, f"chamba_{token}"):
        assert status_of(keys, text_) in (0, 401, 503)


def test_a_key_made_a_moment_ago_on_another_server_is_taken_at_once(
    database: Engine, keys: PartnerKeys, partner_id: str, clock: Clock
) -> None:
    made = in_transaction(database, partial(create_key, partner_id=partner_id, scopes=[Scope.EVENTS], now=clock.now))
    assert keys.caller(made.text) is not None


def test_guessing_key_ids_asks_the_database_once_a_second(database: Engine, keys: PartnerKeys, clock: Clock) -> None:
    asked = statements(database)
    for number in range(50):
        assert status_of(keys, f"chamba_{number}_guess") == 401
    assert len(asked) == 1
    clock.move(seconds=1)
    assert status_of(keys, "chamba_another_guess") == 401
    assert len(asked) == 2


def test_who_may_not_wait_has_the_database_not_asked(
    database: Engine, keys: PartnerKeys, partner_id: str, clock: Clock
) -> None:
    made = in_transaction(database, partial(create_key, partner_id=partner_id, scopes=[Scope.EVENTS], now=clock.now))
    with pytest.raises(ProblemError):
        keys.caller(made.text, may_wait=False)
    keys.refresh()
    assert keys.caller(made.text, may_wait=False) is not None


def test_a_key_that_expires_is_refused_from_that_moment(
    database: Engine, keys: PartnerKeys, key: NewKey, partner_id: str, clock: Clock
) -> None:
    in_transaction(
        database,
        partial(rotate_key, partner_id=partner_id, key_id=key.key_id, now=clock.now, grace=timedelta(minutes=1)),
    )
    keys.refresh()
    assert status_of(keys, key.text) == 200
    clock.move(minutes=1)
    assert status_of(keys, key.text) == 401


def test_a_revoked_key_is_refused_after_the_next_refresh(
    database: Engine, keys: PartnerKeys, key: NewKey, partner_id: str, clock: Clock
) -> None:
    in_transaction(database, partial(revoke_key, partner_id=partner_id, key_id=key.key_id, now=clock.now))
    keys.refresh()
    assert status_of(keys, key.text) == 401


def test_a_suspended_partner_is_forbidden(
    database: Engine, keys: PartnerKeys, key: NewKey, partner_id: str, clock: Clock
) -> None:
    suspend = partial(set_status, partner_id=partner_id, status=PartnerStatus.SUSPENDED, now=clock.now)
    in_transaction(database, suspend)
    keys.refresh()
    assert status_of(keys, key.text) == 403


def test_past_the_requests_of_a_minute_the_partner_waits_for_the_next(
    keys: PartnerKeys, key: NewKey, clock: Clock
) -> None:
    assert [status_of(keys, key.text) for _ in range(7)] == [200] * 5 + [429] * 2
    with pytest.raises(ProblemError) as caught:
        keys.caller(key.text)
    assert caught.value.headers == {
        "Retry-After": "30",  # it is half past
        "RateLimit-Policy": '"minute";q=5;w=60',
        "RateLimit": '"minute";r=0;t=30',
    }
    clock.move(seconds=30)
    assert status_of(keys, key.text) == 200


def test_past_the_requests_of_a_day_the_partner_waits_for_midnight(
    keys: PartnerKeys, key: NewKey, clock: Clock
) -> None:
    for _ in range(4):
        assert [status_of(keys, key.text) for _ in range(5)] == [200] * 5
        clock.move(minutes=1)
    with pytest.raises(ProblemError) as caught:
        keys.caller(key.text)
    left = datetime(2026, 11, 26, tzinfo=UTC) - clock.now
    assert caught.value.headers["Retry-After"] == str(left // timedelta(seconds=1))
    clock.now += left
    assert status_of(keys, key.text) == 200


def test_limits_count_all_keys_of_a_partner_together(
    database: Engine, keys: PartnerKeys, key: NewKey, partner_id: str, clock: Clock
) -> None:
    other = in_transaction(database, partial(create_key, partner_id=partner_id, scopes=["jobs"], now=clock.now))
    assert [status_of(keys, one.text) for one in (key, other) * 3] == [200] * 5 + [429]


def test_a_changed_limit_holds_after_the_next_refresh(
    database: Engine, keys: PartnerKeys, key: NewKey, partner_id: str, clock: Clock
) -> None:
    in_transaction(database, partial(set_limits, partner_id=partner_id, limits=RequestLimits(20, 1), now=clock.now))
    keys.refresh()
    assert [status_of(keys, key.text) for _ in range(2)] == [200, 429]


def test_two_servers_overrun_a_limit_by_no_more_than_they_let_through_between_refreshes(
    database: Engine, key: NewKey, partner_id: str, clock: Clock
) -> None:
    servers = [PartnerKeys(database, clock) for _ in range(2)]
    for server in servers:
        server.refresh()
    assert [status_of(server, key.text) for server in servers for _ in range(3)] == [200] * 6  # 5 are allowed
    for server in (*servers, servers[0]):  # the first writes before the second does, then reads what that wrote
        server.refresh()
    assert [server.used(partner_id) for server in servers] == [(6, 6), (6, 6)]
    assert [status_of(server, key.text) for server in servers] == [429, 429]


def test_a_server_that_starts_knows_what_was_counted_before(
    database: Engine, keys: PartnerKeys, key: NewKey, clock: Clock
) -> None:
    for _ in range(3):
        keys.caller(key.text)
    keys.close()
    later = PartnerKeys(database, clock)
    later.refresh()
    assert [status_of(later, key.text) for _ in range(3)] == [200, 200, 429]


def test_nothing_is_lost_while_the_database_is_away(
    databases: Databases,
    database_url: str,
    database: Engine,
    keys: PartnerKeys,
    key: NewKey,
    partner_id: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    keys.caller(key.text)
    database.dispose()
    databases.take_away(database_url)
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            keys.refresh()
    assert len(caplog.records) == 1  # said once
    assert status_of(keys, key.text) == 200  # those known go on
    assert keys.used(partner_id) == (2, 2)
    databases.bring_back(database_url)
    keys.refresh()
    keys.caller(key.text)
    keys.close()
    assert counted(database) == {"2026-11-25T19:05": 3, "2026-11-25": 3}


def test_while_keys_were_never_read_nobody_is_called_a_stranger(
    databases: Databases, database_url: str, database: Engine, key: NewKey, clock: Clock
) -> None:
    database.dispose()
    databases.take_away(database_url)
    keys = PartnerKeys(database, clock)
    keys.refresh()
    assert status_of(keys, key.text) == 503
    databases.bring_back(database_url)
    clock.move(seconds=1)
    assert status_of(keys, key.text) == 200


def test_what_cannot_be_written_at_the_end_is_told(
    databases: Databases,
    database_url: str,
    database: Engine,
    keys: PartnerKeys,
    key: NewKey,
    caplog: pytest.LogCaptureFixture,
) -> None:
    keys.caller(key.text)
    database.dispose()
    databases.take_away(database_url)
    with caplog.at_level(logging.WARNING):
        keys.close()
    assert "1 requests of partners stay uncounted" in caplog.text
    databases.bring_back(database_url)


def test_minutes_are_not_kept_for_ever(database: Engine, keys: PartnerKeys, key: NewKey, clock: Clock) -> None:
    for _ in range(4):
        keys.caller(key.text)
        keys.refresh()
        clock.move(minutes=1)
    keys.refresh()
    assert counted(database) == {"2026-11-25T19:08": 1, "2026-11-25": 4}


def statements(database: Engine) -> list[str]:
    """What the database is asked from now on."""
    asked: list[str] = []

    def note(*arguments: Any) -> None:
        if not arguments[2].startswith("BEGIN"):
            asked.append(arguments[2])

    event.listen(database, "before_cursor_execute", note)
    return asked


def counted(database: Engine) -> dict[str, int]:
    with database.connect() as connection:
        return {row.period: row.request_count for row in connection.execute(text("select * from partner_usage"))}


NO_DATABASE = create_engine("sqlite://")  # without tables
