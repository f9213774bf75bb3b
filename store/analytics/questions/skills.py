"""Supply and demand of skills: how many people have each, how many open jobs ask for it."""

from __future__ import annotations

from store.analytics.small_groups import told, told_per
from store.analytics.snapshots import AnalyticsSnapshot
from store.analytics.tables import Cell, Column, ColumnType, Filters, Note, Question, Table, table

COLUMNS = (
    Column("skill", ColumnType.TEXT),
    Column("people", ColumnType.INTEGER, "people"),
    Column("jobs", ColumnType.INTEGER, "open jobs"),
    Column("openings", ColumnType.INTEGER, "openings"),
    Column("people_per_job", ColumnType.NUMBER, "people an open job"),
)
_QUERY = """
    with held as (
        select skill, count(*) as people from (select unnest(skills) as skill from people) group by skill
    ),
    asked as (
        select skill, count(*) as jobs, sum(coalesce(openings, 1))::bigint as openings
        from (select unnest(skills) as skill, openings from jobs where is_open) group by skill
    )
    select label, coalesce(people, 0), coalesce(jobs, 0), coalesce(openings, 0)
    from skills left join held using (skill) left join asked using (skill)
    where people > 0 or jobs > 0
    order by jobs desc nulls last, label
"""


def skill_balance(snapshot: AnalyticsSnapshot, filters: Filters) -> Table:
    """People who have each skill and open jobs that ask for it, the most asked first, as of the snapshot's day."""
    del filters  # what people can do and jobs ask for is known of one day only
    with snapshot.tables() as connection:
        rows = connection.execute(_QUERY).fetchall()
    cells = [_row(*row) for row in rows]
    return table(Question.SKILLS, snapshot.version, COLUMNS, cells, (Note("today"), Note("skills")))


def _row(skill: str, people: int, jobs: int, openings: int) -> tuple[Cell, ...]:
    have_it = told(people, people)
    return skill, have_it, jobs, openings, told_per(have_it, jobs)
