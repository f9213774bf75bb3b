"""A thumb on the week's grid: it paints what it goes over, and a quick flick scrolls the page as everywhere else."""

from __future__ import annotations

from time import time

import pytest
from playwright.sync_api import Page

from benchmarks.pages.devices import PHONE
from tests.api.served_app import ServedApp
from tests.pages.conftest import Visits
from tests.pages.visits import Visit

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only("a browser's work alone")]

STEPS = 12
Spot = tuple[float, float]


@pytest.fixture
def week(visits: Visits, served: ServedApp) -> Visit:
    """The grid on a phone, with nothing painted."""
    visit = visits(PHONE, served.url)
    visit.person.goes("/buscar/horas")
    return visit


def middle(page: Page, cell: str) -> Spot:
    """The middle of an hour on the screen."""
    box = page.locator(f"label[for=c{cell}]").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def painted(page: Page) -> list[str]:
    """The hours that are free now."""
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('[data-grid] input:checked')].map((one) => one.value)"
    )
    return sorted(found)


def stroke(visit: Visit, start: Spot, end: Spot, step_seconds: float) -> None:
    """A finger that goes from one spot to another; the moments are those that the screen tells."""
    at, (x, y) = time(), start

    def send(kind: str, *points: Spot) -> None:
        told = [{"x": x, "y": y} for x, y in points]
        visit.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": told, "timestamp": at})

    send("touchStart", start)
    for step in range(1, STEPS + 1):
        at += step_seconds
        share = step / STEPS
        send("touchMove", (x + share * (end[0] - x), y + share * (end[1] - y)))
    send("touchEnd")


def scrolled(page: Page) -> float:
    """How far down the page is."""
    told: float = page.evaluate("scrollY")
    return told


@pytest.mark.parametrize(
    ("first", "last", "hours"),
    [
        ("0-8", "0-11", ["0-10", "0-11", "0-8", "0-9"]),
        ("0-12", "0-10", ["0-10", "0-11", "0-12"]),
        ("1-10", "4-10", ["1-10", "2-10", "3-10", "4-10"]),
    ],
)
def test_a_thumb_paints_what_it_goes_over(week: Visit, first: str, last: str, hours: list[str]) -> None:
    stroke(week, middle(week.page, first), middle(week.page, last), 0.1)
    assert painted(week.page) == hours
    assert scrolled(week.page) == 0


def test_a_thumb_that_begins_on_a_painted_hour_wipes(week: Visit) -> None:
    stroke(week, middle(week.page, "2-10"), middle(week.page, "2-12"), 0.1)
    stroke(week, middle(week.page, "2-11"), middle(week.page, "2-12"), 0.1)
    assert painted(week.page) == ["2-10"]


def test_a_quick_stroke_across_paints(week: Visit) -> None:
    stroke(week, middle(week.page, "0-10"), middle(week.page, "3-10"), 0.005)
    assert painted(week.page) == ["0-10", "1-10", "2-10", "3-10"]


def test_a_flick_scrolls_and_paints_nothing(week: Visit) -> None:
    stroke(week, middle(week.page, "3-14"), middle(week.page, "3-8"), 0.005)
    week.page.wait_for_function("scrollY > 50")
    assert painted(week.page) == []


def test_a_tap_paints_one_hour_and_another_wipes_it(week: Visit) -> None:
    hour = week.page.locator("label[for=c5-10]")
    hour.tap()
    assert painted(week.page) == ["5-10"]
    hour.tap()
    assert painted(week.page) == []


def test_what_a_thumb_painted_is_kept(week: Visit) -> None:
    stroke(week, middle(week.page, "0-10"), middle(week.page, "0-12"), 0.1)
    week.page.reload()
    assert painted(week.page) == ["0-10", "0-11", "0-12"]
