"""`chamba esco`: makes the file that paths to a lacked skill come from, of a folder of ESCO's CSV download.

chamba esco esco-v1.2/
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.options import DATA_DIR, DataDir

app = typer.Typer(rich_markup_mode=None)


@app.command(epilog="Example: chamba esco esco-v1.2/")
def esco(
    folder: Annotated[Path, typer.Argument(help="ESCO's CSV files in Spanish and English, as downloaded.")],
    data_dir: DataDir = DATA_DIR,
) -> None:
    """Compile the ESCO classification once; servers then tell the steps to a skill that ads ask for."""
    from engine.learning_paths.classification import FILE
    from store.importers.esco.reading import read_classification

    found = read_classification(folder)
    size = found.save(data_dir / FILE)
    typer.echo(", ".join(f"{count:,} {name}" for name, count in found.counts.items()))
    typer.echo(f"{data_dir / FILE}: {size:,} bytes, from {found.source}; servers open it within a second")
