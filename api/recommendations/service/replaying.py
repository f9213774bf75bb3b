"""Gives a logged answer again, from what it was given from, and tells whether it is the same to the last bit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from engine.documents.seekers import seeker_from_document
from engine.encoder.encoder import Tower
from engine.encoder.texts import seeker_text
from engine.errors import Message
from engine.recommendation.query import Query
from engine.recommendation.recommend import Recommendations
from engine.seekers import Seeker
from index.replaying import bundle_as_served
from index.serving import ServedBundle
from store.evidence.answer_records import AnswerRecord
from store.evidence.past_jobs import PastJobs
from store.evidence.query_json import LoggedQuery, query_from_document
from store.evidence.recommendation_log import LoggedAnswer, read_answer
from store.matching.rows import vector_of

Shown = list[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Replayed:
    """An answer of the log, what was asked for, and its replay.

    `found` is the replay, `bundle` what it was asked of. `difference` is the first there is, in words; empty: none.
    `vector_distance` is how far any number of the person's vector is from what the logged model makes of the profile
    now; 0: the same bits.
    """

    logged: LoggedAnswer
    logged_query: LoggedQuery
    found: Recommendations
    bundle: ServedBundle
    difference: str
    vector_distance: float

    @property
    def shown(self) -> Shown:
        """The jobs and scores of the replay."""
        return self.found.shown

    @property
    def is_identical(self) -> bool:
        """Whether the replay names the same jobs with the same scores, to the last bit, from what was logged."""
        return not self.difference


def replay(recommendation_id: str, connection: Connection, bundles: Path) -> Replayed:
    """Give a logged answer again, from the bundles in a folder and the versions of jobs.

    Raises:
        NotFoundError: there is no such answer in the log. ArtifactError: its bundle is not kept any more, or damaged.
    """
    logged = read_answer(connection, recommendation_id)
    record = logged.record
    bundle = bundle_as_served(bundles, record.bundle, PastJobs(connection, record.job_change_number))
    logged_query = query_from_document(record.query)
    query = _query(record, logged_query)
    found = bundle.recommender.recommend(query, record.answered_at)
    parts = _difference_of_log(logged) or _difference_of_parts(record, bundle)
    difference = parts or _difference(record.shown, found.shown)
    return Replayed(logged, logged_query, found, bundle, difference, _vector_distance(query, bundle))


def answered_now(replayed: Replayed, seeker: Seeker, bundle: ServedBundle, now: datetime) -> Recommendations:
    """What the same question is answered now, of a profile as it is now."""
    vector: NDArray[np.float32] = bundle.encoder.encode([seeker_text(seeker)], Tower.SEEKER)[0]
    return bundle.recommender.recommend(_query_of(seeker, vector, replayed.logged_query), now)


def _query(record: AnswerRecord, logged_query: LoggedQuery) -> Query:
    vector = vector_of(record.vector)
    assert vector is not None
    return _query_of(seeker_from_document(record.document, record.seeker_id), vector, logged_query)


def _query_of(seeker: Seeker, vector: NDArray[np.float32], logged_query: LoggedQuery) -> Query:
    return Query(
        seeker,
        vector,
        logged_query.limit,
        logged_query.wanted,
        logged_query.locale,
        logged_query.excluded,
        logged_query.by_words,
        is_for_me=logged_query.is_for_me,
        sort=logged_query.sort,
        least_relevance=logged_query.least_relevance or 0.0,
        tells_nearest=logged_query.least_relevance is not None,
        stated_first=logged_query.stated_first,
    )


def _difference_of_log(logged: LoggedAnswer) -> str:
    """What in the log is not as it was written."""
    if logged.record.input_hash != logged.input_hash:
        return "the logged profile or its vector was changed: it has another SHA-256 than when it was logged"
    if logged.record.answer_hash != logged.answer_hash:
        return "the logged jobs or scores were changed: they have another SHA-256 than when they were logged"
    return ""


def _difference_of_parts(record: AnswerRecord, bundle: ServedBundle) -> str:
    """What in the bundle is not what answered."""
    parts = {
        "model": (record.model_id, bundle.model_id),
        "reranker": (record.reranker, bundle.recommender.reranker_name),
    }
    for name, (then, now) in parts.items():
        if then != now:
            return Message("the bundle's {name} is {now}, and {then} answered", name=name, now=now, then=then)
    return ""


def _difference(logged: Shown, shown: Shown) -> str:
    """The first place at which two lists of jobs and scores differ."""
    for place, (then, now) in enumerate(zip_longest(logged, shown), 1):
        if then != now:
            parts = {"place": place, "then": _described(then), "now": _described(now)}
            return Message("place {place}: the log has {then}, the replay {now}", **parts)
    return ""


def _described(job: tuple[str, float] | None) -> str:
    return Message("no job") if job is None else Message("{job_id} with {score}", job_id=job[0], score=repr(job[1]))


def _vector_distance(query: Query, bundle: ServedBundle) -> float:
    again = bundle.encoder.encode([seeker_text(query.seeker)], Tower.SEEKER)[0]
    return float(np.abs(again - query.seeker_vector).max())
