"""A site to visit, and somebody who visits it without losing time."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import pytest

from store.fetching.pace import HostPace
from store.fetching.requests import Fetcher, FetchLimits
from store.fetching.visiting import Visitor
from tests.local_site import LOOPBACK, Site, local_site

Visit = Callable[..., Visitor]


class Time:
    """A clock that goes on by what is slept."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


@pytest.fixture
def site() -> Iterator[Site]:
    """A site on loopback."""
    with local_site() as found:
        yield found


@pytest.fixture
def time() -> Time:
    """The time that the visitor knows."""
    return Time()


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    """One that may ask loopback, and waits for nobody for long."""
    found = Fetcher(networks=LOOPBACK, limits=FetchLimits(2.0, 2.0, 10.0))
    yield found
    found.close()


@pytest.fixture
def visit(fetcher: Fetcher, time: Time) -> Visit:
    """A visitor of 127.0.0.1."""

    def new(gap_seconds: float = 1.0, until: float = math.inf, *, obeys_robots: bool = True) -> Visitor:
        pace = HostPace(time.clock, time.sleep)
        hosts = frozenset({"127.0.0.1"})
        return Visitor(fetcher, pace, hosts=hosts, gap_seconds=gap_seconds, until=until, obeys_robots=obeys_robots)

    return new
