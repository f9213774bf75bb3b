"""The engine's recommendations as the answer of `POST /v1/recommendations`, in bytes: the hot path's last step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import orjson

from api.recommendations.service.apart import missing_documents, unlock_documents
from engine.explain import Locale, PersonHours
from engine.learning_paths.paths import LearningPath
from engine.recommendation.nearest import NearestJob
from engine.recommendation.recommend import Recommendations
from engine.recommendation.recommendation import RecommendedJob
from engine.retrieval.searcher import Plan
from engine.search.chip_labels import chip_label
from engine.search.chips import Chip, filter_document
from index.serving import ServedBundle

# The order of a recommender's segments.
SEGMENTS = ("bundle", "fresh")
SCORE_DECIMALS, HOURS_DECIMALS = 4, 2
_NO_HOURS = (None, None, None, None)


def answer_json(
    found: Recommendations,
    bundle: ServedBundle,
    notice: str | None,
    locale: Locale = Locale.ES,
    *,
    recommendation_id: str,
    explain: bool = False,
    seeker_id: str = "",
    understood: list[dict[str, Any]] | None = None,
    path: LearningPath | None = None,
) -> bytes:
    """The answer's JSON, whose shape is `RecommendationAnswer`; `explain` adds the plans, `seeker_id` who asked,
    `understood` the limits that words state; `path` leads to the lacked skill."""
    read = {} if understood is None else {"understood": understood}
    named = {"seeker_id": seeker_id} if seeker_id else {}
    plans = {"plans": [_plan(name, plan) for name, plan in zip(SEGMENTS, found.plans, strict=False)]} if explain else {}
    return orjson.dumps(
        named
        | {
            "recommendation_id": recommendation_id,
            "recommendations": recommendation_documents(found.jobs),
            "bundle": bundle.version,
            "model": bundle.model_id,
            "reranker": bundle.recommender.reranker_name,
            "candidates": {
                "catalogue": found.catalogue_size,
                "eligible": found.eligible_count,
                "reranked": found.candidate_count,
            },
            "notice": notice,
            "nearest": _nearest(found.nearest) if found.nearest else [],
            "unlocks": unlock_documents(found, locale, path) if found.unlocks or found.lacked_skill else [],
        }
        | read
        | plans
    )


def recommendation_documents(jobs: Sequence[RecommendedJob]) -> list[dict[str, Any]]:
    """Each job in the shape of `RecommendationDocument`."""
    return [_recommendation(job, *told) for job, told in zip(jobs, scores_and_breakdowns(jobs), strict=True)]


def _nearest(nearest: Sequence[NearestJob]) -> list[dict[str, Any]]:
    jobs = recommendation_documents([near.job for near in nearest])
    return [job | {"missing": missing} for job, missing in zip(jobs, missing_documents(nearest), strict=True)]


def chip_documents(chips: Sequence[Chip], locale: Locale) -> list[dict[str, Any]]:
    """The limits that words state, in the shape of `ChipDocument`."""
    return [
        {"kind": chip.kind, "label": chip_label(chip, locale), "quote": chip.words, "filters": filter_document(chip)}
        for chip in chips
    ]


def _plan(segment: str, plan: Plan) -> dict[str, Any]:
    return {"segment": segment, "plan": plan.kind.value, "lists_read": plan.probes, "came_short": plan.came_short}


def _recommendation(found: RecommendedJob, score: float, score_breakdown: dict[str, Any]) -> dict[str, Any]:
    return {
        "job_id": found.job_id,
        "job": orjson.Fragment(found.card_json),
        "score": score,
        "score_breakdown": score_breakdown,
        "matched_skills": found.matched_skills,
        "reasons": [{"kind": reason.kind, "text": reason.text} for reason in found.reasons],
        "warnings": [{"kind": one.kind, "text": one.text, "sentence": one.sentence} for one in found.warnings],
        "similar_jobs": [{"job_id": one.job_id, "title": one.title} for one in found.similar],
    }


def scores_and_breakdowns(jobs: Sequence[RecommendedJob]) -> list[tuple[float, dict[str, Any]]]:
    """Each job's score and what it comes from, in the shape of `ScoreBreakdown`, rounded for people; NaN becomes null.

    All numbers of an answer are rounded at once: one after the other takes a tenth of finding them.
    """
    if not jobs:
        return []
    groups = list(jobs[0].contributions or ())
    numbers = np.array([_numbers(job) for job in jobs], dtype=np.float64)
    hours = np.round(numbers[:, 3:7], HOURS_DECIMALS).tolist()
    rows = np.round(numbers, SCORE_DECIMALS).tolist()
    return [
        (
            row[0],
            {
                "relevance": row[1],
                "availability": row[2],
                "hours_shared": shared,
                "hours_needed": needed,
                "core_hours_shared": core_shared,
                "core_hours_needed": core_needed,
                "contributions": dict(zip(groups, row[7:], strict=True)) if groups else None,
            },
        )
        for row, (shared, needed, core_shared, core_needed) in zip(rows, hours, strict=True)
    ]


def _numbers(job: RecommendedJob) -> tuple[float | None, ...]:
    added = job.contributions.values() if job.contributions else ()
    return (job.score, job.relevance, job.availability, *_stated_hours(job.hours), *added)


def _stated_hours(hours: PersonHours | None) -> tuple[float | None, ...]:
    """Hours shared and needed, in all and inside the team's day; none where the job states none."""
    if hours is None or hours.needed is None:
        return _NO_HOURS
    return hours[:4]
