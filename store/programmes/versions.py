"""The versions of a programme's rules: each from one day on, and never changed once that day has come."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, Table, delete, insert, select

from engine.errors import ConflictError, InvalidInputError, Message, NotFoundError
from engine.programmes.form import ConsentRule, ProgrammeRules, read_rules
from store.people.consents import ConsentPurpose, consent_texts
from store.programmes.programmes import PROGRAMMES, Programme
from store.tables.programmes import ProgrammeVersionRow

VERSIONS: Table = ProgrammeVersionRow.metadata.tables["programme_versions"]


def publish_rules(
    connection: Connection, programme: Programme, rules: ProgrammeRules, today: date, now: datetime
) -> None:
    """Add the next version, from a day to come on; from today where no rules hold today.

    Raises:
        ConflictError: it is not the next version, or begins before one that is there.
        InvalidInputError: it begins too early, or asks for a consent that there is no text of.
    """
    lock = select(PROGRAMMES.c.programme_id).where(PROGRAMMES.c.programme_id == programme.programme_id)
    connection.execute(lock.with_for_update()).all()
    known = versions_of(connection, programme.programme_id)
    _require_next(known, rules)
    first = date.fromordinal(today.toordinal() + 1) if in_force(known, today) else today
    if rules.in_force_from < first:
        raise InvalidInputError(
            "rules cannot hold from a day that has come: people were answered by those of then",
            expected=Message("{day} or later", day=first),
            got=str(rules.in_force_from),
            field="in_force_from",
        )
    for rule in rules.plain_rules():
        if isinstance(rule, ConsentRule):
            _require_consent_text(rule)
    connection.execute(
        insert(VERSIONS).values(
            programme_id=programme.programme_id,
            version=rules.version,
            rules=rules.model_dump(mode="json"),
            in_force_from=rules.in_force_from.isoformat(),
            published_at=now,
        )
    )


def withdraw_rules(connection: Connection, programme_id: str, version: int, today: date) -> None:
    """Take away the newest version before its day; raises NotFoundError, and ConflictError once it has come."""
    known = {rules.version: rules for rules in versions_of(connection, programme_id)}
    if version not in known:
        raise NotFoundError("no such version of the rules", got=str(version), field="version")
    if known[version].in_force_from <= today or version != max(known):
        raise ConflictError(
            "rules that hold, or that others follow, stay as they are",
            expected="the newest version, before its day",
            fix="publish the next version",
            field="version",
        )
    at = (VERSIONS.c.programme_id == programme_id) & (VERSIONS.c.version == version)
    connection.execute(delete(VERSIONS).where(at))


def versions_of(connection: Connection, programme_id: str) -> list[ProgrammeRules]:
    """Every version of a programme's rules, the first first."""
    query = select(VERSIONS.c.rules).where(VERSIONS.c.programme_id == programme_id).order_by(VERSIONS.c.version)
    return [read_rules(document) for document in connection.execute(query).scalars()]


def in_force(versions: list[ProgrammeRules], day: date) -> ProgrammeRules | None:
    """Those that hold on a day: the newest that has begun, unless it has ended; None for none."""
    begun = [rules for rules in versions if rules.in_force_from <= day]
    return begun[-1] if begun and begun[-1].is_in_force(day) else None


def _require_next(known: list[ProgrammeRules], rules: ProgrammeRules) -> None:
    expected = known[-1].version + 1 if known else 1
    if rules.version != expected:
        raise ConflictError(
            "that is not the next version", expected=str(expected), got=str(rules.version), field="version"
        )
    if known and rules.in_force_from <= known[-1].in_force_from:
        raise ConflictError(
            "a later version holds from a later day",
            expected=Message("a day after {day}", day=known[-1].in_force_from),
            got=str(rules.in_force_from),
            field="in_force_from",
        )


def _require_consent_text(rule: ConsentRule) -> None:
    texts = {purpose.value: text.version for purpose, text in consent_texts().items()}
    if texts.get(rule.purpose) != rule.text_version:
        known = rule.purpose in list(ConsentPurpose)
        raise InvalidInputError(
            "a rule asks for a consent that nobody can give",
            expected=texts[rule.purpose] if known else ", ".join(sorted(texts)),
            got=rule.text_version if known else rule.purpose,
            fix="see /v1/consent-texts",
            field="text_version" if known else "purpose",
        )
