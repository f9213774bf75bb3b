"""`/v1/seekers/{seeker_id}`: a partner's own people. A `def` route runs on a worker thread: SQL may wait."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy import Connection

from api.access.rules import allow
from api.credentials.callers import Caller, Scope
from api.http.problems import ProblemKind
from api.partners.schemas.saved import SavedSeeker
from api.partners.service.erasure import erase_partners_own, erase_sent_profile
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute, WrittenAnswer, json_response
from api.schemas.erasures import ErasureReceiptDocument
from api.schemas.fields import IdInPath
from api.services.services import ServicesOfApp
from api.services.vectors import seeker_vector
from engine.documents.seekers import ProfileDocument, seeker_document
from engine.moderation.contacts.profiles import without_contacts
from store.matching.row_reads import read_seeker
from store.people.profiles import Encoded, put_partner_profile, require_partners_person

router = APIRouter(tags=["partners: people"], route_class=TypedRoute)

SEEKER = "/v1/seekers/{seeker_id}"
PROFILE = "/v1/profiles/{profile_reference}"
SeekerId = IdInPath
ProfileReference = IdInPath
PartnerCaller = Annotated[Caller, Depends(allow(Scope.SEEKERS))]
ProfilesPartner = Annotated[Caller, Depends(allow(Scope.RECOMMEND, Scope.SEEKERS))]
Findable = Annotated[bool, Query(description="the person agreed that employers may find them")]


@router.put(
    SEEKER,
    **operation(
        "Create or replace a profile",
        ProblemKind.CONFLICT,
        answer="It was replaced",
        also={201: ("It is new", SavedSeeker)},
    ),
)
def put_seeker(
    caller: PartnerCaller,
    seeker_id: SeekerId,
    body: ProfileDocument,
    services: ServicesOfApp,
    is_findable: Findable = False,
    *,
    response: Response,
) -> SavedSeeker:
    """Its vector is computed now, so that recommending to this person runs no encoder.

    While no bundle is served there is no model to do it: `vector` is then `pending`, and the first recommendation
    computes it. Phones, addresses and ids in the words are taken out. 409 for an id that is another partner's.
    """
    seeker = without_contacts(body.seeker(seeker_id))
    bundle, partner_id = services.watch.current, caller.of_partner
    vector = None if bundle is None else seeker_vector(seeker, bundle, services)
    encoded = Encoded(seeker, vector, None if bundle is None else bundle.model_id)
    created = services.write(
        lambda connection: put_partner_profile(connection, encoded, partner_id, is_findable=is_findable)
    )
    if created:
        response.status_code, response.headers["Location"] = 201, SEEKER.format(seeker_id=seeker_id)
    return SavedSeeker(seeker_id=seeker_id, vector="stored" if bundle else "pending")


@router.get(SEEKER, **operation("Read a profile", ProblemKind.NOT_FOUND, answer="The profile"))
def get_seeker(caller: PartnerCaller, seeker_id: SeekerId, services: ServicesOfApp) -> WrittenAnswer[ProfileDocument]:
    """The document that was put; it can be put again as it is."""

    def work(connection: Connection) -> dict[str, object]:
        require_partners_person(connection, seeker_id, caller.of_partner)
        return seeker_document(read_seeker(connection, seeker_id).seeker)

    return json_response(services.read(work))


@router.delete(
    SEEKER,
    **operation("Erase a person", ProblemKind.NOT_FOUND, answer="They are erased; this is the receipt"),
)
def delete_seeker(caller: PartnerCaller, seeker_id: SeekerId, services: ServicesOfApp) -> ErasureReceiptDocument:
    """At once and for good: the profile, its vector, and what became of the person's recommendations.

    The answers themselves are kept for three years without whom they were for. The receipt can be read again at
    `/v1/erasure-receipts/{receipt_id}`; webhooks that listen to `seeker.erased` are told.
    """
    return erase_partners_own(caller, seeker_id, services)


@router.delete(
    PROFILE,
    **operation(
        "Erase a person whose profile was sent along",
        ProblemKind.NOT_FOUND,
        answer="They are erased; this is the receipt",
    ),
)
def delete_profile(
    caller: ProfilesPartner, profile_reference: ProfileReference, services: ServicesOfApp
) -> ErasureReceiptDocument:
    """For profiles that came with `POST /v1/recommendations` under this `profile_reference`: at once and for good.

    The answers are kept for three years without whom they were for, and without the profile. A profile that is sent
    under the reference in the five minutes after this is erased with it. The receipt can be read again at
    `/v1/erasure-receipts/{receipt_id}`. 404 for a reference under which nothing is logged.
    """
    return erase_sent_profile(caller, profile_reference, services)
