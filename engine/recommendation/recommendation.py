"""A recommended job as answers tell it: the parts of its score, the skills and hours shared, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import orjson

from engine.availability import HoursRule
from engine.catalogue.catalogue import Catalogue
from engine.catalogue.job_cards import ToldJob, told_job
from engine.explain import Locale, Reason, personal_reasons, word_reasons
from engine.filtering.judged_hours import JudgedHours
from engine.reranking.order import Candidates
from engine.retrieval.segments import Judged
from engine.retrieval.word_search import LookedFor
from engine.skills import SeekerWords, spaced_words

# Enums are slow to look into, thirty times a request.
_UNSTATED = int(HoursRule.UNSTATED)

# What is said of the job in a row of a catalogue, and its card.
Tell = Callable[[Catalogue, int, Locale], tuple[ToldJob, bytes]]


class RecommendedJob(NamedTuple):
    """One job with the parts of its score; hours are None where the person or the posting states none.

    `card_json` is what answers show of it. `contributions` tell what the reranker added for each part, from `base` on;
    None where the formula scores.
    """

    job_id: str
    card_json: bytes
    score: float
    relevance: float
    availability: float
    hours_shared: float | None
    hours_needed: float | None
    contributions: dict[str, float] | None
    matched_skills: tuple[str, ...]
    reasons: list[Reason]

    @property
    def card(self) -> dict[str, Any]:
        """The card, read."""
        card: dict[str, Any] = orjson.loads(self.card_json)
        return card


class Worth(NamedTuple):
    """A candidate's score, its relevance, and what the reranker added for each part (None: the formula)."""

    score: float
    relevance: float
    contributions: dict[str, float] | None


def tell(catalogue: Catalogue, row: int, locale: Locale) -> tuple[ToldJob, bytes]:
    """What is said of a job, and its card, read from the catalogue."""
    return told_job(catalogue.told[row], locale), catalogue.cards[row]


def explained(
    judged: Sequence[Judged],
    locale: Locale,
    words: SeekerWords,
    candidates: Candidates,
    order: Sequence[int],
    worth: Sequence[Worth],
    tell: Tell = tell,
    looked_for: LookedFor | None = None,
) -> list[RecommendedJob]:
    """The candidates of `order`, each with what it was `worth` and why; with `looked_for`, what it says of that."""
    segments = [0] * len(order) if candidates.segment is None else candidates.segment[order].tolist()
    jobs = []
    for number, row, (score, relevance, added) in zip(segments, candidates.rows[order].tolist(), worth, strict=True):
        part = judged[number]
        catalogue, hours = part.segment.catalogue, part.hours
        schedule = int(catalogue.columns.schedule_number[row])
        shared, needed = _shared_and_needed(hours, schedule)
        availability = float(hours.availability[schedule])
        job, card = tell(catalogue, row, locale)
        skills = words.matched(job.skills, job.words)
        if looked_for is None:
            why = personal_reasons(job.wording, skills, shared, needed, locale) + job.reasons
        else:  # what somebody looks for is no skill of theirs
            why = word_reasons(looked_for.told_of(_says(job, card)), locale)
            why += personal_reasons(job.wording, (), shared, needed, locale) + job.reasons
        if needed is None:
            shared = None
        jobs.append(
            RecommendedJob(job.job_id, card, score, relevance, availability, shared, needed, added, skills, why)
        )
    return jobs


def _says(job: ToldJob, card: bytes) -> bytes:
    """All the words that a search finds a job by, spaces around each."""
    return job.words + spaced_words(orjson.loads(card).get("employer") or "").encode()


def _shared_and_needed(hours: JudgedHours, schedule: int) -> tuple[float | None, float | None]:
    """Hours shared with a schedule and hours it needs."""
    if hours.shared is None:
        return None, None
    unstated = hours.rules[schedule] == _UNSTATED
    return float(hours.shared.shared[schedule]), None if unstated else float(hours.shared.needed[schedule])
