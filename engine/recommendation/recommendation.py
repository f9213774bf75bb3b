"""A recommended job as answers show it: the parts of its score, the skills and hours shared, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np
import orjson

from engine.catalogue.job_cards import ReasonInputs, shown_card
from engine.explain import Locale, PersonHours, Reason, age_reasons, personal_reasons, term_match_reasons
from engine.filtering.schedule_fit import ScheduleFit
from engine.reranking.order import JobCandidates
from engine.retrieval.lexical_search import QueryTerms
from engine.retrieval.segments import Eligibility
from engine.sign_texts import JobWarning
from engine.skills import SeekerWords, spaced_words
from engine.slots import weekdays_of

SECONDS_PER_DAY = 86400
# Reads what the reasons of a catalogue's row are made of, and its card.


class SimilarJob(NamedTuple):
    """Another ad of the same job."""

    job_id: str
    title: str


class RecommendedJob(NamedTuple):
    """One job with the parts of its score; `hours` are None where the person states none.

    `card_json` is what answers show of it, `similar` are its other ads. `contributions` are what the reranker added for
    each group of features, from `base` on; None where the formula scores.
    """

    job_id: str
    card_json: bytes
    score: float
    relevance: float
    availability: float
    hours: PersonHours | None
    contributions: dict[str, float] | None
    matched_skills: tuple[str, ...]
    reasons: list[Reason]
    warnings: list[JobWarning]
    similar: tuple[SimilarJob, ...] = ()

    @property
    def card(self) -> dict[str, Any]:
        """The card, read."""
        card: dict[str, Any] = orjson.loads(self.card_json)
        return card


class ScoreBreakdown(NamedTuple):
    """A candidate's score, its relevance, and what the reranker added for each group of features (None: the
    formula)."""

    score: float
    relevance: float
    contributions: dict[str, float] | None


class Telling(NamedTuple):
    """How jobs are told: in which language, at which moment, of whom; with `query_terms`, which of them a job has.

    `asks_hours`: who states no hours is asked for them. `asks_languages`: they state no languages, and are told of
    those that a job asks for.
    """

    locale: Locale
    now: datetime
    words: SeekerWords
    query_terms: QueryTerms | None = None
    asks_hours: bool = True
    asks_languages: bool = False


def explained(
    eligibilities: Sequence[Eligibility],
    telling: Telling,
    candidates: JobCandidates,
    order: Sequence[int],
    breakdowns: Sequence[ScoreBreakdown],
) -> list[RecommendedJob]:
    """The candidates of `order`, each with its score and why."""
    locale, words, query_terms = telling.locale, telling.words, telling.query_terms
    segments = [0] * len(order) if candidates.segment is None else candidates.segment[order].tolist()
    rows, posted_at = candidates.rows[order].tolist(), candidates.posted_at[order].tolist()
    today = int(telling.now.timestamp())
    jobs = []
    for number, row, posted, (score, relevance, added) in zip(segments, rows, posted_at, breakdowns, strict=True):
        eligibility = eligibilities[number]
        catalogue, hours = eligibility.segment.catalogue, eligibility.hours
        schedule = int(catalogue.columns.schedule_number[row])
        of_person = _person_hours(hours, schedule)
        availability = float(hours.availability[schedule])
        job, card = catalogue.read_reason_inputs(row, locale), catalogue.cards[row]
        skills = words.matched(job.skills, job.words)
        told = () if query_terms is not None else skills  # what somebody looks for is no skill of theirs
        why = personal_reasons(job.wording, told, of_person, locale, asks_hours=telling.asks_hours) + job.reasons
        if query_terms is not None:
            why = term_match_reasons(query_terms.matched(_searchable_words(job, card)), locale) + why
        if telling.asks_languages:
            why += job.languages
        if posted:
            why += age_reasons((today - posted) // SECONDS_PER_DAY, locale)
        jobs.append(
            RecommendedJob(
                job.job_id,
                shown_card(card, job.apply),
                score,
                relevance,
                availability,
                of_person,
                added,
                skills,
                why,
                job.warnings,
            )
        )
    return jobs


def _searchable_words(job: ReasonInputs, card: bytes) -> bytes:
    """All the words that a search finds a job by, spaces around each."""
    return job.words + spaced_words(orjson.loads(card).get("employer") or "").encode()


def _person_hours(fit: ScheduleFit, schedule: int) -> PersonHours | None:
    """The person's hours of a schedule; None when they state none."""
    shared = fit.shared
    if shared is None:
        return None
    return PersonHours(
        float(shared.shared[schedule]),
        _known(shared.needed[schedule]),
        _known(shared.core_shared[schedule]),
        _known(shared.core_needed[schedule]),
        int(shared.best_shift[schedule]),
        int(shared.free_shifts[schedule]),
        weekdays_of(int(shared.days_without_time[schedule])),
    )


def _known(hours: np.float32) -> float | None:
    return None if hours != hours else float(hours)  # NaN is not itself
