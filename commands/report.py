"""`chamba report`: all that a snapshot for the analyst answers, for people to read.

chamba report --out report.html
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.analytics import Language, Since, Until, Version, chosen_period, chosen_snapshot
from commands.options import DATA_DIR, DataDir
from engine.explain import Locale

app = typer.Typer(rich_markup_mode=None)


@app.command(epilog="Example: chamba report --out report.html")
def report(
    out: Annotated[Path, typer.Option("--out", help="The HTML file to write.")] = Path("report.html"),
    since: Since = None,
    until: Until = None,
    version: Version = "",
    language: Language = Locale.ES,
    data_dir: DataDir = DATA_DIR,
) -> None:
    """Write one HTML file with plots and tables from the newest snapshot."""
    from store.analytics.report.document import write_report

    chosen = chosen_snapshot(data_dir, version)
    write_report(chosen, out, locale=language, filters=chosen_period(since, until))
    typer.echo(f"{out}: the data of {chosen.taken_on} (snapshot {chosen.version})")
