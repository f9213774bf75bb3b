"""Whatever JSON arrives, the answer is an answer or a problem of the caller's, never a failure of ours."""

from __future__ import annotations

import json
import string
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**80), 2**80)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
    | st.text(st.characters(categories=["Cs", "Cc", "Ll"]), max_size=3)
    | st.sampled_from(
        ["PEN", "PE", "es", "mon", "19:00", "24:00", "America/Lima", "month", "fixed", "remote", "\0", "ñ"]
    )
)
KNOWN_KEYS = [
    "profile",
    "seeker_id",
    "limit",
    "filters",
    "locale",
    "text",
    "skills",
    "languages",
    "availability",
    "time_zone",
    "windows",
    "days",
    "start",
    "end",
    "hours_per_week",
    "device",
    "connection",
    "min_pay",
    "amount",
    "max_amount",
    "currency",
    "period",
    "country",
    "modalities",
    "title",
    "schedule",
    "kind",
    "core_hours",
    "pay",
    "openings",
    "posted_at",
    "closes_at",
    "url",
    "es",
    "en",
]
KEYS = st.text(string.printable, max_size=5) | st.sampled_from(KNOWN_KEYS)
ANYTHING = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6), max_leaves=25
)

WINDOW = st.fixed_dictionaries(
    {"days": st.lists(st.sampled_from(["mon", "tue", "sun"]), min_size=1, max_size=4) | ANYTHING},
    optional={"start": st.sampled_from(["00:00", "23:59", "7:30"]) | SCALARS, "end": st.just("24:00") | SCALARS},
)
PAY = st.fixed_dictionaries(
    {"amount": st.floats(-1, 1e13) | SCALARS, "currency": st.sampled_from(["PEN", "USD", "XYZ"]) | SCALARS},
    optional={"period": st.sampled_from(["hour", "day", "year", "project"]) | SCALARS, "max_amount": SCALARS},
)
ZONE = st.sampled_from(["America/Lima", "UTC", "Factory", "posixrules", "a/../b", "localtime"]) | SCALARS
NEARLY_A_PROFILE = st.fixed_dictionaries(
    {"text": st.text(max_size=30) | SCALARS},
    optional={
        "skills": st.lists(st.text(max_size=9) | SCALARS, max_size=4),
        "languages": st.dictionaries(st.sampled_from(["es", "en", "ES"]), st.sampled_from(["A1", "native"]) | SCALARS),
        "availability": st.fixed_dictionaries(
            {"time_zone": ZONE},
            optional={"windows": st.lists(WINDOW, max_size=3), "hours_per_week": st.floats(0, 200) | SCALARS},
        ),
        "device": st.just("phone") | SCALARS,
        "min_pay": PAY,
        "country": st.sampled_from(["PE", "ZZ"]) | SCALARS,
    },
)
NEARLY_A_JOB = st.fixed_dictionaries(
    {"title": st.text(max_size=9) | SCALARS},
    optional={
        "schedule": st.fixed_dictionaries(
            {"kind": st.sampled_from(["fixed", "flexible", "core_overlap"]) | SCALARS},
            optional={"windows": st.lists(WINDOW, max_size=3), "time_zone": ZONE, "core_hours": st.floats(0, 200)},
        ),
        "pay": PAY,
        "posted_at": st.datetimes().map(str) | st.sampled_from(["0001-01-01T00:00:00+14:00", "9999-12-31"]) | SCALARS,
        "languages": st.dictionaries(st.sampled_from(["es", "en"]), SCALARS, max_size=2),
        "url": st.text(max_size=9).map("https://{}".format) | SCALARS,
        "openings": st.integers(-1, 2**40) | SCALARS,
    },
)
CLOCKS = st.builds("{:02d}:{:02d}".format, st.integers(0, 23), st.integers(0, 59))
PLAUSIBLE_WINDOW = st.fixed_dictionaries(
    {"days": st.lists(st.sampled_from(["mon", "wed", "sun"]), min_size=1, max_size=7), "start": CLOCKS, "end": CLOCKS}
)
PLAUSIBLE_PROFILE = st.fixed_dictionaries(
    {"text": st.text(string.printable + "áñü€😀", max_size=40).map("ventas {}".format)},
    optional={
        "skills": st.lists(st.text("aá +#.", max_size=9).map("x{}".format), max_size=4),
        "languages": st.dictionaries(st.sampled_from(["es", "en", "qu"]), st.sampled_from(["A1", "C2", "native"])),
        "availability": st.fixed_dictionaries(
            {"time_zone": st.sampled_from(["America/Lima", "Asia/Kathmandu", "Pacific/Apia", "Europe/Madrid"])},
            optional={
                "windows": st.lists(PLAUSIBLE_WINDOW, max_size=4),
                "hours_per_week": st.floats(0.25, 168) | st.integers(1, 168),
            },
        ),
        "device": st.sampled_from(["phone", "tablet", "computer"]),
        "connection": st.sampled_from(["mobile_data", "broadband"]),
        "min_pay": st.fixed_dictionaries(
            {
                "amount": st.floats(0, 1e12, exclude_max=True) | st.integers(0, 10**11),
                "currency": st.sampled_from(["PEN", "USD", "XYZ"]),
                "period": st.sampled_from(["hour", "day", "week", "month", "year", "project"]),
            }
        ),
        "country": st.sampled_from(["PE", "ZZ"]),
    },
)
FILTERS = st.dictionaries(st.sampled_from(["modalities", "allow_unstated", "min_hours_coverage"]), ANYTHING, max_size=3)
PLAUSIBLE_FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "modalities": st.none() | st.lists(st.sampled_from(["remote", "hybrid", "on_site"]), min_size=1, max_size=3),
        "min_hours_coverage": st.floats(0, 1),
        "allow_unstated": st.booleans(),
    },
)
REQUESTS = (
    ANYTHING
    | st.fixed_dictionaries({"profile": NEARLY_A_PROFILE | ANYTHING}, optional={"limit": SCALARS, "filters": FILTERS})
    | st.fixed_dictionaries({"seeker_id": SCALARS}, optional={"locale": SCALARS})
)
HOSTILE = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def held(response: Any) -> None:
    assert response.status_code < 500, response.text
    if response.status_code >= 400:
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json()["detail"]


def sent(document: object) -> bytes:
    return json.dumps(document).encode()  # writes integers of any size, and lone surrogates as escapes


@HOSTILE
@given(document=REQUESTS)
def test_recommendations_hold(client: TestClient, document: object) -> None:
    held(client.post("/v1/recommendations", content=sent(document), headers={"Content-Type": "application/json"}))


@HOSTILE
@given(profile=PLAUSIBLE_PROFILE, filters=PLAUSIBLE_FILTERS, limit=st.integers(1, 100))
def test_plausible_people_are_answered(
    client: TestClient, profile: dict[str, Any], filters: dict[str, Any], limit: int
) -> None:
    response = client.post("/v1/recommendations", json={"profile": profile, "filters": filters, "limit": limit})
    if response.status_code == 200:
        assert len(response.json()["recommendations"]) <= limit
        return
    held(response)
    windows = profile.get("availability", {}).get("windows", [])
    impossible = any(window["start"] == window["end"] or window["end"] == "00:00" for window in windows)
    assert impossible or "min_pay" in profile, response.text


@HOSTILE
@given(
    document=PLAUSIBLE_PROFILE | NEARLY_A_PROFILE | NEARLY_A_JOB | ANYTHING, kind=st.sampled_from(["seekers", "jobs"])
)
def test_records_hold_and_what_was_stored_can_be_used(client: TestClient, document: object, kind: str) -> None:
    headers = {"Content-Type": "application/json"}
    saved = client.put(f"/v1/{kind}/hostile", content=sent(document), headers=headers)
    held(saved)
    if saved.status_code < 300:
        assert client.get(f"/v1/{kind}/hostile").status_code == 200
        if kind == "seekers":
            held(client.post("/v1/recommendations", json={"seeker_id": "hostile"}))


@HOSTILE
@given(body=st.binary(max_size=60))
def test_bytes_hold(client: TestClient, body: bytes) -> None:
    held(client.put("/v1/jobs/hostile", content=body, headers={"Content-Type": "application/json"}))


@pytest.mark.parametrize("depth", [100, 1_000, 100_000])
def test_deep_nesting_holds(client: TestClient, depth: int) -> None:
    for deep in (b"[" * depth + b"]" * depth, b'{"profile":' * depth + b"1" + b"}" * depth):
        headers = {"Content-Type": "application/json"}
        response = client.post("/v1/recommendations", content=deep, headers=headers)
        assert response.status_code in (400, 413, 422)
        held(response)


@HOSTILE
@given(name=st.text(st.characters(exclude_characters="/?#", exclude_categories=["Cs"]), min_size=1, max_size=10))
def test_ids_hold(client: TestClient, name: str) -> None:
    held(client.get(f"/v1/seekers/{quote(name, safe='')}"))
