"""A rush of log-ins takes the memory of a few hashes, and only requests with a password are told to come again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from socket import create_connection
from threading import Event, Lock
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import VerifyMismatchError
from fastapi.routing import APIRoute

from api.access.hashing_places import hashing_place
from api.configuration.settings import Settings
from api.credentials.passwords import Passwords
from api.routes import api_routes
from api.routing.typed_routes import TypedRoute
from tests.api.real_things import PASSWORD, PROFILE, RealThings, hashed_password
from tests.api.served_app import LEAST_KIB, ServedApp, served_app

AT_ONCE, WAITING, RUSH = 2, 5, 100
PLACES = AT_ONCE + WAITING
GIVE_UP_SECONDS = 60
WRONG = "esta no es la suya"


class CountingHasher(PasswordHasher):
    """Argon2 itself, which counts how often it is computed at a time, and begins when it may."""

    may_begin = Event()
    lock = Lock()
    running = most_running = 0

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
        """As Argon2's."""
        return str(self._counted(partial(super().hash, password, salt=salt)))

    def verify(self, hash: str | bytes, password: str | bytes) -> Any:
        """As Argon2's."""
        return self._counted(partial(super().verify, hash, password))

    def _counted(self, compute: Callable[[], Any]) -> Any:
        kind = type(self)
        with self.lock:
            kind.running += 1
            kind.most_running = max(kind.most_running, kind.running)
        try:
            assert self.may_begin.wait(GIVE_UP_SECONDS)
            return compute()
        finally:
            with self.lock:
                kind.running -= 1


@pytest.fixture
def hasher(monkeypatch: pytest.MonkeyPatch) -> type[CountingHasher]:
    """The hasher of the apps that are opened from now on; it begins at once until told otherwise."""
    hashed_password()  # by the usual one

    class FreshHasher(CountingHasher):
        may_begin = Event()
        lock = Lock()

    FreshHasher.may_begin.set()
    monkeypatch.setattr("api.credentials.passwords.PasswordHasher", FreshHasher)
    return FreshHasher


@pytest.fixture
def served(tiny_bundles: Path, database_url: str, tmp_path: Path, hasher: type[CountingHasher]) -> Iterator[ServedApp]:
    few = {"password_hashes_at_once": AT_ONCE, "password_hashes_waiting": WAITING}
    with served_app(tmp_path, tiny_bundles, database_url, **few) as served:
        yield served
        hasher.may_begin.set()


@pytest.fixture
def asking(served: ServedApp, hasher: type[CountingHasher]) -> Iterator[ThreadPoolExecutor]:
    """Threads of as many callers as may come; whoever still waits at the end is answered first."""
    assert served
    with ExitStack() as stack:
        threads = stack.enter_context(ThreadPoolExecutor(RUSH))
        stack.callback(hasher.may_begin.set)
        yield threads


def log_in(served: ServedApp, email: str, password: str = WRONG) -> requests.Response:
    body = {"email": email, "password": password}
    return requests.post(f"{served.url}/v1/auth/log-in", json=body, timeout=GIVE_UP_SECONDS)


def rush(served: ServedApp, asking: ThreadPoolExecutor) -> list[Future[requests.Response]]:
    """A hundred log-ins of different people from one address, when all but those that have a place were answered."""
    asked = [asking.submit(log_in, served, f"persona-{number}@correo.pe") for number in range(RUSH)]
    wait_until(lambda: sum(one.done() for one in asked) == RUSH - PLACES)
    return asked


def wait_until(holds: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + GIVE_UP_SECONDS
    while not holds():
        assert time.monotonic() < give_up_at
        time.sleep(0.01)


def metric(served: ServedApp, name: str) -> float:
    lines = requests.get(f"{served.url}/metrics", timeout=GIVE_UP_SECONDS).text.splitlines()
    (value,) = [line.rpartition(" ")[2] for line in lines if line.startswith(f"{name} ")]
    return float(value)


def test_a_rush_takes_the_memory_of_a_few_hashes_and_the_rest_is_told_to_come_again(
    served: ServedApp, asking: ThreadPoolExecutor, hasher: type[CountingHasher]
) -> None:
    hasher.may_begin.clear()
    asked = rush(served, asking)
    refused = [one.result() for one in asked if one.done()]
    assert {answer.status_code for answer in refused} == {503}
    for answer in refused:
        assert int(answer.headers["retry-after"]) >= 1
        problem = answer.json()
        assert problem["type"] == "/problems/overloaded"
        assert "vuelve a intentarlo" in problem["messages"]["es"]
        assert "try again" in problem["messages"]["en"]
    wait_until(lambda: hasher.running == AT_ONCE)
    hasher.may_begin.set()
    assert sorted(one.result().status_code for one in asked) == [401] * PLACES + [503] * (RUSH - PLACES)
    assert hasher.most_running == AT_ONCE


def test_others_are_answered_meanwhile(
    served: ServedApp, asking: ThreadPoolExecutor, hasher: type[CountingHasher]
) -> None:
    headers = RealThings(served).partner
    hasher.may_begin.clear()
    asked = rush(served, asking)
    served.ask("GET", "/healthz", {})
    served.ask("GET", "/readyz", {})
    served.ask("GET", "/v1/consent-texts", {})
    served.ask("PUT", "/v1/seekers/uno", headers, PROFILE)
    assert served.ask("POST", "/v1/recommendations", headers, {"seeker_id": "uno"})["recommendations"]
    assert sum(not one.done() for one in asked) == PLACES


def test_operators_see_what_waits_and_what_was_refused(
    served: ServedApp, asking: ThreadPoolExecutor, hasher: type[CountingHasher]
) -> None:
    hasher.may_begin.clear()
    asked = rush(served, asking)
    assert metric(served, "chamba_hashing_refused_total") == RUSH - PLACES
    wait_until(lambda: metric(served, "chamba_hashing_waiting") == WAITING)
    hasher.may_begin.set()
    assert [one.result() for one in asked]
    assert metric(served, "chamba_hashing_waiting") == 0
    assert metric(served, "chamba_hashing_wait_seconds_count") == PLACES


def test_who_was_refused_has_not_tried(
    served: ServedApp, asking: ThreadPoolExecutor, hasher: type[CountingHasher]
) -> None:
    """More often than an address may be tried: each was told to come again, and the last time it is let in."""
    real = RealThings(served)
    assert real.seeker
    hasher.may_begin.clear()
    asked = rush(served, asking)
    assert [log_in(served, real.email, PASSWORD).status_code for _ in range(20)] == [503] * 20
    hasher.may_begin.set()
    assert [one.result() for one in asked]
    assert log_in(served, real.email, PASSWORD).status_code == 200


def test_bodies_that_trickle_in_hold_no_place(served: ServedApp) -> None:
    address = urlsplit(served.url)
    headers = ("Host: chamba", "Content-Type: application/json", "Content-Length: 90", "Expect: 100-continue")
    head = "\r\n".join(("POST /v1/auth/log-in HTTP/1.1", *headers, "", "")).encode()
    with ExitStack() as stack:
        for _ in range(PLACES + 1):
            connection = stack.enter_context(create_connection((str(address.hostname), address.port or 0)))
            connection.sendall(head)
            assert connection.recv(4096).startswith(b"HTTP/1.1 100")  # it is waited for
        assert log_in(served, "nadie@correo.pe").status_code == 401


def test_a_place_comes_free_however_a_request_ends(served: ServedApp) -> None:
    """By an answer, a refusal, or input that cannot be used; there are fewer places than requests here."""
    for _ in range(PLACES + 1):
        assert requests.post(f"{served.url}/v1/auth/log-in", json={}, timeout=GIVE_UP_SECONDS).status_code == 422
        assert requests.post(f"{served.url}/v1/auth/log-in", data="{", timeout=GIVE_UP_SECONDS).status_code == 415
    assert log_in(served, "nadie@correo.pe").status_code == 401


def routes_with_a_password(document: dict[str, Any]) -> set[str]:
    """By what the app says of the bodies that it takes."""
    found = set()
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            content = operation.get("requestBody", {}).get("content", {})
            for schema in (one["schema"].get("$ref", "") for one in content.values()):
                model = document["components"]["schemas"].get(schema.rpartition("/")[2], {})
                if {"password", "new_password"} & set(model.get("properties", {})):
                    found.add(f"{method.upper()} {path}")
    return found


def dependencies_of(route: APIRoute) -> list[Any]:
    return [dependant.call for dependant in route.dependant.dependencies]


def test_every_route_that_takes_a_password_takes_a_place_once_its_body_is_there(served: ServedApp) -> None:
    routes = {f"{method} {route.path}": route for route in api_routes() for method in route.methods or ()}
    with_place = {name for name, route in routes.items() if hashing_place in dependencies_of(route)}
    assert len(with_place) == 9
    assert with_place == routes_with_a_password(served.app.openapi())
    # Which reads the body before it asks what its endpoint depends on.
    assert all(isinstance(routes[name], TypedRoute) for name in with_place)


def test_opening_an_app_hashes_nothing_and_nobodys_hash_costs_what_a_real_one_does(
    served: ServedApp, hasher: type[CountingHasher]
) -> None:
    assert served
    assert hasher.most_running == 0
    passwords = Passwords(LEAST_KIB)
    nobodys = passwords._nobodys
    assert extract_parameters(nobodys) == extract_parameters(passwords.hashed(PASSWORD))
    with pytest.raises(VerifyMismatchError):  # which is computed to the end, unlike a text that is no hash
        PasswordHasher().verify(nobodys, PASSWORD)
    assert not passwords.is_right(None, PASSWORD)


def test_the_size_of_the_pool_follows_the_cores_that_a_worker_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.configuration.settings.available_cores", lambda: 16)
    sizes = [Settings(workers=workers).password_hashes_at_once for workers in (1, 2, 4, 16)]
    assert sizes == [4, 2, 1, 1]
    assert Settings(workers=4, password_hashes_at_once=3).password_hashes_at_once == 3
