"""The final order: a score for every candidate, and of ads that are the same job again only the best.

The model folder's reranker gives the score (`engine/reranking/model.py`). Without one it is relevance × availability:

    availability = hours shared / hours needed            the hours and their times are stated
                 = 0.9 · hours shared / hours needed      how many is stated, when is not
                 = 0.7                                    the posting or the person states no hours
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Floats, Rows
from engine.catalogue.duplicates import NO_OWNER, are_near
from engine.catalogue.row_records import RowRecords

FORMULA = "formula"
# Of so many times the wanted some are the same job again.
SPARE_PER_RESULT = 3


class CopyMarks(NamedTuple):
    """What tells the copies of an ad, `[C]` each, as `engine.catalogue.duplicates` makes them."""

    group: NDArray[np.int64]
    owner: NDArray[np.int64]
    signature: NDArray[np.uint64]
    title_mask: NDArray[np.uint64]

    @classmethod
    def of(cls, records: RowRecords) -> CopyMarks:
        """Those of some rows' records, `[C]`."""
        return cls(records["duplicate_group"], records["owner"], records["text_signature"], records["title_mask"])

    @classmethod
    def joined(cls, parts: Sequence[CopyMarks]) -> CopyMarks:
        """Those of several segments, one after the other."""
        group, owner = (np.concatenate([part[place] for part in parts]) for place in (0, 1))
        signature, title_mask = (np.concatenate([part[place] for part in parts]) for place in (2, 3))
        return cls(group, owner, signature, title_mask)

    def at(self, places: Rows) -> CopyMarks:
        """Those of some places."""
        return CopyMarks(self.group[places], self.owner[places], self.signature[places], self.title_mask[places])


@dataclass(frozen=True, slots=True)
class JobCandidates:
    """C retrieved jobs, `[C]` each: catalogue row, score, posting time, and what tells copies (`CopyMarks`).

    `cosines` `[C]` and `features` `[C, features]` are what the scores come from (without features: the formula),
    `segment` `[C]` what the rows are of (None: there is one).
    """

    rows: Rows
    scores: Floats
    posted_at: NDArray[np.int64]
    copies: CopyMarks
    cosines: Floats | None = None
    features: Floats | None = None
    segment: Rows | None = None

    @classmethod
    def joined(cls, parts: Sequence[JobCandidates]) -> JobCandidates:
        """The candidates of several segments as one; rows are still those of their own segments."""
        if len(parts) == 1:
            return parts[0]
        arrays = [name for name in (field.name for field in fields(cls)) if name not in ("copies", "segment")]
        columns: dict[str, Any] = {
            name: np.concatenate([getattr(part, name) for part in parts])
            for name in arrays
            if getattr(parts[0], name) is not None
        }
        segment = np.repeat(np.arange(len(parts)), [len(part.rows) for part in parts])
        return cls(**columns, copies=CopyMarks.joined([part.copies for part in parts]), segment=segment)


def rerank(candidates: JobCandidates, limit: int, among: Rows | None = None) -> Rows:
    """Positions in `candidates` of the best jobs, best first, at most `limit`; of equal scores the newer is better.

    Of equally new ones those of the earlier segment are first, and in it the lower rows.
    `among`: only these positions; None: all.
    """
    scores = candidates.scores if among is None else candidates.scores[among]
    first = len(scores) - SPARE_PER_RESULT * limit
    if first > 0:  # sorting them all takes three times as long
        high = np.flatnonzero(scores >= np.partition(scores, first)[first])
        best = _best_of(candidates, high if among is None else among[high], limit)
        if len(best) == limit:
            return best
    return _best_of(candidates, np.arange(len(scores)) if among is None else among, limit)


def _best_of(candidates: JobCandidates, positions: Rows, limit: int) -> Rows:
    keys: list[NDArray[Any]] = [candidates.rows[positions]]
    if candidates.segment is not None:  # rows of two segments are not compared: how many one skips is its history
        keys.append(candidates.segment[positions])
    keys += [-candidates.posted_at[positions], -candidates.scores[positions]]
    order = positions[np.lexsort(keys)]
    return best_of_copies(order, candidates.copies.at(order), limit)


def best_of_copies(order: Rows, copies: CopyMarks, limit: int) -> Rows:
    """The first of each job's ads in `order`, at most `limit`; `copies` are the marks of its positions."""
    chosen: list[int] = []
    groups: set[int] = set()
    by_owner: dict[int, list[tuple[int, int]]] = {}
    for position, group, owner, *ad in zip(order.tolist(), *(marks.tolist() for marks in copies), strict=True):
        if group in groups:
            continue
        theirs = by_owner.setdefault(owner, []) if owner != NO_OWNER else []
        if any(are_near((ad[0], ad[1]), other) for other in theirs):
            continue
        chosen.append(position)
        if len(chosen) == limit:
            break
        groups.add(group)
        theirs.append((ad[0], ad[1]))
    return np.array(chosen, dtype=np.int64)
