"""Accounts that nobody uses: told by mail first, erased if nobody comes back, kept if somebody does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select, update

from engine.explain import Locale
from store.database import writing
from store.encryption.field_cipher import FieldCipher
from store.people.accounts import AccountStatus, Role, grant_role, revoke_role, set_status, write_locale
from store.people.mail import take_mails
from store.people.sessions import start_session
from store.retention.inactivity import erase_inactive
from store.retention.retention import enforce_retention
from store.retention.times import retention_times
from store.tables import Base

TABLES = Base.metadata.tables
MADE = datetime(2026, 11, 25, 19, tzinfo=UTC)
NEARLY, OVER = datetime(2028, 11, 25, 18, tzinfo=UTC), datetime(2028, 11, 26, tzinfo=UTC)
NOTICE = timedelta(days=30)

Enforce = Callable[[datetime], dict[str, int]]


@pytest.fixture
def enforce(database: Engine, cipher: FieldCipher, tmp_path: Path) -> Enforce:
    """How many accounts were told and erased at a moment, by the times in force."""

    def enforced(now: datetime) -> dict[str, int]:
        counts = enforce_retention(database, cipher, tmp_path, now, retention_times())
        names = {"inactive_accounts_notified": "notified", "inactive_accounts_erased": "erased"}
        return {name: counts[kind] for kind, name in names.items() if counts.get(kind)}

    return enforced


@pytest.fixture
def rosa(make_person: Callable[[str], Any]) -> Any:
    return make_person("Rosa")


def accounts_of(database: Engine) -> int:
    with database.connect() as connection:
        return len(connection.execute(select(TABLES["accounts"])).all())


def mails_of(database: Engine, cipher: FieldCipher, now: datetime) -> list[Any]:
    with writing(database).begin() as connection:
        return [taken.mail for taken in take_mails(connection, cipher, now, 10)]


@pytest.mark.usefixtures("rosa")
def test_somebody_who_does_not_come_back_is_told_and_a_month_later_erased(
    database: Engine, cipher: FieldCipher, enforce: Enforce
) -> None:
    assert enforce(NEARLY) == {}
    assert enforce(OVER) == {"notified": 1}
    (mail,) = mails_of(database, cipher, OVER)
    assert mail.recipient == "rosa@correo.pe"
    assert mail.subject == "Tu cuenta de Chamba se borrará el 25/12/2028"  # in Lima it is still the day before
    assert "24 meses" in mail.body
    assert enforce(OVER + timedelta(days=1)) == {}  # told once
    assert enforce(OVER + NOTICE - timedelta(hours=1)) == {}
    assert accounts_of(database) == 1
    assert enforce(OVER + NOTICE) == {"erased": 1}
    assert accounts_of(database) == 0
    with database.connect() as connection:
        states = connection.execute(select(TABLES["erasure_receipts"].c.state)).scalars().all()
    assert sorted(states) == ["complete", "pending"]  # the former is of the fixture


def test_one_login_keeps_the_account_for_two_years_more(rosa: Any, database: Engine, enforce: Enforce) -> None:
    enforce(OVER)
    with writing(database).begin() as connection:
        start_session(connection, rosa.account_id, OVER + timedelta(days=29))
    assert enforce(OVER + NOTICE) == {}
    assert enforce(OVER + timedelta(days=700)) == {}
    assert enforce(OVER + timedelta(days=29 + 732)) == {"notified": 1}
    assert enforce(OVER + timedelta(days=29 + 732) + NOTICE) == {"erased": 1}


def test_a_login_between_the_notice_and_the_erasure_counts_though_nobody_noted_it(
    rosa: Any, database: Engine, cipher: FieldCipher, enforce: Enforce
) -> None:
    enforce(OVER)
    with writing(database).begin() as connection:
        start_session(connection, rosa.account_id, OVER + timedelta(days=3))
    assert erase_inactive(database, cipher, OVER + NOTICE, retention_times()) == 0


def test_a_session_that_is_refreshed_for_years_counts_when_its_tokens_are_long_forgotten(
    rosa: Any, database: Engine, enforce: Enforce
) -> None:
    for month in range(1, 20):
        at = MADE + timedelta(days=25 * month)
        with writing(database).begin() as connection:
            start_session(connection, rosa.account_id, at)
        enforce(at + timedelta(days=1))
    enforce(MADE + timedelta(days=25 * 19 + 60))
    with database.connect() as connection:
        assert connection.execute(select(TABLES["refresh_tokens"])).all() == []
    assert enforce(OVER) == {}
    assert enforce(MADE + timedelta(days=25 * 19 + 732)) == {"notified": 1}


def test_staff_and_suspended_accounts_are_left_to_administrators(rosa: Any, database: Engine, enforce: Enforce) -> None:
    with writing(database).begin() as connection:
        grant_role(connection, rosa.account_id, Role.ANALYST, MADE)
    assert enforce(OVER) == {}
    with writing(database).begin() as connection:
        revoke_role(connection, rosa.account_id, Role.ANALYST)
        set_status(connection, rosa.account_id, AccountStatus.SUSPENDED, MADE)
    assert enforce(OVER) == {}
    with writing(database).begin() as connection:
        set_status(connection, rosa.account_id, AccountStatus.ACTIVE, MADE)
    assert enforce(OVER) == {"notified": 1}


def test_an_account_that_was_never_used_counts_from_when_it_was_made(
    rosa: Any, database: Engine, cipher: FieldCipher, enforce: Enforce
) -> None:
    with writing(database).begin() as connection:
        connection.execute(TABLES["refresh_tokens"].delete())
        connection.execute(TABLES["account_activity"].delete())
        write_locale(connection, rosa.account_id, Locale.EN, MADE)
        connection.execute(update(TABLES["accounts"]).values(created_at=MADE + timedelta(days=10)))
    assert enforce(OVER) == {}
    assert enforce(OVER + timedelta(days=10)) == {"notified": 1}
    (mail,) = mails_of(database, cipher, OVER + timedelta(days=10))
    assert mail.subject.startswith("Your Chamba account will be erased")
    assert enforce(OVER + timedelta(days=10) + NOTICE) == {"erased": 1}
