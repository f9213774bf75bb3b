"""What a peer is: it builds an index once, opens it, and answers one query at a time at a chosen precision."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from benchmarks.search.peers.jobs import Jobs, Where
from engine.arrays import BoolArray, Rows, Vectors

Knob = Mapping[str, int]
Settings = Mapping[str, int | float | str]

# How many times the wanted depth is asked for where results are filtered afterwards.
TYPICAL_DEPTH = 10
OVERSAMPLING = (2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)


class Peer(ABC):
    """An index under `place`. Imports its library when it builds or opens, never before.

    `settings` are those of the build; an index built with others is built again.
    """

    settings: ClassVar[Settings] = {}

    def __init__(self, jobs: Jobs, place: Path) -> None:
        self.jobs, self.place = jobs, place

    @abstractmethod
    def build(self) -> None:
        """Index the jobs and leave the index under `place`."""

    @abstractmethod
    def open(self) -> None:
        """Make the built index ready to search with one thread."""

    @abstractmethod
    def knobs(self, *, filtered: bool) -> Sequence[Knob]:
        """Settings of a search, from fast to precise."""

    def prepare(self, where: Where) -> None:  # noqa: B027 (most keep nothing)
        """What a user would keep from one query of this filter to the next; it is not timed."""

    @abstractmethod
    def search(self, query: Vectors, depth: int, where: Where, knob: Knob) -> Sequence[int]:
        """Rows of the nearest eligible jobs, best first: `depth` of them, or as many as were found."""

    def disk_bytes(self) -> int:
        """Size of the index on disk, and of whatever the peer keeps with it."""
        return sum(file.stat().st_size for file in self.place.rglob("*") if file.is_file())

    def server_ids(self) -> list[int]:
        """Processes beside this one that serve the peer."""
        return []

    def close(self) -> None:  # noqa: B027 (most start nothing)
        """End what the peer started."""


class MaskedPeer(Peer):
    """A peer whose filter is a mask of its user's making, one for all queries of a filter."""

    _mask: BoolArray | None = None

    def prepare(self, where: Where) -> None:
        self._mask = self.jobs.eligible(where)


class PostFilteredPeer(MaskedPeer):
    """A peer without a filter: asked for more, of which the eligible are kept. `effort` is its ef, or its like."""

    efforts: ClassVar[Sequence[int]] = (16, 32, 64, 128, 256, 512, 1024)

    def knobs(self, *, filtered: bool) -> Sequence[Knob]:
        if filtered:
            return [{"effort": effort, "oversampling": factor} for effort, factor in self._pairs()]
        return [{"effort": effort} for effort in self.efforts]

    def search(self, query: Vectors, depth: int, where: Where, knob: Knob) -> Sequence[int]:
        if where is None:
            nearest: list[int] = self.nearest(query, depth, knob["effort"]).tolist()
            return nearest
        assert self._mask is not None
        count = min(knob["oversampling"] * depth, len(self._mask))
        found = self.nearest(query, count, knob["effort"])
        rows: list[int] = found[self._mask[found]][:depth].tolist()
        return rows

    def _pairs(self) -> list[tuple[int, int]]:
        """Effort and oversampling, cheapest first: an effort that finds so many rows, and four times that."""
        least = {factor: self.least_effort(TYPICAL_DEPTH * factor) for factor in OVERSAMPLING}
        return sorted((times * effort, factor) for factor, effort in least.items() for times in (1, 4))

    def least_effort(self, count: int) -> int:
        """The effort without which `count` rows are not found."""
        return max(64, count)

    @abstractmethod
    def nearest(self, query: Vectors, count: int, effort: int) -> Rows:
        """Rows of the `count` nearest jobs, `[count]`, whether eligible or not."""
