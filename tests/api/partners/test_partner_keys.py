"""Keys as a server knows them: which are taken, which are refused, and when the database is asked."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine, event

from api.credentials.callers import PartnerCaller, Scope
from api.credentials.partner_keys import PartnerKeys
from api.http.problems import ProblemError
from store.partners.keys import NewKey, create_key, revoke_key, rotate_key
from store.partners.partners import (
    PartnerStatus,
    set_status,
)
from store.upserts import in_transaction
from tests.api.partners.parts import Clock, status_of

NO_DATABASE = create_engine("sqlite://")  # without tables


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
    assert key.text.split("_", 2)[2] not in str(caught.value.detail)


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


def test_a_key_is_in_memory_from_the_next_refresh_on(
    database: Engine, keys: PartnerKeys, partner_id: str, clock: Clock
) -> None:
    made = in_transaction(database, partial(create_key, partner_id=partner_id, scopes=[Scope.EVENTS], now=clock.now))
    assert not keys.is_known(made.text)
    keys.refresh()
    assert keys.is_known(made.text)
    assert keys.caller(made.text) is not None


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


def statements(database: Engine) -> list[str]:
    """What the database is asked from now on."""
    asked: list[str] = []

    def note(*arguments: Any) -> None:
        if not arguments[2].startswith("BEGIN"):
            asked.append(arguments[2])

    event.listen(database, "before_cursor_execute", note)
    return asked
