"""`/v1/admin/partners`: partner apps, their limits and keys."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import APIRouter, Response
from sqlalchemy import Connection

from api.access.auditing import audit
from api.access.rules import AdministratorCaller
from api.admin.schemas import (
    AdministeredPartner,
    AdministeredPartners,
    KeyMade,
    KeyRequest,
    KeysListed,
    PartnerEdit,
    PartnerRequest,
)
from api.http.pagination import PageAsked, page_document
from api.http.problems import ProblemKind
from api.routing.idempotency import Created, CreationAsked, json_response
from api.routing.json_bodies import JsonBody, validated
from api.routing.openapi import described
from api.schemas.fields import RowIdInPath
from api.services.services import Services, ServicesOfApp
from engine.errors import NotFoundError
from store.audit import AuditAction
from store.hiring.owner_changes import JobsFollowed, change_partner_status
from store.matching.job_changes import lock_job_changes
from store.partners.keys import create_key, list_keys, revoke_key
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

router = APIRouter(tags=["administrators' door"])

PARTNERS = "/v1/admin/partners"
PARTNER = PARTNERS + "/{partner_id}"
KEYS = PARTNER + "/keys"
PartnerId = RowIdInPath
KeyId = RowIdInPath
ONE = {200: ("The partner", AdministeredPartner)}
NOT_FOUND, CONFLICT = ProblemKind.NOT_FOUND, ProblemKind.CONFLICT


@router.post(
    PARTNERS,
    **described("Add a partner", CONFLICT, body=PartnerRequest, answered={201: ("It is added", AdministeredPartner)}),
)
def post_partner(
    caller: AdministratorCaller, body: JsonBody, creation: CreationAsked, services: ServicesOfApp
) -> Response:
    """It can ask nothing before it has a key."""
    asked = validated(PartnerRequest, body)
    limits = RequestLimits(asked.requests_per_day, asked.requests_per_minute)

    def work(connection: Connection) -> Created:
        new = NewPartner(asked.name, limits, asked.contact)
        partner_id = create_partner(connection, services.cipher, new, services.now())
        document = _partner(connection, get_partner(connection, partner_id), services)
        audit(connection, caller, AuditAction.PARTNER_CREATED, f"partner:{partner_id}", services)
        return Created(document, PARTNER.format(partner_id=partner_id))

    return creation.once(caller, work)


@router.get(PARTNERS, **described("Partners", answered={200: ("A page of them", AdministeredPartners)}))
def get_partners(_caller: AdministratorCaller, asked: PageAsked, services: ServicesOfApp) -> Response:
    """By when they were added."""

    def work(connection: Connection) -> dict[str, Any]:
        found = list_partners(connection, asked.after_id(), asked.limit + 1)
        return page_document(
            found, asked, lambda one: _partner(connection, one, services), lambda one: (one.partner_id,)
        )

    return json_response(services.read(work))


@router.get(PARTNER, **described("Read a partner", NOT_FOUND, answered=ONE))
def get_one_partner(_caller: AdministratorCaller, partner_id: PartnerId, services: ServicesOfApp) -> Response:
    """With its contact."""
    return json_response(
        services.read(lambda connection: _partner(connection, get_partner(connection, partner_id), services))
    )


@router.patch(PARTNER, **described("Change a partner's limits or status", NOT_FOUND, body=PartnerEdit, answered=ONE))
def patch_partner(
    caller: AdministratorCaller, partner_id: PartnerId, body: JsonBody, services: ServicesOfApp
) -> Response:
    """A suspended partner's jobs and people are hidden at once, and its keys open nothing; both on every worker.

    What it asks of stored people, by a key that a worker knows, follows within moments. Jobs that were open come back
    when it is restored.
    """
    asked = validated(PartnerEdit, body)

    def work(connection: Connection) -> dict[str, Any]:
        lock_job_changes(connection)
        now, known = services.now(), get_partner(connection, partner_id)
        limits = RequestLimits(
            asked.requests_per_day or known.limits.requests_per_day,
            asked.requests_per_minute or known.limits.requests_per_minute,
        )
        set_limits(connection, partner_id, limits, now)
        followed = JobsFollowed()
        if asked.status is not None:
            followed = change_partner_status(connection, partner_id, asked.status, now)
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
    return json_response(document)


@router.post(
    KEYS,
    **described("Make a key", NOT_FOUND, CONFLICT, body=KeyRequest, answered={201: ("The key, this once", KeyMade)}),
)
def post_key(
    caller: AdministratorCaller, partner_id: PartnerId, body: JsonBody, creation: CreationAsked, services: ServicesOfApp
) -> Response:
    """Only its hash is kept: hand the text over now."""
    asked = validated(KeyRequest, body)
    expires_at = asked.expires_at

    def work(connection: Connection) -> Created:
        key = create_key(connection, partner_id, asked.scopes, services.now(), expires_at)
        detail = {"key_id": key.key_id, "scopes": sorted(asked.scopes)}
        audit(connection, caller, AuditAction.API_KEY_CREATED, f"partner:{partner_id}", services, detail)
        return Created({"key_id": key.key_id, "key": key.text, "expires_at": _told(key.expires_at)})

    return creation.once(caller, work)


@router.get(KEYS, **described("A partner's keys", NOT_FOUND, answered={200: ("All of them", KeysListed)}))
def get_keys(_caller: AdministratorCaller, partner_id: PartnerId, services: ServicesOfApp) -> Response:
    """Those that ended too; no secrets."""

    def work(connection: Connection) -> dict[str, Any]:
        get_partner(connection, partner_id)
        return {
            "items": [
                {
                    "key_id": key.key_id,
                    "scopes": sorted(key.scopes),
                    "created_at": key.created_at.isoformat(),
                    "expires_at": _told(key.expires_at),
                    "revoked_at": _told(key.revoked_at),
                }
                for key in list_keys(connection, partner_id)
            ]
        }

    return json_response(services.read(work))


@router.delete(KEYS + "/{key_id}", **described("Revoke a key", NOT_FOUND, done="It opens nothing any more"))
def delete_key(caller: AdministratorCaller, partner_id: PartnerId, key_id: KeyId, services: ServicesOfApp) -> Response:
    """Within moments, on every worker."""

    def work(connection: Connection) -> None:
        if not revoke_key(connection, partner_id, key_id, services.now()):
            raise NotFoundError("the key was revoked before", got=repr(key_id), field="key_id")
        audit(connection, caller, AuditAction.API_KEY_REVOKED, f"partner:{partner_id}", services, {"key_id": key_id})

    services.write(work)
    return Response(status_code=204)


def _action(before: Partner, after: Partner) -> AuditAction:
    if before.status is after.status:
        return AuditAction.PARTNER_QUOTA_CHANGED
    is_suspended = after.status is PartnerStatus.SUSPENDED
    return AuditAction.PARTNER_SUSPENDED if is_suspended else AuditAction.PARTNER_RESTORED


def _partner(connection: Connection, partner: Partner, services: Services) -> dict[str, Any]:
    return {
        "partner_id": partner.partner_id,
        "name": partner.name,
        "status": partner.status,
        "requests_per_day": partner.limits.requests_per_day,
        "requests_per_minute": partner.limits.requests_per_minute,
        "contact": read_contact(connection, services.cipher, partner.partner_id),
        "created_at": partner.created_at.isoformat(),
    }


def _told(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
