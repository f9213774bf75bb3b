"""Cases of somebody who is erased: their words and their name go; what was decided about others stays.

A case about the person themselves that nobody has decided yet is gone: there is nobody left to decide it for.
"""

from __future__ import annotations

from collections import Counter

from sqlalchemy import ColumnElement, Connection, Select, delete, false, or_, select, update

from store.evidence.recommendation_log import RECOMMENDATIONS
from store.people.case_notes import NOTES
from store.people.cases import CASES, CaseKind, CaseState

NOBODY = ""
_IS_DECIDED = CASES.c.state == CaseState.DECIDED


def erase_from_cases(connection: Connection, account_id: str | None, seeker_id: str | None) -> Counter[str]:
    """Take somebody out of the cases that they opened, that are about them and that they worked on; rows by kind.

    A partner may have contested an answer for its person. Call it while answers say whom they were for.
    """
    theirs = select(RECOMMENDATIONS.c.recommendation_id).where(RECOMMENDATIONS.c.seeker_id == seeker_id)
    about_them = false() if seeker_id is None else _about_answers(theirs)
    if account_id is None:  # which is no null: cases that nobody opened are not theirs
        return _taken_out_of(connection, about_them, about_them)
    is_own, about_account = CASES.c.opened_by == account_id, CASES.c.subject_id == account_id
    about_account = CASES.c.kind.in_([CaseKind.CORRECTION, CaseKind.APPEAL]) & about_account
    contested = CASES.c.kind.in_([CaseKind.HUMAN_REVIEW, CaseKind.ELIGIBILITY])
    about_them = or_(about_them, about_account, is_own & contested)
    removed = _taken_out_of(connection, about_them, or_(about_them, is_own))
    connection.execute(update(CASES).where(about_account).values(subject_id=NOBODY))
    connection.execute(update(CASES).where(is_own).values(opened_by=None))
    _leave_work(connection, account_id)
    return removed


def erase_reviews(connection: Connection, recommendation_ids: Select[tuple[str]]) -> Counter[str]:
    """Take a person out of the reviews of some answers; rows by kind."""
    about_them = _about_answers(recommendation_ids)
    return _taken_out_of(connection, about_them, about_them)


def _about_answers(recommendation_ids: Select[tuple[str]]) -> ColumnElement[bool]:
    return (CASES.c.kind == CaseKind.HUMAN_REVIEW) & CASES.c.subject_id.in_(recommendation_ids)


def _taken_out_of(
    connection: Connection, about_them: ColumnElement[bool], with_their_words: ColumnElement[bool]
) -> Counter[str]:
    removed: Counter[str] = Counter()
    removed["support_notes"] = _delete_notes(connection, about_them)
    removed["cases"] = connection.execute(delete(CASES).where(about_them, ~_IS_DECIDED)).rowcount
    removed["cases_emptied"] = connection.execute(
        update(CASES).where(with_their_words).values(words_sealed=None)
    ).rowcount
    connection.execute(update(CASES).where(about_them).values(decision_reason=None))
    return removed


def erase_organisation_cases(connection: Connection, employer_id: str) -> int:
    """Drop the cases about an organisation that is gone, with their notes; how many."""
    kinds = (CaseKind.EMPLOYER, CaseKind.ORGANISATION_APPEAL)
    about_it = CASES.c.kind.in_(kinds) & (CASES.c.subject_id == employer_id)
    return connection.execute(delete(CASES).where(about_it)).rowcount


def _leave_work(connection: Connection, account_id: str) -> None:
    """What an administrator had taken waits for another one; what they decided and noted is nobody's."""
    taken = CASES.c.assigned_to == account_id
    waits = {"state": CaseState.OPEN, "assigned_to": None, "taken_at": None}
    connection.execute(update(CASES).where(taken, ~_IS_DECIDED).values(waits))
    connection.execute(update(CASES).where(taken).values(assigned_to=None))
    connection.execute(update(NOTES).where(NOTES.c.author_id == account_id).values(author_id=NOBODY))


def _delete_notes(connection: Connection, of_cases: ColumnElement[bool]) -> int:
    case_ids = select(CASES.c.case_id).where(of_cases)
    return connection.execute(delete(NOTES).where(NOTES.c.case_id.in_(case_ids))).rowcount
