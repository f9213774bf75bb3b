"""`/v1/admin/partners`: partner apps, their limits and keys."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter
from sqlalchemy import Connection

from api.access.auditing import audit
from api.access.rules import AdministratorCaller, FreshAdministratorCaller
from api.admin.schemas.partners import (
    AdministeredPartner,
    AdministeredPartners,
    KeyListed,
    KeyMade,
    KeyRequest,
    KeysListed,
    PartnerEdit,
    PartnerRequest,
)
from api.http.pagination import PageRequest, page_of
from api.http.problems import ProblemKind
from api.routing.idempotency import Created, IdempotentRequest, by_rule
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute, WrittenAnswer
from api.schemas.fields import RowIdInPath
from api.services.services import Services, ServicesOfApp
from engine.errors import NotFoundError
from store.audit import AuditAction
from store.hiring.owner_changes import JobsFollowed, change_partner_status
from store.matching.job_changes import lock_job_changes
from store.partners.keys import ApiKey, create_key, list_keys, revoke_key
from store.partners.partners import (
    NewPartner,
    Partner,
    PartnerStatus,
    RequestLimits,
    create_partner,
    get_partner,
    list_partners,
    read_contact,
    set_limits,
)

router = APIRouter(tags=["administrators"], route_class=TypedRoute)

PARTNERS = "/v1/admin/partners"
PARTNER = PARTNERS + "/{partner_id}"
KEYS = PARTNER + "/keys"
PartnerId = RowIdInPath
KeyId = RowIdInPath
NOT_FOUND, CONFLICT = ProblemKind.NOT_FOUND, ProblemKind.CONFLICT


@router.post(
    PARTNERS,
    **operation("Add a partner", CONFLICT, answer="It is added", status=201),
)
def post_partner(
    caller: FreshAdministratorCaller, body: PartnerRequest, creation: IdempotentRequest, services: ServicesOfApp
) -> WrittenAnswer[AdministeredPartner]:
    """It can ask nothing before it has a key."""
    limits = RequestLimits(body.requests_per_day, body.requests_per_minute)

    def work(connection: Connection) -> Created[AdministeredPartner]:
        new = NewPartner(body.name, limits, body.contact)
        partner_id = create_partner(connection, services.cipher, new, services.now())
        document = _partner(connection, get_partner(connection, partner_id), services)
        audit(connection, caller, AuditAction.PARTNER_CREATED, f"partner:{partner_id}", services)
        return Created(document, PARTNER.format(partner_id=partner_id))

    return creation.once(caller, work, allowed=by_rule)


@router.get(PARTNERS, **operation("Partners", answer="A page of them"))
def get_partners(_caller: AdministratorCaller, page: PageRequest, services: ServicesOfApp) -> AdministeredPartners:
    """By when they were added."""

    def work(connection: Connection) -> AdministeredPartners:
        found = list_partners(connection, page.after_id(), page.limit + 1)
        return page_of(
            AdministeredPartners,
            found,
            page,
            lambda one: _partner(connection, one, services),
            lambda one: (one.partner_id,),
        )

    return services.read(work)


@router.get(PARTNER, **operation("Read a partner", NOT_FOUND, answer="The partner"))
def get_one_partner(
    _caller: AdministratorCaller, partner_id: PartnerId, services: ServicesOfApp
) -> AdministeredPartner:
    """With its contact."""
    return services.read(lambda connection: _partner(connection, get_partner(connection, partner_id), services))


@router.patch(PARTNER, **operation("Change a partner's limits or status", NOT_FOUND, answer="The partner"))
def patch_partner(
    caller: FreshAdministratorCaller, partner_id: PartnerId, body: PartnerEdit, services: ServicesOfApp
) -> AdministeredPartner:
    """A suspended partner's jobs and people are hidden at once, and its keys open nothing; both on every worker.

    What it asks of stored people, by a key that a worker knows, follows within moments. Jobs that were open come back
    when it is restored.
    """

    def work(connection: Connection) -> AdministeredPartner:
        lock_job_changes(connection)
        now, known = services.now(), get_partner(connection, partner_id)
        limits = RequestLimits(
            body.requests_per_day or known.limits.requests_per_day,
            body.requests_per_minute or known.limits.requests_per_minute,
        )
        set_limits(connection, partner_id, limits, now)
        followed = JobsFollowed()
        if body.status is not None:
            followed = change_partner_status(connection, partner_id, body.status, now)
        changed = get_partner(connection, partner_id)
        document = _partner(connection, changed, services)
        detail = {
            "status": changed.status,
            "requests_per_day": limits.requests_per_day,
            "requests_per_minute": limits.requests_per_minute,
            **followed.detail(),
        }
        audit(connection, caller, _action(known, changed), f"partner:{partner_id}", services, detail)
        return document

    document = services.write(work)
    services.partner_keys.refresh()
    return document


@router.post(
    KEYS,
    **operation("Make a key", NOT_FOUND, CONFLICT, answer="The key, this once", status=201),
)
def post_key(
    caller: FreshAdministratorCaller,
    partner_id: PartnerId,
    body: KeyRequest,
    creation: IdempotentRequest,
    services: ServicesOfApp,
) -> WrittenAnswer[KeyMade]:
    """Only its hash is kept: hand the text over now."""
    expires_at = body.expires_at

    def work(connection: Connection) -> Created[KeyMade]:
        key = create_key(connection, partner_id, body.scopes, services.now(), expires_at)
        detail = {"key_id": key.key_id, "scopes": sorted(body.scopes)}
        audit(connection, caller, AuditAction.API_KEY_CREATED, f"partner:{partner_id}", services, detail)
        return Created(KeyMade(key_id=key.key_id, key=key.text, expires_at=_isoformat(key.expires_at)))

    made = creation.once(caller, work, allowed=by_rule)
    services.partner_keys.refresh()
    return made


@router.get(KEYS, **operation("A partner's keys", NOT_FOUND, answer="All of them"))
def get_keys(_caller: AdministratorCaller, partner_id: PartnerId, services: ServicesOfApp) -> KeysListed:
    """Those that ended too; no secrets."""

    def work(connection: Connection) -> KeysListed:
        get_partner(connection, partner_id)
        return KeysListed(items=[_key(one) for one in list_keys(connection, partner_id)])

    return services.read(work)


@router.delete(
    KEYS + "/{key_id}", **operation("Revoke a key", NOT_FOUND, answer="It opens nothing any more", status=204)
)
def delete_key(caller: FreshAdministratorCaller, partner_id: PartnerId, key_id: KeyId, services: ServicesOfApp) -> None:
    """Within moments, on every worker."""

    def work(connection: Connection) -> None:
        if not revoke_key(connection, partner_id, key_id, services.now()):
            raise NotFoundError("the key was revoked before", got=repr(key_id), field="key_id")
        audit(connection, caller, AuditAction.API_KEY_REVOKED, f"partner:{partner_id}", services, {"key_id": key_id})

    services.write(work)


def _action(before: Partner, after: Partner) -> AuditAction:
    if before.status is after.status:
        return AuditAction.PARTNER_QUOTA_CHANGED
    is_suspended = after.status is PartnerStatus.SUSPENDED
    return AuditAction.PARTNER_SUSPENDED if is_suspended else AuditAction.PARTNER_RESTORED


def _partner(connection: Connection, partner: Partner, services: Services) -> AdministeredPartner:
    return AdministeredPartner(
        partner_id=partner.partner_id,
        name=partner.name,
        status=partner.status,
        requests_per_day=partner.limits.requests_per_day,
        requests_per_minute=partner.limits.requests_per_minute,
        contact=read_contact(connection, services.cipher, partner.partner_id),
        created_at=partner.created_at.isoformat(),
    )


def _key(key: ApiKey) -> KeyListed:
    return KeyListed(
        key_id=key.key_id,
        scopes=sorted(key.scopes),
        created_at=key.created_at.isoformat(),
        expires_at=_isoformat(key.expires_at),
        revoked_at=_isoformat(key.revoked_at),
    )


def _isoformat(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
