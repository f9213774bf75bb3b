"""What may be tried only so often: logging in, signing up, codes. Counted by address of the caller and by subject."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from fastapi import Request

from api.http.connections import counted_address
from api.http.problems import ProblemError, ProblemKind
from api.services.services import Services
from engine.errors import Message
from store.encryption.data_keys import Purpose
from store.requests.attempts import Limit, count_attempt

QUARTER, HOUR = timedelta(minutes=15), timedelta(hours=1)
# A family or a village may share one address, so limits by address are wide.
LOG_IN_BY_EMAIL, LOG_IN_BY_ADDRESS = Limit("login-email", 10, QUARTER), Limit("login-address", 100, QUARTER)
MAIL_BY_EMAIL, MAIL_BY_ADDRESS = Limit("mail-email", 5, HOUR), Limit("mail-address", 60, HOUR)
CODE_BY_ADDRESS = Limit("code-address", 60, QUARTER)
REFRESH_BY_ADDRESS = Limit("refresh-address", 1_000, QUARTER)


def require_attempt(services: Services, *counted: tuple[Limit, str]) -> None:
    """Count an attempt for each (limit, subject); raises the 429 problem when one is past its limit.

    Counted in a transaction of its own, before what is limited: an attempt that fails counts.
    """
    now = services.now()
    for limit, subject in counted:
        hashed = services.cipher.keyed_hash(Purpose.ATTEMPT, subject)
        if not services.write(partial(count_attempt, limit=limit, subject_hash=hashed, now=now)):
            seconds = limit.seconds_left(now)
            detail = Message("tried too often; try again in {seconds} s", seconds=seconds)
            raise ProblemError(ProblemKind.TOO_MANY_REQUESTS, detail, headers={"Retry-After": str(seconds)})


def address_of(request: Request) -> str:
    """What a caller's attempts are counted by: an IPv4 address, or the network of an IPv6 one, which is one caller's.

    Behind a proxy of `proxy_addresses` it is that which the proxy names.
    """
    host = request.client.host if request.client else ""
    try:
        return counted_address(host)
    except ValueError:  # of a socket of this machine
        return host
