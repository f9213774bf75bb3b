"""What a peer is: it builds an index once, opens it, and answers one query at a time at a chosen precision."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from benchmarks.search.peers.jobs import Jobs, Mask, Vectors, Where

Knob = Mapping[str, int]

# How many times the wanted depth is asked for where results are filtered afterwards.
OVERSAMPLING = (2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)


class Peer(ABC):
    """An index under `place`. Imports its library when it builds or opens, never before.

    `settings` are those of the build; an index built with others is built again.
    """

    settings: ClassVar[Mapping[str, int | float | str]] = {}

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

    def prepare(self, where: Where) -> None:
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

    def close(self) -> None:
        """End what the peer started."""


class MaskedPeer(Peer):
    """A peer whose filter is a mask of its user's making, one for all queries of a filter."""

    _mask: Mask | None = None

    def prepare(self, where: Where) -> None:
        self._mask = self.jobs.eligible(where)


class PostFilteredPeer(MaskedPeer):
    """A peer without a filter: asked for more, of which the eligible are kept. `effort` is its ef, or its like."""

    efforts: ClassVar[Sequence[int]] = (16, 32, 64, 128, 256, 512, 1024)

    def knobs(self, *, filtered: bool) -> Sequence[Knob]:
        if filtered:
            return [{"oversampling": factor} for factor in OVERSAMPLING]
        return [{"effort": effort} for effort in self.efforts]

    def search(self, query: Vectors, depth: int, where: Where, knob: Knob) -> Sequence[int]:
        if where is None:
            return self.nearest(query, depth, knob["effort"])
        assert self._mask is not None
        count = min(knob["oversampling"] * depth, len(self._mask))
        found = self.nearest(query, count, self.effort_for(count))
        return [row for row in found if self._mask[row]][:depth]

    def effort_for(self, count: int) -> int:
        """The effort that finds `count` rows well."""
        return max(128, count)

    @abstractmethod
    def nearest(self, query: Vectors, count: int, effort: int) -> Sequence[int]:
        """Rows of the `count` nearest jobs, whether eligible or not."""
