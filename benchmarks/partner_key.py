"""A key for a benchmark's own requests: of the partner that the stored people are of, without limits that matter."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, func, select

from api.access.callers import Scope
from api.services import Services
from api.settings import Settings
from store.database import migrate
from store.partners.keys import create_key
from store.partners.partners import NewPartner, RequestLimits, create_partner, set_limits
from store.people.profiles import adopt_profiles
from store.tables import SEEKERS

PLENTY = RequestLimits(2**31 - 1, 2**31 - 1)
NAME = "benchmarks"


def benchmark_key(data_dir: Path) -> str:
    """The text of a new key for the partner whose people are the most; of a new one where they are nobody's."""
    services = Services(Settings(data_dir=data_dir))
    try:
        migrate(services.database)
        return services.write(lambda connection: _key(connection, services))
    finally:
        services.database.dispose()


def _key(connection: Connection, services: Services) -> str:
    now, count = services.now(), func.count()
    owners = select(SEEKERS.c.partner_id).where(SEEKERS.c.partner_id.is_not(None))
    partner_id = connection.execute(owners.group_by(SEEKERS.c.partner_id).order_by(count.desc()).limit(1)).scalar()
    if partner_id is None:
        partner_id = create_partner(connection, services.cipher, NewPartner(NAME, PLENTY), now)
        adopt_profiles(connection, partner_id)
    set_limits(connection, partner_id, PLENTY, now)
    return create_key(connection, partner_id, list(Scope), now).text
