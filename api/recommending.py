"""One recommendation from request to answer: whose vector, the engine's stages timed, candidates counted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from api.answers import answer_json
from api.metrics import Stage, Step
from api.notices import notice
from api.schemas.recommendations import RecommendationRequest
from api.services import Services
from engine.encoder import Tower
from engine.errors import InvalidInputError
from engine.recommend import Query
from engine.seekers import Seeker
from engine.texts import seeker_text
from index.serving import ServedBundle


def recommend(asked: RecommendationRequest, services: Services) -> bytes:
    """The answer's JSON; raises NotFoundError, InvalidInputError, or ProblemError without a bundle."""
    bundle = services.bundle()  # taken once: a swap meanwhile changes nothing for this request
    with _errors_of_profile(asked):
        seeker, vector = _person(asked, bundle, services)
        wanted = asked.filters.wanted()
        query = Query(seeker, vector, asked.limit, wanted, asked.locale)
        found = bundle.recommender.recommend(query, bundle.now(), services.metrics.stage)
    with services.metrics.stage(Stage.SERIALISE):
        told = notice(seeker, wanted, len(found.jobs), asked.limit, asked.locale)
        answer = answer_json(found, bundle, told)
    services.metrics.count_candidates(
        {
            Step.CATALOGUE: found.catalogue_size,
            Step.ELIGIBLE: found.eligible_count,
            Step.RETRIEVED: found.candidate_count,
            Step.RETURNED: len(found.jobs),
        }
    )
    return answer


def seeker_vector(seeker: Seeker, bundle: ServedBundle, services: Services) -> NDArray[np.float32]:
    """The person's vector `[dimension]` by the bundle's model; the one place where serving runs the encoder."""
    with services.metrics.stage(Stage.ENCODE):
        vector: NDArray[np.float32] = bundle.encoder.encode([seeker_text(seeker)], Tower.SEEKER)[0]
    return vector


def _person(
    asked: RecommendationRequest, bundle: ServedBundle, services: Services
) -> tuple[Seeker, NDArray[np.float32]]:
    """The person and their vector: the stored one, unless another model made it."""
    if asked.profile is not None:
        seeker = asked.profile.seeker()
        return seeker, seeker_vector(seeker, bundle, services)
    stored = services.records.get_seeker(str(asked.seeker_id))
    if stored.vector is not None and stored.vector_model_id == bundle.model_id:
        return stored.seeker, stored.vector
    vector = seeker_vector(stored.seeker, bundle, services)
    services.records.store_seeker_vectors([(stored.seeker, vector)], bundle.model_id)
    return stored.seeker, vector


@contextmanager
def _errors_of_profile(asked: RecommendationRequest) -> Iterator[None]:
    """Errors about a person name the field of this request, where the person came with it."""
    try:
        yield
    except InvalidInputError as error:
        if asked.profile is not None:
            error.field = f"profile.{error.field}" if error.field else "profile"
        raise
