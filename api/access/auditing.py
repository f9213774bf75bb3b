"""What the audit log is told of a request: who asked, what was done, to what. Told last in the transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from api.credentials.callers import Caller
from api.services.services import Services
from store.audit import AuditAction, append_audit


def audit(
    connection: Connection,
    caller: Caller,
    action: AuditAction,
    subject: str,
    services: Services,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Tell the log; `subject` is named as `account:…` is, `detail` holds codes and ids alone."""
    append_audit(connection, actor=caller.name, action=action, subject=subject, detail=detail or {}, now=services.now())


def audit_of_account(
    connection: Connection, action: AuditAction, account_id: str, services: Services, **detail: object
) -> None:
    """Tell the log what an account did to itself, where no session says who asks."""
    name = f"account:{account_id}"
    append_audit(connection, actor=name, action=action, subject=name, detail=detail, now=services.now())
