"""Options that commands have in common, and what measuring needs installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from engine.errors import ArtifactError, group_install

# What measuring needs and serving does not.
BENCH_MODULES = frozenset({"bm25s", "playwright", "psutil", "sklearn"})
DATA_DIR, RESULTS_DIR = Path("data"), Path("benchmarks/results")
ResultsDir = Annotated[Path, typer.Option(help="Where raw results go.")]
DataDir = Annotated[Path, typer.Option("--data-dir", envvar="CHAMBA_DATA_DIR", help="Where Chamba keeps its data.")]
DatabaseUrl = Annotated[
    str, typer.Option("--database-url", envvar="CHAMBA_DATABASE_URL", help="SQLAlchemy URL; empty: SQLite in DATA_DIR.")
]
MasterKeyFile = Annotated[
    Path | None,
    typer.Option(
        "--master-keys", envvar="CHAMBA_MASTER_KEYS", help="File of master keys; empty: DATA_DIR/master.keys."
    ),
]
PublicAddress = Annotated[
    str,
    typer.Option(
        "--public-address", envvar="CHAMBA_PUBLIC_ADDRESS", help="Where people reach Chamba, for links in mails."
    ),
]


@contextmanager
def bench_modules() -> Iterator[None]:
    """Say what to install where a module is missing that measuring needs and serving does not."""
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name not in BENCH_MODULES:
            raise
        raise ArtifactError(f"this command needs {error.name}", fix=group_install("bench")) from error
