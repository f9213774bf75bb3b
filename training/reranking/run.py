"""What `chamba train-reranker` does: placements and a model to a comparison and the model's reranker.

It is fitted on the validation part of the time split: the towers never saw those matches, so that their cosines are as
far off there as they will be at serving.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from tqdm import tqdm

from engine.arrays import Rows, Vectors
from engine.artifacts import write_atomically
from engine.catalogue.builder import build_catalogue
from engine.encoder.encoder import Tower, TowerEncoder
from engine.reranking.model import parse_reranker
from training.data.datasets import TrainingData, split_by_time
from training.reranking.export import add_reranker
from training.reranking.model_selection import candidate_models, microseconds, ndcg_by_model, selected_model, table
from training.reranking.query_groups import HiddenShares, People, QueryGroup, query_groups, with_hidden_facts
from training.vector_cache import Batches, VectorCache, VectorKind

FIT_SEED, EVALUATION_SEED = 1, 2
TEXTS_AT_ONCE = 2048
KIND_OF = {Tower.SEEKER: VectorKind.SEEKER_VECTORS, Tower.JOB: VectorKind.JOB_VECTORS}


@dataclass(frozen=True, slots=True)
class RerankerConfig:
    """What decides a reranker besides its data and its towers."""

    hidden: HiddenShares = field(default_factory=HiddenShares)
    seed: int = 7


def train_reranker(
    data: TrainingData,
    model: Path,
    cache: Path,
    config: RerankerConfig,
    *,
    unseen: TrainingData | None = None,
    save_to: Path | None = None,
    say: Callable[[str], object],
) -> str:
    """Compare rerankers, put the best into the folder `model` and return its name ("formula": none is put there).

    Args:
        data: matches to fit on (validation part) and to report on (test part). cache: keeps vectors.
        unseen: other data to report on, of which nothing was learned. save_to: a second place for the file.
    """
    encoder = TowerEncoder(model, threads=2)
    split = split_by_time(data.placements)
    people = people_of(data, np.concatenate([split.validation, split.test]), encoder, cache)
    fitted_on = _both_views(people, split.validation, split.train, config, FIT_SEED)
    ranked = candidate_models([*fitted_on["as stated"], *fitted_on["facts hidden"]], people, config.seed)
    selected = selected_model(ranked)
    known = np.concatenate([split.train, split.validation])
    columns = {
        f"test, {view}": ndcg_by_model(ranked, groups)
        for view, groups in _both_views(people, split.test, known, config, EVALUATION_SEED).items()
    }
    if unseen is not None:
        columns |= {
            f"unseen, {view}": ndcg_by_model(ranked, groups)
            for view, groups in unseen_query_groups(unseen, encoder, cache, config).items()
        }
    costs = {one.name: microseconds(one, fitted_on["as stated"][0]) for one in ranked}
    say(f"nDCG@10 with 95% intervals; out of fold: {len(selected.out_of_fold)} query groups; chosen: {selected.name}\n")
    say(table(ranked, columns, costs))
    for one in ranked:
        if one.settings is not None:
            say(f"{one.name}: {one.settings}")
    if selected.content is None:
        say("the formula is as good as anything learned: the model goes without a reranker")
        return selected.name
    add_reranker(model, selected.content)
    if save_to is not None:
        write_atomically(save_to, selected.content)
    name = parse_reranker(selected.content).name
    say(f"reranker {name} is in {model}; serve it: chamba index")
    return name


def people_of(data: TrainingData, rows: Rows, encoder: TowerEncoder, cache: Path) -> People:
    """People and jobs with the vectors of every job and of the people of the outcomes `rows`."""
    placements = data.placements
    needed = np.unique(placements.seekers[rows]).tolist()
    texts = [placements.seeker_texts[seeker] for seeker in needed]
    vectors = dict(zip(needed, tower_vectors(encoder, texts, Tower.SEEKER, cache), strict=True))
    job_vectors = tower_vectors(encoder, placements.job_texts, Tower.JOB, cache)
    return People(placements, data.seekers, data.jobs, vectors, job_vectors, encoder.manifest.calibration)


def tower_vectors(encoder: TowerEncoder, texts: Sequence[str], tower: Tower, cache: Path) -> Vectors:
    """Unit vectors `[len(texts), dimension]`; those in the folder `cache` are not computed again."""

    def batches(missing: list[str]) -> Batches:
        for start in range(0, len(missing), TEXTS_AT_ONCE):
            batch = missing[start : start + TEXTS_AT_ONCE]
            yield range(start, start + len(batch)), encoder.encode(batch, tower)

    return VectorCache(cache, KIND_OF[tower], encoder.model_id)(texts, batches)


def unseen_query_groups(
    data: TrainingData, encoder: TowerEncoder, cache: Path, config: RerankerConfig
) -> dict[str, list[QueryGroup]]:
    """Questions of the newest 20% of the matches of other data."""
    split = split_by_time(data.placements)
    people = people_of(data, split.test, encoder, cache)
    return _both_views(people, split.test, np.concatenate([split.train, split.validation]), config, EVALUATION_SEED)


def _both_views(
    people: People, rows: Rows, known: Rows, config: RerankerConfig, seed: int
) -> dict[str, list[QueryGroup]]:
    """The same people's query groups with ads as the store has them, and with facts hidden as real ads hide them."""
    views = {"as stated": people.jobs, "facts hidden": with_hidden_facts(people.jobs, config.hidden, seed)}
    count = len(views) * len(np.unique(people.placements.seekers[rows]))
    with tqdm(total=count, desc="candidates", unit="person") as progress:
        found = {
            view: query_groups(people, build_catalogue(jobs), rows, known, progress.update)
            for view, jobs in views.items()
        }
    return {view: [group for group in groups if len(group.rows)] for view, groups in found.items()}
