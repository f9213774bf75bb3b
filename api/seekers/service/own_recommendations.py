"""A person's own recommendations and searches: what they dismissed or applied for is left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import orjson
from numpy.typing import NDArray
from sqlalchemy import Connection

from api.credentials.callers import Caller
from api.recommendations.schemas.requests import FilterDocument
from api.recommendations.service.recommending import Person, answer_for, newest_bundle, stored_person
from api.seekers.schemas import RecommendationsForMe, SearchRequest
from api.seekers.service.profiles import no_profile
from api.services.services import Services
from api.services.vectors import seeker_vector
from engine.documents.seekers import seeker_document
from engine.errors import ConflictError, NotFoundError
from engine.explain import Locale
from engine.moderation.contacts.masking import masked
from engine.recommendation.sorting import JobSort
from engine.search.chips import Chip, Limits, with_chips
from engine.search.understanding import Understood, understood
from engine.seekers import Seeker
from index.serving import ServedBundle
from store.hiring.application_lists import list_applications
from store.hiring.applications import Stage
from store.hiring.saved_jobs import dismissed_job_ids
from store.matching.row_reads import read_seeker
from store.people.consents import ConsentPurpose, agreed_purposes
from store.people.seeker_accounts import seeker_of

MOST_APPLICATIONS = 1_000


@dataclass(frozen=True, slots=True)
class _PersonalQuery:
    """What `answer_for` takes."""

    limit: int
    filters: FilterDocument
    locale: Locale
    sort: JobSort


def own_recommendations(body: RecommendationsForMe, caller: Caller, services: Services) -> bytes:
    """The answer's JSON; raises as `own_person` does."""
    return recommendations_for(own_person(caller, services), body, caller, services)


def own_person(caller: Caller, services: Services) -> Person:
    """Whoever asks, without the jobs that they dismissed or applied for.

    Raises ConflictError without consent, NotFoundError without a profile.
    """
    seeker_id, left_out = services.read(lambda connection: _permitted(connection, caller))
    return replace(_saved_person(seeker_id, services), excluded=left_out)


def recommendations_for(
    person: Person,
    body: RecommendationsForMe,
    caller: Caller,
    services: Services,
    excluded: frozenset[str] = frozenset(),
) -> bytes:
    """The answer's JSON for whoever asks, but for the `excluded` jobs."""
    person = replace(person, excluded=person.excluded | excluded)
    return answer_for(person, _personal_query(body, caller), services)


def searched_jobs(body: SearchRequest, caller: Caller, services: Services) -> bytes:
    """The answer's JSON for some words; raises as `own_recommendations` does."""
    seeker_id, left_out = services.read(lambda connection: _permitted(connection, caller))
    bundle = newest_bundle(services)
    stored = _stored_limits(seeker_id, services) if body.is_for_me else Seeker()
    vector_of = partial(seeker_vector, bundle=bundle, services=services)
    person = searching_person(body, replace(stored, seeker_id=seeker_id), bundle, vector_of)
    return answer_for(replace(person, excluded=left_out), _personal_query(body, caller), services)


def searching_person(
    body: SearchRequest, stored: Seeker, bundle: ServedBundle, vector_of: Callable[[Seeker], NDArray[np.float32]]
) -> Person:
    """Somebody of `stored` limits who looks for some words; `vector_of` makes a vector by the bundle's model."""
    limits, chips, by_words = _asked(body, stored, bundle)
    seeker = replace(limits.seeker, seeker_id=stored.seeker_id)
    return Person(
        bundle,
        seeker,
        vector_of(seeker),
        orjson.dumps(seeker_document(seeker)),
        by_words=by_words,
        is_for_me=body.is_for_me,
        understood=chips,
        wanted=limits.wanted,
        # Who names limits alone asks for all that keep to them.
        least_relevance=None if by_words else 0.0,
        asks_outside=limits.is_outside,
    )


def _asked(body: SearchRequest, stored: Seeker, bundle: ServedBundle) -> tuple[Limits, tuple[Chip, ...], bool]:
    """Who searches within which limits, as their words state them, and whether there are words to look for beside."""
    query = masked(body.query)
    kept = None if body.understood is None else [(one.kind, one.quote) for one in body.understood]
    asked = understood(query, bundle.recommender.lexicon, kept) if body.reads_limits else Understood((), query)
    limits = with_chips(asked.chips, stored, body.filters.wanted(), frozenset(body.filters.model_fields_set))
    if asked.rest:
        return replace(limits, seeker=replace(limits.seeker, text=asked.rest, skills=())), asked.chips, True
    if not (stored.text or stored.skills):  # limits alone, by somebody who has not said what they can do
        limits = replace(limits, seeker=replace(limits.seeker, text=query))
    return limits, asked.chips, False


def _permitted(connection: Connection, caller: Caller) -> tuple[str, frozenset[str]]:
    """Whose profile it is, and the jobs to leave out."""
    if ConsentPurpose.MATCHING not in agreed_purposes(connection, caller.account_id):
        raise ConflictError(
            "nothing is recommended without the consent `matching`", fix="give it at /v1/me/consents", field="consents"
        )
    seeker_id = seeker_of(connection, caller.account_id)
    applied = list_applications(connection, seeker_id=seeker_id, limit=MOST_APPLICATIONS)
    is_out = {one.job_id for one in applied if one.stage is not Stage.WITHDRAWN}
    return seeker_id, dismissed_job_ids(connection, seeker_id) | is_out


def _saved_person(seeker_id: str, services: Services) -> Person:
    try:
        return stored_person(seeker_id, services, None)
    except NotFoundError:
        raise no_profile() from None


def _stored_limits(seeker_id: str, services: Services) -> Seeker:
    try:
        return services.read(lambda connection: read_seeker(connection, seeker_id)).seeker
    except NotFoundError:
        return Seeker()


def _personal_query(body: RecommendationsForMe, caller: Caller) -> _PersonalQuery:
    assert caller.account is not None
    return _PersonalQuery(body.limit, body.filters, body.locale or caller.account.locale, body.sort)
