"""What changed of one to four people since the snapshot before waits for the next: two snapshots never differ by it.

Somebody who knows when a person came, or changed a profile, would otherwise read them off the difference. Of each
column of a person, and of what was shown to people and what they did, at least `LEAST_PEOPLE` people change at once, or
nobody does. It hides a person among those who changed meanwhile, whoever they are. Who left is gone at once: to be
forgotten goes before.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from store.analytics.columns import COLUMNS, KEYS
from store.analytics.parquet_files import connected, count_of, rows_of, write_query
from store.analytics.small_groups import is_small

if TYPE_CHECKING:
    import duckdb

ACTED = ("shown", "steps", "searches")
# A skill that only one of the snapshots names changes nobody.
_COMMON_SKILLS = (
    "set variable common = (select coalesce(list(skill), []::varchar[]) "
    "from before_skills semi join after_skills using (skill))"
)


def hold_back(before: Path, after: Path, spill: Path) -> dict[str, int]:
    """Write the tables of `after`, an unfinished snapshot, anew with what waits; the rows of those that were written.

    Args:
        before: the folder of the snapshot before.
        after: the folder of the new one, of which the tables of people may change.
        spill: a folder for what does not fit in memory.
    """
    with connected(spill) as connection:
        for name, folder in (("before", before), ("after", after)):
            for table in COLUMNS:
                connection.execute(f"create view {name}_{table} as {rows_of(folder, table)}")
        connection.execute(_COMMON_SKILLS)
        queries = {table: _rows_of_acts(connection, table) for table in ACTED} | {"people": _rows_of_people(connection)}
        return {
            table: _rewritten(connection, query, after, table) for table, query in queries.items() if query is not None
        }


def _rows_of_acts(connection: duckdb.DuckDBPyConnection, table: str) -> str | None:
    """The rows of a table of acts in which those of few people are as before; None where no few people acted."""
    connection.execute(
        f"""
        create temp table acted_{table} as select distinct person from (
            (from after_{table} except from before_{table}) union all
            (from before_{table} semi join after_people using (person) except from after_{table}))
        """
    )
    if not is_small(count_of(connection, f"select count(*) from acted_{table}")):
        return None
    return (
        f"select * from after_{table} anti join acted_{table} using (person) "
        f"union all select * from before_{table} semi join acted_{table} using (person)"
    )


def _rows_of_people(connection: duckdb.DuckDBPyConnection) -> str | None:
    """The rows of people without few who joined, and with each column as before where few changed it."""
    joined = "after_people anti join before_people using (person)"
    waiting = f"select person from {joined}" if is_small(count_of(connection, f"select count(*) from {joined}")) else ""
    connection.execute(f"create temp table waiting as {waiting or 'select person from after_people limit 0'}")
    connection.execute("create temp table present as from after_people anti join waiting using (person)")
    columns = [column for column in COLUMNS["people"] if column != "person"]
    held = [column for column in columns if _is_held(connection, column)]
    if not waiting and not held:
        return None
    values = [
        f"case when person in (from changed_{column}) then before_people.{column} else present.{column} end as {column}"
        if column in held
        else f"present.{column}"
        for column in columns
    ]
    return f"select person, {', '.join(values)} from present left join before_people using (person)"


def _is_held(connection: duckdb.DuckDBPyConnection, column: str) -> bool:
    """Whether few changed a column, who then stand in a table `changed_…`."""
    now, then = f"present.{column}", f"before_people.{column}"
    if column == "skills":
        now, then = (
            f"nullif(list_filter({one}, lambda skill: list_contains(getvariable('common'), skill)), [])"
            for one in (now, then)
        )
    connection.execute(
        f"""
        create temp table changed_{column} as
        select present.person from present left join before_people using (person) where {now} is distinct from {then}
        """
    )
    return is_small(count_of(connection, f"select count(*) from changed_{column}"))


def _rewritten(connection: duckdb.DuckDBPyConnection, query: str, folder: Path, table: str) -> int:
    path, beside = folder / f"{table}.parquet", folder / f"{table}.held"
    count = write_query(connection, f"from ({query}) order by {', '.join(KEYS[table])}", beside)
    beside.replace(path)
    return count
