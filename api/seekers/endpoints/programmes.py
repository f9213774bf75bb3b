"""`/v1/me/screenings`: a person asks whether she may enter a programme, reads why, and contests the answer."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter
from sqlalchemy import Connection

from api.access.auditing import audit
from api.access.limiting import require_attempt
from api.access.rules import SeekerCaller
from api.hiring.cases import opened
from api.hiring.schemas import OwnCase, ReviewRequest
from api.http.pagination import PageRequest, page_of
from api.http.problems import ProblemKind
from api.programmes.documents import no_rules_today, own_screening, rules_in_force, today
from api.programmes.schemas import OwnScreening, OwnScreenings
from api.routing.idempotency import Created, IdempotentRequest
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute, WrittenAnswer
from api.schemas.fields import Document, Flag, RowIdInPath, examples
from api.services.services import ServicesOfApp
from store.audit import AuditAction
from store.notices.of_programmes import tell_appealed
from store.people.cases import CaseKind
from store.programmes.programmes import get_programme
from store.programmes.screenings import Screening, ask_screening, get_screening, own_screenings, require_consent
from store.requests.attempts import Limit

router = APIRouter(tags=["seekers"], route_class=TypedRoute)

ASK = "/v1/me/programmes/{programme_id}/screenings"
SCREENINGS = "/v1/me/screenings"
SCREENING = SCREENINGS + "/{screening_id}"
ASKED_BY_ACCOUNT = Limit("screenings-account", 30, timedelta(days=1))
NOT_FOUND, CONFLICT, TOO_OFTEN = ProblemKind.NOT_FOUND, ProblemKind.CONFLICT, ProblemKind.TOO_MANY_REQUESTS


class ScreeningRequest(Document):
    """Whether the programme's organisation may know the person's name and contacts if she can enter."""

    model_config = examples({"shares_contact": True})

    shares_contact: Flag = False


@router.post(
    ASK,
    **operation("Ask whether one may enter a programme", NOT_FOUND, CONFLICT, TOO_OFTEN, answer="Why", status=201),
)
def post_screening(
    caller: SeekerCaller,
    programme_id: RowIdInPath,
    body: ScreeningRequest,
    creation: IdempotentRequest,
    services: ServicesOfApp,
) -> WrittenAnswer[OwnScreening]:
    """By the rules in force and what the person has told; the newest answer counts. It needs the consent `screening`,
    and reads income and class by the consent `sensitive` alone. No ranking and no employer ever sees any of it."""
    require_attempt(services, (ASKED_BY_ACCOUNT, caller.account_id))
    day = today(services)

    def allowed(connection: Connection) -> None:
        get_programme(connection, programme_id)
        require_consent(connection, caller.account_id)

    def work(connection: Connection) -> Created[OwnScreening]:
        programme = get_programme(connection, programme_id)
        rules = rules_in_force(connection, programme, day)
        if rules is None:
            raise no_rules_today(connection, programme, day)
        screening = ask_screening(
            connection,
            services.cipher,
            programme,
            rules,
            caller.account_id,
            day,
            services.now(),
            shares_contact=body.shares_contact,
        )
        document = own_screening(connection, screening, caller.locale, services)
        subject = f"screening:{screening.screening_id}"
        detail = {"programme_id": programme_id, "version": rules.version}
        audit(connection, caller, AuditAction.SCREENING_ASKED, subject, services, detail)
        return Created(document, SCREENING.format(screening_id=screening.screening_id))

    return creation.once(caller, work, allowed=allowed)


@router.get(SCREENINGS, **operation("One's answers of programmes", answer="A page of them"))
def get_screenings(caller: SeekerCaller, page: PageRequest, services: ServicesOfApp) -> OwnScreenings:
    """The newest first; of each programme the newest counts."""

    def work(connection: Connection) -> OwnScreenings:
        after, cipher = page.after_id(), services.cipher
        found = own_screenings(connection, cipher, caller.account_id, after=after, limit=page.limit + 1)
        return page_of(
            OwnScreenings,
            found,
            page,
            lambda one: own_screening(connection, one, caller.locale, services),
            lambda one: (one.screening_id,),
        )

    return services.read(work)


@router.get(SCREENING, **operation("Read an answer of a programme", NOT_FOUND, answer="The answer"))
def get_one_screening(caller: SeekerCaller, screening_id: RowIdInPath, services: ServicesOfApp) -> OwnScreening:
    """Each rule with its figure and what the person told, what is missing, and what somebody decided."""

    def work(connection: Connection) -> OwnScreening:
        screening = get_screening(connection, services.cipher, screening_id, account_id=caller.account_id)
        return own_screening(connection, screening, caller.locale, services)

    return services.read(work)


@router.post(
    SCREENING + "/appeal",
    **operation(
        "Contest an answer of a programme",
        NOT_FOUND,
        CONFLICT,
        TOO_OFTEN,
        answer="A person will look at it",
        status=201,
    ),
)
def post_appeal(
    caller: SeekerCaller,
    screening_id: RowIdInPath,
    body: ReviewRequest,
    creation: IdempotentRequest,
    services: ServicesOfApp,
) -> WrittenAnswer[OwnCase]:
    """Somebody of the programme or an administrator decides, with a reason; both answers are kept."""

    def allowed(connection: Connection) -> Screening:
        return get_screening(connection, services.cipher, screening_id, account_id=caller.account_id)

    def work(connection: Connection) -> Created[OwnCase]:
        tell_appealed(connection, allowed(connection).programme_id, services.now())
        return opened(connection, CaseKind.ELIGIBILITY, screening_id, body.text, caller, services)

    return creation.once(caller, work, allowed=allowed)
