"""Runs a retraining: every step that is not done yet, in order, until it is published or refused.

chamba retrain
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from engine.errors import InvalidInputError
from training.pipelines.retrain_state import Outcome, RetrainState, begin, latest, require_same
from training.pipelines.retrain_steps import STEPS, RetrainConfig, Retraining

STALE_AFTER = timedelta(days=1)


class Start(StrEnum):
    """Whether to go on with the last retraining: always; unless it has ended or is a day old; never."""

    GO_ON = "go on"
    AGAIN = "again"
    FRESH = "fresh"


def open_state(retrains: Path, config: RetrainConfig, start: Start) -> RetrainState:
    """The retraining to go on with, or a new one; raises InvalidInputError when that began with other settings."""
    state = None if start is Start.FRESH else latest(retrains)
    if state is None or (start is Start.AGAIN and (state.outcome is not Outcome.UNFINISHED or _is_stale(state))):
        return begin(retrains, asdict(config))
    if state.outcome is Outcome.UNFINISHED:
        require_same(state, asdict(config))
    return state


def _is_stale(state: RetrainState) -> bool:
    """Whether a schedule should leave it: one that fails the same way every week must not block all that follow."""
    return datetime.now(UTC) - state.began_at > STALE_AFTER


def retrain(
    retraining: Retraining, only: str | None = None, before_record: Callable[[str], object] = lambda _: None
) -> Outcome:
    """Run what is left of a retraining, or the one step `only`; its state is on disk after every step.

    `before_record` is told a step's name when its work is done and not yet recorded: the worst moment to be killed.

    Raises:
        InvalidInputError: there is no such step, or one before it has not run.
    """
    for name in list(STEPS) if only is None else [_known(only)]:
        if _is_refused(retraining) and name in _steps_after_gate():
            break
        _run(retraining, name, before_record)
    state = retraining.state
    if _is_refused(retraining):
        state.outcome = Outcome.REFUSED
    elif len(state.steps) == len(STEPS):
        state.outcome = Outcome.PUBLISHED
    else:
        state.outcome = Outcome.UNFINISHED
    state.save()
    return state.outcome


def _run(retraining: Retraining, name: str, before_record: Callable[[str], object]) -> None:
    state = retraining.state
    if name in state.steps:
        retraining.say(f"{name}: done at {state.steps[name]['finished_at']}")
        return
    for earlier in list(STEPS)[: list(STEPS).index(name)]:
        state.output(earlier)
    retraining.say(f"{name} …")
    began = time.monotonic()
    output = STEPS[name](retraining)
    before_record(name)
    state.record(name, output, time.monotonic() - began)


def _is_refused(retraining: Retraining) -> bool:
    steps = retraining.state.steps
    refused = "gate" in steps and not steps["gate"]["output"]["passed"]
    return refused and not retraining.forced_reason and "publish" not in steps


def _steps_after_gate() -> list[str]:
    names = list(STEPS)
    return names[names.index("gate") + 1 :]


def _known(step: str) -> str:
    if step not in STEPS:
        raise InvalidInputError("no such step", expected=", ".join(STEPS), got=step, field="step")
    return step
