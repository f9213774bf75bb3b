"""Which notices people want: all of them until they say otherwise; those of `service` whatever they say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, Table, insert, select, update

from store.notices.texts import OPTIONAL_GROUPS, NoticeGroup
from store.tables.notices import NoticeChoiceRow

CHOICES: Table = NoticeChoiceRow.metadata.tables["notice_choices"]


def read_choices(connection: Connection, account_id: str) -> dict[NoticeGroup, bool]:
    """Every group that can be switched off, and whether somebody wants it."""
    rows = connection.execute(select(CHOICES).where(CHOICES.c.account_id == account_id))
    chosen = {row.notice_group: bool(row.is_wanted) for row in rows}
    return {group: chosen.get(group, True) for group in OPTIONAL_GROUPS}


def is_wanted(connection: Connection, account_id: str, group: NoticeGroup) -> bool:
    """Whether somebody gets the notices of a group."""
    return group is NoticeGroup.SERVICE or read_choices(connection, account_id)[group]


def write_choices(
    connection: Connection, account_id: str, choices: Mapping[NoticeGroup, bool], now: datetime
) -> list[NoticeGroup]:
    """Choose for some groups; those of which something changed."""
    before = read_choices(connection, account_id)
    changed = [group for group, wanted in before.items() if choices.get(group, wanted) is not wanted]
    for group in changed:
        at_row = (CHOICES.c.account_id == account_id) & (CHOICES.c.notice_group == group)
        values = {"is_wanted": choices[group], "chosen_at": now}
        if connection.execute(update(CHOICES).where(at_row).values(**values)).rowcount == 0:
            connection.execute(insert(CHOICES).values(account_id=account_id, notice_group=group, **values))
    return changed
