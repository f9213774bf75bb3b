"""Starts the servers, loads them and collects the raw figures of each part; `tables` says what they mean.

Server and engine share one core, the generator has another: the same work is timed in each, in turns.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import orjson

from benchmarks.http.answers import Answers
from benchmarks.http.load import closed_loop, even_moments, open_loop, poisson_moments
from benchmarks.http.measurements import HttpBench
from benchmarks.http.people import ROUTE, People, Requests, request_body
from benchmarks.http.servers import Process, Server, on_cores, own_cores
from engine.errors import ChambaError

READY = "/readyz"
LOADS = (0.3, 0.6, 0.9)
OVERLOAD = 2.0
WARM_UP_SECONDS = 3.0
ANSWERS_SEEN = 31
# Enough to be shared out among workers.
WORKERS_CONNECTIONS = 16

Figures = dict[str, float]


class HttpMeasurement:
    """One bench on one data directory; `folder` holds logs and files handed to other processes while it runs."""

    def __init__(self, bench: HttpBench, people: People, folder: Path) -> None:
        self.bench, self.people, self.folder = bench, people, folder
        cores = own_cores()
        self.server_core, self.generator_core = {cores[0]}, {cores[-1]}
        self.all_cores = set(cores)

    def serve(self, workers: int = 1) -> Server:
        """`chamba serve`, ready: one worker on the server's core, more on all cores."""
        arguments = ["chamba", "serve", "--port", "{port}", "--data-dir", str(self.bench.data_dir)]
        if workers > 1:
            arguments += ["--workers", str(workers)]
        cores = self.server_core if workers == 1 else self.all_cores
        return Server(f"chamba-{workers}", arguments, cores, self.folder, READY)

    def warm_up(self, server: Server) -> None:
        """Ask for people who are not measured."""
        seconds = min(WARM_UP_SECONDS, self.bench.seconds)
        requests = Requests(server.address, self.people.warming_up, self.bench.limit, self.people.key)
        closed_loop(server.address, requests, self.bench.connections, seconds)

    def requests(self, server: Server) -> Requests:
        """The measured people, in turn."""
        return Requests(server.address, self.people.measured, self.bench.limit, self.people.key)

    def cost(self, ours: Server) -> dict[str, Any]:
        """Rounds over the engine, Starlette with one of our answers, and ours, so that each meets the same machine."""
        answer = self._typical_answer(ours)
        baseline = self.folder / "answer.json"
        baseline.write_bytes(answer)
        with ExitStack() as stack:
            starlette = stack.enter_context(
                Server(
                    "starlette",
                    ["benchmarks.http.baseline", str(baseline), "{port}"],
                    self.server_core,
                    self.folder,
                )
            )
            engine = stack.enter_context(self._engine())
            self.warm_up(starlette)
            engine.exchange(str(min(WARM_UP_SECONDS, self.bench.seconds)))
            loads = {"starlette": (starlette, self.requests(starlette)), "chamba": (ours, self.requests(ours))}
            rounds: list[dict[str, Figures]] = []
            for _ in range(self.bench.rounds):
                one = {"engine": _engine_figures(engine.exchange(str(self.bench.seconds)))}
                one |= {name: self.capacity(server, requests) for name, (server, requests) in loads.items()}
                rounds.append(one)
        return {"answer_bytes": len(answer), "rounds": rounds, "median": _medians(rounds)}

    def capacity(
        self,
        server: Server,
        requests: Requests,
        generator_cores: set[int] | None = None,
        connections: int | None = None,
    ) -> Figures:
        """A closed loop's figures, with seconds a request by the clock and of the processor."""
        busy = server.cpu_seconds()
        with on_cores(generator_cores or self.generator_core):
            answers = closed_loop(server.address, requests, connections or self.bench.connections, self.bench.seconds)
        return _with_cost(server, answers, server.cpu_seconds() - busy)

    def capacity_per_second(self, server: Server) -> float:
        """Answers a second in closed loops, the median of the rounds."""
        requests = self.requests(server)
        return median(self.capacity(server, requests)["answered_per_second"] for _ in range(self.bench.rounds))

    def under_load(self, server: Server, per_second: float) -> Figures:
        """An open loop's figures at a rate."""
        busy = server.cpu_seconds()
        if self.bench.poisson:
            moments = poisson_moments(per_second, self.bench.seconds, self.bench.seed)
        else:
            moments = even_moments(per_second, self.bench.seconds)
        with on_cores(self.generator_core):
            answers = open_loop(server.address, self.requests(server), moments)
        return {"offered_per_second": per_second} | _with_cost(server, answers, server.cpu_seconds() - busy)

    def workers(self) -> dict[str, Any]:
        """One worker on its core and two on all cores, in turns; with two, the generator shares their cores."""
        with ExitStack() as stack:
            servers = {}
            for count in (1, 2):
                servers[str(count)] = stack.enter_context(self.serve(count))
            for server in servers.values():
                self.warm_up(server)
            bodies = {name: self.requests(server) for name, server in servers.items()}
            generator = {"1": self.generator_core, "2": self.all_cores}
            rounds = [
                {
                    name: self.capacity(server, bodies[name], generator[name], WORKERS_CONNECTIONS)
                    for name, server in servers.items()
                }
                for _ in range(self.bench.rounds)
            ]
        return {"rounds": rounds, "median": _medians(rounds)}

    def _engine(self) -> Process:
        people = self.folder / "people.json"
        people.write_bytes(orjson.dumps(self.people.measured))
        arguments = ["benchmarks.http.engine_worker", str(self.bench.data_dir), str(people), str(self.bench.limit)]
        engine = Process("engine", arguments, self.server_core, self.folder)
        engine.exchange("")  # it has opened the bundle
        return engine

    def _typical_answer(self, server: Server) -> bytes:
        """Of some people's answers the one of median length."""
        answers = []
        for seeker_id in self.people.warming_up[:ANSWERS_SEEN]:
            status, answer = server.post(ROUTE, request_body(seeker_id, self.bench.limit), self.people.key)
            if status != 200:
                raise ChambaError("a stored person got no answer", expected="status 200", got=str(status))
            answers.append(answer)
        return sorted(answers, key=len)[len(answers) // 2]


def _with_cost(server: Server, answers: Answers, busy_seconds: float) -> Figures:
    if server.has_ended:
        raise server.failure("ended under load")
    figures = answers.figures()
    served = max(len(answers.statuses), 1)
    return figures | {
        "seconds_per_request": answers.elapsed_seconds / served,
        "cpu_seconds_per_request": busy_seconds / served,
        "server_cores_used": busy_seconds / answers.elapsed_seconds,
        **{f"status_{status}_count": count for status, count in answers.statuses_counted().items()},
    }


def _engine_figures(found: dict[str, list[float]]) -> Figures:
    """Mean and median seconds of one person, reading them and the engine's work; the share of short answers."""
    count = len(found["engine_seconds"])
    figures: Figures = {"count": count, "short_share": len(found["short_seconds"]) / count}
    for name, seconds in found.items():
        if seconds:
            figures |= {f"{name}_mean": float(np.mean(seconds)), f"{name}_median": float(np.median(seconds))}
    return figures


def _medians(rounds: Sequence[dict[str, Figures]]) -> dict[str, Figures]:
    """Medians over the rounds, of the figures that every round has."""
    return {
        name: {
            key: median(one[name][key] for one in rounds) for key in first if all(key in one[name] for one in rounds)
        }
        for name, first in rounds[0].items()
    }
