"""`chamba audit`: what it prints, and its exit status."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, text
from typer.testing import CliRunner, Result

from commands.audit import WHAT_IS_WRONG, audit
from engine.errors import ArtifactError, InvalidInputError
from store.audit import AuditAction, append_audit
from store.audit_chain import AuditFault
from store.database import writing

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def append(connection: Connection, subject: str = "job:1", **detail: Any) -> int:
    """An entry about `subject`."""
    action = AuditAction.JOB_EDITED
    return append_audit(connection, actor="account:1", action=action, subject=subject, detail=detail, now=NOON)


@pytest.fixture
def run(database: Engine) -> Callable[..., Result]:
    """`chamba audit` over `database`."""
    url = database.url.render_as_string(hide_password=False)
    return lambda *arguments: CliRunner().invoke(audit, [*arguments, "--database-url", url])


def test_the_command_prints_a_head_that_it_finds_again_later(database: Engine, run: Callable[..., Result]) -> None:
    with writing(database).begin() as connection:
        append(connection)
        append(connection)
    result = run("verify")
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "2 entries, all as they were written")
    head = result.stdout.split()[-1]
    with writing(database).begin() as connection:
        append(connection)
    assert run("verify", "--head", head).exit_code == 0
    result = run("verify", "--head", f"2:{'a' * 64}")
    assert result.exit_code == 1
    assert result.stderr.startswith("entry 2 has another hash than the head that was kept")
    assert isinstance(run("verify", "--head", "2").exception, InvalidInputError)


def test_the_command_names_the_first_entry_that_is_wrong(database: Engine, run: Callable[..., Result]) -> None:
    with writing(database).begin() as connection:
        for _ in range(3):
            append(connection)
        connection.execute(text("UPDATE counters SET value = 5 WHERE name = 'audit_entries'"))
    result = run("verify")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "entry 4 is gone, with all that came after it",
        "3 entries before it are as they were written",
    ]


def test_every_fault_has_words() -> None:
    assert set(WHAT_IS_WRONG) == set(AuditFault)


def test_the_command_lists_the_newest_entries_of_a_subject(database: Engine, run: Callable[..., Result]) -> None:
    with writing(database).begin() as connection:
        for number, subject in enumerate(("job:1", "job:2", "job:1", "job:1")):
            append(connection, subject, old=number)
    assert run("list", "--subject", "job:1", "--limit", "2").stdout.splitlines() == [
        '3  2026-03-01T12:00:00+00:00  account:1  job.edited  job:1  {"old":2}',
        '4  2026-03-01T12:00:00+00:00  account:1  job.edited  job:1  {"old":3}',
    ]
    assert len(run("list").stdout.splitlines()) == 4


def test_a_place_without_a_database_does_not_pass_as_sound(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        audit, ["verify", "--data-dir", str(tmp_path / "typo")], env={"CHAMBA_DATABASE_URL": ""}
    )
    assert result.exit_code == 1
    assert isinstance(result.exception, ArtifactError)
