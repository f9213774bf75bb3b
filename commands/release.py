"""`chamba model`: the registry of versions of the towers; which one is in use.

chamba model promote 3

Nothing heavy is imported before a command runs: the serving install has neither TensorFlow nor MLflow.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.options import DATA_DIR, DataDir
from engine.errors import InvalidInputError

if TYPE_CHECKING:
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


@model.command(epilog="Example: chamba model promote 3\n\nExample: chamba model promote 3 --force --reason 'demo'")
def promote(
    number: Number,
    force: Annotated[bool, typer.Option(help="Promote what the gate refuses; needs --reason, and is logged.")] = False,
    reason: Reason = "",
    snapshot: Annotated[Path | None, typer.Option(help="What to judge on; without it the newest snapshot.")] = None,
    data_dir: DataDir = DATA_DIR,
    registry: RegistryUrl = "",
) -> None:
    """Make a version champion, if it beats the champion on the time split; exit status 3 when it does not."""
    from training.release.promotion import gate_version, put_in_use
    from training.snapshots.snapshots import read_snapshot

    require_reason(force, reason)
    opened = _registry(data_dir, registry)
    version = opened.get(number)
    placements = read_snapshot(snapshot or data_dir / "snapshots" / "current")
    report = gate_version(opened, version, placements, data_dir)
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


def require_reason(force: bool, reason: str) -> None:
    """Raise InvalidInputError where a promotion is forced without a reason."""
    if force and not reason.strip():
        raise InvalidInputError(
            "a forced promotion needs its reason", fix="add --reason 'why it is right all the same'", field="reason"
        )
