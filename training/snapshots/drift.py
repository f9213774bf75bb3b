"""How far two samples lie apart: the population stability index of a column, and a classifier's AUC on vectors.

Both judge the size of a change, not only whether there is one: with enough rows every change is significant. And
both ask whether samples so small could differ that much by chance, so that a small snapshot raises no alarm.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import rel_entr
from scipy.stats import chi2, norm
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import Ridge
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import PredefinedSplit

from engine.arrays import Vectors

Counts = NDArray[np.int64]
Scores = NDArray[np.float64]

# The borders usual in credit scoring: Siddiqi, Credit Risk Scorecards (Wiley, 2006).
PSI_WARNS, PSI_FAILS = 0.1, 0.25
# 0.5 + half the share of texts that are of a new kind: a fifth of them, two fifths of them.
AUC_WARNS, AUC_FAILS = 0.6, 0.7
ONE_IN_A_THOUSAND = 1e-3  # one-sided: dozens of columns are judged at once
FOLDS = 5
RIDGE = 1.0
WORD_DIMENSIONS = 1024
WORD = r"\w{2,}"


def stability_terms(before: Counts, now: Counts) -> Scores:
    """What each bin `[bins]` adds to the population stability index, the Kullback-Leibler divergence both ways.

    Half a row is added to each, as some are empty.
    """
    shares_before = (before + 0.5) / (before.sum() + 0.5 * len(before))
    shares_now = (now + 0.5) / (now.sum() + 0.5 * len(now))
    terms: Scores = rel_entr(shares_now, shares_before) + rel_entr(shares_before, shares_now)
    return terms


def chance_stability(bins: int, rows_before: int, rows_now: int) -> float:
    """The index that two samples of one population exceed once in a thousand times.

    It is then about χ² with `bins` − 1 degrees of freedom, times (1/n + 1/m) (Yurdakul & Naranjo, Journal of Risk
    Model Validation 14(4), 2020).
    """
    if bins < 2:
        return 0.0
    return float(chi2.isf(ONE_IN_A_THOUSAND, bins - 1) * (1 / rows_before + 1 / rows_now))


def area_under_curve(scores_before: Scores, scores_now: Scores) -> float:
    """The chance that one of `scores_now` is above one of `scores_before`, ties counting half."""
    is_now = np.repeat([False, True], [len(scores_before), len(scores_now)])
    return float(roc_auc_score(is_now, np.concatenate([scores_before, scores_now])))


def chance_area(rows_before: int, rows_now: int) -> float:
    """The AUC that a classifier which has learned nothing exceeds once in a thousand times (Mann and Whitney)."""
    spread = ((rows_before + rows_now + 1) / (12 * rows_before * rows_now)) ** 0.5
    return 0.5 + float(norm.isf(ONE_IN_A_THOUSAND) * spread)


def two_sample_scores(before: Vectors, now: Vectors, groups: Sequence[str]) -> tuple[Scores, Scores]:
    """How much each vector looks like one of `now`, by a ridge classifier that did not see it nor its group.

    The classifier two-sample test (Lopez-Paz & Oquab, ICLR 2017). Preferred to the distance of means, which sees
    no change of spread, and to MMD, whose value has no unit; the AUC of these scores reads as a share of texts.
    `before` `[n, dim]`, `now` `[m, dim]`; `groups` `[n + m]` name equal texts, which stay in one fold: a text
    that both samples hold tells nothing apart, and must not be learned from.
    """
    vectors = np.concatenate([before, now]).astype(np.float64)
    vectors -= vectors.mean(axis=0)
    vectors /= np.sqrt((vectors**2).sum(axis=1).mean()) or 1.0
    labels = np.repeat([-1.0, 1.0], [len(before), len(now)])
    folds = np.array([zlib.crc32(group.encode()) % FOLDS for group in groups])
    scores = np.zeros(len(labels))
    for fitted, held_out in PredefinedSplit(folds).split():
        if len(set(labels[fitted])) < 2:
            continue
        # Without an intercept: it would follow the labels that are not held out, so that chance came below a half.
        classifier = Ridge(RIDGE, fit_intercept=False).fit(vectors[fitted], labels[fitted] - labels[fitted].mean())
        scores[held_out] = classifier.predict(vectors[held_out])
    scores = np.round(scores, 9)  # equal vectors are to tie, whatever the order of a sum
    return scores[: len(before)], scores[len(before) :]


def word_vectors(texts: Sequence[str]) -> Vectors:
    """Words hashed to signed counts, `[len(texts), 1024]`, of length 1: for when no model is at hand."""
    hashing = HashingVectorizer(n_features=WORD_DIMENSIONS, token_pattern=WORD, dtype=np.float32)
    vectors: Vectors = hashing.transform(texts).toarray()
    return vectors
