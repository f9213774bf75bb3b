"""What needs no learning: BM25 and character TF-IDF, texts to scores."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import bm25s
import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from engine.arrays import Floats
from engine.skills import normalised_words

# Scores `[rows, corpus]` of a slice of the queries: all of them at once may not fit in memory.
Scores = Callable[[slice], Floats]
CHARACTERS = (2, 4)


def bm25_scores(queries: Sequence[str], corpus: Sequence[str]) -> Scores:
    """BM25 (k1 1.5, b 0.75, the library's defaults) over words without case or accents."""
    index = bm25s.BM25()
    index.index([normalised_words(text) or [""] for text in corpus], show_progress=False)
    words = [normalised_words(text) for text in queries]

    def scores(rows: slice) -> Floats:
        return np.stack([_bm25_row(index, query, len(corpus)) for query in words[rows]])

    return scores


def _bm25_row(index: bm25s.BM25, words: list[str], size: int) -> Floats:
    known = [word for word in words if word in index.vocab_dict]
    return np.asarray(index.get_scores(known), dtype=np.float32) if known else np.zeros(size, dtype=np.float32)


def character_tfidf_scores(queries: Sequence[str], corpus: Sequence[str]) -> Scores:
    """Cosine of TF-IDF over two to four characters within a word, without case or accents, learned on the corpus."""
    vectoriser = TfidfVectorizer(analyzer="char_wb", ngram_range=CHARACTERS, strip_accents="unicode", dtype=np.float32)
    documents = vectoriser.fit_transform(corpus)
    query_vectors = vectoriser.transform(queries)

    def scores(rows: slice) -> Floats:
        return np.asarray((query_vectors[rows] @ documents.T).toarray(), dtype=np.float32)

    return scores
