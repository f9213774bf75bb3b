"""Lighthouse's report is read: scores, paint, shift, and what lost points; a page that did not load is no verdict."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.pages.lighthouse import Verdict, read_report
from engine.errors import ChambaError


def report(**changed: Any) -> dict[str, Any]:
    """A report of a page that lost points by its paint alone."""
    paint, shift, label = "largest-contentful-paint", "cumulative-layout-shift", "label"
    return {
        "requestedUrl": "http://127.0.0.1/",
        "categories": {
            "performance": {"score": 0.97, "auditRefs": [{"id": paint, "weight": 25}, {"id": shift, "weight": 25}]},
            "accessibility": {"score": 1, "auditRefs": [{"id": label, "weight": 0}]},
        },
        "audits": {
            paint: {
                "id": paint,
                "title": "Largest Paint",
                "score": 0.9,
                "numericValue": 1_900.5,
                "displayValue": "1.9 s",
            },
            shift: {"id": shift, "title": "Shift", "score": 1, "numericValue": 0.02},
            label: {"id": label, "title": "Labels", "score": None},
        },
    } | changed


def test_a_report_is_read() -> None:
    verdict = Verdict(97, 100, 1_900.5, 0.02, ("largest-contentful-paint: Largest Paint 1.9 s",))
    assert read_report(report()) == verdict


def test_a_page_that_did_not_load_is_no_verdict() -> None:
    with pytest.raises(ChambaError, match="NO_FCP"):
        read_report(report(runtimeError={"code": "NO_FCP", "message": "nothing was painted"}))
