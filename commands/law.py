"""`chamba retention` and `chamba dossier`: what Peru's law asks of whoever runs Chamba, done by hand or by cron.

3 4 * * *  chamba retention --data-dir /srv/chamba
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from commands.opening import open_cipher
from commands.options import DATA_DIR, DatabaseUrl, DataDir, MasterKeyFile, PublicAddress

CRON = "Every night, by cron: 3 4 * * * chamba retention --data-dir /srv/chamba"

app = typer.Typer(rich_markup_mode=None)


@app.command(epilog=CRON)
def retention(
    data_dir: DataDir = DATA_DIR,
    database_url: DatabaseUrl = "",
    master_keys: MasterKeyFile = None,
    public_address: PublicAddress = "",
) -> None:
    """Delete what is kept no longer than it should be (store/retention/retention_times.toml), and tell the audit log.

    Accounts that nobody has used for long are told by mail first, and erased a month later.
    """
    from store.database import existing_database
    from store.notices.writing import Site
    from store.retention.retention import enforce_retention
    from store.retention.times import retention_times

    with existing_database(data_dir, database_url) as database:
        cipher = open_cipher(database, data_dir, master_keys)
        counts = enforce_retention(
            database, cipher, data_dir, datetime.now(UTC), retention_times(), Site(public_address)
        )
    removed = {kind: count for kind, count in sorted(counts.items()) if count}
    for kind, count in removed.items():
        typer.echo(f"{kind}: {count}")
    if not removed:
        typer.echo("nothing was older than it may be")


@app.command(epilog="Example: chamba dossier --out dossier.html --replays 50")
def dossier(
    out: Annotated[Path, typer.Option("--out", help="The file to write: Markdown, or HTML by its name.")] = Path(
        "dossier.md"
    ),
    replays: Annotated[int, typer.Option(min=0, help="How many logged answers to give again, chosen at random.")] = 20,
    data_dir: DataDir = DATA_DIR,
    database_url: DatabaseUrl = "",
) -> None:
    """Write the impact record (DS 115-2025-PCM) in Spanish, every figure as it is now; what is missing says why."""
    from commands.dossier.figures import Source
    from commands.dossier.record import write_dossier
    from store.database import existing_database
    from store.evidence.log_shipping import ship_all

    with existing_database(data_dir, database_url) as database:
        ship_all(data_dir / "journal", database)
        with database.connect() as connection:
            missing = write_dossier(out, Source(connection, data_dir, datetime.now(UTC), replays))
    typer.echo(str(out))
    for title in missing:
        typer.echo(f"not worked out, and why is said there: {title}", err=True)
