"""How the time of a parser grows with what it reads: twice the text may cost twice the time, never four times."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

FLOOR_SECONDS = 0.003  # what is faster tells nothing: clocks and caches are coarser
MOST_CHARACTERS = 1_000_000  # the largest body that the service reads
FIRST_CHARACTERS = 512
RATIO, TRIES = 3.0, 3

Parser = Callable[[str], object]


def require_linear(parser: Parser, fragment: str, before: str = "", after: str = "") -> None:
    """Raise AssertionError where `parser`, fed with ever more of `fragment`, takes time that grows by its square.

    The text doubles until reading it takes longer than the floor. Both times are the least of several, of this thread
    alone: what else the machine does makes neither a parser fail nor a slow one pass.
    """
    count = max(1, FIRST_CHARACTERS // len(fragment))
    small = _seconds(parser, before + fragment * count + after)
    while small < FLOOR_SECONDS:
        if count * len(fragment) > MOST_CHARACTERS:
            return
        count *= 2
        small = _seconds(parser, before + fragment * count + after)
    large = float("inf")
    for _ in range(TRIES):
        small = min(small, _seconds(parser, before + fragment * count + after))
        large = min(large, _seconds(parser, before + fragment * (2 * count) + after))
        if large < RATIO * small:
            return
    characters = count * len(fragment)
    raise AssertionError(
        f"{before!r} + {fragment!r} × {count} + {after!r}: {small * 1e3:.1f} ms for {characters} characters, "
        f"{large * 1e3:.1f} ms for twice as many; expected at most {RATIO:.0f} times as long"
    )


def _seconds(parser: Parser, text: str) -> float:
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        start = time.thread_time()
        parser(text)
        return time.thread_time() - start
    finally:
        if was_enabled:
            gc.enable()
