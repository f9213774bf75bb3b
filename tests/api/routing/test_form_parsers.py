"""What callers write in headers, queries and single fields is read, or refused as theirs: no text is our failure."""

from __future__ import annotations

import json
import string
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from api.access.rules import caller_of
from api.accounts.schemas.accounts import Phone
from api.delivering.webhook_addresses import port_of, webhook_url
from api.http.pagination import Page, page, page_document
from api.http.problems import ProblemError
from api.partners.schemas.events import EventsRequest
from api.routing.json_bodies import validated
from api.routing.lines import apart
from api.schemas.email_addresses import require_email
from api.seekers.schemas import PrivateDetailsDocument
from engine.errors import InvalidInputError
from store.hiring.employers import require_tax_id
from store.people.accounts import Role
from tests.api.services_of import services_of

ANY_TEXT = st.text(max_size=60) | st.text(st.characters(categories=["Cs", "Cc", "Nd", "Lm", "Zs"]), max_size=20)
IN_HEADERS = st.text(st.characters(max_codepoint=255), max_size=60)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["kid", "alg", "sub", "x"]), inner),
    max_leaves=6,
)
RUC_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


@pytest.fixture(scope="module")
def seeker(client: TestClient, sign_in: Callable[..., dict[str, str]]) -> bytes:
    """The credentials of one."""
    return sign_in(client, Role.SEEKER, email="llaves@correo.pe")["Authorization"].encode()


def tried(read: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
    """What is read, or the error that says that it is the caller's."""
    try:
        return read(*arguments, **options)
    except (InvalidInputError, ProblemError, ValidationError) as error:
        return error


def in_base64(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


TOKEN_PARTS = JSON.map(lambda value: in_base64(json.dumps(value).encode())) | st.binary(max_size=20).map(in_base64)
NEARLY_TOKENS = st.builds("{}.{}.{}".format, TOKEN_PARTS, TOKEN_PARTS, TOKEN_PARTS)
NEARLY_KEYS = st.builds("chamba_{}_{}".format, IN_HEADERS, IN_HEADERS)


@given(text=ANY_TEXT | TOKEN_PARTS | st.text(string.ascii_letters + "-_=", max_size=400))
@example("WwBd")
@example(in_base64(b'["a\\u0000"]'))
@example(in_base64(b"[" * 290))
def test_a_text_is_a_cursor_of_texts_or_is_refused(text: str) -> None:
    found = tried(page, 20, text)
    if isinstance(found, InvalidInputError):
        assert found.field == "cursor"
        return
    assert found.after is not None
    assert not any("\0" in part for part in found.after)
    with pytest.raises(InvalidInputError):
        found.key(len(found.after) + 1)


@given(
    keys=st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20), min_size=2),
    limit=st.integers(1, 9),
)
def test_the_cursor_of_a_page_names_its_last_item(keys: list[str], limit: int) -> None:
    document = page_document(keys, Page(limit, None), lambda key: {"key": key}, lambda key: (key, "two"))
    assert document["items"] == [{"key": key} for key in keys[:limit]]
    if len(keys) <= limit:
        assert document["next_cursor"] is None
    else:
        assert page(limit, document["next_cursor"]).key(2) == (keys[limit - 1], "two")


@settings(max_examples=150)
@given(
    credentials=IN_HEADERS | NEARLY_TOKENS | NEARLY_KEYS, scheme=st.sampled_from(["Bearer ", "bearer\t", "", "Basic "])
)
@example(credentials=in_base64(b"[" * 9_000) + ".e30.eA", scheme="Bearer ")
@example(credentials=in_base64(b"9" * 9_000) + ".e30.eA", scheme="Bearer ")
@example(credentials="chamba_", scheme="Bearer ")
@example(credentials="Bearer", scheme="")
def test_credentials_that_are_not_ours_are_nobodys(client: TestClient, credentials: str, scheme: str) -> None:
    services = services_of(client)
    with pytest.raises(ProblemError) as refused:
        caller_of(scheme + credentials, services)
    assert refused.value.kind.status == 401


@settings(max_examples=40)
@given(key=st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_characters="\x7f"), max_size=140))
def test_an_idempotency_key_is_a_word_of_128_characters_or_is_refused(
    client: TestClient, seeker: bytes, key: str
) -> None:
    sent = key.strip(" \t\x85\xa0").encode("latin-1")  # as a server reads a header: without spaces around it
    headers: Any = [(b"authorization", seeker), (b"idempotency-key", sent)]
    asked = client.post("/v1/me/correction-requests", json={"text": "Revísenlo"}, headers=headers)
    is_word = 1 <= len(sent) <= 128 and all(0x21 <= byte <= 0x7E for byte in sent)
    assert asked.status_code == (201 if is_word else 422)


@given(text=ANY_TEXT | st.emails() | st.builds("{}@{}".format, ANY_TEXT, ANY_TEXT))
@example("a@b\u3002pe")
@example("\ud800@b.pe")
@example("a@" + "b." * 120 + "pe")
def test_a_text_is_a_mail_address_in_its_usual_form_or_is_refused(text: str) -> None:
    usual = tried(require_email, text)
    if isinstance(usual, InvalidInputError):
        assert usual.field == "email"
        assert len(text) < 3 or text not in str(usual)
        return
    assert require_email(usual) == usual
    usual.encode()


@given(text=st.text(st.sampled_from("0123456789²٣９ \n"), min_size=9, max_size=12) | ANY_TEXT)
def test_a_ruc_is_eleven_digits_whose_last_checks_the_rest(text: str) -> None:
    digits = [int(digit) for digit in text] if all(digit in string.digits for digit in text) else []
    is_ruc = len(digits) == 11 and text[:2] in ("10", "15", "16", "17", "20")
    if is_ruc:
        rest = sum(digit * weight for digit, weight in zip(digits, RUC_WEIGHTS, strict=False)) % 11
        is_ruc = digits[10] == {0: 1, 1: 0}.get(rest, 11 - rest)
    assert (tried(require_tax_id, text) is None) == is_ruc


@given(kind=st.sampled_from(["10", "15", "16", "17", "20"]), rest=st.text("0123456789", min_size=8, max_size=8))
def test_of_ten_last_digits_one_makes_a_ruc(kind: str, rest: str) -> None:
    assert [tried(require_tax_id, kind + rest + digit) for digit in string.digits].count(None) == 1


@given(text=st.text(st.sampled_from("+0123456789 ().-²٣\n"), max_size=26) | ANY_TEXT)
def test_a_phone_is_made_of_what_numbers_are_written_with(text: str) -> None:
    is_phone = 6 <= len(text.removeprefix("+")) <= 24 and set(text.removeprefix("+")) <= set(string.digits + " ().-")
    assert (tried(TypeAdapter(Phone).validate_python, text) == text) == is_phone


@given(text=st.text(st.sampled_from("0123456789²٣９\n"), min_size=7, max_size=9) | ANY_TEXT)
def test_a_dni_is_eight_digits(text: str) -> None:
    is_dni = len(text) == 8 and set(text) <= set(string.digits)
    read = tried(validated, PrivateDetailsDocument, {"national_id": text})
    if is_dni:
        assert read.national_id == text
    else:
        assert isinstance(read, ProblemError)
        assert len(text) < 4 or text not in json.dumps(read.document(), ensure_ascii=False)


HOSTS = st.sampled_from(["a.pe", "127.0.0.1", "[::1]", "[fe80::1%eth0]", "ñ.pe", "a..b", "xn--", "²"]) | ANY_TEXT
PORTS = st.sampled_from(["", ":", ":0", ":443", ":65535", ":65536", f":{2**70}", ":-1", ":٣", ":a"])


@given(
    text=ANY_TEXT
    | st.builds("{}://{}{}{}".format, st.sampled_from(["https", "http", "HTTPS", "file"]), HOSTS, PORTS, ANY_TEXT),
    allows_loopback=st.booleans(),
)
@example(text="https://a.pe:65536/hook", allows_loopback=False)
@example(text=f"https://a.pe:{2**70}/hook", allows_loopback=False)
@example(text="https://a.pe/\ud800", allows_loopback=False)
def test_a_text_is_the_address_of_a_webhook_or_is_refused(text: str, allows_loopback: bool) -> None:
    url = tried(webhook_url, text, allows_loopback=allows_loopback)
    if isinstance(url, InvalidInputError):
        assert url.field == "url"
        return
    assert url.scheme in (("http", "https") if allows_loopback else ("https",))
    assert 0 < port_of(url) < 2**16
    url.raw_host.decode("ascii")


NEARLY_AN_EVENT = st.fixed_dictionaries(
    {"event_id": st.text("ab", min_size=1, max_size=2) | ANY_TEXT},
    optional={
        "kind": st.sampled_from(["click", "apply", "hire", "show"]) | ANY_TEXT,
        "seeker_id": st.just("rosa-1") | ANY_TEXT,
        "job_id": st.just("web-1") | ANY_TEXT,
        "recommendation_id": st.none() | ANY_TEXT,
        "position": st.none() | st.integers(-1, 2**40) | st.floats(),
        "occurred_at": st.datetimes().map(str) | st.just("9999-12-31T23:59:59-14:00") | ANY_TEXT,
    },
)


@given(document=JSON | st.fixed_dictionaries({"events": st.lists(NEARLY_AN_EVENT | JSON, max_size=4)}))
def test_a_batch_of_events_is_told_or_refused(document: Any) -> None:
    response = tried(lambda: validated(EventsRequest, document).events)
    if isinstance(response, InvalidInputError | ProblemError):
        return
    assert len(response) == len(document["events"])
    readable, faulty = apart(response)
    assert len(readable) + len(faulty) == len(response)
    for event in readable.values():
        assert event.event().occurred_at.tzinfo is UTC


@given(
    moment=st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31)),
    offset=st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
def test_when_an_event_happened_is_the_same_moment_in_every_zone(moment: datetime, offset: timezone) -> None:
    response = {"event_id": "a", "kind": "click", "seeker_id": "rosa-1", "job_id": "web-1"}
    written = moment.replace(tzinfo=offset)
    (event,) = validated(EventsRequest, {"events": [response | {"occurred_at": written.isoformat()}]}).events
    assert event.event().occurred_at == written


@settings(max_examples=60)
@given(accept=IN_HEADERS | st.builds("application/openmetrics-text;version={};q={}".format, IN_HEADERS, IN_HEADERS))
def test_metrics_are_told_whatever_format_is_asked_for(client: TestClient, accept: str) -> None:
    sent = "".join(character for character in accept if character >= " " and character != "\x7f").strip()
    headers: Any = [(b"accept", sent.encode("latin-1"))]
    assert client.get("/metrics", headers=headers).status_code == 200
