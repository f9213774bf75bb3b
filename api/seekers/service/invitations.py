"""Invitations as the people who were invited see them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from api.seekers.schemas import OwnInvitation
from api.services.services import Services
from store.hiring.employers import names_of_employers
from store.hiring.invitations import Invitation, words_of_invitations
from store.matching.row_reads import jobs_of


def own_invitations(
    connection: Connection, services: Services, invitations: Sequence[Invitation]
) -> list[OwnInvitation]:
    """Each with its job and who invites; all are read at once."""
    jobs = jobs_of(connection, {one.job_id for one in invitations})
    employers = names_of_employers(connection, {one.employer_id for one in invitations})
    words = words_of_invitations(connection, services.cipher, [one.invitation_id for one in invitations])
    now = services.now()

    def document(one: Invitation) -> OwnInvitation:
        job = jobs.get(one.job_id)
        return OwnInvitation(
            invitation_id=one.invitation_id,
            job_id=one.job_id,
            title=None if job is None else job.title,
            is_open=job is not None and job.is_open_at(now),
            employer=employers.get(one.employer_id),
            text=words.get(one.invitation_id),
            state=one.state.value,
            reason=one.reason,
            invited_at=one.invited_at.isoformat(),
            answered_at=one.answered_at.isoformat() if one.answered_at else None,
        )

    return [document(one) for one in invitations]
