"""`chamba feeds`: sources of postings that keep coming, each a small file in `data/feeds/`.

*/15 * * * *  chamba feeds run --data-dir /srv/chamba      what is due, by cron
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.opening import migrated_database
from commands.options import DATA_DIR, DatabaseUrl, DataDir

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from store.feeds.feed_files import Feed
    from store.feeds.runner import FeedResult, FeedRunner

CRON = "What is due, by cron: */15 * * * * chamba feeds run --data-dir /srv/chamba"
NOT_WELL = 1
Folder = Annotated[
    Path | None, typer.Option("--feeds", envvar="CHAMBA_FEEDS", help="Folder of feed files; empty: DATA_DIR/feeds.")
]

feeds = typer.Typer(help="Sources of postings that keep coming.", invoke_without_command=True, rich_markup_mode=None)


@feeds.callback()
def list_feeds(
    context: typer.Context, folder: Folder = None, data_dir: DataDir = DATA_DIR, database_url: DatabaseUrl = ""
) -> None:
    """List the feeds with how they stand; `run` reads them, `report` tells what runs did."""
    if context.invoked_subcommand is None:
        from store.feeds.feed_files import load_feeds
        from store.feeds.ledger import feed_states
        from store.feeds.telling import listed

        place = _folder(folder, data_dir)
        found, unusable = load_feeds(place)
        with migrated_database(data_dir, database_url) as database, database.connect() as connection:
            lines = listed(found, unusable, feed_states(connection), place)
        typer.echo("\n".join(lines))
        if unusable:
            raise typer.Exit(NOT_WELL)


@feeds.command("run", epilog=CRON)
def run(
    names: Annotated[list[str] | None, typer.Argument(help="Feeds to run now; none: those that are due.")] = None,
    every_one: Annotated[bool, typer.Option("--all", help="Run all, due or not.")] = False,
    fresh: Annotated[bool, typer.Option(help="Read again what did not change.")] = False,
    accept_closing: Annotated[bool, typer.Option(help="Close what disappeared even if it is half a source.")] = False,
    at_once: Annotated[int, typer.Option(min=1, max=32, help="Feeds read at a time.")] = 4,
    contact: Annotated[
        str, typer.Option(envvar="CHAMBA_FEEDS_CONTACT", help="Told to the hosts: an address of mail or a page.")
    ] = "",
    private_networks: Annotated[
        str,
        typer.Option(envvar="CHAMBA_FEEDS_NETWORKS", help="Private networks that may be read, such as 10.1.2.0/24."),
    ] = "",
    folder: Folder = None,
    data_dir: DataDir = DATA_DIR,
    database_url: DatabaseUrl = "",
) -> None:
    """Read what is due; goes on where a run was killed, and may be started again at any time.

    Exit status 1: a feed failed, was read in part, or lost half of its postings at once; the rest was read.
    """
    from store.feeds.feed_files import load_feeds
    from store.feeds.runner import FeedRunner, RunOptions
    from store.fetching.addresses import networks_of
    from store.fetching.requests import Fetcher

    place = _folder(folder, data_dir)
    found, unusable = load_feeds(place)
    fetcher = Fetcher(networks=networks_of(private_networks), contact=contact)
    with migrated_database(data_dir, database_url) as database:
        runner = FeedRunner(database, place, fetcher, say=_say)
        chosen = _chosen(found, unusable, names or [], runner, every_one=every_one)
        options = RunOptions(at_once, fresh, accept_closing)
        results = runner.run(chosen, options, lambda result: _told(result, database, place, found))
        _keep_status(database, place, found)
    fetcher.close()
    for name, why in unusable.items():
        typer.echo(f"{name}: {why}", err=True)
    if not results and not unusable:
        typer.echo("no feed is due")
    if unusable or not all(result.is_well for result in results):
        raise typer.Exit(NOT_WELL)


@feeds.command("report", epilog="Example: chamba feeds report\n\nExample: chamba feeds report taller --runs 5")
def report(
    names: Annotated[list[str] | None, typer.Argument(help="Feeds; none: all.")] = None,
    runs: Annotated[int, typer.Option(min=1, max=100, help="Of each the last so many runs.")] = 1,
    data_dir: DataDir = DATA_DIR,
    database_url: DatabaseUrl = "",
) -> None:
    """Tell what the last runs did: read = new + changed + same + rejected + skipped, and what went wrong."""
    from store.feeds.ledger import feed_states, last_runs
    from store.feeds.telling import reported

    with migrated_database(data_dir, database_url) as database, database.connect() as connection:
        chosen = names or list(feed_states(connection))
        lines = [line for name in chosen for line in reported(name, last_runs(connection, name, runs))]
    typer.echo("\n".join(lines) or "no feed has run yet")


@feeds.command("retire", epilog="Example: rm data/feeds/taller.toml && chamba feeds retire taller")
def retire(
    name: Annotated[str, typer.Argument(help="A feed whose file is gone.")],
    folder: Folder = None,
    data_dir: DataDir = DATA_DIR,
    database_url: DatabaseUrl = "",
) -> None:
    """Close every posting of a feed that is read no more, and forget its runs; the jobs stay, closed."""
    from engine.errors import ConflictError
    from store.feeds.runner import FeedRunner
    from store.fetching.requests import Fetcher

    place = _folder(folder, data_dir)
    if (place / f"{name}.toml").exists():
        raise ConflictError(f"the feed {name} has its file still", fix=f"take {place / name}.toml away, then retire it")
    with migrated_database(data_dir, database_url) as database:
        fetcher = Fetcher()
        closed = FeedRunner(database, place, fetcher).retire(name)
        fetcher.close()
    typer.echo(f"{name}: {closed} postings closed")


def _folder(stated: Path | None, data_dir: Path) -> Path:
    from store.feeds.status import feeds_folder

    return stated or feeds_folder(data_dir)


def _chosen(
    found: list[Feed], unusable: dict[str, str], names: list[str], runner: FeedRunner, *, every_one: bool
) -> list[Feed]:
    from engine.errors import NotFoundError

    if not names:
        return found if every_one else runner.due(found)
    known = {feed.name: feed for feed in found}
    for name in names:
        if name not in known and name not in unusable:
            raise NotFoundError("no such feed", expected=", ".join(sorted(known)) or "a feed file", got=name)
    return [known[name] for name in names if name in known]


def _say(line: str) -> None:
    typer.echo(line, err=True)


def _told(result: FeedResult, database: Engine, place: Path, found: list[Feed]) -> None:
    from store.feeds.telling import told

    typer.echo(told(result), err=not result.is_well)
    _keep_status(database, place, found)


def _keep_status(database: Engine, place: Path, found: list[Feed]) -> None:
    from store.feeds.ledger import feed_states
    from store.feeds.status import write_status

    with database.connect() as connection:
        write_status(place, feed_states(connection), [feed.name for feed in found])
