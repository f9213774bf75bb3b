"""Who asks for much waits for themselves: others are answered meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

import httpx2
import orjson
import pytest
from fastapi.testclient import TestClient

from store.people.accounts import Role

Bearer = dict[str, str]
Message = MutableMapping[str, Any]
PROFILE = {"text": "Digitadora de datos", "skills": ["Excel"]}
BATCH = "/v1/recommendations:batch"


@pytest.fixture
def app(open_app: Callable[..., TestClient], tiny_bundles: Path) -> TestClient:
    client = open_app(tiny_bundles, most_waiting=4)
    for seeker_id in ("p", "q"):
        client.put(f"/v1/seekers/{seeker_id}", json=PROFILE)
    return client


def together(app: TestClient, *asked: tuple[str, str, Any, Bearer]) -> list[httpx2.Response]:
    """The answers to requests that come at once."""

    async def ask() -> list[httpx2.Response]:
        transport = httpx2.ASGITransport(app=app.app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://chamba") as asking:
            requests = (
                asking.request(method, path, json=body, headers=headers) for method, path, body, headers in asked
            )
            return await asyncio.gather(*requests)

    return asyncio.run(ask())


def test_one_seeker_s_many_searches_take_no_place_of_a_partner_s(
    app: TestClient, sign_in: Callable[..., Bearer]
) -> None:
    rosa, partner = sign_in(app, Role.SEEKER, email="rosa@correo.pe"), {"Authorization": app.headers["Authorization"]}
    app.put("/v1/me/profile", json=PROFILE, headers=rosa)
    searches = [("POST", "/v1/me/search", {"query": "datos"}, rosa)] * 48
    asked = [("POST", "/v1/recommendations", {"seeker_id": "p"}, partner), ("GET", "/v1/partner", None, partner)] * 2
    answers = together(app, *searches[:40], *asked, *searches[40:])
    assert [one.status_code for one in answers[40:44]] == [200] * 4
    assert {one.status_code for one in answers} <= {200, 503}
    assert sum(one.status_code == 200 for one in answers) >= 8


def test_a_partner_alone_has_every_place_and_gives_them_to_another(
    app: TestClient, other_partner: Callable[[TestClient], Bearer]
) -> None:
    other, partner = other_partner(app), {"Authorization": app.headers["Authorization"]}
    app.put("/v1/seekers/r", json=PROFILE, headers=other)
    greedy = ("POST", "/v1/recommendations", {"seeker_id": "p"}, partner)
    alone = together(app, *[greedy] * 12)
    assert sum(one.status_code == 200 for one in alone) == 4
    *_, theirs = together(app, *[greedy] * 12, ("POST", "/v1/recommendations", {"seeker_id": "r"}, other))
    assert theirs.status_code == 200


class Raw:
    """Requests whose bodies do not come, or whose answers are not read."""

    def __init__(self, app: TestClient, headers: Bearer) -> None:
        self.app: Any = app.app
        self.headers = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        self.goes_on = asyncio.Event()
        self.statuses: list[int] = []
        self._answered = asyncio.Semaphore(0)

    async def has_answered(self, times: int) -> None:
        """Wait until so many answers have begun."""
        for _ in range(times):
            await self._answered.acquire()

    async def ask(self, path: str, body: Any, *, is_sent: bool = True, is_read: bool = True) -> None:
        content = orjson.dumps(body)
        waiting = [{"type": "http.request", "body": content, "more_body": False}]

        async def receive() -> Message:
            if not is_sent or not waiting:
                await self.goes_on.wait()
            return waiting.pop() if waiting else {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.statuses.append(message["status"])
                self._answered.release()
            elif not is_read:
                await self.goes_on.wait()

        await self.app(self._scope(path, len(content)), receive, send)

    def _scope(self, path: str, length: int) -> dict[str, Any]:
        headers = [*self.headers, (b"content-type", b"application/json"), (b"content-length", b"%d" % length)]
        scope = {"type": "http", "http_version": "1.1", "method": "POST", "scheme": "http", "query_string": b""}
        return scope | {"path": path, "raw_path": path.encode(), "headers": headers, "client": ("10.0.0.1", 1)}


def run(test: Callable[[], Awaitable[None]]) -> None:
    async def limited() -> None:
        await asyncio.wait_for(test(), 60)

    asyncio.run(limited())


def test_batches_whose_answers_nobody_reads_keep_no_other_out(
    app: TestClient, other_partner: Callable[[TestClient], Bearer]
) -> None:
    other, partner = other_partner(app), {"Authorization": app.headers["Authorization"]}

    async def test() -> None:
        stalled, reading = Raw(app, partner), Raw(app, other)
        tasks = [asyncio.create_task(stalled.ask(BATCH, {"seeker_ids": ["p"]}, is_read=False)) for _ in range(24)]
        await stalled.has_answered(24)
        assert stalled.statuses.count(200) <= 16
        for _ in range(3):
            await reading.ask(BATCH, {"seeker_ids": ["x"]})
        assert reading.statuses == [200] * 3
        stalled.goes_on.set()
        await asyncio.gather(*tasks)

    run(test)


def test_bodies_that_do_not_come_hold_nothing_that_others_or_they_themselves_need(
    app: TestClient, sign_in: Callable[..., Bearer]
) -> None:
    rosa = sign_in(app, Role.SEEKER, email="rosa@correo.pe")

    async def test() -> None:
        slow, prompt = Raw(app, rosa), Raw(app, rosa)
        tasks = [asyncio.create_task(slow.ask("/v1/me/search", {"query": "datos"}, is_sent=False)) for _ in range(40)]
        await asyncio.sleep(0.1)
        await prompt.ask("/v1/me/correction-requests", {"text": "Mi nombre es Rosa"})
        assert prompt.statuses == [201]
        assert slow.statuses == []
        slow.goes_on.set()
        await asyncio.gather(*tasks)

    run(test)
