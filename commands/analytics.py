"""`chamba analytics`: pseudonymous snapshots for the analyst, and what they answer.

chamba analytics show funnel --format csv --out funnel.csv
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.opening import migrated_database, open_cipher
from commands.options import DATA_DIR, DatabaseUrl, DataDir, MasterKeyFile
from commands.programmes.printing import print_simulation, read_file
from engine.errors import InvalidInputError
from engine.explain import Locale
from store.analytics.tables import Filters, Format, Question

if TYPE_CHECKING:
    from store.analytics.snapshots import AnalyticsSnapshot

analytics = typer.Typer(
    help="What the analyst asks: pseudonymous snapshots, and answers from them.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
programme = typer.Typer(
    help="Programmes that say whom they are for: their rules, tried before they hold.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
RulesFile = Annotated[Path, typer.Argument(help="The rules, in TOML or JSON.")]
Version = Annotated[str, typer.Option("--snapshot", help="A version that `list` names; without it the newest.")]
Language = Annotated[Locale, typer.Option("--language", help="Of what is said beside the numbers.")]
Since = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="A day of the first week asked about.")]
Until = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="A day of the last week asked about.")]


@analytics.command(epilog="Example: chamba analytics snapshot")
def snapshot(data_dir: DataDir = DATA_DIR, database_url: DatabaseUrl = "", master_keys: MasterKeyFile = None) -> None:
    """Write what the store holds to Parquet, people under pseudonyms, as the newest snapshot."""
    from functools import partial

    from store.analytics.questions.answers import prepare
    from store.analytics.snapshots import take_snapshot
    from store.encryption.data_keys import Purpose

    with migrated_database(data_dir, database_url) as database:
        cipher = open_cipher(database, data_dir, master_keys)
        pseudonym = partial(cipher.keyed_hash, Purpose.PSEUDONYM)
        taken = take_snapshot(database, _folder(data_dir), pseudonym, datetime.now(UTC))
    prepare(taken)
    typer.echo(f"snapshot {taken.version}: {_counts(taken)}")
    typer.echo(str(taken.folder))


@analytics.command("list", epilog="Example: chamba analytics list")
def list_all(data_dir: DataDir = DATA_DIR) -> None:
    """Show the snapshots, oldest first; * marks the one that questions are answered from."""
    from store.analytics.snapshots import CURRENT, list_snapshots

    folder = _folder(data_dir)
    found, damaged = list_snapshots(folder)
    if not found:
        typer.echo(f"no snapshot in {folder}; take one: chamba analytics snapshot")
    current = (folder / CURRENT).resolve()
    for one in found:
        rewritten = f"  people erased {one.rewritten_at:%Y-%m-%d %H:%M}" if one.rewritten_at else ""
        mark = "*" if one.folder == current else " "
        typer.echo(f"{mark} {one.version}  {one.taken_at:%Y-%m-%d %H:%M}  {_counts(one)}{rewritten}")
    for error in damaged:
        typer.echo(f"! {error}", err=True)


@analytics.command(epilog="Example: chamba analytics show funnel --format csv --out funnel.csv")
def show(
    question: Annotated[Question, typer.Argument(help="What is asked.")],
    format_: Annotated[Format, typer.Option("--format", help="How it is answered.")] = Format.JSON,
    out: Annotated[Path | None, typer.Option("--out", help="File to write; without it the answer is printed.")] = None,
    since: Since = None,
    until: Until = None,
    version: Version = "",
    language: Language = Locale.ES,
    data_dir: DataDir = DATA_DIR,
) -> None:
    """Answer a question from a snapshot."""
    from engine.artifacts import write_atomically
    from store.analytics.formats import formatted
    from store.analytics.questions.answers import answer

    if format_ is Format.PARQUET and out is None:
        raise InvalidInputError("Parquet is not for the screen", expected="--out FILE", field="out")
    table = answer(chosen_snapshot(data_dir, version), question, chosen_period(since, until))
    content = formatted(table, format_, language)
    if out is None:
        sys.stdout.write(content.decode())
    else:
        write_atomically(out, content)
        typer.echo(f"{out}: {len(table.rows)} rows, {table.suppressed_cells} cells hidden")


@analytics.command(epilog="Example: chamba analytics forget --before 2026-01-01")
def forget(
    before: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Snapshots taken earlier go (UTC).")],
    data_dir: DataDir = DATA_DIR,
) -> None:
    """Remove old snapshots, but for the newest."""
    from store.analytics.snapshots import forget_old_snapshots

    for version in forget_old_snapshots(_folder(data_dir), before.replace(tzinfo=UTC)):
        typer.echo(f"removed {version}")


@programme.command(epilog="Example: chamba programme check reglas.toml")
def check(file: RulesFile, language: Language = Locale.ES) -> None:
    """Read rules and say them in words, with the figures of today."""
    from engine.programmes.sentences import rule_sentence
    from store.analytics.rows import lima_day

    rules, day = read_file(file), lima_day(datetime.now(UTC))
    typer.echo(f"version {rules.version}, from {rules.in_force_from} to {rules.in_force_to or '…'}")
    for rule in rules.rules:
        typer.echo(f"- {rule_sentence(rule, day, language)}")
        for inner in getattr(rule, "rules", ()):
            typer.echo(f"  - {rule_sentence(inner, day, language)}")


@programme.command("simulate", epilog="Example: chamba programme simulate reglas.toml")
def simulate_rules(
    file: RulesFile,
    programme_id: Annotated[str, typer.Option("--programme", help="Compare with its rules in force.")] = "",
    as_of: Annotated[
        datetime | None, typer.Option("--day", formats=["%Y-%m-%d"], help="As of this day; today without it.")
    ] = None,
    data_dir: DataDir = DATA_DIR,
    database_url: DatabaseUrl = "",
    master_keys: MasterKeyFile = None,
) -> None:
    """Count who would pass, by region and group: people who agree to it, in sums of five or more."""
    from store.analytics.rows import lima_day
    from store.programmes.programmes import get_programme
    from store.programmes.simulation import simulate
    from store.programmes.versions import in_force, versions_of

    rules, day = read_file(file), lima_day(datetime.now(UTC)) if as_of is None else as_of.date()
    with migrated_database(data_dir, database_url) as database:
        cipher = open_cipher(database, data_dir, master_keys)
        with database.connect() as connection:
            holding = None
            if programme_id:
                get_programme(connection, programme_id)
                holding = in_force(versions_of(connection, programme_id), day)
            found = simulate(connection, cipher, rules, holding, day)
    print_simulation(found)


def chosen_snapshot(data_dir: Path, version: str) -> AnalyticsSnapshot:
    """The snapshot of a version, or the newest; raises ArtifactError."""
    from store.analytics.snapshots import current_snapshot, open_version

    folder = _folder(data_dir)
    return open_version(folder, version) if version else current_snapshot(folder)


def chosen_period(since: datetime | None, until: datetime | None) -> Filters:
    """The weeks that two days stand for; None: no bound."""
    return Filters(since.date() if since else None, until.date() if until else None)


def _folder(data_dir: Path) -> Path:
    return data_dir / "analytics"


def _counts(one: AnalyticsSnapshot) -> str:
    return ", ".join(f"{count:,} {table}" for table, count in one.told_counts.items())
