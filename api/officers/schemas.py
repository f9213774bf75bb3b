"""What officers of programmes send and read."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, JsonValue

from api.programmes.schemas import DECISION_EXAMPLE, DecisionShown, RuleOutcome
from api.schemas.fields import EXAMPLE_ID, WHEN, Document, FreeText, examples
from engine.programmes.days import Day
from engine.programmes.form import RULES_EXAMPLE, ProgrammeRules
from engine.programmes.judging import Eligibility

PERSON_EXAMPLE: dict[str, JsonValue] = {
    "screening_id": EXAMPLE_ID,
    "name": "Rosa Quispe",
    "email": "rosa@correo.pe",
    "phone": None,
    "asked_at": WHEN,
    "holds_until": "2027-11-25",
}
SCREENING_EXAMPLE: dict[str, JsonValue] = {
    "screening_id": EXAMPLE_ID,
    "version": 1,
    "eligibility": "not_eligible",
    "by_the_rules": "not_eligible",
    "rules": [{"kind": "age", "outcome": "met", "text": "Se cumple: Tu edad: 18 años o más.", "rules": []}],
    "decisions": [],
    "asked_at": WHEN,
    "holds_until": "2027-11-25",
    "appeal": {"case_id": EXAMPLE_ID, "text": "Mi hijo ya no vive en casa", "opened_at": WHEN, "is_open": True},
}


class Versions(Document):
    """Every version of a programme's rules as it was published, the first first."""

    model_config = examples({"items": [RULES_EXAMPLE]})

    items: list[ProgrammeRules]


class AnswerCounts(Document):
    """How many people have an answer that holds, in fives; null for one to four, of whom nothing is told."""

    model_config = examples({"eligible": 10, "not_eligible": None, "undecided": 30})

    eligible: int | None
    not_eligible: int | None
    undecided: int | None


class EligiblePersonDocument(Document):
    """Somebody who can enter and agreed that the programme knows her; nothing of what she told is here."""

    model_config = examples(PERSON_EXAMPLE)

    screening_id: str
    name: str | None
    email: str | None
    phone: str | None
    asked_at: str
    holds_until: Day


class EligiblePeople(Document):
    """A page of them."""

    model_config = examples({"items": [PERSON_EXAMPLE], "next_cursor": None})

    items: list[EligiblePersonDocument]
    next_cursor: str | None


class AnswerAppeal(Document):
    """What somebody says against an answer."""

    case_id: str
    text: str | None
    opened_at: str
    is_open: bool


class ScreeningShown(Document):
    """An answer without what the person told, with her appeal if there is one."""

    model_config = examples(SCREENING_EXAMPLE)

    screening_id: str
    version: int
    eligibility: Eligibility
    by_the_rules: Eligibility
    rules: list[RuleOutcome]
    decisions: list[DecisionShown]
    asked_at: str
    holds_until: Day
    appeal: AnswerAppeal | None


class Appeals(Document):
    """A page of answers that wait for a person, the oldest appeal first."""

    model_config = examples({"items": [SCREENING_EXAMPLE], "next_cursor": None})

    items: list[ScreeningShown]
    next_cursor: str | None


class OverrideRequest(Document):
    """What is decided in place of what the rules said, and why; the person reads the reason."""

    model_config = examples({key: DECISION_EXAMPLE[key] for key in ("eligibility", "reason")})

    eligibility: Literal[Eligibility.ELIGIBLE, Eligibility.NOT_ELIGIBLE]
    reason: Annotated[FreeText, Field(description="the person reads it")]
