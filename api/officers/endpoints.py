"""`/v1/officers/programmes`: rules are published from a day on, people who can enter are named, appeals are decided."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from sqlalchemy import Connection

from api.access.auditing import audit
from api.access.rules import FreshOfficerCaller, OfficerCaller
from api.delivering.notices import post_for
from api.http.pagination import PageRequest, page_of
from api.http.problems import ProblemKind
from api.officers.schemas import (
    AnswerCounts,
    Appeals,
    EligiblePeople,
    OverrideRequest,
    ScreeningShown,
    Versions,
)
from api.officers.service import own_programme, person_document, screening_shown
from api.programmes.documents import programmes_page, rules_in_force, today, version_shown
from api.programmes.schemas import Programmes, VersionShown
from api.programmes.simulating import Simulation, simulated
from api.routing.idempotency import Created, IdempotentRequest
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute, WrittenAnswer
from api.schemas.fields import RowIdInPath
from api.services.services import ServicesOfApp
from engine.programmes.form import LARGEST_VERSION, ProgrammeRules
from store.audit import AuditAction
from store.notices.of_programmes import tell_decided
from store.people.cases import Case
from store.programmes.appeals import decide_as_officer, open_appeals, shown_to_officers
from store.programmes.people import count_answers, eligible_people
from store.programmes.versions import publish_rules, versions_of, withdraw_rules

router = APIRouter(tags=["officers"], route_class=TypedRoute)

PROGRAMMES = "/v1/officers/programmes"
PROGRAMME = PROGRAMMES + "/{programme_id}"
VERSIONS, SCREENING = PROGRAMME + "/versions", PROGRAMME + "/screenings/{screening_id}"
ProgrammeId = RowIdInPath
ScreeningId = RowIdInPath
RulesVersion = Annotated[int, Path(ge=1, le=LARGEST_VERSION)]
NOT_FOUND, CONFLICT = ProblemKind.NOT_FOUND, ProblemKind.CONFLICT


@router.get(PROGRAMMES, **operation("Programmes that one acts for", answer="A page of them"))
def get_programmes(caller: OfficerCaller, page: PageRequest, services: ServicesOfApp) -> Programmes:
    """An administrator says who acts for which."""

    return services.read(lambda connection: programmes_page(connection, page, services, officer_id=caller.account_id))


@router.get(VERSIONS, **operation("A programme's rules", NOT_FOUND, answer="Every version as it was published"))
def get_versions(caller: OfficerCaller, programme_id: ProgrammeId, services: ServicesOfApp) -> Versions:
    """In words, with figures, they are at `/v1/programmes/{programme_id}`."""

    def work(connection: Connection) -> Versions:
        own_programme(connection, programme_id, caller)
        return Versions(items=versions_of(connection, programme_id))

    return services.read(work)


@router.post(
    VERSIONS,
    **operation("Publish rules", NOT_FOUND, CONFLICT, answer="They hold from their day on", status=201),
)
def post_version(
    caller: FreshOfficerCaller,
    programme_id: ProgrammeId,
    body: ProgrammeRules,
    creation: IdempotentRequest,
    services: ServicesOfApp,
) -> WrittenAnswer[VersionShown]:
    """The next version, from a day to come: rules that hold never change, and what was answered keeps its version."""
    day = today(services)

    def allowed(connection: Connection) -> None:
        own_programme(connection, programme_id, caller)

    def work(connection: Connection) -> Created[VersionShown]:
        programme = own_programme(connection, programme_id, caller)
        publish_rules(connection, programme, body, day, services.now())
        shown = version_shown(body, day, caller.locale, rules_in_force(connection, programme, day))
        subject, detail = f"programme:{programme_id}", {"version": body.version}
        audit(connection, caller, AuditAction.PROGRAMME_RULES_PUBLISHED, subject, services, detail)
        return Created(shown)

    return creation.once(caller, work, allowed=allowed)


@router.delete(
    VERSIONS + "/{version}",
    **operation("Withdraw rules before their day", NOT_FOUND, CONFLICT, answer="They are gone", status=204),
)
def delete_version(
    caller: FreshOfficerCaller, programme_id: ProgrammeId, version: RulesVersion, services: ServicesOfApp
) -> None:
    """The newest version alone; 409 once its day has come."""

    def work(connection: Connection) -> None:
        own_programme(connection, programme_id, caller)
        withdraw_rules(connection, programme_id, version, today(services))
        subject, detail = f"programme:{programme_id}", {"version": version}
        audit(connection, caller, AuditAction.PROGRAMME_RULES_WITHDRAWN, subject, services, detail)

    services.write(work)


@router.post(
    PROGRAMME + "/simulations",
    **operation("Try rules before they hold", NOT_FOUND, ProblemKind.TOO_MANY_REQUESTS, answer="How many would pass"),
)
def post_simulation(
    caller: OfficerCaller, programme_id: ProgrammeId, body: ProgrammeRules, services: ServicesOfApp
) -> Simulation:
    """Over those who agree to it, in sums of five people or more, against the version in force; thirty a day."""

    def allowed(connection: Connection) -> None:
        own_programme(connection, programme_id, caller)

    return simulated(caller, programme_id, body, services, allowed)


@router.get(PROGRAMME + "/counts", **operation("How many were answered what", NOT_FOUND, answer="The counts"))
def get_counts(caller: OfficerCaller, programme_id: ProgrammeId, services: ServicesOfApp) -> AnswerCounts:
    """Of answers that hold, one a person."""

    def work(connection: Connection) -> AnswerCounts:
        own_programme(connection, programme_id, caller)
        counts = count_answers(connection, services.cipher, programme_id, today(services))
        return AnswerCounts(**{one.value: count for one, count in counts.items()})

    return services.read(work)


@router.get(
    PROGRAMME + "/people", **operation("Who can enter and agreed to be known", NOT_FOUND, answer="A page of them")
)
def get_people(
    caller: OfficerCaller, programme_id: ProgrammeId, page: PageRequest, services: ServicesOfApp
) -> EligiblePeople:
    """Name and contact; never what they told. That it was read is told to the audit log."""

    def work(connection: Connection) -> EligiblePeople:
        own_programme(connection, programme_id, caller)
        cipher, day, after = services.cipher, today(services), page.after_id()
        found = eligible_people(connection, cipher, programme_id, day, after=after, limit=page.limit + 1)
        document = page_of(EligiblePeople, found, page, person_document, lambda one: (one.screening.screening_id,))
        subject, detail = f"programme:{programme_id}", {"people": len(document.items)}
        audit(connection, caller, AuditAction.PROGRAMME_PEOPLE_READ, subject, services, detail)
        return document

    return services.write(work)


@router.get(PROGRAMME + "/appeals", **operation("Answers that people contest", NOT_FOUND, answer="A page of them"))
def get_appeals(
    caller: OfficerCaller, programme_id: ProgrammeId, page: PageRequest, services: ServicesOfApp
) -> Appeals:
    """Those that wait, the oldest first. Administrators see them among their cases too; whoever is first decides."""

    def work(connection: Connection) -> Appeals:
        own_programme(connection, programme_id, caller)
        found = open_appeals(connection, programme_id, after=page.after_id(), limit=page.limit + 1)

        def shown(case: Case) -> ScreeningShown:
            screening, _ = shown_to_officers(connection, services.cipher, programme_id, case.subject_id)
            return screening_shown(connection, screening, case, caller.locale, services)

        return page_of(Appeals, found, page, shown, lambda one: (one.case_id,))

    return services.read(work)


@router.get(SCREENING, **operation("Read an answer", NOT_FOUND, answer="The answer, without what the person told"))
def get_one_screening(
    caller: OfficerCaller, programme_id: ProgrammeId, screening_id: ScreeningId, services: ServicesOfApp
) -> ScreeningShown:
    """Of somebody who contests it, or who can enter and agreed to be known."""

    def work(connection: Connection) -> ScreeningShown:
        own_programme(connection, programme_id, caller)
        found = shown_to_officers(connection, services.cipher, programme_id, screening_id)
        return screening_shown(connection, *found, caller.locale, services)

    return services.read(work)


@router.post(
    SCREENING + "/decision",
    **operation("Decide otherwise than the rules", NOT_FOUND, CONFLICT, answer="The answer"),
)
def post_decision(
    caller: FreshOfficerCaller,
    programme_id: ProgrammeId,
    screening_id: ScreeningId,
    body: OverrideRequest,
    services: ServicesOfApp,
) -> ScreeningShown:
    """With a reason that the person reads; what the rules said stays beside it. Closes the appeal that waits."""

    def work(connection: Connection) -> ScreeningShown:
        own_programme(connection, programme_id, caller)
        shown_to_officers(connection, services.cipher, programme_id, screening_id)
        cipher, now = services.cipher, services.now()
        decided = decide_as_officer(
            connection, cipher, screening_id, caller.account_id, body.eligibility, body.reason, now
        )
        tell_decided(post_for(connection, services), decided)
        found = shown_to_officers(connection, cipher, programme_id, screening_id)
        document = screening_shown(connection, *found, caller.locale, services)
        subject, detail = f"screening:{screening_id}", {"programme_id": programme_id}
        audit(connection, caller, AuditAction.SCREENING_DECIDED, subject, services, detail)
        return document

    return services.write(work)
