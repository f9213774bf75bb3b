"""Job titles that belong together: TalentCLEF 2025 task A (validation) and MELO, read and judged as their authors do.

TalentCLEF ranks the whole corpus, the query's own title left in it. MELO judges the first 100.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from engine.arrays import Floats
from engine.errors import InvalidInputError
from engine.measures import mean_average_precision, mean_reciprocal_rank, recall_at_k
from engine.reading.titles import first_form, plain_title

MELO_DEPTH = 100
RECALL_DEPTH = 10
QUERIES_AT_ONCE = 128
TALENTCLEF_LANGUAGES = {"es": "spanish", "en": "english"}


@dataclass(frozen=True, slots=True)
class TitleTask:
    """Queries, a corpus to rank for each, and the corpus rows that belong to each query.

    `relevant` runs beside `queries`; `depth` is how much of a ranking is judged (None: all of it).
    """

    name: str
    queries: list[str]
    corpus: list[str]
    relevant: list[frozenset[int]]
    depth: int | None = None

    @property
    def own(self) -> list[frozenset[int]]:
        """The corpus rows that are the query itself, beside `queries`."""
        rows: dict[str, set[int]] = {}
        for row, title in enumerate(self.corpus):
            rows.setdefault(plain_title(title), set()).add(row)
        return [frozenset(rows.get(plain_title(query), ())) for query in self.queries]


def talentclef(folder: Path, language: str) -> TitleTask:
    """The validation split of a language (`es` or `en`) in the `talentclef2025-taskA` folder."""
    if language not in TALENTCLEF_LANGUAGES:
        raise InvalidInputError("TalentCLEF is judged in two languages", expected="es or en", got=language)
    stem = f"validation.{TALENTCLEF_LANGUAGES[language]}"
    files = [folder / f"{stem}.{part}.tsv" for part in ("queries", "corpus_elements", "qrels")]
    return _task(f"TalentCLEF {language}-{language}", files, heading_lines=1, depth=None)


def melo(folder: Path, name: str) -> TitleTask:
    """The MELO set `name` (such as `esp_q_es_c_es`) in the `melo-es` folder."""
    files = [folder / f"{name}.{part}.tsv" for part in ("queries", "corpus_elements", "annotations")]
    _, _, query_language, _, corpus_language = name.split("_")
    return _task(f"MELO {query_language}→{corpus_language}", files, heading_lines=0, depth=MELO_DEPTH)


def plain(task: TitleTask) -> TitleTask:
    """The task with its titles as plain words: one case, the first of several gender forms."""
    queries, corpus = ([first_form(title) for title in titles] for titles in (task.queries, task.corpus))
    return replace(task, queries=queries, corpus=corpus)


def title_measures(query_vectors: Floats, corpus_vectors: Floats, task: TitleTask) -> dict[str, float]:
    """The measures of ranking the task's corpus by dot product.

    Args:
        query_vectors: `[queries, dimension]`, unit length.
        corpus_vectors: `[corpus, dimension]`, unit length.
        task: whose titles these are.
    """
    return score_measures(lambda rows: query_vectors[rows] @ corpus_vectors.T, task)


def score_measures(scores: Callable[[slice], Floats], task: TitleTask) -> dict[str, float]:
    """`map`, `mrr` and `recall_at_10` of any method; `scores` gives `[rows, corpus]` for a slice of the queries.

    Where the task has a depth `map_whole` is of the whole ranking; where it has none, `map_own_aside` leaves the
    query's own title out.
    """
    count = len(task.relevant)
    blocks = [slice(start, min(start + QUERIES_AT_ONCE, count)) for start in range(0, count, QUERIES_AT_ONCE)]
    order = np.concatenate([np.argsort(-scores(rows), axis=1, kind="stable").astype(np.int32) for rows in blocks])
    top = list(order[:, : task.depth])
    measures = {
        "map": mean_average_precision(top, task.relevant),
        "mrr": mean_reciprocal_rank(top, task.relevant),
        "recall_at_10": recall_at_k(top, task.relevant, RECALL_DEPTH),
    }
    if task.depth is not None:
        return measures | {"map_whole": mean_average_precision(list(order), task.relevant)}
    own_titles = task.own
    others = [ranking[~np.isin(ranking, list(own))] for ranking, own in zip(order, own_titles, strict=True)]
    wanted = [relevant - own for relevant, own in zip(task.relevant, own_titles, strict=True)]
    return measures | {"map_own_aside": mean_average_precision(others, wanted)}


def _task(name: str, files: list[Path], *, heading_lines: int, depth: int | None) -> TitleTask:
    queries, corpus = (_read(path, 2)[heading_lines:] for path in files[:2])
    query_rows = {query_id: row for row, (query_id, _) in enumerate(queries)}
    corpus_rows = {corpus_id: row for row, (corpus_id, _) in enumerate(corpus)}
    wanted: list[set[int]] = [set() for _ in queries]
    for query_id, _, corpus_id, relevance in _read(files[2], 4):
        if relevance != "0":
            wanted[query_rows[query_id]].add(corpus_rows[corpus_id])
    return TitleTask(
        name, [text for _, text in queries], [text for _, text in corpus], [frozenset(rows) for rows in wanted], depth
    )


def _read(path: Path, columns: int) -> list[list[str]]:
    """The tab-separated fields of every line."""
    if not path.is_file():
        raise InvalidInputError(f"{path} is missing", expected="the public test set", fix="name the folder that has it")
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if line]
    for number, row in enumerate(rows, 1):
        if len(row) != columns:
            raise InvalidInputError(
                f"{path.name}, line {number} is not of this test set", expected=f"{columns} fields", got=str(len(row))
            )
    return rows
