"""The retraining as a Prefect flow: one task a step, each a subprocess of `chamba retrain --step`, tried again.

Runs in an environment of its own (requirements.txt) that knows nothing of Chamba but its command line.
    .venv-prefect/bin/python deploy/prefect/flow.py serve --cron "0 3 * * 0"
    .venv-prefect/bin/python deploy/prefect/flow.py once -- --data-dir data
What follows -- goes to every step.
"""

from __future__ import annotations

import argparse
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DATA_DIR = ROOT / os.environ.get("CHAMBA_DATA_DIR", "data")
# Before Prefect is imported, since it reads them then: nothing is told to anybody, and its own records lie with ours.
os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "180")  # 20 are too few on a busy machine
os.environ.setdefault("PREFECT_HOME", str(DATA_DIR / "prefect"))

from prefect import flow, get_run_logger, task  # noqa: E402
from prefect.states import Completed, State  # noqa: E402

CHAMBA = str(ROOT / ".venv" / "bin" / "chamba")
STEPS = ("snapshot", "checks", "fit", "export", "rerank", "evaluate", "register", "gate", "index", "publish")
# Exit statuses of chamba: what a person must mend is not tried again, a refusal is no failure.
MISTAKE, REFUSED = 2, 3
LAST_LINES = 30


class StepFailedError(RuntimeError):
    """A step ended with another status than 0."""

    def __init__(self, step: str, status: int, said: str) -> None:
        super().__init__(f"chamba retrain --step {step} ended with status {status}:\n{said}")
        self.status = status


def worth_another_try(_task: Any, _run: Any, state: State) -> bool:
    """Whether a failed step may go better the next time: a crash or a full disk, not a mistake."""
    failure = state.result(raise_on_failure=False)
    return not (isinstance(failure, StepFailedError) and failure.status == MISTAKE)


@task(retries=2, retry_delay_seconds=[10, 60], retry_condition_fn=worth_another_try, task_run_name="{step}")
def run_step(step: str, chamba: str, options: list[str]) -> int:
    """Run one step; the exit status, 0 or 3 (refused)."""
    command = [*shlex.split(chamba), "retrain", "--step", step, *options]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, cwd=ROOT)
    said = "\n".join(done.stdout.splitlines()[-LAST_LINES:])
    if done.returncode not in (0, REFUSED):
        raise StepFailedError(step, done.returncode, said)
    get_run_logger().info(said)
    return done.returncode


@flow(name="chamba-retrain", log_prints=True)
def retrain(chamba: str = CHAMBA, options: list[str] | None = None, retry_delay_seconds: float | None = None) -> State:
    """Every step in order; an unfinished retraining of the last day goes on, otherwise a new one begins.

    `options` are those of `chamba retrain`, the same for every step.
    """
    step_task = (
        run_step if retry_delay_seconds is None else run_step.with_options(retry_delay_seconds=retry_delay_seconds)
    )
    stated = options or []
    for step in STEPS:
        again = ["--again"] if step == STEPS[0] else []
        if step_task(step, chamba, [*stated, *again]) == REFUSED:
            return Completed(name="Refused", message="the gate refused the challenger; nothing was published")
    return Completed(message="published")


def main() -> None:
    """Run the flow once, or serve it on a schedule."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=["once", "serve"])
    parser.add_argument("--cron", default="0 3 * * 0", help="when to retrain: Sundays at three")
    parser.add_argument("--time-zone", default="America/Lima")
    parser.add_argument("--chamba", default=CHAMBA, help="the command that runs Chamba")
    parser.add_argument("--retry-delay-seconds", type=float, default=None)
    stated = sys.argv[1:]
    split = stated.index("--") if "--" in stated else len(stated)
    arguments = parser.parse_args(stated[:split])
    parameters = {"chamba": arguments.chamba, "options": stated[split + 1 :]}
    if arguments.action == "once":
        retrain(**parameters, retry_delay_seconds=arguments.retry_delay_seconds)
        return
    from prefect.schedules import Cron

    retrain.serve(
        name="weekly", schedule=Cron(arguments.cron, timezone=arguments.time_zone), parameters=parameters, limit=1
    )


if __name__ == "__main__":
    main()
