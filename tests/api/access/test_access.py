"""Who may ask what: every route has one rule, and each rule lets in whom the table says, and nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from api.access.rules import Rule
from api.credentials.callers import Scope
from api.routes import api_routes
from store.ids import new_id
from store.partners.keys import create_key
from store.partners.partners import NewPartner, RequestLimits, create_partner
from store.people.accounts import Role
from tests.api.services_of import services_of

PUBLIC = "anybody"
GATEWAY = "who has the gateways' secret"  # of which these apps have none
# The scopes that a key needs, where a partner may ask at all, are behind a colon.
EXPECTED: dict[str, str] = {
    "GET /healthz": PUBLIC,
    "GET /readyz": PUBLIC,
    "GET /metrics": PUBLIC,
    "GET /problems/{kind}": PUBLIC,
    "GET /v1/consent-texts": PUBLIC,
    "GET /v1/erasure-receipts/{receipt_id}": PUBLIC,
    "POST /v1/auth/sign-up": PUBLIC,
    "POST /v1/auth/confirm": PUBLIC,
    "POST /v1/auth/log-in": PUBLIC,
    "POST /v1/auth/second-step": PUBLIC,
    "POST /v1/auth/passkeys/challenge": PUBLIC,
    "POST /v1/auth/passkeys/log-in": PUBLIC,
    "POST /v1/auth/refresh": PUBLIC,
    "POST /v1/auth/log-out": PUBLIC,
    "POST /v1/auth/password-reset": PUBLIC,
    "POST /v1/auth/appeal": PUBLIC,
    "GET /v1/messages/incoming": GATEWAY,
    "POST /v1/messages/incoming": GATEWAY,
    "POST /v1/recommendations": "partner:recommend",
    "POST /v1/recommendations:batch": "partner:recommend",
    "PUT /v1/seekers/{seeker_id}": "partner:seekers",
    "GET /v1/seekers/{seeker_id}": "partner:seekers",
    "DELETE /v1/seekers/{seeker_id}": "partner:seekers",
    "DELETE /v1/profiles/{profile_reference}": "partner:recommend partner:seekers",
    "GET /v1/jobs": "partner:jobs",
    "POST /v1/jobs:batch": "partner:jobs",
    "GET /v1/seekers": "partner:seekers",
    "POST /v1/seekers:batch": "partner:seekers",
    "PUT /v1/jobs/{job_id}": "partner:jobs",
    "GET /v1/jobs/{job_id}": "seeker employer administrator partner:jobs partner:recommend",
    "DELETE /v1/jobs/{job_id}": "partner:jobs",
    "POST /v1/jobs/{job_id}/candidates": "partner:seekers",
    "POST /v1/recommendations/{recommendation_id}/review-request": "partner:recommend",
    "GET /v1/applications": "partner:jobs",
    "GET /v1/applications/{application_id}": "partner:jobs",
    "POST /v1/applications/{application_id}/steps": "partner:jobs",
    "POST /v1/applications/{application_id}/messages": "partner:jobs",
    "GET /v1/analytics/snapshots": "analyst administrator",
    "POST /v1/analytics/snapshots": "analyst administrator",
    "GET /v1/analytics/report": "analyst administrator",
    "GET /v1/analytics/questions/{question}": "analyst administrator",
    "POST /v1/events": "partner:events",
    "POST /v1/webhooks": "partner:webhooks",
    "GET /v1/webhooks": "partner:webhooks",
    "DELETE /v1/webhooks/{webhook_id}": "partner:webhooks",
    "POST /v1/webhooks/{webhook_id}:test": "partner:webhooks",
    "POST /v1/webhooks/{webhook_id}:rotate-secret": "partner:webhooks",
    "POST /v1/webhooks/{webhook_id}/deliveries/{delivery_id}:redeliver": "partner:webhooks",
    "GET /v1/webhooks/{webhook_id}/deliveries": "partner:webhooks",
    "POST /v1/partner/keys/{key_id}:rotate": "partner:recommend partner:seekers partner:jobs partner:events "
    "partner:webhooks",
    "GET /v1/partner": "partner:recommend partner:seekers partner:jobs partner:events partner:webhooks",
    "GET /v1/partner/usage": "partner:recommend partner:seekers partner:jobs partner:events partner:webhooks",
    "GET /v1/me": "seeker employer administrator analyst officer developer",
    "PATCH /v1/me": "seeker employer administrator analyst officer developer",
    "POST /v1/me/password": "seeker employer administrator analyst officer developer",
    "POST /v1/me/email": "seeker employer administrator analyst officer developer",
    "POST /v1/me/phone": "seeker employer administrator analyst officer developer",
    "DELETE /v1/me/phone": "seeker employer administrator analyst officer developer",
    "POST /v1/me/log-out-everywhere": "seeker employer administrator analyst officer developer",
    "GET /v1/me/sessions": "seeker employer administrator analyst officer developer",
    "DELETE /v1/me/sessions": "seeker employer administrator analyst officer developer",
    "DELETE /v1/me/sessions/{session_id}": "seeker employer administrator analyst officer developer",
    "GET /v1/me/second-factors": "seeker employer administrator analyst officer developer",
    "POST /v1/me/totp": "seeker employer administrator analyst officer developer",
    "POST /v1/me/totp/confirm": "seeker employer administrator analyst officer developer",
    "DELETE /v1/me/totp": "seeker employer administrator analyst officer developer",
    "POST /v1/me/recovery-codes": "seeker employer administrator analyst officer developer",
    "POST /v1/me/passkeys/challenge": "seeker employer administrator analyst officer developer",
    "POST /v1/me/passkeys": "seeker employer administrator analyst officer developer",
    "DELETE /v1/me/passkeys/{passkey_id}": "seeker employer administrator analyst officer developer",
    "POST /v1/me/step-up/challenge": "seeker employer administrator analyst officer developer",
    "POST /v1/me/step-up": "seeker employer administrator analyst officer developer",
    "GET /v1/me/consents": "seeker employer administrator analyst officer developer",
    "POST /v1/me/consents": "seeker employer administrator analyst officer developer",
    "POST /v1/me/searches": "seeker",
    "GET /v1/me/searches": "seeker",
    "GET /v1/me/searches/{search_id}": "seeker",
    "PUT /v1/me/searches/{search_id}": "seeker",
    "DELETE /v1/me/searches/{search_id}": "seeker",
    "GET /v1/me/notices": "seeker employer administrator analyst officer developer",
    "PUT /v1/me/notices": "seeker employer administrator analyst officer developer",
    "GET /v1/me/export": "seeker employer administrator analyst officer developer",
    "POST /v1/me/erasure": "seeker employer administrator analyst officer developer",
    "POST /v1/me/correction-requests": "seeker employer administrator analyst officer developer",
    "GET /v1/me/cases/{case_id}": "seeker employer administrator analyst officer developer",
    "GET /v1/me/cases": "seeker employer administrator analyst officer developer",
    "PUT /v1/me/profile": "seeker",
    "GET /v1/me/profile": "seeker",
    "DELETE /v1/me/profile": "seeker",
    "PUT /v1/me/availability": "seeker",
    "PUT /v1/me/availability/calendar": "seeker",
    "GET /v1/me/availability/calendar": "seeker",
    "PUT /v1/me/private-details": "seeker",
    "GET /v1/me/private-details": "seeker",
    "POST /v1/me/recommendations": "seeker",
    "POST /v1/me/search": "seeker",
    "POST /v1/me/recommendations/{recommendation_id}/review-request": "seeker",
    "GET /v1/me/saved-jobs": "seeker",
    "PUT /v1/me/saved-jobs/{job_id}": "seeker",
    "DELETE /v1/me/saved-jobs/{job_id}": "seeker",
    "GET /v1/me/dismissals": "seeker",
    "PUT /v1/me/dismissals/{job_id}": "seeker",
    "DELETE /v1/me/dismissals/{job_id}": "seeker",
    "POST /v1/me/applications": "seeker",
    "GET /v1/me/applications": "seeker",
    "GET /v1/me/applications/{application_id}": "seeker",
    "POST /v1/me/applications/{application_id}/withdrawal": "seeker",
    "POST /v1/me/applications/{application_id}/messages": "seeker",
    "PUT /v1/me/career": "seeker",
    "GET /v1/me/career": "seeker",
    "PUT /v1/me/cv": "seeker",
    "GET /v1/me/cv": "seeker",
    "DELETE /v1/me/cv": "seeker",
    "GET /v1/employers/{employer_id}/applications/{application_id}/cv": "employer",
    "GET /v1/applications/{application_id}/cv": "partner:jobs",
    "GET /v1/me/invitations": "seeker",
    "POST /v1/me/invitations/{invitation_id}/acceptance": "seeker",
    "POST /v1/me/invitations/{invitation_id}/decline": "seeker",
    "POST /v1/employers": "employer",
    "GET /v1/employers": "employer",
    "GET /v1/employers/{employer_id}": "employer",
    "PUT /v1/employers/{employer_id}": "employer",
    "POST /v1/employers/{employer_id}/appeal": "employer",
    "POST /v1/employers/{employer_id}/jobs/{job_id}/appeal": "employer",
    "POST /v1/employers/{employer_id}/members": "employer",
    "GET /v1/employers/{employer_id}/members": "employer",
    "DELETE /v1/employers/{employer_id}/members/{account_id}": "employer",
    "GET /v1/member-requests": "employer",
    "POST /v1/member-requests/{request_id}/acceptance": "employer",
    "POST /v1/member-requests/{request_id}/decline": "employer",
    "GET /v1/employers/{employer_id}/templates": "employer",
    "POST /v1/employers/{employer_id}/templates": "employer",
    "PUT /v1/employers/{employer_id}/templates/{template_id}": "employer",
    "DELETE /v1/employers/{employer_id}/templates/{template_id}": "employer",
    "POST /v1/employers/{employer_id}/jobs": "employer",
    "POST /v1/employers/{employer_id}/jobs:batch": "employer",
    "POST /v1/employers/{employer_id}/jobs:import": "employer",
    "POST /v1/employers/{employer_id}/jobs:preview": "employer",
    "GET /v1/employers/{employer_id}/applications:counts": "employer",
    "GET /v1/employers/{employer_id}/jobs": "employer",
    "GET /v1/employers/{employer_id}/jobs/{job_id}": "employer",
    "PUT /v1/employers/{employer_id}/jobs/{job_id}": "employer",
    "POST /v1/employers/{employer_id}/jobs/{job_id}/close": "employer",
    "POST /v1/employers/{employer_id}/jobs/{job_id}/re-open": "employer",
    "POST /v1/employers/{employer_id}/jobs/{job_id}/candidates": "employer",
    "POST /v1/employers/{employer_id}/jobs/{job_id}/invitations": "employer",
    "GET /v1/employers/{employer_id}/jobs/{job_id}/invitations": "employer",
    "GET /v1/employers/{employer_id}/applications": "employer",
    "GET /v1/employers/{employer_id}/applications/{application_id}": "employer",
    "POST /v1/employers/{employer_id}/applications/{application_id}/steps": "employer",
    "POST /v1/employers/{employer_id}/applications/{application_id}/messages": "employer",
    "GET /v1/programmes": PUBLIC,
    "GET /v1/programmes/{programme_id}": PUBLIC,
    "POST /v1/me/programmes/{programme_id}/screenings": "seeker",
    "GET /v1/me/screenings": "seeker",
    "GET /v1/me/screenings/{screening_id}": "seeker",
    "POST /v1/me/screenings/{screening_id}/appeal": "seeker",
    "GET /v1/officers/programmes": "officer",
    "GET /v1/officers/programmes/{programme_id}/versions": "officer",
    "POST /v1/officers/programmes/{programme_id}/versions": "officer",
    "DELETE /v1/officers/programmes/{programme_id}/versions/{version}": "officer",
    "POST /v1/officers/programmes/{programme_id}/simulations": "officer",
    "GET /v1/officers/programmes/{programme_id}/counts": "officer",
    "GET /v1/officers/programmes/{programme_id}/people": "officer",
    "GET /v1/officers/programmes/{programme_id}/appeals": "officer",
    "GET /v1/officers/programmes/{programme_id}/screenings/{screening_id}": "officer",
    "POST /v1/officers/programmes/{programme_id}/screenings/{screening_id}/decision": "officer",
    "POST /v1/analytics/programmes/{programme_id}/simulations": "analyst administrator",
    "POST /v1/admin/programmes": "administrator",
    "GET /v1/admin/programmes": "administrator",
    "PUT /v1/admin/programmes/{programme_id}": "administrator",
    "PUT /v1/admin/programmes/{programme_id}/officers/{account_id}": "administrator",
    "DELETE /v1/admin/programmes/{programme_id}/officers/{account_id}": "administrator",
    "GET /v1/admin/overview": "administrator",
    "GET /v1/admin/accounts": "administrator",
    "POST /v1/admin/accounts:find": "administrator",
    "GET /v1/admin/accounts/{account_id}": "administrator",
    "POST /v1/admin/accounts/{account_id}/suspend": "administrator",
    "POST /v1/admin/accounts/{account_id}/end-sessions": "administrator",
    "POST /v1/admin/accounts/{account_id}/restore": "administrator",
    "PUT /v1/admin/accounts/{account_id}/roles/{role}": "administrator",
    "DELETE /v1/admin/accounts/{account_id}/roles/{role}": "administrator",
    "POST /v1/admin/employers/{employer_id}/suspend": "administrator",
    "POST /v1/admin/employers/{employer_id}/restore": "administrator",
    "GET /v1/admin/audit": "administrator",
    "GET /v1/admin/cases": "administrator",
    "GET /v1/admin/cases/{case_id}": "administrator",
    "GET /v1/admin/cases/{case_id}/answer": "administrator",
    "POST /v1/admin/cases/{case_id}/take": "administrator",
    "POST /v1/admin/cases/{case_id}/leave": "administrator",
    "POST /v1/admin/cases:decide": "administrator",
    "GET /v1/admin/waiting-cases": "administrator",
    "GET /v1/admin/jobs/{job_id}": "administrator",
    "POST /v1/admin/jobs/{job_id}/take-down": "administrator",
    "POST /v1/admin/jobs/{job_id}/put-back": "administrator",
    "GET /v1/admin/jobs": "administrator",
    "GET /v1/admin/taken-down-jobs": "administrator",
    "GET /v1/admin/employers": "administrator",
    "GET /v1/admin/employers/{employer_id}": "administrator",
    "POST /v1/admin/employers:find": "administrator",
    "POST /v1/admin/employers/{employer_id}/verify": "administrator",
    "POST /v1/admin/cases/{case_id}/notes": "administrator",
    "POST /v1/admin/cases/{case_id}/decision": "administrator",
    "POST /v1/admin/partners": "administrator",
    "GET /v1/admin/partners": "administrator",
    "GET /v1/admin/partners/{partner_id}": "administrator",
    "PATCH /v1/admin/partners/{partner_id}": "administrator",
    "GET /v1/admin/partners/{partner_id}/developers": "administrator",
    "PUT /v1/admin/partners/{partner_id}/developers/{account_id}": "administrator",
    "DELETE /v1/admin/partners/{partner_id}/developers/{account_id}": "administrator",
    "POST /v1/admin/partners/{partner_id}/keys": "administrator",
    "GET /v1/admin/partners/{partner_id}/keys": "administrator",
    "DELETE /v1/admin/partners/{partner_id}/keys/{key_id}": "administrator",
}


@pytest.fixture
def everybody(client: TestClient, sign_in: Callable[..., dict[str, str]]) -> dict[str, dict[str, str]]:
    """The headers of one caller of each kind: `seeker`, …, and `partner:SCOPE` with that scope alone."""
    found = {role.value: sign_in(client, role, email=f"{new_id()}@correo.pe") for role in Role}
    services = services_of(client)
    now = services.now()
    limits = RequestLimits(1_000_000, 1_000_000)
    partner_id = services.write(
        lambda connection: create_partner(connection, services.cipher, NewPartner(new_id(), limits), now)
    )
    for scope in Scope:
        key = services.write(partial(create_key, partner_id=partner_id, scopes=[scope], now=now))
        found[f"partner:{scope}"] = {"Authorization": f"Bearer {key.text}"}
    services.partner_keys.refresh()
    return found


def routes() -> Iterator[tuple[str, APIRoute]]:
    for route in api_routes():
        for method in sorted(route.methods or ()):
            yield f"{method} {route.path_format}", route


def rules_of(route: APIRoute) -> list[Rule]:
    found: list[Rule] = []
    waiting = list(route.dependant.dependencies)
    while waiting:
        dependant = waiting.pop()
        waiting += dependant.dependencies
        found += [dependant.call] if isinstance(dependant.call, Rule) else []
    return found


def test_every_route_has_exactly_one_rule() -> None:
    assert [name for name, route in routes() if len(rules_of(route)) != 1] == []


def test_the_table_names_every_route_that_is_served(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    served = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    assert {name for name, route in routes() if route.include_in_schema} == served
    assert {name for name, _ in routes()} == set(EXPECTED)


def ask(client: TestClient, route: str, headers: dict[str, str]) -> Any:
    method, path = route.split(" ")
    for name in ("seeker_id", "job_id"):
        path = path.replace(f"{{{name}}}", "nobodys")
    path = path.replace("{version}", "1")
    path = path.replace("{role}", "analyst").replace("{question}", "funnel")
    while "{" in path:
        path = path[: path.index("{")] + "0197a6b2-5c1e-7d4a-9b3f-2f6c1d0e8a47" + path[path.index("}") + 1 :]
    return client.request(method, path, headers=headers)


@pytest.mark.parametrize("route", sorted(route for route, who in EXPECTED.items() if who not in (PUBLIC, GATEWAY)))
def test_a_route_lets_in_whom_the_table_names_and_nobody_else(
    client: TestClient, everybody: dict[str, dict[str, str]], route: str
) -> None:
    allowed = set(EXPECTED[route].split())
    assert ask(client, route, {"Authorization": ""}).status_code == 401
    assert ask(client, route, {"Authorization": "Bearer nothing"}).status_code == 401
    for caller, headers in everybody.items():
        status = ask(client, route, headers).status_code
        if caller in allowed:
            assert status not in (401, 403), (caller, status)
        else:
            assert status == 403, (caller, status)


@pytest.mark.parametrize("route", sorted(route for route, who in EXPECTED.items() if who == PUBLIC))
def test_anybody_may_ask_what_is_public(client: TestClient, route: str) -> None:
    assert ask(client, route, {"Authorization": ""}).status_code != 403


@pytest.mark.parametrize("route", sorted(route for route, who in EXPECTED.items() if who == GATEWAY))
def test_nobody_hands_messages_over_while_there_is_no_secret(
    client: TestClient, everybody: dict[str, dict[str, str]], route: str
) -> None:
    for headers in ({"Authorization": ""}, {"Authorization": "Bearer "}, *everybody.values()):
        assert ask(client, route, headers).status_code == 403
