"""The state of a posting and why it is in it: nothing waits, is hidden or rejected without a reason that is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from api.hiring.state_texts import CAUSE_TEXTS, NO_REASON, OWNER_TEXTS, StateCode
from api.schemas.state_reasons import StateReason
from engine.explain import Locale
from engine.jobs import Job
from engine.offer_signs import blocking_kinds
from engine.sign_texts import SIGN_TEXTS
from store.hiring.employers import EmployerStatus, get_employer
from store.hiring.like_taken_down import taken_down_like
from store.hiring.postings import Posting
from store.hiring.taken_down import find_taken_down, is_taken_down
from store.partners.closed_jobs import closed_state
from store.partners.partners import PartnerStatus, get_partner

StateTexts = Mapping[Locale, Mapping[StateCode, str]]


def posting_state(posting: Posting, job: Job | None, now: datetime) -> str:
    """open, closed, hidden (its owner may not act), waiting (for a moderator) or rejected (taken down by one)."""
    has_ended = is_over(job, now)
    if posting.is_shown and not has_ended:
        return "open"
    return closed_state(posting.moderation.value, is_wanted_open=posting.is_wanted_open, is_over=has_ended)


def waits_for(connection: Connection, posting: Posting, job: Job | None) -> list[str]:
    """Codes of what keeps a posting that waits from being shown."""
    codes: list[str] = [] if job is None else list(blocking_kinds(job.signs))
    employer = None if posting.employer_id is None else get_employer(connection, posting.employer_id)
    if employer is not None and employer.status is not EmployerStatus.VERIFIED:
        codes.append(StateCode.EMPLOYER_NOT_VERIFIED)
    if is_taken_down(connection, posting.job_id):
        codes.append(StateCode.CHANGED_AFTER_TAKE_DOWN)
    if job is not None and taken_down_like(connection, job, posting.owner):
        codes.append(StateCode.LIKE_TAKEN_DOWN)
    return codes or [StateCode.TO_BE_LOOKED_AT]


def state_reasons(
    connection: Connection,
    posting: Posting,
    job: Job | None,
    now: datetime,
    locale: Locale,
    texts: StateTexts = OWNER_TEXTS,
) -> list[StateReason]:
    """Why a posting is in its state, for its owner unless `texts` are for another reader; nothing for an open one."""
    match posting_state(posting, job, now):
        case "waiting":
            codes = waits_for(connection, posting, job)
        case "rejected":
            codes = [StateCode.TAKEN_DOWN]
        case "hidden":
            codes = [_why_hidden(connection, posting)]
        case "closed":
            codes = [StateCode.OVER if is_over(job, now) else StateCode.CLOSED_BY_OWNER]
        case _:
            codes = []
    return [StateReason(code=code, text=_text(connection, posting, code, locale, texts)) for code in codes]


def reason_text(code: str, locale: Locale, texts: StateTexts = OWNER_TEXTS) -> str:
    """What a code of why something waits means; the code itself where it has no words."""
    for words in (SIGN_TEXTS[locale], texts[locale], CAUSE_TEXTS[locale]):
        for known, text in words.items():
            if known == code:
                return text
    return code


def _text(connection: Connection, posting: Posting, code: str, locale: Locale, texts: StateTexts) -> str:
    text = reason_text(code, locale, texts)
    if code != StateCode.TAKEN_DOWN:
        return text
    down = find_taken_down(connection, posting.job_id)
    return text.replace("{reason}", (down and down.reason) or NO_REASON[locale])


def _why_hidden(connection: Connection, posting: Posting) -> StateCode:
    if posting.partner_id is not None:
        is_suspended = get_partner(connection, posting.partner_id).status is not PartnerStatus.ACTIVE
    else:
        assert posting.employer_id is not None
        is_suspended = get_employer(connection, posting.employer_id).status is EmployerStatus.SUSPENDED
    return StateCode.OWNER_SUSPENDED if is_suspended else StateCode.NOBODY_ACTS


def is_over(job: Job | None, now: datetime) -> bool:
    """Whether a job's closing date has passed."""
    return job is not None and job.closes_at is not None and job.closes_at <= now
