"""`/v1/partner`: what a partner app sees of itself, and rotating its keys."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends
from sqlalchemy import Connection

from api.access.auditing import audit
from api.access.rules import allow
from api.credentials.callers import Caller, Scope
from api.credentials.partner_keys import partner_of
from api.http.problems import ProblemError, ProblemKind
from api.partners.schemas.account import (
    DayOfUse,
    KeyRotation,
    NewKeyDocument,
    PartnerDocument,
    PartnerKeyDocument,
    PartnerLimits,
    PartnerUse,
    PartnerUsed,
)
from api.routing.idempotency import Created, IdempotentRequest
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute, WrittenAnswer
from api.schemas.fields import RowIdInPath
from api.services.services import ServicesOfApp
from store.audit import AuditAction
from store.partners.keys import ApiKey, get_key, list_keys, rotate_key
from store.partners.partners import get_partner
from store.partners.usage import DAY, read_answers, read_days

router = APIRouter(tags=["partners"], route_class=TypedRoute)

PARTNER = "/v1/partner"
AnyPartner = Annotated[Caller, Depends(allow(*Scope))]
KeyId = RowIdInPath
DAYS_TOLD = 29  # and today


@router.get(
    PARTNER,
    **operation("A partner's limits, use and keys", ProblemKind.TOO_MANY_REQUESTS, answer="The partner"),
)
def get_own_partner(caller: AnyPartner, services: ServicesOfApp) -> PartnerDocument:
    """Past a limit the answer is 429 with `Retry-After`; a batch counts as one request."""
    partner_id = partner_of(caller).partner_id
    this_minute, today = services.partner_keys.used(partner_id)

    def work(connection: Connection) -> PartnerDocument:
        partner = get_partner(connection, partner_id)
        limits, keys = partner.limits, list_keys(connection, partner_id)
        return PartnerDocument(
            partner_id=partner_id,
            name=partner.name,
            limits=PartnerLimits(
                requests_per_day=limits.requests_per_day, requests_per_minute=limits.requests_per_minute
            ),
            used=PartnerUsed(today=today, this_minute=this_minute),
            keys=[_key_document(key) for key in keys],
        )

    return services.read(work)


@router.get(
    PARTNER + "/usage",
    **operation("What a partner asked, by day", ProblemKind.TOO_MANY_REQUESTS, answer="The last 30 days"),
)
def get_usage(caller: AnyPartner, services: ServicesOfApp) -> PartnerUse:
    """The newest day first; days without requests are left out."""
    partner_id = partner_of(caller).partner_id
    since = (services.now() - DAYS_TOLD * DAY).astimezone(UTC).date().isoformat()

    def work(connection: Connection) -> PartnerUse:
        asked, answers = read_days(connection, partner_id, since), read_answers(connection, partner_id, since)
        days = sorted(asked.keys() | {day for day, _ in answers}, reverse=True)
        return PartnerUse(days=[_day_of_use(day, asked.get(day, 0), answers) for day in days])

    return services.read(work)


@router.post(
    PARTNER + "/keys/{key_id}:rotate",
    **operation(
        "Get a new key for an old one",
        ProblemKind.NOT_FOUND,
        ProblemKind.CONFLICT,
        ProblemKind.TOO_MANY_REQUESTS,
        answer="The new key, which is shown only now",
        status=201,
    ),
)
def post_key_rotation(
    caller: AnyPartner, key_id: KeyId, body: KeyRotation, creation: IdempotentRequest, services: ServicesOfApp
) -> WrittenAnswer[NewKeyDocument]:
    """It has the scopes and the end of the old one, which goes on for `grace_hours`, so that no request fails.

    A key rotates itself, or another whose scopes it has: it opens nothing more than before.
    """
    now, partner = services.now(), partner_of(caller)

    def allowed(connection: Connection) -> None:
        if not get_key(connection, partner.partner_id, key_id).scopes <= partner.scopes:
            raise ProblemError(ProblemKind.FORBIDDEN, "expected a key with all the scopes of the one to rotate")

    def work(connection: Connection) -> Created[NewKeyDocument]:
        new = rotate_key(connection, partner.partner_id, key_id, now, timedelta(hours=body.grace_hours))
        document = NewKeyDocument(key_id=new.key_id, key=new.text, expires_at=_moment(new.expires_at))
        audit(
            connection,
            caller,
            AuditAction.API_KEY_CREATED,
            f"api_key:{new.key_id}",
            services,
            {"rotated_key_id": key_id, "grace_hours": body.grace_hours},
        )
        return Created(document)

    return creation.once(caller, work, allowed=allowed)


def _day_of_use(day: str, requests: int, answers: Mapping[tuple[str, int], int]) -> DayOfUse:
    def of(*classes: int) -> int:
        return sum(answers.get((day, status_class), 0) for status_class in classes)

    return DayOfUse(day=day, requests=requests, answered=of(1, 2, 3), refused=of(4), failed=of(5))


def _key_document(key: ApiKey) -> PartnerKeyDocument:
    return PartnerKeyDocument(
        key_id=key.key_id,
        scopes=sorted(key.scopes & set(Scope)),
        created_at=_moment(key.created_at),
        expires_at=_moment(key.expires_at),
        revoked_at=_moment(key.revoked_at),
    )


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
