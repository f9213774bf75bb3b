"""Appeals against a suspension that was lifted without them: decided with it, so that none waits for what was done."""

from __future__ import annotations

from sqlalchemy import Connection

from api.hiring.posting_states import reason_text
from api.services.services import Services
from engine.explain import Locale
from store.people.cases import DECISIONS, Case, CaseKind, decide_case
from store.people.listed_cases import CaseFilter, list_cases

RESTORED_REASON = "La suspensión se levantó. La razón: {cause}."


def settle_appeals(
    connection: Connection, kind: CaseKind, subject_id: str, by: str, reason: str, services: Services
) -> list[Case]:
    """Decide the appeals that wait about an account or an organisation; what restored it tells whoever opened them."""
    wanted = CaseFilter(subject_id=subject_id, kinds=[kind], is_undecided=True)
    return [
        decide_case(connection, one.case_id, by, DECISIONS[kind][0], reason, services.now(), takes_over=True)
        for one in list_cases(connection, wanted)
    ]


def restored_reason(cause: str) -> str:
    """Why an appeal is decided whose suspension was lifted without it."""
    return RESTORED_REASON.format(cause=reason_text(cause, Locale.ES))
