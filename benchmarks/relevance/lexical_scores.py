"""TF-IDF and BM25 between texts and the jobs of a catalogue, as features of a learned ranking."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

from engine.arrays import Floats

# "C#", "C++", ".NET" and one-letter words are words in this trade.
WORDS = r"(?u)\b\w[\w+#]*"
SATURATION, LENGTH_SHARE = 1.5, 0.75


class TfidfScores:
    """Cosines of word TF-IDF, one and two words long, with what `fitted_on` says of rarity."""

    def __init__(self, fitted_on: Sequence[str], corpus: Sequence[str]) -> None:
        self._vectoriser = TfidfVectorizer(
            strip_accents="unicode", sublinear_tf=True, token_pattern=WORDS, ngram_range=(1, 2), dtype=np.float32
        ).fit(fitted_on)
        self._corpus = self._vectoriser.transform(corpus)

    def __call__(self, texts: Sequence[str]) -> Floats:
        """Scores `[texts, corpus]`."""
        return np.asarray((self._vectoriser.transform(texts) @ self._corpus.T).toarray(), dtype=np.float32)


class Bm25Scores:
    """BM25 (k1 1.5, b 0.75) over single words."""

    def __init__(self, corpus: Sequence[str]) -> None:
        self._vectoriser = CountVectorizer(strip_accents="unicode", token_pattern=WORDS, dtype=np.float32)
        counts: Any = self._vectoriser.fit_transform(corpus).tocoo()
        lengths = np.bincount(counts.row, weights=counts.data, minlength=len(corpus))
        found_in = np.bincount(counts.col, minlength=counts.shape[1])
        rarity = np.log(1 + (len(corpus) - found_in + 0.5) / (found_in + 0.5))
        norm = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * lengths / max(lengths.mean(), 1e-9))
        weights = rarity[counts.col] * counts.data * (SATURATION + 1) / (counts.data + norm[counts.row])
        self._weights = sparse.csr_matrix((weights.astype(np.float32), (counts.row, counts.col)), shape=counts.shape)

    def __call__(self, texts: Sequence[str]) -> Floats:
        """Scores `[texts, corpus]`."""
        return np.asarray((self._vectoriser.transform(texts) @ self._weights.T).toarray(), dtype=np.float32)
