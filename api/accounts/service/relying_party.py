"""Chamba as the settings make it known to authenticators."""

from __future__ import annotations

from api.configuration.settings import origins_of
from api.credentials.passkeys import RelyingParty
from api.services.services import Services


def relying_party(services: Services) -> RelyingParty:
    """By the domain and the origins of the settings."""
    return RelyingParty(services.settings.passkey_domain, origins_of(services.settings.passkey_origins))
