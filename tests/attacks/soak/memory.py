"""What every worker holds in memory, every five seconds, and how that would go on."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from statistics import linear_regression
from time import monotonic

import psutil

from tests.attacks.soak.ground import Ground
from tests.attacks.soak.hostile import workers

EVERY_SECONDS = 5
MIB = 2**20
# A worker that was there for so much of the second half is judged by its slope.
LEAST_OF_HALF = 0.8


@dataclass
class Memory:
    """By the process: moments and bytes."""

    samples: dict[int, list[tuple[float, int]]] = field(default_factory=dict)

    def watch(self, ground: Ground) -> None:
        """Until it is over."""
        while not ground.over.wait(EVERY_SECONDS):
            for one in workers(ground):
                with suppress(psutil.Error):
                    self.samples.setdefault(one.pid, []).append((monotonic(), one.memory_info().rss))

    def slopes(self, began: float, ended: float) -> dict[int, tuple[float, float]]:
        """Of each worker that was there long enough: MiB at the end, and what its slope adds in an hour, as a share."""
        middle, found = (began + ended) / 2, {}
        for pid, samples in self.samples.items():
            second = [one for one in samples if one[0] >= middle]
            if len(second) < 3 or second[-1][0] - second[0][0] < LEAST_OF_HALF * (ended - middle):
                continue
            moments, held = zip(*second, strict=True)
            slope, _ = linear_regression(moments, held)
            found[pid] = held[-1] / MIB, 3_600 * slope / held[0]
        return found
