"""Runs the chosen suites in one process, prints each table as it is ready, and keeps the raw figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from benchmarks.relevance.encoders import exported, minilm, untuned
from benchmarks.relevance.reads import note_read
from benchmarks.relevance.sample import sample_sections
from benchmarks.relevance.suites import FOLDERS, Suite
from benchmarks.relevance.title_sections import melo_sections, talentclef_sections
from benchmarks.report import Origin, Section, write_raw

DECISION_BR = "benchmarks.relevance.decision_br"


@dataclass(frozen=True, slots=True)
class RelevanceConfig:
    """`data` holds the suites' folders; `models` are model folders; vectors of public encoders stay in `cache`."""

    suites: list[Suite]
    data: Path | None
    models: list[Path]
    results: Path
    cache: Path
    threads: int = 1


def run_relevance(config: RelevanceConfig, say: Callable[[str], object]) -> Path:
    """Measure, print and write; returns the raw JSON's path."""
    sections = []
    for section in _sections(config):
        say(section.as_markdown() + "\n")
        sections.append(section)
    methods = dict.fromkeys(row.method for one in sections for row in one.rows if row.origin is Origin.MEASURED)
    reads = note_read(config.results, [suite.value for suite in config.suites], list(methods))
    say(f"Runs that have read each test so far: {', '.join(f'{name} {count}' for name, count in reads.items())}")
    document = {"test_reads": reads, "sections": [section.as_document() for section in sections]}
    path = write_raw(config.results, "relevance", document)
    say(f"raw results: {path}")
    return path


def _sections(config: RelevanceConfig) -> Iterator[Section]:
    public, peer = untuned(config.cache), minilm(config.cache)
    pairs = [exported(folder, config.threads) for folder in config.models]
    models = [encoder for pair in pairs for encoder in pair]
    for suite in config.suites:
        if suite is Suite.SAMPLE:
            yield from sample_sections(public[0], peer, [as_served for as_served, _ in pairs])
            continue
        assert config.data is not None  # chosen_suites looked
        if suite is Suite.TALENTCLEF:
            yield from talentclef_sections(config.data / FOLDERS[suite], public, peer, models)
        elif suite is Suite.MELO:
            yield from melo_sections(config.data / FOLDERS[suite], public, peer, models)
        elif find_spec(DECISION_BR) is not None:
            rows = import_module(DECISION_BR).decision_br_rows
            yield from rows(config.data / FOLDERS[suite], config.models, config.cache)
