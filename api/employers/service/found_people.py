"""People who agreed to be found, for an employer's job: what they can do and how the job fits them, no names."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from api.employers.schemas import PeopleSearchRequest
from api.recommendations.service.answers import scores_and_breakdowns
from api.recommendations.service.people_for_job import ranked_people
from api.services.services import Services
from engine.documents.seekers import seeker_document
from engine.errors import NotFoundError
from engine.recommendation.people_for_job import PersonCandidate
from store.hiring.applications import list_applications
from store.matching.row_reads import read_seeker

MOST_APPLICANTS = 10_000


def found_people(job_id: str, body: PeopleSearchRequest, services: Services) -> dict[str, Any]:
    """The answer; raises NotFoundError for an unknown job, ProblemError without a bundle."""

    def applicants(connection: Connection) -> set[str]:
        return {one.seeker_id for one in list_applications(connection, job_id=job_id, limit=MOST_APPLICANTS)}

    applied = services.read(applicants)
    more = 0 if body.include_applicants else len(applied)
    bundle, found = ranked_people(job_id, body.limit + more, None, services)
    people = [one for one in found.people if body.include_applicants or one.seeker_id not in applied]
    return {
        "job_id": job_id,
        "people": services.read(lambda connection: _people(connection, people[: body.limit], applied)),
        "bundle": bundle.version,
        "model": bundle.model_id,
        "reranker": bundle.recommender.reranker_name,
    }


def _people(connection: Connection, people: list[PersonCandidate], applied: set[str]) -> list[dict[str, Any]]:
    shown = []
    numbers = scores_and_breakdowns([person.match for person in people])
    for person, (score, score_breakdown) in zip(people, numbers, strict=True):
        try:
            seeker = read_seeker(connection, person.seeker_id).seeker
        except NotFoundError:  # forgotten meanwhile
            continue
        shown.append(
            {
                "seeker_id": person.seeker_id,
                "profile": seeker_document(seeker),
                "score": score,
                "score_breakdown": score_breakdown,
                "matched_skills": person.match.matched_skills,
                "has_applied": person.seeker_id in applied,
            }
        )
    return shown
