"""Queries with a date, the features of a learned ranking as of that day, and what the ranking learns."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.relevance.job_queries import JobQueries, job_queries, window
from benchmarks.relevance.lexical_scores import Bm25Scores, TfidfScores
from benchmarks.relevance.placement_features import PlacementFeatures, TextVectors
from benchmarks.relevance.placement_ranker import RankerConfig, fit_rankers, ranker_scores
from engine.measures import recall_at_k
from tests.training.small_decision_br import write_small_decision_br
from training.data.decision_br import FORWARDED, OFFERED, REJECTED, DecisionOutcomes, read_decision_br
from training.data.splits import SplitDays, split_days


def hashed_words(texts: Sequence[str]) -> NDArray[np.float32]:
    """Unit vectors of hashed words: equal words are near."""
    vectors = np.full((len(texts), 32), 1e-3, np.float32)
    for row, text in enumerate(texts):
        for word in text.lower().split():
            vectors[row, hashlib.sha256(word.encode()).digest()[0] % 32] += 1
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


VECTORS = TextVectors(hashed_words, hashed_words)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> DecisionOutcomes:
    return read_decision_br(write_small_decision_br(tmp_path_factory.mktemp("decision-br")))


@pytest.fixture(scope="module")
def days(outcomes: DecisionOutcomes) -> SplitDays:
    return split_days(outcomes.opened)


@pytest.fixture(scope="module")
def test_queries(outcomes: DecisionOutcomes, days: SplitDays) -> JobQueries:
    return job_queries(outcomes, window(outcomes, days.test, None), FORWARDED)


def test_a_query_is_a_person_and_a_day_with_what_they_were_matched_with(
    outcomes: DecisionOutcomes, test_queries: JobQueries
) -> None:
    assert len(test_queries.states) > 5
    for row, state in enumerate(test_queries.states):
        jobs = {int(test_queries.catalogue[column]) for column in test_queries.relevant[row]}
        of_state = outcomes.states == state
        assert jobs == set(outcomes.jobs[of_state & (outcomes.grades >= 1)].tolist()) & set(
            test_queries.catalogue.tolist()
        )
        assert not test_queries.hidden[row, list(test_queries.relevant[row])].any()
        person, day = outcomes.states_known[state].person, outcomes.states_known[state].day
        met = [
            int(job)
            for other, job, applied in zip(outcomes.states, outcomes.jobs, outcomes.applied, strict=True)
            if outcomes.states_known[other].person == person and applied < day
        ]
        columns = np.flatnonzero(np.isin(test_queries.catalogue, met))
        assert test_queries.hidden[row, [c for c in columns if c not in test_queries.relevant[row]]].all()


def test_what_was_not_known_before_a_day_asks_nothing(outcomes: DecisionOutcomes, days: SplitDays) -> None:
    catalogue = window(outcomes, days.validation, days.test)
    every = job_queries(outcomes, catalogue, FORWARDED)
    known = job_queries(outcomes, catalogue, FORWARDED, known_before=days.test)
    assert 0 < len(known.states) < len(every.states)
    for state, wanted in zip(known.states, known.relevant, strict=True):
        for column in wanted:
            match = (outcomes.states == state) & (outcomes.jobs == catalogue[column])
            assert (outcomes.closed[match] < days.test).all()


def test_the_life_of_a_job_is_told_as_of_the_day(outcomes: DecisionOutcomes, test_queries: JobQueries) -> None:
    """The slow way: count, for every query and job, the outcomes that were known before the day."""
    found = PlacementFeatures(outcomes, test_queries, VECTORS, None).block(slice(None))
    for row, state in enumerate(test_queries.states):
        query_sets = outcomes.states_known[state]
        for column, job in enumerate(test_queries.catalogue):
            of_job = outcomes.jobs == job
            created = of_job & (outcomes.applied < query_sets.day)
            known = of_job & (outcomes.closed < query_sets.day)
            assert found["processes"][row, column] == created.sum()
            assert found["forwarded"][row, column] == (known & (outcomes.grades >= FORWARDED)).sum()
            assert found["offered"][row, column] == (known & (outcomes.grades >= OFFERED)).sum()
            assert found["rejected"][row, column] == (known & (outcomes.grades == REJECTED)).sum()
            applicants = [outcomes.states_known[one] for one in outcomes.states[created]]
            others = [one.text for one in applicants if one.person != query_sets.person and one.text]
            near = (hashed_words([query_sets.text]) @ hashed_words(others).T).max() if others else 0
            assert found["nearest_applicant"][row, column] == pytest.approx(near, abs=1e-5)
            if created.any():
                idle = (query_sets.day - outcomes.applied[created].max()).astype(int)
                assert found["days_since_process"][row, column] == idle


def test_outcomes_of_the_day_or_later_change_nothing(outcomes: DecisionOutcomes, test_queries: JobQueries) -> None:
    """What is still to come is scrambled; the features of the first query stay."""
    first = int(np.argmin([outcomes.states_known[state].day for state in test_queries.states]))
    day = outcomes.states_known[test_queries.states[first]].day
    later = outcomes.closed >= day
    scrambled = DecisionOutcomes(
        outcomes.version,
        outcomes.jobs_known,
        outcomes.states_known,
        outcomes.states,
        outcomes.jobs,
        np.where(later, 4 - outcomes.grades, outcomes.grades),
        outcomes.applied,
        outcomes.closed,
    )
    blocks = [PlacementFeatures(one, test_queries, VECTORS, None).block(slice(None)) for one in (outcomes, scrambled)]
    for name, values in blocks[0].items():
        np.testing.assert_array_equal(values[first], blocks[1][name][first], err_msg=name)


def test_the_ranking_learns_and_never_shows_a_job_before_it_opened(
    outcomes: DecisionOutcomes, days: SplitDays, test_queries: JobQueries
) -> None:
    past = job_queries(outcomes, window(outcomes, outcomes.opened[40], days.test), FORWARDED)
    config = RankerConfig(rounds=30, least_in_leaf=5)
    past_features = PlacementFeatures(outcomes, past, VECTORS, VECTORS)
    rankers = fit_rankers([config], past_features, past, negatives_share=1.0)
    [scores] = ranker_scores(rankers, PlacementFeatures(outcomes, test_queries, VECTORS, VECTORS), test_queries)
    assert (scores[~test_queries.open] == -1).all()
    assert (scores[test_queries.open] >= 0).all()
    ranked = np.argsort(-scores, axis=1, kind="stable").tolist()
    chance = np.argsort(np.random.default_rng(0).random(scores.shape), axis=1).tolist()
    assert recall_at_k(ranked, test_queries.relevant, 2) > 2 * recall_at_k(chance, test_queries.relevant, 2)


def test_bm25_agrees_with_the_formula_and_tfidf_prefers_the_same_words() -> None:
    corpus = ["java spring java", "suporte de rede", "analista java"]
    found = Bm25Scores(corpus)(["Java rede"])[0]
    lengths = np.array([3, 3, 2])

    def term(counts: list[int]) -> NDArray[np.float64]:
        count = np.array(counts)
        present = (count > 0).sum()
        rarity = np.log(1 + (3 - present + 0.5) / (present + 0.5))
        return np.asarray(rarity * count * 2.5 / (count + 1.5 * (0.25 + 0.75 * lengths / lengths.mean())))

    np.testing.assert_allclose(found, term([2, 0, 1]) + term([0, 1, 0]), rtol=1e-5)
    assert TfidfScores(corpus, corpus)(["programador java spring"])[0].argmax() == 0
