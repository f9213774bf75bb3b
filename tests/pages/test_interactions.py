"""A page that keeps a thumb waiting is told by how long."""

from __future__ import annotations

from playwright.sync_api import Browser

from benchmarks.pages.devices import PHONE
from benchmarks.pages.interactions import observe_interactions, slowest_interaction_ms
from tests.local_site import Reply, local_site

SLOW = "<button onclick='const end = performance.now() + 300; while (performance.now() < end);'>Uno</button>"


def test_a_slow_answer_to_a_press_is_told(browser: Browser) -> None:
    context = PHONE.context(browser)
    observe_interactions(context)
    page = context.new_page()
    with local_site() as site:
        site.set("/", Reply(f"<!doctype html>{SLOW}", headers={"Content-Type": "text/html"}))
        page.goto(f"{site.address}/")
        page.get_by_role("button").tap()
        told = slowest_interaction_ms(page)
    context.close()
    assert told >= 300
