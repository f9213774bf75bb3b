"""The judge of decision-br on a small recruiter's history: who is asked about what, and what each row may know."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.relevance.decision_br import WindowQueries, people_section, rankings, sections, window_queries
from benchmarks.relevance.decision_br_baselines import (
    matrix_factorisation,
    opening_date_alone,
    popularity,
    with_recency,
)
from benchmarks.relevance.decision_br_people import people_queries
from benchmarks.relevance.encoders import TextEncoder
from benchmarks.relevance.job_queries import window
from benchmarks.report import Section
from engine.errors import InvalidInputError
from tests.benchmarks.relevance.test_placement_ranker import hashed_words
from tests.training.small_decision_br import write_small_decision_br
from training.data.decision_br import DecisionOutcomes, read_decision_br
from training.data.splits import split_days

ENCODERS = [TextEncoder("untuned", hashed_words, hashed_words), TextEncoder("towers", hashed_words, hashed_words)]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> DecisionOutcomes:
    return read_decision_br(write_small_decision_br(tmp_path_factory.mktemp("decision-br")))


@pytest.fixture(scope="module")
def evaluated(outcomes: DecisionOutcomes) -> WindowQueries:
    return window_queries(outcomes, window(outcomes, split_days(outcomes.opened).test, None))


@pytest.fixture(scope="module")
def tables(outcomes: DecisionOutcomes, evaluated: WindowQueries) -> list[Section]:
    fitted_on = window_queries(outcomes, window(outcomes, outcomes.opened[40], split_days(outcomes.opened).test))
    return list(sections(evaluated, fitted_on, ENCODERS, "small"))


def row(section: Section, method: str) -> dict[str, float]:
    return dict(next(one.measures for one in section.rows if one.method == method))


def test_every_table_has_every_method(tables: list[Section]) -> None:
    methods = [{one.method for one in section.rows} for section in tables]
    assert len(tables) == 4
    assert all(found == methods[0] for found in methods)
    assert {"chance", "popularity of the job", "opening date alone", "BM25, titles", "untuned", "towers"} < methods[0]
    assert "learned ranking without time or applicants over towers" in methods[0]


def test_the_ratio_is_to_the_best_lexical_row(tables: list[Section]) -> None:
    for section in tables[:2]:
        lexical = ("BM25, titles", "BM25, full text", "word TF-IDF, title + full text", "the same, one and two words")
        best = max(row(section, name)["recall_at_10_grade_1"] for name in lexical)
        towers = row(section, "towers")
        assert towers["of_best_lexical"] == pytest.approx(towers["recall_at_10_grade_1"] / best)


def test_what_is_not_open_yet_cannot_be_shown_among_open_jobs(tables: list[Section]) -> None:
    for method in ("BM25, titles", "towers", "chance"):
        assert row(tables[1], method)["mrr_grade_1"] >= row(tables[0], method)["mrr_grade_1"]


def test_offers_are_part_of_what_was_forwarded(evaluated: WindowQueries) -> None:
    assert any(evaluated.offered)
    for offered, wanted in zip(evaluated.offered, evaluated.queries.relevant, strict=True):
        assert offered <= wanted


def test_the_opening_date_alone_puts_the_newest_first(evaluated: WindowQueries) -> None:
    ages = evaluated.queries.age
    for query, ranked in enumerate(rankings(opening_date_alone(evaluated.queries), evaluated.queries.open)):
        assert [ages[query, column] for column in ranked] == sorted(ages[query, column] for column in ranked)


def test_popularity_counts_only_what_was_known_before_the_day(
    outcomes: DecisionOutcomes, evaluated: WindowQueries
) -> None:
    scores = dict(popularity(outcomes, evaluated.queries))["popularity of the job"]
    for query, state in enumerate(evaluated.queries.states):
        day = outcomes.states_known[state].day
        for column, job in enumerate(evaluated.queries.catalogue):
            known = (outcomes.jobs == job) & (outcomes.grades >= 1) & (outcomes.closed < day)
            assert int(scores[query, column]) == known.sum()


def test_matrix_factorisation_is_silent_where_an_id_is_new(
    outcomes: DecisionOutcomes, evaluated: WindowQueries
) -> None:
    scores, warm = matrix_factorisation(outcomes, evaluated.queries)
    assert warm.any()
    assert (scores[~warm] == 0).all()
    for query, state in enumerate(evaluated.queries.states):
        query_sets = outcomes.states_known[state]
        month = query_sets.day.astype("datetime64[M]").astype("datetime64[D]")
        matched = (outcomes.grades >= 1) & (outcomes.closed < month)
        jobs = set(outcomes.jobs[matched].tolist())
        people = {outcomes.states_known[one].person for one in outcomes.states[matched]}
        expected = [query_sets.person in people and int(job) in jobs for job in evaluated.queries.catalogue]
        assert warm[query].tolist() == expected


def test_recency_prefers_the_newer_of_two_alike(evaluated: WindowQueries) -> None:
    scores = with_recency(np.ones(evaluated.queries.age.shape, np.float32), evaluated.queries)
    ages = evaluated.queries.age
    assert (scores[ages < 0] == -1).all()
    for query in range(len(ages)):
        is_open = np.flatnonzero(ages[query] >= 0)
        newest_first = is_open[np.argsort(ages[query, is_open], kind="stable")]
        assert (np.diff(scores[query, newest_first]) <= 0).all()


def test_people_are_known_as_of_the_opening(outcomes: DecisionOutcomes, evaluated: WindowQueries) -> None:
    queries = people_queries(outcomes, evaluated.queries.catalogue, (1, 3))
    assert len(queries.jobs) > 10
    for query, job in enumerate(queries.jobs):
        opened = outcomes.opened[job]
        for column in np.flatnonzero(queries.state_of[query] >= 0):
            state = outcomes.states_known[queries.states[queries.state_of[query, column]]]
            days = sorted(one.day for one in outcomes.states_known if one.person == state.person)
            before = [day for day in days if day <= opened]
            assert state.day == (before[-1] if before else days[0])
    for offered, forwarded in zip(queries.relevant[3], queries.relevant[1], strict=True):
        assert offered <= forwarded


def test_jobs_find_people_of_their_trade(outcomes: DecisionOutcomes, evaluated: WindowQueries) -> None:
    table = people_section(outcomes, evaluated.queries.catalogue, ENCODERS)
    assert row(table, "word TF-IDF, full text")["recall_at_10_grade_1"] > row(table, "chance")["recall_at_10_grade_1"]
    assert row(table, "towers") == row(table, "untuned")


def test_no_text_of_the_data_reaches_a_table(outcomes: DecisionOutcomes, tables: list[Section]) -> None:
    shown = "\n".join(section.as_markdown() for section in tables)
    assert not any(job.title in shown or job.text in shown for job in outcomes.jobs_known)


def test_the_folder_is_checked(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match=r"pairs\.csv\.gz"):
        read_decision_br(tmp_path)
