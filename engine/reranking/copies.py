"""Which ads of an answer are one job again, of which only the best takes a place.

Two ads of one employer in one place are one job where neither states other hours, another modality, level, language or
pay, and they have the same title, or are each other in other words. The last is told by three likenesses that check
each other: of the titles' words, of all words, and of the vectors, which is that of the work. Employers write all
their ads by one template, so that only titles tell one job from another; and call one job by many names, so that only
vectors tell that they are one. Shifts of one job that the person can both work are one job: who cannot work one does
not get it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from engine.arrays import NO_ROWS, BoolArray, Floats, Rows, Vectors
from engine.catalogue.duplicates import NO_OWNER
from engine.catalogue.row_records import RowRecords

MOST_PAY_RATIO = 3.0
_MOST_PAY_DISTANCE = np.float32(np.log(MOST_PAY_RATIO))
# Of so few ads that may be copies all pairs are compared at once; of more, each place with the others when it is taken.
MOST_PAIRED = 32
_SAME_TITLE, _NEVER = -2.0, np.inf  # cosines that any has, and none


class Likeness(NamedTuple):
    """What makes two titles and texts one ad: of the words of the shorter title at least `title_share` in the other, of
    both titles' words at least `title_overlap` in both, at most `bits` of the signatures different, and a cosine of at
    least `cosine`."""

    title_share: float
    title_overlap: float
    bits: int
    cosine: float


# Chosen on the pairs of half of the employers, of 256 pairs of real Peruvian, Ecuadorian and Argentine ads that were
# labelled by reading before any score was seen.
LIKENESSES = (
    Likeness(1.0, 1.0, 64, 0.75),
    Likeness(1.0, 0.6, 28, 0.75),
    Likeness(1.0, 0.6, 40, 0.86),
    Likeness(1.0, 0.0, 20, 0.75),
    Likeness(0.75, 0.6, 32, 0.915),
    Likeness(0.75, 0.0, 16, 0.85),
)
_TITLE_SHARES, _TITLE_OVERLAPS, _BITS, _COSINES = (
    np.array(column)[:, None] for column in zip(*LIKENESSES, strict=True)
)


class Ads(Protocol):
    """C ads to be compared."""

    @property
    def records(self) -> RowRecords:
        """Their records, `[C]`."""

    def vector(self, position: int) -> Vectors | None:
        """The vector of one; None: words alone tell."""

    def cosines_with(self, vector: Vectors, positions: Rows) -> Vectors:
        """The cosines of some with a vector."""


# What an answer shows already: positions of ads.
Shown = Sequence[tuple[Ads, Rows]]


class Places(NamedTuple):
    """The positions of the ads that take a place, best first, and of those that have copies the copies' positions."""

    order: Rows
    copies: dict[int, Rows]


def places(ads: Ads, order: Rows, limit: int) -> Places:
    """The first of each job's ads in `order`, at most `limit`."""
    repeated = _repeated(_keys(ads.records[order]))
    if not len(repeated):
        return Places(order[:limit], {})
    compared = _Compared(ads, order[repeated])
    number_of = {place: number for number, place in enumerate(repeated.tolist())}
    chosen: list[int] = []
    copies: dict[int, Rows] = {}
    for place, position in enumerate(order.tolist()):
        number = number_of.get(place)
        if number is not None:
            if not compared.is_free(number):
                continue
            found = compared.take(number)
            if len(found):
                copies[position] = found
        chosen.append(position)
        if len(chosen) == limit:
            break
    return Places(np.array(chosen, dtype=np.int64), copies)


def without_copies(ads: Ads, among: Rows, shown: Shown) -> Rows:
    """Those `among` that are no copies of what is `shown` already."""
    for others, positions in shown:
        known = positions[np.isin(_keys(others.records[positions]), _keys(ads.records[among]))]
        if len(known):
            least = _least_cosines(_marks(others.records[known]), np.arange(len(known)), _marks(ads.records[among]))
            is_copy = np.zeros(len(among), dtype=np.bool_)
            for row, position in enumerate(known.tolist()):
                is_copy[_alike(others, position, ads, among, least[row], ~is_copy)] = True
            among = among[~is_copy]
    return among


class _Compared:
    """Ads that may be copies of each other; each is free until it takes a place or is a copy of one that does."""

    def __init__(self, ads: Ads, positions: Rows) -> None:
        self._ads, self._positions, self._marks = ads, positions, _marks(ads.records[positions])
        self._free = np.ones(len(positions), dtype=np.bool_)
        self._least: Floats | None = None
        self._has_copies: list[bool] = []
        if len(positions) <= MOST_PAIRED:
            self._least = self._least_of_later(np.arange(len(positions)))
            self._has_copies = [bool(row.any()) for row in self._least < _NEVER]

    def _least_of_later(self, numbers: Rows) -> Floats:
        """What cosines make the later ads copies of some: when an ad takes a place, no earlier one is free."""
        is_later = numbers[:, None] < np.arange(len(self._positions))
        return _least_cosines(self._marks, numbers, self._marks, is_later)

    def is_free(self, number: int) -> bool:
        """Whether an ad is no copy yet."""
        return bool(self._free[number])

    def take(self, number: int) -> Rows:
        """An ad takes a place: the positions of its copies, which are free no more."""
        self._free[number] = False
        if self._least is None:
            (least,) = self._least_of_later(np.array([number]))
        elif self._has_copies[number]:
            least = self._least[number]
        else:
            return NO_ROWS
        position = int(self._positions[number])
        copies = _alike(self._ads, position, self._ads, self._positions, least, self._free)
        self._free[copies] = False
        found: Rows = self._positions[copies]
        return found


def _alike(ads: Ads, one: int, others: Ads, positions: Rows, least: Floats, free: BoolArray) -> Rows:
    """The places in `positions` of those `free` ones whose cosine with an ad is at least what makes them copies."""
    possible = np.flatnonzero((least < _NEVER) & free)
    told = least[possible]
    unsure = told > _SAME_TITLE
    if unsure.any() and (vector := ads.vector(one)) is not None:
        is_copy = ~unsure
        is_copy[unsure] = others.cosines_with(vector, positions[possible[unsure]]) >= told[unsure]
        possible = possible[is_copy]
    return possible


def _keys(records: RowRecords) -> NDArray[np.int64]:
    """Equal for what may be one job: ads of one employer in one place, and the same ad of nobody."""
    owner = records["owner"]
    keys: NDArray[np.int64] = np.where(owner != NO_OWNER, owner, records["duplicate_group"])
    return keys


def _repeated(keys: NDArray[np.int64]) -> Rows:
    """Where keys are that stand more than once, in order."""
    by_key = np.argsort(keys, kind="stable")
    ordered = keys[by_key]
    is_next = ordered[1:] == ordered[:-1]
    if not is_next.any():
        return NO_ROWS
    is_repeated = np.zeros(len(keys), dtype=np.bool_)
    is_repeated[by_key[1:][is_next]] = True
    is_repeated[by_key[:-1][is_next]] = True
    return np.flatnonzero(is_repeated)


class _Marks(NamedTuple):
    """What tells copies of n ads: `stated` `[3, n]` are hours, modality and languages, `words` `[2, n]` title masks."""

    key: NDArray[np.int64]
    level: NDArray[np.uint8]
    group: NDArray[np.int64]
    log_pay: Floats
    signature: NDArray[np.uint64]
    stated: NDArray[np.uint32]
    words: NDArray[np.uint64]
    counts: NDArray[np.int16]


def _marks(records: RowRecords) -> _Marks:
    stated = np.stack([records[name] for name in ("hours_type", "modality", "foreign_languages")])
    words = np.stack([records["title_words"], records["title_words_again"]])
    return _Marks(
        _keys(records),
        records["title_level"],
        records["duplicate_group"],
        records["log_soles_per_month"],
        records["text_signature"],
        stated,
        words,
        np.bitwise_count(words).astype(np.int16),
    )


def _least_cosines(ones: _Marks, chosen: Rows, others: _Marks, asked: BoolArray | None = None) -> Floats:
    """For each of k `chosen` ads the cosine that makes each of m others the same job, `[k, m]`; `asked` `[k, m]`: of
    these pairs only (None: all)."""
    least = np.full((len(chosen), len(others.key)), _NEVER)
    of_one_key = (ones.key[chosen, None] == others.key) & (ones.level[chosen, None] == others.level)
    rows, other = np.nonzero(of_one_key if asked is None else of_one_key & asked)
    one = chosen[rows]
    agrees = np.flatnonzero(_states_the_same(ones, one, others, other))
    rows, one, other = rows[agrees], one[agrees], other[agrees]
    has_title = (ones.group[one] == others.group[other]).astype(np.bool_)
    least[rows, other] = np.where(has_title, _SAME_TITLE, _by_words(ones, one, others, other))
    return least


def _states_the_same(ones: _Marks, one: Rows, others: _Marks, other: Rows) -> BoolArray:
    """Of which of P pairs neither states anything that is against what the other states, `[P]`."""
    stated, other_stated = ones.stated[:, one], others.stated[:, other]
    agrees = ((stated == other_stated) | (stated == 0) | (other_stated == 0)).all(axis=0)
    with np.errstate(invalid="ignore"):  # unpaid beside unpaid; unknown pay is not a number, and against nothing
        is_other_pay = np.abs(ones.log_pay[one] - others.log_pay[other]) > _MOST_PAY_DISTANCE
    found: BoolArray = agrees & ~is_other_pay
    return found


def _by_words(ones: _Marks, one: Rows, others: _Marks, other: Rows) -> Floats:
    """What cosine makes each of P pairs the same ad in other words, by their titles and their words, `[P]`.

    Of the two masks of a title the one counts in which less is shared: that more is, is chance.
    """
    shared = np.bitwise_count(ones.words[:, one] & others.words[:, other])
    counts, other_counts = ones.counts[:, one], others.counts[:, other]
    share = (shared / np.maximum(np.minimum(counts, other_counts), 1)).min(axis=0)
    overlap = (shared / np.maximum(counts + other_counts - shared, 1)).min(axis=0)
    bits = np.bitwise_count(ones.signature[one] ^ others.signature[other])
    is_like = (share >= _TITLE_SHARES) & (overlap >= _TITLE_OVERLAPS) & (bits <= _BITS)
    least: Floats = np.where(is_like, _COSINES, _NEVER).min(axis=0)
    return least
