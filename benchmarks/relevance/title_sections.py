"""The tables of the title tests: our encoders beside lexical methods, an off-the-shelf encoder and published rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.relevance.encoders import MINILM, TextEncoder
from benchmarks.relevance.lexical import bm25_scores, character_tfidf_scores
from benchmarks.relevance.published import melo_published, talentclef_published
from benchmarks.relevance.title_fusion import OccupationTitles, fused_scores
from benchmarks.relevance.titles import TitleTask, judge_scores, judge_titles, melo, plain, talentclef
from benchmarks.report import Origin, Row, Section

ESCO_FOLDER = "esco-es"
MELO_SETS = ("esp_q_es_c_es", "esp_q_es_c_en", "usa_q_en_c_en")
COLUMNS = {"map": "MAP", "mrr": "MRR", "recall_at_10": "recall@10"}
WHOLE = {"map_whole": "MAP, whole ranking"}
INSTALL_PEERS = "pip install 'chamba[peers]'"
PLAIN_TITLES = (
    "Plain titles: in one case, and of two gender forms the first; lexical methods fold case and accents anyway. "
    "With ESCO and a second pass: the query moved towards its nearest ESCO occupations, then what the twenty best "
    "found titles find themselves."
)
TALENTCLEF_REMARK = (
    "Validation split of TalentCLEF 2025 task A, the whole corpus ranked, the query's own title left in it as the "
    "organisers do (that caps MRR where a title is not its own match). Published figures of the official test are of "
    "another split and not shown. "
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
        published = talentclef_published(folder, language)
        yield _section(task, COLUMNS, TALENTCLEF_REMARK, [*_measured(task, untuned, peer, models, esco), *published])


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
        published = melo_published(folder, name)
        yield _section(task, COLUMNS | WHOLE, MELO_REMARK, [*_measured(task, untuned, peer, models, esco), *published])


def _measured(
    task: TitleTask,
    untuned: Sequence[TextEncoder],
    peer: TextEncoder | None,
    models: Sequence[TextEncoder],
    esco: OccupationTitles | None,
) -> list[Row]:
    """Every method's row, in one run."""
    rows = [
        Row("BM25", judge_scores(bm25_scores(task.queries, task.corpus), task.relevant, task.depth)),
        Row("character TF-IDF", judge_scores(character_tfidf_scores(task.queries, task.corpus), *_key(task))),
    ]
    rows.append(_row(task, peer) if peer else Row(MINILM, origin=Origin.NOT_INSTALLED, note=INSTALL_PEERS))
    for encoder in (*untuned, *models):
        rows += [_row(task, encoder), _row(plain(task), encoder, ", plain titles")]
        if encoder.is_symmetric:
            rows.append(_fused_row(plain(task), encoder, esco))
    return rows


def _fused_row(task: TitleTask, encoder: TextEncoder, esco: OccupationTitles | None) -> Row:
    name = f"{encoder.name}, plain titles, with ESCO and a second pass"
    if esco is None:
        return Row(name, origin=Origin.NOT_INSTALLED, note=f"put the folder {ESCO_FOLDER} in --data")
    return Row(name, judge_scores(fused_scores(encoder, task.queries, task.corpus, esco), *_key(task)))


def _row(task: TitleTask, encoder: TextEncoder, suffix: str = "") -> Row:
    measures = judge_titles(encoder.queries(task.queries), encoder.corpus(task.corpus), *_key(task))
    return Row(encoder.name + suffix, measures)


def _key(task: TitleTask) -> tuple[list[frozenset[int]], int | None]:
    return task.relevant, task.depth


def _section(task: TitleTask, columns: dict[str, str], remark: str, rows: list[Row]) -> Section:
    size = f"{len(task.queries):,} queries, {len(task.corpus):,} titles to rank."
    return Section(task.name, columns, rows, (f"{size} {remark}{PLAIN_TITLES}",))
