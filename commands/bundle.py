"""`chamba bundle`: which bundles there are, which one is served, and serving another.

chamba bundle rollback
"""

from __future__ import annotations

from typing import Annotated

import typer

from commands.options import DATA_DIR, DataDir

bundle = typer.Typer(
    help="Bundles: list them, serve another, go back to the one before.", no_args_is_help=True, rich_markup_mode=None
)


@bundle.command("list", epilog="Example: chamba bundle list")
def list_bundles(data_dir: DataDir = DATA_DIR) -> None:
    """Print every bundle, the newest first; the served one is marked."""
    from index.bundle import described_bundles

    rows = described_bundles(data_dir / "bundles")
    for row in rows:
        typer.echo(row)
    if not rows:
        typer.echo("no bundle yet; build one: chamba index")


@bundle.command(epilog="Example: chamba bundle publish 20261124T132527860630-bd0538d8")
def publish(
    version: Annotated[str, typer.Argument(help="A version that `chamba bundle list` names.")],
    data_dir: DataDir = DATA_DIR,
) -> None:
    """Serve this bundle, once every file of it has been checked; servers follow within a second."""
    from index.publishing import serve_version

    serve_version(data_dir / "bundles", version)
    typer.echo(f"served from now on: {version}")


@bundle.command(epilog="Example: chamba bundle rollback")
def rollback(data_dir: DataDir = DATA_DIR) -> None:
    """Serve the bundle built before the one in service; jobs changed since then are followed as ever."""
    from index.bundle import previous_version
    from index.publishing import serve_version

    version = previous_version(data_dir / "bundles")
    serve_version(data_dir / "bundles", version)
    typer.echo(f"served from now on: {version}")
