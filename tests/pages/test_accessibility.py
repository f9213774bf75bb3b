"""Every page, opened by whoever may, in both languages and on both sizes of screen: axe finds nothing on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from api.web.cookies import Cookie
from benchmarks.pages.devices import DESK, PHONE
from store.people.accounts import Role
from tests.api.real_things import RealThings
from tests.api.served_app import ServedApp
from tests.api.signed_in import page_cookie
from tests.pages.axe import findings
from tests.pages.page_table import PageOfRole, pages
from tests.pages.visits import Visit, open_visit

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only("the same with any database")]

# The size of its screen alone: what is on a page does not depend on how slowly it comes.
SMALL = replace(PHONE, slowdown=1, network=None)
DEVICES = {"es": SMALL, "en": DESK}
VisitOf = Callable[[Role | None, str], Visit]


@pytest.fixture(scope="module")
def visit_of(browser: Browser, served: ServedApp, real: RealThings) -> VisitOf:
    """Somebody of a role who reads a language, the same for all pages."""
    opened: dict[tuple[Role | None, str], Visit] = {}

    def visit_by(role: Role | None, locale: str) -> Visit:
        if (role, locale) not in opened:
            cookie = "" if role is None else page_cookie(served.services, getattr(real, str(role)))
            opened[role, locale] = visit = open_visit(browser, DEVICES[locale], served.url, locale, cookie)
            visit.page.context.add_cookies([{"name": Cookie.LANGUAGE, "value": locale, "url": served.url}])
        return opened[role, locale]

    return visit_by


@pytest.mark.parametrize("page", pages(), ids=str)
@pytest.mark.parametrize("locale", list(DEVICES))
def test_nothing_keeps_anybody_out_of_a_page(
    visit_of: VisitOf, real: RealThings, page: PageOfRole, locale: str
) -> None:
    visit = visit_of(page.role, locale)
    visit.watch.faults.clear()
    visit.person.goes(page.address(real))
    assert visit.page.locator("html").get_attribute("lang") == locale
    assert findings(visit.page) == []
    assert visit.watch.faults == []
