"""What may be tried only so often: logging in, signing up, codes. Counted by address of the caller and by subject."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import Request
from sqlalchemy import Connection

from api.http.connections import counted_address
from api.http.problems import ProblemError, ProblemKind
from api.services.services import Services
from engine.errors import Message
from store.encryption.data_keys import Purpose
from store.requests.attempts import Limit, count_attempt, uncount_attempt

SECONDS_TOLD = 120
QUARTER, HOUR, DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)
# A family or a village may share one address, so limits by address are wide.
LOG_IN_BY_ADDRESS = Limit("login-address", 100, QUARTER)
# Wrong passwords of one account: from one address, from all addresses together, and from a device that is known.
LOG_IN_BY_PAIR, LOG_IN_BY_EMAIL = Limit("login-email-address", 10, QUARTER), Limit("login-email", 50, QUARTER)
LOG_IN_BY_DEVICE, PASSWORD_BY_ACCOUNT = Limit("login-device", 10, QUARTER), Limit("password-account", 10, QUARTER)
MAIL_BY_EMAIL, MAIL_BY_ADDRESS = Limit("mail-email", 5, HOUR), Limit("mail-address", 60, HOUR)
# An SMS costs, and some are asked for to earn by them: by number, by who asks, and for all together (`sms_limits`).
SMS_BY_NUMBER, SMS_BY_NUMBER_A_DAY = Limit("sms-number", 3, HOUR), Limit("sms-number-day", 6, DAY)
SMS_BY_ADDRESS = Limit("sms-address", 20, HOUR)
SMS_OF_ALL, EVERYBODY = "sms-all", "everybody"
CODE_BY_ADDRESS = Limit("code-address", 60, QUARTER)
# Of a million codes three are right at any time: who knows a password and guesses has a chance in five thousand a day.
FACTOR_BY_ACCOUNT, FACTOR_BY_DAY = Limit("factor-account", 10, QUARTER), Limit("factor-day", 60, DAY)
# Answers to people without an account: an encoder computes each.
VISITS_BY_ADDRESS = Limit("visits-address", 600, QUARTER)
# Wrong secrets of gateways; right ones are not counted.
GATEWAY_BY_ADDRESS = Limit("gateway-address", 30, QUARTER)
REFRESH_BY_ADDRESS = Limit("refresh-address", 1_000, QUARTER)


@dataclass(frozen=True, slots=True)
class Attempt:
    """What was counted, to be taken back where it succeeds."""

    services: Services
    counted: tuple[tuple[Limit, str], ...]
    counted_at: datetime

    def take_back(self) -> None:
        """Count it as never made: only what fails is limited."""

        def uncount(connection: Connection) -> None:
            for limit, subject_hash in self.counted:
                uncount_attempt(connection, limit, subject_hash, self.counted_at)

        self.services.write(uncount, durable=False)

    @contextmanager
    def taken_back_if(self, refusal: type[Exception]) -> Iterator[None]:
        """Count it as never made where it is refused so: then nothing of what is limited was done."""
        try:
            yield
        except refusal:
            self.take_back()
            raise


def require_attempt(services: Services, *counted: tuple[Limit, str]) -> Attempt:
    """Count an attempt for each (limit, subject); raises the 429 problem when one is past its limit.

    Counted in a transaction of its own, before what is limited, so that many at once are so many. An attempt that
    fails counts.
    """
    now = services.now()
    hashed = tuple((limit, services.cipher.keyed_hash(Purpose.ATTEMPT, subject)) for limit, subject in counted)

    def count(connection: Connection) -> Limit | None:
        return next((one for one, subject in hashed if not count_attempt(connection, one, subject, now)), None)

    past = services.write(count, durable=False)
    if past is not None:
        seconds = past.seconds_left(now)
        detail = Message("tried too often; try again in {wait}", wait=told_wait(seconds))
        raise ProblemError(ProblemKind.TOO_MANY_REQUESTS, detail, headers={"Retry-After": str(seconds)})
    return Attempt(services, hashed, now)


def sms_limits(services: Services, number: str) -> tuple[tuple[Limit, str], ...]:
    """What a code by SMS counts against: its number's limits first, so that no number uses up everybody's."""
    of_all = Limit(SMS_OF_ALL, services.settings.sms_codes_per_day, DAY)
    return (SMS_BY_NUMBER, number), (SMS_BY_NUMBER_A_DAY, number), (of_all, EVERYBODY)


def told_wait(seconds: int) -> Message:
    """How long to wait, as people say it; `Retry-After` has the seconds."""
    if seconds < SECONDS_TOLD:
        return Message("{count} seconds", count=seconds)
    minutes = -(-seconds // 60)
    if minutes < SECONDS_TOLD:
        return Message("{count} minutes", count=minutes)
    return Message("{count} hours", count=-(-minutes // 60))


def address_of(request: Request) -> str:
    """What a caller's attempts are counted by: an IPv4 address, or the network of an IPv6 one, which is one caller's.

    Behind a proxy of `proxy_addresses` it is that which the proxy names.
    """
    host = request.client.host if request.client else ""
    try:
        return counted_address(host)
    except ValueError:  # of a socket of this machine
        return host
