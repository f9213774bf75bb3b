"""Webhooks' deliveries on their way: a place for each host, so that one that is slow holds up nobody but itself.

What is for one host goes one after the other. Where a host does not answer, the rest of what was taken for it is given
back. As soon as a place is free, what is due for others is taken.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Sequence
from functools import partial
from threading import Event

import httpx2

from api.delivering.webhook_sending import MOST_AT_ONCE, WebhookSender
from api.http.metrics import DeliveryOutcome
from api.services.services import Services
from store.partners.deliveries import Busy, DeliveryState, TakenDelivery, delivered, failed, given_back, take_due

# A partner with many slow hosts leaves places to others.
MOST_HOSTS_OF_ONE_PARTNER = 4


class WebhookLane:
    """The webhooks of one process; `send` runs on one thread at a time."""

    def __init__(self, services: Services, sender: WebhookSender) -> None:
        self._services, self._sender = services, sender
        self._stopping = Event()
        self._hosts: dict[str, deque[TakenDelivery]] = {}  # what waits behind the one that is being sent
        self._tasks: set[asyncio.Task[None]] = set()
        self._on_way: Counter[str] = Counter()  # deliveries taken and not told of yet, by webhook
        self._partners: Counter[str] = Counter()  # hosts, by the partner for whom each was begun

    def send(self) -> int:
        """Send until nothing is due any more; how many were taken. Raises SQLAlchemyError, once all is told of."""
        return asyncio.run(self._send())

    def stop(self) -> None:
        """Take nothing more; what is being sent ends within seconds."""
        self._stopping.set()

    async def _send(self) -> int:
        count = 0
        async with self._sender.client() as client:
            try:
                while True:
                    count += self._take(client)
                    if not self._tasks:
                        return count
                    poll = self._services.settings.delivery_poll_seconds
                    done, _ = await asyncio.wait(self._tasks, timeout=poll, return_when=asyncio.FIRST_COMPLETED)
                    self._forget(done)
            finally:
                await asyncio.gather(*self._tasks, return_exceptions=True)
                self._tasks.clear()

    def _take(self, client: httpx2.AsyncClient) -> int:
        """Take what is due for free places, and begin with it."""
        free = MOST_AT_ONCE - len(self._tasks)
        if not free or self._stopping.is_set():
            return 0
        full = frozenset(one for one, hosts in self._partners.items() if hosts >= MOST_HOSTS_OF_ONE_PARTNER)
        services, busy = self._services, Busy(frozenset(self._on_way), full)
        taken = services.write(partial(take_due, cipher=services.cipher, now=services.now(), limit=free, busy=busy))
        self._give_back([delivery for delivery in taken if not self._begins(delivery, client)])
        return len(taken)

    def _begins(self, delivery: TakenDelivery, client: httpx2.AsyncClient) -> bool:
        """Send a delivery, or put it behind those of its host; False where its partner has its places."""
        host = httpx2.URL(delivery.url).host
        if host not in self._hosts:
            if self._partners[delivery.partner_id] >= MOST_HOSTS_OF_ONE_PARTNER:
                return False
            self._partners[delivery.partner_id] += 1
            self._hosts[host] = deque()
            self._tasks.add(asyncio.create_task(self._send_to_host(host, delivery.partner_id, client)))
        self._hosts[host].append(delivery)
        self._on_way[delivery.webhook_id] += 1
        return True

    async def _send_to_host(self, host: str, partner_id: str, client: httpx2.AsyncClient) -> None:
        waiting = self._hosts[host]
        try:
            while waiting and not self._stopping.is_set():
                status = await self._sender.send(client, waiting[0], self._services.now())
                delivery = waiting.popleft()
                await asyncio.to_thread(self._note, delivery, status)
                self._count_out([delivery])
                if status is None:
                    break
        finally:
            del self._hosts[host]
            self._partners[partner_id] -= 1
            self._count_out(waiting)
            await asyncio.to_thread(self._give_back, waiting)

    def _forget(self, done: set[asyncio.Task[None]]) -> None:
        self._tasks -= done
        for task in done:
            task.result()  # raises what its writing raised

    def _count_out(self, deliveries: Sequence[TakenDelivery] | deque[TakenDelivery]) -> None:
        self._on_way.subtract(delivery.webhook_id for delivery in deliveries)
        self._on_way = +self._on_way

    def _give_back(self, deliveries: Sequence[TakenDelivery] | deque[TakenDelivery]) -> None:
        if deliveries:
            self._services.write(partial(given_back, taken=deliveries, now=self._services.now()))

    def _note(self, delivery: TakenDelivery, status: int | None) -> None:
        services = self._services
        if status is not None and 200 <= status < 300:
            services.write(partial(delivered, taken=delivery, status=status))
            outcome = DeliveryOutcome.DELIVERED
        else:
            state = services.write(partial(failed, taken=delivery, now=services.now(), status=status))
            outcome = DeliveryOutcome.GIVEN_UP if state is DeliveryState.FAILED else DeliveryOutcome.FAILED
        services.metrics.deliveries.labels(delivery.kind, outcome).inc()
