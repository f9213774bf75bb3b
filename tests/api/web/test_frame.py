"""What every page keeps to: who may open it, what it says to browsers, whose forms it takes, where it leads."""

from __future__ import annotations

import re
from typing import Any

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from api.routes import PAGES as PAGE_MODULES
from api.routes import page_routes
from api.web.cookies import Cookie
from api.web.form_tokens import FIELD
from api.web.local_paths import local_path
from api.web.page_routes import MailedPageRoute, PageRoute
from api.web.static_files import PATH, static_url
from store.people.accounts import Role
from tests.api.web.browser import READ, Reader, account_of

PAGES = [route for route in page_routes() if "GET" in (route.methods or ())]
FORMS = [route for route in page_routes() if "POST" in (route.methods or ())]
_PARAMETER = re.compile(r"{[^}]+}")
# Values of attributes and text are what people wrote, escaped.
_VALUE = re.compile(r'="[^"]*"')
_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)|<[^>]*\s(?:on[a-z]+|style)=|<style")
NOT_HTML = (PATH, "/sw.js", "/manifest.webmanifest")


@pytest.fixture(scope="module")
def readers(client: TestClient) -> dict[Role | None, Reader]:
    """One of each role, and somebody unknown."""
    found: dict[Role | None, Reader] = {None: Reader(client)}
    for role in Role:
        found[role] = Reader(client, account_of(client, role, f"{role}@paginas.example"))
    return found


def named(route: APIRoute) -> str:
    return f"{sorted(route.methods or ())[0]} {route.path}"


def address(route: APIRoute) -> str:
    """An address of a page; what it names is not there."""
    return _PARAMETER.sub("01890a5d-ac96-774b-bcce-b302099a8057", route.path)


def test_no_page_stands_where_these_tests_do_not_look() -> None:
    others = [route for pages in PAGE_MODULES for route in pages.router.routes if not isinstance(route, APIRoute)]
    assert others == [], "a router within a router: extend its routes by the other's"


def test_every_route_of_a_page_is_one() -> None:
    assert [route.path for route in page_routes() if not isinstance(route, PageRoute)] == []


@pytest.mark.parametrize("route", PAGES, ids=named)
@pytest.mark.parametrize("role", [None, *Role])
def test_a_page_lets_in_whom_its_rule_names(
    readers: dict[Role | None, Reader], route: PageRoute, role: Role | None
) -> None:
    answer = readers[role].client.get(address(route))
    where = answer.headers.get("location", "")
    if route.rule.is_public or role in route.rule.allowed:
        assert answer.status_code in (200, 303, 404, 422), answer.text
        assert not where.startswith("/entrar") or route.rule.is_public
    elif role is None:
        assert (answer.status_code, where.partition("?")[0]) == (303, "/entrar")
    else:
        assert answer.status_code == 403


@pytest.mark.parametrize("route", PAGES, ids=named)
def test_a_page_runs_no_script_of_its_own_and_is_kept_nowhere(
    readers: dict[Role | None, Reader], route: PageRoute
) -> None:
    role = next((role for role in Role if role in route.rule.allowed), None)
    answer = readers[role].client.get(address(route))
    if answer.status_code == 303 or route.path.startswith(NOT_HTML):
        return
    if "attachment" in answer.headers.get("content-disposition", ""):
        return
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert 'href="javascript:' not in answer.text
    assert _SCRIPT.search(_VALUE.sub('=""', answer.text)) is None
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("route", [one for one in FORMS if not isinstance(one, MailedPageRoute)], ids=named)
def test_a_form_is_taken_with_its_token_from_our_own_pages_alone(
    readers: dict[Role | None, Reader], route: PageRoute
) -> None:
    reader = readers[next((role for role in Role if role in route.rule.allowed), None)]
    token = reader.token()
    foreign = reader.client.post(address(route), data={FIELD: token}, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 403
    elsewhere = reader.client.post(address(route), data={FIELD: token}, headers={"Origin": "https://otro.example"})
    assert elsewhere.status_code == 403
    for given in ({"text": "x"}, {FIELD: ""}, {FIELD: "A" * 43}, {FIELD: "ñ"}):
        assert reader.client.post(address(route), data=given).status_code in (403, 404)


@pytest.mark.parametrize("route", FORMS, ids=named)
@pytest.mark.parametrize("role", [None, *Role])
def test_a_form_is_taken_from_whom_its_rule_names(
    readers: dict[Role | None, Reader], route: PageRoute, role: Role | None
) -> None:
    if route.rule.is_public or role in route.rule.allowed:
        return
    answer = readers[role].client.post(address(route), data={FIELD: readers[role].token()})
    if role is None:
        assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/entrar")
    else:
        assert answer.status_code == 403


HOSTILE = ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}", "' OR 1=1 --", "\ud83d", "%00")


@pytest.mark.parametrize("route", FORMS, ids=named)
def test_hostile_input_is_shown_as_text_and_breaks_nothing(
    readers: dict[Role | None, Reader], route: PageRoute
) -> None:
    role = next((role for role in Role if role in route.rule.allowed), None)
    if route.path == "/salir":
        return
    reader = readers[role]
    names = (
        "text",
        "name",
        "email",
        "password",
        "code",
        "sigue",
        "skills",
        "cell",
        "poner",
        "quitar",
        "sort",
        "reason",
    )
    for hostile in HOSTILE:
        fields = {name: hostile.encode("utf-8", "surrogatepass").decode("utf-8", "replace") for name in names}
        answer = reader.client.post(address(route), data=fields | {FIELD: reader.token()})
        assert answer.status_code < 500, answer.text
        is_page = answer.headers.get("content-type", "").startswith("text/html")
        assert not is_page or "<" not in hostile or hostile not in answer.text
        assert local_path(answer.headers.get("location", "/"), "") != ""


@pytest.mark.parametrize(
    "text",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "/\t/evil.example",
        "javascript:x",
        "",
        "x",
        "/" * 400,
        "/%0d%0aSet-Cookie:x\r\n",
        "/ñ",
        "/a b",
        "\\\\evil",
    ],
)
def test_nothing_leads_elsewhere(client: TestClient, text: str) -> None:
    assert local_path(text, "/inicio") == "/inicio"
    page = Reader(client).client.get("/entrar", params={"sigue": text}).text
    assert 'name="sigue" value="/"' in page


def test_the_api_takes_no_cookie_and_pages_take_no_header(client: TestClient) -> None:
    account_id = account_of(client, Role.SEEKER, "galleta@paginas.example")
    reader = Reader(client, account_id)
    assert reader.client.get("/v1/me", headers={"Accept": "application/json"}).status_code == 401
    token = reader.client.cookies[Cookie.SESSION]
    headers = READ | {"Authorization": f"Bearer {token}"}
    assert Reader(client).client.get("/v1/me", headers=headers).status_code == 401
    stranger = Reader(client).client.get("/trabajos/x/no-es-para-mi", headers=headers)
    assert (stranger.status_code, stranger.headers["location"].partition("?")[0]) == (303, "/entrar")


@pytest.mark.parametrize(
    ("host", "flags", "begins"),
    [
        ("https://chamba.example", {"HttpOnly", "Path=/", "SameSite=lax", "Secure"}, "__Host-chamba-"),
        ("http://chamba.example", {"HttpOnly", "Path=/", "SameSite=lax", "Secure"}, "__Host-chamba-"),
        ("http://localhost:8000", {"HttpOnly", "Path=/", "SameSite=lax"}, "chamba-"),
    ],
)
def test_a_cookie_is_read_by_no_script_and_sent_by_no_other_site(
    client: TestClient, host: str, flags: set[str], begins: str
) -> None:
    reader = Reader(client)
    reader.client.base_url = host
    page = reader.client.get("/buscar")
    token = re.search(f'name="{FIELD}" value="([^"]+)"', page.text)
    assert token is not None
    cookies = dict(one.split(";")[0].split("=", 1) for one in page.headers.get_list("set-cookie"))
    shown = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    sent = reader.client.post("/buscar", data={FIELD: token[1], "text": "coso"}, headers=shown, follow_redirects=False)
    assert sent.status_code == 303
    for cookie in (*page.headers.get_list("set-cookie"), *sent.headers.get_list("set-cookie")):
        assert cookie.startswith(begins)
        assert flags <= set(cookie.split("; "))
        assert "Domain=" not in cookie
    assert len(cookies) == 1


def test_who_is_logged_in_can_leave_from_every_page(readers: dict[Role | None, Reader]) -> None:
    for role, reader in readers.items():
        page = reader.opens("/privacidad")
        assert ('action="/salir"' in page.text) is (role is not None)


def test_a_form_of_another_browser_is_not_taken(client: TestClient) -> None:
    mine, theirs = Reader(client), Reader(client)
    theirs.opens("/")
    answer = theirs.client.post("/buscar", data={FIELD: mine.token(), "text": "coso"})
    assert answer.status_code == 403


def test_what_is_not_there_is_a_page_for_who_reads_pages(client: TestClient) -> None:
    page = Reader(client).opens("/no-existe")
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    assert client.get("/no-existe").headers["content-type"] == "application/problem+json"
    assert client.get("/v1/no-existe", headers=READ).headers["content-type"] == "application/problem+json"


def test_files_are_kept_for_a_year_by_what_they_hold(client: TestClient) -> None:
    kept = client.get(static_url("chamba.css"))
    assert "immutable" in kept.headers["cache-control"]
    assert "immutable" not in client.get(f"{PATH}/chamba.css?v=another").headers["cache-control"]
    assert client.get(f"{PATH}/..%2fpages.py").status_code == 404


@pytest.mark.parametrize(
    ("accepted", "language"), [("es-PE", "es"), ("en-US,en", "en"), ("qu", "qu"), ("fr", "es"), ("", "es")]
)
def test_a_page_is_in_the_language_that_is_asked_for(client: TestClient, accepted: str, language: str) -> None:
    answer = Reader(client).client.get("/", headers={"Accept-Language": accepted})
    assert f'<html lang="{language}">' in answer.text


def test_a_chosen_language_stays(client: TestClient) -> None:
    reader = Reader(client)
    reader.opens("/")
    page: Any = reader.sends("/idioma", idioma="en", sigue="/buscar")
    assert '<html lang="en">' in page.text
    assert '<html lang="en">' in reader.opens("/").text
    reader.sends("/idioma", idioma="xx", sigue="//evil.example")
    assert '<html lang="en">' in reader.opens("/").text
