"""What rules may know of somebody with an account: her private details, the device of her profile, her consents."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select

from engine.documents.seekers import seeker_from_document
from engine.jobs import Device
from engine.programmes.people import ScreenedPerson, SisfohClass
from store.encryption.field_cipher import FieldCipher
from store.people.consents import ConsentPurpose, agreed_texts
from store.people.seeker_accounts import SEEKER_ACCOUNTS, PrivateDetails, read_private_details
from store.tables import SEEKERS


def screened_person(connection: Connection, cipher: FieldCipher, account_id: str) -> ScreenedPerson:
    """Without income and class where she does not, or no longer, agree that these are used."""
    consents = agreed_texts(connection, account_id)
    details = read_private_details(connection, cipher, account_id)
    if ConsentPurpose.SENSITIVE not in consents:
        details = PrivateDetails(
            household_size=details.household_size, birth_date=details.birth_date, region=details.region
        )
    return ScreenedPerson(
        household_income=None if details.income is None else float(details.income),
        household_size=None if details.household_size is None else int(details.household_size),
        sisfoh_class=None if details.poverty_class is None else SisfohClass(details.poverty_class),
        sisfoh_date=_day(details.poverty_class_date),
        birth_date=_day(details.birth_date),
        region=details.region,
        device=_device(connection, account_id),
        consents={purpose.value: version for purpose, version in consents.items()},
    )


def _device(connection: Connection, account_id: str) -> Device | None:
    of_account = select(SEEKER_ACCOUNTS.c.seeker_id).where(SEEKER_ACCOUNTS.c.account_id == account_id)
    query = select(SEEKERS.c.document).where(SEEKERS.c.seeker_id == of_account.scalar_subquery())
    document = connection.execute(query).scalar()
    return None if document is None else seeker_from_document(document).device


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
