"""The title tests: read as they lie, judged against a ranking worked out by hand, titles made plain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.relevance.lexical import Scores, bm25_scores, character_tfidf_scores
from benchmarks.relevance.title_fusion import (
    Occupations,
    OccupationTitles,
    scores_by_occupation,
    scores_with_second_pass,
    with_second_pass,
)
from benchmarks.relevance.titles import TitleTask, melo, plain, score_measures, talentclef, title_measures
from engine.errors import InvalidInputError
from tests.training.esco_folder import write_esco


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
    found = title_measures(queries, corpus, task)
    assert found["map"] == pytest.approx((1 / 2 + (1 / 3 + 2 / 4) / 2) / 2)
    assert found["mrr"] == pytest.approx((1 / 2 + 1 / 3) / 2)
    assert found["recall_at_10"] == 1
    # "cocinera" is in the corpus and goes; "programador" is not, and its ranking stays.
    assert found["map_own_aside"] == pytest.approx((1 + (1 / 3 + 2 / 4) / 2) / 2)


def test_an_own_title_that_is_a_match_counts_neither_way_when_left_out() -> None:
    task = TitleTask("two titles", ["Chef"], ["chef", "fontanero", "cocinera"], [frozenset({0, 2})])
    found = score_measures(lambda _: np.array([[0.9, 0.8, 0.7]], np.float32), task)
    assert found["map"] == pytest.approx((1 + 2 / 3) / 2)
    assert found["map_own_aside"] == pytest.approx(1 / 2)


def test_what_stands_below_the_depth_is_not_found(public_tests: Path) -> None:
    task = replace(talentclef(public_tests / "talentclef2025-taskA", "es"), depth=3)
    scores = np.array([[0.9, 0.8, 0.7, 0.6]] * 2, np.float32)
    found = score_measures(lambda rows: scores[rows], task)
    assert found["map"] == pytest.approx((1 / 2 + (1 / 3) / 2) / 2)
    assert found["map_whole"] == pytest.approx((1 / 2 + (1 / 3 + 2 / 4) / 2) / 2)


@given(st.integers(1, 400), st.integers(0, 2**31))
def test_many_queries_are_judged_like_each_alone(queries: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    scores = random.random((queries, 5), dtype=np.float32)
    relevant = [frozenset({int(row)}) for row in random.integers(0, 5, queries)]
    titles = [str(row) for row in range(5)]
    task = TitleTask("many", [f"query {row}" for row in range(queries)], titles, relevant)
    together = score_measures(lambda rows: scores[rows], task)
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


def unit(vectors: np.ndarray) -> np.ndarray:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def mean_rank(scores: np.ndarray, rows: slice) -> float:
    return float(np.argsort(np.argsort(-scores))[rows].mean())


def test_a_second_pass_brings_in_what_the_best_found_titles_find() -> None:
    """The query is near the first titles alone; they are near the last ones too."""
    random = np.random.default_rng(0)
    vectors = random.standard_normal((60, 16))
    vectors[1:20] = vectors[0] + 0.3 * random.standard_normal((19, 16))
    bridge = random.standard_normal(16)
    vectors[1:20] += 0.8 * bridge
    vectors[20:25] = bridge + 0.05 * random.standard_normal((5, 16))
    corpus, query_sets = unit(vectors), unit(vectors[:1] + 0.1 * random.standard_normal((1, 16)))
    second = with_second_pass(query_sets @ corpus.T, corpus)[0]
    assert mean_rank(second, slice(20, 25)) < mean_rank((query_sets @ corpus.T)[0], slice(20, 25))


@pytest.fixture
def four_occupations() -> tuple[np.ndarray, Occupations]:
    """Twelve titles of four occupations, three each: the last of each is far from its brothers."""
    titles = unit(np.random.default_rng(1).standard_normal((12, 32)))
    titles[1::3] = unit(titles[::3] + 0.02 * titles[1::3])
    return titles, Occupations(titles, np.repeat(np.arange(4), 3))


def test_titles_are_ranked_by_their_occupation(four_occupations: tuple[np.ndarray, Occupations]) -> None:
    """The query is near two titles of its occupation and far from the third, which comes next all the same."""
    titles, occupations = four_occupations
    query_sets = unit(titles[3:4] + 0.02 * np.random.default_rng(2).standard_normal((1, 32)))
    by_cosine = query_sets @ titles.T
    by_occupation = scores_by_occupation(query_sets, titles, occupations, occupations.belonging(titles))(slice(None))
    assert mean_rank(by_cosine[0], slice(3, 6)) > 1
    assert mean_rank(by_occupation[0], slice(3, 6)) == 1


def test_a_title_belongs_most_to_its_own_occupation(four_occupations: tuple[np.ndarray, Occupations]) -> None:
    titles, occupations = four_occupations
    shares = occupations.belonging(titles).toarray()
    np.testing.assert_allclose(shares.sum(axis=1), 1, rtol=1e-5)
    assert shares.argmax(axis=1).tolist() == np.repeat(np.arange(4), 3).tolist()


def test_nearness_is_the_nearest_title_and_the_centre(four_occupations: tuple[np.ndarray, Occupations]) -> None:
    titles, occupations = four_occupations
    query_sets = unit(np.random.default_rng(3).standard_normal((5, 32)))
    for query, found in zip(query_sets, occupations.nearness(query_sets), strict=True):
        for row, nearness in enumerate(found):
            own = titles[3 * row : 3 * row + 3]
            centre = unit(own.sum(axis=0, keepdims=True))[0]
            assert nearness == pytest.approx(((own @ query).max() + centre @ query) / 2, abs=1e-5)


@pytest.mark.parametrize("fused", [scores_by_occupation, scores_with_second_pass])
def test_fused_scores_do_not_depend_on_how_queries_are_sliced(
    fused: Callable[..., Scores], four_occupations: tuple[np.ndarray, Occupations]
) -> None:
    vectors = unit(np.random.default_rng(2).standard_normal((40, 32)))
    occupations = four_occupations[1]
    scores = fused(vectors[:6], vectors, occupations, occupations.belonging(vectors))
    apart = np.concatenate([scores(slice(row, row + 1)) for row in range(6)])
    np.testing.assert_allclose(scores(slice(None)), apart, rtol=1e-4, atol=1e-4)


def test_esco_titles_are_read_with_their_occupations(tmp_path: Path) -> None:
    read = OccupationTitles.read(write_esco(tmp_path))
    assert read.titles[:5] == [
        "diseñador gráfico",
        "diseñadora gráfica",
        "grafista",
        "graphic designer",
        "visual designer",
    ]
    assert read.occupations.tolist() == sorted(read.occupations.tolist())
    assert set(read.occupations.tolist()) == set(range(8))
