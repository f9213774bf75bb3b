"""Search by words: jobs that say what somebody looks for join those that mean it, and saying it is evidence.

Evidence adds up in log odds, as if meaning and saying were independent signs of one thing (naive Bayes); how much a
word counts among the others is its inverse document frequency (Robertson and Spärck Jones, 1976).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.bitmaps import RowBitmap
from engine.catalogue import Catalogue
from engine.relevance import Calibration
from engine.retrieval import Found
from engine.segments import Judged
from engine.skills import normalised_words
from engine.word_index import WordIndex

MOST_WORDS = 12  # the rarest are looked for
LEAST_RARITY = 1 / 20  # of the rarest word: looking for "de" beside "Killa" costs more than it tells
LEAST_TELLING = 0.5  # times its equal share: what a word weighs that reasons name
_AROUND_WORDS = ".,;:!?¿¡\"'()[]«»“”"

Rows = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What saying all that is looked for in headings adds to the log odds that a job is it, and what a word counts
    in a description, beside one in a heading."""

    log_odds: float
    description_weight: float


# Chosen by `chamba bench words` on one half of its questions.
EVIDENCE = Evidence(log_odds=12.0, description_weight=0.75)


@dataclass(frozen=True, slots=True)
class LookedFor:
    """W normalised words, as they were `typed`, and what each weighs, `weights` `[W]`, which add up to 1."""

    words: tuple[str, ...]
    typed: tuple[str, ...]
    weights: Floats

    @classmethod
    def of(cls, text: str, index: WordIndex, job_count: int) -> LookedFor:
        """The words of a text; `index` and `job_count`, those of the bundle, say how rare each is."""
        typed = _typed_words(text)
        counts = np.array([sum(map(len, index.saying(word))) for word in typed], dtype=np.float64)
        rarity = np.log1p((job_count - counts + 0.5) / (counts + 0.5))
        rarest = np.argsort(-rarity, kind="stable")[:MOST_WORDS]
        kept = np.sort(rarest[rarity[rarest] >= LEAST_RARITY * rarity.max(initial=0)])
        words = list(typed)
        weights = (rarity[kept] / rarity[kept].sum()).astype(np.float32)
        return cls(tuple(words[at] for at in kept), tuple(typed[words[at]] for at in kept), weights)

    def shares_said(self, catalogue: Catalogue, description_weight: float) -> Floats:
        """How much of what is looked for each job says, `[N]` from 0 to 1."""
        shares = np.zeros(len(catalogue), dtype=np.float32)
        for word, weight in zip(self.words, self.weights, strict=True):
            in_headings, in_descriptions = catalogue.words.saying(word)
            shares[in_headings] += weight
            shares[in_descriptions] += weight * np.float32(description_weight)
        return shares

    def told_of(self, says: bytes) -> tuple[str, ...]:
        """The words that `says` (normalised, spaces around each) holds, as they were typed, but for common ones."""
        least = LEAST_TELLING / max(len(self.words), 1)
        return tuple(
            typed
            for word, typed, weight in zip(self.words, self.typed, self.weights.tolist(), strict=True)
            if weight >= least and f" {word} ".encode() in says
        )


def with_words(
    judged: Sequence[Judged],
    found: Sequence[Found],
    looked_for: LookedFor,
    query: Floats,
    calibration: Calibration,
    evidence: Evidence,
    count: int,
) -> list[Found]:
    """What was found by meaning, and of each segment up to `count` eligible jobs that say most of what is looked for.

    The cosines are raised by what saying it is worth: to `calibration` they are evidence of relevance.
    """
    worth = np.float32(calibration.cosine_worth(evidence.log_odds))
    both = []
    for part, hits in zip(judged, found, strict=True):
        shares = looked_for.shares_said(part.segment.catalogue, evidence.description_weight)
        both.append(_with_words(part, hits, shares, query, worth, count))
    return both


def _with_words(part: Judged, hits: Found, shares: Floats, query: Floats, worth: np.float32, count: int) -> Found:
    saying = _saying_most(shares, part.eligible, part.segment.catalogue.columns.posted_at, count)
    saying = saying[~np.isin(saying, hits.rows)]
    rows = np.concatenate([hits.rows, saying])
    evidence = np.concatenate([hits.cosines, part.segment.searcher.cosines(query, saying)]) + worth * shares[rows]
    order = np.lexsort((rows, -evidence))
    return Found(rows[order], evidence[order], hits.plan)


def _saying_most(shares: Floats, eligible: RowBitmap, posted_at: NDArray[np.int64], count: int) -> Rows:
    """The eligible rows with the largest shares above 0, at most `count`; of equal ones the newer, then the lower."""
    shares = shares * eligible.mask()
    rows = np.flatnonzero(shares > 0)
    if len(rows) > count:
        said = shares[rows]
        least = _largest(said, count)
        more, equal = rows[np.flatnonzero(said > least)], rows[np.flatnonzero(said == least)]
        newest = posted_at[equal]
        rows = np.concatenate([more, equal[newest >= _largest(newest, count - len(more))]])
    return rows[np.lexsort((rows, -posted_at[rows], -shares[rows]))[:count]]


def _largest(values: NDArray[Any], place: int) -> Any:
    """The value at a place, from 1, of the values from the largest down."""
    return np.partition(values, len(values) - place)[len(values) - place]


def _typed_words(text: str) -> dict[str, str]:
    """The normalised words of a text, each once, and how they were typed."""
    typed: dict[str, str] = {}
    for part in text.split():
        words = normalised_words(part)
        for word in words:
            typed.setdefault(word, part.strip(_AROUND_WORDS) if len(words) == 1 else word)
    return typed
