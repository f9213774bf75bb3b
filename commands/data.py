"""chamba data snapshot | check | list: versions of the training data, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.opening import open_records
from commands.options import DATA_DIR, DatabaseUrl, DataDir

if TYPE_CHECKING:
    from training.snapshots.checks import CheckResult
    from training.snapshots.snapshots import Snapshot

data = typer.Typer(help="Versions of the training data.", no_args_is_help=True, rich_markup_mode=None)
Snapshots = Annotated[Path | None, typer.Option("--out", help="Folder of snapshots; DATA_DIR/snapshots without it.")]
Model = Annotated[
    Path | None,
    typer.Option(help="Model that reads the texts for drift; without it DATA_DIR/models/current, or bags of words."),
]
AcceptDrift = Annotated[
    bool, typer.Option("--accept-drift", help="Accept drift that fails, and record it; nothing else can be accepted.")
]


@data.command(epilog="Example: chamba data snapshot")
def snapshot(
    out: Snapshots = None,
    model: Model = None,
    accept_drift: AcceptDrift = False,
    data_dir: DataDir = DATA_DIR,
    database_url: DatabaseUrl = "",
) -> None:
    """Write the store's placements, jobs and people to Parquet, named by their content, and check them."""
    from training.snapshots.taking import take_snapshot

    records, folder = open_records(data_dir, database_url), _folder(out, data_dir)
    taken, is_new = take_snapshot(records, folder, model=_model(model, data_dir), accept_drift=accept_drift)
    counts = ", ".join(f"{count:,} {table}" for table, count in taken.counts.items())
    typer.echo(f"snapshot {taken.version}: {counts}" + ("" if is_new else " (as before, nothing written)"))
    _print_results(taken, taken.results)
    typer.echo(f"{taken.folder}; its card: {taken.folder / 'DATA_CARD.md'}")
    _exit_unless_passed(taken, taken.results)


@data.command(epilog="Example: chamba data check data/snapshots/current")
def check(
    folder: Annotated[
        Path | None, typer.Argument(help="A snapshot's folder; without it the newest that passed.")
    ] = None,
    model: Model = None,
    accept_drift: AcceptDrift = False,
    data_dir: DataDir = DATA_DIR,
) -> None:
    """Run the checks of a snapshot again, and print which rows are at fault; exit status 2 when one fails."""
    from training.snapshots.taking import check_snapshot

    chosen = folder or _folder(None, data_dir) / "current"
    checked, results = check_snapshot(chosen, model=_model(model, data_dir), accept_drift=accept_drift)
    typer.echo(f"snapshot {checked.version}, taken {checked.taken_at:%Y-%m-%d %H:%M} UTC")
    _print_results(checked, results, every_row=True)
    _exit_unless_passed(checked, results)


@data.command("list", epilog="Example: chamba data list")
def list_all(out: Snapshots = None, data_dir: DataDir = DATA_DIR) -> None:
    """Show the snapshots, oldest first; * marks the newest that passed."""
    from training.snapshots.snapshots import CURRENT, list_snapshots

    folder = _folder(out, data_dir)
    (found, damaged), current = list_snapshots(folder), folder / CURRENT
    if not found:
        typer.echo(f"no snapshot in {folder}; take one: chamba data snapshot")
    for one in found:
        mark = "*" if current.is_symlink() and one.folder == current.resolve() else " "
        state = "failed" if not one.passed else "passed, drift accepted" if one.accepted else "passed"
        counts = "  ".join(f"{count:>9,} {table}" for table, count in one.counts.items())
        typer.echo(f"{mark} {one.version}  {one.taken_at:%Y-%m-%d %H:%M}  {counts}  {state}")
    for error in damaged:
        typer.echo(f"! {error}", err=True)


def _folder(out: Path | None, data_dir: Path) -> Path:
    return out or data_dir / "snapshots"


def _model(stated: Path | None, data_dir: Path) -> Path | None:
    """The stated model, or the current one when there is one."""
    current = data_dir / "models" / "current"
    return stated or (current if current.is_dir() else None)


def _print_results(checked: Snapshot, results: list[CheckResult], *, every_row: bool = False) -> None:
    """A table of the checks, then the rows of those that found some: at most 20 each, and how many in all."""
    width = max(len(result.name) for result in results)
    for result in results:
        state = "accepted" if result.name in checked.accepted and result.status == "failed" else result.status.value
        message = result.message if result.found or result.is_drift else ""
        typer.echo(f"{state:<9} {result.name:<{width}}  {message}".rstrip())
    for result in results:
        if result.found and (every_row or result.status == "failed"):
            typer.echo(f"\n{result.name}: {result.message}; {result.found:,} in all")
            for row in result.rows:
                typer.echo("  " + "  ".join(f"{name}={value}" for name, value in row.items()))
            typer.echo(f"  → {result.fix}")


def _exit_unless_passed(checked: Snapshot, results: list[CheckResult]) -> None:
    failures = checked.failures(results)
    if failures:
        names = ", ".join(result.name for result in failures)
        typer.echo(f"\nnot fit to train on: {names}", err=True)
        raise typer.Exit(2)
