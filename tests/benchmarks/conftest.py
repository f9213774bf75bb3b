"""A small hand-made copy of the public title tests, laid out as the real ones are."""

from __future__ import annotations

from pathlib import Path

import pytest

TALENTCLEF = {
    "queries": "q_id\tjobtitle\n1\tcocinera\n2\tprogramador\n",
    "corpus_elements": "c_id\tjobtitle\n10\tcocinera\n20\tchef de cocina\n30\tprogramador web\n40\tfontanero\n",
    "qrels": "1\t0\t20\t1\n2\t0\t30\t1\n2\t0\t40\t1\n",
}
MELO = {
    "queries": "Q1\tCOCINERAS\nQ2\tFONTANEROS, EN GENERAL\n",
    "corpus_elements": "C1_es_000\tcocinero/cocinera\nC1_es_001\tchef\nC2_es_000\tfontanero/fontanera\n",
    "annotations": "Q1\t0\tC1_es_000\t1\nQ1\t0\tC1_es_001\t1\nQ2\t0\tC2_es_000\t1\n",
}


@pytest.fixture
def public_tests(tmp_path: Path) -> Path:
    """A data folder with both title tests, and what others published on them."""
    talentclef, melo = tmp_path / "data" / "talentclef2025-taskA", tmp_path / "data" / "melo-es"
    for folder in (talentclef, melo):
        folder.mkdir(parents=True)
    for part, content in TALENTCLEF.items():
        for language in ("spanish", "english"):
            (talentclef / f"validation.{language}.{part}.tsv").write_text(content, "utf-8")
    (talentclef / "validation_es_published_thesis_baselines.csv").write_text(
        "model,map_es_es_zero_shot,map_es_es_finetuned\nsmall/model,0.21,0.41\nlarge/model,0.35,\n"
        "own TF-IDF (a helper's own run; not published),0.99,\n",
        "utf-8",
    )
    for name in ("esp_q_es_c_es", "esp_q_es_c_en", "usa_q_en_c_en"):
        for part, content in MELO.items():
            (melo / f"{name}.{part}.tsv").write_text(content, "utf-8")
    (melo / "published_baselines.csv").write_text(
        "model,dataset,map,recip_rank,recall_10\ne5,esp_q_es_c_es,0.4593,0.5557,0.5498\nbm25,usa_q_en_c_en,0.1,0.2,0.3\n",
        "utf-8",
    )
    return tmp_path / "data"
