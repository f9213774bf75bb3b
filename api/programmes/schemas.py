"""Programmes, their rules in words, and answers to people, as several audiences read them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, JsonValue

from api.schemas.fields import EXAMPLE_ID, WHEN, Document, examples
from engine.programmes.days import Day
from engine.programmes.figures import Figure
from engine.programmes.judging import Eligibility, Outcome, Proof
from store.programmes.screenings import DecidedBy

FIGURE_EXAMPLE: dict[str, JsonValue] = {
    "line": "poverty_line",
    "soles_per_month": 454,
    "year": 2024,
    "source": "INEI, Perú: Evolución de la Pobreza Monetaria 2015-2024",
}
RULE_EXAMPLE: dict[str, JsonValue] = {
    "kind": "household_income_per_head",
    "text": "El ingreso de tu hogar, dividido entre quienes viven de él, es de S/ 454 al mes o menos: …",
    "figure": FIGURE_EXAMPLE,
    "rules": [],
}
SUMMARY_EXAMPLE: dict[str, JsonValue] = {
    "programme_id": EXAMPLE_ID,
    "name": "Conectados",
    "organisation": "Ministerio de Trabajo",
    "description": "Una computadora prestada por un año",
    "ends_on": "2027-12-31",
    "version_in_force": 1,
}
VERSION_EXAMPLE: dict[str, JsonValue] = {
    "version": 1,
    "in_force_from": "2026-12-01",
    "in_force_to": None,
    "valid_months": 12,
    "is_in_force": True,
    "rules": [RULE_EXAMPLE],
}
DECISION_EXAMPLE: dict[str, JsonValue] = {
    "eligibility": "eligible",
    "reason": "La boleta que trajo dice otra cosa que lo que escribió",
    "decided_by": "officer",
    "decided_at": WHEN,
}
SCREENING_EXAMPLE: dict[str, JsonValue] = {
    "screening_id": EXAMPLE_ID,
    "programme_id": EXAMPLE_ID,
    "programme": "Conectados",
    "organisation": "Ministerio de Trabajo",
    "version": 1,
    "eligibility": "undecided",
    "by_the_rules": "undecided",
    "message": "Todavía no se puede decidir: falta lo que ves abajo. No es un no.",
    "rules": [
        {
            "kind": "household_income_per_head",
            "outcome": "unknown",
            "text": "Falta una prueba: el ingreso de tu hogar …",
            "value": None,
            "figure": FIGURE_EXAMPLE,
            "rules": [],
        }
    ],
    "missing": [
        {
            "proof": "household_size",
            "text": "Cuántas personas viven de ese ingreso, contándote.",
            "at": "/v1/me/private-details",
        }
    ],
    "decisions": [],
    "shares_contact": True,
    "asked_at": WHEN,
    "holds_until": "2027-11-25",
    "holds": True,
    "appeal_at": f"/v1/me/screenings/{EXAMPLE_ID}/appeal",
    "appeal_to": "Mesa de partes del ministerio",
}


class RuleShown(Document):
    """What a rule asks for, in words, with its figure; `rules` are those of a group."""

    model_config = examples(RULE_EXAMPLE)

    kind: str
    text: str
    figure: Figure | None
    rules: list[RuleShown]


class VersionShown(Document):
    """A version of a programme's rules, in words."""

    model_config = examples(VERSION_EXAMPLE)

    version: int
    in_force_from: Day
    in_force_to: Day | None
    valid_months: int
    is_in_force: bool
    rules: list[RuleShown]


class ProgrammeSummary(Document):
    """A programme; `version_in_force` is null while none of its rules hold."""

    model_config = examples(SUMMARY_EXAMPLE)

    programme_id: str
    name: str
    organisation: str
    description: str
    ends_on: Day | None
    version_in_force: int | None


class Programmes(Document):
    """A page of programmes."""

    model_config = examples({"items": [SUMMARY_EXAMPLE], "next_cursor": None})

    items: list[ProgrammeSummary]
    next_cursor: str | None


class ProgrammeDetail(ProgrammeSummary):
    """A programme with every version of its rules, the first first; what an answer reads, and how long it is kept."""

    model_config = examples(
        SUMMARY_EXAMPLE
        | {
            "appeal_to": "Mesa de partes del ministerio",
            "versions": [VERSION_EXAMPLE],
            "reads": ["household_income", "household_size"],
            "consents": ["screening", "sensitive"],
            "kept_months": 36,
        }
    )

    appeal_to: str
    versions: list[VersionShown]
    reads: list[Proof] = Field(description="what the rules in force read of a person")
    consents: list[str] = Field(description="to agree to before it is read")
    kept_months: int = Field(description="how long an answer is kept, sealed")


class RuleOutcome(Document):
    """What came of a rule, without what the person told."""

    kind: str
    outcome: Outcome
    text: str
    rules: list[RuleOutcome]


class RuleAnswer(Document):
    """What came of a rule, with what the person told and the figure it was held against."""

    kind: str
    outcome: Outcome
    text: str
    value: dict[str, JsonValue] | None
    figure: Figure | None
    rules: list[RuleAnswer]


class MissingProof(Document):
    """What is missing, what to do about it, and where it is told."""

    proof: Proof
    text: str
    at: str


class DecisionShown(Document):
    """What a person decided, and why."""

    model_config = examples(DECISION_EXAMPLE)

    eligibility: Eligibility
    reason: str
    decided_by: DecidedBy
    decided_at: str


class OwnScreening(Document):
    """An answer to a person: `eligibility` holds, `by_the_rules` is what the rules said before anybody decided."""

    model_config = examples(SCREENING_EXAMPLE)

    screening_id: str
    programme_id: str
    programme: str
    organisation: str
    version: int
    eligibility: Eligibility
    by_the_rules: Eligibility
    message: str
    rules: list[RuleAnswer]
    missing: list[MissingProof]
    decisions: list[DecisionShown]
    shares_contact: bool
    asked_at: str
    holds_until: Day
    holds: bool
    appeal_at: str
    appeal_to: str


class OwnScreenings(Document):
    """A page of answers, the newest first."""

    model_config = examples({"items": [SCREENING_EXAMPLE], "next_cursor": None})

    items: list[OwnScreening]
    next_cursor: str | None


ShortText = Annotated[str, Field(min_length=1, max_length=200)]
