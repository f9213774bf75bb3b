"""`chamba keys`: the keys that private values are encrypted under; changing them while servers run.

chamba keys rotate --purpose field
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from commands.opening import open_cipher
from commands.options import DATA_DIR, DatabaseUrl, DataDir, MasterKeyFile

if TYPE_CHECKING:
    from store.encryption.rotation import RotationReport

keys = typer.Typer(
    help="Encryption keys: list them, change them while servers run.", no_args_is_help=True, rich_markup_mode=None
)


class Rotated(StrEnum):
    """Whose keys can be rotated."""

    FIELD = "field"
    INDEX = "index"
    TOKEN = "token"  # noqa: S105 (the purpose)


@keys.command("list", epilog="Example: chamba keys list")
def list_keys(data_dir: DataDir = DATA_DIR, database_url: DatabaseUrl = "") -> None:
    """Print every data key: what for, in use since and until when, values under it, the master key that wraps it."""
    from sqlalchemy import select

    from store.database import existing_database
    from store.encryption.data_keys import DATA_KEYS, Purpose
    from store.encryption.index_texts import INDEX_TEXTS
    from store.encryption.sealed_columns import count_sealed, sealed_columns
    from store.tables import Base

    shown = [DATA_KEYS.c[name] for name in ("key_id", "purpose", "created_at", "retired_at", "master_key_id")]
    with existing_database(data_dir, database_url) as database, database.connect() as connection:
        rows = connection.execute(select(*shown).order_by(DATA_KEYS.c.purpose, DATA_KEYS.c.created_at)).all()
        fields = [row.key_id for row in rows if row.purpose == Purpose.FIELD]
        counts = count_sealed(connection, sealed_columns(Base.metadata, INDEX_TEXTS), fields)
    for row in rows:
        until = f"retired {_shown(row.retired_at)}" if row.retired_at else "live"
        values = f"{counts[row.key_id]} values" if row.purpose == Purpose.FIELD else "-"
        typer.echo(f"{row.key_id}  {row.purpose}  {_shown(row.created_at)}  {until}  {values}  {row.master_key_id}")
    if not rows:
        typer.echo("no key yet: the first server makes them")


@keys.command(epilog="Example: chamba keys rotate --purpose index")
def rotate(
    purpose: Annotated[Rotated | None, typer.Option(help="Whose key; without it, those of fields and indexes.")] = None,
    settle_seconds: Annotated[
        float | None, typer.Option(min=0, help="How long to wait for servers, twice (30); 0 when none runs.")
    ] = None,
    data_dir: DataDir = DATA_DIR,
    database_url: DatabaseUrl = "",
    master_keys: MasterKeyFile = None,
) -> None:
    """Make new data keys and seal every value again, while servers run; goes on where it was stopped.

    Of `token`: access tokens are signed by a new key, and those of the old one end within ten minutes, which it waits
    for; with --settle-seconds 0 they end at once, for a key that others may know.
    """
    from api.credentials.tokens import LIFETIME
    from store.database import existing_database
    from store.encryption.data_keys import Purpose
    from store.encryption.rotation import SETTLE, rotate_token_key
    from store.encryption.rotation import rotate as rotate_keys

    with existing_database(data_dir, database_url) as database:
        cipher = open_cipher(database, data_dir, master_keys)
        of_purpose = None if purpose is None else Purpose(purpose)
        settle = SETTLE if settle_seconds is None else timedelta(seconds=settle_seconds)
        if of_purpose is Purpose.TOKEN:
            report = rotate_token_key(database, cipher, lifetime=LIFETIME, settle=settle, wait=_wait)
        else:
            report = rotate_keys(database, cipher, of_purpose, settle=settle, wait=_wait)
    _print_report(report)


@keys.command(epilog="Example: chamba keys rewrap --master-keys /etc/chamba/master.keys")
def rewrap(data_dir: DataDir = DATA_DIR, database_url: DatabaseUrl = "", master_keys: MasterKeyFile = None) -> None:
    """Wrap every data key under the first line of the file of master keys; the lines below it may go then."""
    from store.database import existing_database
    from store.encryption.master_keys import master_keys_of
    from store.encryption.rotation import rewrap as rewrap_keys

    with existing_database(data_dir, database_url) as database:
        opened = master_keys_of(data_dir, master_keys)
        count = rewrap_keys(database, opened)
    typer.echo(f"{count} data keys wrapped again; all of them are under {opened.current_id()}")


def _print_report(report: RotationReport) -> None:
    begun = "finished the rotation that was begun: now" if report.is_resumed else "rotated: now"
    typer.echo(f"{begun} {', '.join(report.current)}")
    for column, count in sorted(report.resealed.items()):
        typer.echo(f"{column}: {count} rows")
    for (column, obstacle), count in sorted(report.obstacles.items()):
        typer.echo(f"{column}: {count} rows left as they were: each {obstacle} (the log says which)", err=True)
    if report.retired:
        typer.echo(f"retired, though what is under it still opens: {', '.join(report.retired)}")
    if report.retained:
        typer.echo(f"still in use: {', '.join(report.retained)}; retire it by running this again", err=True)


def _wait(seconds: float) -> None:
    typer.echo(f"waiting {seconds:.0f} seconds for the servers")
    time.sleep(seconds)


def _shown(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
