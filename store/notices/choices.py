"""Which notices people want, and by what way: all of them by the way that there is until they say otherwise.

Those of `service` are sent whatever they say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Table, insert, select, update

from store.notices.texts import OPTIONAL_GROUPS, NoticeGroup
from store.tables.notices import NoticeChoiceRow

CHOICES: Table = NoticeChoiceRow.metadata.tables["notice_choices"]


class NoticeWay(StrEnum):
    """What somebody gets notices by."""

    MAIL = "mail"
    SMS = "sms"
    WHATSAPP = "whatsapp"


@dataclass(frozen=True, slots=True)
class Choice:
    """Whether somebody wants a group of notices; `way` is None where they chose none: by what there is."""

    is_wanted: bool = True
    way: NoticeWay | None = None


def read_ways(connection: Connection, account_id: str) -> dict[NoticeGroup, Choice]:
    """Every group that can be switched off, and what somebody chose for it."""
    rows = connection.execute(select(CHOICES).where(CHOICES.c.account_id == account_id))
    chosen = {row.notice_group: Choice(row.is_wanted, row.way and NoticeWay(row.way)) for row in rows}
    return {group: chosen.get(group, Choice()) for group in OPTIONAL_GROUPS}


def read_choices(connection: Connection, account_id: str) -> dict[NoticeGroup, bool]:
    """Every group that can be switched off, and whether somebody wants it."""
    return {group: choice.is_wanted for group, choice in read_ways(connection, account_id).items()}


def write_choices(
    connection: Connection, account_id: str, choices: Mapping[NoticeGroup, bool], now: datetime
) -> list[NoticeGroup]:
    """Choose which groups are wanted, by what there is; those of which something changed."""
    before = read_choices(connection, account_id)
    changed = {group: Choice(wanted) for group, wanted in choices.items() if before.get(group, wanted) is not wanted}
    return write_ways(connection, account_id, changed, now)


def write_ways(
    connection: Connection, account_id: str, choices: Mapping[NoticeGroup, Choice], now: datetime
) -> list[NoticeGroup]:
    """Choose for some groups; those of which something changed."""
    before = read_ways(connection, account_id)
    changed = [group for group, choice in before.items() if choices.get(group, choice) != choice]
    for group in changed:
        at_row = (CHOICES.c.account_id == account_id) & (CHOICES.c.notice_group == group)
        chosen = choices[group]
        values = {"is_wanted": chosen.is_wanted, "way": chosen.way, "chosen_at": now}
        if connection.execute(update(CHOICES).where(at_row).values(**values)).rowcount == 0:
            connection.execute(insert(CHOICES).values(account_id=account_id, notice_group=group, **values))
    return changed
