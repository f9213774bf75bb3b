"""A job before it is posted: as people would see it, what is wrong with it, and how many could do it. Writes nothing.

Counts are of those who agreed to be found, to the nearest five and none below it, so that an employer who changes a job
a little and asks again learns nothing of one person.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import orjson
from sqlalchemy import Connection

from api.access.limiting import require_attempt
from api.credentials.callers import Caller
from api.employers.service.mending_texts import MENDING_TEXTS
from api.employers.service.posting import employer_of, judged_for
from api.hiring.posting_states import reason_text
from api.hiring.postings import CheckedPosting, sign_documents
from api.hiring.state_texts import StateCode
from api.recommendations.service.people_for_job import nearest_people
from api.services.services import Services
from engine.catalogue.job_cards import card_bytes
from engine.catalogue.job_hours import job_hours
from engine.comparable_pay import comparable_pay
from engine.documents.how_to_apply import how_to_apply
from engine.documents.parts import apply_document
from engine.explain import Locale, number_text
from engine.jobs import Job
from engine.recommendation.people_counts import Change, ChangedJob, count_people
from store.analytics.small_groups import LEAST_PEOPLE, in_fives
from store.hiring.employers import Employer, EmployerStatus
from store.hiring.like_taken_down import taken_down_like
from store.hiring.standing import Owner
from store.requests.attempts import Limit

# Somebody who types for an hour asks a few hundred times; a program that tries jobs out on people, far more often.
PREVIEWS_BY_ACCOUNT = Limit("previews-account", 600, timedelta(hours=1))
MOST_COUNTED, MOST_WAYS = 1_000, 3
NOT_YET_POSTED = "preview"

_WAYS = {
    Locale.ES: {
        Change.LATER: "Si empezara {amount} más tarde, unas {more} personas más",
        Change.EARLIER: "Si empezara {amount} más temprano, unas {more} personas más",
        Change.SHORTER: "Si terminara {amount} antes, unas {more} personas más",
        Change.FLEXIBLE: "Si cada quien eligiera sus {amount} horas de la semana, unas {more} personas más",
        Change.MORE_PAY: "Si pagara {amount} soles, unas {more} personas más",
        Change.PHONE: "Si se pudiera hacer con un celular, unas {more} personas más",
        Change.WITHOUT_LANGUAGES: "Si no pidiera otro idioma que el castellano, unas {more} personas más",
    },
    Locale.EN: {
        Change.LATER: "If it began {amount} later, about {more} people more",
        Change.EARLIER: "If it began {amount} earlier, about {more} people more",
        Change.SHORTER: "If it ended {amount} sooner, about {more} people more",
        Change.FLEXIBLE: "If each chose their {amount} hours of the week, about {more} people more",
        Change.MORE_PAY: "If it paid {amount} soles, about {more} people more",
        Change.PHONE: "If it could be done on a phone, about {more} people more",
        Change.WITHOUT_LANGUAGES: "If it asked for no other language than Spanish, about {more} people more",
    },
}
_TIMES = {
    Locale.ES: {30: "media hora", 60: "una hora", 120: "dos horas"},
    Locale.EN: {30: "half an hour", 60: "an hour", 120: "two hours"},
}


def previewed(job: Job, employer_id: str, caller: Caller, services: Services) -> dict[str, Any]:
    """The document; raises as `own_employer`, and the 429 problem past the limit."""
    employer = employer_of(employer_id, caller, services)
    require_attempt(services, (PREVIEWS_BY_ACCOUNT, caller.account_id))
    posted, locale = judged_for(job, employer, services), caller.locale
    waits = services.read(lambda connection: _waits(connection, posted, employer))
    signs = sign_documents(posted.job.signs, locale)
    return {
        "job": _card(posted.job, locale),
        "state": "waiting" if waits else "open",
        "state_reasons": [{"code": code, "text": reason_text(code, locale)} for code in waits],
        "signs": [sign | {"fix": MENDING_TEXTS[locale][sign["kind"]]} for sign in signs],
        "people": _people(posted, locale, services),
    }


def _waits(connection: Connection, posted: CheckedPosting, employer: Employer) -> list[str]:
    """Codes of what would keep the job from being shown at once."""
    codes: list[str] = list(posted.blocking)
    if employer.status is not EmployerStatus.VERIFIED:
        codes.append(StateCode.EMPLOYER_NOT_VERIFIED)
    if taken_down_like(connection, posted.job, Owner(employer.employer_id)):
        codes.append(StateCode.LIKE_TAKEN_DOWN)
    return codes


def _card(job: Job, locale: Locale) -> dict[str, Any]:
    card: dict[str, Any] = orjson.loads(card_bytes(job, comparable_pay(job, job_hours(job))))
    return card | {"apply": apply_document(how_to_apply(job.url, locale, takes_applications=True))}


def _people(posted: CheckedPosting, locale: Locale, services: Services) -> dict[str, Any] | None:
    """Who could do it; None without a bundle that judges."""
    bundle = services.watch.current
    if bundle is None or posted.vector is None or posted.model_id != bundle.model_id:
        return None
    people = nearest_people(posted.vector, bundle, None, services, most=MOST_COUNTED)
    found = count_people(posted.job, posted.vector, people, bundle.recommender, bundle.now())
    more = [(changed, in_fives(count - found.could)) for changed, count in found.by_change]
    best: dict[Change, tuple[ChangedJob, int]] = {}
    for changed, opens in more:
        if opens >= LEAST_PEOPLE and opens > best.get(changed.change, (changed, 0))[1]:
            best[changed.change] = (changed, opens)
    ways = sorted(best.values(), key=lambda way: -way[1])[:MOST_WAYS]
    return {
        "count": in_fives(found.could) if found.could >= LEAST_PEOPLE else None,
        "is_at_least": found.considered >= MOST_COUNTED,
        "ways": [{"change": one.change, "more": opens, "text": _way_text(one, opens, locale)} for one, opens in ways],
    }


def _way_text(changed: ChangedJob, more: int, locale: Locale) -> str:
    amount = _TIMES[locale].get(int(changed.amount)) if changed.change in _BY_TIME else number_text(changed.amount)
    return _WAYS[locale][changed.change].format(amount=amount, more=more)


_BY_TIME = (Change.LATER, Change.EARLIER, Change.SHORTER)
