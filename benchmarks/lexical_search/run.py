"""`chamba bench words`: searches of real ads by words as people type them, beside BM25 and search by meaning alone.

chamba bench words --data ../shared/data

The weights are chosen on one half of the queries and evaluated on the other.
"""

from __future__ import annotations

import hashlib
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from itertools import product
from pathlib import Path
from statistics import mean, median

import numpy as np

from benchmarks.language.run import CATEGORISED, ad_categories
from benchmarks.relevance.lexical import bm25_scores
from benchmarks.report import Row, Section, write_raw
from benchmarks.search.postings import WORLD_JOBS, encoded_postings
from engine.arrays import Vectors
from engine.catalogue.builder import build_catalogue
from engine.encoder.encoder import Tower, TowerEncoder
from engine.encoder.texts import seeker_text
from engine.filtering.filter_bitmaps import BitmapFilter
from engine.filtering.filters import JobFilter
from engine.jobs import Job
from engine.reading.titles import first_form
from engine.recommendation.query import Query
from engine.recommendation.recommend import Recommender
from engine.reranking.model import Reranker
from engine.retrieval.lexical_search import LEXICAL_WEIGHTS, LexicalWeights
from engine.retrieval.segments import Segment
from engine.seekers import Seeker
from engine.skills import normalised_words
from index.backends.backend import search_few

THREADS, DEPTH, QUESTIONS_A_KIND = 2, 10, 400
MOST_SEEN = 200  # of BM25's ranking, in which the same ads stand again and again
FEWEST, MOST = 2, 50  # ads of an employer, or that say a word, that are asked for
LEAST_LETTERS = 4
LOG_ODDS, DESCRIPTION_WEIGHTS, FORM_WEIGHTS = (4.0, 8.0, 12.0, 16.0), (0.5, 0.75, 1.0), (0.0, 0.25, 0.5, 0.75, 1.0)
TRADE_ENDINGS = ("oras", "ores", "ora", "or")
EMPLOYER, RARE_WORD, TRADE, TITLE = "an employer", "a rare word", "a trade", "a title"
MEANING, BM25, BOTH = "by meaning alone", "BM25 over every word of an ad", "by meaning and words (ours)"
ANY = JobFilter(modalities=None)

Rows = frozenset[int]
Ranking = list[int]


@dataclass(frozen=True, slots=True)
class LexicalQuery:
    """What somebody types, and the ads that are relevant to it; `own`: the one that the words are from, if any."""

    words: str
    relevant: Rows
    own: int = -1

    @property
    def is_for_tuning(self) -> bool:
        """Whether weights are chosen on it, not evaluated."""
        return hashlib.sha256(self.words.encode()).digest()[0] % 2 == 0


@dataclass(frozen=True, slots=True)
class QuerySet:
    """Queries of one kind, their vectors `[Q, dimension]`, the ads that they search, and the recommender."""

    jobs: Sequence[Job]
    recommender: Recommender
    lexical_queries: list[LexicalQuery]
    vectors: Vectors

    def half(self, *, for_tuning: bool) -> QuerySet:
        """The queries that weights are chosen on, or the others."""
        half = [number for number, one in enumerate(self.lexical_queries) if one.is_for_tuning == for_tuning]
        return replace(
            self, lexical_queries=[self.lexical_queries[number] for number in half], vectors=self.vectors[half]
        )


def run_words(data: Path, model: Path, cache: Path, results: Path, say: Callable[[str], object]) -> None:
    """Choose the weights, evaluate them, print the table and save it."""
    encoder = TowerEncoder(model, THREADS)
    postings = encoded_postings(data, model, cache, THREADS)
    count = len(postings.jobs) - WORLD_JOBS
    jobs, vectors = [_open(job, row) for row, job in enumerate(postings.jobs[:count])], postings.job_vectors[:count]
    category_of = dict(zip(*ad_categories(data / CATEGORISED), strict=True))
    titled = list(
        {title: row for row, job in enumerate(jobs) if (title := first_form(job.title)) in category_of}.values()
    )
    few = [_open(jobs[row], place) for place, row in enumerate(titled)]
    all_ads, categorised = (
        _recommender(encoder, model, *of) for of in ((jobs, vectors), (few, np.ascontiguousarray(vectors[titled])))
    )
    query_sets = {
        EMPLOYER: _query_set(encoder, all_ads, jobs, by_employer(jobs)),
        RARE_WORD: _query_set(encoder, all_ads, jobs, by_rare_word(jobs)),
        TRADE: _query_set(encoder, all_ads, jobs, by_trade(jobs)),
        TITLE: _query_set(encoder, categorised, few, by_category(few, category_of)),
    }
    tried = hits_of_weights({kind: one.half(for_tuning=True) for kind, one in query_sets.items()})
    chosen = max(tried, key=lambda weights: tried[weights])
    section = evaluated({kind: one.half(for_tuning=False) for kind, one in query_sets.items()}, chosen, len(jobs))
    say(section.as_markdown())
    tried_weights = [
        [lexical_weights.log_odds, lexical_weights.description_weight, lexical_weights.form_weight, hits]
        for lexical_weights, hits in tried.items()
    ]
    say(f"raw results: {write_raw(results, 'words', section.as_document() | {'chosen_on': tried_weights})}")


def by_employer(jobs: Sequence[Job]) -> Iterable[LexicalQuery]:
    """Employers by name: their own ads."""
    found: dict[str, set[int]] = defaultdict(set)
    for row, job in enumerate(jobs):
        if job.employer:
            found[job.employer].add(row)
    return (LexicalQuery(name, frozenset(rows)) for name, rows in found.items() if FEWEST <= len(rows) <= MOST)


def by_rare_word(jobs: Sequence[Job]) -> Iterable[LexicalQuery]:
    """Words that few ads say: those ads."""
    found: dict[str, set[int]] = defaultdict(set)
    for row, job in enumerate(jobs):
        for word in normalised_words(" . ".join((job.title, *job.skills, job.description))):
            found[word].add(row)
    long = ((word, rows) for word, rows in found.items() if len(word) >= LEAST_LETTERS and word.isalpha())
    return (LexicalQuery(word, frozenset(rows)) for word, rows in long if FEWEST <= len(rows) <= MOST)


def by_trade(jobs: Sequence[Job]) -> Iterable[LexicalQuery]:
    """Trades as a woman types hers: ads for it in any gender and number (`Programador/a`, `Programadores`)."""
    found: dict[str, set[int]] = defaultdict(set)
    for row, job in enumerate(jobs):
        for word in normalised_words(job.title):
            trade = next((word[: -len(ending)] for ending in TRADE_ENDINGS if word.endswith(ending)), "")
            if len(trade) >= LEAST_LETTERS:
                found[trade].add(row)
    return (LexicalQuery(f"{trade}ora", frozenset(rows)) for trade, rows in found.items() if len(rows) >= FEWEST)


def by_category(jobs: Sequence[Job], category_of: Mapping[str, str]) -> Iterable[LexicalQuery]:
    """Titles: the other ads of their category, whatever words these say."""
    found: dict[str, set[int]] = defaultdict(set)
    for row, job in enumerate(jobs):
        found[category_of[first_form(job.title)]].add(row)
    for row, job in enumerate(jobs):
        others = frozenset(found[category_of[first_form(job.title)]] - {row})
        if others:
            yield LexicalQuery(first_form(job.title), others, row)


def hits_of_weights(query_sets: Mapping[str, QuerySet]) -> dict[LexicalWeights, float]:
    """For each way to weigh the evidence the mean of the kinds' hits."""
    found = {}
    for weights in product(LOG_ODDS, DESCRIPTION_WEIGHTS, FORM_WEIGHTS):
        lexical_weights = LexicalWeights(*weights)
        found[lexical_weights] = mean(hits(one, _answers(one, lexical_weights)) for one in query_sets.values())
    return found


def evaluated(query_sets: Mapping[str, QuerySet], chosen: LexicalWeights, ad_count: int) -> Section:
    """The table: each method's hits for each kind of question, and what a search takes."""
    answers: dict[str, Callable[[QuerySet], Iterable[Ranking]]] = {
        MEANING: partial(_answers, lexical_weights=None),
        BM25: _bm25_answers,
        BOTH: partial(_answers, lexical_weights=chosen),
    }
    rows = []
    for method, answer in answers.items():
        measures = {kind: hits(one, answer(one)) for kind, one in query_sets.items()}
        rows.append(Row(method, measures | {"mean": mean(measures.values())}))
    slower = _milliseconds(query_sets[EMPLOYER], chosen) / _milliseconds(query_sets[EMPLOYER], None)
    counts = ", ".join(f"{len(one.lexical_queries)} times {kind}" for kind, one in query_sets.items())
    remarks = (
        f"Hits: what is right among the first {DEPTH}, of what can be. {ad_count:,} real ads; {counts} asked for "
        "(a title: right is every ad of its category on computrabajo-ec, of one ad a title).",
        f"Chosen on the other half: {chosen.log_odds:g} in log odds for saying everything in headings, "
        f"{chosen.description_weight:g} of a word in a description, {chosen.form_weight:g} of one in another form. It "
        f"takes {slower:.2f} times a search by meaning.",
    )
    return Section("Search by words", {kind: kind for kind in (*query_sets, "mean")}, rows, remarks)


def hits(query_set: QuerySet, answers: Iterable[Ranking]) -> float:
    """The mean share of right ads among the first ten, of as many as there could be; the same ad again is no other."""
    groups = query_set.recommender.segments[0].catalogue.columns.duplicate_group.tolist()
    shares = []
    for lexical_query, ranking in zip(query_set.lexical_queries, answers, strict=True):
        right = {groups[row] for row in lexical_query.relevant}
        found = dict.fromkeys(groups[row] for row in ranking if row != lexical_query.own)
        shares.append(len(right.intersection(list(found)[:DEPTH])) / min(DEPTH, len(right)))
    return mean(shares)


def _open(job: Job, row: int) -> Job:
    """The ad under its row's number, for anybody, anywhere, at any time."""
    return replace(job, job_id=str(row), closes_at=None, is_open=True, country=None, applicant_countries=())


def _recommender(encoder: TowerEncoder, model: Path, jobs: Sequence[Job], vectors: Vectors) -> Recommender:
    catalogue, calibration = build_catalogue(jobs), encoder.manifest.calibration
    segment = Segment(catalogue, search_few(vectors), BitmapFilter(catalogue))
    reranker = Reranker.open(model, calibration) if encoder.manifest.has_reranker else None
    return Recommender((segment,), calibration, reranker)


def _query_set(
    encoder: TowerEncoder, recommender: Recommender, jobs: Sequence[Job], lexical_queries: Iterable[LexicalQuery]
) -> QuerySet:
    """The same few questions every time, encoded."""
    chosen = sorted(lexical_queries, key=lambda one: hashlib.sha256(b"sample" + one.words.encode()).digest())
    few = chosen[:QUESTIONS_A_KIND]
    typed = [seeker_text(Seeker(text=lexical_query.words)) for lexical_query in few]
    return QuerySet(jobs, recommender, few, encoder.encode(typed, Tower.SEEKER))


def _queries(query_set: QuerySet, *, by_words: bool) -> list[Query]:
    return [
        Query(Seeker(text=lexical_query.words), vector, 2 * DEPTH, ANY, by_words=by_words)
        for lexical_query, vector in zip(query_set.lexical_queries, query_set.vectors, strict=True)
    ]


def _answers(query_set: QuerySet, lexical_weights: LexicalWeights | None) -> Iterable[Ranking]:
    """By the engine; `lexical_weights` None: by meaning alone."""
    recommender, now = (
        replace(query_set.recommender, lexical_weights=lexical_weights or LEXICAL_WEIGHTS),
        datetime.now(UTC),
    )
    for query in _queries(query_set, by_words=lexical_weights is not None):
        yield [int(job.job_id) for job in recommender.recommend(query, now).jobs]


def _bm25_answers(query_set: QuerySet) -> Iterable[Ranking]:
    texts = [" . ".join((job.title, job.employer or "", *job.skills, job.description)) for job in query_set.jobs]
    scores = bm25_scores([lexical_query.words for lexical_query in query_set.lexical_queries], texts)
    for number in range(len(query_set.lexical_queries)):
        of_one = scores(slice(number, number + 1))[0]
        best = np.argsort(-of_one, kind="stable")[:MOST_SEEN]
        yield [int(row) for row in best if of_one[row] > 0]


def _milliseconds(query_set: QuerySet, lexical_weights: LexicalWeights | None) -> float:
    """The median of a search, the first time that it is asked left out."""
    recommender, now = (
        replace(query_set.recommender, lexical_weights=lexical_weights or LEXICAL_WEIGHTS),
        datetime.now(UTC),
    )
    taken = []
    for query in _queries(query_set, by_words=lexical_weights is not None):
        recommender.recommend(query, now)
        began = time.perf_counter()
        recommender.recommend(query, now)
        taken.append(1000 * (time.perf_counter() - began))
    return median(taken)
