"""How much longer a page takes than the API's own answer to the same question: both in one load, in turns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from benchmarks.http.load import closed_loop, even_moments, open_loop
from benchmarks.http.servers import Server, on_cores, own_cores
from benchmarks.pages.request_bytes import alternately
from benchmarks.pages.town import Somebody
from engine.errors import ChambaError

SHARE_OF_CAPACITY, CONNECTIONS, WARM_UP_SECONDS = 0.3, 4, 3.0
KINDS = ("api", "page")


def measure_latency(server: Server, seekers: Sequence[Somebody], seconds: float) -> dict[str, Any]:
    """Capacity in turns, and p50 and p99 of each kind at its share; raises ChambaError where something was refused."""
    requests = alternately(server.address, list(seekers))
    with on_cores({own_cores()[-1]}):
        closed_loop(server.address, requests, CONNECTIONS, min(WARM_UP_SECONDS, seconds))
        busy = closed_loop(server.address, requests, CONNECTIONS, seconds).figures()
        rate = SHARE_OF_CAPACITY * busy["answered_per_second"]
        answers = open_loop(server.address, alternately(server.address, list(seekers)), even_moments(rate, seconds))
    wrong = {status: count for status, count in answers.statuses_counted().items() if status != 200}
    if wrong:
        raise ChambaError("not everything was answered", expected="status 200", got=str(wrong))
    told = {kind: _figures(answers.latency_seconds[at :: len(KINDS)]) for at, kind in enumerate(KINDS)}
    return {"capacity_per_second": busy["answered_per_second"], "rate_per_second": rate, **told}


def _figures(seconds: Any) -> dict[str, float]:
    return {f"p{share}_ms": 1e3 * float(np.percentile(seconds, share)) for share in (50, 99)} | {"count": len(seconds)}
