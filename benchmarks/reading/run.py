"""`chamba bench reading`: what the importer reads of ads' words, held against sentences that were labelled by hand.

chamba bench reading --data ../shared/data

The half for development prints what is wrong; `--test` judges on the other half, prints counts alone, and is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.reading.labels import FOLDER, Half, labelled_sentences
from benchmarks.reading.postings import FIELDS, Coverage, coverages
from benchmarks.reading.reader import read_sentence
from benchmarks.reading.scores import Key, Reader, Score, by_kind, scores, summed
from benchmarks.relevance.reads import note_read
from benchmarks.report import Row, Section, write_raw

ALL_SOURCES = "all sources"
SCORE_COLUMNS = {
    "rows": "n",
    "stated": "state it",
    "answered": "answered of these",
    "exact": "exact of answers",
    "wrong": "wrong answers",
}
COVERAGE_COLUMNS = {"rows": "postings", "own_column": "own column", "in_text": "text", "unread": "unread"}
SCORE_REMARK = (
    "Answered: of the sentences that state it, those of which something was read. Exact: of everything that was read, "
    "also where nothing is stated, what is right to the minute, the cent and the clock."
)
COVERAGE_REMARK = (
    "Shares of real postings that state a field in a column of its own (or by a fact of the source), in running text "
    "alone, and those whose words speak of it and of which nothing was read (some of them state nothing)."
)
Scores = Mapping[Key, Score]


@dataclass(frozen=True, slots=True)
class ReadingBench:
    """What to measure: `only` some fields (all where it is empty), on which half, and how many examples to print."""

    half: Half
    data: Path | None
    out: Path
    only: tuple[str, ...] = ()
    examples: int = 5
    folder: Path = FOLDER


def run_reading(bench: ReadingBench, say: Callable[[str], object], reader: Reader = read_sentence) -> None:
    """Measure, print the tables and keep them; on development, print what is wrong."""
    rows = [row for row in labelled_sentences(bench.half, bench.folder) if not bench.only or row.field in bench.only]
    found = scores(rows, reader)
    remarks = [SCORE_REMARK]
    if bench.half is Half.TEST:
        reads = note_read(bench.out, ["reading"], ["importer"])
        remarks.append(f"The test half has been read {reads['reading']} times, this one among them.")
    sections = [_score_section(bench.half, found, remarks)]
    if schedules := [row for row in rows if row.field == "schedule"]:
        sections.append(_kind_section(scores(schedules, reader, by_kind)))
    if bench.data is not None:
        sections.append(_coverage_section(bench, dict(coverages(bench.data))))
    for section in sections:
        say(section.as_markdown())
    if bench.half is Half.DEVELOPMENT:
        for line in _examples(found, bench.examples):
            say(line)
    say(f"raw results: {write_raw(bench.out, 'reading', _document(sections))}")


def _score_section(half: Half, found: Scores, remarks: list[str]) -> Section:
    rows = []
    for field in sorted({field for field, _source in found}):
        parts = {source: score for (name, source), score in found.items() if name == field}
        rows.append(Row(f"{field}, {ALL_SOURCES}", summed(parts.values()).measures()))
        rows += [Row(f"{field}, {source}", score.measures()) for source, score in sorted(parts.items())]
    return Section(f"Sentences labelled by hand, {half.value}", SCORE_COLUMNS, rows, remarks)


def _kind_section(found: Scores) -> Section:
    rows = [Row(kind, score.measures()) for (_field, kind), score in sorted(found.items())]
    return Section("Schedules by the kind that is stated", SCORE_COLUMNS, rows)


def _coverage_section(bench: ReadingBench, found: Mapping[str, Coverage]) -> Section:
    fields = [field for field in FIELDS if not bench.only or field in bench.only]
    rows = [Row(f"{field}, {name}", coverage.shares(field)) for field in fields for name, coverage in found.items()]
    return Section("Real postings", COVERAGE_COLUMNS, rows, [COVERAGE_REMARK])


def _examples(found: Scores, most: int) -> Iterable[str]:
    for (field, source), score in sorted(found.items()):
        for title, misses in (("wrong", score.wrong), ("not answered", score.silent)):
            for miss in misses[:most]:
                yield f"{field}, {source}, {title}: {miss}"


def _document(sections: Iterable[Section]) -> dict[str, Any]:
    return {"sections": [section.as_document() for section in sections]}
