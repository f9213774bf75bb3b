"""The jobs that are new, served apart from all others: who is told of new jobs is asked of these alone.

How rare a word is, and which limits words state, the whole bundle says still.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

import numpy as np
from sqlalchemy import Connection

from engine.arrays import AnyVectors
from engine.encoder.encoder import Tower
from engine.encoder.texts import job_text
from engine.filtering.bitmaps import pack_mask
from engine.recommendation.recommend import Recommender
from engine.recommendation.recommend_many import ManyRecommender
from index.fresh import FreshJob, FreshJobs
from index.serving import ServedBundle
from store.alerts.new_jobs import opened_between, read_jobs
from store.matching.job_changes import JobChange


@dataclass
class NewJobs:
    """Those that were first seen open after a moment, with when, the first first; `recommender` knows no others."""

    bundle: ServedBundle
    opened: list[tuple[str, datetime]]
    recommender: Recommender
    _before: dict[datetime, frozenset[str]] = field(default_factory=dict)

    def before(self, since: datetime) -> frozenset[str]:
        """Those that were seen at a moment already."""
        if since not in self._before:
            count = bisect_right(self.opened, since, key=lambda one: one[1])
            self._before[since] = frozenset(job_id for job_id, _ in self.opened[:count])
        return self._before[since]

    @cached_property
    def ids(self) -> frozenset[str]:
        """Their ids."""
        return frozenset(job_id for job_id, _ in self.opened)

    @cached_property
    def many(self) -> ManyRecommender:
        """Answers for many people at once."""
        return ManyRecommender(replace(self.recommender, segments=self.recommender.segments[1:]))


def new_jobs(connection: Connection, bundle: ServedBundle, since: datetime, now: datetime) -> NewJobs | None:
    """The jobs that were first seen open since a moment; None for none."""
    opened = opened_between(connection, since, now)
    if not opened:
        return None
    changes = read_jobs(connection, [job_id for job_id, _ in opened])
    whole = bundle.recommender.segments[0]
    fresh = FreshJobs(whole, bundle.job_vectors).apply(_with_vectors(changes, bundle))[1:]
    if not fresh:
        return None
    nothing = pack_mask(np.zeros(len(whole.catalogue), dtype=np.bool_))
    recommender = replace(bundle.recommender, segments=(replace(whole, alive=nothing), *fresh))
    return NewJobs(bundle, opened, recommender)


def _with_vectors(changes: list[JobChange], bundle: ServedBundle) -> list[FreshJob]:
    """The jobs with vectors by the bundle's model; those that it did not make are made here."""
    missing = [one for one in changes if one.vector is None or one.vector_model_id != bundle.model_id]
    texts = {one.job_id: job_text(one.job) for one in missing if one.job is not None}
    encoded: Iterable[AnyVectors] = bundle.encoder.encode(list(texts.values()), Tower.JOB) if texts else ()
    made = dict(zip(texts, encoded, strict=True))
    return [FreshJob(one.job_id, one.job, made.get(one.job_id, one.vector)) for one in changes]
