"""What a partner waits for while a seeker, an employer's import, log-ins and batches misbehave together."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection

from api.credentials.passwords import Passwords
from api.credentials.tokens import AccessToken, signed_token
from benchmarks.http.connections import Address
from benchmarks.http.measure import HttpMeasurement
from benchmarks.http.servers import Process, Server
from benchmarks.report import Row, Section
from store.database import database_url, open_database
from store.encryption.opening import cipher_of
from store.hiring.employers import EmployerFacts, create_employer
from store.ids import new_id
from store.people.accounts import NewAccount, Role, create_account
from store.people.consents import ConsentPurpose, record_consent
from store.people.open_sessions import NewSession
from store.people.seeker_accounts import tie_seeker
from store.people.sessions import start_session
from store.upserts import in_transaction

SHARE_OF_CAPACITY = 0.3
SEARCHES, IMPORTS, LOG_INS, BATCHES = 48, 4, 16, 12
GOAL = 2.0
PROFILE = {"text": "Vendedora con caja y atención al público", "skills": ["Excel"], "country": "PE"}
PASSWORD = "lluvia en Huaraz"  # noqa: S105 (nobody's)


def measure_misbehaviour(measurement: HttpMeasurement, server: Server, capacity: float) -> dict[str, Any]:
    """The same load of the partner's twice: alone, and beside them."""
    rate = SHARE_OF_CAPACITY * capacity
    usual = measurement.under_load(server, rate)
    file = measurement.folder / "misbehaving.json"
    file.write_bytes(orjson.dumps(_requests(measurement, server.address)))
    host, port = server.address
    arguments = ["benchmarks.http.misbehaving", str(file), host, str(port)]
    with Process("misbehaving", arguments, measurement.generator_core, measurement.folder):
        measurement.warm_up(server)
        beside = measurement.under_load(server, rate)
    return {"usual": usual, "beside": beside}


def misbehaviour_section(raw: dict[str, Any]) -> Section:
    """Both, and how many times as long."""
    columns = {"p50": "p50, ms", "p99": "p99, ms", "rate": "answered/s", "refused": "refused"}
    names = {"usual": "alone", "beside": "beside all of them"}
    rows = [
        Row(
            names[name],
            {
                "p50": 1e3 * one["latency_p50_seconds"],
                "p99": 1e3 * one["latency_p99_seconds"],
                "rate": one["answered_per_second"],
                "refused": one["shed_share"],
            },
        )
        for name, one in raw.items()
    ]
    times = raw["beside"]["latency_p99_seconds"] / raw["usual"]["latency_p99_seconds"]
    remark = (
        f"A partner's answers at {SHARE_OF_CAPACITY:.0%} of capacity; p99 is {times:.1f} times the usual, the goal "
        f"{GOAL:.0f}. Beside: one seeker's {SEARCHES} searches at a time, {IMPORTS} imports of one employer, {LOG_INS} "
        f"log-ins, {BATCHES} batches of the same partner, all from the generator's core."
    )
    return Section("While others misbehave", columns, rows, (remark,))


def _requests(measurement: HttpMeasurement, address: Address) -> dict[str, tuple[int, str]]:
    """Of each kind, on how many connections, and its bytes."""
    people = measurement.people
    seeker, employer, employer_id = _accounts(measurement.bench.data_dir)
    postings = [
        {"@type": "JobPosting", "title": f"Aviso {number}", "identifier": f"{number}", "description": "Ventas. " * 100}
        for number in range(100)
    ]
    log_in = {"email": "nadie@correo.pe", "password": PASSWORD}
    asked: dict[str, tuple[int, str, str, str, Any]] = {
        "profile": (1, "PUT", "/v1/me/profile", seeker, PROFILE),
        "search": (SEARCHES, "POST", "/v1/me/search", seeker, {"query": "ventas por las noches"}),
        "import": (IMPORTS, "POST", f"/v1/employers/{employer_id}/jobs:import", employer, postings),
        "log-in": (LOG_INS, "POST", "/v1/auth/log-in", "", log_in),
        "batch": (BATCHES, "POST", "/v1/recommendations:batch", people.key, {"seeker_ids": people.warming_up[:200]}),
    }
    return {name: (one[0], _bytes(address, *one[1:])) for name, one in asked.items()}


def _bytes(address: Address, method: str, path: str, token: str, document: Any) -> str:
    """One whole request, after which the connection ends."""
    body = orjson.dumps(document).decode("latin-1")
    kind = "application/ld+json" if path.endswith(":import") else "application/json"
    head = [f"{method} {path} HTTP/1.1", f"Host: {address[0]}:{address[1]}", "Connection: close"]
    head += [f"Authorization: Bearer {token}"] if token else []
    return "\r\n".join([*head, f"Content-Type: {kind}", f"Content-Length: {len(body)}", "", body])


def _accounts(data_dir: Path) -> tuple[str, str, str]:
    """The tokens of a new seeker and a new employer, and the employer's organisation."""
    database = open_database(database_url(data_dir))
    cipher, now = cipher_of(database, data_dir), datetime.now(UTC)
    hashed = Passwords(19_456).hashed(PASSWORD)

    def account(connection: Connection, role: Role) -> tuple[str, str]:
        new = NewAccount(f"{new_id()}@correo.pe", hashed, frozenset({role}))
        account_id, session = create_account(connection, cipher, new, now), NewSession()
        if role is Role.SEEKER:
            tie_seeker(connection, account_id, now)
            record_consent(connection, account_id, ConsentPurpose.MATCHING, "2026-11", is_given=True, now=now)
        start_session(connection, account_id, now, session)
        return account_id, signed_token(cipher, AccessToken(account_id, session.session_id), now)

    def work(connection: Connection) -> tuple[str, str, str]:
        _, seeker = account(connection, Role.SEEKER)
        account_id, employer = account(connection, Role.EMPLOYER)
        return seeker, employer, create_employer(connection, cipher, EmployerFacts("Tienda Killa"), account_id, now)

    try:
        return in_transaction(database, work)
    finally:
        database.dispose()
