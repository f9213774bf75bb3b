"""Whom an operation lets in, and which real things its requests may name in address, query and body."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from tests.api.real_things import CONSENTS_OF, PASSWORD, RECEIVER, Bearer, RealThings
from tests.api.served_app import GATEWAY_SECRET

# What to put in the place of a generated value, by its name.
Values = Mapping[str, Callable[[], Any]]

# By how an address begins; the rest is partners'.
AUDIENCES = {
    "/v1/member-requests": "employer",
    "/v1/me": "seeker",
    "/v1/employers": "employer",
    "/v1/admin": "administrator",
    "/v1/analytics": "analyst",
    "/v1/officers": "officer",
}
# What an act needs to find as it is: by how its address begins or ends.
BY_PART = {
    "/members/{account_id}": ("account_id", "colleague"),
    "/developers/{account_id}": ("account_id", "developer"),
    "/v1/admin/employers": ("employer_id", "judged_employer_id"),
    "/v1/profiles": ("profile_reference", "profile_reference"),
    "/invitations": ("seeker_id", "found_seeker"),
    "/answer": ("case_id", "review_id"),
    "/v1/me/cases": ("case_id", "review_id"),
    "/mis-pedidos": ("case_id", "review_id"),
    "/v1/me/phone": ("phone", "number"),
    "/verify": ("employer_id", "unverified_employer_id"),
    "/take-down": ("job_id", "new_job"),
    "/put-back": ("job_id", "taken_down_job"),
    "/jobs/{job_id}/appeal": ("job_id", "taken_down_job"),
    "/employers/{employer_id}/appeal": ("employer_id", "suspended_employer_id"),
}
OF_PARTNERS = ("/v1/jobs", "/v1/applications", "/v1/recommendations", "/v1/events")
CONSENTS = [{"purpose": "matching", "text_version": CONSENTS_OF, "is_given": True}]
# Of any list: after the item whose id, or number, is 1.
CURSOR = urlsafe_b64encode(b'["1"]').decode().rstrip("=")


# Who adds or removes a second factor.
OF_FACTORS = {
    "POST /v1/me/totp": "newcomer",
    "POST /v1/me/totp/confirm": "beginner",
    "DELETE /v1/me/totp": "guarded",
    "POST /v1/me/recovery-codes": "guarded",
    "POST /v1/me/step-up/challenge": "keyholder",
}


def caller(method: str, path: str, real: RealThings) -> Bearer:
    """The headers of somebody whom an operation lets in."""
    who_adds = OF_FACTORS.get(f"{method} {path}")
    if who_adds is not None:
        return real.headers(getattr(real.factors, who_adds))
    if path.startswith("/v1/messages"):
        return {"Authorization": f"Bearer {GATEWAY_SECRET}"}
    if (method, path) == ("DELETE", "/v1/me/phone"):
        return real.headers(real.phoned)
    if path == "/v1/me/erasure":
        return real.headers(real.leaver)
    for prefix, who in AUDIENCES.items():
        if path.startswith(prefix):
            return real.headers(getattr(real, who))
    return real.partner


def real_values(method: str, path: str, real: RealThings) -> Values:
    """Those of an operation."""
    is_partners = path.startswith(OF_PARTNERS)
    application = "partners_application" if is_partners else "employers_application"
    email = {"/v1/auth/appeal": "suspended_email", "/v1/employers/{employer_id}/members": "colleague_email"}
    values: dict[str, Callable[[], Any]] = {
        "job_id": lambda: real.partners_job if is_partners else real.employers_job,
        "application_id": lambda: getattr(real, application),
        "recommendation_id": lambda: real.partners_recommendation if is_partners else real.own_recommendation,
        "seeker_id": lambda: real.partners_seeker,
        "seeker_ids": lambda: [real.partners_seeker, "nobody"],
        "employer_id": lambda: real.employer_id,
        "invitation_id": lambda: real.invitation_id,
        "template_id": lambda: real.template_id,
        "case_id": lambda: real.case_id,
        "case_ids": lambda: [real.case_id],
        "decision": lambda: real.decision,  # that the case of before can take
        "request_id": lambda: real.member_request_id,
        "programme_id": lambda: real.programmes.programme_id,
        "screening_id": lambda: real.programmes.screening_id,
        "partner_id": lambda: real.partner_id,
        "key_id": lambda: real.key.key_id,
        "webhook_id": lambda: real.webhook_id,
        "delivery_id": lambda: real.delivery_id,
        "account_id": lambda: real.account_id,
        "owner_id": lambda: real.employer_id,
        "receipt_id": lambda: real.receipt_id,
        "confirmation_id": lambda: real.confirmation_id,
        "code": lambda: real.code,
        "email": lambda: getattr(real, email.get(path, "email")),
        "password": lambda: PASSWORD,
        "passkey_id": lambda: real.factors.passkey_id,
        "challenge_id": lambda: real.factors.challenge_id(path),
        "passkey": lambda: real.factors.passkey,
        "credential": lambda: real.factors.credential,
        "recovery_code": lambda: real.factors.recovery_code,
        "session_id": lambda: real.session_id,
        "search_id": lambda: real.search_id,
        "token": lambda: real.unsubscribe_token,
        "refresh_token": lambda: real.refresh_token,
        "text_version": lambda: CONSENTS_OF,
        "consents": lambda: CONSENTS,
        "time_zone": lambda: "America/Lima",
        "occurred_at": lambda: real.services.now().isoformat(),
        "url": lambda: RECEIVER,
        "cursor": lambda: CURSOR,
        "version": lambda: real.snapshot if method == "GET" else real.version_of(getattr(real, application)),
    }
    if path == "/v1/me/totp/confirm":
        values["code"] = lambda: real.factors.first_code
    elif path != "/v1/auth/confirm":
        values["code"] = lambda: real.factors.code
    for part, (name, thing) in BY_PART.items():
        if path.startswith(part) or path.endswith(part):
            values[name] = partial(getattr, real, thing)
    values |= _values_of_programmes(method, path, real) | _values_to_find_by(path, real)
    if method == "DELETE" and path.endswith("/roles/{role}"):
        values["account_id"] = lambda: real.account_of_every_role
    if method == "PATCH":
        values["partner_id"] = lambda: real.judged_partner_id
    if path in ("/v1/auth/sign-up", "/v1/me/email"):  # whose address has to be new
        del values["email"]
    if path.endswith(("/templates", "/templates/{template_id}")):
        values["text"] = lambda: "Hola, {name}: {job}"
    if method == "DELETE" and path.startswith("/v1/me/"):
        values["job_id"] = lambda: real.kept_job
    return values


def _values_of_programmes(method: str, path: str, real: RealThings) -> dict[str, Callable[[], Any]]:
    if "/programmes/" not in path:
        return {}
    return {
        "version": lambda: real.programmes.rules_version(is_next=method == "POST"),
        "purpose": lambda: "be_found",
        "account_id": lambda: real.officer,
        "in_force_from": lambda: real.programmes.later_day,
        "in_force_to": lambda: real.programmes.later_day,
    }


def _values_to_find_by(path: str, real: RealThings) -> dict[str, Callable[[], Any]]:
    if path == "/v1/admin/accounts:find":  # by one value
        return {"national_id": lambda: None, "phone": lambda: None}
    return {"tax_id": lambda: real.registered_tax_id} if path == "/v1/admin/employers:find" else {}


def with_real_values(document: Any, values: Values) -> Any:
    """A document with the real values in it, at any depth."""
    if isinstance(document, list):
        return [with_real_values(inner, values) for inner in document]
    if not isinstance(document, dict):
        return document
    named = sorted(name for name, inner in document.items() if inner is not None and name in values)
    real = {name: values[name]() for name in named}  # a code before its confirmation_id, which names it
    return {name: real[name] if name in real else with_real_values(inner, values) for name, inner in document.items()}
