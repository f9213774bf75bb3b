"""Runs feeds, several at a time: each by itself, so that one that fails leaves the rest, and none twice at once."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, func, select

from engine.artifacts import only_one
from engine.errors import ArtifactError, ChambaError, ConflictError
from store.feeds.closing import retire
from store.feeds.counts import Outcome, RunCounts
from store.feeds.feed_files import Feed
from store.feeds.ledger import feed_states
from store.feeds.run import FeedRun, Now, utc_now
from store.fetching.pace import HostPace
from store.fetching.requests import Fetcher
from store.fetching.visiting import Visitor

LOCKS = ".locks"
BUSY = "another process runs the feed of"

log = logging.getLogger("chamba.feeds")


@dataclass(frozen=True, slots=True)
class FeedResult:
    """How the run of a feed went; `error`, where it could not even be made; `is_busy`: somebody else runs it."""

    feed: str
    outcome: Outcome
    counts: RunCounts
    error: str = ""
    is_busy: bool = False

    @property
    def is_well(self) -> bool:
        """Whether nobody has to look at it."""
        is_whole = self.outcome in (Outcome.COMPLETE, Outcome.STOPPED) and not self.counts.not_closed
        return self.is_busy or (is_whole and not self.error)


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How feeds are run."""

    at_once: int = 4
    is_fresh: bool = False
    accepts_closing: bool = False


class FeedRunner:
    """Runs feeds of one database; `folder` is where their files lie."""

    def __init__(
        self,
        database: Engine,
        folder: Path,
        fetcher: Fetcher,
        pace: HostPace | None = None,
        now: Now = utc_now,
        say: Callable[[str], None] = lambda _line: None,
    ) -> None:
        self._database, self._folder, self._fetcher = database, folder, fetcher
        self._pace, self._now, self._say = pace or HostPace(), now, say

    def due(self, feeds: Sequence[Feed]) -> list[Feed]:
        """Those whose time has come, or that never ran."""
        with self._database.connect() as connection:
            states = feed_states(connection)
        now = self._now()
        return [feed for feed in feeds if feed.name not in states or states[feed.name].due_at <= now]

    def run(self, feeds: Sequence[Feed], options: RunOptions, on_end: Callable[[FeedResult], None]) -> list[FeedResult]:
        """Run them; `on_end` hears of each as it ends, from any thread."""

        def one(feed: Feed) -> FeedResult:
            result = self._run_one(feed, options)
            on_end(result)
            return result

        with ThreadPoolExecutor(options.at_once, "feed") as pool:
            return list(pool.map(one, feeds))

    def retire(self, name: str) -> int:
        """Close all that came by a feed and forget it; how many were open. Raises ConflictError while it runs."""
        try:
            with self._alone(name):
                return retire(self._database, name)
        except _BusyError:
            raise ConflictError(f"the feed {name} runs now", fix="wait until it has ended") from None

    def _run_one(self, feed: Feed, options: RunOptions) -> FeedResult:
        try:
            with self._alone(feed.name):
                outcome, counts = self._feed_run(feed, options).run()
                return FeedResult(feed.name, outcome, counts)
        except _BusyError:
            return FeedResult(feed.name, Outcome.RUNNING, RunCounts(), is_busy=True)
        except ChambaError as error:
            return FeedResult(feed.name, Outcome.FAILED, RunCounts(), str(error))
        except Exception as error:  # whatever a source holds, the other feeds go on
            log.exception("the feed %s", feed.name)
            return FeedResult(feed.name, Outcome.FAILED, RunCounts(), f"{type(error).__name__}: {error}"[:400])

    def _feed_run(self, feed: Feed, options: RunOptions) -> FeedRun:
        visitor = Visitor(
            self._fetcher,
            self._pace,
            hosts=feed.hosts,
            gap_seconds=feed.file.gap_seconds,
            until=self._pace.clock() + 60 * feed.file.most_minutes,
            obeys_robots=feed.file.obeys_robots,
        )
        return FeedRun(
            feed,
            self._database,
            visitor,
            now=self._now,
            say=self._say,
            is_fresh=options.is_fresh,
            accepts_closing=options.accepts_closing,
        )

    @contextmanager
    def _alone(self, name: str) -> Iterator[None]:
        """Nobody else on this machine runs the feed, nor on another that has the same PostgreSQL; ends with us."""
        key = int.from_bytes(hashlib.sha256(f"chamba feed {name}".encode()).digest()[:8], signed=True)
        try:
            with only_one(self._folder / LOCKS / name, BUSY), self._database.connect() as connection:
                is_shared = connection.dialect.name == "postgresql"
                if is_shared and not connection.execute(select(func.pg_try_advisory_lock(key))).scalar_one():
                    raise _BusyError
                connection.commit()
                try:
                    yield
                finally:
                    if is_shared:
                        connection.execute(select(func.pg_advisory_unlock(key)))
                        connection.commit()
        except ArtifactError as error:
            if BUSY in str(error):
                raise _BusyError from error
            raise


class _BusyError(Exception):
    """Somebody else runs the feed."""
