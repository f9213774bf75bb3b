"""Options that commands have in common."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

DATA_DIR = Path("data")
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
