"""Looks for every acknowledged write once it is quiet: in the database, and by the API, as whoever wrote it would."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import sleep
from typing import Any

from sqlalchemy import Connection, select

from engine.errors import NotFoundError
from store.hiring.applications import APPLICATIONS
from store.hiring.messages import messages_of
from store.matching.events import EVENTS, MOST_EVENTS
from store.matching.row_reads import read_seeker
from store.people.accounts import ACCOUNTS
from store.people.seeker_accounts import seeker_of
from store.tables import JOBS, SEEKERS
from tests.attacks.soak.ground import PASSWORD, Caller, Ground
from tests.attacks.soak.ledger import Kind

VERSION = re.compile(r"versión (\d{1,9})$")
TRIES, PAUSE_SECONDS = 5, 1
BUSY = (429, 503)


@dataclass
class Found:
    """What was found of each kind, and what is there more often than once."""

    proofs: dict[Kind, dict[str, str]] = field(default_factory=lambda: {kind: {} for kind in Kind})
    doubled: list[str] = field(default_factory=list)

    def note(self, kind: Kind, found: Mapping[str, str]) -> None:
        """Some that were found."""
        self.proofs[kind].update(found)


def in_database(ground: Ground) -> Found:
    """By the tables themselves."""
    expected, found = ground.ledger.acknowledged, Found()

    def look(connection: Connection) -> None:
        account_ids = set(connection.execute(select(ACCOUNTS.c.account_id)).scalars())
        found.note(Kind.ACCOUNT, {name: one for name, one in expected[Kind.ACCOUNT].items() if one in account_ids})
        for email, account_id in expected[Kind.ACCOUNT].items():
            _note_profile(found, ground, email, _stored_profile(connection, account_id))
        applications = expected[Kind.APPLICATION]
        ids = set(connection.execute(select(APPLICATIONS.c.application_id)).scalars())
        found.note(Kind.APPLICATION, {name: applications[name] for name in applications.keys() & ids})
        for application_id in applications:
            texts = [one.text for one in messages_of(connection, ground.services.cipher, application_id)]
            _note_messages(found, application_id, texts)
        jobs = {row.job_id: row.document["title"] for row in connection.execute(select(JOBS))}
        found.note(Kind.JOB, jobs)
        found.note(Kind.POSTING, jobs)
        people = connection.execute(select(SEEKERS.c.seeker_id, SEEKERS.c.document))
        found.note(Kind.PERSON, {row.seeker_id: row.document.get("text", "") for row in people})
        events = connection.execute(select(EVENTS.c.event_id, EVENTS.c.job_id))
        found.note(Kind.EVENT, {row.event_id: row.job_id for row in events})

    ground.services.read(look)
    return found


def by_api(ground: Ground) -> Found:
    """As those who wrote are answered."""
    found, partner = Found(), Caller(ground, "10.9.0.1", ground.partner)
    for number, email in enumerate(ground.ledger.names(Kind.ACCOUNT)):
        _look_as_seeker(found, Caller(ground, f"10.10.{number // 250}.{number % 250 + 1}"), email)
    found.note(Kind.JOB, {one["job_id"]: (one["job"] or {}).get("title", "") for one in partner.pages("/v1/jobs")})
    found.note(Kind.PERSON, {one["seeker_id"]: one["profile"]["text"] for one in partner.pages("/v1/seekers")})
    employer = Caller(ground, "10.9.0.2")
    assert _is_let_in(employer, ground.employer_email)
    postings = employer.pages(f"/v1/employers/{ground.employer_id}/jobs")
    found.note(Kind.POSTING, {one["job_id"]: one["job"]["title"] for one in postings})
    found.note(Kind.EVENT, _told_again(ground, partner))
    return found


def _is_let_in(caller: Caller, email: str) -> bool:
    for _ in range(TRIES):
        answer = caller.ask("POST", "/v1/auth/log-in", {"email": email, "password": PASSWORD})
        if answer is not None and answer.status_code not in BUSY:
            return caller.take(answer)
        sleep(PAUSE_SECONDS)
    return False


def _look_as_seeker(found: Found, caller: Caller, email: str) -> None:
    ground = caller.ground
    if not _is_let_in(caller, email):
        return
    found.note(Kind.ACCOUNT, {email: caller.account_id})
    profile = caller.ask("GET", "/v1/me/profile")
    if profile is not None and profile.ok:
        _note_profile(found, ground, email, profile.json()["profile"]["text"])
    for application_id, applicant in ground.ledger.acknowledged[Kind.APPLICATION].items():
        if applicant != email:
            continue
        answer = caller.ask("GET", f"/v1/me/applications/{application_id}")
        if answer is not None and answer.ok:
            found.note(Kind.APPLICATION, {application_id: email})
            _note_messages(found, application_id, [one["text"] for one in answer.json()["messages"]])


def _stored_profile(connection: Connection, account_id: str) -> str:
    try:
        return read_seeker(connection, seeker_of(connection, account_id)).seeker.text
    except NotFoundError:
        return ""


def _note_profile(found: Found, ground: Ground, email: str, text: str) -> None:
    """A profile that was saved is found, or one that the same person saved later."""
    stored = VERSION.search(text)
    versions = range(1, int(stored.group(1)) + 1) if stored else ()
    names = {f"{email} {version}": str(version) for version in versions}
    found.note(Kind.PROFILE, {name: one for name, one in names.items() if name in _profiles(ground)})


def _profiles(ground: Ground) -> dict[str, str]:
    return ground.ledger.acknowledged[Kind.PROFILE]


def _note_messages(found: Found, application_id: str, texts: list[str]) -> None:
    found.note(Kind.MESSAGE, dict.fromkeys(texts, application_id))
    found.doubled += [text for text, count in Counter(texts).items() if count > 1]


def _told_again(ground: Ground, partner: Caller) -> dict[str, str]:
    """An event that the server has is told before, whoever it is of; one that it lost is refused."""
    told: dict[str, str] = {}
    events, when = list(ground.ledger.acknowledged[Kind.EVENT].items()), datetime.now(UTC).isoformat()
    for start in range(0, len(events), MOST_EVENTS):
        some = events[start : start + MOST_EVENTS]
        body: list[dict[str, Any]] = [
            {"event_id": name, "kind": "click", "seeker_id": "nobody", "job_id": job_id, "occurred_at": when}
            for name, job_id in some
        ]
        answer = partner.ask("POST", "/v1/events", {"events": body})
        assert answer is not None
        assert answer.ok, answer.text
        lost = {one["index"] for one in answer.json()["rejected"]}
        told.update(one for index, one in enumerate(some) if index not in lost)
    return told
