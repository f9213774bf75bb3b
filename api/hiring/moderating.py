"""What a decision about a job of any origin does: it is shown, or taken down until a moderator brings it back."""

from __future__ import annotations

from functools import partial

from sqlalchemy import Connection

from api.hiring.notices import tell_applicants, tell_posting
from api.hiring.posting_states import posting_state, state_reasons, waits_for
from api.hiring.postings import change_posting_state
from api.hiring.state_texts import StateCode
from api.services.services import Services
from api.services.vectors import job_vector
from engine.errors import NotFoundError
from engine.explain import Locale
from store.hiring.job_owners import owners_of
from store.hiring.moderated_imports import close_import, release_import
from store.hiring.postings import Moderation, Posting, find_posting, put_posting
from store.hiring.taken_down import forget_taken_down, is_taken_down, note_taken_down
from store.matching.row_reads import JobRead, job_of
from store.people.cases import ABOUT_JOBS, DECISIONS, Case, CaseKind, CaseState, Decision, decide_case
from store.people.listed_cases import CaseFilter, list_cases

MOST_RELEASED = 500  # at once, of the oldest


def carry_out_for_job(connection: Connection, case: Case, services: Services) -> list[Case]:
    """Do what the decision of a case says about a job; the other cases about the job that are decided with it.

    Raises NotFoundError for an id that nobody ever used. Reports outlive the release of their job: it may be true what
    they say. A case that another administrator has taken is left to them.
    """
    if case.decision in (Decision.JOB_STAYS, Decision.JOB_STAYS_DOWN):
        return []
    owner = owners_of(connection, [case.subject_id]).get(case.subject_id)
    if owner is None:
        raise NotFoundError("no such job", got=repr(case.subject_id[:80]), field="job_id")
    if case.decision is Decision.JOB_TAKEN_DOWN:
        was_down = is_taken_down(connection, case.subject_id)
        note_taken_down(connection, case.subject_id, case.case_id, services.now())
        if not was_down:
            tell_applicants(connection, services, case.subject_id, "applied_job_taken_down")
    elif forget_taken_down(connection, case.subject_id):
        tell_applicants(connection, services, case.subject_id, "applied_job_put_back")
    posting = find_posting(connection, case.subject_id)
    if posting is not None:
        _moderate(connection, posting, case, services)
    elif job_of(connection, case.subject_id) is None:
        pass  # it was deleted; what was decided holds when its source brings it again
    elif case.decision is Decision.JOB_TAKEN_DOWN:
        close_import(connection, case.subject_id)
    else:
        release_import(connection, case.subject_id, partial(_encoded, services=services))
    return [*_decide_others(connection, case, services), *_release_copies(connection, case, services)]


def show_posting(connection: Connection, posting: Posting, by: str, reason: str, services: Services) -> bool:
    """Show a posting that waits, and decide the cases that it waits for; whether people see it now."""
    wanted = CaseFilter(subject_id=posting.job_id, kinds=[CaseKind.POSTING], is_undecided=True)
    for case in list_cases(connection, wanted):
        decide_case(connection, case.case_id, by, Decision.JOB_SHOWN, reason, services.now(), takes_over=True)
    return change_posting_state(connection, posting, services, moderation=Moderation.APPROVED).is_shown


def _encoded(stored: JobRead, services: Services) -> JobRead:
    """A job with the vector of the model that answers: an import that changed has none before the next index."""
    bundle = services.watch.current
    if bundle is None or stored.model_id == bundle.model_id:
        return stored
    return JobRead(stored.job, job_vector(stored.job, bundle, services), bundle.model_id)


def _moderate(connection: Connection, posting: Posting, case: Case, services: Services) -> None:
    moderation = Moderation.REJECTED if case.decision is Decision.JOB_TAKEN_DOWN else Moderation.APPROVED
    if job_of(connection, posting.job_id) is not None:
        changed = change_posting_state(connection, posting, services, moderation=moderation)
        if moderation is not posting.moderation:
            _tell(connection, posting, changed, case.decision_reason, services)
        return
    wanted, now = posting.is_wanted_open, services.now()  # it was deleted; its owner may put it again
    put_posting(connection, posting.job_id, posting.owner, moderation, is_wanted_open=wanted, now=now)


def _tell(connection: Connection, before: Posting, after: Posting, reason: str | None, services: Services) -> None:
    """Tell whose a posting is what was decided of it; where it may be shown and is not, why."""
    kind, job = _notice(before, after), job_of(connection, after.job_id)
    if after.moderation is Moderation.APPROVED and posting_state(after, job, services.now()) != "open":
        reasons = {
            locale: " ".join(one.text for one in state_reasons(connection, after, job, services.now(), locale))
            for locale in Locale
        }
        tell_posting(connection, services, after, "job_approved", reason, reasons)
    else:
        tell_posting(connection, services, after, kind, reason)


def _notice(before: Posting, after: Posting) -> str:
    """The notice of what was decided of a posting."""
    if after.moderation is Moderation.APPROVED:
        return "job_put_back" if before.moderation is Moderation.REJECTED else "job_shown"
    return "job_taken_down" if before.moderation is Moderation.APPROVED else "job_refused"


def _release_copies(connection: Connection, case: Case, services: Services) -> list[Case]:
    """Show what waited because it says the same as a job that is put back, and nothing else; their cases."""
    put_back = find_posting(connection, case.subject_id)
    if put_back is None or case.decision is not Decision.JOB_SHOWN or case.assigned_to is None:
        return []
    wanted = CaseFilter(kinds=[CaseKind.POSTING], state=CaseState.OPEN, reason=StateCode.LIKE_TAKEN_DOWN)
    released = []
    for one in list_cases(connection, wanted, limit=MOST_RELEASED):
        copy = find_posting(connection, one.subject_id)
        if copy is None or copy.owner != put_back.owner:
            continue
        if waits_for(connection, copy, job_of(connection, copy.job_id)) != [StateCode.TO_BE_LOOKED_AT]:
            continue
        reason, now = case.decision_reason or "", services.now()
        released.append(decide_case(connection, one.case_id, case.assigned_to, Decision.JOB_SHOWN, reason, now))
        changed = change_posting_state(connection, copy, services, moderation=Moderation.APPROVED)
        _tell(connection, copy, changed, reason, services)
    return released


def _decide_others(connection: Connection, case: Case, services: Services) -> list[Case]:
    assert case.decision is not None
    kinds = [kind for kind in ABOUT_JOBS if case.decision in DECISIONS[kind]]
    wanted = CaseFilter(subject_id=case.subject_id, kinds=kinds, is_undecided=True)
    assert case.assigned_to is not None
    return [
        decide_case(
            connection, other.case_id, case.assigned_to, case.decision, case.decision_reason or "", services.now()
        )
        for other in list_cases(connection, wanted)
        if other.state is CaseState.OPEN or other.assigned_to == case.assigned_to
    ]
