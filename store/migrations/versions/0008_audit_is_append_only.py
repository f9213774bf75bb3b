"""The audit log counts its entries, and the database itself refuses to change or remove one.

SQLite drops triggers with their table: a later batch operation on `audit_entries` has to make them again.
"""

from __future__ import annotations

from alembic import op

revision = "0008_audit_is_append_only"
down_revision = "0007_trust"

REFUSAL = "audit_entries is append-only"
SQLITE_TRIGGERS = {
    "audit_entries_refuse_update": "BEFORE UPDATE ON audit_entries",
    "audit_entries_refuse_delete": "BEFORE DELETE ON audit_entries",
    # INSERT OR REPLACE removes the row in its way without a word to the triggers on DELETE.
    "audit_entries_refuse_replace": (
        "BEFORE INSERT ON audit_entries WHEN EXISTS (SELECT 1 FROM audit_entries WHERE number = NEW.number)"
    ),
}
POSTGRESQL_FUNCTION = "refuse_change_of_audit_entries"
POSTGRESQL_TRIGGER = "audit_entries_refuse_change"


def upgrade() -> None:
    """Count on from the newest entry that is there, and put the triggers up."""
    op.execute("INSERT INTO counters (name, value) SELECT 'audit_entries', coalesce(max(number), 0) FROM audit_entries")
    dialect = op.get_bind().dialect.name
    if dialect == "sqlite":
        for name, occasion in SQLITE_TRIGGERS.items():
            op.execute(f"CREATE TRIGGER {name} {occasion} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END")
    elif dialect == "postgresql":
        op.execute(
            f"CREATE FUNCTION {POSTGRESQL_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$"
        )
        # For each statement: TRUNCATE fires no other kind.
        op.execute(
            f"CREATE TRIGGER {POSTGRESQL_TRIGGER} BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {POSTGRESQL_FUNCTION}()"
        )


def downgrade() -> None:
    """Take the triggers and the counter away; the entries stay."""
    dialect = op.get_bind().dialect.name
    if dialect == "sqlite":
        for name in SQLITE_TRIGGERS:
            op.execute(f"DROP TRIGGER {name}")
    elif dialect == "postgresql":
        op.execute(f"DROP TRIGGER {POSTGRESQL_TRIGGER} ON audit_entries")
        op.execute(f"DROP FUNCTION {POSTGRESQL_FUNCTION}()")
    op.execute("DELETE FROM counters WHERE name = 'audit_entries'")
