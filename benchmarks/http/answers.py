"""What came of a load: a latency, a status and the generator's own lateness for each request; figures over them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NO_ANSWER, OK, UNAVAILABLE = 0, 200, 503
SHARES = (50, 95, 99)


@dataclass(frozen=True, slots=True)
class Answers:
    """One entry a request, in the order they were due; `[N]`.

    Latency is counted from when a request was due (NaN: not ended), lateness is how long after that the generator
    took it up: where lateness is not small beside latency, the generator was too slow, and the figures say nothing.
    """

    latency_seconds: NDArray[np.float64]
    lateness_seconds: NDArray[np.float64]
    statuses: NDArray[np.int16]
    retry_after_count: int
    resent_count: int
    elapsed_seconds: float
    generator_cpu_seconds: float

    def count(self, status: int) -> int:
        """How many were answered with `status` (0: not at all)."""
        return int(np.count_nonzero(self.statuses == status))

    def seconds_of(self, status: int) -> NDArray[np.float64]:
        """Latencies of the requests answered with `status`, `[M]`."""
        found: NDArray[np.float64] = self.latency_seconds[self.statuses == status]
        return found

    def figures(self) -> dict[str, float]:
        """Rates a second, latency of what was answered with 200, shares of the rest, the generator's lateness."""
        sent, answered, shed = len(self.statuses), self.count(OK), self.count(UNAVAILABLE)
        return {
            "sent_count": sent,
            "answered_per_second": answered / max(self.elapsed_seconds, 1e-9),
            **_percentiles("latency", self.seconds_of(OK)),
            **_percentiles("shed_latency", self.seconds_of(UNAVAILABLE)),
            "shed_share": shed / max(sent, 1),
            "failed_share": (sent - answered - shed) / max(sent, 1),
            "retry_after_share_of_shed": self.retry_after_count / shed if shed else float("nan"),
            "resent_count": self.resent_count,
            **_percentiles("lateness", self.lateness_seconds),
            "generator_cores_used": self.generator_cpu_seconds / max(self.elapsed_seconds, 1e-9),
        }

    def statuses_counted(self) -> dict[int, int]:
        """How many requests ended with each status; 0 stands for no answer."""
        found, counts = np.unique(self.statuses, return_counts=True)
        return dict(zip(found.tolist(), counts.tolist(), strict=True))


def _percentiles(name: str, seconds: NDArray[np.float64]) -> dict[str, float]:
    """p50, p95, p99 and the largest, in seconds; none of nothing."""
    if not len(seconds):
        return {}
    named = {f"{name}_p{share}_seconds": float(np.percentile(seconds, share)) for share in SHARES}
    return named | {f"{name}_mean_seconds": float(seconds.mean()), f"{name}_max_seconds": float(seconds.max())}
