"""Jobs that are not called a match and come nearest to one, each with what is missing: some hours, or likeness."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import NamedTuple, Protocol

import numpy as np

from engine.arrays import BoolArray, Rows, Vectors
from engine.catalogue.title_words import words_of_the_work
from engine.explain import Locale, PersonHours
from engine.filtering.filter_bitmaps import PassingSchedules
from engine.recommendation.recommendation import RecommendedJob, ScoreBreakdown, Telling
from engine.recommendation.similar import explained_places
from engine.recommendation.unlock_texts import missing_hours_texts, unlike_text
from engine.reranking.copies import Ads, Shown, without_copies
from engine.reranking.features import RerankRequest, request_of_one
from engine.reranking.order import JobCandidates, rerank
from engine.retrieval.segments import Eligibility, Segment
from engine.seekers import Seeker
from engine.skills import SeekerWords

MOST_NEAREST = 5
# A job misses narrowly where the person shares this much of its hours, lacks no more than a day and a half of them, and
# has some time on all but one of the days that it tells without hours.
LEAST_SHARED, MOST_HOURS_MISSING, MOST_DAYS_MISSING = 0.6, 12.0, 1
NEARLY_CONSIDERED = 50
# Of the floor's relevance: what has less comes near nothing.
NEAR_SHARE = 0.25


class Lacks(StrEnum):
    """Why a job is not called a match."""

    RELEVANCE = "relevance"
    HOURS = "hours"


class Missing(NamedTuple):
    """What is missing, ready to show."""

    kind: Lacks
    text: str


class NearestJob(NamedTuple):
    """A job that is no match, and what is missing."""

    job: RecommendedJob
    missing: list[Missing]


class Scoring(Protocol):
    """What scores candidates."""

    def scored(self, segment: Segment, request: RerankRequest) -> JobCandidates:
        """The candidates with their scores."""

    def breakdowns(self, candidates: JobCandidates, order: Rows) -> list[ScoreBreakdown]:
        """What the scores of some come from."""

    def is_match(self, cosines: Vectors, least: float) -> BoolArray:
        """Whether each is relevant enough to be called a match."""


def unlike_jobs(
    scoring: Scoring,
    telling: Telling,
    eligibilities: Sequence[Eligibility],
    candidates: JobCandidates,
    near: Rows,
    count: int,
    shown: Shown = (),
) -> list[NearestJob]:
    """The best of the candidates at the positions `near`, which the person can take and which are not relevant enough;
    a copy of what is `shown` is not told again."""
    near = without_copies(candidates, near, shown) if count else near
    if not (count and len(near)):
        return []
    best = rerank(candidates, count, near)
    jobs = explained_places(eligibilities, telling, candidates, best, scoring.breakdowns(candidates, best.order))
    missing = [Missing(Lacks.RELEVANCE, unlike_text(telling.locale))]
    return [NearestJob(job, missing) for job in jobs]


def narrowly_missed_jobs(
    scoring: Scoring,
    telling: Telling,
    seeker: Seeker,
    vector: Vectors,
    eligibilities: Sequence[Eligibility],
    least: float,
    count: int,
    shown: list[tuple[Ads, Rows]],
) -> list[NearestJob]:
    """Relevant jobs whose hours the person misses narrowly, and that break no other limit, the best first.

    Copies of what is `shown` are not among them, and they are added to it.
    """
    if seeker.availability is None or not count:
        return []
    narrow = [_narrowly_missed(eligibility) for eligibility in eligibilities]
    found_of_each = [eligibility.nearest(vector, NEARLY_CONSIDERED) for eligibility in narrow]
    if not any(scoring.is_match(found.cosines, least).any() for found in found_of_each):
        return []
    scored = []
    for eligibility, found in zip(narrow, found_of_each, strict=True):
        request = request_of_one(seeker, found, eligibility.hours, telling.now, telling.words)
        scored.append(scoring.scored(eligibility.segment, request))
    candidates = JobCandidates.joined(scored)
    assert candidates.cosines is not None
    good = without_copies(candidates, np.flatnonzero(scoring.is_match(candidates.cosines, least)), shown)
    if not len(good):
        return []
    best = rerank(candidates, count, good)
    shown.append((candidates, best.order))
    jobs = explained_places(narrow, telling, candidates, best, scoring.breakdowns(candidates, best.order))
    return [NearestJob(job, _missing_hours(job.hours, telling.locale)) for job in jobs]


def _missing_hours(hours: PersonHours | None, locale: Locale) -> list[Missing]:
    assert hours is not None
    return [Missing(Lacks.HOURS, text) for text in missing_hours_texts(hours, locale)]


def _narrowly_missed(eligibility: Eligibility) -> Eligibility:
    """The jobs of a segment whose hours alone rule them out, and narrowly."""
    shared, passing = eligibility.hours.shared, eligibility.hours.passing(eligibility.filter.wanted)
    assert shared is not None
    assert passing is not None
    lacking = np.fmax(shared.needed - shared.shared, shared.core_needed - shared.core_shared)
    are_hours_near = (shared.coverage >= LEAST_SHARED) & (lacking <= MOST_HOURS_MISSING)
    are_hours_near |= eligibility.hours.has_enough(eligibility.filter.wanted)
    is_near = are_hours_near & (np.bitwise_count(shared.days_without_time) <= MOST_DAYS_MISSING)
    missed = PassingSchedules(is_near & ~np.frombuffer(passing, dtype=np.bool_))
    return replace(eligibility, filter=replace(eligibility.filter, hours=missed))


SKILL_AMONG, LEAST_ASKING, MOST_PERSON_WORDS = 20, 3, 400


class LackedSkill(NamedTuple):
    """A skill that most of the nearest jobs ask for and the person does not mention: `asking` of `among` jobs do.

    Only jobs that name skills are counted: what the others ask for is not known. `titles` are those of the asking ones.
    """

    skill: str
    asking: int
    among: int
    titles: tuple[str, ...] = ()


def lacked_skill(
    telling: Telling, eligibilities: Sequence[Eligibility], candidates: JobCandidates, near: Rows
) -> LackedSkill | None:
    """The skill that most of the jobs at the positions `near` ask for; None where most ask for none in common."""
    assert candidates.cosines is not None
    nearest = near[np.argsort(-candidates.cosines[near], kind="stable")][:SKILL_AMONG]
    segments = np.zeros_like(nearest) if candidates.segment is None else candidates.segment[nearest]
    places = list(zip(segments.tolist(), candidates.rows[nearest].tolist(), strict=True))
    asking: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    among = 0
    for number, row in places:
        names = eligibilities[number].segment.catalogue.skills.names_of(row)
        among += bool(names)
        for words in names:
            asking[words].append((number, row))
    common = sorted((-len(those), words) for words, those in asking.items() if 2 * len(those) > among)
    for words in (words for count, words in common if -count >= LEAST_ASKING):
        if not _mentions(telling.words, words):
            those = asking[words]
            titles = tuple(eligibilities[number].segment.catalogue.name(row)[1] for number, row in those)
            skill = _written(f" {words} ", eligibilities, those, telling.locale)
            return LackedSkill(skill, len(those), among, titles)
    return None


def _mentions(person: SeekerWords, skill: str) -> bool:
    """Whether a person's words have a skill's, as they stand or in other forms: a seller mentions sales."""
    named = words_of_the_work(skill.split())
    return f" {skill} " in person.text or (
        bool(named) and named <= words_of_the_work(person.words, most=MOST_PERSON_WORDS)
    )


def _written(
    spaced: str, eligibilities: Sequence[Eligibility], places: Sequence[tuple[int, int]], locale: Locale
) -> str:
    """A skill's words as the first of the jobs that asks for it writes them."""
    for number, row in places:
        for skill, words in eligibilities[number].segment.catalogue.read_reason_inputs(row, locale).skills:
            if words == spaced:
                return skill
    return spaced.strip()
