"""What an operator is told of feeds: how each stands, how a run went, what runs did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Row

from store.feeds.counts import RunCounts
from store.feeds.feed_files import Feed
from store.feeds.ledger import FeedState
from store.feeds.runner import FeedResult

SHOWN_PROBLEMS = 10


def listed(
    feeds: Iterable[Feed], unusable: Mapping[str, str], states: Mapping[str, FeedState], folder: Path
) -> list[str]:
    """A line for each feed."""
    lines = [_standing(feed, states.get(feed.name)) for feed in feeds]
    lines += [f"{name}: cannot be used: {why}" for name, why in unusable.items()]
    return lines or [f"no feed file (.toml) in {folder}"]


def told(result: FeedResult) -> str:
    """How a run went."""
    if result.is_busy:
        return f"{result.feed}: another process runs it"
    if result.error:
        return f"{result.feed}: failed: {result.error}"
    lines = [f"{result.feed}: {result.outcome}: {counted(result.counts)}"]
    return "\n".join([*lines, *_problems(result.counts.problems)])


def reported(name: str, runs: Sequence[Row[Any]]) -> list[str]:
    """What the runs of a feed did, the newest first."""
    if not runs:
        return [f"{name}: has not run yet"]
    lines: list[str] = []
    for run in runs:
        counts = RunCounts.of(run.counts, run.problems)
        ended = "not ended" if run.ended_at is None else f"to {_time(run.ended_at)}"
        lines.append(f"{name}, run {run.run_number}, {_time(run.started_at)} {ended}: {run.outcome}: {counted(counts)}")
        lines += [f"  skipped {count}: {why}" for why, count in sorted(counts.skipped.items())]
        if counts.unread:
            fields = ", ".join(f"{name} of {count}" for name, count in sorted(counts.unread.items()))
            lines.append(f"  stated and not understood: {fields}")
        lines += _problems(counts.problems)
    return lines


def counted(counts: RunCounts) -> str:
    """The counts in a sentence, which add up."""
    held = f", {counts.held} of them held for signs of fraud" if counts.held else ""
    left = f", {counts.not_closed} that disappeared left open" if counts.not_closed else ""
    return (
        f"{counts.read} read = {counts.new} new + {counts.changed} changed + {counts.same} same + "
        f"{counts.rejected} rejected + {counts.skipped_count} skipped{held}; {counts.closed} closed{left}; "
        f"{counts.documents} documents, {counts.failed_documents} failed"
    )


def _standing(feed: Feed, state: FeedState | None) -> str:
    head = f"{feed.name}: {feed.file.kind}, every {feed.file.every}"
    if state is None:
        return f"{head}; never run, due now"
    success = "never whole" if state.succeeded_at is None else f"whole at {_time(state.succeeded_at)}"
    failures = f", {state.failures} failures since" if state.failures else ""
    last = f"last run {state.outcome}: {state.counts.read} read, {state.counts.new} new"
    return f"{head}; {success}{failures}; {last}; due {_time(state.due_at)}"


def _problems(problems: Sequence[str]) -> list[str]:
    lines = [f"  {problem}" for problem in problems[:SHOWN_PROBLEMS]]
    return [*lines, f"  … and {len(problems) - SHOWN_PROBLEMS} more"] if len(problems) > SHOWN_PROBLEMS else lines


def _time(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M UTC")
