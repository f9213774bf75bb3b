"""Processes of the benchmark: started on chosen cores, waited for, asked how much processor time they used, stopped."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, Self

import orjson
import psutil

from benchmarks.http.connections import Address
from engine.errors import ChambaError

ROOT = Path(__file__).parents[2]
HOST = "127.0.0.1"
START_SECONDS, STOP_SECONDS = 60, 30
JSON = {"Content-Type": "application/json"}


def own_cores() -> list[int]:
    """The cores this process may run on; where the system does not say (macOS), all of them, unpinned."""
    if hasattr(os, "sched_getaffinity"):
        return sorted(os.sched_getaffinity(0))
    return list(range(os.cpu_count() or 1))


@contextmanager
def on_cores(cores: Collection[int]) -> Iterator[None]:
    """Run this thread, and what it starts meanwhile, on `cores`; does nothing where the system cannot."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


class Process:
    """A Python module run on `cores` until closed; its output goes to a file in `folder`, `name` tells it apart."""

    def __init__(self, name: str, arguments: Sequence[str], cores: Collection[int], folder: Path) -> None:
        self.name, self.log_path = name, folder / f"{name}.log"
        with self.log_path.open("w") as log, on_cores(cores):
            self._process = subprocess.Popen(
                [sys.executable, "-m", *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE if name == "engine" else log,
                stderr=log,
                env=os.environ | {"PYTHONPATH": str(ROOT), "CHAMBA_PROXY_ADDRESSES": "127.0.0.1"},
            )

    def cpu_seconds(self) -> float:
        """Processor time used so far, with that of the processes it started."""
        parent = psutil.Process(self._process.pid)
        times = [one.cpu_times() for one in (parent, *parent.children(recursive=True))]
        return float(sum(one.user + one.system for one in times))

    @property
    def process_id(self) -> int:
        """Of the process itself."""
        return self._process.pid

    def exchange(self, line: str) -> dict[str, Any]:
        """Write a line (none, when empty) and read the JSON that answers it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        if line:
            self._process.stdin.write(f"{line}\n".encode())
            self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise self.failure("ended early")
        document: dict[str, Any] = orjson.loads(answer)
        return document

    def failure(self, what: str) -> ChambaError:
        """The error that says what happened and the last line the process said."""
        lines = self.log_path.read_text("utf-8", errors="replace").strip().splitlines() or ["nothing was said"]
        return ChambaError(f"the {self.name} process {what}", got=lines[-1])

    @property
    def has_ended(self) -> bool:
        """Whether it runs no more."""
        return self._process.poll() is not None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()


class Server(Process):
    """A server at `address`, ready when made."""

    def __init__(
        self, name: str, arguments: Sequence[str], cores: Collection[int], folder: Path, ready: str = ""
    ) -> None:
        """`arguments` hold `{port}` where the port belongs; `ready` is the path that answers 200 once it can serve."""
        self.address: Address = (HOST, _free_port())
        super().__init__(name, [one.replace("{port}", str(self.address[1])) for one in arguments], cores, folder)
        try:
            self._wait(ready)
        except BaseException:
            self.__exit__(None, None, None)
            raise

    def post(self, path: str, body: bytes, key: str) -> tuple[int, bytes]:
        """Status and body of one answer to a partner's key."""
        return _ask(self.address, "POST", path, body, {"Authorization": f"Bearer {key}"})

    def _wait(self, ready: str) -> None:
        give_up_at = time.monotonic() + START_SECONDS
        while time.monotonic() < give_up_at:
            if self.has_ended:
                raise self.failure("did not start")
            try:
                if not ready:
                    socket.create_connection(self.address, timeout=1).close()
                    return
                if _ask(self.address, "GET", ready)[0] == http.client.OK:
                    return
            except OSError:
                pass
            time.sleep(0.05)
        raise self.failure(f"was not ready after {START_SECONDS} s")


def _ask(
    address: Address,
    method: str,
    path: str,
    body: bytes | None = None,
    headers: Mapping[str, str] = MappingProxyType({}),
) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(*address, timeout=120)
    try:
        connection.request(method, path, body, JSON | dict(headers))
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
