"""axe finds what keeps people out, behind a strict policy too."""

from __future__ import annotations

import pytest

from benchmarks.pages.devices import DESK
from tests.local_site import Reply, local_site
from tests.pages.axe import findings
from tests.pages.conftest import Visits

GOOD = "<!doctype html><html lang=es><meta charset=utf-8><title>Prueba</title><main><h1>Hola</h1></main>"
POLICY = {"Content-Type": "text/html", "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}


@pytest.mark.parametrize(
    ("added", "found"),
    [("", ""), ("<input>", "label"), ("<p style='color:#aaa;background:#fff'>Gris</p>", "color-contrast")],
)
def test_what_keeps_people_out_is_found(visits: Visits, added: str, found: str) -> None:
    with local_site() as site:
        site.set("/", Reply(GOOD.replace("</main>", f"{added}</main>"), headers=POLICY))
        site.set("/favicon.ico", Reply(b""))
        visit = visits(DESK, site.address)
        visit.person.goes("/")
        told = findings(visit.page)
    assert [one.split()[0] for one in told] == ([found] if found else [])
