"""Enforces how long things are kept: deletes what is older, in batches, so that no lock is held for long.

    counts = enforce_retention(engine, cipher, data_dir, now, retention_times())

Kept for ever: the audit log and receipts of erasures, which name nobody. Tombstones of jobs go with `chamba index`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, Engine, Table, delete, exists, select, true, tuple_, update

from engine.errors import ArtifactError
from store.alerts.due import TOLD
from store.analytics.rows import lima_day
from store.analytics.snapshots import forget_old_snapshots
from store.audit import AuditAction, append_audit
from store.encryption.field_cipher import FieldCipher
from store.evidence.log_shipping import ship_all, shipping_paused
from store.evidence.old_versions import is_needed_no_more
from store.evidence.recommendation_log import INPUTS, RECOMMENDATIONS
from store.hiring.applications import APPLICATIONS, Stage
from store.hiring.invitations import INVITATIONS
from store.hiring.members import REQUESTS as MEMBER_REQUESTS
from store.hiring.messages import MESSAGES
from store.matching.events import EVENTS
from store.matching.job_changes import JOB_VERSIONS
from store.notices.of_programmes import tell_expiring
from store.notices.waiting import forget_told
from store.notices.writing import NOWHERE, Site
from store.partners.deliveries import DELIVERIES
from store.people.cases import CASES, CaseState
from store.people.confirmations import forget_confirmations
from store.people.factors.challenges import forget_challenges
from store.people.factors.totp import UNCONFIRMED_FOR, forget_unconfirmed
from store.people.mail import MAILS
from store.people.open_sessions import SESSIONS, sessions_over
from store.people.phone_messages import MESSAGES as TO_PHONES
from store.people.phone_messages import forget_incoming
from store.people.phones import forget_stops
from store.people.sensitive_details import forget_disagreed
from store.people.sessions import forget_tokens
from store.people.written_mails import forget_written_mails
from store.programmes.screenings import SCREENINGS
from store.requests.attempts import forget_attempts
from store.requests.idempotency import forget_answers
from store.retention.inactivity import ACTOR, erase_inactive, note_activity, notify_inactive
from store.retention.old_words import mask_old_words
from store.retention.times import Retained, RetentionTimes
from store.upserts import BATCH_ROWS, in_transaction

SUBJECT = "retention"


def enforce_retention(
    engine: Engine, cipher: FieldCipher, data_dir: Path, now: datetime, times: RetentionTimes, site: Site = NOWHERE
) -> dict[str, int]:
    """Delete what is kept no longer; how many of each kind. It may be killed at any point and run again.

    Inactive accounts are told by mail first and erased later; what lies of them beside the database is left to
    `chamba erasures`. `site` is where mails lead to. The audit log is told the counts.

    Raises:
        ArtifactError: another process writes analytics snapshots; all else is done.
    """
    ship_all(data_dir / "journal", engine)
    counts: Counter[str] = Counter()
    counts["inactive_accounts_noted"] = note_activity(engine)  # before their tokens are forgotten
    counts["inactive_accounts_notified"] = notify_inactive(engine, cipher, now, times, site)
    counts["inactive_accounts_erased"] = erase_inactive(engine, cipher, now, times, site)
    counts["screenings_told"] = tell_expiring(engine, cipher, site, lima_day(now), now)
    counts += Counter(mask_old_words(engine, now))
    counts += _forget_expired(engine, now, times)
    stopped_before = times[Retained.STOPPED_PHONES].before(now)
    forget = partial(forget_stops, cipher=cipher, before=stopped_before)
    counts["stopped_phones"] = in_transaction(engine, forget)
    counts += _forget_evidence(engine, data_dir, now, times)
    counts += _forget_words(engine, times[Retained.APPLICATION_WORDS].before(now))
    some = partial(forget_disagreed, is_meant=true(), limit=BATCH_ROWS)
    counts["sensitive_details"] = _repeat(lambda: in_transaction(engine, some))
    old = INVITATIONS.c.invited_at < times[Retained.INVITATIONS].before(now)
    counts["invitations"] = delete_in_batches(engine, INVITATIONS, old)
    busy = _forget_files(data_dir, now, times, counts)
    in_transaction(engine, partial(_tell, counts=dict(counts), now=now))
    if busy is not None:
        raise busy
    return dict(counts)


def delete_in_batches(engine: Engine, table: Table, is_over: ColumnElement[bool]) -> int:
    """Delete the rows of which `is_over` holds, some hundreds a transaction; how many."""
    key = tuple_(*table.primary_key.columns)
    some = select(*table.primary_key.columns).where(is_over).limit(BATCH_ROWS)
    statement = delete(table).where(key.in_(some), is_over)  # again: a row may have changed meanwhile
    return _repeat(lambda: in_transaction(engine, lambda connection: connection.execute(statement).rowcount))


def _forget_expired(engine: Engine, now: datetime, times: RetentionTimes) -> Counter[str]:
    """What says itself when it is over."""
    attempts_before = times[Retained.ATTEMPTS].before(now)
    forget: dict[str, Callable[[Connection], int]] = {
        "refresh_tokens": partial(forget_tokens, now=now),
        "confirmations": partial(forget_confirmations, now=now),
        "challenges": partial(forget_challenges, now=now),
        "totp_factors": partial(forget_unconfirmed, before=now - UNCONFIRMED_FOR),
        "idempotency_keys": partial(forget_answers, now=now),
        "attempts": partial(forget_attempts, before=attempts_before),
        "waiting_notices": partial(forget_told, now=now),
        "incoming_messages": partial(forget_incoming, now=now),
    }
    counts = Counter({kind: in_transaction(engine, work) for kind, work in forget.items()})
    counts["sessions"] = delete_in_batches(engine, SESSIONS, sessions_over(times[Retained.SESSIONS].before(now)))
    counts["member_requests"] = delete_in_batches(engine, MEMBER_REQUESTS, MEMBER_REQUESTS.c.expires_at <= now)
    counts["outgoing_mails"] = delete_in_batches(engine, MAILS, MAILS.c.expires_at <= now)
    counts["outgoing_messages"] = delete_in_batches(engine, TO_PHONES, TO_PHONES.c.expires_at <= now)
    deliveries_before = times[Retained.WEBHOOK_DELIVERIES].before(now)
    counts["webhook_deliveries"] = delete_in_batches(engine, DELIVERIES, DELIVERIES.c.created_at < deliveries_before)
    return counts


def _forget_evidence(engine: Engine, data_dir: Path, now: datetime, times: RetentionTimes) -> Counter[str]:
    """Answers, the profiles that they came from, what came of them, reviews, and ads that no answer needs."""
    counts: Counter[str] = Counter()
    before = {kind: times[kind].before(now) for kind in Retained}
    answers, inputs = RECOMMENDATIONS.c, INPUTS.c
    counts["recommendations"] = delete_in_batches(
        engine, RECOMMENDATIONS, answers.answered_at < before[Retained.RECOMMENDATIONS]
    )
    is_needed = exists().where(answers.seeker_id == inputs.seeker_id, answers.input_hash == inputs.input_hash)
    is_old = inputs.recorded_at < before[Retained.RECOMMENDATIONS]
    with shipping_paused(data_dir / "journal"):
        counts["recommendation_inputs"] = delete_in_batches(engine, INPUTS, is_old & ~is_needed)
    counts["told_jobs"] = delete_in_batches(engine, TOLD, TOLD.c.told_at < before[Retained.RECOMMENDATIONS])
    counts["events"] = delete_in_batches(engine, EVENTS, EVENTS.c.occurred_at < before[Retained.EVENTS])
    asked_before = SCREENINGS.c.asked_at < before[Retained.SCREENINGS]
    is_over = SCREENINGS.c.holds_until < lima_day(now).isoformat()
    counts["screenings"] = delete_in_batches(engine, SCREENINGS, asked_before & is_over)
    is_decided = CASES.c.state == CaseState.DECIDED
    counts["cases"] = delete_in_batches(engine, CASES, is_decided & (CASES.c.decided_at < before[Retained.CASES]))
    with engine.connect() as connection:
        is_over = is_needed_no_more(connection, data_dir / "bundles", before[Retained.JOB_VERSIONS])
    counts["job_versions"] = delete_in_batches(engine, JOB_VERSIONS, is_over)
    return counts


def _forget_words(engine: Engine, before: datetime) -> Counter[str]:
    """Notes and messages of applications that came to nothing."""
    stages = APPLICATIONS.c.stage.in_([Stage.DECLINED, Stage.WITHDRAWN])
    is_over = stages & (APPLICATIONS.c.updated_at < before)
    over = select(APPLICATIONS.c.application_id).where(is_over)
    counts: Counter[str] = Counter()
    counts["messages"] = delete_in_batches(engine, MESSAGES, MESSAGES.c.application_id.in_(over))
    has_note = is_over & APPLICATIONS.c.note_sealed.is_not(None)
    some = select(APPLICATIONS.c.application_id).where(has_note).limit(BATCH_ROWS)
    statement = update(APPLICATIONS).where(APPLICATIONS.c.application_id.in_(some), has_note).values(note_sealed=None)
    counts["application_notes"] = _repeat(
        lambda: in_transaction(engine, lambda connection: connection.execute(statement).rowcount)
    )
    return counts


def _forget_files(data_dir: Path, now: datetime, times: RetentionTimes, counts: Counter[str]) -> ArtifactError | None:
    """Remove old files; the error when another process writes among them."""
    counts["written_mails"] = forget_written_mails(data_dir / "outbox", times[Retained.WRITTEN_MAILS].before(now))
    analytics = data_dir / "analytics"
    if analytics.is_dir():
        try:
            old = forget_old_snapshots(analytics, times[Retained.ANALYTICS_SNAPSHOTS].before(now))
        except ArtifactError as busy:
            return busy
        counts["analytics_snapshots"] = len(old)
    return None


def _repeat(work: Callable[[], int]) -> int:
    """Until a batch is not full."""
    total = 0
    while True:
        count = work()
        total += count
        if count < BATCH_ROWS:
            return total


def _tell(connection: Connection, counts: dict[str, int], now: datetime) -> None:
    detail = {kind: count for kind, count in sorted(counts.items()) if count}
    append_audit(
        connection, actor=ACTOR, action=AuditAction.RETENTION_ENFORCED, subject=SUBJECT, detail=detail, now=now
    )
