"""`/v1/me`: an account as its owner sees and changes it, whatever their roles."""

from __future__ import annotations

from fastapi import APIRouter
from sqlalchemy import Connection

from api.access.auditing import audit
from api.access.hashing_places import HASHING_PROBLEMS, HashingPlace
from api.access.limiting import MAIL_BY_EMAIL, PASSWORD_BY_ACCOUNT, require_attempt
from api.access.rules import AccountCaller, FreshAccountCaller, unauthenticated
from api.accounts.schemas.accounts import (
    AccountDocument,
    AccountEdit,
    CodeMailed,
    ConsentDocument,
    Consents,
    ConsentStatement,
    EmailChange,
    PasswordChange,
)
from api.accounts.service.codes import send_new_name_code
from api.accounts.service.factors import advice_of
from api.accounts.service.log_in_names import LogInName, name_of_account
from api.accounts.service.phones import country_of, require_phone
from api.credentials.callers import Caller
from api.credentials.password_strength import require_good_password
from api.credentials.sessions import end_all_sessions
from api.delivering.credential_notices import tell_owner
from api.delivering.notices import post_for
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute
from api.services.services import Services, ServicesOfApp
from engine.explain import Locale
from store.audit import AuditAction
from store.hiring.invitations import end_invitations_of_account
from store.notices.posting import post_notice
from store.notices.texts import frame
from store.notices.writing import Notice
from store.people.accounts import (
    Contact,
    get_account,
    password_hash,
    read_contact,
    write_contact,
    write_locale,
    write_password_hash,
)
from store.people.consents import ConsentPurpose, agreed_purposes, consent_history, record_consent
from store.people.factors.held import factors_of
from store.people.phones import phone_of
from store.people.profiles import apply_consents

router = APIRouter(tags=["accounts"], route_class=TypedRoute)


@router.get("/v1/me", **operation("Read one's account", answer="The account"))
def get_me(caller: AccountCaller, services: ServicesOfApp) -> AccountDocument:
    """Address, name and phone are shown to their owner alone."""
    return services.read(lambda connection: _account(connection, caller, services))


@router.patch("/v1/me", **operation("Correct one's account", answer="The account"))
def patch_me(caller: AccountCaller, body: AccountEdit, services: ServicesOfApp) -> AccountDocument:
    """What is left out stays as it is, null removes. A phone without + is of the country where the person lives."""
    now = services.now()
    told_phone = None if body.phone is None else _phone(caller, body.phone, body.locale, services)

    def work(connection: Connection) -> AccountDocument:
        known = read_contact(connection, services.cipher, caller.account_id)
        stated = body.model_fields_set
        name = body.name if "name" in stated else known.name
        phone = told_phone if "phone" in stated else known.phone
        write_contact(connection, services.cipher, caller.account_id, name=name, phone=phone, now=now)
        if body.locale is not None:
            write_locale(connection, caller.account_id, body.locale, now)
        account = _account(connection, caller, services)
        audit(connection, caller, AuditAction.DATA_CORRECTED, caller.name, services, {"fields": sorted(stated)})
        return account

    return services.write(work)


@router.post(
    "/v1/me/password",
    **operation("Change the password", *HASHING_PROBLEMS, answer="It is changed", status=204),
)
def post_password(
    caller: FreshAccountCaller, body: PasswordChange, _place: HashingPlace, services: ServicesOfApp
) -> None:
    """Every session ends, this one too: log in again."""
    assert caller.account is not None
    known, own_word = _require_password(caller, body.password.get_secret_value(), services)
    new = body.new_password.get_secret_value()
    require_good_password(new, own_word, known.name, caller.account.locale)
    hashed = services.passwords.hashed(new)

    def work(connection: Connection) -> None:
        write_password_hash(connection, caller.account_id, hashed, services.now())
        end_all_sessions(connection, caller.account_id, services.now())
        tell_owner(connection, caller.account_id, "password_changed", services)
        audit(connection, caller, AuditAction.ACCOUNT_PASSWORD_CHANGED, caller.name, services)

    services.write(work)


@router.post(
    "/v1/me/email",
    **operation(
        "Change the mail address", *HASHING_PROBLEMS, answer="A code was mailed to the new address", status=202
    ),
)
def post_email(
    caller: FreshAccountCaller, body: EmailChange, _place: HashingPlace, services: ServicesOfApp
) -> CodeMailed:
    """The address changes when the code is given at `/v1/auth/confirm`."""
    assert caller.account is not None
    _require_password(caller, body.password.get_secret_value(), services)
    require_attempt(services, (MAIL_BY_EMAIL, caller.account_id))
    return send_new_name_code(caller.account_id, LogInName(email=body.email), caller.account.locale, services)


@router.post("/v1/me/log-out-everywhere", **operation("End every session", answer="They are ended", status=204))
def post_log_out_everywhere(caller: AccountCaller, services: ServicesOfApp) -> None:
    """On every device, from the next request on."""

    def work(connection: Connection) -> None:
        count = end_all_sessions(connection, caller.account_id, services.now())
        tell_owner(connection, caller.account_id, "sessions_ended", services)
        audit(connection, caller, AuditAction.ACCOUNT_SESSIONS_ENDED, caller.name, services, {"sessions": count})

    services.write(work)


@router.get("/v1/me/consents", **operation("What one agrees to", answer="What the person agrees to"))
def get_consents(caller: AccountCaller, services: ServicesOfApp) -> Consents:
    """By purpose and version of the text, with every statement ever made."""
    return services.read(lambda connection: _consents(connection, caller))


@router.post("/v1/me/consents", **operation("Give or withdraw a consent", answer="What the person agrees to"))
def post_consent(caller: AccountCaller, body: ConsentStatement, services: ServicesOfApp) -> Consents:
    """Holds from the next answer on. Without `matching` nothing is recommended; erase the account to leave for good.

    Income and class are forgotten with the consent `sensitive`.
    """

    def work(connection: Connection) -> Consents:
        before = agreed_purposes(connection, caller.account_id)
        record_consent(
            connection,
            caller.account_id,
            body.purpose,
            body.text_version,
            is_given=body.is_given,
            now=services.now(),
        )
        apply_consents(connection, caller.account_id, services.now())
        end_invitations_of_account(connection, caller.account_id, services.now())
        if body.is_given is not (body.purpose in before):
            _tell_of_consent(connection, caller, body, services)
        answer = _consents(connection, caller)
        action = AuditAction.CONSENT_GIVEN if body.is_given else AuditAction.CONSENT_WITHDRAWN
        audit(
            connection,
            caller,
            action,
            caller.name,
            services,
            {"purpose": body.purpose, "text_version": body.text_version},
        )
        return answer

    return services.write(work)


def _tell_of_consent(connection: Connection, caller: Caller, body: ConsentStatement, services: Services) -> None:
    assert caller.account is not None
    purpose = frame()[caller.account.locale][f"purpose_{body.purpose}"]
    kind = "consent_given" if body.is_given else "consent_taken_back"
    facts = {"purpose": purpose, "forgotten": "" if body.purpose is ConsentPurpose.SENSITIVE else None}
    post_notice(post_for(connection, services), caller.account_id, Notice(kind, facts=facts))


def _require_password(caller: Caller, password: str, services: Services) -> tuple[Contact, str]:
    """What its owner is called and logs in by; raises the 401 problem for a wrong password, 429 for too many."""
    attempt = require_attempt(services, (PASSWORD_BY_ACCOUNT, caller.account_id))

    def known(connection: Connection) -> tuple[Contact, str, str]:
        contact = read_contact(connection, services.cipher, caller.account_id)
        name = name_of_account(connection, services.cipher, caller.account_id)
        return contact, name.own_word, password_hash(connection, caller.account_id)

    contact, own_word, hashed = services.read(known)
    if not services.passwords.is_right(hashed, password):
        raise unauthenticated("the password is wrong")
    attempt.take_back()
    return contact, own_word


def _phone(caller: Caller, text: str, locale: Locale | None, services: Services) -> str:
    assert caller.account is not None
    country = services.read(lambda connection: country_of(connection, caller.account_id))
    return require_phone(text, country, locale or caller.account.locale)


def _account(connection: Connection, caller: Caller, services: Services) -> AccountDocument:
    account = get_account(connection, caller.account_id)
    contact = read_contact(connection, services.cipher, caller.account_id)
    has_second_factor = bool(factors_of(connection, caller.account_id))
    return AccountDocument(
        account_id=account.account_id,
        status=account.status,
        roles=sorted(account.roles),
        email=contact.email,
        name=contact.name,
        phone=contact.phone,
        log_in_phone=phone_of(connection, services.cipher, caller.account_id),
        locale=account.locale,
        created_at=account.created_at.isoformat(),
        has_second_factor=has_second_factor,
        advice=None if has_second_factor else advice_of(caller),
    )


def _consents(connection: Connection, caller: Caller) -> Consents:
    return Consents(
        agreed=sorted(agreed_purposes(connection, caller.account_id)),
        history=[
            ConsentDocument(
                purpose=consent.purpose,
                text_version=consent.text_version,
                is_given=consent.is_given,
                recorded_at=consent.recorded_at.isoformat(),
            )
            for consent in consent_history(connection, caller.account_id)
        ],
    )
