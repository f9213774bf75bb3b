"""Trying rules before they hold: for a programme's officers, and for analysts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from pydantic import Field, JsonValue
from sqlalchemy import Connection

from api.access.auditing import audit
from api.access.limiting import require_attempt
from api.credentials.callers import Caller
from api.programmes.documents import rules_in_force, today
from api.schemas.fields import Document, examples
from api.services.services import Services
from engine.programmes.days import Day
from engine.programmes.form import ProgrammeRules
from engine.programmes.judging import Proof
from store.audit import AuditAction
from store.programmes.programmes import get_programme
from store.programmes.simulation import GroupKind, SimulatedRules, simulate
from store.requests.attempts import Limit

SIMULATIONS_BY_ACCOUNT = Limit("simulations-account", 30, timedelta(days=1))
GROUP_EXAMPLE: dict[str, JsonValue] = {
    "kind": "region",
    "group": "Puno",
    "people": 120,
    "eligible": 80,
    "not_eligible": 25,
    "undecided": 15,
    "eligible_in_force": 60,
    "pass_rate": 0.667,
    "low": 0.579,
    "high": 0.745,
    "stands_out": None,
}


class SimulatedGroup(Document):
    """Counts of a group, rounded to five; null where they would tell of one to four people.

    `pass_rate` is of all in it, within `low` and `high` (95%); `stands_out`: the rate of all is not within them.
    """

    model_config = examples(GROUP_EXAMPLE)

    kind: GroupKind
    group: str
    people: int | None
    eligible: int | None
    not_eligible: int | None
    undecided: int | None
    eligible_in_force: int | None
    pass_rate: float | None
    low: float | None
    high: float | None
    stands_out: str | None


class LackingProof(Document):
    """Which share of people lacks a proof that the rules would need of them; null of one to four people."""

    proof: Proof
    share: float | None


class Simulation(Document):
    """How many would pass: all, then by region, device, mother tongue and age, as far as people state them.

    `gain` and `lose`: who would pass and does not by the rules in force, and the other way round.
    """

    model_config = examples(
        {
            "day": "2026-11-25",
            "version": 2,
            "version_in_force": 1,
            "groups": [GROUP_EXAMPLE],
            "gain": 20,
            "lose": None,
            "lacking": [{"proof": "household_size", "share": 0.12}],
        }
    )

    day: Day
    version: int
    version_in_force: int | None
    groups: list[SimulatedGroup]
    gain: int | None
    lose: int | None
    lacking: list[LackingProof] = Field(description="of all people, those whom an answer would have to wait for")


def simulated(
    caller: Caller,
    programme_id: str,
    rules: ProgrammeRules,
    services: Services,
    allowed: Callable[[Connection], object],
) -> Simulation:
    """Hold rules against those who agreed, beside those in force; raises what `allowed` raises, and the 429 problem."""
    day = today(services)

    def work(connection: Connection) -> Simulation:
        holding = rules_in_force(connection, get_programme(connection, programme_id), day)
        found = simulate(connection, services.cipher, rules, holding, day)
        return simulation_document(found, rules, holding)

    services.read(allowed)
    require_attempt(services, (SIMULATIONS_BY_ACCOUNT, caller.account_id))
    document = services.read(work)

    def tell(connection: Connection) -> None:
        subject = f"programme:{programme_id}"
        audit(connection, caller, AuditAction.PROGRAMME_SIMULATED, subject, services, {"version": rules.version})

    services.write(tell)
    return document


def simulation_document(found: SimulatedRules, rules: ProgrammeRules, holding: ProgrammeRules | None) -> Simulation:
    """The counts as they are answered."""
    names = SimulatedGroup.model_fields
    return Simulation(
        day=found.day,
        version=rules.version,
        version_in_force=None if holding is None else holding.version,
        groups=[SimulatedGroup(**{name: getattr(one, name) for name in names}) for one in found.groups],
        gain=found.gain,
        lose=found.lose,
        lacking=[LackingProof(proof=proof, share=share) for proof, share in found.lacking.items()],
    )
