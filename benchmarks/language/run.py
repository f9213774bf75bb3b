"""Development figures for Stage A, read as often as one likes: what a tuned body gained and what it forgot.

chamba bench language --data ../shared/data --body e5-small --body tuned:RUN

Real ads' titles have to find what their ad says and the titles of their category (people's own words, in which a body
that learnt too much of ESCO gets worse); titles of ESCO unit groups that no training saw their occupation and group.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray

from benchmarks.report import Row, Section, write_raw
from engine.arrays import Floats
from engine.measures import mean_average_precision
from engine.reading.titles import first_form
from store.importers.postings.pipeline import read_jobs
from training.encoders.pretrained import PretrainedEncoder
from training.encoders.sources import load_encoder
from training.language.esco import Occupation, read_esco
from training.language.posting_texts import posting_occupations
from training.language.run import choose_held_out, title_mrr
from training.language.work_language import encode

ESCO = "esco-es"
POSTINGS = {
    "bumeran-ar": "bumeran-ar/postings.csv.gz",
    "servir-pe": "servir-pe/postings.csv.gz",
    "remoteok": "remote-en/remoteok_2025.csv.gz",
}
CATEGORISED = "computrabajo-ec/postings.csv.gz"
_CATEGORIES = "select titulo, categoria from read_csv($file, all_varchar = true) where categoria <> 'Otros'"
ADS_A_SOURCE, GROUP_QUERIES, OTHER_TITLES = 350, 200, 1000
MAX_TOKENS = 96

Ads = tuple[list[str], list[str]]


def run_language(data: Path, bodies: Sequence[str], results: Path, say: Callable[[str], object]) -> None:
    """Measure every body, print the table and keep it."""
    occupations = read_esco(data / ESCO).occupations
    ads = {source: sampled_ads(data / path, source) for source, path in POSTINGS.items()}
    categorised = ad_categories(data / CATEGORISED)
    rows = [Row(body, _measures(load_encoder(body), occupations, ads, categorised)) for body in bodies]
    columns = {name: name for name in rows[0].measures}
    remark = (
        f"Ads: mean reciprocal rank of an ad's own text among {ADS_A_SOURCE}, asked by its title; MAP of the "
        f"{len(categorised[0])} titles of computrabajo-ec by their category. Held-out ESCO: the "
        "nearest other title of the occupation (MRR), all titles of the unit group (MAP). None of this is a test."
    )
    section = Section("Language of work, development", columns, rows, (remark,))
    say(section.as_markdown())
    say(f"raw results: {write_raw(results, 'language', section.as_document())}")


def sampled_ads(file: Path, source: str) -> Ads:
    """Titles and texts of the same few ads every time, no title twice."""
    ads = posting_occupations(read_jobs(file, source))
    chosen = sorted(ads, key=lambda ad: hashlib.sha256(ad.titles["es"][0].encode()).hexdigest())[:ADS_A_SOURCE]
    return [ad.titles["es"][0] for ad in chosen], [
        f"{ad.description['es']} {', '.join(ad.skills['es'])}" for ad in chosen
    ]


def ad_categories(file: Path) -> tuple[list[str], list[str]]:
    """The plain titles of ads in one category alone, and the category of each."""
    with duckdb.connect() as connection:
        ads = connection.execute(_CATEGORIES, {"file": str(file)}).fetchall()
    found: dict[str, set[str]] = {}
    for title, category in ads:
        found.setdefault(first_form(title), set()).add(category)
    alone = {title: min(categories) for title, categories in sorted(found.items()) if len(categories) == 1}
    return list(alone), list(alone.values())


def _measures(
    encoder: PretrainedEncoder,
    occupations: Sequence[Occupation],
    ads: dict[str, Ads],
    categorised: tuple[list[str], list[str]],
) -> dict[str, float]:
    held_out_groups = choose_held_out(occupations)
    held_out = [one for one in occupations if one.isco_group in held_out_groups]
    others = [one for one in occupations if one.isco_group not in held_out_groups]
    measures = {f"{source} ads": ad_mrr(encoder, *texts) for source, texts in ads.items()}
    titles, categories = categorised
    vectors = encode(encoder, titles, encoder.seeker_prefix)
    measures["ad categories"] = same_group_map(vectors, vectors, np.array(categories), np.arange(len(titles)))
    measures["held-out titles"] = title_mrr(encoder, held_out)
    for language in ("es", "en"):
        measures[f"held-out groups {language}"] = group_map(encoder, held_out, others, language)
    return measures | {"mean": float(np.mean(list(measures.values())))}


def ad_mrr(encoder: PretrainedEncoder, titles: Sequence[str], texts: Sequence[str]) -> float:
    """Mean reciprocal rank of each title's own text among all of them."""
    title_vectors = encode(encoder, titles, encoder.seeker_prefix, MAX_TOKENS)
    cosines = title_vectors @ encode(encoder, texts, encoder.job_prefix, MAX_TOKENS).T
    ranks = (cosines > np.diagonal(cosines)[:, None]).sum(axis=1) + 1
    return float(np.mean(1 / ranks))


def group_map(
    encoder: PretrainedEncoder, held_out: Sequence[Occupation], others: Sequence[Occupation], language: str
) -> float:
    """Mean average precision of the titles of a query's unit group, among titles of other groups."""
    pairs = [(title, one.isco_group) for one in held_out for title in one.titles[language]]
    distractors = [title for one in others for title in one.titles[language]]
    random = np.random.default_rng(0)
    corpus = [title for title, _ in pairs] + [
        distractors[place]
        for place in random.choice(len(distractors), min(OTHER_TITLES, len(distractors)), replace=False)
    ]
    groups = np.array([group for _, group in pairs] + [""] * (len(corpus) - len(pairs)))
    query_rows = random.choice(len(pairs), min(GROUP_QUERIES, len(pairs)), replace=False)
    vectors = encode(encoder, [corpus[row] for row in query_rows], encoder.seeker_prefix)
    return same_group_map(vectors, encode(encoder, corpus, encoder.job_prefix), groups, query_rows)


def same_group_map(queries: Floats, corpus: Floats, groups: NDArray[np.str_], query_rows: NDArray[np.int64]) -> float:
    """Mean average precision of a query's group among all titles but itself.

    Args:
        queries: unit vectors of the titles in the rows `query_rows` `[query_rows, dimension]`.
        corpus: unit vectors of all titles `[titles, dimension]`; groups: the group of each.
    """
    cosines = queries @ corpus.T
    cosines[np.arange(len(query_rows)), query_rows] = -np.inf
    rankings = np.argsort(-cosines, axis=1, kind="stable")
    relevant = [frozenset(map(int, np.flatnonzero(groups == groups[row]))) - {int(row)} for row in query_rows]
    return mean_average_precision(rankings.tolist(), relevant)
