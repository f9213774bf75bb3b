"""What goes wrong behind a page is noted, and somebody without a mouse fails where they see nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from benchmarks.pages.devices import DESK
from benchmarks.pages.traffic import Traffic
from tests.local_site import Reply, Site, local_site
from tests.pages.conftest import Visits
from tests.pages.keyboard import Keyboard
from tests.pages.watching import Watch

STRICT = {"Content-Security-Policy": "default-src 'self'; img-src data:", "Content-Type": "text/html"}
HEAD = "<!doctype html><html lang=es><meta charset=utf-8><link rel=icon href=data:,><title>Prueba</title>"
INVISIBLE = "<style>:focus{outline:none}</style>"
OFF_SCREEN = "<style>a:focus{position:absolute;left:-9999px}</style>"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A site of no page."""
    with local_site() as site:
        yield site


def faults_of(browser: Browser, site: Site, reply: Reply) -> list[str]:
    """What is noted of a page."""
    site.set("/", reply)
    context = DESK.context(browser)
    watch = Watch(context, site.address)
    page = context.new_page()
    page.goto(f"{site.address}/")
    context.close()
    return watch.faults


@pytest.mark.parametrize(
    ("body", "headers", "noted"),
    [
        ("Hola", STRICT, ""),
        ("<img src=//cdn.example/logo.png alt=Logo>", {}, "asked another host: http://cdn.example/logo.png"),
        ("<script>console.error('roto')</script>", {}, "console: roto"),
        ("<script>nadie()</script>", {}, "script: nadie is not defined"),
        ("<script>1</script>", STRICT, "console: Executing inline script violates"),
        ("<p style='color:red'>Hola</p>", STRICT, "console: Applying inline style violates"),
        ("<script src=/nowhere.js></script>", STRICT, "404: GET"),
    ],
)
def test_what_goes_wrong_is_noted(browser: Browser, site: Site, body: str, headers: dict[str, str], noted: str) -> None:
    faults = faults_of(browser, site, Reply(HEAD + body, headers={"Content-Type": "text/html"} | headers))
    assert any(fault.startswith(noted) for fault in faults) if noted else faults == [], faults


def opened(visits: Visits, site: Site) -> Keyboard:
    """Somebody without a mouse at the page of the site."""
    person = visits(DESK, site.address, by_keys=True).person
    assert isinstance(person, Keyboard)
    person.goes("/")
    return person


def test_a_refusal_that_is_wanted_is_none(visits: Visits, site: Site) -> None:
    site.set("/", Reply(HEAD, 422, headers=STRICT))
    visit = visits(DESK, site.address)
    with visit.watch.refusals(422):
        visit.person.goes("/")


@pytest.mark.parametrize(("style", "is_seen"), [("", True), (INVISIBLE, False), (OFF_SCREEN, False)])
def test_a_focus_that_nobody_sees_fails(visits: Visits, site: Site, style: str, is_seen: bool) -> None:
    body = f"{HEAD}{style}<a href=/>Uno</a> <button>Dos</button>"
    site.set("/", Reply(body, headers={"Content-Type": "text/html"}))
    keyboard = opened(visits, site)
    button = keyboard.page.get_by_role("button")
    if is_seen:
        keyboard.reaches(button)
        return
    with pytest.raises(AssertionError, match="the focus is not seen"):
        keyboard.reaches(button)


def test_what_tab_leaves_out_is_not_reached(visits: Visits, site: Site) -> None:
    site.set("/", Reply(f"{HEAD}<a href=/>Uno</a> <button tabindex=-1>Dos</button>", headers=STRICT))
    keyboard = opened(visits, site)
    with pytest.raises(AssertionError, match="not reached"):
        keyboard.reaches(keyboard.page.get_by_role("button"))


def test_a_focus_that_a_press_loses_fails(visits: Visits, site: Site) -> None:
    body = f"{HEAD}<p id=told hidden>Listo</p><button onclick='told.hidden = false; this.remove()'>Uno</button>"
    site.set("/", Reply(body, headers={"Content-Type": "text/html"}))
    keyboard = opened(visits, site)
    with pytest.raises(AssertionError, match="loses the focus"):
        keyboard.press(keyboard.page.get_by_role("button"), keyboard.page.get_by_text("Listo"))


def test_bytes_are_those_that_came(visits: Visits, site: Site) -> None:
    script = "/" * 30_000
    site.set("/", Reply(f"{HEAD}<script src=/long.js></script>Hola", headers={"Content-Type": "text/html"}))
    site.set("/long.js", Reply(script, headers={"Content-Type": "text/javascript", "Cache-Control": "max-age=60"}))
    visit = visits(DESK, site.address)
    visit.person.goes("/")
    first: Traffic = visit.traffic
    assert first.requests == 2
    assert 0 < first.script_bytes - len(script) < 500  # its headers
    assert first.script_bytes + len(HEAD) < first.total_bytes < first.script_bytes + len(HEAD) + 1_000
    first.forget()
    visit.person.goes("/")
    assert (first.script_bytes, first.total_bytes > 0) == (0, True)  # it lies in the cache
