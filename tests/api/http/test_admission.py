"""Under overload some are answered and the rest are told to come again; none waits without end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi.testclient import TestClient

from api.http.admission import Admission

OpenApp = Callable[..., TestClient]
PROFILE = {"text": "Digitadora de datos", "skills": ["Excel"]}


@pytest.mark.parametrize("body", [{"seeker_id": "p"}, {"profile": PROFILE}])
def test_those_past_the_limit_are_told_to_come_again(
    open_app: OpenApp, tiny_bundles: Path, body: dict[str, Any]
) -> None:
    client = open_app(tiny_bundles, most_waiting=4)
    client.put("/v1/seekers/p", json=PROFILE)

    async def ask_together(times: int) -> list[httpx2.Response]:
        transport = httpx2.ASGITransport(app=client.app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://chamba", headers=client.headers) as asking:
            return await asyncio.gather(*(asking.post("/v1/recommendations", json=body) for _ in range(times)))

    answers = asyncio.run(ask_together(12))
    refused = [answer for answer in answers if answer.status_code == 503]
    assert len(refused) == 8
    assert all(answer.json()["type"] == "/problems/overloaded" for answer in refused)
    assert all(int(answer.headers["retry-after"]) >= 1 for answer in refused)
    assert sum(answer.status_code == 200 for answer in answers) == 4
    assert [answer.status_code for answer in asyncio.run(ask_together(3))] == [200] * 3


def test_who_comes_while_many_are_answered_is_looked_at_between_two_answers() -> None:
    admission, order = Admission(8, 1), []

    async def answer() -> None:
        async with admission.place("partner:a"), admission.turn("partner:a"):
            order.append("answered")

    async def arrive() -> None:
        await asyncio.sleep(0)  # when the eight have entered
        await asyncio.sleep(0)
        order.append("seen")

    async def all_together() -> None:
        await asyncio.gather(*(answer() for _ in range(8)), arrive())

    asyncio.run(all_together())
    assert order.count("answered") == 8
    assert order.index("seen") < 4


def test_batches_past_the_limit_are_told_to_come_again(
    open_app: OpenApp, tiny_bundles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.http.admission.MOST_BATCHES", 2)
    client = open_app(tiny_bundles)
    people = [f"p{number}" for number in range(80)]
    for name in people:
        client.put(f"/v1/seekers/{name}", json=PROFILE)

    async def ask_together(times: int) -> list[httpx2.Response]:
        transport = httpx2.ASGITransport(app=client.app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://chamba", headers=client.headers) as asking:
            body = {"seeker_ids": people, "limit": 1}
            return await asyncio.gather(*(asking.post("/v1/recommendations:batch", json=body) for _ in range(times)))

    answers = asyncio.run(ask_together(5))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 503, 503, 503]
    for answer in answers:
        if answer.status_code == 200:
            assert len(answer.text.splitlines()) == 80
        else:
            assert answer.json()["type"] == "/problems/overloaded"
            assert int(answer.headers["retry-after"]) >= 1
    assert [answer.status_code for answer in asyncio.run(ask_together(2))] == [200, 200]
