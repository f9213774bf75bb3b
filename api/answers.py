"""The engine's recommendations as the answer of `POST /v1/recommendations`, in bytes: the hot path's last step."""

from __future__ import annotations

from typing import Any

import orjson

from engine.recommend import Recommendations
from engine.recommended import RecommendedJob
from engine.retrieval import Plan
from index.serving import ServedBundle

# The order of a recommender's segments.
SEGMENTS = ("bundle", "fresh")


def answer_json(
    found: Recommendations, bundle: ServedBundle, notice: str | None, *, explain: bool = False, seeker_id: str = ""
) -> bytes:
    """The answer's JSON, whose shape is `RecommendationAnswer`; `explain` adds the plans, `seeker_id` who asked."""
    named = {"seeker_id": seeker_id} if seeker_id else {}
    plans = {"plans": [_plan(name, plan) for name, plan in zip(SEGMENTS, found.plans, strict=False)]} if explain else {}
    return orjson.dumps(
        named
        | {
            "recommendations": [_recommendation(job) for job in found.jobs],
            "bundle": bundle.version,
            "model": bundle.model_id,
            "reranker": bundle.recommender.reranker_name,
            "candidates": {
                "catalogue": found.catalogue_size,
                "eligible": found.eligible_count,
                "reranked": found.candidate_count,
            },
            "notice": notice,
        }
        | plans
    )


def _plan(segment: str, plan: Plan) -> dict[str, Any]:
    return {"segment": segment, "plan": plan.kind.value, "lists_read": plan.probes, "came_short": plan.came_short}


def _recommendation(found: RecommendedJob) -> dict[str, Any]:
    return {
        "job_id": found.job_id,
        "job": orjson.Fragment(found.card_json),
        "score": round(found.score, 4),
        "parts": score_parts(found),
        "matched_skills": found.matched_skills,
        "reasons": [{"kind": reason.kind, "text": reason.text} for reason in found.reasons],
    }


def score_parts(found: RecommendedJob) -> dict[str, Any]:
    """What a score comes from, in the shape of `ScoreParts`."""
    return {
        "relevance": round(found.relevance, 4),
        "availability": round(found.availability, 4),
        "hours_shared": _rounded(found.hours_shared),
        "hours_needed": _rounded(found.hours_needed),
        "contributions": _contributions(found),
    }


def _contributions(found: RecommendedJob) -> dict[str, float] | None:
    if found.contributions is None:
        return None
    return {part: round(added, 4) for part, added in found.contributions.items()}


def _rounded(hours: float | None) -> float | None:
    return None if hours is None else round(hours, 2)
