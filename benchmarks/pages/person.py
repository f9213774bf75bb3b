"""Somebody at a page: reads its words, and presses, writes and chooses by them, with a thumb or a mouse."""

from __future__ import annotations

from typing import Literal

from playwright.sync_api import Locator, Page, expect


class Person:
    """A person with one page open; `is_touched`: with a thumb."""

    def __init__(self, page: Page, site: str, *, is_touched: bool) -> None:
        self.page, self.site, self.is_touched = page, site, is_touched

    def goes(self, path: str) -> None:
        """Open an address of the site."""
        self.page.goto(self.site + path)

    def sees(self, heading: str) -> None:
        """The page that is open is the one with this heading."""
        expect(self._heading(heading)).to_be_visible()

    def writes(self, label: str, text: str) -> None:
        """Write into the field with a label, in place of what stands there."""
        self.write(self.page.get_by_label(label), text)

    def chooses(self, label: str) -> None:
        """Choose the radio button or tick the box with a label."""
        self.choose(self.page.get_by_label(label, exact=True))

    def presses(self, name: str, then: str, role: Literal["button", "link"] = "button") -> None:
        """Press the button with a name, and wait for the page with the heading `then`."""
        self.press(self.page.get_by_role(role, name=name, exact=True), self._heading(then))

    def write(self, target: Locator, text: str) -> None:
        """Write into a field, in place of what stands there."""
        target.fill(text)

    def choose(self, target: Locator) -> None:
        """Choose a radio button or tick a box."""
        target.check()

    def select(self, target: Locator, words: str) -> None:
        """Choose one of a list by its words."""
        target.select_option(label=words)

    def press(self, target: Locator, until: Locator) -> None:
        """Press something, and wait until something else is there."""
        if self.is_touched:
            target.tap()
        else:
            target.click()
        expect(until.first).to_be_visible()

    def _heading(self, name: str) -> Locator:
        return self.page.get_by_role("heading", level=1, name=name, exact=True)
