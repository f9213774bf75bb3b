"""How a person fits a job, judged once when they apply, and in words whenever an employer reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from sqlalchemy import Connection

from api.hiring.schemas import Fit
from api.recommendations.schemas.answers import ReasonDocument
from api.recommendations.service.answers import scores_and_breakdowns
from api.services.services import Services
from api.services.vectors import job_vector, seeker_vector
from engine.errors import NotFoundError
from engine.explain import Locale
from engine.recommendation.fit_texts import fit_reasons, shared_hours_text
from engine.recommendation.people_for_job import match_of
from engine.recommendation.recommendation import RecommendedJob
from store.matching.row_reads import JobRead, SeekerRead, read_job, read_seeker

HOURS = ("hours_shared", "hours_needed", "core_hours_shared", "core_hours_needed")


def judged_match(job_id: str, seeker_id: str, services: Services) -> dict[str, Any] | None:
    """How somebody fits a job now, to be kept; None without a bundle, a job or a profile. Takes no transaction."""
    bundle = services.watch.current
    if bundle is None:
        return None

    def both(connection: Connection) -> tuple[JobRead, SeekerRead]:
        return read_job(connection, job_id), read_seeker(connection, seeker_id)

    try:
        job, person = services.read(both)
    except NotFoundError:
        return None
    of_job = job.vector if job.model_id == bundle.model_id else None
    of_person = person.vector if person.model_id == bundle.model_id else None
    found = match_of(
        job.job,
        job_vector(job.job, bundle, services) if of_job is None else of_job,
        person.seeker,
        seeker_vector(person.seeker, bundle, services) if of_person is None else of_person,
        bundle.recommender,
        bundle.now(),
    )
    return match_document(found)


def match_document(match: RecommendedJob) -> dict[str, Any]:
    """Score, what it comes from, and the hours that a person has free where the ad does not say how many it needs.

    A document of JSON: what is not known is null, where the numbers of an answer have NaN.
    """
    ((score, breakdown),) = scores_and_breakdowns([match])
    hours = match.hours
    free = None if hours is None or hours.needed is not None else round(hours.shared, 2)
    told = {
        "score": score,
        "score_breakdown": breakdown,
        "free_hours": free,
        "matched_skills": match.matched_skills,
    }
    document: dict[str, Any] = orjson.loads(orjson.dumps(told))
    return document


def fit_of(match: Mapping[str, Any] | None, locale: Locale) -> Fit:
    """The match of an application in words; nothing of one that nothing judged."""
    if match is None:
        return Fit()
    shared, needed, core_shared, core_needed = (match["score_breakdown"][name] for name in HOURS)
    hours = shared_hours_text(
        match["free_hours"] if needed is None else shared, needed, core_shared, core_needed, locale=locale
    )
    reasons = [ReasonDocument(**one._asdict()) for one in fit_reasons(hours, match["matched_skills"], locale)]
    return Fit(score=match["score"], shared_hours=hours, reasons=reasons)
