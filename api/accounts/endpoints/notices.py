"""`/v1/me/notices`: which notices one gets and by what."""

from __future__ import annotations

from fastapi import APIRouter
from sqlalchemy import Connection

from api.access.auditing import audit
from api.access.rules import AccountCaller
from api.accounts.schemas.notices import NoticeBy, NoticeChoice, NoticeChoices, NoticeChoicesRequest
from api.http.problems import ProblemKind
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute
from api.services.services import Services, ServicesOfApp
from engine.errors import ConflictError
from store.audit import AuditAction
from store.notices.choices import Choice, NoticeWay, read_ways, write_ways
from store.notices.posting import PHONE_WAYS
from store.notices.texts import NoticeGroup, frame
from store.people.accounts import get_account, read_contact
from store.people.phones import phone_of, resume_messages

router = APIRouter(tags=["accounts"], route_class=TypedRoute)

NOTICES = "/v1/me/notices"


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
