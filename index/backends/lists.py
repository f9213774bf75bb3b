"""The inverted lists over job vectors: product-quantised codes of 4 bits, scanned in registers.

IVF: Sivic and Zisserman (2003). Product quantisation: Jégou et al. (2011). Fast scan: André et al. (2015), by FAISS.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import faiss
import numpy as np

from engine.arrays import AnyVectors, Rows, Vectors
from engine.artifacts import sync
from engine.filtering.bitmaps import RowBitmap

# Below this every search is exact: lists would save nothing.
LEAST_INDEXED = 20_000
LEAST_CODED_CENTROIDS, CENTROIDS_CHOSEN_FROM = 1024, 2
TRAINING_VECTORS, CLUSTERING_ROUNDS, ROWS_PER_CHUNK = 256_000, 8, 500_000

# Codes of jobs that have gone stay in the lists, unseen; past this share of all the lists are built anew.
MOST_DEAD_CODES = 0.2

# To find an eligible row takes as long as to look at so many rows of a list.
LISTED_PER_ELIGIBLE = 8


def list_count(vector_count: int) -> int:
    """How many lists: about four times the root of the number of vectors, a power of two."""
    return int(2 ** round(np.log2(4 * max(vector_count, 16) ** 0.5)))


def build_lists(vectors: AnyVectors, threads: int = 1) -> faiss.Index:
    """Trained and filled lists over unit vectors `[N, dimension]`; the same vectors give the same lists."""
    lists = train_lists(vectors, list_count(len(vectors)), threads)
    for start in range(0, len(vectors), ROWS_PER_CHUNK):
        lists.add(np.ascontiguousarray(vectors[start : start + ROWS_PER_CHUNK], dtype=np.float32))
    return lists


def train_lists(vectors: AnyVectors, count: int, threads: int = 1) -> faiss.Index:
    """Empty lists whose centroids and codebooks are learned from a sample of `vectors` `[N, dimension]`."""
    faiss.omp_set_num_threads(threads)
    dimension = vectors.shape[1]
    lists = faiss.index_factory(dimension, f"IVF{count},PQ{dimension // 2}x4fs", faiss.METRIC_INNER_PRODUCT)
    lists.cp.niter, lists.cp.min_points_per_centroid = CLUSTERING_ROUNDS, 1
    lists.cp.max_points_per_centroid = max(1, TRAINING_VECTORS // count)
    lists.pq.cp.min_points_per_centroid = 1
    chosen = np.sort(np.random.default_rng(0).permutation(len(vectors))[:TRAINING_VECTORS])
    lists.train(np.ascontiguousarray(vectors[chosen], dtype=np.float32))
    return lists


def write_lists(lists: faiss.Index, path: Path) -> None:
    """Write lists to a new file, and make it last."""
    faiss.write_index(lists, str(path))
    sync(path)


def open_lists(path: Path) -> faiss.Index:
    """The lists of a file, to be searched on one thread. Mapped: processes on one machine share its pages."""
    faiss.omp_set_num_threads(1)
    lists = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
    if lists.nlist >= LEAST_CODED_CENTROIDS:
        _code_centroids(lists)
    return lists


def read_lists(path: Path) -> faiss.Index:
    """The lists of a file, to be changed."""
    return faiss.read_index(str(path))


def _code_centroids(lists: faiss.Index) -> None:
    """Choose the lists to read by codes of their centroids too, of twice as many by the centroids themselves.

    Reading every centroid of a million jobs' lists costs a fifth of a search; this costs a third of that.
    """
    centroids = faiss.downcast_index(lists.quantizer).reconstruct_n(0, lists.nlist)
    codes = faiss.IndexPQFastScan(lists.d, lists.d // 2, 4, faiss.METRIC_INNER_PRODUCT)
    codes.pq.cp.niter = CLUSTERING_ROUNDS
    codes.train(centroids)
    codes.add(centroids)
    chooser = faiss.IndexRefineFlat(codes, faiss.swig_ptr(centroids))
    chooser.k_factor = CENTROIDS_CHOSEN_FROM
    # Each is freed by what it is part of; nobody else frees what is replaced.
    codes.this.disown()
    replaced, chooser.own_fields, lists.own_fields = lists.quantizer, True, True
    lists.quantizer = chooser
    chooser.this.disown()
    replaced.this.own(True)


class ListRows:
    """Which of N rows stand in each list, and in which each stands: for scoring those that pass by full vectors."""

    def __init__(self, lists: faiss.Index, row_count: int) -> None:
        inverted = lists.invlists
        sizes = [inverted.list_size(number) for number in range(lists.nlist)]
        in_lists = [
            faiss.rev_swig_ptr(inverted.get_ids(number), size) if size else np.empty(0, dtype=np.int64)
            for number, size in enumerate(sizes)
        ]
        # Rows of jobs that have gone are -1.
        alive = [ids[ids >= 0].astype(np.int32) for ids in in_lists]
        bounds = np.cumsum([0, *map(len, alive)])
        rows = np.concatenate(alive)
        self._of_list = [rows[start:end] for start, end in pairwise(bounds)]
        self._mean_size = len(rows) / lists.nlist
        # One more than there are lists: of none, which is never read.
        self._list_of = np.full(row_count, lists.nlist, dtype=np.uint16 if lists.nlist < 2**16 else np.int32)
        self._list_of[rows] = np.repeat(np.arange(lists.nlist), np.diff(bounds))

    def within(self, numbers: Rows, eligible: RowBitmap) -> Rows:
        """The eligible rows of some lists; -1 stands for no list. Whichever takes less time are looked through."""
        numbers = numbers[numbers >= 0]
        if eligible.count * LISTED_PER_ELIGIBLE < len(numbers) * self._mean_size:
            is_read = np.zeros(len(self._of_list) + 1, dtype=np.bool_)
            is_read[numbers] = True
            rows = eligible.rows()
            read: Rows = rows[is_read[self._list_of.take(rows)]]
            return read
        chosen = [self._of_list[number] for number in numbers.tolist()]
        in_lists = np.concatenate(chosen) if chosen else np.empty(0, dtype=np.int32)
        passing: Rows = in_lists[eligible.has(in_lists)].astype(np.int64)
        return passing


def renumber(lists: faiss.Index, rows: Rows, new_rows: Rows) -> None:
    """Give the vectors of `rows` the numbers `new_rows`, in place; those of other rows become nobody's (-1).

    FAISS 1.15 can remove codes from packed lists, but what is added afterwards mixes with what was there.
    """
    new_of = np.full(int(rows.max(initial=-1)) + 1, -1, dtype=np.int64)
    new_of[rows] = new_rows
    inverted = faiss.downcast_InvertedLists(lists.invlists)
    for number in range(lists.nlist):
        size = inverted.list_size(number)
        if size:
            ids = faiss.rev_swig_ptr(inverted.get_ids(number), size)
            known = (ids >= 0) & (ids < len(new_of))
            ids[:] = np.where(known, new_of[np.where(known, ids, 0)], -1)


def continued_lists(
    path: Path, old_rows: Rows, new_rows: Rows, added_rows: Rows, vectors: Vectors
) -> faiss.Index | None:
    """The lists of a file with `old_rows` as `new_rows`, and vectors of `added_rows` of all `[N, dimension]` added.

    None when there is no file, or it is outgrown.
    """
    count = len(vectors)
    if not path.is_file():
        return None
    lists = read_lists(path)
    if lists.nlist != list_count(count) or lists.ntotal + len(added_rows) > count / (1 - MOST_DEAD_CODES):
        return None
    renumber(lists, old_rows, new_rows)
    if len(added_rows):
        lists.add_with_ids(np.ascontiguousarray(vectors[added_rows]), added_rows)
    return lists
