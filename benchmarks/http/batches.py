"""Many people in one request beside each in one of its own: people a second, on one core."""

from __future__ import annotations

import time
from statistics import median
from typing import Any

import orjson

from benchmarks.http.measure import HttpMeasurement
from benchmarks.http.servers import Server
from benchmarks.report import Row, Section
from engine.errors import ChambaError

PATH, PEOPLE = "/v1/recommendations:batch", 1000


def measure_batches(measurement: HttpMeasurement, server: Server) -> dict[str, Any]:
    """Rounds of single calls, over connections kept busy, and of one batch."""
    people = (measurement.people.measured * PEOPLE)[:PEOPLE]
    body = orjson.dumps({"seeker_ids": people, "limit": measurement.bench.limit})
    rounds = []
    for _ in range(measurement.bench.rounds):
        single = measurement.capacity(server, measurement.requests(server))["answered_per_second"]
        began = time.perf_counter()
        status, lines = server.post(PATH, body, measurement.people.key)
        elapsed = time.perf_counter() - began
        if status != 200 or lines.count(b"\n") != PEOPLE:
            raise ChambaError("a batch was not answered whole", got=f"status {status}")
        rounds.append({"single": single, "batch": PEOPLE / elapsed})
    return {"rounds": rounds, "median": {name: median(one[name] for one in rounds) for name in rounds[0]}}


def batch_section(raw: dict[str, Any]) -> Section:
    """People a second both ways."""
    found = raw["median"]
    rows = [
        Row(name, {"per_second": found[key], "times": found[key] / found["single"]})
        for name, key in (("single calls", "single"), (f"a batch of {PEOPLE}", "batch"))
    ]
    return Section("Batches", {"per_second": "people/s", "times": "times single calls"}, rows)
