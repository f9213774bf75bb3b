"""A copy of a data directory to serve from, so that a measurement leaves nothing in it, and who is in it.

Seekers, whose profile is yet to be saved, and an employer.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from api.credentials.passwords import Passwords
from api.credentials.tokens import AccessToken, signed_page_token, signed_token
from engine.errors import ArtifactError
from store.database import database_url, migrate, open_database
from store.encryption.field_cipher import FieldCipher
from store.encryption.opening import cipher_of
from store.hiring.employers import EmployerFacts, EmployerStatus, create_employer, set_employer_status
from store.ids import new_id
from store.people.accounts import NewAccount, Role, create_account
from store.people.consents import ConsentPurpose, consent_texts, record_consent
from store.people.open_sessions import NewSession
from store.people.seeker_accounts import tie_seeker
from store.people.sessions import start_session
from store.upserts import in_transaction

SEEKERS = 24
DATABASE, LINKED, COPIED = "chamba.db", ("bundles", "models"), ("master.keys",)
NIGHTS = {"days": ["mon", "tue", "wed", "thu", "fri"], "start": "19:00", "end": "23:00"}
PROFILE: dict[str, Any] = {
    "text": "Atiendo por teléfono, llevo caja y ventas, y diseño volantes",
    "skills": ["Excel"],
    "languages": {"es": "native"},
    "availability": {"time_zone": "America/Lima", "windows": [NIGHTS]},
}
JOB: dict[str, Any] = {
    "title": "Atención de pedidos por la noche",
    "description": "Contestas mensajes de clientes y anotas sus pedidos.",
    "modality": "remote",
    "country": "PE",
}


@dataclass(frozen=True, slots=True)
class Somebody:
    """An account: its token for the API, and its cookie for pages."""

    token: str
    cookie: str


@dataclass(frozen=True, slots=True)
class PagesTown:
    """Who is there."""

    seekers: list[Somebody]
    employer: Somebody
    employer_id: str


def copy_data_dir(data_dir: Path, target: Path) -> None:
    """A data directory with the same people and jobs; raises ArtifactError for one without a database of SQLite."""
    if not (data_dir / DATABASE).exists():
        raise ArtifactError(f"no {DATABASE} in {data_dir}", fix="make one: chamba sample, chamba index")
    with closing(sqlite3.connect(data_dir / DATABASE)) as ours, closing(sqlite3.connect(target / DATABASE)) as theirs:
        ours.backup(theirs)
    for name in COPIED:
        shutil.copy(data_dir / name, target / name)
    for name in LINKED:
        (target / name).symlink_to((data_dir / name).resolve())


def settle(data_dir: Path) -> PagesTown:
    """Make the accounts, each in a session that has just begun."""
    database = open_database(database_url(data_dir))
    migrate(database)
    try:
        return in_transaction(database, partial(_settle, cipher=cipher_of(database, data_dir)))
    finally:
        database.dispose()


def _settle(connection: Connection, cipher: FieldCipher) -> PagesTown:
    now, hashed = datetime.now(UTC), Passwords(19_456).hashed(new_id())

    def account(role: Role) -> tuple[str, Somebody]:
        account_id = create_account(
            connection, cipher, NewAccount(f"{new_id()}@correo.pe", hashed, frozenset({role})), now
        )
        if role is Role.SEEKER:
            tie_seeker(connection, account_id, now)
            agreed = ConsentPurpose.MATCHING
            record_consent(connection, account_id, agreed, consent_texts()[agreed].version, is_given=True, now=now)
        session = NewSession()
        start_session(connection, account_id, now, session)
        named = AccessToken(account_id, session.session_id)
        cookie = signed_page_token(cipher, named, now, timedelta(days=1))
        return account_id, Somebody(signed_token(cipher, named, now), cookie)

    seekers = [account(Role.SEEKER)[1] for _ in range(SEEKERS)]
    account_id, employer = account(Role.EMPLOYER)
    employer_id = create_employer(connection, cipher, EmployerFacts("Tienda Killa"), account_id, now)
    set_employer_status(connection, employer_id, EmployerStatus.VERIFIED, now)
    return PagesTown(seekers, employer, employer_id)
