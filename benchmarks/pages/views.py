"""What a phone with nothing cached receives for one page, and on the way from opening to a sent application."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from playwright.sync_api import Browser, BrowserContext

from api.web.cookies import Cookie
from benchmarks.pages.devices import PHONE
from benchmarks.pages.journey import applies, signs_up, tells_what_she_can, tells_when, tells_with_what
from benchmarks.pages.person import Person
from benchmarks.pages.traffic import Traffic
from engine.errors import ChambaError

# Its screen alone: bytes do not depend on how slowly they come.
SMALL = replace(PHONE, slowdown=1, network=None)
CODE = re.compile(r"^\d{6}\b", re.MULTILINE)
EMAIL, MAIL_SECONDS, SETTLED_MS = "nelida@correo.pe", 60, 1_000
COUNT_NODES = "() => document.getElementsByTagName('*').length"


def measure_view(browser: Browser, site: str, path: str, cookie: str = "") -> dict[str, float]:
    """Of a first view, all that comes until a second after it was loaded: its worker and what that keeps too."""
    context, person, traffic = _opened(browser, site, cookie)
    person.goes(path)
    person.page.wait_for_timeout(SETTLED_MS)
    figures = _figures(traffic) | {"nodes": float(person.page.evaluate(COUNT_NODES))}
    context.close()
    return figures


def measure_journey(browser: Browser, site: str, job: Mapping[str, Any], outbox: Path) -> dict[str, float]:
    """From opening to a sent application, an account by mail included."""
    context, person, traffic = _opened(browser, site)
    tells_what_she_can(person, "Atiendo por teléfono y anoto pedidos", "Excel")
    tells_when(person, "Noches, de 7 a 11")
    tells_with_what(person, "Solo celular", "Los datos del celular")
    person.goes(f"/trabajos/{job['job_id']}")
    person.presses("Postular", "Crear una cuenta", role="link")
    signs_up(person, "Nélida Ccori", EMAIL, lambda: mailed_code(outbox, EMAIL), "Postular")
    applies(person, "Puedo desde el lunes", str(job["title"]))
    person.page.wait_for_timeout(SETTLED_MS)
    figures = _figures(traffic)
    context.close()
    return figures


def mailed_code(outbox: Path, email: str, patience_seconds: float = MAIL_SECONDS) -> str:
    """The code of the newest mail to somebody; waits for it, and raises ChambaError where none comes."""
    give_up_at = monotonic() + patience_seconds
    while True:
        mails = [message_from_bytes(file.read_bytes(), policy=default) for file in sorted(outbox.glob("*.eml"))]
        found = [CODE.search(mail.get_content()) for mail in mails if mail["To"] == email]
        if found and found[-1] is not None:
            return found[-1][0]
        if monotonic() > give_up_at:
            raise ChambaError("no mail with a code came", expected=f"one to {email} in {outbox}", got=str(len(mails)))
        sleep(0.1)


def _opened(browser: Browser, site: str, cookie: str = "") -> tuple[BrowserContext, Person, Traffic]:
    context = SMALL.context(browser)
    if cookie:
        context.add_cookies([{"name": Cookie.SESSION, "value": cookie, "url": site}])
    page = context.new_page()
    traffic = Traffic.of(SMALL.slow_down(page), context)
    return context, Person(page, site, is_touched=True), traffic


def _figures(traffic: Traffic) -> dict[str, float]:
    return {
        "kilobytes": traffic.total_bytes / 1e3,
        "script_kilobytes": traffic.script_bytes / 1e3,
        "requests": float(traffic.requests),
    }
