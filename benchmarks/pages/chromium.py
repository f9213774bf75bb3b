"""Debian's Chromium, driven by Playwright: `with chromium() as browser: …`. It reaches this machine alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which

from playwright.sync_api import Browser, sync_playwright

from engine.errors import ArtifactError

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"),
    # Neither QUIC nor any host but this machine: a page that asks for one is told that there is none.
    *("--disable-quic", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"),
    # The same letters on every machine.
    *("--font-render-hinting=none", "--disable-lcd-text"),
)


def chromium_path() -> Path:
    """Where Chromium is; raises ArtifactError where it is not."""
    found = next(filter(None, map(which, NAMES)), None)
    if found is None:
        fix = "install it, with letters to draw (Debian: apt-get install chromium fonts-dejavu-core)"
        raise ArtifactError("pages are tried in Chromium", expected=" or ".join(NAMES), got="none of them", fix=fix)
    return Path(found)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window. Until it is closed, this thread runs no other event loop of asyncio."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()
