"""Saving many jobs or people: some at a time, each with a line that says what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import orjson
from sqlalchemy import Connection
from sqlalchemy.exc import InterfaceError, OperationalError

from api.hiring.posting_states import posting_state, state_reasons
from api.hiring.postings import CheckedPosting, checked_postings, save_posting
from api.http.problems import ProblemError, line_problem, problem_of
from api.partners.schemas.saved import JobLine, SeekerLine
from api.routing.lines import FaultyLine, Pieces
from api.services.services import Services
from api.services.vectors import seeker_vectors
from engine.errors import ChambaError, ConflictError
from engine.explain import Locale
from engine.moderation.contacts.profiles import without_contacts
from store.hiring.standing import Owner
from store.people.profiles import Encoded, put_partner_profile

# They share a call of the encoder and a transaction; others have their turn after each.
AT_ONCE = 32

Lines = Sequence[tuple[int, Any]]
# What became of the lines of a piece that could be read, by their place.
Save = Callable[[Connection], dict[int, dict[str, Any] | ProblemError]]


def saving_jobs(lines: Sequence[JobLine | FaultyLine], partner_id: str, services: Services) -> Pieces:
    """Save jobs as `PUT` does."""
    prepared = partial(_jobs, partner_id=partner_id, services=services)
    return _pieces(lines, "job_id", prepared, services)


def saving_seekers(lines: Sequence[SeekerLine | FaultyLine], partner_id: str, services: Services) -> Pieces:
    """Save profiles as `PUT` does."""
    prepared = partial(_seekers, partner_id=partner_id, services=services)
    return _pieces(lines, "seeker_id", prepared, services)


def _pieces(lines: Sequence[Any], key: str, prepared: Callable[[Lines, Locale], Save], services: Services) -> Pieces:
    def pieces(locale: Locale) -> Iterator[Callable[[], bytes]]:
        for start in range(0, len(lines), AT_ONCE):
            numbered = list(enumerate(lines[start : start + AT_ONCE], start))
            yield partial(_piece, numbered, key, prepared, services, locale)

    return pieces


def _piece(
    lines: Lines, key: str, prepared: Callable[[Lines, Locale], Save], services: Services, locale: Locale
) -> bytes:
    """The lines of a piece, once it is stored; where the database does not answer, each says so."""
    readable = [(index, line) for index, line in lines if not isinstance(line, FaultyLine)]
    found: dict[int, dict[str, Any] | ProblemError] = {
        index: line.problem for index, line in lines if isinstance(line, FaultyLine)
    }
    try:
        found |= services.write(prepared(readable, locale)) if readable else {}
    except (ChambaError, ProblemError, OperationalError, InterfaceError) as error:
        problem = problem_of(error) or line_problem(error)  # type: ignore[arg-type]
        found |= dict.fromkeys((index for index, _ in readable), problem)
    return b"".join(_written(index, line, key, found[index], locale) for index, line in lines)


def _written(index: int, line: Any, key: str, became: dict[str, Any] | ProblemError, locale: Locale) -> bytes:
    named = line.name(key) if isinstance(line, FaultyLine) else getattr(line, key)
    told = {"problem": became.document(locale)} if isinstance(became, ProblemError) else became
    return orjson.dumps({"index": index, key: named, **told}) + b"\n"


def _jobs(lines: Lines, locale: Locale, partner_id: str, services: Services) -> Save:
    checked = checked_postings([line.job.job(line.job_id) for _, line in lines], services)

    def save(connection: Connection) -> dict[int, dict[str, Any] | ProblemError]:
        return {
            index: _told(partial(_saved_job, connection, posted, partner_id, services, locale))
            for (index, _), posted in zip(lines, checked, strict=True)
        }

    return save


def _saved_job(
    connection: Connection, posted: CheckedPosting, partner_id: str, services: Services, locale: Locale
) -> dict[str, Any]:
    is_open, owner = posted.job.is_open, Owner(partner_id=partner_id)
    posting, _ = save_posting(connection, posted, owner, services, is_wanted_open=is_open, is_trusted=True)
    job, now = posted.job, services.now()
    reasons = state_reasons(connection, posting, job, now, locale)
    return {
        "state": posting_state(posting, job, now),
        "signs": posted.blocking,
        "state_reasons": [reason.model_dump() for reason in reasons],
    }


def _seekers(lines: Lines, _locale: Locale, partner_id: str, services: Services) -> Save:
    seekers = [without_contacts(line.profile.seeker(line.seeker_id)) for _, line in lines]
    bundle = services.watch.current
    vectors = None if bundle is None else seeker_vectors(seekers, bundle, services)
    encoded = [
        Encoded(seeker, None, None)
        if bundle is None or vectors is None
        else Encoded(seeker, vectors[at], bundle.model_id)
        for at, seeker in enumerate(seekers)
    ]

    def save(connection: Connection) -> dict[int, dict[str, Any] | ProblemError]:
        def saved(profile: Encoded, *, is_findable: bool) -> dict[str, Any]:
            put_partner_profile(connection, profile, partner_id, is_findable=is_findable)
            return {"vector": "pending" if profile.vector is None else "stored"}

        return {
            index: _told(partial(saved, profile, is_findable=line.is_findable))
            for (index, line), profile in zip(lines, encoded, strict=True)
        }

    return save


def _told(save: Callable[[], dict[str, Any]]) -> dict[str, Any] | ProblemError:
    try:
        return save()
    except ConflictError as error:  # raised before anything was written
        return line_problem(error)
