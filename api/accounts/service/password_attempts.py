"""How often a password may be tried: strangers do not lock an account's owner out of the devices that they know."""

from __future__ import annotations

from sqlalchemy import Connection

from api.access.limiting import (
    LOG_IN_BY_ADDRESS,
    LOG_IN_BY_DEVICE,
    LOG_IN_BY_EMAIL,
    LOG_IN_BY_PAIR,
    Attempt,
    require_attempt,
)
from api.accounts.schemas.accounts import LogIn
from api.accounts.service.log_in_names import name_of
from api.credentials.known_devices import known_device
from api.services.services import Services


def password_attempt(body: LogIn, address: str, services: Services) -> Attempt:
    """Count a password that is tried from an address; raises the 429 problem past a limit.

    A device that is known is limited by itself alone; others by account and address, and by either.
    """
    device = _device(body, services)
    if device is not None:
        return require_attempt(services, (LOG_IN_BY_DEVICE, device))
    name = name_of(body).text
    by_pair, by_email = (LOG_IN_BY_PAIR, f"{name} {address}"), (LOG_IN_BY_EMAIL, name)
    return require_attempt(services, (LOG_IN_BY_ADDRESS, address), by_pair, by_email)


def _device(body: LogIn, services: Services) -> str | None:
    if body.device_token is None:
        return None

    def found(connection: Connection) -> str | None:
        return name_of(body).account(connection, services.cipher)

    shown = body.device_token.get_secret_value()
    return known_device(services.cipher, shown, services.read(found), services.now())
