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

from engine.arrays import Floats, Rows
from engine.catalogue.catalogue import Catalogue
from engine.catalogue.word_index import WordIndex, word_stem
from engine.filtering.bitmaps import RowBitmap
from engine.relevance import Calibration
from engine.retrieval.searcher import Found
from engine.retrieval.segments import Judged
from engine.skills import normalised_words

MOST_WORDS = 12  # the rarest are looked for
LEAST_RARITY = 1 / 20  # of the rarest word: looking for "de" beside "Killa" costs more than it tells
LEAST_TELLING = 0.5  # times its equal share: what a word weighs that reasons name
_AROUND_WORDS = ".,;:!?¿¡\"'()[]«»“”"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What saying all that is looked for in headings adds to the log odds that a job is it; what a word counts in a
    description, beside one in a heading, and in another form, beside itself."""

    log_odds: float
    description_weight: float
    form_weight: float


# Chosen by `chamba bench words` on one half of its questions.
EVIDENCE = Evidence(log_odds=12.0, description_weight=0.75, form_weight=0.5)


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
        counts = np.array([_count(word, index) for word in typed], dtype=np.float64)
        rarity = np.log1p((job_count - counts + 0.5) / (counts + 0.5))
        rarest = np.argsort(-rarity, kind="stable")[:MOST_WORDS]
        kept = np.sort(rarest[rarity[rarest] >= LEAST_RARITY * rarity.max(initial=0)])
        found = list(typed)
        weights = (rarity[kept] / rarity[kept].sum()).astype(np.float32)
        return cls(tuple(found[at] for at in kept), tuple(typed[found[at]] for at in kept), weights)

    def shares_said(self, catalogue: Catalogue, evidence: Evidence) -> Floats:
        """How much of what is looked for each job says, `[N]` from 0 to 1."""
        shares = np.zeros(len(catalogue), dtype=np.float32)
        for word, weight in zip(self.words, self.weights.tolist(), strict=True):
            stem = word_stem(word)
            in_form = weight * evidence.form_weight if stem is not None else 0.0
            for term, worth in ((word, weight - in_form), (stem, in_form)):
                if term is not None and worth:
                    in_headings, in_descriptions = catalogue.words.saying(term)
                    shares[in_headings] += np.float32(worth)
                    shares[in_descriptions] += np.float32(worth * evidence.description_weight)
        return shares

    def told_of(self, says: bytes) -> tuple[str, ...]:
        """Those of the words that `says` holds (normalised words, spaces between) in any form, but for common ones."""
        words = set(says.decode().split())
        said = words | set(map(word_stem, words)) - {None}
        least = LEAST_TELLING / max(len(self.words), 1)
        return tuple(
            typed
            for word, typed, weight in zip(self.words, self.typed, self.weights.tolist(), strict=True)
            if weight >= least and (word in said or word_stem(word) in said)
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
        shares = looked_for.shares_said(part.segment.catalogue, evidence)
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


def _count(word: str, index: WordIndex) -> int:
    """How many jobs say a word; if none does, how many say it in another form."""
    stem = word_stem(word)
    return sum(map(len, index.saying(word))) or (sum(map(len, index.saying(stem))) if stem else 0)


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
