"""The request body of `POST /v1/jobs/{job_id}/candidates`, and its answer."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from api.recommendations.schemas.answer_examples import SCORE_BREAKDOWN_EXAMPLE
from api.recommendations.schemas.answers import ScoreBreakdown
from api.schemas.fields import Document
from api.schemas.problems import VERSIONS
from engine.recommendation.recommend import MAX_LIMIT


class PeopleForJobRequest(Document):
    """How many people to name."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"limit": 10}]})

    limit: Annotated[int, Field(strict=True, ge=1, le=MAX_LIMIT)] = 10


class PersonCandidateDocument(Document):
    """One person: the score that the job has for them, its parts, and the skills the two share."""

    seeker_id: str
    score: float
    score_breakdown: ScoreBreakdown
    matched_skills: list[str]


class PeopleCounts(Document):
    """How many of the nearest people were considered, and how many of those can take the job."""

    considered: int
    eligible: int


class PeopleForJobAnswer(Document):
    """The best people first, and the versions of index, model and reranker that chose them."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "job_id": "web-1",
                    "candidates": [
                        {
                            "seeker_id": "rosa-1",
                            "score": 0.9268,
                            "score_breakdown": SCORE_BREAKDOWN_EXAMPLE,
                            "matched_skills": ["Photoshop"],
                        }
                    ],
                    **VERSIONS,
                    "people": {"considered": 200, "eligible": 61},
                }
            ]
        }
    )

    job_id: str
    candidates: list[PersonCandidateDocument]
    bundle: str
    model: str
    reranker: str
    people: PeopleCounts
