"""A clock that tests set, and a partner of a real app."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from fastapi.testclient import TestClient

from api.credentials.callers import Scope
from api.credentials.partner_keys import PartnerKeys
from api.http.problems import ProblemError
from store.partners.keys import create_key
from store.partners.partners import NewPartner, RequestLimits, create_partner
from tests.api.services_of import services_of


@dataclass
class Clock:
    """Stands still until it is moved."""

    now: datetime = datetime(2026, 11, 25, 19, 5, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The moment."""
        return self.now

    def move(self, **by: float) -> None:
        """Forward."""
        self.now += timedelta(**by)


@dataclass(frozen=True)
class PartnerApp:
    """A partner with a key."""

    partner_id: str
    key: str

    @property
    def headers(self) -> dict[str, str]:
        """What it sends."""
        return {"Authorization": f"Bearer {self.key}"}


def make_partner(
    client: TestClient, *scopes: Scope, day: int = 10_000, minute: int = 1_000, name: str = "Bolsa Sur"
) -> PartnerApp:
    """A partner of an app with a key of some scopes, or of all."""
    services = services_of(client)
    new = NewPartner(name, RequestLimits(day, minute))
    partner_id = services.write(partial(create_partner, cipher=services.cipher, new=new, now=services.now()))
    return PartnerApp(partner_id, make_key(client, partner_id, *scopes))


def make_key(client: TestClient, partner_id: str, *scopes: Scope) -> str:
    """Another key of a partner."""
    services = services_of(client)
    opened = scopes or tuple(Scope)
    key = services.write(partial(create_key, partner_id=partner_id, scopes=opened, now=services.now()))
    services.partner_keys.refresh()
    return key.text


def status_of(keys: PartnerKeys, token: str) -> int:
    """200 or the status of the problem, 0 for what is no partner's key."""
    try:
        return 0 if keys.caller(token) is None else 200
    except ProblemError as error:
        return error.kind.status
