"""Messages to phones on their way: handed to their gateways one after the other, apart from mails and webhooks.

A message that its gateway took is never handed over again by this process, though the database be away at that
moment: it is told of as soon as that answers. Only where this process dies between the two is it handed over twice.
"""

from __future__ import annotations

import logging
from functools import cached_property, partial
from threading import Event

from api.delivering.messaging.gateways import Gateway, GatewayError
from api.delivering.messaging.routes import gateways_of
from api.http.metrics import DeliveryOutcome
from api.services.services import Services
from store.notices.outgoing import what_is_due
from store.people.phone_messages import (
    MOST_ATTEMPTS,
    PhoneWay,
    TakenMessage,
    give_up_messages,
    message_failed,
    message_over,
    take_messages,
)

MOST_MESSAGES = 15  # each may take eight seconds, within the three minutes that messages are taken for

log = logging.getLogger("chamba.deliveries")


class MessageLane:
    """The messages of one process; `send` runs on one thread at a time."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._stopping = Event()
        self._over: set[str] = set()  # taken by a gateway, and the database does not know yet

    def stop(self) -> None:
        """Hand over nothing more."""
        self._stopping.set()

    def send(self) -> int:
        """Send some of what is due; how many. Raises SQLAlchemyError where the database is away."""
        services = self._services
        self._note_over()
        if not services.read(partial(what_is_due, now=services.now())).has_messages:
            return 0
        gone = services.write(partial(give_up_messages, now=services.now()))
        if gone:  # by other processes, or of no use any more
            self._count(PhoneWay.SMS, DeliveryOutcome.GIVEN_UP, gone)
        take = partial(take_messages, cipher=services.cipher, now=services.now(), limit=MOST_MESSAGES)
        taken = services.write(take)
        for message in taken:
            if self._stopping.is_set():
                break  # another process takes it when its time is over
            self._send(message)
        return len(taken)

    @cached_property
    def _gateways(self) -> dict[PhoneWay, Gateway]:
        return dict(gateways_of(self._services.settings))

    def _send(self, taken: TakenMessage) -> None:
        services, way = self._services, taken.message.way
        try:
            self._gateways[way].send(taken)
        except (GatewayError, OSError) as error:
            told = str(error) if isinstance(error, GatewayError) else type(error).__name__
            log.warning("message %s could not be sent: %s", taken.message_id, told)
            is_last = taken.attempts >= MOST_ATTEMPTS
            done = partial(message_over, message_id=taken.message_id)
            services.write(done if is_last else partial(message_failed, taken=taken, now=services.now()))
            self._count(way, DeliveryOutcome.GIVEN_UP if is_last else DeliveryOutcome.FAILED)
            return
        self._over.add(taken.message_id)
        self._count(way, DeliveryOutcome.DELIVERED)
        self._note_over()

    def _note_over(self) -> None:
        for message_id in sorted(self._over):
            self._services.write(partial(message_over, message_id=message_id))
            self._over.discard(message_id)

    def _count(self, way: PhoneWay, outcome: DeliveryOutcome, count: int = 1) -> None:
        self._services.metrics.deliveries.labels(way.value, outcome).inc(count)
