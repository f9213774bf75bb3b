"""Somebody who uses the pages in a browser of their own: `visit.person.goes("/")`, `visit.page`."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page

from api.web.cookies import Cookie
from benchmarks.pages.devices import DESK, PHONE, Device
from benchmarks.pages.person import Person
from benchmarks.pages.traffic import Traffic
from tests.pages.keyboard import Keyboard
from tests.pages.watching import Watch

WEBP_QUALITY = 60
# How a story is gone through: with a thumb, with a mouse, by keys alone.
WAYS: dict[str, dict[str, Any]] = {
    "phone": {"device": PHONE},
    "desk": {"device": DESK},
    "keys": {"device": DESK, "by_keys": True},
}


@dataclass
class Visit:
    """A page and who uses it, watched and counted; `shots` is the folder of screenshots where they were asked for."""

    page: Page
    person: Person
    watch: Watch
    traffic: Traffic
    session: CDPSession = field(repr=False)
    device: str = ""
    shots: Path | None = None

    def shows(self, name: str, *, is_wide: bool = False) -> None:
        """Take a picture of a phone's screen, or of a desk's if `is_wide`, where pictures are wanted."""
        if self.shots is None or self.device != (DESK if is_wide else PHONE).name:
            return
        taken = self.session.send("Page.captureScreenshot", {"format": "webp", "quality": WEBP_QUALITY})
        (self.shots / f"{name}.webp").write_bytes(b64decode(taken["data"]))


def open_visit(
    browser: Browser,
    device: Device,
    site: str,
    locale: str = "es",
    cookie: str = "",
    *,
    by_keys: bool = False,
    **options: Any,
) -> Visit:
    """Somebody's own browser on a device, `by_keys` without a mouse; `cookie` is that of somebody who is logged in.

    Options of the context, such as `java_script_enabled`, are given by name.
    """
    context = device.context(browser, locale, **options)
    if cookie:
        context.add_cookies([{"name": Cookie.SESSION, "value": cookie, "url": site}])
    watch, page = Watch(context, site), context.new_page()
    session = device.slow_down(page)
    person = (Keyboard if by_keys else Person)(page, site, is_touched=device.is_touched)
    return Visit(page, person, watch, Traffic.of(session, context), session, device.name)
