"""`/v1/me/profile` and what belongs to it: a person's own words, hours and private details."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import Connection

from api.access.auditing import audit
from api.access.rules import SeekerCaller
from api.http.problems import ProblemKind
from api.routing.idempotency import json_response
from api.routing.json_bodies import JsonBody, read_body, validated
from api.routing.openapi import described
from api.seekers.schemas import AvailabilityImported, OwnProfile, PrivateDetailsDocument
from api.seekers.service.profiles import save_availability, save_profile
from api.services.services import ServicesOfApp
from engine.documents.parts import AvailabilityDocument
from engine.documents.seekers import ProfileDocument, seeker_document
from engine.errors import InvalidInputError, NotFoundError
from store.audit import AuditAction
from store.importers.calendars.availability import availability_from_calendar
from store.importers.calendars.writing import calendar_of
from store.matching.row_reads import read_seeker
from store.people.consents import ConsentPurpose, agreed_purposes
from store.people.profiles import delete_profile
from store.people.seeker_accounts import (
    PrivateDetails,
    read_private_details,
    seeker_of,
    write_private_details,
)

router = APIRouter(tags=["seekers' door"])

PROFILE, AVAILABILITY = "/v1/me/profile", "/v1/me/availability"
CALENDAR, PRODUCT = "text/calendar", "-//Chamba//Availability//ES"
CALENDAR_BODY = {"requestBody": {"required": True, "content": {CALENDAR: {"schema": {"type": "string"}}}}}
PRIVATE = {200: ("The private details", PrivateDetailsDocument)}


async def calendar_body(request: Request, services: ServicesOfApp) -> bytes:
    """The bytes of a calendar; raises the 415 problem for a body that is not declared as one."""
    return await read_body(request.scope, request.receive, services.settings.max_body_bytes, (CALENDAR,))


@router.put(
    PROFILE, **described("Save one's profile", body=ProfileDocument, answered={200: ("It is saved", OwnProfile)})
)
def put_profile(caller: SeekerCaller, body: JsonBody, services: ServicesOfApp) -> Response:
    """The next recommendation follows it. Phones, addresses and ids in the words are taken out: others read them."""
    seeker = validated(ProfileDocument, body).seeker()
    return json_response(save_profile(caller.account_id, seeker, services))


@router.get(
    PROFILE, **described("Read one's profile", ProblemKind.NOT_FOUND, answered={200: ("The profile", OwnProfile)})
)
def get_profile(caller: SeekerCaller, services: ServicesOfApp) -> Response:
    """404 before it is saved for the first time."""

    def work(connection: Connection) -> dict[str, Any]:
        read = read_seeker(connection, seeker_of(connection, caller.account_id))
        document = seeker_document(read.seeker)
        return {"seeker_id": read.seeker.seeker_id, "profile": document, "masked": False}

    return json_response(services.read(work))


@router.delete(PROFILE, **described("Forget one's profile", ProblemKind.NOT_FOUND, done="It is gone"))
def delete_own_profile(caller: SeekerCaller, services: ServicesOfApp) -> Response:
    """Profile and vector are gone at once; the account stays. To leave with everything: `/v1/me/erasure`."""

    def work(connection: Connection) -> None:
        if not delete_profile(connection, seeker_of(connection, caller.account_id)):
            raise NotFoundError("there is no profile yet", field="profile")

    services.write(work)
    return Response(status_code=204)


@router.put(
    AVAILABILITY,
    **described(
        "Save one's free hours",
        ProblemKind.NOT_FOUND,
        ProblemKind.CONFLICT,
        body=AvailabilityDocument,
        answered={200: ("They are saved", ProfileDocument)},
    ),
)
def put_availability(caller: SeekerCaller, body: JsonBody, services: ServicesOfApp) -> Response:
    """Windows of the week in local time; the rest of the profile stays as it is."""
    asked = validated(AvailabilityDocument, body)
    return json_response(save_availability(caller.account_id, asked.availability(), services))


@router.put(
    AVAILABILITY + "/calendar",
    **(
        described(
            "Take one's free hours from a calendar",
            ProblemKind.NOT_FOUND,
            ProblemKind.CONFLICT,
            ProblemKind.WRONG_CONTENT_TYPE,
            ProblemKind.BODY_TOO_LARGE,
            answered={200: ("They are saved", AvailabilityImported)},
        )
        | {"openapi_extra": CALENDAR_BODY}
    ),
)
def put_calendar(
    caller: SeekerCaller, content: Annotated[bytes, Depends(calendar_body)], services: ServicesOfApp
) -> Response:
    """iCalendar with `VAVAILABILITY` (RFC 7953). Hours that cannot be told in a week are left out, and named."""
    assert caller.account is not None
    found = availability_from_calendar(content, around=services.now().date(), locale=caller.account.locale)
    document = save_availability(caller.account_id, found.availability, services)
    return json_response({"availability": document["availability"], "notes": [note.text for note in found.notes]})


@router.get(
    AVAILABILITY + "/calendar",
    **described(
        "One's free hours as a calendar", ProblemKind.NOT_FOUND, files=("VAVAILABILITY (RFC 7953)", [CALENDAR])
    ),
)
def get_calendar(caller: SeekerCaller, services: ServicesOfApp) -> Response:
    """To take them elsewhere."""
    read = services.read(lambda connection: read_seeker(connection, seeker_of(connection, caller.account_id)))
    if read.seeker.availability is None:
        raise NotFoundError("no free hours are stated yet", field="availability")
    return Response(
        calendar_of(read.seeker.availability, product_id=PRODUCT, uid=read.seeker.seeker_id, now=services.now()),
        media_type=CALENDAR,
    )


@router.put(
    "/v1/me/private-details",
    **described(
        "Save private details",
        ProblemKind.CONFLICT,
        body=PrivateDetailsDocument,
        answered={200: ("They are saved", PrivateDetailsDocument)},
    ),
)
def put_private_details(caller: SeekerCaller, body: JsonBody, services: ServicesOfApp) -> Response:
    """Kept encrypted, used for eligibility and audit alone. Income and class need the consent `sensitive`."""
    asked, now = validated(PrivateDetailsDocument, body), services.now()
    is_sensitive = asked.income is not None or asked.poverty_class is not None
    income = None if asked.income is None else repr(asked.income)
    details = PrivateDetails(asked.national_id, income, asked.poverty_class)

    def work(connection: Connection) -> None:
        if is_sensitive and ConsentPurpose.SENSITIVE not in agreed_purposes(connection, caller.account_id):
            raise InvalidInputError(
                "income and poverty class are sensitive data",
                expected="the consent `sensitive` first, at /v1/me/consents",
                field="income" if asked.income is not None else "poverty_class",
            )
        seeker_of(connection, caller.account_id)
        write_private_details(connection, services.cipher, caller.account_id, details, now)
        fields = sorted(name for name, value in asked.model_dump().items() if value is not None)
        audit(connection, caller, AuditAction.DATA_CORRECTED, caller.name, services, {"fields": fields})

    services.write(work)
    return json_response(_private(details))


@router.get("/v1/me/private-details", **described("Read private details", answered=PRIVATE))
def get_private_details(caller: SeekerCaller, services: ServicesOfApp) -> Response:
    """For their owner alone."""
    cipher = services.cipher
    return json_response(
        _private(services.read(lambda connection: read_private_details(connection, cipher, caller.account_id)))
    )


def _private(details: PrivateDetails) -> dict[str, Any]:
    income = None if details.income is None else float(details.income)
    return {"national_id": details.national_id, "income": income, "poverty_class": details.poverty_class}
