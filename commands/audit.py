"""`chamba audit`: whether the audit log is as it was written, and what it says.

chamba audit verify --head 1200:5f0c…
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.options import DATA_DIR, DatabaseUrl, DataDir

if TYPE_CHECKING:
    from sqlalchemy import Connection

audit = typer.Typer(help="The audit log: check it, read it.", no_args_is_help=True, rich_markup_mode=None)
WHAT_IS_WRONG = {
    "altered": "is not what was written there, or not where it was written",
    "removed": "is gone, though later ones are there",
    "cut_off": "is gone, with all that came after it",
    "inserted": "was never counted: it was put in from outside, or the counter was changed",
    "rewritten": "has another hash than the head that was kept: the chain was made anew",
    "uncounted": "cannot be told from a missing one: the counter of entries is gone",
}


@audit.command(epilog="Example: chamba audit verify --head 1200:5f0c…")
def verify(
    head: Annotated[str, typer.Option(metavar="NUMBER:HASH", help="A head that an earlier verify printed.")] = "",
    data_dir: DataDir = DATA_DIR,
    database_url: DatabaseUrl = "",
) -> None:
    """Check every entry; exit status 1 when one was altered, removed or put in. Keep the printed head elsewhere."""
    from store.audit_chain import NO_ENTRIES, audit_head_from_text, verify_audit

    known_head = audit_head_from_text(head) if head else NO_ENTRIES
    with _connected(data_dir, database_url) as connection:
        report = verify_audit(connection, head=known_head)
    if report.fault is not None:
        typer.echo(f"entry {report.bad_number} {WHAT_IS_WRONG[report.fault]}", err=True)
        typer.echo(f"{report.head.number} entries before it are as they were written", err=True)
        raise typer.Exit(1)
    typer.echo(f"{report.head.number} entries, all as they were written")
    typer.echo(f"head, to keep elsewhere: {report.head}")


@audit.command("list", epilog="Example: chamba audit list --subject job:web-1")
def list_entries(
    subject: Annotated[str, typer.Option(help="Only what was done to this.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="How many, the newest of them.")] = 50,
    data_dir: DataDir = DATA_DIR,
    database_url: DatabaseUrl = "",
) -> None:
    """Print the newest entries, the newest last: number, time, actor, action, subject, detail."""
    import orjson

    from store.audit import read_audit

    with _connected(data_dir, database_url) as connection:
        entries = read_audit(connection, subject=subject or None, limit=limit, newest_first=True)
    for entry in reversed(entries):
        happened_at = entry.happened_at.isoformat(timespec="seconds")
        detail = orjson.dumps(entry.detail).decode()
        typer.echo(f"{entry.number}  {happened_at}  {entry.actor}  {entry.action}  {entry.subject}  {detail}")


@contextmanager
def _connected(data_dir: Path, stated_url: str) -> Iterator[Connection]:
    """A database that is there: a new and empty one, where a path is wrong, would pass as sound."""
    from store.database import existing_database

    with existing_database(data_dir, stated_url) as database, database.connect() as connection:
        yield connection
