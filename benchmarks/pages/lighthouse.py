"""What Lighthouse makes of a page on a phone: its own mobile settings, by its own simulated slow network.

It is an npm package, which `make check-pages` installs by `deploy/lighthouse/package-lock.json`.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.pages.chromium import FLAGS, chromium_path
from engine.errors import ArtifactError, ChambaError

INSTALLED = Path(__file__).parents[2] / "deploy/lighthouse/node_modules/lighthouse/cli/index.js"
CATEGORIES = ("performance", "accessibility")
GIVE_UP_SECONDS = 180


@dataclass(frozen=True, slots=True)
class Verdict:
    """Scores from 0 to 100, the largest paint in ms, how far things moved, and what lost points."""

    performance: float
    accessibility: float
    largest_paint_ms: float
    layout_shift: float
    losses: tuple[str, ...] = ()


def median_of(verdicts: Sequence[Verdict]) -> Verdict:
    """Several runs' median, figure by figure; what lost points is the last run's."""
    return Verdict(
        median(one.performance for one in verdicts),
        median(one.accessibility for one in verdicts),
        median(one.largest_paint_ms for one in verdicts),
        median(one.layout_shift for one in verdicts),
        verdicts[-1].losses,
    )


def run_lighthouse(url: str, headers: Mapping[str, str]) -> Verdict:
    """One run, the browser with nothing cached.

    Raises:
        ArtifactError: it is not installed.
        ChambaError: the page could not be looked at.
    """
    if not INSTALLED.exists():
        raise ArtifactError(
            "Lighthouse is not installed", expected=str(INSTALLED), got="nothing", fix="make check-pages"
        )
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        done = subprocess.run(
            _command(url, headers, report),
            capture_output=True,
            text=True,
            check=False,
            timeout=GIVE_UP_SECONDS,
            env=os.environ | {"CHROME_PATH": str(chromium_path())},
        )
        if done.returncode or not report.exists():
            raise ChambaError(f"Lighthouse could not look at {url}", got=done.stderr.strip()[-500:])
        return read_report(json.loads(report.read_text("utf-8")))


def read_report(report: Mapping[str, Any]) -> Verdict:
    """What a report says; raises ChambaError where the page did not load."""
    if report.get("runtimeError"):
        raise ChambaError(f"Lighthouse could not look at {report['requestedUrl']}", got=str(report["runtimeError"]))
    performance, accessibility = (100 * float(report["categories"][name]["score"]) for name in CATEGORIES)
    audits = report["audits"]
    return Verdict(
        performance,
        accessibility,
        float(audits["largest-contentful-paint"]["numericValue"]),
        float(audits["cumulative-layout-shift"]["numericValue"]),
        tuple(f"{one['id']}: {one['title']} {one.get('displayValue', '')}".strip() for one in _lost(report)),
    )


def _lost(report: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    weighed = [one for name in CATEGORIES for one in report["categories"][name]["auditRefs"] if one["weight"]]
    audits = [report["audits"][one["id"]] for one in weighed]
    return [audit for audit in audits if audit["score"] is not None and audit["score"] < 1]


def _command(url: str, headers: Mapping[str, str], report: Path) -> Sequence[str]:
    flags = " ".join(map(_quoted, ("--headless=new", "--no-sandbox", *FLAGS)))
    return [
        *("node", str(INSTALLED), url, "--quiet", "--no-enable-error-reporting"),
        *("--only-categories", ",".join(CATEGORIES)),
        *("--extra-headers", json.dumps(dict(headers))),
        *("--output", "json", "--output-path", str(report)),
        f"--chrome-flags={flags}",
    ]


def _quoted(flag: str) -> str:
    """A flag as Lighthouse reads it: of one with blanks the value in quotes."""
    name, equals, value = flag.partition("=")
    return f"{name}='{value}'" if equals else name
