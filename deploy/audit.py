"""The regular audit: known vulnerabilities of what is installed, risky code, secrets, and the workflows of CI.

    python deploy/audit.py

What is found fails. What cannot be looked at is told on a line of its own that begins with NOT AUDITED, and fails
nothing: nobody is told that it is clean. All but the first need no network.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from shutil import which
from typing import Any

Verdict = tuple[int, str]

VULNERABILITIES = [
    sys.executable,
    "-m",
    "pip_audit",
    "--format",
    "json",
    "--progress-spinner",
    "off",
    "--skip-editable",
]
CODE = [sys.executable, "-m", "bandit", "--quiet", "--configfile", "pyproject.toml", "--format", "json", "--recursive"]
ROOMS = ["api", "commands", "deploy", "engine", "index", "sample", "store", "training", "chamba.py"]
WORKFLOWS = [str(Path(sys.executable).parent / "zizmor"), "--offline", "--persona", "pedantic", ".github/workflows"]
# Words such as `password` stand in texts for people, and long numbers in results; the halves that judge are not read.
GUESSES = (
    *("KeywordDetector", "HexHighEntropyString", "Base64HighEntropyString", "IPPublicDetector"),
    # Of services that nobody here uses, by patterns that take most of the time.
    *("ArtifactoryDetector", "CloudantDetector", "IbmCloudIamDetector", "IbmCosHmacDetector", "SoftlayerDetector"),
    *("SquareOAuthDetector", "TelegramBotTokenDetector", "TwilioKeyDetector"),
)
LEFT_OUT = r"(^|/)benchmarks/[^/]+/test/|\.(jsonl|safetensors|lock|svg|spm)$"
# Addresses of examples, and names of tests, in which `weighs_less` looks like a token of GitHub's.
EXAMPLE_LINES = r"user:password@|@127\.0\.0\.1|u:secret@|\.e30\.x|^\s*(async )?def test_"
SECRETS = [
    *(sys.executable, "-m", "detect_secrets", "scan", "--no-verify"),
    *(part for name in GUESSES for part in ("--disable-plugin", name)),
    *("--exclude-files", LEFT_OUT, "--exclude-lines", EXAMPLE_LINES),
]
# The scan reads their lines as they are: one in which no detector's pattern is found holds nothing that it would find.
# What it makes of others, such as settings, it alone knows.
READ_AS_THEY_ARE = frozenset({".py", ".json", ".toml"})

NO_NETWORK = re.compile(r"could not connect|ConnectionError|ProxyError|Timeout|SSLError", re.IGNORECASE)
MISSING = re.compile(r"No module named (\S+)|\[Errno 2\]")
LONGEST = 200
UNKNOWN = "not found on PyPI"
NOT_AUDITED = "NOT AUDITED: {}. No package of this environment was held against known vulnerabilities."


def main() -> int:
    """The exit status: 1 where something was found or a tool failed, 0 for nothing, or for nobody to ask."""
    checks: list[tuple[str, Sequence[str], Callable[[str, str], Verdict]]] = [
        ("vulnerabilities", VULNERABILITIES, verdict),
        ("code", [*CODE, *ROOMS], code_verdict),
    ]
    found = [audited(name, command, judge) for name, command, judge in checks]
    found += [audited_secrets(), audited_workflows()]
    for status, told in found:
        print(told, file=sys.stderr if status or told.startswith("NOT") else sys.stdout)
    return max(status for status, _ in found)


def audited(name: str, command: Sequence[str], judge: Callable[[str, str], Verdict]) -> Verdict:
    """What one tool makes of this checkout."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        return 0, f"NOT AUDITED: {name} ({command[0]}: {error.strerror})"
    if not done.stdout.strip() and MISSING.search(done.stderr):
        return 0, f"NOT AUDITED: {name} ({_last(done.stderr)})"
    return judge(done.stdout, done.stderr)


def verdict(report: str, errors: str) -> Verdict:
    """The exit status and what to tell, of pip-audit's report in JSON and what it wrote beside it."""
    try:
        packages: list[dict[str, Any]] = json.loads(report)["dependencies"]
    except ValueError:
        last = _last(errors)
        if NO_NETWORK.search(last):
            return 0, NOT_AUDITED.format(f"PyPI does not answer ({last})")
        return 1, f"pip-audit failed: {last}"
    known = [f"{one['name']} {one['version']}: {_ids(one)}" for one in packages if one.get("vulns")]
    unknown = [one["name"] for one in packages if UNKNOWN in one.get("skip_reason", "")]
    if known:
        return 1, "\n".join(["known vulnerabilities:", *known])
    audited = len([one for one in packages if "skip_reason" not in one])
    if not audited:
        return 0, NOT_AUDITED.format("the package index knows no vulnerabilities")
    left_out = f"; not on PyPI: {', '.join(unknown)}" if unknown else ""
    return 0, f"no known vulnerabilities in {audited} packages{left_out}"


def code_verdict(report: str, errors: str) -> Verdict:
    """The same of bandit's."""
    try:
        read = json.loads(report)
    except ValueError:
        return 1, f"bandit failed: {_last(errors)}"
    found = [f"{one['filename']}:{one['line_number']}: {one['test_id']} {one['issue_text']}" for one in read["results"]]
    broken = [f"{one['filename']}: not read, {one['reason']}" for one in read["errors"]]
    if found or broken:
        return 1, "\n".join(["risky code:", *found, *broken])
    return 0, f"no risky code in {len(read['metrics']) - 1} files"


def audited_secrets() -> Verdict:
    """What detect-secrets makes of the files that git tracks."""
    git = which("git")
    if git is None:
        return 0, "NOT AUDITED: secrets (no git to tell which files are tracked)"
    listed = subprocess.run([git, "ls-files", "-z"], capture_output=True, text=True, check=False)
    if listed.returncode:
        return 0, f"NOT AUDITED: secrets ({_last(listed.stderr)})"
    tracked = [path for path in listed.stdout.split("\0") if path and not re.search(LEFT_OUT, path)]
    try:
        chosen = suspects(tracked)
    except ModuleNotFoundError as error:
        return 0, f"NOT AUDITED: secrets ({error})"
    if not chosen:  # without a path it would scan everything
        return secrets_verdict('{"results": {}}', "")
    return audited("secrets", [*SECRETS, *chosen], secrets_verdict)


def suspects(paths: Sequence[str]) -> list[str]:
    """Those that have to be scanned: a pattern over a whole file costs a hundredth of a scan of its lines."""
    from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class

    detectors = [one for one in get_mapping_from_secret_type_to_class().values() if one.__name__ not in GUESSES]
    if not all(hasattr(one, "denylist") for one in detectors):  # one that reads by more than patterns
        return list(paths)
    patterns = [pattern for one in detectors for pattern in one.denylist]

    def is_suspect(path: Path) -> bool:
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return True
        return any(pattern.search(text) for pattern in patterns)

    return [path for path in paths if Path(path).suffix not in READ_AS_THEY_ARE or is_suspect(Path(path))]


def secrets_verdict(report: str, errors: str) -> Verdict:
    """The same of detect-secrets'. No secret is told, only where it stands."""
    try:
        results = json.loads(report)["results"]
    except ValueError:
        return 1, f"detect-secrets failed: {_last(errors)}"
    found = [f"{path}:{one['line_number']}: {one['type']}" for path, some in results.items() for one in some]
    return (1, "\n".join(["secrets:", *found])) if found else (0, "no secrets in what git tracks")


def audited_workflows() -> Verdict:
    """What zizmor makes of the workflows, which it tells in words."""
    if not any(Path(".github/workflows").glob("*.y*ml")):
        return 0, "no workflows"
    try:
        done = subprocess.run(WORKFLOWS, capture_output=True, text=True, check=False)
    except OSError as error:
        return 0, f"NOT AUDITED: workflows (zizmor: {error.strerror})"
    return (1, f"workflows:\n{done.stdout}{done.stderr}") if done.returncode else (0, "nothing risky in workflows")


def _last(errors: str) -> str:
    return errors.strip().rpartition("\n")[2][:LONGEST]


def _ids(package: dict[str, Any]) -> str:
    return ", ".join(
        f"{found['id']} (mended in {' or '.join(found['fix_versions']) or 'no version yet'})"
        for found in package["vulns"]
    )


if __name__ == "__main__":
    sys.exit(main())
