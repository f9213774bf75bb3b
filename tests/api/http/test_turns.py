"""Turns go round by caller, and none is lost, whoever gives up."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from api.http.admission import Admission
from api.http.problems import ProblemError
from api.http.turns import Turns


def run(test: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(test, 30))


async def settle() -> None:
    """Let everybody come as far as they can."""
    for _ in range(20):
        await asyncio.sleep(0)


class Scene:
    """Callers of one `Turns`, who stay until they are told to go."""

    def __init__(self, turns: Turns, **limits: float) -> None:
        self.turns, self.limits = turns, limits
        self.entered: list[str] = []
        self.tasks: list[asyncio.Task[None]] = []
        self.may_go = asyncio.Semaphore(0)

    def ask(self, *callers: str) -> None:
        self.tasks += [asyncio.create_task(self._stay(caller)) for caller in callers]

    async def go(self, times: int) -> None:
        for _ in range(times):
            self.may_go.release()
            await settle()

    async def _stay(self, caller: str) -> None:
        async with self.turns.turn(caller, **self.limits):
            self.entered.append(caller)
            await self.may_go.acquire()


def test_who_asks_once_comes_before_the_rest_of_who_asked_often() -> None:
    async def test() -> None:
        scene = Scene(Turns(1))
        scene.ask(*["greedy"] * 20, "rosa", "ana")
        await settle()
        await scene.go(3)
        assert scene.entered[:4] == ["greedy", "greedy", "rosa", "ana"]
        await scene.go(20)
        assert len(scene.entered) == 22

    run(test())


def test_one_caller_has_so_many_turns_and_others_have_theirs() -> None:
    async def test() -> None:
        scene = Scene(Turns(10), most_at_once=2)
        scene.ask(*["greedy"] * 8, "rosa")
        await settle()
        assert sorted(scene.entered) == ["greedy", "greedy", "rosa"]
        await scene.go(9)
        assert len(scene.entered) == 9

    run(test())


def test_who_has_as_many_waiting_as_may_is_told_to_come_again() -> None:
    async def test() -> None:
        scene = Scene(Turns(10), most_at_once=1, most_waiting=2)
        scene.ask(*["greedy"] * 5, "rosa")
        await settle()
        refused = [task for task in scene.tasks if task.done()]
        assert len(refused) == 2
        for task in refused:
            error = task.exception()
            assert isinstance(error, ProblemError)
            assert (error.kind.status, error.headers["Retry-After"]) == (503, "1")
        await scene.go(4)
        assert scene.entered.count("greedy") == 3

    run(test())


def test_nobody_waits_longer_than_that() -> None:
    async def test() -> None:
        scene = Scene(Turns(1, longest_wait_seconds=0.01))
        scene.ask("first", "second")
        with pytest.raises(ProblemError):
            await scene.tasks[1]
        await scene.go(1)
        scene.ask("third")
        await scene.go(1)
        assert scene.entered == ["first", "third"]

    run(test())


@pytest.mark.parametrize("is_late", [False, True])
def test_a_turn_of_who_gives_up_is_another_s(is_late: bool) -> None:
    async def test() -> None:
        scene = Scene(Turns(1))
        scene.ask("first", "second", "third")
        await settle()
        if is_late:  # the turn is given, and nobody has taken it yet
            scene.may_go.release()
            await asyncio.sleep(0)
        scene.tasks[1].cancel()
        await scene.go(2)
        scene.ask("fourth")
        await scene.go(2)
        assert scene.entered == ["first", "third", "fourth"]

    run(test())


class Inside:
    """Requests in an `Admission`, whose work ends when it is told to."""

    def __init__(self, most_inside: int) -> None:
        self.admission, self.may_end = Admission(most_inside, 1), asyncio.Event()
        self.answered: list[str] = []

    async def ask(self, caller: str) -> None:
        async with self.admission.place(caller), self.admission.turn(caller):
            await self.may_end.wait()
            self.answered.append(caller)


def test_a_place_of_who_has_most_is_given_to_who_has_none() -> None:
    async def test() -> None:
        inside = Inside(4)
        greedy = [asyncio.create_task(inside.ask("greedy")) for _ in range(4)]
        await settle()
        assert not inside.admission.has_place("greedy")
        assert inside.admission.has_place("rosa")
        rosa = asyncio.create_task(inside.ask("rosa"))
        await settle()
        assert [task.done() for task in greedy] == [False, False, False, True]
        assert isinstance(greedy[3].exception(), ProblemError)
        with pytest.raises(ProblemError):
            await inside.ask("greedy")
        inside.may_end.set()
        await asyncio.wait([rosa, *greedy])
        assert sorted(inside.answered) == ["greedy"] * 3 + ["rosa"]
        assert inside.answered.index("rosa") < 3

    run(test())


def test_who_has_as_many_as_the_others_gets_none_of_theirs() -> None:
    async def test() -> None:
        inside = Inside(4)
        tasks = [asyncio.create_task(inside.ask(caller)) for caller in ("ana", "ana", "rosa", "rosa")]
        await settle()
        for caller in ("ana", "rosa"):
            with pytest.raises(ProblemError):
                await inside.ask(caller)
        inside.may_end.set()
        await asyncio.wait(tasks)
        assert sorted(inside.answered) == ["ana", "ana", "rosa", "rosa"]

    run(test())
