"""A key for a benchmark's own requests: of the partner that the stored people are of, without limits that matter."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, func, select

from api.configuration.settings import Settings
from api.credentials.callers import Scope
from api.services.services import Services
from store.database import migrate
from store.partners.keys import create_key
from store.partners.partners import NewPartner, RequestLimits, create_partner, set_limits
from store.people.profiles import adopt_profiles
from store.tables import SEEKERS

PLENTY = RequestLimits(2**31 - 1, 2**31 - 1)
NAME = "benchmarks"


@dataclass(frozen=True, slots=True)
class BenchmarkPartner:
    """The text of a new key, and the ids of the people that it may ask for."""

    key: str = field(repr=False)
    seeker_ids: frozenset[str]


def benchmark_partner(data_dir: Path) -> BenchmarkPartner:
    """The partner whose people are the most; a new one where they are nobody's."""
    services = Services(Settings(data_dir=data_dir))
    try:
        migrate(services.database)
        return services.write(lambda connection: _partner(connection, services))
    finally:
        services.database.dispose()


def _partner(connection: Connection, services: Services) -> BenchmarkPartner:
    now, count = services.now(), func.count()
    owners = select(SEEKERS.c.partner_id).where(SEEKERS.c.partner_id.is_not(None))
    partner_id = connection.execute(owners.group_by(SEEKERS.c.partner_id).order_by(count.desc()).limit(1)).scalar()
    if partner_id is None:
        partner_id = create_partner(connection, services.cipher, NewPartner(NAME, PLENTY), now)
        adopt_profiles(connection, partner_id)
    set_limits(connection, partner_id, PLENTY, now)
    seeker_ids = connection.execute(select(SEEKERS.c.seeker_id).where(SEEKERS.c.partner_id == partner_id)).scalars()
    return BenchmarkPartner(create_key(connection, partner_id, list(Scope), now).text, frozenset(seeker_ids))
