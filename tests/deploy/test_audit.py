"""The audit of packages fails for what is known, and never tells as clean what nobody was asked about."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from shutil import which
from typing import Any

import pytest

AUDIT = Path(__file__).parents[2] / "deploy" / "audit.py"
GIT = which("git") or "git"
CLEAN = {"name": "numpy", "version": "2.1.0", "vulns": []}
HARMED = {"name": "jinja", "version": "1.0", "vulns": [{"id": "CVE-2026-1", "fix_versions": ["1.1"]}]}
UNKNOWN = {"name": "ours", "skip_reason": "Dependency not found on PyPI and could not be audited: ours (1.0)"}
EDITABLE = {"name": "chamba", "skip_reason": "distribution marked as editable"}

Verdict = Callable[[str, str], tuple[int, str]]


@pytest.fixture(scope="module")
def audit() -> Any:
    """The audit."""
    spec = spec_from_file_location("audit", AUDIT)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def verdict(audit: Any) -> Verdict:
    """What the audit makes of pip-audit's words."""
    found: Verdict = audit.verdict
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


def test_risky_code_fails_and_says_where(audit: Any, tmp_path: Path) -> None:
    (tmp_path / "risky.py").write_text("import yaml\n\nyaml.load('a')\neval('1')\n")
    status, told = audit.audited("code", [*audit.CODE, str(tmp_path)], audit.code_verdict)
    assert status == 1
    assert f"{tmp_path}/risky.py:3: B506" in told
    (tmp_path / "risky.py").write_text("x = 1\n")
    assert audit.audited("code", [*audit.CODE, str(tmp_path)], audit.code_verdict) == (0, "no risky code in 1 files")


def test_a_secret_fails_and_is_not_told(audit: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    secret = "AKIA" + "Q7W2ERTYU4PASDF6"
    (tmp_path / "settings.py").write_text(f"key = '{secret}'\n")
    command = [*audit.SECRETS, "--all-files", "."]
    status, told = audit.audited("secrets", command, audit.secrets_verdict)
    assert (status, secret in told) == (1, False)
    assert "settings.py:1: AWS Access Key" in told


PLANTED = {
    "a/settings.py": "key = 'AKIA" + "Q7W2ERTYU4PASDF6'\n",
    "a/aws.py": "def f():\n    aws_secret_key = '" + "aB3/+" * 8 + "'\n",
    "b.json": '{"key": "-----BEGIN RSA' + ' PRIVATE KEY-----\\nMIIE"}\n',
    "c.toml": 'url = "postgresql://ana:' + 'lluvia7@db.example/chamba"\n',
    "d.md": "Token: ghp_" + "aB3dE6gH9j" * 3 + "aB3dE6\n",
    "e.env": "hook: xoxb-" + "123456789012-123456789012-abcdefABCDEF\n",
    "f.ini": "[aws]\naws_secret_token = " + "aB3/+" * 8 + "\n",
    "g.yml": "key: sk_live_" + "a1B2c3D4e5F6g7H8i9J0k1L2\n",
}


def test_every_kind_of_secret_in_every_kind_of_file_is_found_as_a_scan_of_all_files_finds_it(
    audit: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a").mkdir()
    for name, content in {**PLANTED, "clean.py": "x = 1\n", "untracked.py": PLANTED["a/settings.py"]}.items():
        (tmp_path / name).write_text(content)
    subprocess.run([GIT, "init", "-q"], check=True)
    subprocess.run([GIT, "add", "clean.py", *PLANTED], check=True)
    assert audit.suspects(["clean.py", *PLANTED]) == list(PLANTED)
    status, told = audit.audited_secrets()
    everything = audit.audited("secrets", [*audit.SECRETS, "."], audit.secrets_verdict)
    assert (status, sorted(told.splitlines())) == (1, sorted(everything[1].splitlines()))
    assert {line.partition(":")[0] for line in told.splitlines()[1:]} == set(PLANTED)


def test_a_checkout_without_suspects_has_no_secrets_and_one_without_git_is_not_audited(
    audit: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert audit.audited_secrets()[1].startswith("NOT AUDITED: secrets (")
    (tmp_path / "clean.py").write_text("x = 1\n")
    subprocess.run([GIT, "init", "-q"], check=True)
    subprocess.run([GIT, "add", "clean.py"], check=True)
    assert audit.audited_secrets() == (0, "no secrets in what git tracks")


def test_a_workflow_that_anybody_may_take_over_fails(
    audit: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workflows = tmp_path / ".github" / "workflows"
    workflows.mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert audit.audited_workflows() == (0, "no workflows")
    step = "run: echo ${{ github.event.issue.title }}"
    (workflows / "a.yml").write_text(
        f"on: issues\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - {step}\n"
    )
    status, told = audit.audited_workflows()
    assert status == 1
    assert "template-injection" in told


@pytest.mark.parametrize("command", [["no-such-tool"], ["PYTHON", "-m", "no_such_module"]])
def test_a_tool_that_is_not_there_is_said_to_have_looked_at_nothing(audit: Any, command: list[str]) -> None:
    found = [sys.executable if part == "PYTHON" else part for part in command]
    status, told = audit.audited("code", found, audit.code_verdict)
    assert (status, told.startswith("NOT AUDITED: code (")) == (0, True)


def test_a_tool_that_fails_is_not_taken_for_one_that_found_nothing(audit: Any) -> None:
    failing = [sys.executable, "-c", "import sys; sys.exit('broken')"]
    for judge in (audit.verdict, audit.code_verdict, audit.secrets_verdict):
        status, told = audit.audited("code", failing, judge)
        assert (status, "broken" in told) == (1, True)
