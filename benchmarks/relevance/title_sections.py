"""The tables of the title tests: our encoders beside lexical methods, an off-the-shelf encoder and published rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks.relevance.encoders import MINILM, TextEncoder
from benchmarks.relevance.lexical import bm25_scores, character_tfidf_scores
from benchmarks.relevance.published import melo_published, talentclef_published
from benchmarks.relevance.title_fusion import (
    OccupationTitles,
    as_seen_by,
    scores_by_occupation,
    scores_with_second_pass,
)
from benchmarks.relevance.titles import TitleTask, melo, plain, score_measures, talentclef, title_measures
from benchmarks.report import Origin, Row, Section
from engine.errors import group_install

ESCO_FOLDER = "esco-es"
MELO_SETS = ("esp_q_es_c_es", "esp_q_es_c_en", "usa_q_en_c_en")
COLUMNS = {"map": "MAP", "mrr": "MRR", "recall_at_10": "recall@10"}
WHOLE = {"map_whole": "MAP, whole ranking"}
OWN_ASIDE = {"map_own_aside": "MAP, own title aside"}
# What serving could afford beyond one vector: how it is named, and how titles are scored.
FUSIONS = {
    "with ESCO and a second pass": scores_with_second_pass,
    "by ESCO's occupations": scores_by_occupation,
}
INSTALL_PEERS = group_install("peers")
PLAIN_TITLES = (
    "Plain titles: in one case, and of two gender forms the first; lexical methods fold case and accents anyway. "
    "With ESCO and a second pass: titles are moved towards their ESCO occupations, and what the fifty best found "
    "find themselves is added. By ESCO's occupations: mostly by how near the query is to the occupations that a title "
    "belongs to."
)
TALENTCLEF_REMARK = (
    "Validation split of TalentCLEF 2025 task A, the whole corpus ranked, the query's own title left in it as the "
    "organisers do. {own} of these queries are in the corpus and {unmatched} are not their own match: a perfect "
    "ranking that begins with the own title reaches {ceiling:.3f}. Own title aside: it is left out, as somebody who "
    "looks for similar titles would; no published figure is of that kind. Published figures of the official test are "
    "of another split and not shown. "
)
MELO_REMARK = (
    "The first 100 are judged, as the published rows were. ESCO's labels are the corpus: a model trained on ESCO, as "
    "ours may be and ESCOXLM-R is, is not zero-shot here; the other published models are. "
)


def talentclef_sections(
    folder: Path,
    untuned: Sequence[TextEncoder],
    peer: TextEncoder | None,
    models: Sequence[TextEncoder],
    esco: OccupationTitles | None = None,
) -> Iterator[Section]:
    """Spanish and English job titles."""
    for language in ("es", "en"):
        task = talentclef(folder, language)
        rows = [*_measured(task, untuned, peer, models, esco), *talentclef_published(folder, language)]
        yield _section(task, COLUMNS | OWN_ASIDE, _talentclef_remark(task), rows)


def melo_sections(
    folder: Path,
    untuned: Sequence[TextEncoder],
    peer: TextEncoder | None,
    models: Sequence[TextEncoder],
    esco: OccupationTitles | None = None,
) -> Iterator[Section]:
    """National occupation titles to ESCO's labels."""
    for name in MELO_SETS:
        task = melo(folder, name)
        rows = [*_measured(task, untuned, peer, models, esco), *melo_published(folder, name)]
        yield _section(task, COLUMNS | WHOLE, MELO_REMARK, rows)


def _talentclef_remark(task: TitleTask) -> str:
    """What the own titles do to the best that a ranking can reach."""
    own_titles = task.own
    unmatched = [bool(own - wanted) for own, wanted in zip(own_titles, task.relevant, strict=True)]
    ceilings = [
        float(np.mean([place / (place + first) for place in range(1, len(wanted) + 1)]))
        for first, wanted in zip(unmatched, task.relevant, strict=True)
        if wanted
    ]
    return TALENTCLEF_REMARK.format(own=sum(map(bool, own_titles)), unmatched=sum(unmatched), ceiling=np.mean(ceilings))


def _measured(
    task: TitleTask,
    untuned: Sequence[TextEncoder],
    peer: TextEncoder | None,
    models: Sequence[TextEncoder],
    esco: OccupationTitles | None,
) -> list[Row]:
    """Every method's row, in one run."""
    rows = [
        Row("BM25", score_measures(bm25_scores(task.queries, task.corpus), task)),
        Row("character TF-IDF", score_measures(character_tfidf_scores(task.queries, task.corpus), task)),
    ]
    rows.append(_row(task, peer) if peer else Row(MINILM, origin=Origin.NOT_INSTALLED, note=INSTALL_PEERS))
    plain_task = plain(task)
    for encoder in (*untuned, *models):
        rows += [_row(task, encoder), _row(plain_task, encoder, ", plain titles")]
        if encoder.is_symmetric:
            rows += _fused_rows(plain_task, encoder, esco)
    return rows


def _fused_rows(task: TitleTask, encoder: TextEncoder, esco: OccupationTitles | None) -> list[Row]:
    names = {f"{encoder.name}, plain titles, {name}": fused for name, fused in FUSIONS.items()}
    if esco is None:
        missing = f"put the folder {ESCO_FOLDER} in --data"
        return [Row(name, origin=Origin.NOT_INSTALLED, note=missing) for name in names]
    occupations = as_seen_by(encoder, esco)
    queries, corpus = encoder.queries(task.queries), encoder.corpus(task.corpus)
    belonging = occupations.belonging(corpus)
    scores = {name: fused(queries, corpus, occupations, belonging) for name, fused in names.items()}
    return [Row(name, score_measures(one, task)) for name, one in scores.items()]


def _row(task: TitleTask, encoder: TextEncoder, suffix: str = "") -> Row:
    return Row(encoder.name + suffix, title_measures(encoder.queries(task.queries), encoder.corpus(task.corpus), task))


def _section(task: TitleTask, columns: dict[str, str], remark: str, rows: list[Row]) -> Section:
    size = f"{len(task.queries):,} queries, {len(task.corpus):,} titles to rank."
    return Section(task.name, columns, rows, (f"{size} {remark}{PLAIN_TITLES}",))
