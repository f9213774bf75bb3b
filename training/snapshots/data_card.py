"""The data card of a snapshot: what is in it, how it was checked, what never is; after Gebru et al., Datasheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from training.snapshots.rows import COLUMNS
from training.snapshots.tables import open_tables

if TYPE_CHECKING:
    import duckdb

if TYPE_CHECKING:
    from training.snapshots.snapshots import Snapshot

GRADES = {4: "hired", 3: "offer", 2: "interview", 1: "forwarded", 0: "applied only", -1: "declined"}
LONGEST_LIST = 12

_INTRODUCTION = """# Data card: snapshot {version}

Jobs, people looking for work, what became of them (placements), and what they were shown, clicked and applied for
(events), as Chamba's store held them on {taken_at:%Y-%m-%d %H:%M} UTC. It is made to train and judge the towers
(`chamba train --data FOLDER`).

| | |
|---|---|
| content hash (SHA-256) | `{content_hash}` |
| store's data version | `{source_data_version}` |
| snapshot before | {previous} |
| jobs, people | {jobs:,}, {seekers:,} |
| people left out | {left_out:,}: they did not agree that models learn from what becomes of them |
| placements | {placements:,}: {dates} |
| events | {events:,}: {event_dates} |
"""
_ENDING = """## Licence and use

The snapshot inherits the terms of each source of jobs listed above and the consent under which people gave their
profiles; it grants nothing by itself. Keep it where the store is kept, and do not publish it. People's words are
personal data (in Peru, Ley 29733): a snapshot that holds somebody who asks to be forgotten is rewritten without them
(`chamba erasures`).

## What is never in it

Anything of people who did not agree to training: no profile, outcome or event; jobs are nobody's.
Age, sex, poverty class and income, by rule: no table of Chamba holds them. People's names and contacts: the store has
no such columns, and e-mail addresses, telephone, DNI and RUC numbers and links to chats are masked in every text
({masked_jobs} jobs and {masked_seekers} people had one). A name that a person wrote in their own words may remain.

## Know before using

Profiles are as they are now, not as they were at the time of an outcome; "employer in the profile" looks for what
that can give away. The least pay a person asks for is kept: it is a wish, not their income. Placements are only of
people who used the service, and of jobs they were shown or found. Events are only what partners tell of; people click
on what stands first, and a click is no match: models are judged by placements alone.
Languages are guessed from the commonest words of a text.
"""


def data_card(snapshot: Snapshot) -> str:
    """The card, in Markdown; the snapshot's tables must stand and its checks be done."""
    with open_tables(snapshot.folder) as connection:
        facts = {
            "version": snapshot.version,
            "taken_at": snapshot.taken_at,
            "content_hash": snapshot.content_hash,
            "source_data_version": snapshot.source_data_version,
            "previous": f"`{snapshot.previous}`" if snapshot.previous else "none",
            "left_out": snapshot.left_out,
            "dates": _date_range(connection, "placements", "placed_at"),
            "event_dates": _date_range(connection, "events", "occurred_at"),
        }
        parts = [
            _INTRODUCTION.format(**facts, **snapshot.counts),
            _contents(connection),
            _missing(connection, snapshot.counts),
            _checks(snapshot),
            _ENDING.format(masked_jobs=snapshot.masked["jobs"], masked_seekers=snapshot.masked["seekers"]),
        ]
    return "\n".join(parts)


def _contents(connection: duckdb.DuckDBPyConnection) -> str:
    grades = connection.execute("select grade, count(*) from placements group by grade order by grade desc").fetchall()
    lines = [
        "## What is in it",
        "",
        "- grades: " + (", ".join(f"{grade} {GRADES.get(grade, '?')} {count:,}" for grade, count in grades) or "none"),
        "- events: " + _tally(connection, "events", "kind"),
        "- jobs posted: " + _date_range(connection, "jobs", "posted_at"),
        "- sources of jobs: " + _tally(connection, "jobs", "source"),
        "- languages of jobs' texts: " + _tally(connection, "jobs", "language"),
        "- countries of jobs: " + _tally(connection, "jobs", "country"),
        "- modality of jobs: " + _tally(connection, "jobs", "modality"),
        "- languages of people's texts: " + _tally(connection, "seekers", "language"),
        "- countries of people: " + _tally(connection, "seekers", "country"),
        "- people with an outcome: "
        + _distinct(connection, "seeker_id")
        + ", jobs: "
        + _distinct(connection, "job_id"),
    ]
    return "\n".join(lines) + "\n"


def _missing(connection: duckdb.DuckDBPyConnection, counts: dict[str, int]) -> str:
    lines = ["## What is not stated", "", "| column | type | rows without it |", "|---|---|---|"]
    for table, columns in COLUMNS.items():
        sums = ", ".join(f"count(*) filter ({column} is null)" for column in columns)
        (nulls,) = connection.execute(f"select {sums} from {table}").fetchall()
        for (column, kind), missing in zip(columns.items(), nulls, strict=True):
            share = f"{missing:,} ({missing / counts[table]:.1%})" if missing else "0"
            lines.append(f"| {table}.{column} | {kind} | {share} |")
    return "\n".join(lines) + "\n"


def _checks(snapshot: Snapshot) -> str:
    lines = ["## Checks", "", "As they were when the snapshot was taken; drift that was accepted since then is in"]
    lines += ["`snapshot.json`. Again, with the rows at fault: `chamba data check FOLDER`.", ""]
    lines += ["| check | result | rows at fault | what it looks for |", "|---|---|---|---|"]
    lines += [
        f"| {one.name} | {one.status.value} | {'–' if one.is_drift else f'{one.found:,}'} | {one.message} |"
        for one in snapshot.results
    ]
    return "\n".join(lines) + "\n"


def _date_range(connection: duckdb.DuckDBPyConnection, table: str, column: str) -> str:
    ((first, last),) = connection.execute(f"select min({column})::date, max({column})::date from {table}").fetchall()
    return f"{first} to {last}" if first else "no dates"


def _tally(connection: duckdb.DuckDBPyConnection, table: str, column: str) -> str:
    found = connection.execute(
        f"select coalesce({column}, 'not stated') as kind, count(*) as rows from {table} group by kind "
        "order by rows desc, kind"
    ).fetchall()
    listed = ", ".join(f"{kind} {rows:,}" for kind, rows in found[:LONGEST_LIST])
    more = len(found) - LONGEST_LIST
    return (listed or "none") + (f" and {more} more" if more > 0 else "")


def _distinct(connection: duckdb.DuckDBPyConnection, column: str) -> str:
    ((count,),) = connection.execute(f"select count(distinct {column}) from placements").fetchall()
    return f"{count:,}"
