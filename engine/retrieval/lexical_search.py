"""Lexical search: jobs that have the terms of a query join those that mean it, and having them is evidence.

Evidence adds up in log odds, as if meaning and terms were independent signs of one thing (naive Bayes); how much a
word counts among the others is its inverse document frequency (Robertson and Spärck Jones, 1976).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Floats, Rows
from engine.catalogue.catalogue import Catalogue
from engine.catalogue.inverted_index import InvertedIndex, word_stem
from engine.filtering.bitmaps import RowBitmap
from engine.filtering.stated_limits import limits_stated
from engine.relevance import Calibration
from engine.retrieval.searcher import Found
from engine.retrieval.segments import Eligibility
from engine.skills import normalised_words
from engine.stopwords import STOPWORDS

MOST_TERMS = 12  # the rarest of a query
LEAST_RARITY = 1 / 20  # of the rarest word: looking for "de" beside "Killa" costs more than it gives
LEAST_NAMED_WEIGHT = 0.5  # times its equal share: what a word weighs that reasons name
_AROUND_WORDS = ".,;:!?¿¡\"'()[]«»“”"


@dataclass(frozen=True, slots=True)
class LexicalWeights:
    """What all terms of a query in headings add to the log odds that a job is relevant; what a term counts in a
    description, beside one in a heading, and in another form, beside itself."""

    log_odds: float
    description_weight: float
    form_weight: float


# What each limit of a search that a job states and meets adds to the log odds: a third of all the words.
STATED_LOG_ODDS = 4.0
# Chosen by `chamba bench words` on one half of its questions.
LEXICAL_WEIGHTS = LexicalWeights(log_odds=12.0, description_weight=0.75, form_weight=0.5)


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """T normalised words, as they were `typed`, and what each weighs, `weights` `[T]`, which add up to 1."""

    terms: tuple[str, ...]
    typed: tuple[str, ...]
    weights: Floats

    @classmethod
    def of(cls, text: str, index: InvertedIndex, job_count: int) -> QueryTerms:
        """The words of a text; `index` and `job_count`, those of the bundle, say how rare each is."""
        typed = _typed_words(text)
        counts = np.array([_count(word, index) for word in typed], dtype=np.float64)
        rarity = np.log1p((job_count - counts + 0.5) / (counts + 0.5))
        rarest = np.argsort(-rarity, kind="stable")[:MOST_TERMS]
        selected = np.sort(rarest[rarity[rarest] >= LEAST_RARITY * rarity.max(initial=0)])
        found = list(typed)
        weights = (rarity[selected] / rarity[selected].sum()).astype(np.float32)
        return cls(tuple(found[at] for at in selected), tuple(typed[found[at]] for at in selected), weights)

    def term_match(self, catalogue: Catalogue, lexical_weights: LexicalWeights) -> Floats:
        """How much of the terms' weight each job has, `[N]` from 0 to 1."""
        shares = np.zeros(len(catalogue), dtype=np.float32)
        for word, share in zip(self.terms, self.weights.tolist(), strict=True):
            stem = word_stem(word)
            of_stem = share * lexical_weights.form_weight if stem is not None else 0.0
            for term, weight in ((word, share - of_stem), (stem, of_stem)):
                if term is not None and weight:
                    in_headings, in_descriptions = catalogue.inverted_index.rows_with(term)
                    shares[in_headings] += np.float32(weight)
                    shares[in_descriptions] += np.float32(weight * lexical_weights.description_weight)
        return shares

    def matched(self, job_words: bytes) -> tuple[str, ...]:
        """Those of the terms that `job_words` (normalised, spaces between) has in any form, but for common ones."""
        words = set(job_words.decode().split())
        present = words | set(map(word_stem, words)) - {None}
        least = LEAST_NAMED_WEIGHT / max(len(self.terms), 1)
        return tuple(
            typed
            for word, typed, weight in zip(self.terms, self.typed, self.weights.tolist(), strict=True)
            if weight >= least and (word in present or word_stem(word) in present)
        )


def with_evidence(
    eligibilities: Sequence[Eligibility],
    found: Sequence[Found],
    query_terms: QueryTerms | None,
    query: Floats,
    calibration: Calibration,
    lexical_weights: LexicalWeights,
    count: int,
    *,
    stated_first: bool = False,
) -> list[Found]:
    """What was found by meaning, and of each segment up to `count` eligible jobs that have most of the terms.

    The cosines are raised by what having them adds: to `calibration` they are evidence of relevance. `stated_first`: to
    state that a limit is met counts too, in shares of what all terms add.
    """
    weight = np.float32(calibration.cosine_difference(lexical_weights.log_odds))
    both = []
    for eligibility, hits in zip(eligibilities, found, strict=True):
        catalogue = eligibility.segment.catalogue
        shares = np.zeros(len(catalogue), dtype=np.float32)
        if query_terms is not None:
            shares += query_terms.term_match(catalogue, lexical_weights)
        if stated_first:
            asked = eligibility.filter
            of_each = np.float32(STATED_LOG_ODDS / lexical_weights.log_odds)
            shares += of_each * limits_stated(catalogue, asked.seeker, asked.wanted, eligibility.hours)
        both.append(_with_term_matches(eligibility, hits, shares, query, weight, count))
    return both


def _with_term_matches(
    eligibility: Eligibility, hits: Found, shares: Floats, query: Floats, weight: np.float32, count: int
) -> Found:
    matching = _best_matching(shares, eligibility.eligible, eligibility.segment.catalogue.columns.posted_at, count)
    matching = matching[~np.isin(matching, hits.rows)]
    rows = np.concatenate([hits.rows, matching])
    raised = (
        np.concatenate([hits.cosines, eligibility.segment.searcher.cosines(query, matching)]) + weight * shares[rows]
    )
    order = np.lexsort((rows, -raised))
    return Found(rows[order], raised[order], hits.plan)


def _best_matching(shares: Floats, eligible: RowBitmap, posted_at: NDArray[np.int64], count: int) -> Rows:
    """The eligible rows with the largest shares above 0, at most `count`; of equal ones the newer, then the lower."""
    shares = shares * eligible.mask()
    rows = np.flatnonzero(shares > 0)
    if len(rows) > count:
        matching = shares[rows]
        least = _largest(matching, count)
        more, equal = rows[np.flatnonzero(matching > least)], rows[np.flatnonzero(matching == least)]
        newest = posted_at[equal]
        rows = np.concatenate([more, equal[newest >= _largest(newest, count - len(more))]])
    return rows[np.lexsort((rows, -posted_at[rows], -shares[rows]))[:count]]


def _count(word: str, index: InvertedIndex) -> int:
    """How many jobs have a word; if none does, how many have it in another form."""
    stem = word_stem(word)
    return sum(map(len, index.rows_with(word))) or (sum(map(len, index.rows_with(stem))) if stem else 0)


def _largest(values: NDArray[Any], place: int) -> Any:
    """The value at a place, from 1, of the values from the largest down."""
    return np.partition(values, len(values) - place)[len(values) - place]


def _typed_words(text: str) -> dict[str, str]:
    """The normalised words of a text but for stopwords, each once, and how they were typed."""
    typed: dict[str, str] = {}
    for part in text.split():
        words = normalised_words(part)
        for word in words:
            if word in STOPWORDS:
                continue
            typed.setdefault(word, part.strip(_AROUND_WORDS) if len(words) == 1 else word)
    return typed
