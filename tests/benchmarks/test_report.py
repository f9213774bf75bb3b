"""Tables as they are read: every row says whether it was measured, a missing figure is a dash."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.report import Origin, Row, Section, write_raw

SECTION = Section(
    "Titles",
    {"map": "MAP", "mrr": "MRR"},
    [Row("ours", {"map": 0.5, "mrr": 0.25}), Row("theirs", {"map": 0.4}, Origin.PUBLISHED, "zero-shot")],
    ("A remark.",),
)


def test_a_section_reads_as_a_table() -> None:
    assert SECTION.as_markdown().splitlines() == [
        "## Titles",
        "",
        "A remark.",
        "",
        "| method | MAP    | MRR    | figures are          |",
        "| ------ | ------ | ------ | -------------------- |",
        "| ours   | 0.5000 | 0.2500 | measured             |",
        "| theirs | 0.4000 | –      | published: zero-shot |",
    ]


def test_raw_results_hold_the_rows_and_the_machine(tmp_path: Path) -> None:
    path = write_raw(tmp_path, "relevance", {"sections": [SECTION.as_document()]})
    document = json.loads(path.read_text("utf-8"))
    assert document["results"]["sections"][0]["rows"][1]["origin"] == "published"
    assert document["benchmark"] == "relevance"
    assert document["machine"]["cores"] >= 1
