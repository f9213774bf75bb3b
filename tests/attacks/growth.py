"""How the time of a parser grows with what it reads: twice the text may cost twice the time, never four times."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

from api.http.problems import ProblemError
from engine.errors import InvalidInputError

FLOOR_SECONDS = 0.002  # what is faster tells nothing: clocks and caches are coarser
MOST_CHARACTERS = 200_000  # five times the longest text that the service takes
FIRST_CHARACTERS = 512
RATIO, TRIES, DOUBLINGS = 3.0, 3, 3
REFUSALS = (InvalidInputError, ProblemError, ValueError, RecursionError)  # to refuse a text is to read it

Parser = Callable[[str], object]
Clock = Callable[[], float]


def require_linear(
    parser: Parser, fragment: str, before: str = "", after: str = "", clock: Clock = time.thread_time
) -> None:
    """Raise AssertionError where `parser`, fed with ever more of `fragment`, takes time that grows by its square.

    The text doubles until reading it takes longer than the floor, or it is longer than any that comes. Times, in
    seconds of `clock`, are this thread's alone, the least of several, and only a text whose time grows too much at
    three doublings in a row fails: a square does at each, while a cache that overflows, or another's work, makes one
    of them slow.
    """
    count = max(1, FIRST_CHARACTERS // len(fragment))

    def measured(times: int) -> float:
        return _seconds(parser, before + fragment * times + after, clock)

    while (small := measured(count)) < FLOOR_SECONDS:
        if count * len(fragment) > MOST_CHARACTERS:
            return
        count *= 2
    for _ in range(DOUBLINGS):
        large = float("inf")
        for _ in range(TRIES):
            small, large = min(small, measured(count)), min(large, measured(2 * count))
            if large < RATIO * small:
                return
        count, small, before_last = 2 * count, large, small
    raise AssertionError(
        f"{before!r} + {fragment!r} × {count} + {after!r}: {before_last * 1e3:.1f} ms for half of it, "
        f"{large * 1e3:.1f} ms for {count * len(fragment)} characters; expected at most {RATIO:.0f} times as long"
    )


def _seconds(parser: Parser, text: str, clock: Clock) -> float:
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        start = clock()
        with suppress(*REFUSALS):
            parser(text)
        return clock() - start
    finally:
        if was_enabled:
            gc.enable()


def calls(parser: Parser, text: str) -> int:
    """How many calls, of Python's own functions too, a text takes: the same on any machine, and under any load."""
    counted = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        with suppress(*REFUSALS):
            parser(text)
    finally:
        sys.setprofile(before)
    return counted
