"""Jobs by their words: the index against looking through every job, and searches against scoring every job."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.array_files import ArrayFiles
from engine.catalogue.builder import build_catalogue
from engine.catalogue.inverted_index import InvertedIndex, InvertedIndexBuilder, terms, word_stem
from engine.encoder.encoder import Tower
from engine.encoder.texts import seeker_text
from engine.explain import ReasonKind
from engine.filtering.bitmaps import RowBitmap
from engine.filtering.filter_bitmaps import BitmapFilter
from engine.filtering.filters import JobFilter
from engine.jobs import Job
from engine.recommendation.query import Query
from engine.recommendation.recommend import Recommender
from engine.relevance import Calibration
from engine.retrieval.lexical_search import LEXICAL_WEIGHTS, MOST_TERMS, QueryTerms
from engine.retrieval.segments import Segment
from engine.seekers import Seeker
from engine.skills import normalised_words
from index.backends.backend import search_few
from index.serving import ServedBundle, open_bundle
from sample.world import SAMPLE_NOW

WORDS = ("Diseñadora", "ventas", "de", "C++", "Killa", "killa", "Node.js")
texts = st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join)
jobs_of_words = st.lists(
    st.builds(
        lambda number, title, employer, skills, description: Job(
            str(number), title, description, skills=tuple(skills), employer=employer
        ),
        st.integers(),
        texts,
        st.none() | texts,
        st.lists(texts, max_size=2),
        texts,
    ),
    max_size=12,
)


def indexed(jobs: Sequence[Job]) -> InvertedIndex:
    builder = InvertedIndexBuilder()
    for job in jobs:
        builder.append(job)
    return builder.occurrences().index()


def headings(job: Job) -> set[str]:
    return {word for text in (job.title, job.employer or "", *job.skills) for word in terms(text)}


def rows_by_term(index: InvertedIndex) -> dict[str, tuple[list[int], list[int]]]:
    words = {word for text in WORDS for word in terms(text)}
    return {
        word: (of_headings.tolist(), others.tolist())
        for word in words
        for of_headings, others in [index.rows_with(word)]
    }


def scanned(jobs: Sequence[Job]) -> dict[str, tuple[list[int], list[int]]]:
    words = {word for text in WORDS for word in terms(text)}
    found = {}
    for word in words:
        in_headings = [row for row, job in enumerate(jobs) if word in headings(job)]
        described = [row for row, job in enumerate(jobs) if word in terms(job.description)]
        found[word] = (in_headings, [row for row in described if row not in in_headings])
    return found


@given(jobs_of_words)
def test_the_index_is_what_looking_through_every_job_finds(jobs: list[Job]) -> None:
    assert rows_by_term(indexed(jobs)) == scanned(jobs)


@given(jobs_of_words, st.data())
def test_parts_are_put_together_as_if_their_jobs_were_indexed_anew(jobs: list[Job], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(jobs))))
    kept = order[: data.draw(st.integers(0, len(jobs)))]
    middle = data.draw(st.integers(0, len(jobs)))
    new_rows = np.full(len(jobs), -1, dtype=np.int64)
    new_rows[kept] = np.arange(len(kept))
    parts = [(indexed(jobs[:middle]), new_rows[:middle]), (indexed(jobs[middle:]), new_rows[middle:])]
    assert rows_by_term(InvertedIndex.of_parts(parts)) == scanned([jobs[row] for row in kept])


def test_what_is_appended_later_changes_no_index_that_was_taken() -> None:
    builder = InvertedIndexBuilder()
    builder.append(Job("1", "Ventas", ""))
    before = builder.occurrences()
    builder.append(Job("2", "Ventas nocturnas", ""))
    assert [rows.tolist() for rows in before.index().rows_with("ventas")] == [[0], []]
    assert [rows.tolist() for rows in builder.occurrences().index().rows_with("ventas")] == [[0, 1], []]


def test_an_index_is_read_back(tmp_path: Path) -> None:
    index = indexed([Job("1", "Diseñadora", "de Killa", employer="Ñusta"), Job("2", "Killa", "")])
    index.save(tmp_path)
    assert rows_by_term(InvertedIndex.open(ArrayFiles(tmp_path))) == rows_by_term(index)


def test_rare_words_weigh_more_and_all_together_one() -> None:
    jobs = [Job(str(row), "Ventas" if row % 2 else "Diseñadora", "de" if row else "Killa de") for row in range(50)]
    query_terms = QueryTerms.of("¡Diseñadora, KILLA! diseñadora", indexed(jobs), len(jobs))
    assert query_terms.terms == ("disenadora", "killa")
    assert query_terms.typed == ("Diseñadora", "KILLA")
    assert query_terms.weights[1] > 4 * query_terms.weights[0]
    assert query_terms.weights.sum() == pytest.approx(1)
    assert query_terms.matched(b" disenadora killa ") == ("KILLA",)
    assert QueryTerms.of("de Killa", indexed(jobs), len(jobs)).terms == ("killa",)
    assert QueryTerms.of("de de", indexed(jobs), len(jobs)).terms == ()


@given(st.text(max_size=400))
def test_any_text_can_be_searched_for(text: str) -> None:
    query_terms = QueryTerms.of(text, indexed([Job("1", "Ventas", "")]), 1)
    assert len(query_terms.terms) == len(query_terms.typed) == len(query_terms.weights) <= MOST_TERMS
    assert set(query_terms.terms) <= set(terms(text))


@pytest.fixture(scope="module")
def bundle(tiny_bundles: Path) -> ServedBundle:
    return open_bundle((tiny_bundles / "current").resolve())


def search(bundle: ServedBundle, words: str, *, recommender: Recommender | None = None, **more: object) -> list[str]:
    searched = query(bundle, words, **more)
    return [job.job_id for job in (recommender or bundle.recommender).recommend(searched, SAMPLE_NOW).jobs]


def query(bundle: ServedBundle, words: str, **more: object) -> Query:
    seeker = Seeker(text=words)
    vector = bundle.encoder.encode([seeker_text(seeker)], Tower.SEEKER)[0]
    searched = Query(seeker, vector, 100, JobFilter(modalities=None), by_words=True)
    return replace(searched, **more)  # type: ignore[arg-type]


def term_weight(job: Job, term: str) -> float:
    if term in headings(job):
        return 1
    return LEXICAL_WEIGHTS.description_weight if term in terms(job.description) else 0


def test_a_search_is_what_scoring_every_job_gives(bundle: ServedBundle, tiny_jobs: list[Job]) -> None:
    (segment,) = bundle.recommender.segments
    jobs = {job.job_id: job for job in tiny_jobs}
    calibration = bundle.recommender.calibration
    for words in ("diseñadora de marca", "soporte", "photoshop e illustrator", tiny_jobs[3].employer or "ventas"):
        searched = query(bundle, words)
        found = bundle.recommender.recommend(searched, SAMPLE_NOW).jobs
        query_terms = bundle.recommender.query_terms(words)
        for one in found:
            job, row = jobs[one.job_id], segment.catalogue.row_of(one.job_id)
            term_match = 0.0
            for word, weight in zip(query_terms.terms, query_terms.weights.tolist(), strict=True):
                stem = word_stem(word)
                in_form = weight * LEXICAL_WEIGHTS.form_weight if stem else 0
                term_match += (weight - in_form) * term_weight(job, word) + (
                    in_form * term_weight(job, stem) if stem else 0
                )
            cosine = segment.searcher.cosines(searched.seeker_vector, np.array([row]))
            log_odds = calibration.log_odds(cosine)[0] + LEXICAL_WEIGHTS.log_odds * term_match
            assert one.relevance == pytest.approx(1 / (1 + np.exp(-log_odds)), abs=1e-5)
            reasons = [reason.text for reason in one.reasons if reason.kind is ReasonKind.WORDS]
            matched = query_terms.matched(" ".join(headings(job) | terms(job.description)).encode())
            assert reasons == ([f"Menciona lo que buscas: {', '.join(matched)}"] if matched else [])
        assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_a_job_far_from_the_words_meaning_is_found_by_saying_them() -> None:
    far, near = Job("far", "Cajera", "", employer="Tienda Killa"), Job("near", "Diseño", "")
    others = [Job(str(row), f"Diseño {row}", "") for row in range(300)]
    catalogue = build_catalogue([far, near, *others])
    vectors = np.tile(np.array([[0.8, 0.6]], dtype=np.float32), (len(catalogue), 1))
    vectors[0] = 0.5, 0.75**0.5  # no nearer than any job to any words
    segment = Segment(catalogue, search_few(vectors), BitmapFilter(catalogue))
    recommender = Recommender((segment,), Calibration(0.5, 0.9))
    meaning = Query(Seeker(text="¿Killa?"), np.array([1, 0], dtype=np.float32), 10, JobFilter(modalities=None))
    assert "far" not in [job.job_id for job in recommender.recommend(meaning, SAMPLE_NOW).jobs]
    first = recommender.recommend(replace(meaning, by_words=True), SAMPLE_NOW).jobs[0]
    assert first.job_id == "far"
    assert first.reasons[0] == (ReasonKind.WORDS, "Menciona lo que buscas: Killa")
    left_out = replace(meaning, by_words=True, excluded=frozenset({"far"}))
    assert "far" not in [job.job_id for job in recommender.recommend(left_out, SAMPLE_NOW).jobs]


@given(
    st.lists(st.tuples(st.sampled_from([0, 0.25, 0.5, 1]), st.integers(0, 3), st.booleans()), max_size=30),
    st.integers(1, 8),
)
def test_of_jobs_that_say_as_much_the_newest_are_taken(rows: list[tuple[float, int, bool]], count: int) -> None:
    from engine.retrieval.lexical_search import _best_matching

    shares = np.array([share for share, _, _ in rows], dtype=np.float32)
    posted_at = np.array([posted for _, posted, _ in rows], dtype=np.int64)
    eligible = RowBitmap.of_mask(np.array([is_eligible for _, _, is_eligible in rows], dtype=np.bool_))
    candidates = [row for row, (share, _, is_eligible) in enumerate(rows) if share and is_eligible]
    best = sorted(candidates, key=lambda row: (-rows[row][0], -rows[row][1], row))[:count]
    assert _best_matching(shares, eligible, posted_at, count).tolist() == best


@pytest.mark.parametrize(
    ("words", "stem"),
    [
        (("diseñadora", "Diseñadores", "diseñador", "diseñadoras"), "~disenador"),
        (("actrices", "actriz"), "~actriz"),
        (("inglés", "inglesas", "ingleses"), "~ingl"),
        (("c++", "node.js", "asas", "2026", "python3"), None),
    ],
)
def test_forms_of_a_word_share_a_stem(words: tuple[str, ...], stem: str | None) -> None:
    for word in words:
        assert terms(word) - set(normalised_words(word)) == ({stem} if stem else set())


def test_another_form_of_a_word_is_found_and_the_word_itself_first() -> None:
    jobs = [Job("1", "Ilustrador/a", ""), Job("2", "Ilustradora", ""), Job("3", "Vendedora", "")]
    query_terms = QueryTerms.of("ilustradora", indexed(jobs), len(jobs))
    shares = query_terms.term_match(build_catalogue(jobs), LEXICAL_WEIGHTS)
    assert shares.tolist() == pytest.approx([LEXICAL_WEIGHTS.form_weight, 1, 0])
    assert query_terms.matched(b"ilustrador a") == ("ilustradora",)
