"""`chamba index`: a bundle of the open jobs, built and published.

chamba index
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from commands.opening import open_migrated
from commands.options import DATA_DIR, DatabaseUrl, DataDir

if TYPE_CHECKING:
    from index.build import IndexReport

app = typer.Typer(rich_markup_mode=None)


@app.command(epilog="Example: chamba index\n\nExample: chamba index --as-of 2025-01-20")
def index(
    force: Annotated[bool, typer.Option(help="Publish a bundle that misses its recall floor or shrank.")] = False,
    as_of: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The jobs open on a past day.")] = None,
    full: Annotated[
        bool,
        typer.Option(
            help="Read every job again, not only those changed since the last; look for signs of fraud in jobs that "
            "were imported before signs were looked for."
        ),
    ] = False,
    recall_floor: Annotated[float, typer.Option(min=0, max=1)] = 0.95,
    threads: Annotated[int, typer.Option(min=1)] = 2,
    data_dir: DataDir = DATA_DIR,
    database_url: DatabaseUrl = "",
) -> None:
    """Build the bundle of open jobs and publish it."""
    from index.build import IndexConfig, oldest_change_number
    from index.publishing import index_store
    from store.hiring.imported_signs import judge_imported_jobs
    from store.records.records import Records

    database = open_migrated(data_dir, database_url)
    records = Records(database)
    if full:
        judged = judge_imported_jobs(database)
        typer.echo(f"{judged.read} jobs without signs read: {judged.signed} have some, {judged.held} of them held")
    day = as_of.replace(tzinfo=UTC) if as_of is not None else None
    config = IndexConfig(recall_floor, as_of=day, threads=threads, force=force)
    report = index_store(records, data_dir / "models" / "current", data_dir / "bundles", config, full=full)
    _print_report(report)
    if not report.published:
        raise typer.Exit(1)
    records.forget_deleted_jobs(oldest_change_number(data_dir / "bundles"))


def _print_report(report: IndexReport) -> None:
    manifest = report.manifest
    typer.echo(
        f"bundle {manifest.version}: {manifest.job_count} jobs, {report.encoded_count} encoded, "
        f"recall@10 {manifest.recall_at_10:.4f}"
    )
    for objection in report.objections:
        typer.echo(objection, err=True)
    if not report.published:
        typer.echo("not published; to publish it all the same: chamba index --force", err=True)
