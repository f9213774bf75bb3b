"""Audits the packages of this environment: pip-audit asks PyPI which versions have known vulnerabilities.

One that is known fails. Where nobody can be asked (no network, or a mirror that knows files alone), that is said on a
line of its own and nothing fails: what was not looked at is not told as clean.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any

COMMAND = [sys.executable, "-m", "pip_audit", "--format", "json", "--progress-spinner", "off", "--skip-editable"]
NO_NETWORK = re.compile(r"could not connect|ConnectionError|ProxyError|Timeout|SSLError", re.IGNORECASE)
LONGEST = 200
UNKNOWN = "not found on PyPI"
NOT_AUDITED = "NOT AUDITED: {}. No package of this environment was held against known vulnerabilities."


def main() -> int:
    """The exit status: 1 for known vulnerabilities, 0 for none or for nobody to ask."""
    done = subprocess.run(COMMAND, capture_output=True, text=True, check=False)
    status, told = verdict(done.stdout, done.stderr)
    print(told, file=sys.stderr if status or told.startswith("NOT") else sys.stdout)
    return status


def verdict(report: str, errors: str) -> tuple[int, str]:
    """The exit status and what to tell, of pip-audit's report in JSON and what it wrote beside it."""
    try:
        packages: list[dict[str, Any]] = json.loads(report)["dependencies"]
    except ValueError:
        last = errors.strip().rpartition("\n")[2][:LONGEST]
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


def _ids(package: dict[str, Any]) -> str:
    return ", ".join(
        f"{found['id']} (mended in {' or '.join(found['fix_versions']) or 'no version yet'})"
        for found in package["vulns"]
    )


if __name__ == "__main__":
    sys.exit(main())
