"""`chamba import-jobs`: job postings of other sites, read into the store.

chamba import-jobs postings.csv.gz --source computrabajo-pe
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.opening import open_records
from commands.options import DATA_DIR, DatabaseUrl, DataDir

app = typer.Typer(rich_markup_mode=None)


@app.command("import-jobs", epilog="Example: chamba import-jobs postings.csv.gz --source computrabajo-pe")
def import_jobs(
    file: Annotated[Path, typer.Argument(help="CSV, CSV.gz, JSON Lines or schema.org JSON-LD.")],
    source: Annotated[str, typer.Option(help="A shipped mapping's name, or a mapping file of your own.")],
    show: Annotated[int, typer.Option(min=0, help="How many bad rows to print.")] = 20,
    data_dir: DataDir = DATA_DIR,
    database_url: DatabaseUrl = "",
) -> None:
    """Read job postings into the store; bad rows are reported, the rest is imported."""
    from store.importers.postings.pipeline import import_jobs as import_file

    report = import_file(file, source, open_records(data_dir, database_url))
    for rejected in report.rejected[:show]:
        typer.echo(f"line {rejected.line}: {rejected.reason}", err=True)
    if len(report.rejected) > show:
        typer.echo(f"… and {len(report.rejected) - show} more bad rows", err=True)
    for held in report.held[:show]:
        typer.echo(f"held, not shown: {held.job_id} ({', '.join(held.signs)})", err=True)
    if len(report.held) > show:
        typer.echo(f"… and {len(report.held) - show} more held", err=True)
    typer.echo(
        f"{report.created} jobs new, {report.updated} changed, {report.unchanged} as they were, "
        f"{len(report.rejected)} rows rejected"
        + (f"; {len(report.held)} of the jobs held for signs of fraud" if report.held else "")
    )
