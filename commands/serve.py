"""`chamba serve`: the published bundle over HTTP.

chamba serve --port 8000
"""

from __future__ import annotations

import os
from typing import Annotated

import typer

from commands.options import DATA_DIR, DatabaseUrl, DataDir

app = typer.Typer(rich_markup_mode=None)


@app.command(epilog="Example: chamba serve --port 8000")
def serve(
    host: Annotated[str, typer.Option(envvar="CHAMBA_HOST")] = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="CHAMBA_PORT", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(envvar="CHAMBA_WORKERS", min=1, max=64, help="Processes that serve.")] = 1,
    data_dir: DataDir = DATA_DIR,
    database_url: DatabaseUrl = "",
) -> None:
    """Serve the published bundle over HTTP."""
    # One thread each for BLAS and FAISS, before they are loaded: requests, not products, share the cores.
    for library in ("OPENBLAS", "OMP", "MKL"):
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    from api.configuration.settings import Settings
    from api.server import serve as serve_http

    serve_http(Settings(data_dir=data_dir, database_url=database_url, host=host, port=port, workers=workers))
