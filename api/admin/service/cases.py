"""Cases as administrators see them: in the queue, and one with all that it takes to decide it."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from api.admin.service.answers import contested_answer
from api.admin.service.fairness import TEXTS, unfair_because
from api.admin.service.jobs import job_detail
from api.admin.service.organisations import organisation_detail
from api.admin.service.reading import Reading, decided_documents, isoformat, reports_of
from api.hiring.posting_states import reason_text
from api.hiring.state_texts import CASE_TEXTS, EFFECTS, MODERATOR_TEXTS
from api.programmes.documents import rule_outcomes
from engine.errors import NotFoundError
from engine.explain import Locale
from store.hiring.suspensions import suspension_of_account
from store.people.accounts import get_account
from store.people.case_notes import notes_of
from store.people.cases import ABOUT_JOBS, CASES, DECISIONS, Case, CaseKind, CaseState, words_of
from store.people.listed_cases import CaseFilter, list_cases
from store.people.waiting_cases import WaitingCases
from store.programmes.programmes import get_programme
from store.programmes.screenings import get_screening

SECONDS_IN_AN_HOUR = 3600


def case_document(case: Case, now: datetime, locale: Locale) -> dict[str, Any]:
    """A case in the shape of `CaseDocument`, as a list shows it."""
    codes = case.reasons or (None,)
    texts = [
        CASE_TEXTS[locale][case.kind] if code is None else reason_text(code, locale, MODERATOR_TEXTS) for code in codes
    ]
    return {
        "case_id": case.case_id,
        "kind": case.kind,
        "subject_id": case.subject_id,
        "opened_by": case.opened_by,
        "reasons": list(case.reasons),
        "waits_for": [
            {"code": case.kind if code is None else code, "text": text} for code, text in zip(codes, texts, strict=True)
        ],
        "state": case.state,
        "assigned_to": case.assigned_to,
        "taken_at": isoformat(case.taken_at),
        "decision": case.decision,
        "decision_reason": case.decision_reason,
        "opened_at": case.opened_at.isoformat(),
        "decided_at": isoformat(case.decided_at),
        "age_hours": _hours(case.opened_at, case.decided_at or now),
    }


def noted_case(reading: Reading, case: Case) -> dict[str, Any]:
    """A case in the shape of `NotedCase`."""
    notes = notes_of(reading.connection, reading.services.cipher, case.case_id)
    return case_document(case, reading.now, reading.locale) | {
        "notes": [
            {"author_id": note.author_id, "text": note.body, "noted_at": note.noted_at.isoformat()} for note in notes
        ]
    }


def case_detail(reading: Reading, case: Case) -> dict[str, Any]:
    """A case in the shape of `CaseDetail`."""
    connection, locale = reading.connection, reading.locale
    possible = () if case.state is CaseState.DECIDED else DECISIONS[case.kind]
    code = None if case.state is CaseState.DECIDED else unfair_because(connection, case, reading.caller.account_id)
    return noted_case(reading, case) | {
        "text": words_of(connection, reading.services.cipher, case.case_id),
        "subject": _subject(reading, case),
        "opener": _opener(connection, case),
        "decisions": [{"decision": one, "text": EFFECTS[locale][one]} for one in possible],
        "unfair": None if code is None else {"code": code, "text": TEXTS[locale][code]},
    }


def waiting_document(connection: Connection, waiting: WaitingCases, now: datetime, locale: Locale) -> dict[str, Any]:
    """What waits of a kind, in the shape of `WaitingKind`."""
    undecided = (CASES.c.kind == waiting.kind) & (CASES.c.state != CaseState.DECIDED)
    counts: Counter[str] = Counter()
    for reasons in connection.execute(select(CASES.c.reasons).where(undecided)).scalars():
        counts.update(reasons)
    return {
        "kind": waiting.kind,
        "text": CASE_TEXTS[locale][waiting.kind],
        "open": waiting.open,
        "taken": waiting.taken,
        "oldest_at": waiting.oldest_at.isoformat(),
        "oldest_age_hours": _hours(waiting.oldest_at, now),
        "by_reason": dict(counts.most_common()),
    }


def _subject(reading: Reading, case: Case) -> dict[str, Any] | None:
    """What a case is about, with all that is known of it; None where it is gone."""
    try:
        if case.kind in ABOUT_JOBS:
            return job_detail(reading, case.subject_id)
        if case.kind in (CaseKind.EMPLOYER, CaseKind.ORGANISATION_APPEAL):
            return organisation_detail(reading, case.subject_id)
        if case.kind is CaseKind.HUMAN_REVIEW:
            return contested_answer(reading, case.subject_id)
        if case.kind is CaseKind.ELIGIBILITY:
            return _screening(reading, case.subject_id)
        return _account(reading, case.subject_id)
    except NotFoundError:
        return None


def _screening(reading: Reading, screening_id: str) -> dict[str, Any]:
    """What a programme's rules said of somebody, without what she told."""
    screening = get_screening(reading.connection, reading.services.cipher, screening_id)
    facts = get_programme(reading.connection, screening.programme_id).facts
    return {
        "screening_id": screening_id,
        "programme": facts.name,
        "organisation": facts.organisation,
        "version": screening.version,
        "eligibility": screening.eligibility,
        "by_the_rules": screening.judgement.eligibility,
        "rules": [one.model_dump(mode="json") for one in rule_outcomes(screening, reading.locale)],
        "holds_until": screening.holds_until.isoformat(),
    }


def _account(reading: Reading, account_id: str) -> dict[str, Any]:
    account = get_account(reading.connection, account_id)
    suspension = suspension_of_account(reading.connection, account_id)
    kinds = (CaseKind.APPEAL, CaseKind.CORRECTION)
    return {
        "account_id": account_id,
        "status": account.status,
        "roles": sorted(account.roles),
        "created_at": account.created_at.isoformat(),
        "suspended_by": suspension and suspension.suspended_by,
        "suspended_at": suspension and suspension.suspended_at.isoformat(),
        "suspended_for": suspension and suspension.cause,
        "decisions": decided_documents(list_cases(reading.connection, CaseFilter(kinds=kinds, subject_id=account_id))),
    }


def _opener(connection: Connection, case: Case) -> dict[str, Any] | None:
    if case.opened_by is None:
        return None
    cases = list_cases(connection, CaseFilter(opened_by=case.opened_by))
    return {"opened_by": case.opened_by, "cases": len(cases)} | reports_of(connection, case.opened_by)


def _hours(since: datetime, until: datetime) -> float:
    return round((until - since).total_seconds() / SECONDS_IN_AN_HOUR, 1)
