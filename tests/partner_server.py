"""A server in a process of its own, with a partner who may ask it."""

from __future__ import annotations

import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True, slots=True)
class PartnerServer:
    """Where it answers, the process that was started, and the partner's key."""

    address: str
    process_id: int
    key: str


@contextmanager
def partner_server(
    chamba: Sequence[str], bundles: Path, folder: Path, database_url: str, give_up_seconds: float, workers: int = 1
) -> Iterator[PartnerServer]:
    """A server over `bundles` by the command line `chamba`, with `folder` as its data folder, that is ready.

    Its log is `folder/log`, the partner's key stands in `folder/key`.
    """
    (folder / "bundles").symlink_to(bundles)
    place = ["--data-dir", str(folder), "--database-url", database_url]
    make_key = [*chamba, "partner", "create", "tests", "--key-file", str(folder / "key"), *place]
    subprocess.run(make_key, check=True, capture_output=True)
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [*chamba, "serve", "--workers", str(workers), "--port", str(port), *place]
    with (folder / "log").open("w") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            wait_until_ready(address, folder / "log", give_up_seconds)
            yield PartnerServer(address, process.pid, (folder / "key").read_text().strip())
        finally:
            process.terminate()
            process.wait(give_up_seconds)


def wait_until_ready(address: str, log: Path, give_up_seconds: float) -> None:
    """Wait for a server that is starting; the test fails with its log if it takes longer than that."""
    give_up_at = time.monotonic() + give_up_seconds
    while time.monotonic() < give_up_at:
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=give_up_seconds):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
    pytest.fail(log.read_text())
