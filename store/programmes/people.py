"""What an organisation reads of those who asked: how many, and who can enter and agreed to be known; no income."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from engine.errors import NotFoundError
from engine.programmes.judging import Eligibility
from store.analytics.small_groups import in_fives, is_small
from store.encryption.field_cipher import FieldCipher
from store.people.accounts import AccountStatus, Contact, get_account, read_contact
from store.people.consents import ConsentPurpose, agreed_purposes
from store.programmes.screenings import Screening, current_screenings

READ_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class EligiblePerson:
    """Somebody who can enter, with her answer."""

    screening: Screening
    contact: Contact


def eligible_people(
    connection: Connection, cipher: FieldCipher, programme_id: str, today: date, *, after: str | None, limit: int
) -> list[EligiblePerson]:
    """Those whose answer holds, who agreed to be known and still agree to be asked about; by when they asked."""
    found: list[EligiblePerson] = []
    while len(found) < limit:
        some = current_screenings(connection, cipher, programme_id, after=after, limit=READ_AT_ONCE)
        for screening in some:
            if _is_told(connection, screening, today) and len(found) < limit:
                found.append(EligiblePerson(screening, read_contact(connection, cipher, screening.account_id)))
        if len(some) < READ_AT_ONCE:
            break
        after = some[-1].screening_id
    return found


def count_answers(
    connection: Connection, cipher: FieldCipher, programme_id: str, today: date
) -> Mapping[Eligibility, int | None]:
    """How many answers that hold are what, in fives; None for one to four people, of whom nothing is told."""
    counts: Counter[Eligibility] = Counter()
    for screening in current_screenings(connection, cipher, programme_id):
        if screening.holds(today):
            counts[screening.eligibility] += 1
    return {one: None if is_small(counts[one]) else in_fives(counts[one]) for one in Eligibility}


def _is_told(connection: Connection, screening: Screening, today: date) -> bool:
    if not screening.shares_contact or screening.eligibility is not Eligibility.ELIGIBLE or not screening.holds(today):
        return False
    try:
        account = get_account(connection, screening.account_id)
    except NotFoundError:
        return False
    agreed = agreed_purposes(connection, screening.account_id)
    return account.status is AccountStatus.ACTIVE and ConsentPurpose.SCREENING in agreed
