"""The title tests: read as they lie, judged against a ranking worked out by hand, titles made plain."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.relevance.lexical import bm25_scores, character_tfidf_scores
from benchmarks.relevance.title_fusion import fused_scores
from benchmarks.relevance.titles import judge_scores, judge_titles, melo, plain, talentclef
from engine.errors import InvalidInputError


def test_talentclef_is_read_by_its_ids(public_tests: Path) -> None:
    task = talentclef(public_tests / "talentclef2025-taskA", "es")
    assert task.queries == ["cocinera", "programador"]
    assert task.corpus == ["cocinera", "chef de cocina", "programador web", "fontanero"]
    assert task.relevant == [frozenset({1}), frozenset({2, 3})]


def test_melo_has_no_headings_and_several_labels_an_occupation(public_tests: Path) -> None:
    task = melo(public_tests / "melo-es", "esp_q_es_c_es")
    assert task.queries[0] == "COCINERAS"
    assert task.relevant == [frozenset({0, 1}), frozenset({2})]


def test_plain_titles_have_one_case_and_one_gender_form(public_tests: Path) -> None:
    task = plain(melo(public_tests / "melo-es", "esp_q_es_c_es"))
    assert task.queries == ["cocineras", "fontaneros, en general"]
    assert task.corpus == ["cocinero", "chef", "fontanero"]


def test_the_own_title_stays_in_the_ranking(public_tests: Path) -> None:
    """Both queries rank the corpus in its order: the first finds its match second, after its own title."""
    task = talentclef(public_tests / "talentclef2025-taskA", "es")
    queries, corpus = np.ones((2, 1), np.float32), np.array([[0.9], [0.8], [0.7], [0.6]], np.float32)
    found = judge_titles(queries, corpus, task.relevant, task.depth)
    assert found["map"] == pytest.approx((1 / 2 + (1 / 3 + 2 / 4) / 2) / 2)
    assert found["mrr"] == pytest.approx((1 / 2 + 1 / 3) / 2)
    assert found["recall_at_10"] == 1


def test_what_stands_below_the_depth_is_not_found(public_tests: Path) -> None:
    task = talentclef(public_tests / "talentclef2025-taskA", "es")
    scores = np.array([[0.9, 0.8, 0.7, 0.6]] * 2, np.float32)
    found = judge_scores(lambda rows: scores[rows], task.relevant, depth=3)
    assert found["map"] == pytest.approx((1 / 2 + (1 / 3) / 2) / 2)
    assert found["map_whole"] == pytest.approx((1 / 2 + (1 / 3 + 2 / 4) / 2) / 2)


@given(st.integers(1, 400), st.integers(0, 2**31))
def test_many_queries_are_judged_like_each_alone(queries: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    scores = random.random((queries, 5), dtype=np.float32)
    relevant = [frozenset({int(row)}) for row in random.integers(0, 5, queries)]
    together = judge_scores(lambda rows: scores[rows], relevant)
    ranks = [1 + int((row > row[min(wanted)]).sum()) for row, wanted in zip(scores, relevant, strict=True)]
    assert together["map"] == pytest.approx(np.mean([1 / rank for rank in ranks]))


def test_lexical_methods_know_words_in_any_case_and_accent() -> None:
    corpus = ["técnico de redes", "cocinero de barco", ""]
    for method in (bm25_scores, character_tfidf_scores):
        scores = method(["TECNICO", "cocinéro", "zzz", ""], corpus)(slice(None))
        assert scores.shape == (4, 3)
        assert scores.argmax(axis=1).tolist()[:2] == [0, 1]
        assert not scores[2:].any()


def test_a_missing_or_foreign_file_is_refused(public_tests: Path) -> None:
    folder = public_tests / "talentclef2025-taskA"
    with pytest.raises(InvalidInputError, match="es or en"):
        talentclef(folder, "qu")
    (folder / "validation.spanish.qrels.tsv").write_text("1\t0\t20\t1\n1\t0\n", "utf-8")
    with pytest.raises(InvalidInputError, match="line 2"):
        talentclef(folder, "es")
    (folder / "validation.spanish.queries.tsv").unlink()
    with pytest.raises(InvalidInputError, match="missing"):
        talentclef(folder, "es")


def test_expansion_brings_in_what_the_best_found_titles_find() -> None:
    """The query is near the first titles alone; they are near the second ones, which share no word with it."""
    random = np.random.default_rng(0)
    corpus = [f"título {row}" for row in range(60)]
    vectors = random.standard_normal((60, 16)).astype(np.float32)
    query = vectors[0] + 0.1 * random.standard_normal(16).astype(np.float32)
    vectors[1:20] = vectors[0] + 0.3 * random.standard_normal((19, 16))
    bridge = random.standard_normal(16).astype(np.float32)
    vectors[1:20] += 0.8 * bridge
    vectors[20:25] = bridge + 0.05 * random.standard_normal((5, 16))
    unit = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    asked = (query / np.linalg.norm(query))[None].astype(np.float32)
    fused = fused_scores(["otra cosa"], corpus, asked, unit)(slice(0, 1))[0]

    def mean_rank(scores: np.ndarray) -> float:
        return float(np.argsort(np.argsort(-scores))[20:25].mean())

    assert mean_rank(fused) < mean_rank((asked @ unit.T)[0])


def test_fused_scores_do_not_depend_on_how_queries_are_sliced() -> None:
    random = np.random.default_rng(1)
    unit = random.standard_normal((40, 8)).astype(np.float32)
    unit /= np.linalg.norm(unit, axis=1, keepdims=True)
    titles = [f"analista de {word}" for word in "abcdefghijklmnopqrstuvwxyz0123456789ñáéí"]
    scores = fused_scores(titles[:6], titles, unit[:6], unit)
    together = scores(slice(0, 6))
    apart = np.concatenate([scores(slice(row, row + 1)) for row in range(6)])
    np.testing.assert_allclose(together, apart, rtol=1e-4, atol=1e-4)


def test_a_method_is_asked_for_no_query_that_does_not_exist() -> None:
    asked: list[slice] = []

    def scores(rows: slice) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        asked.append(rows)
        return np.zeros((rows.stop - rows.start, 3), np.float32)

    judge_scores(scores, [frozenset({0})] * 300)
    assert asked[0].start == 0
    assert [one.stop for one in asked[:-1]] == [one.start for one in asked[1:]]
    assert asked[-1].stop == 300
