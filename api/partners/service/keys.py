"""Keys of a partner, made and revoked by who acts for it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection

from api.access.auditing import audit
from api.credentials.callers import Caller
from api.partners.schemas.account import KeyWanted, MadeKey
from api.routing.idempotency import Created, Creation, by_rule
from api.routing.typed_routes import WrittenAnswer
from api.services.services import Services
from engine.errors import NotFoundError
from store.audit import AuditAction
from store.partners.keys import create_key, revoke_key


def make_key(caller: Caller, wanted: KeyWanted, creation: Creation, services: Services) -> WrittenAnswer[MadeKey]:
    """A key, whose text is told this once, and which opens at once here.

    Raises ConflictError for a partner with as many as it may have.
    """
    now, partner_id = services.now(), caller.of_partner
    ends = None if wanted.days is None else now + timedelta(days=wanted.days)

    def work(connection: Connection) -> Created[MadeKey]:
        key = create_key(connection, partner_id, wanted.scopes, now, ends)
        detail = {"key_id": key.key_id, "scopes": sorted(wanted.scopes)}
        audit(connection, caller, AuditAction.API_KEY_CREATED, f"partner:{partner_id}", services, detail)
        expires_at = None if key.expires_at is None else key.expires_at.isoformat()
        return Created(MadeKey(key_id=key.key_id, key=key.text, expires_at=expires_at))

    made = creation.once(caller, work, allowed=by_rule)
    services.partner_keys.refresh()
    return made


def end_key(caller: Caller, key_id: str, services: Services) -> None:
    """Revoke a key: here at once, on every worker within moments. Raises NotFoundError for another's."""
    partner_id = caller.of_partner

    def work(connection: Connection) -> None:
        if not revoke_key(connection, partner_id, key_id, services.now()):
            raise NotFoundError("the key was revoked before", got=repr(key_id), field="key_id")
        audit(connection, caller, AuditAction.API_KEY_REVOKED, f"partner:{partner_id}", services, {"key_id": key_id})

    services.write(work)
    services.partner_keys.refresh()
