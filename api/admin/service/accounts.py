"""Accounts as administrators see them: without names and contacts."""

from __future__ import annotations

from sqlalchemy import Connection

from api.admin.schemas.accounts import AccountDetail, ActedFor, ListedAccount, Lookup
from engine.errors import InvalidInputError, NotFoundError
from store.encryption.field_cipher import FieldCipher
from store.hiring.employers import list_employers
from store.hiring.suspensions import suspension_of_account
from store.people.accounts import Account, find_account, get_account
from store.people.factors.held import factors_of
from store.people.phones import find_phone_account
from store.people.seeker_accounts import account_of_national_id
from store.requests.quotas import ACTED_FOR

PERU_CODE = "51"


def listed_account(account: Account) -> ListedAccount:
    """An account as a list shows it."""
    return ListedAccount(
        account_id=account.account_id,
        status=account.status,
        roles=sorted(account.roles),
        locale=account.locale,
        created_at=account.created_at.isoformat(),
    )


def _account_of_phone(connection: Connection, cipher: FieldCipher, number: str) -> str | None:
    return find_phone_account(connection, cipher, number if number.startswith("+") else f"+{PERU_CODE}{number}")


FIND_BY = {"email": find_account, "national_id": account_of_national_id, "phone": _account_of_phone}


def found_account(connection: Connection, cipher: FieldCipher, wanted: Lookup) -> str:
    """The id of the account that a value is known of; raises NotFoundError, InvalidInputError for none or several."""
    named = {name: value for name, value in wanted.model_dump().items() if value is not None}
    if len(named) != 1:
        expected = "one value: email, national_id or phone"
        raise InvalidInputError("an account is found by one value", expected=expected, field="email")
    ((name, value),) = named.items()
    account_id = FIND_BY[name](connection, cipher, value)
    if account_id is None:
        raise NotFoundError("no account has that value", field=name)
    return account_id


def account_detail(connection: Connection, account_id: str) -> AccountDetail:
    """An account with what it takes to help or to judge whoever it is of; raises NotFoundError."""
    listed, suspension = (
        listed_account(get_account(connection, account_id)),
        suspension_of_account(connection, account_id),
    )
    acted_for = list_employers(connection, account_id=account_id, limit=ACTED_FOR.most)
    return AccountDetail(
        **dict(listed),
        has_second_factor=bool(factors_of(connection, account_id)),
        organisations=[ActedFor(employer_id=one.employer_id, name=one.name, status=one.status) for one in acted_for],
        suspended_by=suspension and suspension.suspended_by,
        suspended_at=suspension and suspension.suspended_at.isoformat(),
        suspended_for=suspension and suspension.cause,
    )
