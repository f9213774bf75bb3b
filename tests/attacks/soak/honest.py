"""Who uses the server as it is meant to be used, and remembers what they were told: seekers, partners, employers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from random import Random
from typing import Any

import orjson
import requests

from store.ids import new_id
from tests.attacks.soak.ground import Caller, Ground
from tests.attacks.soak.ledger import Kind

IMPORTED_AT_ONCE, BULK, EVENTS = 200, 60, 50
PAUSE, BULK_PAUSE = 0.3, 1.5
TRIES = 5
TRADES = ("Tejedora", "Vendedora", "Digitador", "Traductora", "Diseñador")
NIGHTS = {"days": ["mon", "wed", "fri"], "start": "19:00", "end": "23:00"}
LETTERS = str.maketrans("0123456789-", "ghijklmnopq")
WEEK = {"time_zone": "America/Lima", "windows": [NIGHTS]}


def unique() -> str:
    """A word that no other is, without digits: those of a telephone would be masked."""
    return new_id().translate(LETTERS)


def seeker(ground: Ground, number: int) -> None:
    """Signs up, then saves a profile, applies, writes and searches, over and over."""
    chance, caller = Random(number), Caller(ground, f"10.1.0.{number}")
    if not signed_up(caller):
        return
    for version in count(1):
        if ground.over.wait(PAUSE):
            return
        saved = caller.ask("PUT", "/v1/me/profile", seeker_profile(f"Vendo y tejo, versión {version}"))
        if saved is not None and saved.ok:
            ground.ledger.acknowledge(Kind.PROFILE, f"{caller.email} {version}", str(version))
        jobs = ground.ledger.names(Kind.POSTING) + ground.ledger.names(Kind.JOB)
        if jobs:
            _apply(caller, chance.choice(jobs), is_repeated=chance.random() < 0.5)
        caller.ask("POST", "/v1/me/search", {"query": "ventas por las noches"})


def newcomers(ground: Ground) -> None:
    """One after another signs up, and saves a profile."""
    for number in count(1):
        if ground.over.wait(BULK_PAUSE):
            return
        caller = Caller(ground, f"10.2.{number // 250}.{number % 250 + 1}")
        if not signed_up(caller):
            continue
        saved = caller.ask("PUT", "/v1/me/profile", seeker_profile("Recién llegada, versión 1"))
        if saved is not None and saved.ok:
            ground.ledger.acknowledge(Kind.PROFILE, f"{caller.email} 1", "1")


def partner_singly(ground: Ground) -> None:
    """Puts a job and a person, each by itself, and asks for what fits them."""
    caller = Caller(ground, "10.3.0.1", ground.partner)
    while not ground.over.wait(PAUSE):
        job_id, job = _named(_job())
        if _is_good(caller.ask("PUT", f"/v1/jobs/{job_id}", job)):
            ground.ledger.acknowledge(Kind.JOB, job_id, job["title"])
        seeker_id, profile = _named(seeker_profile(f"Busco de noche, {unique()}"))
        if _is_good(caller.ask("PUT", f"/v1/seekers/{seeker_id}", profile)):
            ground.ledger.acknowledge(Kind.PERSON, seeker_id, profile["text"])
        caller.ask("POST", "/v1/recommendations", {"seeker_id": seeker_id, "limit": 5})


def partner_in_bulk(ground: Ground) -> None:
    """Puts jobs and people, many at a time; a batch that broke off is sent again, and some that did not."""
    caller = Caller(ground, "10.3.0.2", ground.partner)
    while not ground.over.wait(BULK_PAUSE):
        jobs = dict(_named(_job()) for _ in range(BULK))
        body: dict[str, Any] = {"jobs": [{"job_id": name, "job": job} for name, job in jobs.items()]}
        for line in _lines(caller, "/v1/jobs:batch", body):
            ground.ledger.acknowledge(Kind.JOB, line["job_id"], jobs[line["job_id"]]["title"])
        people = dict(_named(seeker_profile(f"Busco de día, {unique()}")) for _ in range(BULK))
        body = {"seekers": [{"seeker_id": name, "profile": profile} for name, profile in people.items()]}
        for line in _lines(caller, "/v1/seekers:batch", body):
            ground.ledger.acknowledge(Kind.PERSON, line["seeker_id"], people[line["seeker_id"]]["text"])


def partner_events(ground: Ground) -> None:
    """Tells events, every other batch twice."""
    chance, caller = Random(0), Caller(ground, "10.3.0.3", ground.partner)
    while not ground.over.wait(PAUSE):
        people, jobs = ground.ledger.names(Kind.PERSON), ground.ledger.names(Kind.JOB)
        if not people or not jobs:
            continue
        events = [_event(chance.choice(people), chance.choice(jobs)) for _ in range(EVENTS)]
        for _ in range(chance.choice((1, 2))):
            answer = caller.ask("POST", "/v1/events", {"events": events})
            if answer is not None and answer.ok and not answer.json()["rejected"]:
                for event in events:
                    ground.ledger.acknowledge(Kind.EVENT, event["event_id"], event["job_id"])


def importer(ground: Ground, most: int) -> None:
    """Imports ads of an organisation as linked data, some at a time, until there are so many."""
    caller = Caller(ground, "10.4.0.1")
    while not caller.log_in(ground.employer_email):
        if ground.over.wait(1):
            return
    path = f"/v1/employers/{ground.employer_id}/jobs:import"
    for start in range(0, most, IMPORTED_AT_ONCE):
        ads = {f"Aviso de {unique()}": number for number in range(start, start + IMPORTED_AT_ONCE)}
        body = [_ad(title, number) for title, number in ads.items()]
        answer = _until_answered(caller, path, body)
        for line in answer.json()["items"] if answer is not None and answer.ok else ():
            if line["posting"] is not None:
                posting = line["posting"]
                ground.ledger.acknowledge(Kind.POSTING, posting["job_id"], posting["job"]["title"])
        if ground.over.wait(PAUSE):
            return


def log_ins(ground: Ground, number: int) -> None:
    """Logs in with the right password, and after that with a wrong one."""
    caller = Caller(ground, f"10.5.0.{number}")
    while not ground.over.wait(PAUSE):
        caller.log_in(ground.employer_email)
        caller.log_in(f"{new_id()}@correo.pe", "granizo en Puno")


def signed_up(caller: Caller) -> bool:
    """Whether they have a new account."""
    try:
        return caller.sign_up(f"{new_id()}@correo.pe")
    except TimeoutError as error:
        caller.ground.ledger.fail(str(error))
        return False


def _apply(caller: Caller, job_id: str, *, is_repeated: bool) -> None:
    ledger = caller.ground.ledger
    applied = _until_answered(caller, "/v1/me/applications", {"job_id": job_id, "text": "Me interesa"})
    if applied is None or applied.status_code != 201:
        return
    application_id = applied.json()["application_id"]
    ledger.acknowledge(Kind.APPLICATION, application_id, caller.email)
    text = f"¿Hay novedades? {unique()}"
    path, key = f"/v1/me/applications/{application_id}/messages", {"Idempotency-Key": new_id()}
    for _ in range(2 if is_repeated else 1):
        sent = _until_answered(caller, path, {"text": text}, key)
        if sent is not None and sent.status_code == 201:
            ledger.acknowledge(Kind.MESSAGE, text, application_id)


def _until_answered(
    caller: Caller, path: str, body: Any, headers: dict[str, str] | None = None
) -> requests.Response | None:
    """The answer to a POST that is repeated under one key while its connection breaks off."""
    key = headers or {"Idempotency-Key": new_id()}
    for _ in range(TRIES):
        answer = caller.ask("POST", path, body, headers=key)
        if answer is not None:
            return answer
    return None


def _lines(caller: Caller, path: str, body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What was stored, as far as the lines came."""
    for _ in range(TRIES):
        answer = caller.ask("POST", path, body, stream=True)
        if answer is None:
            continue
        try:
            for line in answer.iter_lines() if answer.ok else ():
                told = orjson.loads(line)
                if "problem" not in told:
                    yield told
            return
        except (requests.RequestException, orjson.JSONDecodeError):  # a worker was killed in the middle
            caller.ground.ledger.count(None, path)


def _is_good(answer: requests.Response | None) -> bool:
    return answer is not None and answer.ok


def _named(document: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    return f"soak-{new_id()}", document


def _job() -> dict[str, Any]:
    trade = Random(new_id()).choice(TRADES)
    return {"title": f"{trade} {unique()}", "description": "Trabajo por horas. " * 5, "modality": "remote"}


def seeker_profile(text: str) -> dict[str, Any]:
    return {"text": text, "skills": ["Excel"], "country": "PE", "availability": WEEK}


def _ad(title: str, number: int) -> dict[str, Any]:
    words = "Atención a clientes por teléfono y por escrito, de lunes a viernes de 9 a 18. " * 3
    return {"@type": "JobPosting", "title": title, "identifier": f"aviso-{number}", "description": words}


def _event(seeker_id: str, job_id: str) -> dict[str, str]:
    when = datetime.now(UTC).isoformat()
    return {
        "event_id": new_id(),
        "kind": "click",
        "seeker_id": seeker_id,
        "job_id": job_id,
        "occurred_at": when,
    }
