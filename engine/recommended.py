"""A recommended job as answers tell it: the parts of its score, the skills and hours shared, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import orjson

from engine.availability import HoursRule
from engine.catalogue import Catalogue
from engine.explain import Locale, Reason, personal_reasons
from engine.job_cards import ToldJob, told_job
from engine.judged_hours import JudgedHours
from engine.rerank import Candidates
from engine.segments import Judged
from engine.skills import SeekerWords

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


def tell(catalogue: Catalogue, row: int, locale: Locale) -> tuple[ToldJob, bytes]:
    """What is said of a job, and its card, read from the catalogue."""
    return told_job(catalogue.told[row], locale), catalogue.cards[row]


def explained(
    judged: Sequence[Judged],
    locale: Locale,
    words: SeekerWords,
    candidates: Candidates,
    order: Sequence[int],
    contributions: Sequence[dict[str, float] | None],
    tell: Tell = tell,
) -> list[RecommendedJob]:
    """The candidates of `order`, each with what it was worth and why."""
    chosen = list(order)
    parts = (candidates.scores, candidates.relevance, candidates.availability)
    worth = zip(*(part[chosen].tolist() for part in parts), contributions, strict=True)
    segments = [0] * len(chosen) if candidates.segment is None else candidates.segment[chosen].tolist()
    places = zip(segments, candidates.rows[chosen].tolist(), strict=True)
    jobs = []
    for (number, row), (score, relevance, availability, added) in zip(places, worth, strict=True):
        part = judged[number]
        catalogue = part.segment.catalogue
        shared, needed = _shared_and_needed(part.hours, int(catalogue.columns.schedule_number[row]))
        job, card = tell(catalogue, row, locale)
        skills = words.matched(job.skills, job.words)
        why = personal_reasons(job.wording, skills, shared, needed, locale) + job.reasons
        hours = None if needed is None else shared
        jobs.append(RecommendedJob(job.job_id, card, score, relevance, availability, hours, needed, added, skills, why))
    return jobs


def _shared_and_needed(hours: JudgedHours, schedule: int) -> tuple[float | None, float | None]:
    """Hours shared with a schedule and hours it needs."""
    if hours.shared is None:
        return None, None
    unstated = hours.rules[schedule] == _UNSTATED
    return float(hours.shared.shared[schedule]), None if unstated else float(hours.shared.needed[schedule])
