"""What people agreed to: one statement a purpose and text, never changed; the newest of a purpose holds.

The words are in `consent_texts.toml`, each with its version: Ley 29733 asks for consent that is prior, informed,
express and unequivocal, for each purpose.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from importlib.resources import files

from sqlalchemy import Connection, Table, insert, select

from engine.errors import InvalidInputError
from engine.explain import Locale
from store.ids import new_id
from store.tables.people import ConsentRow

CONSENTS: Table = ConsentRow.metadata.tables["consents"]


class ConsentPurpose(StrEnum):
    """What personal data may be used for."""

    MATCHING = "matching"  # profiling: recommendations by a learned model
    BE_FOUND = "be_found"  # employers may find the person for their jobs
    TRAINING = "training"  # what came of recommendations teaches the next model
    SENSITIVE = "sensitive"  # income and poverty class, for eligibility and audit only
    SCREENING = "screening"  # whether the person may enter a programme


# Without it there is nothing that Chamba could do for a person.
NEEDED = frozenset({ConsentPurpose.MATCHING})


@dataclass(frozen=True, slots=True)
class ConsentText:
    """What a person reads before they agree; a changed text has another version."""

    purpose: ConsentPurpose
    version: str
    words: Mapping[Locale, str]


@dataclass(frozen=True, slots=True)
class Consent:
    """A statement about one purpose."""

    purpose: ConsentPurpose
    text_version: str
    is_given: bool
    recorded_at: datetime


@cache
def consent_texts() -> Mapping[ConsentPurpose, ConsentText]:
    """The texts in force, by purpose."""
    document = tomllib.loads((files("store") / "people" / "consent_texts.toml").read_text("utf-8"))
    return {
        purpose: ConsentText(
            purpose, document[purpose]["version"], {locale: document[purpose][locale] for locale in Locale}
        )
        for purpose in ConsentPurpose
    }


def record_consent(
    connection: Connection,
    account_id: str,
    purpose: ConsentPurpose,
    text_version: str,
    *,
    is_given: bool,
    now: datetime,
) -> Consent:
    """Record a statement; raises InvalidInputError when it is about a text that is not in force."""
    in_force = consent_texts()[purpose].version
    if text_version != in_force:
        raise InvalidInputError(
            "the consent is for another text than the one in force",
            expected=in_force,
            got=text_version[:40],
            fix="show the text at /v1/consent-texts and ask again",
            field="text_version",
        )
    connection.execute(
        insert(CONSENTS).values(
            consent_id=new_id(),
            account_id=account_id,
            purpose=purpose,
            text_version=text_version,
            is_given=is_given,
            recorded_at=now,
        )
    )
    return Consent(purpose, text_version, is_given, now)


def consent_history(connection: Connection, account_id: str) -> list[Consent]:
    """Every statement of a person, the first first."""
    query = select(CONSENTS).where(CONSENTS.c.account_id == account_id)
    return [
        Consent(ConsentPurpose(row.purpose), row.text_version, row.is_given, row.recorded_at)
        for row in connection.execute(query.order_by(CONSENTS.c.recorded_at, CONSENTS.c.consent_id))
    ]


def agreed_purposes(connection: Connection, account_id: str) -> frozenset[ConsentPurpose]:
    """What a person agrees to now."""
    return frozenset(agreed_texts(connection, account_id))


def agreed_texts(connection: Connection, account_id: str) -> Mapping[ConsentPurpose, str]:
    """What a person agrees to now, with the version of the text that she agreed to."""
    newest = {consent.purpose: consent for consent in consent_history(connection, account_id)}
    return {purpose: consent.text_version for purpose, consent in newest.items() if consent.is_given}
