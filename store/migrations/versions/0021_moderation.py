"""Decisions that name what follows from them, jobs of any origin that are taken down, and imports that are held.

Imports that signs of fraud hold get the row and the case by which an administrator can release them.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op
from uuid_utils import uuid7

revision = "0021_moderation"
down_revision = "0020_careers"

MOMENT = sa.DateTime(timezone=True)
BATCH_ROWS = 500
# By kind: what "approved" and what "rejected" meant.
DECISIONS = {
    "posting": ("job_shown", "job_taken_down"),
    "import": ("job_shown", "job_taken_down"),
    "report": ("job_taken_down", "job_stays"),
    "employer": ("organisation_verified", "organisation_refused"),
    "human_review": ("answer_corrected", "answer_stands"),
    "correction": ("data_corrected", "data_stays"),
    "appeal": ("account_restored", "account_stays_suspended"),
}
CASES = sa.table(
    "cases",
    *(sa.column(name) for name in ("case_id", "kind", "subject_id", "state", "decision", "assigned_to")),
    sa.column("reasons", sa.JSON()),
    *(sa.column(name, MOMENT) for name in ("opened_at", "decided_at")),
)
POSTINGS = sa.table(
    "postings", *(sa.column(name) for name in ("job_id", "moderation")), sa.column("updated_at", MOMENT)
)
TAKEN_DOWN = sa.table(
    "taken_down_jobs", *(sa.column(name) for name in ("job_id", "case_id")), sa.column("taken_down_at", MOMENT)
)
MODERATED = sa.table(
    "moderated_imports",
    *(sa.column(name) for name in ("job_id", "released_words")),
    sa.column("is_wanted_open", sa.Boolean()),
)
JOBS = sa.table("jobs", sa.column("job_id"), sa.column("document", sa.JSON()), sa.column("is_open", sa.Boolean()))


def upgrade() -> None:
    """Make the table and columns; what was decided keeps its meaning under the word that says it."""
    op.add_column("cases", sa.Column("taken_at", MOMENT))
    op.create_table(
        "moderated_imports",
        sa.Column("job_id", sa.String(), primary_key=True),
        sa.Column("is_wanted_open", sa.Boolean(), nullable=False),
        sa.Column("released_words", sa.String(64)),
    )
    op.add_column("taken_down_jobs", sa.Column("case_id", sa.String()))
    for kind, (approved, rejected) in DECISIONS.items():
        _rename(kind, "approved", approved)
        _rename(kind, "rejected", rejected)
    _list_rejected_postings()
    _fill_case_ids()
    _hold_imports()


def downgrade() -> None:
    """Forget what is held and released; decisions are two words again."""
    for kind, (approved, rejected) in DECISIONS.items():
        _rename(kind, approved, "approved")
        _rename(kind, rejected, "rejected")
    op.execute(sa.delete(CASES).where(CASES.c.kind == "import"))
    op.execute(sa.delete(TAKEN_DOWN).where(TAKEN_DOWN.c.job_id.in_(sa.select(POSTINGS.c.job_id))))
    op.drop_column("taken_down_jobs", "case_id")
    op.drop_table("moderated_imports")
    op.drop_column("cases", "taken_at")


def _rename(kind: str, before: str, after: str) -> None:
    is_before = (CASES.c.kind == kind) & (CASES.c.decision == before)
    op.execute(sa.update(CASES).where(is_before).values(decision=after))


def _list_rejected_postings() -> None:
    rejected = sa.select(POSTINGS.c.job_id, sa.null(), POSTINGS.c.updated_at).where(POSTINGS.c.moderation == "rejected")
    op.execute(sa.insert(TAKEN_DOWN).from_select(["job_id", "case_id", "taken_down_at"], rejected))


def _fill_case_ids() -> None:
    """The last case that took a job down; ids rise with time."""
    of_job = (CASES.c.subject_id == TAKEN_DOWN.c.job_id) & (CASES.c.decision == "job_taken_down")
    last = sa.select(sa.func.max(CASES.c.case_id)).where(of_job).correlate(TAKEN_DOWN).scalar_subquery()
    op.execute(sa.update(TAKEN_DOWN).values(case_id=last))


def _hold_imports() -> None:
    """What was taken down was open before, as far as anybody knows; so was what is held."""
    bind, after = op.get_bind(), ""
    is_posted = sa.exists().where(POSTINGS.c.job_id == JOBS.c.job_id)
    down = set(bind.execute(sa.select(TAKEN_DOWN.c.job_id)).scalars())
    query = sa.select(JOBS.c.job_id, JOBS.c.document, JOBS.c.is_open).where(~is_posted).order_by(JOBS.c.job_id)
    while rows := bind.execute(query.where(JOBS.c.job_id > after).limit(BATCH_ROWS)).all():
        after = rows[-1].job_id
        blocking = {row.job_id: kinds for row in rows if not row.is_open and (kinds := _blocking(row.document))}
        moderated = [row.job_id for row in rows if row.job_id in blocking or row.job_id in down]
        if moderated:
            op.bulk_insert(MODERATED, [{"job_id": job_id, "is_wanted_open": True} for job_id in moderated])
        waiting = [_case(job_id, kinds) for job_id, kinds in blocking.items() if job_id not in down]
        if waiting:
            op.bulk_insert(CASES, waiting)


def _blocking(document: dict[str, Any]) -> list[str]:
    signs = document.get("signs") or []
    return sorted({sign["kind"] for sign in signs if sign["severity"] == "block"})


def _case(job_id: str, kinds: list[str]) -> dict[str, Any]:
    return {
        "case_id": str(uuid7()),
        "kind": "import",
        "subject_id": job_id,
        "state": "open",
        "reasons": kinds,
        "opened_at": datetime.now(UTC),
    }
