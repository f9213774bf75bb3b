"""Rows that others published on the same test sets, read from the files that lie beside the data."""

from __future__ import annotations

import csv
from pathlib import Path

from benchmarks.report import Origin, Row

TALENTCLEF_FILES = {"es": "validation_es_published_thesis_baselines.csv"}
MELO_FILE = "published_baselines.csv"
MELO_MEASURES = {"map": "map", "mrr": "recip_rank", "recall_at_10": "recall_10"}
# The file's short names, in full.
MELO_MODELS = {
    "e5": "e5-mistral-7b",
    "escoxlm_r": "ESCOXLM-R",
    "me5": "multilingual-e5-large",
    "openai": "text-embedding-3-large",
    "paraph_mmpnet": "paraphrase-multilingual-mpnet-base-v2",
}
# A row of the file may say of itself that nobody published it.
UNPUBLISHED = "not published"


def talentclef_published(folder: Path, language: str) -> list[Row]:
    """MAP of other models on the validation split of a language, zero-shot and fine-tuned; none where none is known."""
    rows = []
    for line in _lines(folder / TALENTCLEF_FILES[language]) if language in TALENTCLEF_FILES else []:
        if UNPUBLISHED in line["model"]:
            continue
        for column, how in ((f"map_{language}_{language}_{how}", how) for how in ("zero_shot", "finetuned")):
            if line[column]:
                note = how.replace("_", "-").replace("finetuned", "fine-tuned")
                rows.append(Row(line["model"], {"map": float(line[column])}, Origin.PUBLISHED, note))
    return _best_first(rows)


def melo_published(folder: Path, name: str) -> list[Row]:
    """What the authors of MELO measured on the set `name`."""
    rows = []
    for line in _lines(folder / MELO_FILE):
        if line["dataset"] == name:
            measures = {ours: float(line[theirs]) for ours, theirs in MELO_MEASURES.items()}
            rows.append(Row(MELO_MODELS.get(line["model"], line["model"]), measures, Origin.PUBLISHED))
    return _best_first(rows)


def _best_first(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: -row.measures["map"])


def _lines(path: Path) -> list[dict[str, str]]:
    """The file's rows by column; none when it is not there: published figures are an extra."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
