"""The same answers for many people at once: what costs a step of numpy for one person costs the same for a hundred."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from itertools import islice

import numpy as np

from engine.recommendation.recommend import (
    Query,
    Recommendations,
    Recommender,
    candidates_for,
    eligible_count,
    nearest_of_all,
)
from engine.recommendation.recommendation import explained, tell
from engine.reranking.features import Asked
from engine.reranking.order import Candidates, rerank
from engine.retrieval.searcher import Found
from engine.retrieval.segments import Judged
from engine.skills import SeekerWords, seeker_words

TOLD_KEPT = 4096  # jobs that many people are recommended, at about 5 kB each


class ManyRecommender:
    """Answers as `recommender` does, for people who come in groups; not to be shared between threads."""

    def __init__(self, recommender: Recommender) -> None:
        self.recommender = recommender
        self._tell = lru_cache(maxsize=TOLD_KEPT)(tell)

    def recommend(self, queries: Sequence[Query], now: datetime) -> list[Recommendations]:
        """The best jobs for each of some people at `now` (aware)."""
        if not queries:
            return []
        judged = [
            [segment.judged(query.seeker, query.wanted, now, query.excluded) for segment in self.recommender.segments]
            for query in queries
        ]
        found = _nearest(judged, queries)
        words = [seeker_words(query.seeker) for query in queries]
        candidates, person = self._scored(queries, words, judged, found, now)
        best = _best_of_each(candidates, person, queries)
        worth = iter(self.recommender.worth(candidates, np.concatenate(best)))
        answers = []
        for query, said, parts, hits, order in zip(queries, words, judged, found, best, strict=True):
            theirs = list(islice(worth, len(order)))
            jobs = explained(parts, query.locale, said, candidates, order.tolist(), theirs, self._tell)
            answers.append(Recommendations.of(self.recommender, eligible_count(parts), hits, jobs))
        return answers

    def _scored(
        self,
        queries: Sequence[Query],
        words: Sequence[SeekerWords],
        judged: Sequence[Sequence[Judged]],
        found: Sequence[Sequence[Found]],
        now: datetime,
    ) -> tuple[Candidates, np.ndarray]:
        """Everybody's candidates with their scores, and whose each is."""
        seekers = [query.seeker for query in queries]
        scored, people = [], []
        for number, segment in enumerate(self.recommender.segments):
            hits = [parts[number] for parts in found]
            person = np.repeat(np.arange(len(queries)), [len(one.rows) for one in hits])
            rows, cosines = (np.concatenate([getattr(one, name) for one in hits]) for name in ("rows", "cosines"))
            hours = [parts[number].hours for parts in judged]
            asked = Asked(seekers, rows, cosines, hours, now, words, person)
            scored.append(self.recommender.scored(segment.catalogue, asked))
            people.append(person)
        return Candidates.joined(scored), np.concatenate(people)


def _nearest(judged: Sequence[Sequence[Judged]], queries: Sequence[Query]) -> list[list[Found]]:
    """For each person the nearest jobs of each segment."""
    counts = [candidates_for(query.limit) for query in queries]
    vectors = np.array([query.seeker_vector for query in queries], dtype=np.float32)
    by_segment = [
        parts[0].segment.searcher.search_many(vectors, [part.filter for part in parts], counts)
        for parts in zip(*judged, strict=True)
    ]
    return [nearest_of_all(found, count) for found, count in zip(zip(*by_segment, strict=True), counts, strict=True)]


def _best_of_each(candidates: Candidates, person: np.ndarray, queries: Sequence[Query]) -> list[np.ndarray]:
    """For each person the positions of their best candidates, best first."""
    by_person = np.argsort(person, kind="stable")
    ends = np.searchsorted(person[by_person], np.arange(1, len(queries))).tolist()
    theirs = np.split(by_person, ends)
    return [rerank(candidates, query.limit, own) for query, own in zip(queries, theirs, strict=True)]
