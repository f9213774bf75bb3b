"""Restoring an organisation: it is what it was before, as far as somebody decided so."""

from __future__ import annotations

from sqlalchemy import Connection

from api.services.services import Services
from store.hiring.employers import EmployerStatus, get_employer
from store.hiring.owner_changes import JobsFollowed, change_employer_status
from store.matching.job_changes import lock_job_changes
from store.people.cases import CaseKind, CaseState, Decision, NewCase, list_cases, open_case

MOST_CASES = 1_000


def restore_employer(connection: Connection, employer_id: str, services: Services) -> JobsFollowed:
    """Let a suspended organisation act again; nothing for one that may. Raises NotFoundError.

    It is verified if the last decision about it was that, and nothing was to be decided since; otherwise it has to be
    verified, for which a case is opened unless one waits.
    """
    lock_job_changes(connection)
    if get_employer(connection, employer_id).status is not EmployerStatus.SUSPENDED:
        return JobsFollowed()
    cases = list_cases(connection, kind=CaseKind.EMPLOYER, subject_id=employer_id, limit=MOST_CASES)
    is_waiting = any(case.state is not CaseState.DECIDED for case in cases)
    was_verified = bool(cases) and not is_waiting and cases[-1].decision is Decision.APPROVED
    if not was_verified and not is_waiting:
        open_case(connection, services.cipher, NewCase(CaseKind.EMPLOYER, employer_id), services.now())
    status = EmployerStatus.VERIFIED if was_verified else EmployerStatus.UNVERIFIED
    return change_employer_status(connection, employer_id, status, services.now())
