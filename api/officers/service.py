"""What the routes of officers do: whose a programme is, and answers as they may read them."""

from __future__ import annotations

from sqlalchemy import Connection

from api.credentials.callers import Caller
from api.officers.schemas import AnswerAppeal, EligiblePersonDocument, ScreeningShown
from api.programmes.documents import decisions_shown, rule_outcomes
from api.services.services import Services
from engine.explain import Locale
from store.people.cases import Case, CaseState, words_of
from store.programmes.people import EligiblePerson
from store.programmes.programmes import Programme, acts_for, get_programme, no_programme
from store.programmes.screenings import Screening


def own_programme(connection: Connection, programme_id: str, caller: Caller) -> Programme:
    """One that the caller acts for; raises NotFoundError for another's, as for one that is not there."""
    if not acts_for(connection, programme_id, caller.account_id):
        raise no_programme(programme_id)
    return get_programme(connection, programme_id)


def screening_shown(
    connection: Connection, screening: Screening, case: Case | None, locale: Locale, services: Services
) -> ScreeningShown:
    """An answer with its appeal, without what the person told."""
    appeal = None
    if case is not None:
        appeal = AnswerAppeal(
            case_id=case.case_id,
            text=words_of(connection, services.cipher, case.case_id),
            opened_at=case.opened_at.isoformat(),
            is_open=case.state is not CaseState.DECIDED,
        )
    return ScreeningShown(
        screening_id=screening.screening_id,
        version=screening.version,
        eligibility=screening.eligibility,
        by_the_rules=screening.judgement.eligibility,
        rules=rule_outcomes(screening, locale),
        decisions=decisions_shown(screening),
        asked_at=screening.asked_at.isoformat(),
        holds_until=screening.holds_until,
        appeal=appeal,
    )


def person_document(person: EligiblePerson) -> EligiblePersonDocument:
    """Somebody who can enter."""
    return EligiblePersonDocument(
        screening_id=person.screening.screening_id,
        name=person.contact.name,
        email=person.contact.email,
        phone=person.contact.phone,
        asked_at=person.screening.asked_at.isoformat(),
        holds_until=person.screening.holds_until,
    )
