"""What waits for somebody, or for an answer to them, counted for the page of their account."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from api.credentials.callers import Caller
from api.services.services import Services
from store.hiring.application_lists import list_applications
from store.hiring.applications import Stage
from store.hiring.invitations import InvitationState, list_shown_invitations
from store.hiring.members import requests_to
from store.people.accounts import Role
from store.people.listed_cases import CaseFilter, list_cases
from store.people.seeker_accounts import seeker_of

MOST_COUNTED = 100
OVER = frozenset({Stage.DECLINED, Stage.WITHDRAWN, Stage.HIRED})


@dataclass(frozen=True, slots=True)
class OpenThings:
    """How many of each, a hundred at most."""

    applications: int
    invitations: int
    requests: int
    member_requests: int


def open_things(connection: Connection, caller: Caller, services: Services) -> OpenThings:
    """Those of the caller."""
    applications = invitations = 0
    if caller.has(Role.SEEKER):
        seeker_id = seeker_of(connection, caller.account_id)
        newest = list_applications(connection, seeker_id=seeker_id, limit=MOST_COUNTED)
        applications = sum(one.stage not in OVER for one in newest)
        state = InvitationState.WAITING
        invitations = len(list_shown_invitations(connection, seeker_id, state=state, after=None, limit=MOST_COUNTED))
    asked = CaseFilter(opened_by=caller.account_id, is_undecided=True)
    return OpenThings(
        applications,
        invitations,
        len(list_cases(connection, asked, limit=MOST_COUNTED)),
        len(requests_to(connection, caller.account_id, services.now())),
    )
