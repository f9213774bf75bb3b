"""Stopping mails by an address in one of them."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from sqlalchemy import Connection

from engine.errors import NotFoundError
from store.audit import AuditAction, append_audit
from store.notices.choices import write_choices
from store.notices.unsubscribing import Unsubscription
from store.people.accounts import get_account


def stop_mails(connection: Connection, wanted: Unsubscription, now: datetime) -> None:
    """Mail no more of that group; nothing for an account that is gone, which is mailed nothing anyway."""
    with suppress(NotFoundError):
        get_account(connection, wanted.account_id)
        if write_choices(connection, wanted.account_id, {wanted.group: False}, now):
            name, detail = f"account:{wanted.account_id}", {wanted.group.value: False, "by": "mail"}
            action = AuditAction.NOTICES_CHOSEN
            append_audit(connection, actor=name, action=action, subject=name, detail=detail, now=now)
