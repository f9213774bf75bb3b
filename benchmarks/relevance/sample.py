"""Held-out matches of a sample world that the released towers never saw: relevance, exposure, and recall by group.

People's recommendations are ranked among all jobs, and among those whose hard limits they meet; matches known before
the test's time are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from benchmarks.relevance.encoders import MINILM, TextEncoder
from benchmarks.relevance.exposure import (
    DEPTH,
    EXPOSURE_COLUMNS,
    EXPOSURE_REMARK,
    even_congestion,
    exposure_measures,
)
from benchmarks.relevance.lexical import bm25_scores, character_tfidf_scores
from benchmarks.relevance.title_sections import INSTALL_PEERS
from benchmarks.report import Origin, Row, Section
from engine.catalogue.builder import build_catalogue
from engine.filtering.filters import JobFilter, eligible_jobs, shared_hours
from engine.jobs import Connection, Device
from engine.measures import mean_reciprocal_rank, ndcg_at_k, recall_at_k
from engine.seekers import Seeker
from sample.world import SAMPLE_NOW, World, generate_world
from store.database import database_url, migrate, open_database
from store.records.records import Records
from training.data.datasets import PlacementSet, from_records, split_by_time
from training.data.text_language import text_language

SEED, JOBS, SEEKERS = 7, 3000, 4000
RANKED_DEPTH = 100
COLUMNS = {
    "recall_at_10": "recall@10",
    "mrr": "MRR",
    "ndcg_at_10": "nDCG@10",
    "recall_at_10_eligible": "recall@10 among eligible jobs",
}
GROUPS: dict[str, Callable[[Seeker], bool]] = {
    "writes Spanish": lambda seeker: text_language(seeker.text) == "es",
    "writes English": lambda seeker: text_language(seeker.text) == "en",
    "speaks Quechua or Aymara": lambda seeker: not {"qu", "ay"}.isdisjoint(dict(seeker.languages)),
    "has only a phone": lambda seeker: seeker.device is Device.PHONE,
    "has only mobile data": lambda seeker: seeker.connection is Connection.MOBILE_DATA,
}
Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class HeldOut:
    """The test: `query_seekers` `[Q]` rows of people, what each was matched with in the test's time and before it,
    which jobs each can take `[Q, jobs]`, and every job's openings."""

    placements: PlacementSet
    people: list[Seeker]
    query_seekers: NDArray[np.int64]
    relevant: list[frozenset[int]]
    known: list[frozenset[int]]
    eligible: NDArray[np.bool_]
    openings: list[int]


def sample_sections(
    untuned: TextEncoder,
    peer: TextEncoder | None,
    models: Sequence[TextEncoder],
    size: tuple[int, int],
) -> Iterator[Section]:
    """Three tables of one world of `size` (jobs, people)."""
    world = generate_world(SEED, *size)
    test = held_out(world)
    rankings = {name: _rankings(scores, test) for name, scores in _methods(test, untuned, peer, models)}
    missing = [] if peer else [Row(MINILM, origin=Origin.NOT_INSTALLED, note=INSTALL_PEERS)]
    title = f"Sample world of seed {SEED}"
    remark = (
        f"{len(test.query_seekers):,} people, {len(world.jobs):,} jobs, the newest 20% of the matches; drawn "
        f"by a choice model of ours, so it shows that learning works, not how well real people are served."
    )
    yield Section(title, COLUMNS, [Row(n, _relevance(r, test)) for n, r in rankings.items()] + missing, (remark,))
    fair = even_congestion(next(iter(rankings.values()))[1], test.openings)
    remark = f"Among eligible jobs. {EXPOSURE_REMARK} Spread evenly it would be {fair:.2f}; unstated openings count 1."
    rows = [Row(name, exposure_measures(ranked, test.openings)) for name, (_, ranked) in rankings.items()]
    yield Section(f"{title}: who gets shown", EXPOSURE_COLUMNS, rows, (remark,))
    groups = {name: [belongs(seeker) for seeker in test.people] for name, belongs in GROUPS.items()}
    columns = {name: f"{name} ({sum(members)})" for name, members in groups.items() if any(members)}
    rows = [Row(name, _by_group(ranked, test, groups)) for name, (_, ranked) in rankings.items()]
    yield Section(f"{title}: recall@10 among eligible jobs by language and group", columns, rows)


def held_out(world: World) -> HeldOut:
    """The newest 20% of the world's matches, asked of the people who made them."""
    with TemporaryDirectory() as folder:
        database = open_database(database_url(Path(folder)))
        migrate(database)
        records = Records(database)
        records.put_jobs(world.jobs)
        records.put_seekers(world.seekers)
        records.add_placements(world.placements)
        placements = from_records(records)
        jobs, seekers = list(records.iter_jobs()), [stored.seeker for stored in records.iter_seekers()]
        database.dispose()
    split = split_by_time(placements)
    relevant = placements.relevant_jobs(split.test)
    known = placements.relevant_jobs(np.concatenate([split.train, split.validation]))
    query_seekers = np.array(sorted(relevant))
    people = [seekers[row] for row in query_seekers]
    catalogue, anything = build_catalogue(jobs), JobFilter(modalities=None)
    eligible = [
        eligible_jobs(catalogue, seeker, anything, shared_hours(catalogue, seeker.availability, SAMPLE_NOW), SAMPLE_NOW)
        for seeker in people
    ]
    return HeldOut(
        placements=placements,
        people=people,
        query_seekers=query_seekers,
        relevant=[relevant[int(row)] for row in query_seekers],
        known=[known.get(int(row), frozenset()) - relevant[int(row)] for row in query_seekers],
        eligible=np.stack(eligible),
        openings=[job.openings or 1 for job in jobs],
    )


def _methods(
    test: HeldOut, untuned: TextEncoder, peer: TextEncoder | None, models: Sequence[TextEncoder]
) -> Iterator[tuple[str, Scores]]:
    """Every method's scores `[people, jobs]`."""
    random = np.random.default_rng(0)
    jobs = test.placements.job_texts
    people = [test.placements.seeker_texts[row] for row in test.query_seekers]
    train = split_by_time(test.placements).train
    popularity = np.bincount(test.placements.jobs[train], minlength=len(jobs)).astype(np.float32)
    chance = random.random((len(people), len(jobs)), dtype=np.float32)
    yield "chance", chance
    yield "popularity", popularity + chance * 0.01
    yield "BM25", bm25_scores(people, jobs)(slice(None))
    yield "character TF-IDF", character_tfidf_scores(people, jobs)(slice(None))
    for encoder in (*([peer] if peer else []), untuned, *models):
        yield encoder.name, encoder.queries(people) @ encoder.corpus(jobs).T


def _rankings(scores: Scores, test: HeldOut) -> tuple[list[list[int]], list[list[int]]]:
    """The best jobs of each person: of all, and of those they can take."""
    scores = scores.copy()
    for row, jobs in enumerate(test.known):
        scores[row, list(jobs)] = -np.inf
    limited = np.where(test.eligible, scores, -np.inf)
    best = np.argsort(-limited, axis=1, kind="stable")[:, :DEPTH]
    can_take = [row[np.isfinite(limited[person, row])].tolist() for person, row in enumerate(best)]
    return np.argsort(-scores, axis=1, kind="stable")[:, :RANKED_DEPTH].tolist(), can_take


def _relevance(rankings: tuple[list[list[int]], list[list[int]]], test: HeldOut) -> dict[str, float]:
    every, can_take = rankings
    return {
        "recall_at_10": recall_at_k(every, test.relevant, DEPTH),
        "mrr": mean_reciprocal_rank(every, test.relevant),
        "ndcg_at_10": ndcg_at_k(every, test.relevant, DEPTH),
        "recall_at_10_eligible": recall_at_k(can_take, test.relevant, DEPTH),
    }


def _by_group(rankings: list[list[int]], test: HeldOut, groups: dict[str, list[bool]]) -> dict[str, float]:
    """Recall@10 of the people of each group; a person may be in several."""
    return {
        name: recall_at_k(
            [ranking for ranking, member in zip(rankings, members, strict=True) if member],
            [wanted for wanted, member in zip(test.relevant, members, strict=True) if member],
            DEPTH,
        )
        for name, members in groups.items()
        if any(members)
    }
