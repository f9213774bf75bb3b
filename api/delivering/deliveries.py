"""Sends what waits to go out: webhooks' deliveries and mails. Each server process has one such worker.

Each takes what it sends for a while, so that no two send the same; what a worker that died had taken, another sends
later. A receiver may therefore be told twice, never not at all.
"""

from __future__ import annotations

import logging
import smtplib
from functools import cached_property, partial

from sqlalchemy.exc import SQLAlchemyError

from api.delivering.mailing import MailRoute, mail_message, mail_route
from api.delivering.notices import post_for
from api.delivering.webhook_sending import MOST_AT_ONCE, WebhookSender
from api.http.metrics import DeliveryOutcome
from api.services.services import Services
from engine.errors import ChambaError
from store.notices.gathering import post_gathered
from store.partners.deliveries import DeliveryState, TakenDelivery, delivered, failed, take_due
from store.partners.outgoing import what_is_due
from store.people.mail import MOST_ATTEMPTS, TakenMail, mail_failed, mail_sent, take_mails

MAIL = "mail"  # the kind in the metrics
MOST_NOTICES = 20
MOST_MAILS = 10  # each may take ten seconds, within the two minutes that mails are taken for

log = logging.getLogger("chamba.deliveries")


class Deliveries:
    """The worker of one process; `send_due` runs on a thread of its own."""

    def __init__(self, services: Services, sender: WebhookSender | None = None) -> None:
        self._services = services
        self._sender = sender or WebhookSender(allows_loopback=services.settings.webhooks_to_loopback)
        self._is_failing = False

    def send_due(self) -> bool:
        """Send some of what is due; whether there may be more. Never raises, logs what is wrong."""
        try:
            due = self._services.read(partial(what_is_due, now=self._services.now()))
            sent = self._send_webhooks() if due.has_deliveries else 0
            sent += self._post_notices() if due.has_notices else 0
            sent += self._send_mails() if due.has_mails or sent else 0
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

    def close(self) -> None:
        """Free what sending holds."""
        self._sender.close()

    @cached_property
    def _mail_route(self) -> MailRoute:
        settings = self._services.settings
        return mail_route(settings.smtp_url.get_secret_value(), settings.data_dir)

    def _send_webhooks(self) -> int:
        services = self._services
        taken = services.write(partial(take_due, cipher=services.cipher, now=services.now(), limit=MOST_AT_ONCE))
        statuses = self._sender.send(taken, services.now()) if taken else []
        for delivery, status in zip(taken, statuses, strict=True):
            self._note(delivery, status)
        return len(taken)

    def _note(self, delivery: TakenDelivery, status: int | None) -> None:
        services = self._services
        if status is not None and 200 <= status < 300:
            services.write(partial(delivered, taken=delivery, status=status))
            outcome = DeliveryOutcome.DELIVERED
        else:
            state = services.write(partial(failed, taken=delivery, now=services.now(), status=status))
            outcome = DeliveryOutcome.GIVEN_UP if state is DeliveryState.FAILED else DeliveryOutcome.FAILED
        services.metrics.deliveries.labels(delivery.kind, outcome).inc()

    def _post_notices(self) -> int:
        services = self._services
        return services.write(lambda connection: post_gathered(post_for(connection, services), MOST_NOTICES))

    def _send_mails(self) -> int:
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
