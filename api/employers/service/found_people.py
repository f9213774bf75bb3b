"""People who agreed to be found, for an employer's job: what they can do and how the job fits them, no names.

They are told as much as their consent says (`store/people/consent_texts.toml`): what they can do, and their hours.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from api.employers.people_schemas import PeopleSearchRequest
from api.employers.service.invitations import state_as_told
from api.hiring.matches import fit_of, match_document
from api.recommendations.service.people_for_job import ranked_people
from api.services.services import Services
from engine.documents.seekers import seeker_document
from engine.explain import Locale
from engine.recommendation.fit_texts import headline_of
from engine.recommendation.people_for_job import PersonCandidate
from store.hiring.application_lists import applicant_ids
from store.hiring.invitations import InvitationState, invitations_to
from store.hiring.saved_jobs import dismissed_by
from store.people.seeker_accounts import with_account

AGREED_TO_SHOW = ("text", "skills", "languages", "availability")


@dataclass(frozen=True, slots=True)
class _Known:
    """What happened between the people and the job before; `with_account`: who can be invited at all."""

    applied: frozenset[str]
    with_account: frozenset[str]
    invited: dict[str, InvitationState]


def found_people(job_id: str, body: PeopleSearchRequest, locale: Locale, services: Services) -> dict[str, Any]:
    """The answer; raises NotFoundError for an unknown job, ProblemError without a bundle."""

    def left_out(connection: Connection) -> frozenset[str]:
        unwilling = dismissed_by(connection, job_id)
        return unwilling if body.include_applicants else unwilling | applicant_ids(connection, job_id)

    out = services.read(left_out)
    bundle, found = ranked_people(job_id, body.limit + len(out), None, services)
    people = [one for one in found.people if one.seeker_id not in out][: body.limit]
    ids = [one.seeker_id for one in people]
    known = services.read(lambda connection: _known(connection, job_id, ids))
    return {
        "job_id": job_id,
        "people": [_person(one, known, locale) for one in people],
        "bundle": bundle.version,
        "model": bundle.model_id,
        "reranker": bundle.recommender.reranker_name,
    }


def _known(connection: Connection, job_id: str, seeker_ids: Collection[str]) -> _Known:
    return _Known(
        applicant_ids(connection, job_id),
        with_account(connection, seeker_ids),
        {seeker_id: one.state for seeker_id, one in invitations_to(connection, job_id, seeker_ids).items()},
    )


def _person(person: PersonCandidate, known: _Known, locale: Locale) -> dict[str, Any]:
    match, seeker_id, state = match_document(person.match), person.seeker_id, known.invited.get(person.seeker_id)
    document = seeker_document(person.seeker)
    has_applied = seeker_id in known.applied
    return {
        "seeker_id": seeker_id,
        "headline": headline_of(person.seeker),
        "profile": {name: document[name] for name in AGREED_TO_SHOW if name in document},
        **fit_of(match, locale).model_dump(),
        "score_breakdown": match["score_breakdown"],
        "matched_skills": match["matched_skills"],
        "has_applied": has_applied,
        "invitation": None if state is None else state_as_told(state),
        "can_be_invited": seeker_id in known.with_account and not has_applied and state is None,
    }
