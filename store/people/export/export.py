"""Everything that is held about somebody with an account, as one document in the clear, for them to take away.

Ley 29733 gives people access to their data and the means to carry it elsewhere. The document says its `format`; each
part is named in `EXPORTED` by the tables it comes from, and what is left out says why in `NOT_EXPORTED`.
"""

from __future__ import annotations

from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from store.encryption.field_cipher import FieldCipher
from store.matching.rows import vector_of
from store.people.accounts import ROLES, get_account, read_contact
from store.people.careers import read_career
from store.people.consents import consent_history, consent_texts
from store.people.cv_files import find_cv, read_cv
from store.people.export.evidence import (
    portable_audit,
    portable_events,
    portable_placements,
    portable_recommendations,
)
from store.people.export.factors import portable_factors
from store.people.export.hiring import (
    portable_applications,
    portable_cases,
    portable_invitations,
    portable_member_requests,
    portable_organisations,
    portable_saved_jobs,
    portable_searches,
)
from store.people.export.partners import portable_partners
from store.people.export.programmes import portable_programmes, portable_screenings
from store.people.open_sessions import account_sessions
from store.people.phones import PHONES, phone_of, stopped_since
from store.people.seeker_accounts import PRIVATE, SEEKER_ACCOUNTS, read_private_details
from store.people.sessions import TOKENS
from store.tables import JOBS, SEEKERS
from store.tables.notices import NoticeChoiceRow
from store.tables.trust import AccountActivityRow
from store.upserts import batches

FORMAT = "chamba.export.3"
CHOICES = NoticeChoiceRow.metadata.tables["notice_choices"]
ACTIVITY = AccountActivityRow.metadata.tables["account_activity"]

# Table → the part of the document that it is told in.
EXPORTED: Mapping[str, str] = {
    "accounts": "account",
    "account_roles": "account",
    "account_activity": "account",
    "account_phones": "account",
    "stopped_phones": "account",
    "sessions": "sessions",
    "refresh_tokens": "sessions",
    "totp_factors": "second_factors",
    "recovery_codes": "second_factors",
    "passkeys": "second_factors",
    "consents": "consents",
    "notice_choices": "notice_choices",
    "seeker_accounts": "private_details",
    "seekers": "profile",
    "cv_files": "cv",
    "cv_parts": "cv",
    "careers": "career",
    "saved_jobs": "saved_jobs",
    "saved_searches": "saved_searches",
    "told_jobs": "told_jobs",
    "numbered_jobs": "numbered_jobs",
    "dismissals": "dismissals",
    "applications": "applications",
    "invitations": "invitations",
    "application_steps": "applications",
    "messages": "applications",
    "cases": "cases",
    "recommendations": "recommendations",
    "recommendation_inputs": "profiles_answered_for",
    "events": "events",
    "placements": "placements",
    "employers": "organisations",
    "employer_members": "organisations",
    "member_requests": "member_requests",
    "postings": "organisations",
    "message_templates": "organisations",
    "audit_entries": "audit_entries",
    "jobs": "jobs",
    "screenings": "screenings",
    "programme_officers": "programmes",
    "partner_developers": "partners",
}
# Table → why nothing of it is told.
NOT_EXPORTED: Mapping[str, str] = {
    "confirmations": "a code must reach nobody but the mailbox that it was sent to; gone after fifteen minutes",
    "challenges": "random numbers that are signed or answered within five minutes, then gone",
    "outgoing_mails": "may hold such a code; each is in its reader's mailbox within minutes",
    "outgoing_messages": "may hold such a code; each is on its reader's phone within minutes",
    "incoming_messages": "keyed hashes of messages that came, so that each is answered once; gone after days",
    "waiting_notices": "that mails about what the other parts tell wait to be sent; gone within hours",
    "idempotency_keys": "answers that the person was given already, kept for a day to be given again",
    "attempts": "counts by keyed hashes of addresses, which cannot be read back; gone after an hour",
    "support_notes": "what administrators wrote for each other; what was decided and why is in `cases`",
    "erasure_receipts": "names nobody: whoever it was about is gone",
    "job_versions": "what ads said at past moments; an ad is about work, and public",
    "deleted_jobs": "numbers of ads that are gone",
    "moderated_imports": "imported jobs and what moderators decided of them, about nobody",
    "taken_down_jobs": "ids of imported ads that moderators took down; an ad is about work, and public",
    "opened_jobs": "when ads were first shown, about nobody",
    "counters": "numbers that only grow, about nobody",
    "partners": "apps, about nobody with an account; which one acts for is in `partners`",
    "api_keys": "keys of apps",
    "partner_usage": "counts of the requests of apps",
    "partner_answers": "counts of the answers to apps",
    "webhooks": "addresses of apps",
    "webhook_deliveries": "ids and codes of applications that apps are told of, which `applications` tells in full",
    "programmes": "what institutions say of their programmes, public; which one acts for is in `programmes`",
    "programme_versions": "their rules, public; what was answered by which version is in `screenings`",
    "data_keys": "keys that encrypt, about nobody",
    "feeds": "sources of postings, about nobody",
    "feed_runs": "what runs of such sources counted",
    "feed_documents": "public addresses at which ads are read",
    "feed_postings": "where ads were seen; an ad is about work, and public",
}


def export_person(connection: Connection, cipher: FieldCipher, account_id: str, now: datetime) -> dict[str, Any]:
    """The document; raises NotFoundError for an account that is gone.

    What waits in journals is not here yet: ship them first.
    """
    of_account = select(SEEKER_ACCOUNTS.c.seeker_id).where(SEEKER_ACCOUNTS.c.account_id == account_id)
    seeker_id = connection.execute(of_account).scalar()
    document: dict[str, Any] = {
        "format": FORMAT,
        "exported_at": now.isoformat(),
        "account": _account(connection, cipher, account_id),
        "sessions": _sessions(connection, cipher, account_id),
        "second_factors": portable_factors(connection, cipher, account_id),
        "consents": _consents(connection, account_id),
        "notice_choices": _notice_choices(connection, account_id),
        "private_details": _private_details(connection, cipher, account_id),
        "profile": None if seeker_id is None else _profile(connection, seeker_id),
        "career": None if seeker_id is None else read_career(connection, cipher, seeker_id),
        "cv": None if seeker_id is None else _cv(connection, cipher, seeker_id),
        **portable_saved_jobs(connection, cipher, seeker_id),
        **portable_searches(connection, cipher, account_id),
        "applications": portable_applications(connection, cipher, seeker_id),
        "invitations": portable_invitations(connection, cipher, seeker_id),
        "cases": portable_cases(connection, cipher, account_id),
        **portable_recommendations(connection, seeker_id),
        "events": portable_events(connection, seeker_id),
        "placements": portable_placements(connection, seeker_id),
        "organisations": portable_organisations(connection, cipher, account_id),
        "member_requests": portable_member_requests(connection, account_id),
        "screenings": portable_screenings(connection, cipher, account_id),
        "programmes": portable_programmes(connection, account_id),
        "partners": portable_partners(connection, account_id),
    }
    named = {"account": {account_id}, "seeker": {seeker_id or ""}} | {
        kind: {one[f"{kind}_id"] for one in document[f"{kind}s"]}
        for kind in ("case", "application", "invitation", "screening")
    }
    document["audit_entries"] = portable_audit(connection, f"account:{account_id}", named)
    document["jobs"] = _jobs(connection, _job_ids(document))
    return document


def _account(connection: Connection, cipher: FieldCipher, account_id: str) -> dict[str, Any]:
    account, contact = get_account(connection, account_id), read_contact(connection, cipher, account_id)
    granted = connection.execute(select(ROLES).where(ROLES.c.account_id == account_id).order_by(ROLES.c.role))
    activity = connection.execute(select(ACTIVITY).where(ACTIVITY.c.account_id == account_id)).one_or_none()
    return {
        "account_id": account_id,
        "status": account.status,
        "email": contact.email,
        **_log_in_phone(connection, cipher, account_id),
        "name": contact.name,
        "phone": contact.phone,
        "locale": account.locale,
        "roles": [{"role": row.role, "granted_at": row.granted_at.isoformat()} for row in granted],
        "created_at": account.created_at.isoformat(),
        "last_active_at": None if activity is None else activity.last_active_at.isoformat(),
    }


def _log_in_phone(connection: Connection, cipher: FieldCipher, account_id: str) -> dict[str, Any]:
    """The number that the person confirmed, and since when it gets no messages."""
    query = select(PHONES.c.confirmed_at).where(PHONES.c.account_id == account_id)
    number = phone_of(connection, cipher, account_id)
    return {
        "log_in_phone": number,
        "log_in_phone_confirmed_at": _time(connection.execute(query).scalar()),
        "messages_stopped_at": None if number is None else _time(stopped_since(connection, cipher, number)),
    }


def _sessions(connection: Connection, cipher: FieldCipher, account_id: str) -> list[dict[str, Any]]:
    """When the person logged in, on what, and when tokens were issued and used; the tokens are kept by nobody."""
    rows = connection.execute(select(TOKENS).where(TOKENS.c.account_id == account_id).order_by(TOKENS.c.issued_at))
    times = ("issued_at", "expires_at", "used_at", "revoked_at")
    tokens: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        tokens[row.family_id].append({name: _time(row._mapping[name]) for name in times})
    return [
        {
            "device": device,
            "begun_at": session.begun_at.isoformat(),
            "last_used_at": session.last_used_at.isoformat(),
            "authenticated_at": session.authenticated_at.isoformat(),
            "is_two_factor": session.is_two_factor,
            "ended_at": _time(session.ended_at),
            "tokens": tokens[session.session_id],
        }
        for session, device in account_sessions(connection, cipher, account_id, limit=None)
    ]


def _consents(connection: Connection, account_id: str) -> list[dict[str, Any]]:
    """Every statement; with the words that were agreed to while they are those in force."""
    locale = get_account(connection, account_id).locale
    texts = consent_texts()

    def words(purpose: str, version: str) -> str | None:
        return next((t.words[locale] for t in texts.values() if (t.purpose, t.version) == (purpose, version)), None)

    return [
        {
            "purpose": consent.purpose,
            "text_version": consent.text_version,
            "text": words(consent.purpose, consent.text_version),
            "is_given": consent.is_given,
            "recorded_at": consent.recorded_at.isoformat(),
        }
        for consent in consent_history(connection, account_id)
    ]


def _notice_choices(connection: Connection, account_id: str) -> list[dict[str, Any]]:
    """Which groups of notices the person chose to get or not."""
    chosen = select(CHOICES).where(CHOICES.c.account_id == account_id).order_by(CHOICES.c.notice_group)
    return [
        {
            "group": row.notice_group,
            "is_wanted": row.is_wanted,
            "way": row.way,
            "chosen_at": row.chosen_at.isoformat(),
        }
        for row in connection.execute(chosen)
    ]


def _private_details(connection: Connection, cipher: FieldCipher, account_id: str) -> dict[str, Any]:
    details = read_private_details(connection, cipher, account_id)
    return {name: getattr(details, name) for name in PRIVATE}


def _profile(connection: Connection, seeker_id: str) -> dict[str, Any] | None:
    """The profile as it is kept, with the vector that the model made of it; None before there is one."""
    row = connection.execute(select(SEEKERS).where(SEEKERS.c.seeker_id == seeker_id)).one_or_none()
    if row is None:
        return None
    vector = vector_of(row.vector)
    return {
        "seeker_id": seeker_id,
        "document": row.document,
        "is_findable": row.is_findable,
        "may_train": row.may_train,
        "vector": None if vector is None else vector.tolist(),
        "vector_model": row.vector_model_id,
        "created_at": row.created_at.isoformat(),
        "updated_at": row.updated_at.isoformat(),
    }


def _cv(connection: Connection, cipher: FieldCipher, seeker_id: str) -> dict[str, Any] | None:
    """The CV file, whole, in Base64; None where there is none."""
    if find_cv(connection, seeker_id) is None:
        return None
    file, content = read_cv(connection, cipher, seeker_id)
    sent_at, encoded = file.sent_at.isoformat(), b64encode(content).decode("ascii")
    return {"media_type": file.kind, "byte_count": file.byte_count, "sent_at": sent_at, "base64": encoded}


def _job_ids(document: Mapping[str, Any]) -> Iterator[str]:
    """The jobs that the document names."""
    parts = ("saved_jobs", "told_jobs", "dismissals", "applications", "invitations", "events", "placements")
    for part in parts:
        yield from (one["job_id"] for one in document[part])
    for answer in document["recommendations"]:
        yield from (shown["job_id"] for shown in answer["shown"])
    for organisation in document["organisations"]:
        yield from organisation["jobs"]


def _jobs(connection: Connection, job_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """What the ads of those jobs are called now; one that is gone is not named."""
    found = {}
    for batch in batches(sorted(set(job_ids))):
        for row in connection.execute(select(JOBS.c.job_id, JOBS.c.document).where(JOBS.c.job_id.in_(batch))):
            found[row.job_id] = {name: row.document.get(name) for name in ("title", "employer", "url")}
    return found


def _time(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
