"""The sample's programme: its rules hold from the day of the sample, and two officers act for it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from engine.programmes.form import RULES_EXAMPLE, read_rules
from store.analytics.rows import lima_day
from store.encryption.field_cipher import FieldCipher
from store.people.accounts import NewAccount, Role, create_account, find_account
from store.programmes.programmes import ProgrammeFacts, add_officer, create_programme, get_programme, list_programmes
from store.programmes.versions import publish_rules

FACTS = ProgrammeFacts(
    "Conexión para trabajar (muestra)",
    "Fundación de muestra",
    "Paga seis meses de datos móviles a quien busca trabajo remoto y vive con poco. Es inventado: nadie paga nada.",
    "Oficina de muestra, por carta",
)
OFFICERS = ("Elena Ccori", "Julio Paredes")  # who decided an answer does not decide it again: the other does


def settle_programme(
    connection: Connection, cipher: FieldCipher, addresses: dict[str, str], hashed: str, now: datetime
) -> None:
    """Store the programme and its officers, address → name; done again it changes nothing."""
    if any(one.facts.name == FACTS.name for one in list_programmes(connection, limit=100)):
        return
    programme = get_programme(connection, create_programme(connection, FACTS, now))
    day = lima_day(now)
    publish_rules(connection, programme, read_rules(RULES_EXAMPLE | {"in_force_from": day.isoformat()}), day, now)
    for address, name in addresses.items():
        account_id = find_account(connection, cipher, address)
        if account_id is None:
            account_id = create_account(
                connection, cipher, NewAccount(address, hashed, frozenset({Role.OFFICER}), name=name), now
            )
        add_officer(connection, programme.programme_id, account_id, now)
