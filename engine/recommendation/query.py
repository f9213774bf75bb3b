"""What is asked: a person, how many jobs, and what they must be like."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.explain import Locale
from engine.filtering.filters import JobFilter
from engine.recommendation.sorting import JobSort
from engine.seekers import Seeker


@dataclass(frozen=True, slots=True)
class Query:
    """A query: a person, their vector `[dimension]`, how many jobs, and what they must be like.

    `excluded`: the ids of jobs that are not for this person, whatever they are like. `by_words`: the person's text is
    what they look for, and jobs that say it are found too. `is_for_me`: what the person can take counts; who looks at
    all jobs is not asked for hours. `least_relevance`: what is less relevant is not called a match (None: as judged for
    the model). `tells_nearest`: where matches are few, what comes nearest is told, and what would open more; the last
    always with `tells_unlocks`. `sort`: what the answer is put in order by. `stated_first`: jobs that state that they
    meet a limit come before those that do not say.
    """

    seeker: Seeker
    seeker_vector: NDArray[np.float32]
    limit: int = 10
    wanted: JobFilter = field(default_factory=JobFilter)
    locale: Locale = Locale.ES
    excluded: frozenset[str] = frozenset()
    by_words: bool = False
    is_for_me: bool = True
    sort: JobSort = JobSort.BEST
    least_relevance: float | None = None
    tells_nearest: bool = True
    tells_unlocks: bool = False
    stated_first: bool = False

    @property
    def asks_languages(self) -> bool:
        """Whether jobs are for the person, and they state no languages."""
        return self.is_for_me and not self.seeker.languages
