"""A contested answer given again, with reasons and breakdown, beside what would be answered now: without a shell."""

from __future__ import annotations

from typing import Any

import orjson
from sqlalchemy import Connection

from api.admin.service.reading import Reading
from api.credentials.callers import Caller
from api.http.problems import error_text
from api.language.catalogue import in_language
from api.recommendations.service.answers import answer_json
from api.recommendations.service.replaying import Replayed, answered_now, replay
from api.services.services import Services
from engine.documents.seekers import seeker_from_document
from engine.errors import ArtifactError, NotFoundError
from engine.seekers import Seeker
from index.replaying import differing_software
from store.matching.row_reads import read_seeker
from store.people.cases import CaseKind, get_case


def replayed_answer(case_id: str, caller: Caller, services: Services) -> dict[str, Any]:
    """The answer that a case is about, in the shape of `ReplayedAnswer`; told to the audit log.

    Raises NotFoundError for a case about no answer, or one that was forgotten.
    """
    services.journal.ship(wait=True)
    with services.database.connect() as connection:
        case = get_case(connection, case_id)
        if case.kind is not CaseKind.HUMAN_REVIEW:
            raise NotFoundError("the case is about no answer", got=case.kind, field="case_id")
        try:
            replayed = replay(case.subject_id, connection, services.settings.data_dir / "bundles")
        except ArtifactError as error:
            return _not_replayed(error_text(error, caller.locale))
        profile = _profile_now(connection, replayed)
    document = {
        "is_identical": replayed.is_identical,
        "difference": in_language(replayed.difference, caller.locale) or None,
        "software": differing_software(replayed.logged_query.software),
        "answer": _answer(replayed),
        "now": _now(replayed, profile, services),
    }
    services.write(lambda connection: _tell(Reading(connection, caller, services), replayed))
    return document


def _not_replayed(difference: str) -> dict[str, Any]:
    return {"is_identical": False, "difference": difference, "software": [], "answer": None, "now": None}


def _answer(replayed: Replayed) -> Any:
    locale = replayed.logged_query.locale
    named = replayed.logged.record.recommendation_id
    return orjson.loads(answer_json(replayed.found, replayed.bundle, None, locale, recommendation_id=named))


def _now(replayed: Replayed, profile: Seeker, services: Services) -> dict[str, Any] | None:
    bundle = services.watch.current
    if bundle is None:
        return None
    found = answered_now(replayed, profile, bundle, services.now())
    then = {job_id: place for place, (job_id, _) in enumerate(replayed.logged.record.shown, 1)}
    return {
        "bundle": bundle.version,
        "model": bundle.model_id,
        "jobs": [
            {"place": place, "job_id": job_id, "score": score, "place_then": then.get(job_id)}
            for place, (job_id, score) in enumerate(found.shown, 1)
        ],
    }


def _profile_now(connection: Connection, replayed: Replayed) -> Seeker:
    record = replayed.logged.record
    try:
        return read_seeker(connection, record.seeker_id).seeker
    except NotFoundError:  # it came with the request, or is gone
        return seeker_from_document(record.document, record.seeker_id)


def _tell(reading: Reading, replayed: Replayed) -> None:
    record = replayed.logged.record
    subject = f"seeker:{record.seeker_id}" if record.seeker_id else f"recommendation:{record.recommendation_id}"
    reading.reveal(subject, answer=record.shown)
    reading.tell()
