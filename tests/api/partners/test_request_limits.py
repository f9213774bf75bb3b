"""Limits as a server knows them: how they hold over several servers, and what an outage costs."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import Engine, text

from api.credentials.partner_keys import PartnerKeys
from api.http.problems import ProblemError
from store.partners.keys import NewKey, create_key
from store.partners.partners import (
    RequestLimits,
    set_limits,
)
from store.upserts import in_transaction
from tests.api.partners.parts import Clock, status_of
from tests.databases import Databases


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


def counted(database: Engine) -> dict[str, int]:
    with database.connect() as connection:
        return {row.period: row.request_count for row in connection.execute(text("select * from partner_usage"))}
