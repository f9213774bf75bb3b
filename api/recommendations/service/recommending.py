"""One recommendation from request to answer: whose vector, the engine's stages timed, candidates counted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Protocol

import numpy as np
import orjson
from numpy.typing import NDArray
from sqlalchemy.exc import SQLAlchemyError

from api.credentials.callers import Caller
from api.http.metrics import Stage, Step
from api.recommendations.schemas.requests import FilterDocument, RecommendationRequest
from api.recommendations.service.answers import answer_json, chip_documents
from api.recommendations.service.notices import notice_of
from api.services.services import Services
from api.services.vectors import seeker_vector
from engine.documents.seekers import seeker_document
from engine.errors import InvalidInputError, NotFoundError
from engine.explain import Locale
from engine.filtering.filters import JobFilter
from engine.moderation.contacts.profiles import without_contacts
from engine.recommendation.named_employers import ruled_out_employer
from engine.recommendation.query import Query
from engine.recommendation.recommend import Recommendations
from engine.recommendation.sorting import JobSort
from engine.search.chips import Chip, with_chips
from engine.search.profiles import stated_in_profile
from engine.seekers import Seeker
from index.serving import ServedBundle
from store.evidence.profile_references import profile_reference_hash
from store.ids import new_id
from store.matching.person_reads import PersonRead


class RecommendQuery(Protocol):
    """What requests for one person and for many have in common."""

    @property
    def limit(self) -> int:
        """How many jobs."""

    @property
    def filters(self) -> FilterDocument:
        """What they must be like."""

    @property
    def locale(self) -> Locale:
        """The language of reasons."""

    @property
    def sort(self) -> JobSort:
        """What they are put in order by."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to recommend to, and what answers: taken once, so that a swap meanwhile changes nothing.

    `document` is the profile as JSON, for the log; `excluded` are the ids of jobs that are not for this person.
    `by_words`: their text is what they look for; `is_for_me`: among what they can take. `profile_reference_hash` is of
    the partner's reference of a profile. `understood`: the limits that their words state (None: not read), by which
    `wanted` takes the place of the request's filters. `least_relevance`: of what is called a match; None: as judged.
    `asks_outside`: the hours that they ask for are none of their own.
    """

    bundle: ServedBundle
    seeker: Seeker
    vector: NDArray[np.float32]
    document: str | bytes
    excluded: frozenset[str] = frozenset()
    by_words: bool = False
    is_for_me: bool = True
    profile_reference_hash: bytes | None = None
    understood: tuple[Chip, ...] | None = None
    wanted: JobFilter | None = None
    least_relevance: float | None = None
    asks_outside: bool = False


async def recommend(
    body: RecommendationRequest, services: Services, caller: Caller, *, explain: bool = False, unlocks: bool = False
) -> bytes:
    """The answer's JSON; raises NotFoundError, InvalidInputError, or ProblemError without a bundle or a place.

    `caller`: the partner that asks.
    A stored person is answered here and now: handing a millisecond's work to a thread would cost a tenth of it.
    What may wait for the database waits on a thread; what runs the encoder does so on one of few, and lets others pass.
    """
    admission, name, partner_id = services.admission, caller.name, caller.of_partner
    async with admission.place(name):
        if body.seeker_id is not None:
            services.bundle()
            reading = partial(_read_person, body.seeker_id, services, partner_id)
            stored = None if services.reads_are_local else await admission.in_reading_thread(name, reading)
            async with admission.turn(name):
                person = await _person_at_hand(stored or reading(), services)
                if person is not None:
                    return answer_for(person, body, services, explain=explain, unlocks=unlocks, partner_id=partner_id)
        return await admission.in_thread(name, partial(_recommend, body, services, explain, unlocks, partner_id))


def visitor_recommendations(
    body: RecommendationRequest, services: Services, excluded: frozenset[str] = frozenset()
) -> bytes:
    """The answer's JSON to the profile of somebody without an account, but for the `excluded` jobs."""
    with _errors_of_profile(body):
        person = replace(_person(body, services, None), excluded=excluded)
        return answer_for(person, body, services)


def _recommend(
    body: RecommendationRequest, services: Services, explain: bool, unlocks: bool, partner_id: str | None
) -> bytes:
    with _errors_of_profile(body):
        person = _person(body, services, partner_id)
        return answer_for(person, body, services, explain=explain, unlocks=unlocks, partner_id=partner_id)


async def _person_at_hand(stored: PersonRead, services: Services) -> Person | None:
    """A stored person, None who waits for the encoder."""
    bundle = await services.bundle_since_beside(stored.job_change_number)
    if stored.vector is None or stored.vector_model_id != bundle.model_id:
        return None
    return Person(bundle, stored.seeker, stored.vector, stored.document)


def answer_for(
    person: Person,
    recommend_query: RecommendQuery,
    services: Services,
    *,
    explain: bool = False,
    unlocks: bool = False,
    partner_id: str | None = None,
) -> bytes:
    """The answer's JSON for one person, logged; the engine's stages are timed."""
    query, now = query_of(person, recommend_query, unlocks=unlocks), person.bundle.now()
    services.recent_queries.append(query)
    found = person.bundle.recommender.recommend(query, now, services.metrics.stage)
    with services.metrics.stage(Stage.SERIALISE):
        return logged_response(found, query, person, now, services, explain=explain, partner_id=partner_id)


def query_of(person: Person, query: RecommendQuery, *, unlocks: bool = False) -> Query:
    """What the engine is asked for one person; with `unlocks` always what would open more."""
    return Query(
        person.seeker,
        person.vector,
        query.limit,
        query.filters.wanted() if person.wanted is None else person.wanted,
        query.locale,
        person.excluded,
        by_words=person.by_words,
        is_for_me=person.is_for_me,
        sort=query.sort,
        tells_unlocks=unlocks,
        stated_first=person.wanted is not None and bool(person.understood),
        least_relevance=person.least_relevance,
    )


def logged_response(
    found: Recommendations,
    query: Query,
    person: Person,
    now: datetime,
    services: Services,
    *,
    explain: bool = False,
    seeker_id: str = "",
    partner_id: str | None = None,
) -> bytes:
    """The answer's JSON for what was found at `now`, logged before it can be sent; its candidates are counted."""
    hidden = ruled_out_employer(person.bundle.recommender, query, now) if query.by_words else None
    notice = notice_of(query, found, hidden, asks_outside=person.asks_outside)
    services.metrics.count_candidates(
        {
            Step.CATALOGUE: found.catalogue_size,
            Step.ELIGIBLE: found.eligible_count,
            Step.RETRIEVED: found.candidate_count,
            Step.RETURNED: len(found.jobs),
        }
    )
    named, bundle = new_id(), person.bundle
    chips = None if person.understood is None else chip_documents(person.understood, query.locale)
    named_of = {"recommendation_id": named, "seeker_id": seeker_id}
    path = services.learning_paths.path_to(found.lacked_skill, query.seeker, query.locale)
    answer = answer_json(found, bundle, notice, query.locale, explain=explain, understood=chips, path=path, **named_of)
    services.journal.record_answer(
        named,
        query,
        found,
        bundle,
        now,
        document=person.document,
        partner_id=partner_id,
        profile_reference_hash=person.profile_reference_hash,
    )
    return answer


def _person(body: RecommendationRequest, services: Services, partner_id: str | None) -> Person:
    """The person of a request, answered from a bundle with every job change committed when the request came."""
    if body.profile is None:
        return stored_person(str(body.seeker_id), services, partner_id)
    bundle, seeker = newest_bundle(services), without_contacts(body.profile.seeker())
    chips: tuple[Chip, ...] = ()
    if body.reads_limits:
        stated = stated_in_profile(seeker, bundle.recommender.lexicon)
        # What asks for pay or hours says nothing of what somebody can do.
        chips, seeker = stated.chips, replace(seeker, text=stated.rest)
    seeker = with_chips(chips, seeker, JobFilter()).seeker
    document, reference = orjson.dumps(seeker_document(seeker)), body.profile_reference
    hashed = None if reference is None else profile_reference_hash(services.cipher, partner_id, reference)
    vector = seeker_vector(seeker, bundle, services)
    return Person(bundle, seeker, vector, document, profile_reference_hash=hashed, understood=chips or None)


def stored_person(seeker_id: str, services: Services, partner_id: str | None) -> Person:
    """A partner's person (None: one with an account) with their vector: the stored one, unless another model made it.

    Raises NotFoundError, for somebody else's person too.
    """
    services.bundle()
    stored = _read_person(seeker_id, services, partner_id)
    bundle = services.bundle_since(stored.job_change_number)
    if stored.vector is not None and stored.vector_model_id == bundle.model_id:
        return Person(bundle, stored.seeker, stored.vector, stored.document)
    vector = seeker_vector(stored.seeker, bundle, services)
    services.records.store_seeker_vectors([(stored.seeker, vector)], bundle.model_id)
    return Person(bundle, stored.seeker, vector, stored.document)


def _read_person(seeker_id: str, services: Services, partner_id: str | None) -> PersonRead:
    stored = services.records.read_person(seeker_id)
    if stored.partner_id != partner_id:
        raise NotFoundError("no such seeker", got=repr(seeker_id[:80]), field="seeker_id")
    return stored


def newest_bundle(services: Services) -> ServedBundle:
    """The bundle with the newest jobs; with those known so far while the database does not answer."""
    services.bundle()
    try:
        return services.bundle_since(services.records.job_change_number())
    except SQLAlchemyError:
        return services.bundle()


@contextmanager
def _errors_of_profile(body: RecommendationRequest) -> Iterator[None]:
    """Errors about a person name the field of this request, where the person came with it."""
    try:
        yield
    except InvalidInputError as error:
        if body.profile is not None:
            error.field = f"profile.{error.field}" if error.field else "profile"
        raise
