"""Real postings: what each field is stated by (a column of its own, the running text), and where text goes unread."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.reading.reader import value_of
from benchmarks.search.postings import SOURCES
from engine.errors import InvalidInputError
from engine.jobs import Job
from engine.reading.text_cleaning import plain
from store.importers.postings.mapping import SourceMapping, load_mapping
from store.importers.postings.reading import read_posting
from store.importers.postings.rows import read_rows

MOST_POSTINGS = 6000  # of a file: what 45,565 notices state of hours, the first thousands tell too
LONGEST_TEXT = 20_000  # characters that are looked through for a field's words
# A posting that has such words, and of which nothing was read, is unread: some of them state nothing all the same.
MENTIONS: Mapping[str, re.Pattern[str]] = {
    "schedule": re.compile(
        r"\bhorarios?\b|\bturnos?\b|\bjornada\b|\blunes\b|\bsabados?\b|rotativ|\d ?(?:am|pm|hs|hrs)\b|monday"
        r"|\bshifts?\b|\b(?:flexible|working) hours"
    ),
    "weekly_hours": re.compile(
        r"\d ?(?:hs|hrs|horas|hours) ?(?:semanales|a la semana|por semana|(?:per|a|/) ?week)|hours weekly"
    ),
    "hours_type": re.compile(
        r"full ?-?time|part ?-?time|tiempo completo|medio tiempo|tiempo parcial|media jornada|jornada completa"
        r"|por horas"
    ),
    "modality": re.compile(
        r"presencial|\bremot[oae]|hibrid|hybrid|home ?office|teletrabajo|\bon-?site\b|desde (?:tu |su )?casa"
    ),
    "pay": re.compile(
        r"\bs/ ?\.? ?\d|\bsoles\b|us\$|usd|\$ ?\d|\bsueldo|\bsalario|remuneracion|\bsalary\b|compensation"
    ),
    "contract": re.compile(
        r"contrato|planilla|plazo (?:fijo|indeterminado)|freelance|honorarios|contractor|relacion de dependencia"
        r"|permanent"
    ),
    "place": re.compile(
        r"\bresidir|\bresidencia en|\bvivir en|based in|located in|anywhere|worldwide|\blatam\b|lugar de trabajo"
    ),
}
FIELDS = tuple(MENTIONS)


@dataclass(slots=True)
class Coverage:
    """Postings of one source: how many state a field in a column of its own (or by a fact of the source), how many in
    running text alone, and how many speak of it and nothing was read."""

    postings: int
    own_column: Counter[str]
    in_text: Counter[str]
    unread: Counter[str]

    def shares(self, field: str) -> dict[str, float | int]:
        """The columns of the table."""
        counts = {"own_column": self.own_column, "in_text": self.in_text, "unread": self.unread}
        return {"rows": self.postings} | {name: round(of[field] / self.postings, 3) for name, of in counts.items()}


def coverages(data: Path, most: int = MOST_POSTINGS) -> Iterator[tuple[str, Coverage]]:
    """The coverage of every file of postings in the data folder, by the file's name."""
    for name, source in SOURCES.items():
        path = data / name
        if path.is_file():
            yield name, coverage(path, load_mapping(source), most)


def coverage(path: Path, mapping: SourceMapping, most: int) -> Coverage:
    """The coverage of one file, over its first `most` postings that can be read."""
    found = Coverage(0, Counter(), Counter(), Counter())
    rows = read_rows(path, mapping.needed_columns(), mapping.delimiter)
    for _line, row in islice(rows, most):
        try:
            if isinstance(row, dict):
                _count(found, row, mapping)
        except InvalidInputError:
            continue  # rejected at an import too
    return found


def _count(found: Coverage, row: Mapping[str, Any], mapping: SourceMapping) -> None:
    job = read_posting(row, mapping)
    text_rules = [mapping.rules[name] for name in ("title", "description") if name in mapping.rules]
    without_text = {column: "-" for rule in text_rules for column in rule.columns}
    bare = read_posting({**row, **without_text}, mapping)
    words = plain(f"{job.title}\n{job.description}"[:LONGEST_TEXT])
    found.postings += 1
    for field in FIELDS:
        if _stated(field, bare):
            found.own_column[field] += 1
        elif _stated(field, job):
            found.in_text[field] += 1
        elif MENTIONS[field].search(words):
            found.unread[field] += 1


def _stated(field: str, job: Job) -> bool:
    return value_of(field, job) is not None
