"""The same answers for many people at once: what costs a step of numpy for one person costs the same for a hundred."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import islice

import numpy as np

from engine.arrays import Rows
from engine.recommendation.query import Query
from engine.recommendation.recommend import (
    Recommendations,
    Recommender,
    candidates_for,
    eligible_count,
    nearest_of_all,
)
from engine.recommendation.recommendation import Telling
from engine.recommendation.similar import explained_places
from engine.recommendation.sorting import best_jobs
from engine.reranking.copies import Places
from engine.reranking.features import RerankRequest
from engine.reranking.order import JobCandidates
from engine.retrieval.searcher import Found
from engine.retrieval.segments import Eligibility
from engine.skills import SeekerWords, seeker_words


class ManyRecommender:
    """Answers as `recommender` does, for people who come in groups; not to be shared between threads."""

    def __init__(self, recommender: Recommender) -> None:
        self.recommender = recommender

    def recommend(self, queries: Sequence[Query], now: datetime) -> list[Recommendations]:
        """The best jobs for each of some people at `now` (aware)."""
        if not queries:
            return []
        eligibilities = [
            [
                segment.eligibility(query.seeker, query.wanted, now, query.excluded)
                for segment in self.recommender.segments
            ]
            for query in queries
        ]
        found = _nearest(eligibilities, queries)
        words = [seeker_words(query.seeker) for query in queries]
        candidates, person = self._scored(queries, words, eligibilities, found, now)
        own_positions = _positions_of_each(person, len(queries))
        best = [self._best(candidates, *parts) for parts in zip(queries, eligibilities, own_positions, strict=True)]
        breakdowns = iter(self.recommender.breakdowns(candidates, np.concatenate([one.order for one in best])))
        answers = []
        parts = zip(queries, words, eligibilities, found, own_positions, best, strict=True)
        for query, own_words, own, hits, positions, places in parts:
            theirs = list(islice(breakdowns, len(places.order)))
            eligible = eligible_count(own)
            if self.recommender.needs_more(len(places.order), query, hits, eligible):
                answers.append(self.recommender.recommend(query, now))
                continue
            telling = Telling(
                query.locale, now, own_words, asks_hours=query.is_for_me, asks_languages=query.asks_languages
            )
            jobs = explained_places(own, telling, candidates, places, theirs)
            least = self.recommender.least_relevance(query)
            answer = Recommendations.of(self.recommender, eligible, hits, jobs, least)
            answers.append(
                self.recommender.with_nearest(answer, query, telling, own, candidates, places.order, positions)
            )
        return answers

    def _best(
        self, candidates: JobCandidates, query: Query, eligibilities: Sequence[Eligibility], positions: Rows
    ) -> Places:
        """A person's best candidates among their `positions`."""
        recommender = self.recommender
        matches = recommender.matches(candidates, recommender.least_relevance(query), positions)
        return best_jobs(candidates, eligibilities, query.limit, query.sort, matches)

    def _scored(
        self,
        queries: Sequence[Query],
        words: Sequence[SeekerWords],
        eligibilities: Sequence[Sequence[Eligibility]],
        found: Sequence[Sequence[Found]],
        now: datetime,
    ) -> tuple[JobCandidates, np.ndarray]:
        """Everybody's candidates with their scores, and whose each is."""
        seekers = [query.seeker for query in queries]
        scored, people = [], []
        for number, segment in enumerate(self.recommender.segments):
            hits = [own[number] for own in found]
            person = np.repeat(np.arange(len(queries)), [len(one.rows) for one in hits])
            rows, cosines = (np.concatenate([getattr(one, name) for one in hits]) for name in ("rows", "cosines"))
            hours = [own[number].hours for own in eligibilities]
            request = RerankRequest(seekers, rows, cosines, hours, now, words, person)
            scored.append(self.recommender.scored(segment, request))
            people.append(person)
        return JobCandidates.joined(scored), np.concatenate(people)


def _nearest(eligibilities: Sequence[Sequence[Eligibility]], queries: Sequence[Query]) -> list[list[Found]]:
    """For each person the nearest jobs of each segment."""
    counts = [candidates_for(query.limit) for query in queries]
    vectors = np.array([query.seeker_vector for query in queries], dtype=np.float32)
    by_segment = [
        segment[0].segment.searcher.search_many(vectors, [eligibility.filter for eligibility in segment], counts)
        for segment in zip(*eligibilities, strict=True)
    ]
    return [nearest_of_all(found, count) for found, count in zip(zip(*by_segment, strict=True), counts, strict=True)]


def _positions_of_each(person: np.ndarray, people: int) -> list[np.ndarray]:
    """For each person the positions of their candidates."""
    by_person = np.argsort(person, kind="stable")
    ends = np.searchsorted(person[by_person], np.arange(1, people)).tolist()
    return np.split(by_person, ends)
