"""Sends what waits to go out: webhooks' deliveries, mails, messages to phones. Their lanes do not wait for each other.

Each server process takes what it sends for a while, so that no two send the same; what a worker that died had taken,
another sends later. A receiver may therefore be told twice, never not at all.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cached_property, partial

from sqlalchemy.exc import SQLAlchemyError

from api.delivering.mailing import MailRoute, mail_message, mail_route
from api.delivering.messaging.lane import MessageLane
from api.delivering.notices import post_for
from api.delivering.webhook_lane import WebhookLane
from api.delivering.webhook_sending import WebhookSender
from api.http.metrics import DeliveryOutcome
from api.services.services import Services
from engine.errors import ChambaError
from store.hiring.owner_changes import close_ended
from store.notices.gathering import post_gathered
from store.notices.outgoing import what_is_due
from store.people.mail import MOST_ATTEMPTS, TakenMail, mail_failed, mail_sent, take_mails

MAIL = "mail"  # the kind in the metrics
MOST_NOTICES = 20
MOST_MAILS = 10  # each may take ten seconds, within the two minutes that mails are taken for
LOOKS_FOR_ENDED = timedelta(minutes=1)

log = logging.getLogger("chamba.deliveries")


class Deliveries:
    """The worker of one process. Each of its `lanes` runs on a thread of its own; `send_due` is all of them, once."""

    def __init__(self, services: Services, sender: WebhookSender | None = None) -> None:
        self._services = services
        self._sender = sender or WebhookSender(allows_loopback=services.settings.webhooks_to_loopback)
        self._webhooks = WebhookLane(services, self._sender)
        self._messages = MessageLane(services)
        self._looked_at: datetime | None = None  # for jobs whose time is over
        self._is_failing = False
        self.lanes: dict[str, Callable[[], bool]] = {
            "webhooks": partial(self._tried, self._send_webhooks),
            "mails": partial(self._tried, self._send_mails),
            "messages": partial(self._tried, self._messages.send),
        }

    def send_due(self) -> bool:
        """Send some of what is due; whether there may be more. Never raises, logs what is wrong."""
        sent = [send() for send in self.lanes.values()]
        return any(sent)

    def stop(self) -> None:
        """Begin nothing more."""
        self._webhooks.stop()
        self._messages.stop()

    def close(self) -> None:
        """Free what sending holds."""
        self._sender.close()

    def _tried(self, send: Callable[[], int]) -> bool:
        try:
            sent = send()
        except (SQLAlchemyError, ChambaError) as error:
            if not self._is_failing:
                log.warning("nothing can be sent: %s", error if isinstance(error, ChambaError) else type(error))
            self._is_failing = True
            return False
        except Exception:  # whatever it is must not end the worker
            log.exception("sending failed")
            return False
        self._is_failing = False
        return sent > 0

    def _send_webhooks(self) -> int:
        self._close_ended()
        due = self._services.read(partial(what_is_due, now=self._services.now()))
        return self._webhooks.send() if due.has_deliveries else 0

    def _close_ended(self) -> None:
        """Close partners' jobs whose time is over: nobody asks for that, and partners are told of it."""
        now = self._services.now()
        if self._looked_at is None or not self._looked_at <= now < self._looked_at + LOOKS_FOR_ENDED:
            self._services.write(partial(close_ended, now=now))
            self._looked_at = now

    def _send_mails(self) -> int:
        services = self._services
        due = services.read(partial(what_is_due, now=services.now()))
        sent = self._post_notices() if due.has_notices else 0
        return sent + (self._send_some_mails() if due.has_mails or sent else 0)

    @cached_property
    def _mail_route(self) -> MailRoute:
        settings = self._services.settings
        return mail_route(settings.smtp_url.get_secret_value(), settings.data_dir)

    def _post_notices(self) -> int:
        services = self._services
        return services.write(lambda connection: post_gathered(post_for(connection, services), MOST_NOTICES))

    def _send_some_mails(self) -> int:
        services, route = self._services, self._mail_route
        taken = services.write(partial(take_mails, cipher=services.cipher, now=services.now(), limit=MOST_MAILS))
        for mail in taken:
            services.metrics.deliveries.labels(MAIL, self._send_mail(mail, route)).inc()
        return len(taken)

    def _send_mail(self, mail: TakenMail, route: MailRoute) -> DeliveryOutcome:
        services = self._services
        try:
            route.send(mail.mail_id, mail_message(mail, services.settings.mail_sender, services.now()))
        except (OSError, smtplib.SMTPException, ValueError) as error:
            # The error's own words may hold the recipient.
            log.warning("mail %s could not be sent: %s", mail.mail_id, type(error).__name__)
            services.write(partial(mail_failed, taken=mail, now=services.now()))
            return DeliveryOutcome.GIVEN_UP if mail.attempts >= MOST_ATTEMPTS else DeliveryOutcome.FAILED
        services.write(partial(mail_sent, mail_id=mail.mail_id))
        return DeliveryOutcome.DELIVERED
