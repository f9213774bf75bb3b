"""`POST /v1/jobs/{job_id}/candidates`: from a stored job to the people who can do it and have the hours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from api.recommendations.schemas.people_for_job import PeopleForJobRequest
from api.recommendations.service.answers import scores_and_breakdowns
from api.services.services import Services
from api.services.vectors import job_vector
from engine.recommendation.people_for_job import PersonCandidate, PersonCandidates, rank_people
from engine.recommendation.recommend import LEAST_CANDIDATES
from engine.seekers import Seeker
from index.serving import ServedBundle
from store.hiring.standing import suspended_people
from store.matching.row_reads import read_people
from store.upserts import batches

# Beyond these the nearest left are far from the job; an answer stays well under a second.
MOST_CONSIDERED, READ_AT_ONCE = 2000, 200


def candidates(job_id: str, body: PeopleForJobRequest, partner_id: str | None, services: Services) -> bytes:
    """The answer's JSON, of a partner's own people; raises NotFoundError for an unknown job, ProblemError without a
    bundle."""
    bundle, found = ranked_people(job_id, body.limit, partner_id, services)
    answer = {
        "job_id": job_id,
        "candidates": _candidates(found.people),
        "bundle": bundle.version,
        "model": bundle.model_id,
        "reranker": bundle.recommender.reranker_name,
        "people": {"considered": found.considered_count, "eligible": found.eligible_count},
    }
    return orjson.dumps(answer)


def ranked_people(
    job_id: str, limit: int, partner_id: str | None, services: Services
) -> tuple[ServedBundle, PersonCandidates]:
    """The best `limit` people for a stored job: a partner's own or, without one, those who agreed to be found."""
    bundle = services.bundle()
    job = services.records.get_job(job_id)
    vector = job_vector(job, bundle, services)
    people = nearest_people(vector, bundle, partner_id, services)
    enough = max(LEAST_CANDIDATES, limit)
    return bundle, rank_people(job, vector, people, bundle.recommender, bundle.now(), limit=limit, enough=enough)


def nearest_people(
    vector: NDArray[np.float32],
    bundle: ServedBundle,
    partner_id: str | None,
    services: Services,
    most: int = MOST_CONSIDERED,
) -> Iterator[tuple[Seeker, NDArray[np.float32]]]:
    """The nearest `most` people, as they are stored now; somebody forgotten or suspended meanwhile is passed over."""
    suspended = services.read(suspended_people)
    nearest = islice(services.people.nearest(vector, bundle.model_id, partner_id), most)
    for ids in batches(nearest, READ_AT_ONCE):
        read = services.read(partial(read_people, seeker_ids=ids))
        for seeker_id in ids:
            person = read.get(seeker_id)
            if person is None or seeker_id in suspended.seeker_ids or person.partner_id in suspended.partner_ids:
                continue
            if person.vector is not None and person.model_id == bundle.model_id:
                yield person.seeker, person.vector


def _candidates(people: Sequence[PersonCandidate]) -> list[dict[str, Any]]:
    numbers = scores_and_breakdowns([candidate.match for candidate in people])
    return [
        {
            "seeker_id": candidate.seeker_id,
            "score": score,
            "score_breakdown": score_breakdown,
            "matched_skills": candidate.match.matched_skills,
        }
        for candidate, (score, score_breakdown) in zip(people, numbers, strict=True)
    ]
