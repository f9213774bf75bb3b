"""Who holds a server up: half requests, readers who stall, one seeker's many searches, hostile bodies, kill -9."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import cycle
from time import time
from typing import Any

import orjson
import psutil

from store.ids import new_id
from tests.api.test_hostile_values import OTHERS
from tests.attacks.parsers import CASES, HARD
from tests.attacks.real_server import HALF_BODY, HALF_HEADERS
from tests.attacks.soak.ground import WORKERS, Caller, Ground
from tests.attacks.soak.honest import seeker_profile, signed_up

SEARCHES = 48
HALVES, STALLED, PEOPLE = 60, 8, 200
HOSTILE_CHARACTERS = 20_000
SMALL_BUFFER = 4_096
TOKEN_SECONDS, STALL_SECONDS = 300, 15


def strangers(ground: Ground) -> None:
    """Half headers and bodies that drip in, a byte a second."""
    held: list[socket.socket] = []
    for number, sent in enumerate(cycle((HALF_HEADERS, HALF_BODY))):
        if ground.over.wait(1 / HALVES):
            break
        if len(held) >= HALVES:
            held.pop(0).close()
        with suppress(OSError):
            held.append(ground.server.connect(sent, f"127.0.0.{2 + number % 9}"))
        if number % HALVES == 0:
            for one in held:
                with suppress(OSError):
                    one.send(b"a")
    for one in held:
        one.close()


def stalled_readers(ground: Ground) -> None:
    """Ask for batches of many people, and read nothing of the answers."""
    caller = Caller(ground, "10.6.0.1", ground.other_partner)
    people = [{"seeker_id": f"stall-{new_id()}", "profile": seeker_profile("Tejo a mano")} for _ in range(PEOPLE)]
    caller.ask("POST", "/v1/seekers:batch", {"seekers": people})
    body = orjson.dumps({"seeker_ids": [one["seeker_id"] for one in people], "limit": 50})
    key = ground.other_partner["Authorization"]
    head = f"POST /v1/recommendations:batch HTTP/1.1\r\nHost: chamba\r\nAuthorization: {key}\r\n"
    head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    while not ground.over.is_set():
        stalled: list[socket.socket] = []
        for _ in range(STALLED):
            with suppress(OSError):
                one = socket.socket()
                one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER)
                one.connect(("127.0.0.1", ground.server.port))
                one.sendall(head.encode() + body)
                stalled.append(one)
        ground.over.wait(STALL_SECONDS)
        for one in stalled:
            one.close()


def searches(ground: Ground) -> None:
    """One seeker asks on many connections at once, in a process that does nothing else."""
    caller = Caller(ground, "10.7.0.1")
    while not signed_up(caller):
        if ground.over.wait(1):
            return
    caller.ask("PUT", "/v1/me/profile", seeker_profile("Busco mucho"))
    file, port = ground.folder / "searches.json", str(ground.server.port)
    while not ground.over.is_set():
        caller.log_in(caller.email)
        file.write_bytes(orjson.dumps({"search": (SEARCHES, _search(str(caller.session.headers["Authorization"])))}))
        command = [sys.executable, "-m", "benchmarks.http.misbehaving", str(file), "127.0.0.1", port]
        with subprocess.Popen(command) as process:
            ground.over.wait(TOKEN_SECONDS)
            process.kill()


def hostile_bodies(ground: Ground) -> None:
    """Texts that are hard for some parser, and values that nobody likes, in whatever takes a body."""
    partner, employer = Caller(ground, "10.8.0.1", ground.other_partner), Caller(ground, "10.8.0.2")
    employer.log_in(ground.employer_email)
    for value in _hostile():
        if ground.over.wait(0.1):
            return
        job: dict[str, Any] = {"title": "a", "description": value}
        partner.ask("PUT", "/v1/jobs/hostile", job)
        partner.ask("PUT", "/v1/seekers/hostile", {"text": value})
        partner.ask("POST", "/v1/recommendations", {"profile": {"text": value}})
        ad = job | {"@type": "JobPosting", "identifier": "hostile", "workHours": value, "baseSalary": value}
        employer.ask("POST", f"/v1/employers/{ground.employer_id}/jobs:import", ad)


def killer(ground: Ground, killed: list[float], every_seconds: float, last_at: float) -> None:
    """kill -9 of the younger worker now and then: the elder goes on, so that its memory can be followed."""
    while not ground.over.wait(every_seconds) and time() < last_at:
        serving = workers(ground)
        if len(serving) == WORKERS:  # else the one of before is still being replaced
            killed.append(time())
            max(serving, key=lambda one: one.create_time()).kill()


def workers(ground: Ground) -> list[psutil.Process]:
    """The processes that serve now."""
    found = []
    for one in psutil.Process(ground.server.process.pid).children():
        with suppress(psutil.Error):
            if any(held.status == psutil.CONN_LISTEN for held in one.net_connections("tcp")):
                found.append(one)
    return found


def _search(authorization: str) -> str:
    body = orjson.dumps({"query": "ventas por las noches"}).decode()
    head = f"POST /v1/me/search HTTP/1.1\r\nHost: chamba\r\nConnection: close\r\nAuthorization: {authorization}\r\n"
    return f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}"


def _hostile() -> Iterator[Any]:
    texts = dict.fromkeys([*HARD, *(hard for case in CASES.values() for hard in case.hard)])
    values = [value for value, _ in OTHERS if not isinstance(value, int) or abs(value) < 10**300]
    return cycle([*(text * (HOSTILE_CHARACTERS // len(text)) for text in texts), *values])
