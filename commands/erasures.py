"""`chamba erasures`: finishes what people asked for: all that lies of them beside the database goes too.

17 3 * * *  chamba erasures --data-dir /srv/chamba      every night, by cron
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from commands.opening import open_cipher
from commands.options import DATA_DIR, DatabaseUrl, DataDir, MasterKeyFile

CRON = "Every night, by cron: 17 3 * * * chamba erasures --data-dir /srv/chamba"

app = typer.Typer(rich_markup_mode=None)


@app.command(epilog=CRON)
def erasures(
    settle_seconds: Annotated[
        float | None,
        typer.Option(min=0, help="Leave those of the last seconds (300), whose requests may still run; 0: no server."),
    ] = None,
    data_dir: DataDir = DATA_DIR,
    database_url: DatabaseUrl = "",
    master_keys: MasterKeyFile = None,
) -> None:
    """Finish erasures: snapshots of data and mails in files are gone through, SQLite's file is written anew.

    A receipt is complete when nothing of its person is left anywhere. May be killed, and run again.
    """
    from functools import partial

    from store.database import existing_database
    from store.people.erasure.finishing import SETTLE, finish_erasures
    from training.pipelines.snapshot_erasure import erase_from_training_data

    settle = SETTLE if settle_seconds is None else timedelta(seconds=settle_seconds)
    with existing_database(data_dir, database_url) as database:
        cipher = open_cipher(database, data_dir, master_keys)
        elsewhere = partial(erase_from_training_data, data_dir)
        finished = finish_erasures(database, cipher, data_dir, datetime.now(UTC), elsewhere, settle)
    typer.echo(f"{finished.finished_count} erasures finished")
    if finished.waiting_count:
        typer.echo(
            f"{finished.waiting_count} asked for in the last {settle.total_seconds():.0f} s wait, since requests of "
            "then may still run: run this again after that, or with --settle-seconds 0 while no server runs"
        )
