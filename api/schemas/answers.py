"""The shapes of answers, for OpenAPI and the tests; answers are built in `api.answers`, without these."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.fields import Document
from api.schemas.jobs import JobFacts
from engine.explain import ReasonKind
from engine.retrieval import PlanKind


class JobCard(JobFacts):
    """A recommended posting; its description is at `/v1/jobs/{job_id}`."""

    summary: Annotated[str, Field(max_length=280)] | None = Field(None, description="how the description begins")


class Contributions(Document):
    """What the reranker started from and what each part added: together they are the score's log-odds.

    score = 1 / (1 + exp(-sum)); where the reranker is a random forest, score = sum. A part adds 0 when the job is
    in it like a typical candidate.
    """

    base: float
    relevance: float
    hours: float
    pay: float
    languages: float
    skills: float
    recency: float


class ScoreParts(Document):
    """What the score comes from; hours a week are null where the person or the posting states none.

    `contributions` is null where no reranker was learned: then score = relevance x availability.
    """

    relevance: float
    availability: float
    hours_shared: float | None
    hours_needed: float | None
    contributions: Contributions | None


class ReasonDocument(Document):
    """One reason, ready to show; `ask` is a question to put to the employer."""

    kind: ReasonKind
    text: str


class RecommendationDocument(Document):
    """One job, why it is recommended, and the parts of its score."""

    job_id: str
    job: JobCard
    score: float
    parts: ScoreParts
    matched_skills: list[str]
    reasons: list[ReasonDocument]


class CandidateCounts(Document):
    """How many jobs there were, met every hard constraint, and were reranked."""

    catalogue: int
    eligible: int
    reranked: int


class PlanDocument(Document):
    """How one segment's jobs were found: all scored, or those in the lists nearest the person.

    `came_short`: the lists held too few eligible jobs, so that all were scored after them.
    """

    segment: Literal["bundle", "fresh"]
    plan: PlanKind
    lists_read: int
    came_short: bool


class RecommendationAnswer(Document):
    """The best jobs first, and the versions of index, model and reranker that chose them."""

    recommendation_id: str = Field(
        description="names this answer: to be told with what becomes of its jobs (shown, clicked, applied for)"
    )
    recommendations: list[RecommendationDocument]
    bundle: str
    model: str
    reranker: str = Field(description="what scored: a learned reranker by its exact weights, or `formula`")
    candidates: CandidateCounts
    notice: str | None = Field(description="for the person, when fewer jobs fit than were asked for: what to loosen")
    plans: list[PlanDocument] | None = Field(None, description="only with `?explain=true`: how jobs were found")


class BatchLine(RecommendationAnswer):
    """One person's answer in a batch."""

    seeker_id: str


class SavedJob(Document):
    """A job was stored. `waiting`: a person looks at it before it is shown, because of its `signs` of fraud."""

    job_id: str
    state: Literal["open", "closed", "waiting", "rejected"]
    signs: list[str]


class SavedSeeker(Document):
    """A profile was stored. `vector` is `pending` while no bundle is served: the first request then computes it."""

    seeker_id: str
    vector: Literal["stored", "pending"]


class Health(Document):
    """The process answers."""

    status: Literal["ok"]


class Readiness(Document):
    """Requests can be answered, from this bundle."""

    status: Literal["ready"]
    bundle: str
    model: str


class InputFault(Document):
    """One thing wrong with the input, at the dotted path `field`."""

    field: str
    message: str
    expected: str | None = None
    got: str | None = None
    fix: str | None = None


class ProblemDocument(Document):
    """An RFC 9457 problem."""

    type: str = Field(examples=["/problems/invalid-input"])
    title: str
    status: int
    detail: str
    errors: list[InputFault] | None = None
    missing: dict[str, str] | None = Field(None, description="of /readyz: what is not there, and why")
