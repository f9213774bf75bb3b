"""Asks /healthz every 100 ms, on a new connection each time: `python -m tests.attacks.soak.probing PORT FILE`.

A process of its own, so that it waits for nobody but the server and the machine. A line each in FILE: when it began by
the clock on the wall, how long the answer took and how late this process itself was, in ms, and whether it came.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, time
from typing import TextIO

from tests.attacks.real_server import GET

EVERY_SECONDS, GIVE_UP_SECONDS = 0.1, 30
ASKED = GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")


@dataclass(frozen=True, slots=True)
class Probe:
    """One question."""

    at: float
    milliseconds: float
    late_milliseconds: float
    is_answered: bool


def read_probes(file: Path) -> list[Probe]:
    """What was written so far, in whole lines."""
    lines = [line.split() for line in file.read_text().splitlines(keepends=True) if line.endswith("\n")]
    return [Probe(float(at), float(took), float(late), answered == "1") for at, took, late, answered in lines]


def percentile(sorted_values: list[float], share: float) -> float:
    """That which so large a share is not above."""
    return sorted_values[min(len(sorted_values) - 1, int(share * len(sorted_values)))]


async def _ask(port: int, late: float, out: TextIO) -> None:
    began_at, began, answer = time(), perf_counter(), b""
    with suppress(OSError, TimeoutError):
        async with asyncio.timeout(GIVE_UP_SECONDS):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(ASKED)
            answer = await reader.read(65_536)
            writer.close()
    took = perf_counter() - began
    out.write(f"{began_at:.3f} {took * 1e3:.2f} {late * 1e3:.2f} {int(answer.startswith(b'HTTP/1.1 200 '))}\n")


async def _probe(port: int, file: Path) -> None:
    with file.open("w", buffering=1) as out:
        due, asked = perf_counter(), set()
        while True:
            one = asyncio.create_task(_ask(port, max(0.0, perf_counter() - due), out))
            asked.add(one)
            one.add_done_callback(asked.discard)
            due += EVERY_SECONDS
            await asyncio.sleep(max(0.0, due - perf_counter()))


if __name__ == "__main__":
    asyncio.run(_probe(int(sys.argv[1]), Path(sys.argv[2])))
