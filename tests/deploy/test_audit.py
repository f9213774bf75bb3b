"""The audit of packages fails for what is known, and never tells as clean what nobody was asked about."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

AUDIT = Path(__file__).parents[2] / "deploy" / "audit.py"
CLEAN = {"name": "numpy", "version": "2.1.0", "vulns": []}
HARMED = {"name": "jinja", "version": "1.0", "vulns": [{"id": "CVE-2026-1", "fix_versions": ["1.1"]}]}
UNKNOWN = {"name": "ours", "skip_reason": "Dependency not found on PyPI and could not be audited: ours (1.0)"}
EDITABLE = {"name": "chamba", "skip_reason": "distribution marked as editable"}

Verdict = Callable[[str, str], tuple[int, str]]


@pytest.fixture(scope="module")
def verdict() -> Verdict:
    """What the audit makes of pip-audit's words."""
    spec = spec_from_file_location("audit", AUDIT)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    found: Verdict = module.verdict
    return found


def report(*packages: dict[str, Any]) -> str:
    """As pip-audit writes it."""
    return json.dumps({"dependencies": packages, "fixes": []})


def test_a_known_vulnerability_fails_and_is_named(verdict: Verdict) -> None:
    assert verdict(report(CLEAN, HARMED, UNKNOWN), "") == (
        1,
        "known vulnerabilities:\njinja 1.0: CVE-2026-1 (mended in 1.1)",
    )


def test_what_was_audited_and_what_was_not_is_told(verdict: Verdict) -> None:
    assert verdict(report(CLEAN, EDITABLE, UNKNOWN), "") == (
        0,
        "no known vulnerabilities in 1 packages; not on PyPI: ours",
    )


def test_an_index_that_knows_no_package_has_audited_nothing(verdict: Verdict) -> None:
    status, told = verdict(report(UNKNOWN, EDITABLE, UNKNOWN), "No known vulnerabilities found")
    assert (status, told.startswith("NOT AUDITED: ")) == (0, True)


@pytest.mark.parametrize(
    "error", ["requests.exceptions.ConnectionError: refused", "ConnectTimeout: 15 s", "SSLError: x"]
)
def test_without_a_network_it_is_said_that_nothing_was_audited(verdict: Verdict, error: str) -> None:
    status, told = verdict("", f"Traceback\n{error}\n")
    assert (status, told.startswith("NOT AUDITED: "), error in told) == (0, True, True)


def test_any_other_failure_of_the_audit_fails(verdict: Verdict) -> None:
    errors = "urllib3/connection.py raised ConnectionError\nValueError: no such format"
    assert verdict("", errors) == (1, "pip-audit failed: ValueError: no such format")
