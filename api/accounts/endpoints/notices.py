"""`/v1/me/notices`: which notices one gets and by what. Addresses in mails stop them without a login (RFC 8058)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import HTMLResponse
from sqlalchemy import Connection

from api.access.auditing import audit
from api.access.rules import AccountCaller, Anybody
from api.accounts.schemas.notices import NoticeBy, NoticeChoice, NoticeChoices, NoticeChoicesRequest
from api.accounts.service.unsubscribe_page import asking_page, done_page
from api.http.problems import ProblemKind
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute
from api.services.services import Services, ServicesOfApp
from engine.errors import ConflictError, NotFoundError
from engine.explain import Locale
from store.audit import AuditAction, append_audit
from store.notices.choices import Choice, NoticeWay, read_ways, write_choices, write_ways
from store.notices.posting import PHONE_WAYS
from store.notices.texts import NoticeGroup, frame
from store.notices.unsubscribing import PATH as UNSUBSCRIBE
from store.notices.unsubscribing import read_unsubscription
from store.people.accounts import get_account, read_contact
from store.people.phones import phone_of, resume_messages

router = APIRouter(tags=["accounts"], route_class=TypedRoute)

NOTICES = "/v1/me/notices"
Token = Annotated[str, Path(pattern="^[A-Za-z0-9._-]{1,300}$")]


@router.get(NOTICES, **operation("Which notices one gets", answer="Every group of notices"))
def get_notices(caller: AccountCaller, services: ServicesOfApp) -> NoticeChoices:
    """In words, with those that are always sent."""
    return services.read(lambda connection: _choices(connection, caller.account_id, services))


@router.put(
    NOTICES, **operation("Choose which notices one gets", ProblemKind.CONFLICT, answer="Every group of notices")
)
def put_notices(caller: AccountCaller, body: NoticeChoicesRequest, services: ServicesOfApp) -> NoticeChoices:
    """Holds from the next notice on. What the law or one's safety needs is always sent.

    Who chooses a way to their phone gets messages there again, if they had written that they want none.
    """
    chosen = body.chosen()

    def work(connection: Connection) -> NoticeChoices:
        if any(choice.way in PHONE_WAYS for choice in chosen.values()):
            number = phone_of(connection, services.cipher, caller.account_id)
            if number is None:
                raise ConflictError(
                    "there is no number that one logs in by", fix="confirm one at /v1/me/phone first", field="by"
                )
            resume_messages(connection, services.cipher, number)
        changed = write_ways(connection, caller.account_id, chosen, services.now())
        answer = _choices(connection, caller.account_id, services)
        if changed:
            detail = {group.value: _told(chosen[group]) for group in changed}
            audit(connection, caller, AuditAction.NOTICES_CHOSEN, caller.name, services, detail)
        return answer

    return services.write(work)


@router.get(
    UNSUBSCRIBE,
    **operation("What an address in a mail stops", ProblemKind.NOT_FOUND, answer="A page that asks"),
    response_class=HTMLResponse,
)
def get_unsubscription(_caller: Anybody, token: Token, services: ServicesOfApp) -> HTMLResponse:
    """Changes nothing: programs that look for viruses open every address of a mail."""
    wanted = read_unsubscription(services.cipher, token)
    locale = services.read(lambda connection: _locale(connection, wanted.account_id))
    return asking_page(wanted.group, locale or Locale.ES)


@router.post(
    UNSUBSCRIBE,
    **operation("Stop the mails that an address in one names", ProblemKind.NOT_FOUND, answer="They are stopped"),
    response_class=HTMLResponse,
)
def post_unsubscription(_caller: Anybody, token: Token, services: ServicesOfApp) -> HTMLResponse:
    """Without a login, by the mail program's own button too; once or many times. What is sent along is not read."""
    wanted = read_unsubscription(services.cipher, token)

    def work(connection: Connection) -> Locale | None:
        locale = _locale(connection, wanted.account_id)
        if locale is not None and write_choices(connection, wanted.account_id, {wanted.group: False}, services.now()):
            name, detail = f"account:{wanted.account_id}", {wanted.group.value: False, "by": "mail"}
            action, now = AuditAction.NOTICES_CHOSEN, services.now()
            append_audit(connection, actor=name, action=action, subject=name, detail=detail, now=now)
        return locale

    return done_page(wanted.group, services.write(work) or Locale.ES)


def _told(choice: Choice) -> bool | str:
    return choice.is_wanted if choice.way is None else choice.way.value


def _choices(connection: Connection, account_id: str, services: Services) -> NoticeChoices:
    around = frame()[get_account(connection, account_id).locale]
    chosen = {NoticeGroup.SERVICE: Choice()} | read_ways(connection, account_id)
    has_address = read_contact(connection, services.cipher, account_id).email is not None
    usual = NoticeWay.MAIL if has_address else NoticeWay.SMS
    return NoticeChoices(
        items=[
            NoticeChoice(
                group=group,
                text=around[f"group_{group}"],
                is_wanted=choice.is_wanted,
                by=NoticeBy((choice.way or usual).value) if choice.is_wanted else NoticeBy.NONE,
                may_be_changed=group is not NoticeGroup.SERVICE,
            )
            for group, choice in chosen.items()
        ]
    )


def _locale(connection: Connection, account_id: str) -> Locale | None:
    """The language of an account; None for one that is gone, which is mailed nothing anyway."""
    try:
        return get_account(connection, account_id).locale
    except NotFoundError:
        return None
