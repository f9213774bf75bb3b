"""What people were answered who asked whether they may enter a programme, and what people decided otherwise.

The newest of a person and programme counts. What the rules said stays beside what somebody decided.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import orjson
from sqlalchemy import Connection, Row, Table, func, insert, select, update

from engine.errors import ConflictError, InvalidInputError, Message, NotFoundError
from engine.programmes.form import ProgrammeRules
from engine.programmes.judging import Eligibility, Judgement, judge
from store.encryption.field_cipher import FieldCipher
from store.ids import new_id
from store.people.consents import ConsentPurpose, agreed_texts
from store.programmes.person_reads import screened_person
from store.programmes.programmes import Programme
from store.tables.programmes import ScreeningRow

SCREENINGS: Table = ScreeningRow.metadata.tables["screenings"]
JUDGEMENT, DECISIONS = "screenings.judgement_sealed", "screenings.decisions_sealed"


class DecidedBy(StrEnum):
    """Who may decide otherwise than the rules."""

    OFFICER = "officer"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class ScreeningDecision:
    """What a person decided, and why; `decider_id`: their account, None of before it was kept."""

    eligibility: Eligibility
    reason: str
    decided_by: DecidedBy
    decided_at: datetime
    decider_id: str | None = None


@dataclass(frozen=True, slots=True)
class Screening:
    """An answer in the clear; `version` is that of the rules it came from."""

    screening_id: str
    programme_id: str
    version: int
    account_id: str
    shares_contact: bool
    judgement: Judgement
    decisions: tuple[ScreeningDecision, ...]
    asked_at: datetime
    holds_until: date

    @property
    def eligibility(self) -> Eligibility:
        """What holds: what was decided last, or what the rules said."""
        return self.decisions[-1].eligibility if self.decisions else self.judgement.eligibility

    def holds(self, today: date) -> bool:
        """Whether its last day has not passed."""
        return today <= self.holds_until


def ask_screening(
    connection: Connection,
    cipher: FieldCipher,
    programme: Programme,
    rules: ProgrammeRules,
    account_id: str,
    today: date,
    now: datetime,
    *,
    shares_contact: bool,
) -> Screening:
    """Answer a person by the rules in force, and keep the answer.

    Raises:
        InvalidInputError: she does not agree to `screening`.
        ConflictError: somebody decided about her, and that still holds.
    """
    require_consent(connection, account_id)
    before = newest_screening(connection, cipher, programme.programme_id, account_id)
    if before is not None and before.decisions and before.holds(today):
        raise ConflictError(
            "a person decided about this, and it still holds",
            expected=Message("to ask again after {day}", day=before.holds_until),
            fix="ask for another look: appeal against the answer",
            field="programme_id",
        )
    judgement = judge(rules, screened_person(connection, cipher, account_id), today, programme.facts.ends_on)
    screening_id = new_id()
    connection.execute(
        insert(SCREENINGS).values(
            screening_id=screening_id,
            programme_id=programme.programme_id,
            version=rules.version,
            account_id=account_id,
            shares_contact=shares_contact,
            judgement_sealed=cipher.seal(JUDGEMENT, screening_id, judgement.model_dump_json()),
            asked_at=now,
            holds_until=judgement.holds_until.isoformat(),
        )
    )
    return get_screening(connection, cipher, screening_id)


def require_consent(connection: Connection, account_id: str) -> None:
    """Raises InvalidInputError for somebody who does not agree that programmes' rules are held against her data."""
    if ConsentPurpose.SCREENING not in agreed_texts(connection, account_id):
        raise InvalidInputError(
            "nothing is read of you for a programme before you agree to it",
            expected="the consent `screening` first, at /v1/me/consents",
            field="consents",
        )


def decide_screening(
    connection: Connection, cipher: FieldCipher, screening_id: str, decision: ScreeningDecision
) -> Screening:
    """Decide otherwise than the rules, or than whoever decided before: all of it stays.

    Raises NotFoundError; ConflictError for an answer that a newer one has replaced.
    """
    locked = select(SCREENINGS.c.screening_id).where(SCREENINGS.c.screening_id == screening_id).with_for_update()
    connection.execute(locked).all()
    known = get_screening(connection, cipher, screening_id)
    newest = newest_screening(connection, cipher, known.programme_id, known.account_id)
    if newest is not None and newest.screening_id != screening_id:
        raise ConflictError(
            "the person asked again since",
            expected=Message("the newest answer, {screening_id}", screening_id=newest.screening_id),
            field="screening_id",
        )
    text = orjson.dumps([_decision_document(one) for one in (*known.decisions, decision)]).decode()
    sealed = cipher.seal(DECISIONS, screening_id, text)
    at_row = SCREENINGS.c.screening_id == screening_id
    connection.execute(update(SCREENINGS).where(at_row).values(decisions_sealed=sealed))
    return get_screening(connection, cipher, screening_id)


def get_screening(
    connection: Connection, cipher: FieldCipher, screening_id: str, *, account_id: str | None = None
) -> Screening:
    """The answer, of that account where one is named; raises NotFoundError."""
    row = connection.execute(select(SCREENINGS).where(SCREENINGS.c.screening_id == screening_id)).one_or_none()
    if row is None or (account_id is not None and row.account_id != account_id):
        raise NotFoundError("no such screening", got=repr(screening_id[:80]), field="screening_id")
    return _screening(cipher, row)


def newest_screening(
    connection: Connection, cipher: FieldCipher, programme_id: str, account_id: str
) -> Screening | None:
    """The answer that counts, None before there is one."""
    of_person = (SCREENINGS.c.programme_id == programme_id) & (SCREENINGS.c.account_id == account_id)
    query = select(SCREENINGS).where(of_person).order_by(SCREENINGS.c.screening_id.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return None if row is None else _screening(cipher, row)


def own_screenings(
    connection: Connection, cipher: FieldCipher, account_id: str, *, after: str | None = None, limit: int | None = None
) -> list[Screening]:
    """A person's answers, the newest first."""
    query = select(SCREENINGS).where(SCREENINGS.c.account_id == account_id)
    if after is not None:
        query = query.where(SCREENINGS.c.screening_id < after)
    ordered = query.order_by(SCREENINGS.c.screening_id.desc()).limit(limit)
    return [_screening(cipher, row) for row in connection.execute(ordered).all()]


def current_screenings(
    connection: Connection,
    cipher: FieldCipher,
    programme_id: str,
    *,
    after: str | None = None,
    limit: int | None = None,
) -> Sequence[Screening]:
    """The answers of a programme that count, one a person, the first first."""
    of_programme = SCREENINGS.c.programme_id == programme_id
    newest = select(func.max(SCREENINGS.c.screening_id)).where(of_programme).group_by(SCREENINGS.c.account_id)
    query = select(SCREENINGS).where(SCREENINGS.c.screening_id.in_(newest)).order_by(SCREENINGS.c.screening_id)
    if after is not None:
        query = query.where(SCREENINGS.c.screening_id > after)
    return [_screening(cipher, row) for row in connection.execute(query.limit(limit)).all()]


def _screening(cipher: FieldCipher, row: Row[Any]) -> Screening:
    decisions: list[dict[str, Any]] = []
    if row.decisions_sealed is not None:
        decisions = orjson.loads(cipher.open(DECISIONS, row.screening_id, row.decisions_sealed))
    return Screening(
        screening_id=row.screening_id,
        programme_id=row.programme_id,
        version=row.version,
        account_id=row.account_id,
        shares_contact=row.shares_contact,
        judgement=Judgement.model_validate_json(cipher.open(JUDGEMENT, row.screening_id, row.judgement_sealed)),
        decisions=tuple(_decision(one) for one in decisions),
        asked_at=row.asked_at,
        holds_until=date.fromisoformat(row.holds_until),
    )


def _decision_document(decision: ScreeningDecision) -> dict[str, str | None]:
    return {
        "eligibility": decision.eligibility.value,
        "reason": decision.reason,
        "decided_by": decision.decided_by.value,
        "decided_at": decision.decided_at.isoformat(),
        "decider_id": decision.decider_id,
    }


def _decision(document: dict[str, Any]) -> ScreeningDecision:
    return ScreeningDecision(
        Eligibility(document["eligibility"]),
        document["reason"],
        DecidedBy(document["decided_by"]),
        datetime.fromisoformat(document["decided_at"]),
        document.get("decider_id"),
    )
