"""Somebody without a mouse: reaches everything by Tab, and fails where they would not see what they have reached."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, expect

from benchmarks.pages.person import Person

MOST_PRESSES = 500
NOTHING = "nothing"
FOCUSED_NAME = "() => document.activeElement?.name ?? null"
# Where the focus is seen: on the thing itself, or on the label or box that stands for a thing that is hidden.
UNSEEN = """
() => {
    const focused = document.activeElement;
    if (!focused || focused === document.body) return 'nothing';
    const seen = (one) => {
        const box = one.getBoundingClientRect(), style = getComputedStyle(one);
        const isThere = box.width > 1 && box.height > 1 && style.visibility !== 'hidden' && Number(style.opacity) > 0;
        const isOnScreen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
        const isOutlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
        return isThere && isOnScreen && (isOutlined || style.boxShadow !== 'none');
    };
    const shown = [focused, focused.nextElementSibling, focused.closest('label'), ...(focused.labels ?? [])];
    return shown.some((one) => one && seen(one)) ? '' : focused.outerHTML.slice(0, 200);
}
"""
IS_FOCUSED = "(one) => one === document.activeElement"
HOLDS_FOCUS = "() => document.activeElement !== null && document.activeElement !== document.body"
NAME_DOCUMENT = "() => { window.wasHere = true; }"
IS_SAME_DOCUMENT = "() => window.wasHere === true"


class Keyboard(Person):
    """A person who has keys alone."""

    def write(self, target: Locator, text: str) -> None:
        """Reach a field and write into it, in place of what stands there."""
        self.reaches(target)
        if target.get_attribute("type") == "date":  # Chromium without a window has the month first
            year, month, day = text.split("-")
            self.page.keyboard.type(f"{month}{day}{year}")
            return
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(text)

    def select(self, target: Locator, words: str) -> None:
        """Reach a list and go down it by an arrow."""
        self.reaches(target)
        self.page.keyboard.press("Home")
        for _ in range(MOST_PRESSES):
            if target.locator("option:checked").inner_text() == words:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{words} is not in {target}")

    def choose(self, target: Locator) -> None:
        """Tick a box that is reached by Tab; of radio buttons the group is, and they are chosen among by an arrow."""
        if target.get_attribute("type") == "radio":
            name = target.get_attribute("name")
            self._goes_on("Tab", lambda: self.page.evaluate(FOCUSED_NAME) == name, target)
            self._goes_on("ArrowDown", lambda: bool(target.evaluate(IS_FOCUSED)), target)
        else:
            self.reaches(target)
        if not target.is_checked():
            self._press("Space")

    def press(self, target: Locator, until: Locator) -> None:
        """Reach something, press it and wait; where the page stayed, the focus stays somewhere on it."""
        self.reaches(target)
        self.page.evaluate(NAME_DOCUMENT)
        self.page.keyboard.press("Enter")
        expect(until.first).to_be_visible()
        if self.page.evaluate(IS_SAME_DOCUMENT):
            assert self.page.evaluate(HOLDS_FOCUS), f"pressing {target} loses the focus"

    def reaches(self, target: Locator) -> None:
        """Go on by Tab until the focus is on it."""
        expect(target).to_have_count(1)
        self._goes_on("Tab", lambda: bool(target.evaluate(IS_FOCUSED)), target)

    def _goes_on(self, key: str, is_there: Callable[[], bool], target: Locator) -> None:
        """Press a key until it is there, at most twice through the whole page."""
        rounds = 0
        for _ in range(MOST_PRESSES):
            if is_there():
                return
            rounds += not self._press(key)
            if rounds > 1:
                break
        raise AssertionError(f"{target} is not reached by {key}")

    def _press(self, key: str) -> bool:
        """Whether the focus is on the page then: after its last thing comes the browser's own, then its first again."""
        self.page.keyboard.press(key)
        unseen = self.page.evaluate(UNSEEN)
        assert unseen in {"", NOTHING}, f"the focus is not seen on {unseen}"
        return bool(unseen != NOTHING)
