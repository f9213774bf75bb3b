"""Partners are made, read, suspended and limited; their contact is private."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, text

from engine.errors import ConflictError, InvalidInputError, NotFoundError
from store.database import writing
from store.encryption.field_cipher import FieldCipher
from store.partners.partners import (
    NewPartner,
    PartnerStatus,
    RequestLimits,
    create_partner,
    get_partner,
    list_partners,
    read_contact,
    set_limits,
    set_status,
)


def test_a_partner_reads_back_as_made_and_as_changed(
    database: Engine, cipher: FieldCipher, partner_id: str, now: datetime
) -> None:
    with writing(database).begin() as connection:
        made = get_partner(connection, partner_id)
        assert (made.name, made.status, made.limits) == ("Bolsa Sur", "active", RequestLimits(1_000, 100))
        assert read_contact(connection, cipher, partner_id) == "Rosa, rosa@bolsasur.pe"
        set_status(connection, partner_id, PartnerStatus.SUSPENDED, now + timedelta(hours=1))
        set_limits(connection, partner_id, RequestLimits(5, 2), now + timedelta(hours=1))
    with database.connect() as connection:
        changed = get_partner(connection, partner_id)
    assert (changed.status, changed.limits) == (PartnerStatus.SUSPENDED, RequestLimits(5, 2))
    assert changed.created_at == now


def test_a_contact_is_not_in_the_database_in_the_clear(database: Engine, partner_id: str) -> None:
    with database.connect() as connection:
        row = connection.execute(text("select * from partners where partner_id = :id"), {"id": partner_id}).one()
    assert b"rosa@bolsasur" not in bytes(row.contact_sealed)
    assert not any("rosa@bolsasur" in str(value) for name, value in row._mapping.items() if name != "contact_sealed")


def test_a_name_is_one_partners(database: Engine, cipher: FieldCipher, partner_id: str, now: datetime) -> None:
    assert partner_id
    with writing(database).begin() as connection, pytest.raises(ConflictError):
        create_partner(connection, cipher, NewPartner("Bolsa Sur", RequestLimits(1, 1)), now)


def test_partners_are_listed_page_by_page(database: Engine, cipher: FieldCipher, now: datetime) -> None:
    with writing(database).begin() as connection:
        made = [create_partner(connection, cipher, NewPartner(f"p{n}", RequestLimits(1, 1)), now) for n in range(5)]
        pages = [list_partners(connection, None, 2)]
        while len(pages[-1]) == 2:
            pages.append(list_partners(connection, pages[-1][-1].partner_id, 2))
    assert [partner.partner_id for page in pages for partner in page] == sorted(made)
    assert [len(page) for page in pages] == [2, 2, 1]


def test_a_partner_that_is_not_there_is_not_found(database: Engine, cipher: FieldCipher, now: datetime) -> None:
    with writing(database).begin() as connection:
        for ask in (
            lambda: get_partner(connection, "nobody"),
            lambda: read_contact(connection, cipher, "nobody"),
            lambda: set_status(connection, "nobody", PartnerStatus.ACTIVE, now),
            lambda: set_limits(connection, "nobody", RequestLimits(1, 1), now),
        ):
            with pytest.raises(NotFoundError):
                ask()


@pytest.mark.parametrize(("day", "minute"), [(0, 1), (1, 0), (-1, 1), (2**31, 1)])
def test_an_impossible_limit_is_refused(day: int, minute: int) -> None:
    with pytest.raises(InvalidInputError, match="impossible"):
        RequestLimits(day, minute)
