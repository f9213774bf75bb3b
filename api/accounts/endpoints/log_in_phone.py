"""`/v1/me/phone`: the number of a mobile that one logs in by, and gets messages at."""

from __future__ import annotations

from fastapi import APIRouter, Request
from sqlalchemy import Connection

from api.access.auditing import audit
from api.access.hashing_places import HASHING_PROBLEMS, HashingPlace
from api.access.limiting import PASSWORD_BY_ACCOUNT, SMS_BY_ADDRESS, address_of, require_attempt, sms_limits
from api.access.rules import FreshAccountCaller, unauthenticated
from api.accounts.schemas.accounts import CodeMailed, PhoneChange
from api.accounts.service.codes import send_new_name_code
from api.accounts.service.log_in_names import LogInName, require_reachable
from api.accounts.service.phones import PERU, require_phone
from api.delivering.credential_notices import tell_owner
from api.http.problems import ProblemKind
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute
from api.services.services import ServicesOfApp
from engine.errors import ConflictError, NotFoundError
from store.audit import AuditAction
from store.people.accounts import password_hash, read_contact
from store.people.phones import phone_of, remove_phone

router = APIRouter(tags=["accounts"], route_class=TypedRoute)

PHONE = "/v1/me/phone"


@router.post(
    PHONE,
    **operation("Log in by a number", *HASHING_PROBLEMS, answer="A code was sent to the new number by SMS", status=202),
)
def post_phone(
    caller: FreshAccountCaller, request: Request, body: PhoneChange, _place: HashingPlace, services: ServicesOfApp
) -> CodeMailed:
    """The number holds when the code is given at `/v1/auth/confirm`, beside an address or alone."""
    assert caller.account is not None
    locale = caller.account.locale
    attempt = require_attempt(services, (PASSWORD_BY_ACCOUNT, caller.account_id))
    hashed = services.read(lambda connection: password_hash(connection, caller.account_id))
    if not services.passwords.is_right(hashed, body.password.get_secret_value()):
        raise unauthenticated("the password is wrong")
    attempt.take_back()
    name = LogInName(phone=require_phone(body.phone, PERU, locale))
    require_reachable(name, services.settings, locale)
    require_attempt(services, (SMS_BY_ADDRESS, address_of(request)))
    require_attempt(services, *sms_limits(services, name.text))
    return send_new_name_code(caller.account_id, name, locale, services)


@router.delete(
    PHONE,
    **operation(
        "Log in by a number no more",
        ProblemKind.NOT_FOUND,
        ProblemKind.CONFLICT,
        answer="It is forgotten",
        status=204,
    ),
)
def delete_phone(caller: FreshAccountCaller, services: ServicesOfApp) -> None:
    """Messages to it end too. 409 for an account that has no mail address: nobody could log in to it."""

    def work(connection: Connection) -> None:
        contact = read_contact(connection, services.cipher, caller.account_id)
        before = phone_of(connection, services.cipher, caller.account_id)
        if before is None:
            raise NotFoundError("there is no number that one logs in by", field="phone")
        if contact.email is None:
            raise ConflictError(
                "the account has no mail address to log in by", fix="confirm one at /v1/me/email first", field="phone"
            )
        remove_phone(connection, caller.account_id)
        tell_owner(connection, caller.account_id, "phone_removed", services)
        audit(connection, caller, AuditAction.ACCOUNT_PHONE_REMOVED, caller.name, services)

    services.write(work)
