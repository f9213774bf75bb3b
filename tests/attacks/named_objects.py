"""Every operation that names an object, in its address, query or body: whose the object is, and how it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from api.app import create_app
from api.configuration.settings import Settings
from tests.api.named_things import real_values, with_real_values
from tests.api.real_things import Bearer, RealThings
from tests.api.served_app import ServedApp

Ids = dict[str, Any]

DOCUMENT: dict[str, Any] = create_app(Settings(data_dir=Path("nowhere"), database_url="sqlite://")).openapi()
NAMING = ("_id", "_ids", "_reference")
# So called, and names of something outside, of pages, or of what is proved by a secret beside it.
NAMING_NOTHING = frozenset({"kind", "event_id", "national_id", "tax_id", "confirmation_id", "challenge_id"})
# A partner sends its own words with a step; whoever agreed to be found, every organisation may invite.
UNREAD = {
    "POST /v1/applications/{application_id}/steps": frozenset({"template_id"}),
    "POST /v1/employers/{employer_id}/jobs/{job_id}/invitations": frozenset({"seeker_id"}),
}
# Counted within what another name says whose it is.
NUMBERS = frozenset({"version"})
CONSTANTS = {"role": "employer", "question": "hours"}


class Whose(StrEnum):
    """Who may ask for an object."""

    OWNER = "its owner alone; nobody else reads or changes it"
    ROLE = "whoever has the role; of them none owns it"
    NAMES = "each caller has names of its own: by the same name another finds nothing, or what is theirs"
    ANYBODY = "everybody: it is public"
    SECRET = "whoever knows the id, which is a secret"


@dataclass(frozen=True)
class NamingRequest:
    """A request that anybody may send."""

    served: ServedApp
    method: str
    path: str
    query: dict[str, Any]
    body: Any

    def answer(self, headers: Bearer) -> Any:
        """What somebody is answered."""
        url = self.served.url + self.path
        return self.served.session.request(
            self.method, url, params=self.query, json=self.body, headers=headers, allow_redirects=False
        )


@dataclass(frozen=True)
class Operation:
    """An operation that names objects."""

    name: str

    @property
    def method(self) -> str:
        """GET, PUT, …"""
        return self.name.partition(" ")[0]

    @property
    def path(self) -> str:
        """The address, with what it names in braces."""
        return self.name.partition(" ")[2]

    @cached_property
    def names(self) -> frozenset[str]:
        """The parameters and fields that name objects."""
        fields = {name for one in self._content.values() for name in _fields(one["schema"])}
        named = {name for name in fields | self._parameters("query") if name.endswith(NAMING)} - NAMING_NOTHING
        in_path = self._parameters("path") - NAMING_NOTHING
        return frozenset(named | in_path) - UNREAD.get(self.name, frozenset())

    def ids(self, real: RealThings) -> Ids:
        """Those of somebody's things, which are made where they are not yet there."""
        values = real_values(self.method, self.path, real)
        if "question" in self.names:
            _ = real.snapshot  # of which it is asked
        return CONSTANTS | {name: values[name]() for name in sorted(self.names) if name in values}

    def request(self, real: RealThings, ids: Ids) -> NamingRequest:
        """A request that names those, right in all else; what it needs is made."""
        values: dict[str, Any] = {**real_values(self.method, self.path, real)}
        values |= {name: partial(_itself, one) for name, one in ids.items()}
        query = {name: one for name, one in ids.items() if name in self._parameters("query")}
        body = with_real_values(self._example, values)
        return NamingRequest(real.served, self.method, self.path.format(**ids), query, body)

    def is_asked(self, name: str) -> bool:
        """Whether a name only chooses among what is the caller's own."""
        return name in self._parameters("query")

    @property
    def _described(self) -> dict[str, Any]:
        found: dict[str, Any] = DOCUMENT["paths"][self.path][self.method.lower()]
        return found

    @property
    def _content(self) -> dict[str, Any]:
        found: dict[str, Any] = self._described.get("requestBody", {}).get("content", {})
        return found

    @property
    def _example(self) -> Any:
        """A body that names what can be named; None where it takes no JSON."""
        content = self._content.get("application/json")
        if self.name in BODIES or content is None:
            return BODIES.get(self.name)
        if "example" in content:
            return content["example"]
        return DOCUMENT["components"]["schemas"][content["schema"]["$ref"].rpartition("/")[2]]["examples"][0]

    def _parameters(self, place: str) -> set[str]:
        return {one["name"] for one in self._described.get("parameters", []) if one["in"] == place}


def _fields(schema: dict[str, Any], seen: tuple[str, ...] = ()) -> Iterator[str]:
    """The names of all fields of a document, at any depth."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        if name not in seen:
            yield from _fields(DOCUMENT["components"]["schemas"][name], (*seen, name))
        return
    yield from schema.get("properties", ())
    inner = [*schema.get("properties", {}).values(), schema.get("items"), schema.get("additionalProperties")]
    for one in (*inner, *(each for kind in ("anyOf", "oneOf", "allOf") for each in schema.get(kind, ()))):
        if isinstance(one, dict):
            yield from _fields(one, seen)


def _itself(one: Any) -> Any:
    return one


ALL_OPERATIONS = [f"{method.upper()} {path}" for path, methods in DOCUMENT["paths"].items() for method in methods]
# Where the document's example names nothing.
BODIES: dict[str, Any] = {
    "POST /v1/recommendations": {"seeker_id": "x", "limit": 3},
    "POST /v1/employers/{employer_id}/applications/{application_id}/steps": {
        **{"stage": "interview", "version": 1, "template_id": "x"}
    },
    "POST /v1/events": {
        "events": [
            {
                **{"event_id": "e-1", "kind": "click", "seeker_id": "x", "job_id": "x", "recommendation_id": "x"},
                "occurred_at": "2026-11-25T19:00:00Z",
            }
        ]
    },
    "POST /v1/me/applications": {"job_id": "x", "recommendation_id": "x", "text": "Tengo las noches libres."},
}
_ORGANISATION, _ADMIN, _OWN = "/v1/employers/{employer_id}", "/v1/admin", "/v1/me"
_OFFICE = "/v1/officers/programmes/{programme_id}"
OBJECTS: dict[str, Whose] = {
    "POST /v1/recommendations": Whose.NAMES,
    "POST /v1/recommendations:batch": Whose.NAMES,
    "POST /v1/recommendations/{recommendation_id}/review-request": Whose.OWNER,
    **{f"{method} /v1/seekers/{{seeker_id}}": Whose.NAMES for method in ("PUT", "GET", "DELETE")},
    "DELETE /v1/profiles/{profile_reference}": Whose.NAMES,
    **{f"{method} /v1/jobs/{{job_id}}": Whose.OWNER for method in ("PUT", "DELETE")},
    **{f"POST /v1/{what}:batch": Whose.NAMES for what in ("jobs", "seekers")},  # each line by itself
    "GET /v1/jobs/{job_id}": Whose.ROLE,  # jobs are for everybody to read
    "POST /v1/jobs/{job_id}/candidates": Whose.NAMES,  # each asks for people of its own
    "GET /v1/applications": Whose.NAMES,
    "GET /v1/applications/{application_id}": Whose.OWNER,
    "GET /v1/applications/{application_id}/cv": Whose.OWNER,
    f"GET {_ORGANISATION}/applications/{{application_id}}/cv": Whose.OWNER,
    **{f"POST {_ORGANISATION}{part}/appeal": Whose.OWNER for part in ("", "/jobs/{job_id}")},
    **{f"POST /v1/applications/{{application_id}}/{act}": Whose.OWNER for act in ("steps", "messages")},
    "POST /v1/events": Whose.NAMES,
    "DELETE /v1/webhooks/{webhook_id}": Whose.OWNER,
    **{f"POST /v1/webhooks/{{webhook_id}}:{act}": Whose.OWNER for act in ("test", "rotate-secret")},
    "POST /v1/webhooks/{webhook_id}/deliveries/{delivery_id}:redeliver": Whose.OWNER,
    "GET /v1/webhooks/{webhook_id}/deliveries": Whose.OWNER,
    "POST /v1/partner/keys/{key_id}:rotate": Whose.OWNER,
    "GET /v1/erasure-receipts/{receipt_id}": Whose.SECRET,
    f"POST {_OWN}/recommendations/{{recommendation_id}}/review-request": Whose.OWNER,
    **{
        f"{method} {_OWN}/{what}/{{job_id}}": Whose.NAMES
        for method in ("PUT", "DELETE")
        for what in ("saved-jobs", "dismissals")
    },
    f"POST {_OWN}/applications": Whose.NAMES,
    f"GET {_OWN}/applications/{{application_id}}": Whose.OWNER,
    f"POST {_OWN}/applications/{{application_id}}/withdrawal": Whose.OWNER,
    f"POST {_OWN}/applications/{{application_id}}/messages": Whose.OWNER,
    **{f"POST {_OWN}/invitations/{{invitation_id}}/{act}": Whose.OWNER for act in ("acceptance", "decline")},
    **{f"{method} {_OWN}/searches/{{search_id}}": Whose.OWNER for method in ("GET", "PUT", "DELETE")},
    f"GET {_OWN}/cases/{{case_id}}": Whose.OWNER,
    f"DELETE {_OWN}/sessions/{{session_id}}": Whose.OWNER,
    f"DELETE {_OWN}/passkeys/{{passkey_id}}": Whose.OWNER,
    **{f"{method} {_ORGANISATION}": Whose.OWNER for method in ("GET", "PUT")},
    **{f"{method} {_ORGANISATION}/members": Whose.OWNER for method in ("GET", "POST")},
    f"DELETE {_ORGANISATION}/members/{{account_id}}": Whose.OWNER,
    **{f"POST /v1/member-requests/{{request_id}}/{act}": Whose.OWNER for act in ("acceptance", "decline")},
    **{f"{method} {_ORGANISATION}/templates": Whose.OWNER for method in ("GET", "POST")},
    **{f"{method} {_ORGANISATION}/templates/{{template_id}}": Whose.OWNER for method in ("PUT", "DELETE")},
    **{f"{method} {_ORGANISATION}/jobs": Whose.OWNER for method in ("GET", "POST")},
    f"POST {_ORGANISATION}/jobs:batch": Whose.OWNER,
    f"POST {_ORGANISATION}/jobs:import": Whose.OWNER,
    f"POST {_ORGANISATION}/jobs:preview": Whose.OWNER,
    f"GET {_ORGANISATION}/applications:counts": Whose.OWNER,
    **{f"{method} {_ORGANISATION}/jobs/{{job_id}}": Whose.OWNER for method in ("GET", "PUT")},
    **{f"POST {_ORGANISATION}/jobs/{{job_id}}/{act}": Whose.OWNER for act in ("close", "re-open", "candidates")},
    **{f"{method} {_ORGANISATION}/jobs/{{job_id}}/invitations": Whose.OWNER for method in ("GET", "POST")},
    f"GET {_ORGANISATION}/applications": Whose.OWNER,
    f"GET {_ORGANISATION}/applications/{{application_id}}": Whose.OWNER,
    **{f"POST {_ORGANISATION}/applications/{{application_id}}/{act}": Whose.OWNER for act in ("steps", "messages")},
    f"GET {_ADMIN}/accounts/{{account_id}}": Whose.ROLE,
    **{f"POST {_ADMIN}/accounts/{{account_id}}/{act}": Whose.ROLE for act in ("suspend", "restore", "end-sessions")},
    **{f"{method} {_ADMIN}/accounts/{{account_id}}/roles/{{role}}": Whose.ROLE for method in ("PUT", "DELETE")},
    f"GET {_ADMIN}/cases/{{case_id}}": Whose.ROLE,
    f"GET {_ADMIN}/cases/{{case_id}}/answer": Whose.ROLE,
    **{f"POST {_ADMIN}/cases/{{case_id}}/{act}": Whose.ROLE for act in ("take", "leave", "notes", "decision")},
    f"POST {_ADMIN}/cases:decide": Whose.ROLE,
    f"GET {_ADMIN}/jobs": Whose.ROLE,
    f"GET {_ADMIN}/jobs/{{job_id}}": Whose.ROLE,
    **{f"POST {_ADMIN}/jobs/{{job_id}}/{act}": Whose.ROLE for act in ("take-down", "put-back")},
    f"GET {_ADMIN}/employers/{{employer_id}}": Whose.ROLE,
    **{f"POST {_ADMIN}/employers/{{employer_id}}/{act}": Whose.ROLE for act in ("verify", "suspend", "restore")},
    **{f"{method} {_ADMIN}/partners/{{partner_id}}": Whose.ROLE for method in ("GET", "PATCH")},
    **{f"{method} {_ADMIN}/partners/{{partner_id}}/keys": Whose.ROLE for method in ("GET", "POST")},
    f"DELETE {_ADMIN}/partners/{{partner_id}}/keys/{{key_id}}": Whose.ROLE,
    f"GET {_ADMIN}/partners/{{partner_id}}/developers": Whose.ROLE,
    **{
        f"{method} {_ADMIN}/partners/{{partner_id}}/developers/{{account_id}}": Whose.ROLE
        for method in ("PUT", "DELETE")
    },
    "GET /v1/analytics/questions/{question}": Whose.ROLE,
    "GET /v1/programmes/{programme_id}": Whose.ANYBODY,
    f"POST {_OWN}/programmes/{{programme_id}}/screenings": Whose.ROLE,  # programmes are for everybody to ask
    f"GET {_OWN}/screenings/{{screening_id}}": Whose.OWNER,
    f"POST {_OWN}/screenings/{{screening_id}}/appeal": Whose.OWNER,
    **{f"{method} {_OFFICE}/versions": Whose.OWNER for method in ("GET", "POST")},
    f"DELETE {_OFFICE}/versions/{{version}}": Whose.OWNER,
    f"POST {_OFFICE}/simulations": Whose.OWNER,
    **{f"GET {_OFFICE}/{what}": Whose.OWNER for what in ("counts", "people", "appeals")},
    f"GET {_OFFICE}/screenings/{{screening_id}}": Whose.OWNER,
    f"POST {_OFFICE}/screenings/{{screening_id}}/decision": Whose.OWNER,
    "POST /v1/analytics/programmes/{programme_id}/simulations": Whose.ROLE,
    f"PUT {_ADMIN}/programmes/{{programme_id}}": Whose.ROLE,
    **{
        f"{method} {_ADMIN}/programmes/{{programme_id}}/officers/{{account_id}}": Whose.ROLE
        for method in ("PUT", "DELETE")
    },
}
