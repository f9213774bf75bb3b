"""`chamba bench`: measurements, each beside its peers in the same run. Imports nothing heavy until one is asked for.

chamba bench relevance --data ../shared/data --model data/models/current
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from benchmarks.relevance.suites import Suite, chosen_suites
from engine.errors import ArtifactError

BENCH_MODULES = frozenset({"bm25s", "psutil", "sklearn"})

bench = typer.Typer(
    help="Measurements, each beside its peers in the same run.", no_args_is_help=True, rich_markup_mode=None
)


@bench.callback()
def _bench() -> None:
    """Measurements, each beside its peers in the same run."""


@bench.command(
    epilog="Example: chamba bench relevance --data ../shared/data        Example: chamba bench relevance --only sample"
)
def relevance(
    data: Annotated[
        Path | None,
        typer.Option(help="Folder with talentclef2025-taskA, melo-es and decision-br; without it the sample world."),
    ] = None,
    model: Annotated[
        list[Path],
        typer.Option(help="A model folder to judge; repeat it. Without it the current model, where there is one."),
    ] = [],  # noqa: B006
    only: Annotated[list[Suite], typer.Option(help="One test; repeat it. Without it: all the data allows.")] = [],  # noqa: B006
    out: Annotated[Path, typer.Option(help="Where raw results and the count of test reads go.")] = Path(
        "benchmarks/results"
    ),
    threads: Annotated[int, typer.Option(min=1)] = 2,
    data_dir: Annotated[
        Path, typer.Option("--data-dir", envvar="CHAMBA_DATA_DIR", help="Where Chamba keeps models and caches.")
    ] = Path("data"),
) -> None:
    """Judge how well models find what belongs together, beside lexical, untuned, off-the-shelf and published rows."""
    suites = chosen_suites(only, data)
    current = data_dir / "models" / "current"
    models = model or ([current] if current.is_dir() else [])
    try:
        from benchmarks.relevance.run import RelevanceConfig, run_relevance
    except ModuleNotFoundError as error:
        if error.name not in BENCH_MODULES:
            raise
        raise ArtifactError(f"this command needs {error.name}", fix="pip install 'chamba[train,bench]'") from error
    run_relevance(RelevanceConfig(suites, data, models, out, data_dir / "cache", threads), typer.echo)
