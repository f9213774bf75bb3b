"""`chamba retrain`: from the store to a published bundle, a step after the other, with a gate before it is served.

chamba retrain
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.opening import open_records
from commands.options import DATA_DIR, DatabaseUrl, DataDir
from commands.release import REFUSED, Reason, RegistryUrl, require_reason
from engine.artifacts import only_one

if TYPE_CHECKING:
    from training.pipelines.retrain_steps import RetrainConfig, Retraining

app = typer.Typer(rich_markup_mode=None)


@app.command(epilog="Example: chamba retrain\n\nExample: chamba retrain --step fit")
def retrain(
    encoder: Annotated[str, typer.Option(help="As in chamba train; released: its body as released.")] = "released",
    epochs: Annotated[int, typer.Option(min=1)] = 25,
    batch_pairs: Annotated[int, typer.Option(min=2)] = 256,
    learning_rate: Annotated[float, typer.Option(min=0)] = 1e-3,
    trained_blocks: Annotated[int, typer.Option(min=0, help="Last blocks of the body to train.")] = 0,
    seed: Annotated[int, typer.Option()] = 7,
    reranker: Annotated[bool, typer.Option(help="Fit a reranker for the new towers too.")] = True,
    recall_floor: Annotated[float, typer.Option(min=0, max=1, help="Of the bundle's lists.")] = 0.95,
    step: Annotated[str | None, typer.Option(help="Run this step alone; its forerunners must have run.")] = None,
    fresh: Annotated[bool, typer.Option(help="Begin anew, whatever the last retraining was doing.")] = False,
    again: Annotated[bool, typer.Option(help="Begin anew if the last has ended or is a day old.")] = False,
    accept_drift: Annotated[bool, typer.Option(help="Train on data that drifted; it is recorded.")] = False,
    force_promote: Annotated[bool, typer.Option(help="Publish what the gate refuses; needs --reason.")] = False,
    reason: Reason = "",
    data_dir: DataDir = DATA_DIR,
    database_url: DatabaseUrl = "",
    registry: RegistryUrl = "",
) -> None:
    """Snapshot, checks, fit, export, rerank, evaluate, register, gate, index, publish; goes on where it stopped.

    Exit status 3: the gate refused; the version is registered and nothing was published.
    """
    from training.pipelines.retrain_steps import RetrainConfig

    require_reason(force_promote, reason)
    forced_reason = reason if force_promote else ""
    config = RetrainConfig(encoder, epochs, batch_pairs, learning_rate, trained_blocks, seed, reranker, recall_floor)
    with only_one(data_dir / "retrain", "another retraining is running in"):
        retraining = _open_retraining(config, data_dir, database_url, is_fresh=fresh, is_again=again)
        retraining = replace(retraining, registry_url=registry, accept_drift=accept_drift, forced_reason=forced_reason)
        _run(retraining, step)


def _open_retraining(
    config: RetrainConfig, data_dir: Path, database_url: str, *, is_fresh: bool, is_again: bool
) -> Retraining:
    from index.publishing import BundleJob
    from training.pipelines.retrain import Start, open_state
    from training.pipelines.retrain_steps import Retraining

    start = Start.FRESH if is_fresh else Start.AGAIN if is_again else Start.GO_ON
    records = open_records(data_dir, database_url)
    state = open_state(data_dir / "retrain", config, start)
    return Retraining(state, config, data_dir, records, BundleJob(records, data_dir / "bundles"), say=typer.echo)


def _run(retraining: Retraining, step: str | None) -> None:
    from training.pipelines.retrain import retrain
    from training.pipelines.retrain_state import Outcome

    outcome = retrain(retraining, step)
    name = retraining.state.retrain_id
    if outcome is Outcome.REFUSED:
        reason = retraining.state.output("gate")["reason"]
        typer.echo(f"retraining {name} was refused: {reason}; nothing was published", err=True)
        raise typer.Exit(REFUSED)
    if outcome is Outcome.PUBLISHED:
        done = retraining.state.output("publish")
        typer.echo(f"retraining {name} is finished: version {done['version']} in bundle {done['bundle']} is served")
