"""What is done by a code that was mailed, or sent to a phone: signing up, a new password, another address or number.

An address or a number that has an account and one that has none get the same answer and cost the same work; what
differs is the message.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from api.access.rules import unauthenticated
from api.accounts.schemas.accounts import CodeMailed, PasswordReset, SignUp, Tokens
from api.accounts.schemas.factors import SecondStepNeeded
from api.accounts.service.confirmed_changes import carry_out
from api.accounts.service.log_in_names import LogInName, name_of, require_reachable
from api.accounts.service.session_tokens import first_step, new_tokens
from api.credentials.password_strength import require_good_password
from api.delivering.notices import post_for
from api.services.services import Services
from engine.errors import InvalidInputError, Message
from engine.explain import Locale
from store.notices.choices import NoticeWay
from store.notices.posting import Addressee, post_to
from store.notices.writing import Notice
from store.people.accounts import Role, get_account
from store.people.confirmations import LIFETIME, ConfirmationKind, ask_confirmation, confirm
from store.people.consents import NEEDED, consent_texts

CODE_SENT = {
    Locale.ES: "Si el correo es correcto, te enviamos un código. Vale por 15 minutos.",
    Locale.EN: "If the address is right, we have mailed you a code. It holds for 15 minutes.",
}
CODE_TO_PHONE = {
    Locale.ES: "Si el número es correcto, te enviamos un código por mensaje de texto. Vale por 15 minutos.",
    Locale.EN: "If the number is right, we have sent you a code by text message. It holds for 15 minutes.",
}


def sign_up(body: SignUp, services: Services) -> CodeMailed:
    """Send a code for a new account; to an address or number that has one, that it has. The answer is the same."""
    name, password = name_of(body, body.locale), body.password.get_secret_value()
    require_reachable(name, services.settings, body.locale)
    require_good_password(password, name.own_word, body.name, body.locale)
    _require_consents(body)
    wanted = name.wanted | {
        "password_hash": services.passwords.hashed(password),
        "role": body.role,
        "name": body.name,
        "locale": body.locale,
        "consents": [statement.model_dump(mode="json") for statement in body.consents],
    }
    return _send_code(services, _Code(ConfirmationKind.SIGN_UP, name, wanted, body.locale, is_for_account=False))


def reset_password(body: PasswordReset, services: Services) -> CodeMailed:
    """Send a code that sets the new password, if there is an account. The answer is the same."""
    name, password = name_of(body), body.new_password.get_secret_value()
    require_reachable(name, services.settings, Locale.ES)
    require_good_password(password, name.own_word)
    wanted = name.wanted | {"password_hash": services.passwords.hashed(password)}
    return _send_code(services, _Code(ConfirmationKind.NEW_PASSWORD, name, wanted, Locale.ES, is_for_account=True))


def confirmed(confirmation_id: str, code: str, device: str, services: Services) -> Tokens | SecondStepNeeded:
    """Do what the code confirms, and the tokens of a new session; raises the 401 problem for a wrong code.

    A mailbox or a phone is no second factor: an account that has one shows it before it gets tokens.
    """
    now = services.now()

    def work(connection: Connection) -> Tokens | SecondStepNeeded | None:
        found = confirm(connection, services.cipher, confirmation_id, code, now)
        if found is None:
            return None
        account_id = carry_out(connection, found, services)
        if account_id is None:
            return None
        if found.kind is ConfirmationKind.SIGN_UP:
            return new_tokens(connection, account_id, device, services, is_first=True)
        return first_step(connection, account_id, device, services)

    answer = services.write(work)  # a wrong code counts, so that the transaction must not be undone
    if answer is None:
        raise unauthenticated("the code is wrong, has expired, or was tried too often; ask for another")
    return answer


def send_new_name_code(account_id: str, name: LogInName, locale: Locale, services: Services) -> CodeMailed:
    """Send a code to an address or a number that an account wants to have; one that has an account is told so."""
    kind = ConfirmationKind.NEW_EMAIL if name.phone is None else ConfirmationKind.NEW_PHONE
    wanted = {"account_id": account_id} | name.wanted
    return _send_code(services, _Code(kind, name, wanted, locale, is_for_account=False))


def _require_consents(body: SignUp) -> None:
    stated = {statement.purpose: statement for statement in body.consents}
    missing = [purpose for purpose in NEEDED if purpose not in stated or not stated[purpose].is_given]
    if body.role is Role.SEEKER and missing:
        raise InvalidInputError(
            "a seeker's account needs their consent",
            expected=Message("consent to {purposes}, by the texts at /v1/consent-texts", purposes=", ".join(missing)),
            field="consents",
        )
    for index, statement in enumerate(body.consents):
        in_force = consent_texts()[statement.purpose].version
        if statement.text_version != in_force:
            field = f"consents.{index}.text_version"
            raise InvalidInputError("the text is not the one in force", expected=in_force, field=field)


@dataclass(frozen=True, slots=True)
class _Code:
    """What a code is asked for; `is_for_account`: it is sent where there is an account, else where there is none."""

    kind: ConfirmationKind
    name: LogInName
    wanted: dict[str, Any]
    locale: Locale
    is_for_account: bool


def _send_code(services: Services, asked: _Code) -> CodeMailed:
    """Nothing is written to but the name as an account stores it, or as a new account would."""
    now, cipher, name = services.now(), services.cipher, asked.name

    def work(connection: Connection) -> str:
        account_id = name.account(connection, cipher)
        is_right = (account_id is not None) is asked.is_for_account
        kind = asked.kind if is_right else ConfirmationKind.NOTHING
        theirs = {"account_id": account_id} if asked.is_for_account else {}
        confirmation_id, code = ask_confirmation(connection, cipher, kind, asked.wanted | theirs, now)
        spoken = asked.locale
        if account_id is not None and is_right:
            spoken = get_account(connection, account_id).locale
        way = NoticeWay.MAIL if name.phone is None else NoticeWay.SMS
        addressee, post = Addressee(name.text, spoken, way), post_for(connection, services)
        if is_right:
            post_to(post, Notice(asked.kind, facts={"code": code}), addressee, LIFETIME)
        elif account_id is not None:
            post_to(post, Notice("has_account"), addressee, LIFETIME)
        return confirmation_id

    told = CODE_SENT if name.phone is None else CODE_TO_PHONE
    return CodeMailed(confirmation_id=services.write(work), message=told[asked.locale])
