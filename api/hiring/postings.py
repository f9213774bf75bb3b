"""Posting a job: judged for signs of fraud, encoded, stored, and shown unless a person has to look first.

What partners, employers and administrators do to a posting all comes through here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from api.hiring.notices import tell_waiting
from api.hiring.posting_states import is_over, posting_state, state_reasons, waits_for
from api.services.services import Services
from api.services.vectors import job_vectors
from engine.documents.jobs import job_document
from engine.explain import Locale
from engine.jobs import Job
from engine.moderation.fraud.signs import with_signs
from engine.offer_signs import OfferSign, blocking_kinds
from engine.sign_texts import SIGN_TEXTS
from store.hiring.job_owners import require_own_or_free
from store.hiring.judged_words import judged_words
from store.hiring.like_taken_down import taken_down_like
from store.hiring.postings import Moderation, Posting, find_posting, get_posting, put_posting
from store.hiring.standing import Owner
from store.hiring.taken_down import is_taken_down
from store.matching.job_changes import lock_job_changes, put_numbered_jobs
from store.matching.row_reads import job_of, read_job
from store.matching.rows import job_row
from store.people.cases import CaseKind, NewCase, open_case
from store.people.waiting_cases import drop_waiting_cases


@dataclass(frozen=True, slots=True)
class CheckedPosting:
    """A job as it would be shown, with its signs, and its vector [dim] by `model_id` (None without a bundle)."""

    job: Job
    vector: NDArray[np.float32] | None
    model_id: str | None

    @property
    def blocking(self) -> list[str]:
        """The kinds of signs for which a person has to look first."""
        return list(blocking_kinds(self.job.signs))


def checked_posting(job: Job, services: Services) -> CheckedPosting:
    """The posting, encoded and judged; takes a call of the encoder, and no transaction."""
    return checked_postings([job], services)[0]


def checked_postings(jobs: Sequence[Job], services: Services) -> list[CheckedPosting]:
    """The same for several, which share a call of the encoder."""
    jobs = [job if job.signs else with_signs(job) for job in jobs]  # an importer saw the age limits that it took out
    bundle = services.watch.current
    if bundle is None or not jobs:
        return [CheckedPosting(job, None, None) for job in jobs]
    vectors = job_vectors(jobs, bundle, services)
    return [CheckedPosting(job, vector, bundle.model_id) for job, vector in zip(jobs, vectors, strict=True)]


def save_posting(
    connection: Connection,
    posted: CheckedPosting,
    owner: Owner,
    services: Services,
    *,
    is_wanted_open: bool,
    is_trusted: bool,
) -> tuple[Posting, bool]:
    """Store a job and who it is of; the posting as it is now, and whether the job is new.

    It waits for a moderator when it shows signs of fraud or its owner is not trusted yet, and is shown to nobody while
    its owner is suspended. Raises ConflictError for the id of somebody else's job.
    """
    now, job_id = services.now(), posted.job.job_id
    lock_job_changes(connection)  # from here on nobody is suspended or restored
    require_own_or_free(connection, job_id, owner)
    known = find_posting(connection, job_id)
    moderation = _moderation(connection, posted, known, owner, is_trusted=is_trusted)
    posting = put_posting(connection, job_id, owner, moderation, is_wanted_open=is_wanted_open, now=now)
    job = replace(posted.job, is_open=_is_shown(posting, posted.job, now))
    counts = put_numbered_jobs(connection, {job_id: job_row(job, posted.vector, posted.model_id)}, now)
    if moderation is Moderation.WAITING:
        reasons = waits_for(connection, posting, job)
        open_case(connection, services.cipher, NewCase(CaseKind.POSTING, job_id, None, reasons), now)
        if known is None or known.moderation is not Moderation.WAITING:
            tell_waiting(connection, posting)
    elif moderation is Moderation.APPROVED:
        drop_waiting_cases(connection, CaseKind.POSTING, [job_id])
    return posting, counts.created == 1


def change_posting_state(
    connection: Connection,
    posting: Posting,
    services: Services,
    *,
    is_wanted_open: bool | None = None,
    moderation: Moderation | None = None,
) -> Posting:
    """Close, re-open, approve or reject a posting; the job follows in the same transaction.

    Raises ConflictError where it is no longer of the owner that it was read with.
    """
    now, owner = services.now(), posting.owner
    lock_job_changes(connection)
    posting = get_posting(connection, posting.job_id)  # what was changed meanwhile stays
    wanted = posting.is_wanted_open if is_wanted_open is None else is_wanted_open
    decided = moderation or posting.moderation
    stored = read_job(connection, posting.job_id)
    changed = put_posting(connection, posting.job_id, owner, decided, is_wanted_open=wanted, now=now)
    shown = replace(stored.job, is_open=_is_shown(changed, stored.job, now))
    put_numbered_jobs(connection, {posting.job_id: job_row(shown, stored.vector, stored.model_id)}, now)
    return changed


def posting_document(connection: Connection, now: datetime, posting: Posting, locale: Locale) -> dict[str, Any]:
    """A posting as its owner sees it."""
    job = job_of(connection, posting.job_id)
    return {
        "job_id": posting.job_id,
        "state": posting_state(posting, job, now),
        "state_reasons": [one.model_dump() for one in state_reasons(connection, posting, job, now, locale)],
        "job": None if job is None else job_document(replace(job, is_open=posting.is_wanted_open)),
        "signs": sign_documents(() if job is None else job.signs, locale),
        "created_at": posting.created_at.isoformat(),
        "updated_at": posting.updated_at.isoformat(),
    }


def sign_documents(signs: Iterable[OfferSign], locale: Locale) -> list[dict[str, Any]]:
    """Signs of a fraudulent or unlawful offer as whoever judges or owns it sees them."""
    return [
        {"kind": sign.kind, "quote": sign.quote, "severity": sign.severity, "text": SIGN_TEXTS[locale][sign.kind]}
        for sign in signs
    ]


def _is_shown(posting: Posting, job: Job, now: datetime) -> bool:
    return posting.is_shown and not is_over(job, now)


def _moderation(
    connection: Connection, posted: CheckedPosting, known: Posting | None, owner: Owner, *, is_trusted: bool
) -> Moderation:
    """What is decided of a posting: that of before while its words are the same, else by its signs.

    One that was taken down waits for a person, however often its owner changes it or gives it another id.
    """
    before = None if known is None else job_of(connection, posted.job.job_id)
    if known is not None and before is not None and judged_words(before) == judged_words(posted.job):
        return known.moderation
    is_down = known is not None and is_taken_down(connection, known.job_id)
    has_to_wait = posted.blocking or is_down or not is_trusted or taken_down_like(connection, posted.job, owner)
    return Moderation.WAITING if has_to_wait else Moderation.APPROVED
