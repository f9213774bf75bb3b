"""Posting jobs for an organisation: one or many, stored, opened and closed, and told to the audit log."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from sqlalchemy import Connection

from api.access.auditing import audit
from api.credentials.callers import Caller
from api.employers.schemas import PostedMany
from api.employers.service.ownership import own_employer, own_posting
from api.hiring.postings import CheckedPosting, change_posting_state, checked_posting, posting_document, save_posting
from api.http.problems import ProblemError, line_problem
from api.language.catalogue import in_language
from api.routing.idempotency import Created, Creation
from api.routing.typed_routes import WrittenAnswer
from api.services.services import Services
from engine.errors import ChambaError, ConflictError
from engine.explain import Locale
from engine.jobs import Job
from store.audit import AuditAction
from store.hiring.employers import Employer, EmployerStatus
from store.hiring.postings import Posting, count_of_posted, find_posting
from store.hiring.standing import Owner
from store.requests.quotas import UNVERIFIED_POSTINGS, require_room

SOURCE = "employer"


@dataclass(frozen=True, slots=True)
class ReadJob:
    """A job as it was read, and the fields that were stated and could not be read, with the reason of each."""

    job: Job
    unread: Mapping[str, str] = field(default_factory=dict)


def post_many(
    reads: Sequence[Callable[[], Job | ReadJob]],
    employer_id: str,
    creation: Creation,
    caller: Caller,
    services: Services,
) -> WrittenAnswer[PostedMany]:
    """Post what can be read and judged, a line of the answer each; what is wrong with one is in its line."""
    employer = employer_of(employer_id, caller, services)
    allowed = partial(own_employer, employer_id=employer_id, caller=caller)
    if (before := creation.answered_before(caller, allowed=allowed)) is not None:
        return before
    checked_or_wrong: list[CheckedPosting | ProblemError] = []
    unread: list[Mapping[str, str]] = []
    for read in reads:
        try:
            one = read()
            one = one if isinstance(one, ReadJob) else ReadJob(one)
            checked_or_wrong.append(judged_for(one.job, employer, services))
            unread.append(one.unread)
        except (ChambaError, ProblemError) as error:
            checked_or_wrong.append(line_problem(error))
            unread.append({})

    def work(connection: Connection) -> Created[Any]:
        lines: list[dict[str, Any]] = []
        for index, posted in enumerate(checked_or_wrong):
            if isinstance(posted, ProblemError):
                lines.append(_line(index, None, posted.document(creation.locale)))
                continue
            try:
                document = save(connection, posted, employer_id, caller, services, creation.locale)
            except ConflictError as error:  # before anything was written
                lines.append(_line(index, None, line_problem(error).document(creation.locale)))
            else:
                lines.append(_line(index, document, None, _told(unread[index], creation.locale)))
        return Created({"items": lines}, status=200)

    return creation.once(caller, work, allowed=allowed)


def _line(
    index: int, posting: Any, problem: Mapping[str, Any] | None, unread: Mapping[str, str] | None = None
) -> dict[str, Any]:
    return {"index": index, "posting": posting, "problem": problem, "unread": unread or {}}


def _told(unread: Mapping[str, str], locale: Locale) -> dict[str, str]:
    return {field: in_language(reason, locale) for field, reason in unread.items()}


def judged_for(job: Job, employer: Employer, services: Services) -> CheckedPosting:
    """The job under the organisation's own name, encoded and judged."""
    posted_at = job.posted_at or services.now()
    return checked_posting(replace(job, employer=employer.name, source=SOURCE, posted_at=posted_at), services)


def save(
    connection: Connection,
    posted: CheckedPosting,
    employer_id: str,
    caller: Caller,
    services: Services,
    locale: Locale | None = None,
) -> dict[str, Any]:
    """Store a posting; it as its owner sees it, in a language or their own. Told to the audit log last."""
    is_trusted = own_employer(connection, employer_id, caller).status is EmployerStatus.VERIFIED
    if not is_trusted and find_posting(connection, posted.job.job_id) is None:
        require_room(connection, UNVERIFIED_POSTINGS, count_of_posted(Owner(employer_id)))
    posting, is_new = save_posting(
        connection,
        posted,
        Owner(employer_id),
        services,
        is_wanted_open=posted.job.is_open,
        is_trusted=is_trusted,
    )
    document = posting_document(connection, services.now(), posting, locale or caller.locale)
    _audit(connection, caller, AuditAction.JOB_POSTED if is_new else AuditAction.JOB_EDITED, posting, services)
    return document


def open_or_close(
    employer_id: str, job_id: str, caller: Caller, services: Services, *, is_wanted_open: bool
) -> dict[str, Any]:
    """Open or close a posting; it as its owner sees it. Told to the audit log last."""

    def work(connection: Connection) -> dict[str, Any]:
        posting = own_posting(connection, employer_id, job_id, caller)
        changed = change_posting_state(connection, posting, services, is_wanted_open=is_wanted_open)
        document = posting_document(connection, services.now(), changed, caller.locale)
        _audit(
            connection,
            caller,
            AuditAction.JOB_REOPENED if is_wanted_open else AuditAction.JOB_CLOSED,
            posting,
            services,
        )
        return document

    return services.write(work)


def employer_of(employer_id: str, caller: Caller, services: Services) -> Employer:
    """An organisation that the caller acts for; raises as `own_employer`."""
    return services.read(lambda connection: own_employer(connection, employer_id, caller))


def _audit(connection: Connection, caller: Caller, action: AuditAction, posting: Posting, services: Services) -> None:
    audit(
        connection,
        caller,
        action,
        f"job:{posting.job_id}",
        services,
        {"moderation": posting.moderation, "is_wanted_open": posting.is_wanted_open},
    )
