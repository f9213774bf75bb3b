"""`chamba import-jobs`: job postings of other sites, read into the store.

chamba import-jobs postings.csv.gz --source computrabajo-pe
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from commands.opening import open_records
from commands.options import DATA_DIR, DatabaseUrl, DataDir

if TYPE_CHECKING:
    from store.importers.postings.report import ImportReport

app = typer.Typer(rich_markup_mode=None)
# Read from the folder: what reads mappings takes a second to import.
SHIPPED = ", ".join(sorted(file.name.removesuffix(".toml") for file in (files("store") / "sources").iterdir()))
ZONE = ZoneInfo("America/Lima")
NOTHING_STORED = 1


@app.command("import-jobs", epilog="Example: chamba import-jobs postings.csv.gz --source computrabajo-pe")
def import_jobs(
    file: Annotated[
        Path, typer.Argument(help="CSV, XLSX, JSON Lines, schema.org JSON-LD, or a page with it; also .gz.")
    ],
    source: Annotated[str, typer.Option(help=f"{SHIPPED}, or a mapping file of your own (.toml).")],
    show: Annotated[int, typer.Option(min=0, help="How many bad rows to print.")] = 20,
    collected: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="The day the ads were read from their pages, for dates such as 'hace 3 días'; else the file's own.",
        ),
    ] = None,
    keep_expired: Annotated[
        bool, typer.Option("--keep-expired", help="Leave ads open that are older than the source's ads last.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 where a row is rejected.")] = False,
    data_dir: DataDir = DATA_DIR,
    database_url: DatabaseUrl = "",
) -> None:
    """Read job postings into the store; bad rows are reported, the rest is imported.

    Exits with 1 where nothing of the file is stored.
    """
    from store.importers.postings.pipeline import import_jobs as import_file

    collected_at = collected and collected.replace(hour=12, tzinfo=ZONE)
    report = import_file(
        file, source, open_records(data_dir, database_url), collected_at=collected_at, keep_expired=keep_expired
    )
    _print_rows(report, show)
    for line in _summary(report):
        typer.echo(line)
    if not report.stored or (strict and report.rejected):
        raise typer.Exit(NOTHING_STORED)


def _print_rows(report: ImportReport, show: int) -> None:
    """The rows that were rejected and held, as many as are to be shown."""
    for rejected in report.rejected[:show]:
        typer.echo(f"line {rejected.line}: {rejected.reason}", err=True)
    if len(report.rejected) > show:
        typer.echo(f"… and {len(report.rejected) - show} more bad rows", err=True)
    for held in report.held[:show]:
        typer.echo(f"held, not shown: {held.job_id} ({', '.join(held.signs)})", err=True)
    if len(report.held) > show:
        typer.echo(f"… and {len(report.held) - show} more held", err=True)


def _summary(report: ImportReport) -> list[str]:
    """What became of every record, and what of it could not be read."""
    held = f"; {len(report.held)} of the jobs held for signs of fraud" if report.held else ""
    lines = [
        f"{report.read} records read: {report.created} jobs new, {report.updated} changed, {report.unchanged} as they "
        f"were, {len(report.rejected)} rows rejected, {len(report.skipped)} skipped{held}"
    ]
    if report.expired:
        lines.append(
            f"{report.expired} of the jobs are over: they state no end and are older than this source's ads last; "
            "--keep-expired leaves them open"
        )
    reasons = Counter(row.reason.partition(" as line ")[0] for row in report.skipped)
    lines += [f"skipped: {count} × {reason}" for reason, count in reasons.most_common()]
    for name, count in report.fields.items():
        if count.first_unread is not None:
            lines.append(
                f"{name}: stated in {count.stated}, not read in {count.unread}; first in line "
                f"{count.first_unread.line}: {count.first_unread.reason}"
            )
    return lines
