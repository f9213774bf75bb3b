"""The tables of the system of record, a file a subject. Times are kept in UTC.

Changing a table takes a new file in `store/migrations/versions` too: a test compares.
"""

from sqlalchemy import Table

from store.tables import (
    alerts,
    credentials,
    evidence,
    feeds,
    hiring,
    matching,
    notices,
    partners,
    people,
    phones,
    programmes,
    trust,
)
from store.tables.base import Base

__all__ = [
    "COUNTERS",
    "DELETED_JOBS",
    "JOBS",
    "PLACEMENTS",
    "SEEKERS",
    "Base",
    "alerts",
    "credentials",
    "evidence",
    "feeds",
    "hiring",
    "matching",
    "notices",
    "partners",
    "people",
    "phones",
    "programmes",
    "trust",
]

JOBS: Table = Base.metadata.tables["jobs"]
SEEKERS: Table = Base.metadata.tables["seekers"]
PLACEMENTS: Table = Base.metadata.tables["placements"]
DELETED_JOBS: Table = Base.metadata.tables["deleted_jobs"]
COUNTERS: Table = Base.metadata.tables["counters"]
