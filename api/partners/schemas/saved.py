"""Jobs and people of a partner, one or many, as it saves them, is answered, and lists them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, JsonValue

from api.routing.lines import ONE_LINE
from api.schemas.fields import ID_PATTERN, WHEN, Document, Flag, examples
from api.schemas.problems import ProblemDocument
from api.schemas.state_reasons import StateReason
from engine.documents.jobs import JobDocument
from engine.documents.seekers import ProfileDocument

MOST_LINES = 1_000
Id = Annotated[str, Field(pattern=ID_PATTERN)]
JobState = Literal["open", "closed", "hidden", "waiting", "rejected"]
PROBLEM_EXAMPLE: dict[str, JsonValue] = {
    "type": "/problems/conflict",
    "title": "That is at odds with what is",
    "status": 409,
    "detail": "the id is taken",
}
REASON: dict[str, JsonValue] = {"code": "asks_for_money", "text": "It asks for money to apply or to start"}


class SavedJob(Document):
    """A job was stored. `waiting`: a person looks at it before it is shown; `state_reasons` say why it is not open."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"job_id": "web-1", "state": "waiting", "signs": ["asks_for_money"], "state_reasons": [REASON]}
            ]
        }
    )

    job_id: str
    state: JobState
    signs: list[str]
    state_reasons: list[StateReason]


class JobLine(Document):
    """One job of several."""

    job_id: Id
    job: JobDocument


class SeekerLine(Document):
    """One person of several."""

    seeker_id: Id
    profile: ProfileDocument
    is_findable: Flag = Field(False, description="the person agreed that employers may find them")


class JobLines(Document):
    """Up to 1,000 jobs to create or replace, in any order; of one that comes twice the last stands."""

    model_config = examples({"jobs": [{"job_id": "web-1", "job": {"title": "Diseñadora web", "modality": "remote"}}]})

    jobs: Annotated[list[Annotated[JobLine, ONE_LINE]], Field(min_length=1, max_length=MOST_LINES)]


class SeekerLines(Document):
    """Up to 1,000 profiles to create or replace, in any order; of one that comes twice the last stands."""

    model_config = examples({"seekers": [{"seeker_id": "rosa-1", "profile": {"text": "Diseñadora gráfica"}}]})

    seekers: Annotated[list[Annotated[SeekerLine, ONE_LINE]], Field(min_length=1, max_length=MOST_LINES)]


class SavedJobLine(Document):
    """What became of one job of several: it is stored, or there is a `problem` with it."""

    model_config = examples(
        {"index": 0, "job_id": "web-1", "state": "open", "signs": [], "state_reasons": []},
        {"index": 1, "job_id": "web-2", "problem": PROBLEM_EXAMPLE},
    )

    index: int
    job_id: str | None
    state: JobState | None = None
    signs: list[str] | None = None
    state_reasons: list[StateReason] | None = None
    problem: ProblemDocument | None = None


class SavedSeekerLine(Document):
    """What became of one profile of several: it is stored, or there is a `problem` with it."""

    model_config = examples(
        {"index": 0, "seeker_id": "rosa-1", "vector": "stored"},
        {"index": 1, "seeker_id": "rosa-2", "problem": PROBLEM_EXAMPLE},
    )

    index: int
    seeker_id: str | None
    vector: Literal["stored", "pending"] | None = None
    problem: ProblemDocument | None = None


class OwnJob(Document):
    """A job of a partner in a list; `job` is null once it is deleted."""

    job_id: str
    state: JobState
    job: JobDocument | None
    created_at: str
    updated_at: str


class OwnJobs(Document):
    """A page of a partner's jobs."""

    model_config = examples(
        {
            "items": [
                {
                    "job_id": "web-1",
                    "state": "open",
                    "job": {"title": "Diseñadora web"},
                    "created_at": WHEN,
                    "updated_at": WHEN,
                }
            ],
            "next_cursor": None,
        }
    )

    items: list[OwnJob]
    next_cursor: str | None


class OwnSeeker(Document):
    """A person of a partner in a list."""

    seeker_id: str
    profile: ProfileDocument
    is_findable: bool
    created_at: str
    updated_at: str


class OwnSeekers(Document):
    """A page of a partner's people."""

    model_config = examples(
        {
            "items": [
                {
                    "seeker_id": "rosa-1",
                    "profile": {"text": "Diseñadora gráfica"},
                    "is_findable": False,
                    "created_at": WHEN,
                    "updated_at": WHEN,
                }
            ],
            "next_cursor": None,
        }
    )

    items: list[OwnSeeker]
    next_cursor: str | None


class SavedSeeker(Document):
    """A profile was stored. `vector` is `pending` while no bundle is served: the first request then computes it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"seeker_id": "rosa-1", "vector": "stored"}]})

    seeker_id: str
    vector: Literal["stored", "pending"]
