"""chamba model list | register | promote | rollback, and chamba retrain.

Nothing heavy is imported before a command runs: the serving install has neither TensorFlow nor MLflow.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.options import DATA_DIR, DatabaseUrl, DataDir
from engine.artifacts import only_one
from engine.errors import InvalidInputError

if TYPE_CHECKING:
    from store.records.records import Records
    from training.pipelines.retrain_steps import Bundles, Retraining
    from training.release.registry import Registry, Version

REFUSED = 3
RegistryUrl = Annotated[
    str, typer.Option("--registry", envvar="CHAMBA_REGISTRY_URL", help="MLflow server; empty: SQLite in DATA_DIR.")
]
Number = Annotated[int, typer.Argument(metavar="VERSION", help="As chamba model list shows it.")]
Reason = Annotated[str, typer.Option(help="Why; kept in the history.")]

model = typer.Typer(help="Versions of the towers: the registry.", no_args_is_help=True, rich_markup_mode=None)


@model.command("list", epilog="Example: chamba model list")
def list_all(
    history: Annotated[bool, typer.Option(help="Also every promotion and rollback.")] = False,
    data_dir: DataDir = DATA_DIR,
    registry: RegistryUrl = "",
) -> None:
    """Show the versions, oldest first; * marks the one in use."""
    opened = _registry(data_dir, registry)
    versions, aliases = opened.versions(), opened.aliases()
    if not versions:
        typer.echo("nothing registered yet; register the model in use: chamba model register")
    else:
        typer.echo(f"  {'v':>3} {'alias':<17} {'model':<17} {'data':<17} {'recall@10':>9} {'nDCG@10':>8} "
                   f"{'congestion':>10}  {'registered (UTC)':<16}  gate")  # fmt: skip
    current = (data_dir / "models" / "current").resolve().name
    for version in versions:
        typer.echo(_line(version, aliases.get(version.number, ""), version.model_id == current))
    for event in opened.history() if history else []:
        forced = " (forced)" if event.forced else ""
        typer.echo(f"{event.at}  {event.action} to {event.version}{forced} by {event.who}: {event.reason}")


@model.command(epilog="Example: chamba model register data/models/current")
def register(
    folder: Annotated[Path | None, typer.Argument(help="A model folder; without it the one in use.")] = None,
    run: Annotated[Path | None, typer.Option(help="Its run's folder; without it the one that fits.")] = None,
    data_dir: DataDir = DATA_DIR,
    registry: RegistryUrl = "",
) -> None:
    """Register a model folder as a version, with its run and a model card."""
    from training.release.promotion import register_model

    chosen = (folder or data_dir / "models" / "current").resolve()
    version = register_model(_registry(data_dir, registry), chosen, data_dir, run=run)
    typer.echo(f"{version.model_id} is version {version.number}")


@model.command(epilog="Example: chamba model promote 3        Example: chamba model promote 3 --force --reason 'demo'")
def promote(
    number: Number,
    force: Annotated[bool, typer.Option(help="Promote what the gate refuses; needs --reason, and is logged.")] = False,
    reason: Reason = "",
    snapshot: Annotated[Path | None, typer.Option(help="What to judge on; without it the newest snapshot.")] = None,
    data_dir: DataDir = DATA_DIR,
    registry: RegistryUrl = "",
) -> None:
    """Make a version champion, if it beats the champion on the time split; exit status 3 when it does not."""
    from training.release.promotion import judge_version, put_in_use
    from training.snapshots.snapshots import read_snapshot

    _require_reason(force, reason)
    opened = _registry(data_dir, registry)
    version = opened.get(number)
    placements = read_snapshot(snapshot or data_dir / "snapshots" / "current")
    report = judge_version(opened, version, placements, data_dir)
    typer.echo(report.table() if report.checks else "no champion to beat")
    if not report.passed and not force:
        typer.echo(f"refused: {report.reason}\nto promote it all the same: --force --reason TEXT", err=True)
        raise typer.Exit(REFUSED)
    opened.promote(version, forced=not report.passed, reason=reason)
    _tell_in_use(version, put_in_use(opened, version, data_dir))


@model.command(epilog="Example: chamba model rollback --reason 'complaints from Cusco'")
def rollback(reason: Reason = "", data_dir: DataDir = DATA_DIR, registry: RegistryUrl = "") -> None:
    """Make the champion before this one champion again; repeat it to go further back."""
    from training.release.promotion import put_in_use

    opened = _registry(data_dir, registry)
    version = opened.rollback(reason)
    _tell_in_use(version, put_in_use(opened, version, data_dir))


def add_release_commands(
    app: typer.Typer, open_records: Callable[[Path, str], Records], open_bundles: Callable[[Path, Records], Bundles]
) -> None:
    """Add `model` and `retrain` to the command line, which alone knows both training and the index."""
    app.add_typer(model, name="model")

    @app.command(epilog="Example: chamba retrain        Example: chamba retrain --step fit")
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
        from training.pipelines.retrain import Start, open_state
        from training.pipelines.retrain_steps import RetrainConfig, Retraining

        _require_reason(force_promote, reason)
        config = RetrainConfig(
            encoder, epochs, batch_pairs, learning_rate, trained_blocks, seed, reranker, recall_floor
        )
        start = Start.FRESH if fresh else Start.AGAIN if again else Start.GO_ON
        with only_one(data_dir / "retrain", "another retraining is running in"):
            records = open_records(data_dir, database_url)
            retraining = Retraining(
                state=open_state(data_dir / "retrain", config, start),
                config=config,
                data_dir=data_dir,
                records=records,
                bundles=open_bundles(data_dir, records),
                registry_url=registry,
                accept_drift=accept_drift,
                forced_reason=reason if force_promote else "",
                say=typer.echo,
            )
            _run(retraining, step)


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


def _registry(data_dir: Path, url: str) -> Registry:
    from training.release.registry import open_registry

    return open_registry(data_dir, url)


def _line(version: Version, alias: str, in_use: bool) -> str:
    def measure(name: str) -> str:
        return f"{version.metrics[name]:.4f}" if name in version.metrics else "-"

    return (
        f"{'*' if in_use else ' '} {version.number:>3} {alias:<17} {version.model_id:<17} "
        f"{version.tags.get('data_version', '?'):<17} {measure('served_recall_at_10'):>9} "
        f"{measure('served_ndcg_at_10'):>8} {measure('served_congestion_at_10'):>10}  "
        f"{version.registered_at:%Y-%m-%d %H:%M}  {version.tags.get('gate', 'not judged')}"
    )


def _tell_in_use(version: Version, folder: Path) -> None:
    typer.echo(f"version {version.number} is champion: {folder}")
    typer.echo("encode the jobs with it and publish: chamba index")


def _require_reason(force: bool, reason: str) -> None:
    if force and not reason.strip():
        raise InvalidInputError(
            "a forced promotion needs its reason", fix="add --reason 'why it is right all the same'", field="reason"
        )
