"""Deciding about an organisation: its status, its jobs that waited for that alone, and what its people are told."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from api.hiring.moderating import show_posting
from api.hiring.notices import tell_shown
from api.hiring.posting_states import reason_text, waits_for
from api.hiring.state_texts import NO_REASON, ORGANISATION_TEXTS, StateCode
from api.schemas.state_reasons import StateReason
from api.services.services import Services
from engine.explain import Locale
from store.hiring.employers import Employer, EmployerStatus, get_employer
from store.hiring.owner_changes import JobsFollowed, change_employer_status
from store.hiring.postings import Moderation, list_postings
from store.hiring.standing import Owner
from store.hiring.suspensions import suspension_of_organisation
from store.matching.job_changes import lock_job_changes
from store.matching.row_reads import job_of
from store.people.cases import CaseKind, CaseState, Decision, NewCase, open_case
from store.people.listed_cases import CaseFilter, list_cases

VERIFIED_REASON = "La organización fue verificada."


def verify_employer(connection: Connection, employer_id: str, by: str, services: Services) -> JobsFollowed:
    """Verify an organisation, and show those of its jobs that waited for nothing else; raises NotFoundError.

    Those with signs of fraud, or that were taken down, go on waiting for that.
    """
    now, shown = services.now(), 0
    followed = change_employer_status(connection, employer_id, EmployerStatus.VERIFIED, now)
    for posting in list_postings(connection, Owner(employer_id), moderation=Moderation.WAITING):
        codes = waits_for(connection, posting, job_of(connection, posting.job_id))
        if codes == [StateCode.TO_BE_LOOKED_AT]:
            shown += show_posting(connection, posting, by, VERIFIED_REASON, services)
        else:  # its case waits for the rest alone
            open_case(connection, services.cipher, NewCase(CaseKind.POSTING, posting.job_id, None, codes), now)
    if shown:
        tell_shown(connection, employer_id, now)
    return replace(followed, shown=followed.shown + shown)


def restore_employer(connection: Connection, employer_id: str, by: str, services: Services) -> JobsFollowed:
    """Let a suspended organisation act again; nothing for one that may. Raises NotFoundError.

    It is verified if the last decision about it was that, and nothing was to be decided since; otherwise it has to be
    verified, for which a case is opened unless one waits.
    """
    lock_job_changes(connection)
    if get_employer(connection, employer_id).status is not EmployerStatus.SUSPENDED:
        return JobsFollowed()
    cases = list_cases(connection, CaseFilter(kinds=[CaseKind.EMPLOYER], subject_id=employer_id))
    is_waiting = any(case.state is not CaseState.DECIDED for case in cases)
    if cases and not is_waiting and cases[-1].decision is Decision.ORGANISATION_VERIFIED:
        return verify_employer(connection, employer_id, by, services)
    if not is_waiting:
        open_case(connection, services.cipher, NewCase(CaseKind.EMPLOYER, employer_id), services.now())
    return change_employer_status(connection, employer_id, EmployerStatus.UNVERIFIED, services.now())


def organisation_reasons(connection: Connection, employer: Employer, locale: Locale) -> list[StateReason]:
    """Why an organisation is not verified, or may not act, for its own people."""
    texts = ORGANISATION_TEXTS[locale]
    if employer.status is EmployerStatus.UNVERIFIED:
        return [StateReason(code="to_be_verified", text=texts["to_be_verified"])]
    if employer.status is EmployerStatus.VERIFIED:
        return []
    suspension = suspension_of_organisation(connection, employer.employer_id)
    code = "refused" if suspension is not None and suspension.cause is None else "suspended"
    reason = None if suspension is None else suspension.reason
    if suspension is not None and suspension.cause is not None:
        reason = reason_text(suspension.cause, locale)
    return [StateReason(code=code, text=texts[code].replace("{reason}", reason or NO_REASON[locale]))]
