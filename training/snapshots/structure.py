"""Checks of what is in a snapshot: columns, missing values, ranges, duplicates, what names nobody that is there.

Each query returns the rows at fault, by id and never by text. `snapshot` holds the time it was taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from training.snapshots.rows import COLUMNS, CONTACT, KEYS, REQUIRED

if TYPE_CHECKING:
    import duckdb

TEXT_TYPES = frozenset({"VARCHAR"})
IMPORT_AGAIN = "correct the rows where they come from and import them again"
TAKE_AGAIN = "take the snapshot again: chamba data snapshot"


@dataclass(frozen=True, slots=True)
class Check:
    """A query that returns the rows at fault.

    `message` is what is wrong with them, `fix` what to do. Up to `tolerated_share` of the rows of `out_of` (a table
    or a subquery) may be at fault; without `out_of` none may.
    """

    name: str
    message: str
    query: str
    fix: str
    tolerated_share: float = 0.0
    out_of: str = ""


def create_expected_columns(connection: duckdb.DuckDBPyConnection) -> None:
    """The table `expected_columns`, beside which the schema check lays what there is."""
    connection.execute("create table expected_columns (table_name varchar, column_name varchar, expected varchar)")
    rows = [(table, column, kind) for table, columns in COLUMNS.items() for column, kind in columns.items()]
    connection.executemany("insert into expected_columns values (?, ?, ?)", rows)


SCHEMA_CHECK = Check(
    "schema",
    "a column is missing or of another type",
    """select expected_columns.*, coalesce(data_type, 'no such column') as got
       from expected_columns left join duckdb_columns() using (table_name, column_name)
       where data_type is distinct from expected""",
    TAKE_AGAIN,
)


def _nulls() -> str:
    queries = []
    for table, columns in REQUIRED.items():
        for column in columns:
            empty = f" or {column} = ''" if COLUMNS[table][column] in TEXT_TYPES else ""
            queries.append(
                f"select '{table}' as table_name, '{column}' as column_name, {_id(table)} as id "
                f"from {table} where {column} is null{empty}"
            )
    return " union all ".join(queries)


def _id(table: str) -> str:
    return "concat_ws(' → ', " + ", ".join(KEYS[table]) + ")"


# A large store is not read in a moment, and what happens meanwhile is read too.
_EVENT_TIME = "between timestamp '1990-01-01' and (select taken_at + interval 1 day from snapshot)"
_TIME = "between timestamp '1990-01-01' and (select taken_at from snapshot)"
_RANGES = (
    ("placements", "grade", "grade between -1 and 4"),
    ("placements", "placed_at", f"placed_at {_TIME}"),
    ("jobs", "posted_at", f"posted_at {_TIME}"),
    ("jobs", "closes_at", "closes_at >= timestamp '1990-01-01'"),
    ("jobs", "pay_soles_month", "pay_soles_month > 0 and isfinite(pay_soles_month)"),
    ("jobs", "hours_per_week", "hours_per_week between 0 and 168"),
    ("seekers", "hours_per_week", "hours_per_week between 0 and 168"),
    ("events", "kind", "kind in ('impression', 'click', 'apply', 'hire')"),
    ("events", "position", "position >= 1"),
    ("events", "occurred_at", f"occurred_at {_EVENT_TIME}"),
    ("jobs", "skill_count", "skill_count >= 0"),
    ("seekers", "skill_count", "skill_count >= 0"),
)


def _ranges() -> str:
    # "not (…)" is null where the value is, so what is not stated is not out of range.
    return " union all ".join(
        f"select '{table}' as table_name, '{column}' as column_name, {_id(table)} as id, {column}::varchar as got "
        f"from {table} where not ({right})"
        for table, column, right in _RANGES
    )


def _duplicate_ids() -> str:
    return " union all ".join(
        f"select '{table}' as table_name, {key} as id, count(*) as times from {table} group by {key} having times > 1"
        for table, key in (("jobs", "job_id"), ("seekers", "seeker_id"))
    )


JOB_WORDS = "concat_ws(' ', document->>'$.title', document->>'$.description', document->>'$.skills')"
SEEKER_WORDS = "concat_ws(' ', document->>'$.text', document->>'$.skills')"

STRUCTURE_CHECKS = (
    Check("nulls", "a required value is missing", _nulls(), IMPORT_AGAIN),
    Check("ranges", "a value is impossible: grade, date, pay, hours, count, kind or position", _ranges(), IMPORT_AGAIN),
    Check("duplicate ids", "an id is there more than once", _duplicate_ids(), TAKE_AGAIN),
    Check(
        "duplicate pairs",
        "a person and a job have more than one outcome",
        """select seeker_id, job_id, count(*) as times from placements
           group by seeker_id, job_id having times > 1""",
        TAKE_AGAIN,
    ),
    Check(
        "same job text",
        "a job reads word for word like an earlier one",
        """select * from (
               select job_id, first_value(job_id) over same as same_as from jobs
               window same as (partition by text_hash order by job_id)
           ) where job_id <> same_as""",
        "import one of each: to the towers they are one job",
        tolerated_share=0.10,
        out_of="jobs",
    ),
    Check(
        "empty texts",
        "a person has neither words nor skills",
        "select seeker_id from seekers where text_characters = 0",
        "complete these profiles, or leave them out",
        tolerated_share=0.05,
        out_of="seekers",
    ),
    Check(
        "orphans",
        "a placement's person or job is unknown; training leaves it out",
        """select seeker_id, job_id,
                  seeker_id not in (select seeker_id from seekers) as person_unknown,
                  job_id not in (select job_id from jobs) as job_unknown
           from placements where person_unknown or job_unknown""",
        "import the jobs and people that are missing (some are expected: who was forgotten stays in the history)",
        tolerated_share=0.05,
        out_of="placements",
    ),
    Check(
        "events of nobody",
        "an event's person or job is unknown; training leaves it out",
        """select seeker_id, job_id, kind, occurred_at,
                  seeker_id not in (select seeker_id from seekers) as person_unknown,
                  job_id not in (select job_id from jobs) as job_unknown
           from events where person_unknown or job_unknown""",
        TAKE_AGAIN + " (it names only people and jobs that it holds, but for those deleted meanwhile)",
        tolerated_share=0.05,
        out_of="events",
    ),
    Check(
        "contacts",
        "an e-mail address or a telephone number stands in a text",
        f"""select 'jobs' as table_name, job_id as id from jobs where regexp_matches({JOB_WORDS}, $${CONTACT}$$)
            union all
            select 'seekers', seeker_id from seekers where regexp_matches({SEEKER_WORDS}, $${CONTACT}$$)""",
        TAKE_AGAIN,
    ),
)
