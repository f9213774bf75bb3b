"""The shapes of answers, for OpenAPI and the tests; `api.recommendations.service.answers` builds them without these."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, JsonValue, RootModel

from api.recommendations.schemas.answer_examples import (
    ANSWER_EXAMPLE,
    CHIP_EXAMPLE,
    SKILL_UNLOCK_EXAMPLE,
    UNLOCK_EXAMPLE,
)
from api.schemas.fields import Document
from api.schemas.problems import ProblemDocument
from engine.comparable_pay import Deduction, HoursBasis
from engine.documents.jobs import JobFacts
from engine.documents.parts import ApplyPart
from engine.explain import ReasonKind
from engine.filtering.what_ifs import Loosened
from engine.offer_signs import SignKind
from engine.recommendation.nearest import Lacks
from engine.retrieval.searcher import PlanKind
from engine.search.chips import ChipKind

Soles = Annotated[list[float], Field(min_length=2, max_length=2)]


class ComparablePayDocument(Document):
    """The pay in soles, each from a least to a most (equal where one amount is stated; 0 where only the top is).

    `hours_basis` tells where the hours a week come from: `stated` in the ad, its `full_time`, or `assumed` (full time,
    where the ad tells none). `rate_date` is the day of the exchange rate. `left_per_month` is what arrives after the
    `deduction`: 8% withheld from receipts over S/ 1,500, or the pension of a payroll.
    """

    per_hour: Soles | None = None
    per_month: Soles | None = None
    hours_per_week: float | None = None
    hours_basis: HoursBasis | None = None
    rate_date: str | None = None
    deduction: Deduction | None = None
    left_per_month: Soles | None = None


class JobCard(JobFacts):
    """A recommended posting; its description is at `/v1/jobs/{job_id}`."""

    comparable_pay: ComparablePayDocument | None = Field(None, description="what it pays in soles an hour and a month")
    apply: ApplyPart | None = Field(None, description="how one applies; null: an older bundle does not tell")
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


class ScoreBreakdown(Document):
    """What the score comes from; hours a week are null where the person or the posting states none.

    `core_hours_*` are those of them that must be inside a team's day; of several shifts it is the person's best one.
    `contributions` is null where no reranker was learned: then score = relevance x availability.
    """

    relevance: float
    availability: float
    hours_shared: float | None
    hours_needed: float | None
    core_hours_shared: float | None
    core_hours_needed: float | None
    contributions: Contributions | None


class ReasonDocument(Document):
    """One reason, ready to show; `ask` is a question to put to the employer."""

    kind: ReasonKind
    text: str


class WarningDocument(Document):
    """Something in the ad to be wary of, or that the law forbids to ask; `sentence` is the ad's own."""

    kind: SignKind
    text: str
    sentence: str


class SimilarJobDocument(Document):
    """Another ad of the same job; all of it is at `/v1/jobs/{job_id}`."""

    job_id: str
    title: str


class RecommendationDocument(Document):
    """One job, why it is recommended, and the parts of its score."""

    job_id: str
    job: JobCard
    score: float
    score_breakdown: ScoreBreakdown
    matched_skills: list[str]
    reasons: list[ReasonDocument]
    warnings: list[WarningDocument]
    similar_jobs: list[SimilarJobDocument] = Field(
        description="other ads of this job by its employer in its place, which take no place of their own: in other "
        "words, or at other hours that the person has too; at most 10 of those that would have had one, the best first"
    )


class MissingDocument(Document):
    """What a job lacks to be called a match: relevance, or some of the person's hours."""

    kind: Lacks
    text: str


class NearestDocument(RecommendationDocument):
    """A job that is no match, and what is missing; shown apart, never among matches."""

    missing: list[MissingDocument]


class ClassifiedDocument(Document):
    """A skill or an occupation of ESCO: its address there, and its name in the answer's language."""

    uri: str
    label: str


class LearningPathDocument(Document):
    """The steps to a skill by ESCO, the skill itself the last; at most five. Show `attribution` with it.

    `leads_to`: an occupation that uses it, which the ads' titles or the person's words name. `has`: what the person
    already mentions of what it takes.
    """

    text: str = Field(description="ready to show: what it leads to, the steps in order, what the person has")
    steps: Annotated[list[ClassifiedDocument], Field(min_length=2, max_length=5)]
    leads_to: ClassifiedDocument | None
    has: list[ClassifiedDocument]
    attribution: str = Field(description="what ESCO asks to be said of its use")


class UnlockDocument(Document):
    """A limit a step looser, and how many more distinct jobs would then be matches, counted by trying it.

    `change` is what to state in the next question: hours in a window, or a field of the profile or the filters. A
    `skill` is one that most of the nearest jobs ask for and the person does not mention; how many it would open is not
    known, and `opens` null. `path` is how to learn it; null where no path is known, absent for other kinds.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [UNLOCK_EXAMPLE, SKILL_UNLOCK_EXAMPLE]})

    kind: Loosened
    opens: int | None
    text: str
    change: dict[str, JsonValue]
    path: LearningPathDocument | None = None


class JobCandidateCounts(Document):
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


class ChipDocument(Document):
    """A limit that words of a search or a profile state: `label` for the person, the `quote` it was read from.

    To take one away, search again with the others as `understood`.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [CHIP_EXAMPLE]})

    kind: ChipKind
    label: str
    quote: str
    filters: dict[str, JsonValue] = Field(description="as `filters` and profiles write it; empty for `spelling`")


class RecommendationAnswer(Document):
    """The best jobs first, and the versions of index, model and reranker that chose them.

    `recommendations` are matches: relevant enough by people's judgement. There may be none; then `notice` says so.

    Made by an automatic system, which ranks ads and decides about nobody; whoever shows it says so (DS 115-2025-PCM). A
    person contests it by its `recommendation_id`, at `/v1/me/recommendations/{recommendation_id}/review-request` or by
    their app at `/v1/recommendations/{recommendation_id}/review-request`: a human then gives it again, decides, and
    says why.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [ANSWER_EXAMPLE]})

    recommendation_id: str = Field(
        description="names this answer: to be told with what becomes of its jobs (shown, clicked, applied for)"
    )
    recommendations: list[RecommendationDocument]
    bundle: str
    model: str
    reranker: str = Field(description="what scored: a learned reranker by its exact weights, or `formula`")
    candidates: JobCandidateCounts
    understood: list[ChipDocument] = Field(
        [], description="the limits that the words of a search or of a profile in the request state"
    )
    notice: str | None = Field(
        description="for the person, when fewer jobs are matches than were asked for: how few, and what opens most"
    )
    nearest: list[NearestDocument] = Field(
        description="when fewer jobs are matches than were asked for: what comes closest, at most 5; show it apart"
    )
    unlocks: list[UnlockDocument] = Field(
        description="when fewer jobs are matches than were asked for, or with `?unlocks=true`: what would open more"
    )
    plans: list[PlanDocument] | None = Field(None, description="only with `?explain=true`: how jobs were found")


class BatchAnswer(RecommendationAnswer):
    """One person's answer in a batch."""

    model_config = ConfigDict(json_schema_extra={"examples": [ANSWER_EXAMPLE | {"seeker_id": "rosa-1"}]})

    seeker_id: str


class BatchProblem(Document):
    """Why a person of a batch got no answer; `index` is their place in it, 0 for the first."""

    index: int
    seeker_id: str | None = Field(description="null where what was sent is no text, or a long one")
    problem: ProblemDocument


class BatchLine(RootModel[BatchAnswer | BatchProblem]):
    """A person's answer in a batch, or their problem."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                ANSWER_EXAMPLE | {"seeker_id": "rosa-1"},
                {
                    "index": 1,
                    "seeker_id": "rosa-2",
                    "problem": {
                        "type": "/problems/not-found",
                        "title": "There is no such thing",
                        "status": 404,
                        "detail": "no such seeker; got 'rosa-2'",
                    },
                },
            ]
        }
    )
