"""The partner that a developer acts for, as they may take it away."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from store.partners.partners import PARTNERS
from store.people.partner_developers import DEVELOPERS


def portable_partners(connection: Connection, account_id: str) -> list[dict[str, Any]]:
    """The one that the account acts for, and since when."""
    joined = DEVELOPERS.join(PARTNERS, PARTNERS.c.partner_id == DEVELOPERS.c.partner_id)
    query = select(DEVELOPERS.c.partner_id, PARTNERS.c.name, DEVELOPERS.c.added_at).select_from(joined)
    found = connection.execute(query.where(DEVELOPERS.c.account_id == account_id))
    return [{"partner_id": row.partner_id, "name": row.name, "since": row.added_at.isoformat()} for row in found]
