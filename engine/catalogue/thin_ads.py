"""What an ad that says little costs it: a title alone is near whoever names that work, whatever the job is.

Real ads cut down to their title gain in nearness to people of their trade: 0.4 log-odds on average, 2 for one in ten;
cut down to twenty words 1.1 for one in ten, and from forty on nothing (117 Peruvian and Ecuadorian ads of ten trades).
So much is taken off as the luckiest tenth gains: longer ads get nothing for their length. Where a title is a person's
very words it gains six: of what is nearer than a likely match a fifth counts.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Floats
from engine.jobs import Job
from engine.relevance import Calibration
from engine.skills import normalised_words

ENOUGH_WORDS = 40
TITLE_ALONE_LOG_ODDS = 2.0
LIKELY_LOG_ODDS, OF_WHAT_IS_NEARER = 3.0, 0.2
_LONGEST_READ = 2_000  # characters


def told_words(job: Job) -> int:
    """How many different words an ad says beside its title, at most 40."""
    described = normalised_words(" . ".join((*job.skills, job.description[:_LONGEST_READ])))
    return min(len(set(described).difference(normalised_words(job.title))), ENOUGH_WORDS)


def without_thinness(cosines: Floats, cost: Floats, calibration: Calibration) -> Floats:
    """The cosines `[C]` of ads without what they gain by saying little; `cost` `[C]` is their `thinness_log_odds`."""
    if not cost.any():
        return cosines
    log_odds = calibration.log_odds(cosines) - cost
    above = np.maximum(log_odds - LIKELY_LOG_ODDS, 0)
    taken_off = cost + above * (1 - OF_WHAT_IS_NEARER) * (cost / TITLE_ALONE_LOG_ODDS)
    kept: Floats = (cosines - calibration.cosine_differences(taken_off.astype(np.float32))).astype(np.float32)
    return kept


def thinness_log_odds(told: NDArray[np.uint8]) -> Floats:
    """What is taken off the log-odds of relevance, `[C]`, of ads that tell so many words, `[C]`."""
    missing = np.maximum(ENOUGH_WORDS - told.astype(np.float32), 0) / ENOUGH_WORDS
    cost: Floats = (TITLE_ALONE_LOG_ODDS * missing).astype(np.float32)
    return cost
