"""DuckDB, which analysts and training use and the serving install goes without: it is imported when it is used."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import NotInstalledError

if TYPE_CHECKING:
    import duckdb

Setting = str | bool | int | float | list[str]


@contextmanager
def connected(folder: Path, **settings: Setting) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB in memory; what does not fit there is spilled to `folder`, and gone afterwards.

    Raises NotInstalledError.
    """
    require_installed()
    import duckdb

    spill = folder / ".spill"
    try:
        with duckdb.connect(config={"temp_directory": str(spill)} | settings) as connection:
            yield connection
    finally:
        shutil.rmtree(spill, ignore_errors=True)


def require_installed() -> None:
    """Raises NotInstalledError where DuckDB is not installed."""
    try:
        import duckdb  # noqa: F401
    except ModuleNotFoundError:
        raise NotInstalledError("DuckDB", "analytics") from None
