"""Runs the chosen suites in one process, prints each table as it is ready, and keeps the raw figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.relevance.decision_br import decision_br_rows
from benchmarks.relevance.encoders import body, exported, minilm
from benchmarks.relevance.reads import note_read
from benchmarks.relevance.sample import JOBS, SEEKERS, sample_sections
from benchmarks.relevance.suites import FOLDERS, Suite
from benchmarks.relevance.title_fusion import OccupationTitles
from benchmarks.relevance.title_sections import ESCO_FOLDER, melo_sections, talentclef_sections
from benchmarks.report import Origin, Section, write_raw
from training.encoders.sources import PUBLIC_SOURCE


@dataclass(frozen=True, slots=True)
class RelevanceConfig:
    """`data` holds the suites' folders; `models` are model folders; `encoder` is the untuned one and `bodies` are tuned
    ones without heads, their vectors stay in `cache`; `sample_size` counts the sample world's jobs and people.
    """

    suites: list[Suite]
    data: Path | None
    models: list[Path]
    results: Path
    cache: Path
    encoder: str = PUBLIC_SOURCE
    bodies: tuple[str, ...] = ()
    threads: int = 1
    sample_size: tuple[int, int] = (JOBS, SEEKERS)


def run_relevance(config: RelevanceConfig, say: Callable[[str], object]) -> None:
    """Measure, print and write; what was measured before a failure is kept."""
    measured: list[tuple[Suite, Section]] = []
    try:
        for suite, section in _sections(config):
            measured.append((suite, section))
            say(section.as_markdown() + "\n")
    finally:
        if measured:
            _keep(config.results, measured, say)


def _keep(results: Path, measured: list[tuple[Suite, Section]], say: Callable[[str], object]) -> None:
    """Write the figures, and that these tests have been read once more."""
    sections = [section for _, section in measured]
    methods = dict.fromkeys(row.method for one in sections for row in one.rows if row.origin is Origin.MEASURED)
    reads = note_read(results, list(dict.fromkeys(suite.value for suite, _ in measured)), list(methods))
    say(f"Runs that have read each test so far: {', '.join(f'{name} {count}' for name, count in reads.items())}")
    document = {"test_reads": reads, "sections": [section.as_document() for section in sections]}
    say(f"raw results: {write_raw(results, 'relevance', document)}")


def _sections(config: RelevanceConfig) -> Iterator[tuple[Suite, Section]]:
    public, peer = body(config.encoder, config.cache), minilm(config.cache)
    tuned = [one for source in config.bodies for one in body(source, config.cache, f"body of {source}")]
    pairs = [exported(folder, config.threads) for folder in config.models]
    models = [encoder for pair in pairs for encoder in pair]
    esco = None
    if config.data is not None and (config.data / ESCO_FOLDER).is_dir():
        esco = OccupationTitles.read(config.data / ESCO_FOLDER)
    for suite in config.suites:
        folder = config.data / FOLDERS[suite] if config.data is not None and suite in FOLDERS else Path()
        sections: Iterable[Section] = ()
        if suite is Suite.TALENTCLEF:
            sections = talentclef_sections(folder, public, peer, [*tuned, *models], esco)
        elif suite is Suite.MELO:
            sections = melo_sections(folder, public, peer, [*tuned, *models], esco)
        elif suite is Suite.SAMPLE:
            sections = sample_sections(public[0], peer, [as_served for as_served, _ in pairs], config.sample_size)
        elif suite is Suite.DECISION_BR:
            sections = decision_br_rows(folder, config.models, config.cache)
        yield from ((suite, section) for section in sections)
