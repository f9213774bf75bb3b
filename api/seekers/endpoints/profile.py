"""`/v1/me/profile` and what belongs to it: a person's own words, hours and private details."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import Field
from sqlalchemy import Connection

from api.access.auditing import audit
from api.access.rules import SeekerCaller
from api.http.problems import ProblemKind
from api.routing.json_bodies import read_body
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute, WrittenAnswer, json_response
from api.seekers.schemas import AvailabilityImported, OwnProfile, PrivateDetailsDocument
from api.seekers.service.private_details import details_document, details_of, require_possible_days
from api.seekers.service.profiles import no_profile, read_own_profile, save_availability, save_profile
from api.services.services import Services, ServicesOfApp
from engine.documents.parts import AvailabilityDocument
from engine.documents.seekers import ProfileDocument, seeker_document
from engine.errors import InvalidInputError, NotFoundError
from engine.seekers import Seeker
from store.analytics.rows import lima_day
from store.audit import AuditAction
from store.hiring.invitations import end_invitations_of_account
from store.importers.calendars.availability import MOST_WINDOWS, availability_from_calendar, hours_named
from store.importers.calendars.lines import MOST_BYTES
from store.importers.calendars.writing import calendar_of
from store.people.consents import ConsentPurpose, agreed_purposes
from store.people.profiles import delete_profile
from store.people.seeker_accounts import (
    read_private_details,
    seeker_of,
    write_private_details,
)

router = APIRouter(tags=["seekers"], route_class=TypedRoute)

PROFILE, AVAILABILITY = "/v1/me/profile", "/v1/me/availability"
CALENDAR, PRODUCT = "text/calendar", "-//Chamba//Availability//ES"
HOURS = (
    "between which hours the person could work, such as `mon-sat 07:00-22:00` or `lun-vie 18:00-24:00`; may be repeated"
)
ZONE = "where the person lives; that of the hours saved before when left out, or else America/Lima"
NamedHours = Annotated[str, Field(max_length=80, examples=["mon-sat 07:00-22:00"])]
CALENDAR_BODY = {"requestBody": {"required": True, "content": {CALENDAR: {"schema": {"type": "string"}}}}}


class CalendarResponse(Response):
    """A calendar."""

    media_type = CALENDAR


async def calendar_body(request: Request, services: ServicesOfApp) -> bytes:
    """The bytes of a calendar; raises the 415 problem for a body that is not declared as one."""
    most_bytes = max(services.settings.max_body_bytes, MOST_BYTES)
    return await read_body(request.scope, request.receive, most_bytes, (CALENDAR,))


@router.put(PROFILE, **operation("Save one's profile", answer="It is saved"))
def put_profile(caller: SeekerCaller, body: ProfileDocument, services: ServicesOfApp) -> WrittenAnswer[OwnProfile]:
    """The next recommendation follows it. Phones, addresses and ids in the words are taken out: others read them."""
    seeker = body.seeker()
    return json_response(save_profile(caller.account_id, seeker, services))


@router.get(PROFILE, **operation("Read one's profile", ProblemKind.NOT_FOUND, answer="The profile"))
def get_profile(caller: SeekerCaller, services: ServicesOfApp) -> WrittenAnswer[OwnProfile]:
    """404 before it is saved for the first time."""

    def work(connection: Connection) -> dict[str, Any]:
        read = read_own_profile(connection, caller.account_id)
        document = seeker_document(read.seeker)
        return {"seeker_id": read.seeker.seeker_id, "profile": document, "masked": False}

    return json_response(services.read(work))


@router.delete(PROFILE, **operation("Forget one's profile", ProblemKind.NOT_FOUND, answer="It is gone", status=204))
def delete_own_profile(caller: SeekerCaller, services: ServicesOfApp) -> None:
    """Profile and vector are gone at once; the account stays. To leave with everything: `/v1/me/erasure`."""

    def work(connection: Connection) -> None:
        if not delete_profile(connection, seeker_of(connection, caller.account_id)):
            raise no_profile()
        end_invitations_of_account(connection, caller.account_id, services.now())

    services.write(work)


@router.put(
    AVAILABILITY,
    **operation("Save one's free hours", ProblemKind.NOT_FOUND, ProblemKind.CONFLICT, answer="They are saved"),
)
def put_availability(
    caller: SeekerCaller, body: AvailabilityDocument, services: ServicesOfApp
) -> WrittenAnswer[ProfileDocument]:
    """Windows of the week in local time; the rest of the profile stays as it is."""
    return json_response(save_availability(caller.account_id, body.availability(), services))


@router.put(
    AVAILABILITY + "/calendar",
    **(
        operation(
            "Take one's free hours from a calendar",
            ProblemKind.NOT_FOUND,
            ProblemKind.CONFLICT,
            ProblemKind.WRONG_CONTENT_TYPE,
            ProblemKind.BODY_TOO_LARGE,
            answer="They are saved",
        )
        | {"openapi_extra": CALENDAR_BODY}
    ),
)
def put_calendar(
    caller: SeekerCaller,
    content: Annotated[bytes, Depends(calendar_body)],
    services: ServicesOfApp,
    hours: Annotated[list[NamedHours], Query(max_length=MOST_WINDOWS, description=HOURS)] = [],  # noqa: B006
    time_zone: Annotated[str | None, Query(max_length=64, description=ZONE)] = None,
) -> WrittenAnswer[AvailabilityImported]:
    """iCalendar, at most 8 MB: an export of Google, Outlook, Apple or another calendar, whose busy hours are taken off
    `hours`; or one with `VAVAILABILITY` (RFC 7953), which tells the free ones itself. What is not there almost every
    week, and what cannot be read, is left out and told in `notes`."""
    assert caller.account is not None
    locale, saved = caller.account.locale, _own_profile(caller.account_id, services).availability
    found = availability_from_calendar(
        content,
        default_time_zone=time_zone or (saved.time_zone if saved else "America/Lima"),
        around=services.now().date(),
        locale=locale,
        hours=hours_named(hours, locale),
    )
    document = save_availability(caller.account_id, found.availability, services)
    return json_response({"availability": document["availability"], "notes": [note.text for note in found.notes]})


@router.get(
    AVAILABILITY + "/calendar",
    **operation("One's free hours as a calendar", ProblemKind.NOT_FOUND, answer="VAVAILABILITY (RFC 7953)"),
    response_class=CalendarResponse,
)
def get_calendar(caller: SeekerCaller, services: ServicesOfApp) -> CalendarResponse:
    """To take them elsewhere."""
    seeker = _own_profile(caller.account_id, services)
    if seeker.availability is None:
        raise NotFoundError(
            "no free hours are stated yet", fix="save your free hours at /v1/me/availability", field="availability"
        )
    return CalendarResponse(
        calendar_of(seeker.availability, product_id=PRODUCT, uid=seeker.seeker_id, now=services.now())
    )


def _own_profile(account_id: str, services: Services) -> Seeker:
    """Raises NotFoundError before it is saved for the first time."""
    return services.read(partial(read_own_profile, account_id=account_id)).seeker


@router.put(
    "/v1/me/private-details",
    **operation("Save private details", ProblemKind.CONFLICT, answer="They are saved"),
)
def put_private_details(
    caller: SeekerCaller, body: PrivateDetailsDocument, services: ServicesOfApp
) -> PrivateDetailsDocument:
    """Kept encrypted, used for eligibility and audit alone. Income and class need the consent `sensitive`."""
    now = services.now()
    is_sensitive = body.income is not None or body.poverty_class is not None
    require_possible_days(body, lima_day(now))
    details = details_of(body)

    def work(connection: Connection) -> None:
        if is_sensitive and ConsentPurpose.SENSITIVE not in agreed_purposes(connection, caller.account_id):
            raise InvalidInputError(
                "income and poverty class are sensitive data",
                expected="the consent `sensitive` first, at /v1/me/consents",
                field="income" if body.income is not None else "poverty_class",
            )
        seeker_of(connection, caller.account_id)
        write_private_details(connection, services.cipher, caller.account_id, details, now)
        fields = sorted(name for name, value in body.model_dump().items() if value is not None)
        audit(connection, caller, AuditAction.DATA_CORRECTED, caller.name, services, {"fields": fields})

    services.write(work)
    return details_document(details)


@router.get("/v1/me/private-details", **operation("Read private details", answer="The private details"))
def get_private_details(caller: SeekerCaller, services: ServicesOfApp) -> PrivateDetailsDocument:
    """For their owner alone."""
    cipher = services.cipher
    return details_document(
        services.read(lambda connection: read_private_details(connection, cipher, caller.account_id))
    )
