"""Stopping mails by an address in one of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from engine.errors import NotFoundError
from engine.explain import Locale
from store.audit import AuditAction, append_audit
from store.notices.choices import write_choices
from store.notices.unsubscribing import Unsubscription
from store.people.accounts import get_account


def stop_mails(connection: Connection, wanted: Unsubscription, now: datetime) -> Locale | None:
    """Mail no more of that group; the language of the account, None for one that is gone."""
    locale = language_of(connection, wanted.account_id)
    if locale is not None and write_choices(connection, wanted.account_id, {wanted.group: False}, now):
        name, detail = f"account:{wanted.account_id}", {wanted.group.value: False, "by": "mail"}
        action = AuditAction.NOTICES_CHOSEN
        append_audit(connection, actor=name, action=action, subject=name, detail=detail, now=now)
    return locale


def language_of(connection: Connection, account_id: str) -> Locale | None:
    """The language of an account; None for one that is gone, which is mailed nothing anyway."""
    try:
        return get_account(connection, account_id).locale
    except NotFoundError:
        return None
