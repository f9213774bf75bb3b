"""Answers to profiles that came with the request are found by the keyed hash of the partner's reference.

What names a version of a profile is indexed whole: the many answers that are for nobody are not gone through for each.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010_profile_references"
down_revision = "0009_erasures"

TABLE, COLUMN = "recommendations", "profile_reference_hash"
OF_PERSON, OF_INPUT, OF_REFERENCE = (
    f"ix_recommendations_{name}" for name in ("seeker_id", "seeker_id_input_hash", COLUMN)
)


def upgrade() -> None:
    """Answers that are there already have no reference."""
    op.add_column(TABLE, sa.Column(COLUMN, sa.LargeBinary()))
    op.create_index(OF_REFERENCE, TABLE, [COLUMN])
    op.create_index(OF_INPUT, TABLE, ["seeker_id", "input_hash"])
    op.drop_index(OF_PERSON, TABLE)


def downgrade() -> None:
    """Forget the references: their answers are found by nobody any more."""
    op.create_index(OF_PERSON, TABLE, ["seeker_id"])
    op.drop_index(OF_INPUT, TABLE)
    op.drop_index(OF_REFERENCE, TABLE)
    with op.batch_alter_table(TABLE) as answers:
        answers.drop_column(COLUMN)
