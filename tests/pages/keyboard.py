"""A person without a mouse: reaches everything by Tab, and fails where they would not see what they have reached."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

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


class Keyboard:
    """The keys of one page."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def reaches(self, target: Locator) -> None:
        """Go on by Tab until the focus is on it."""
        expect(target).to_have_count(1)
        self._goes_on("Tab", lambda: bool(target.evaluate(IS_FOCUSED)), target)

    def types(self, target: Locator, text: str) -> None:
        """Reach it and write into it."""
        self.reaches(target)
        self._page.keyboard.type(text)

    def chooses(self, target: Locator) -> None:
        """One of several radio buttons: their group is reached by Tab, they are chosen among by an arrow."""
        name = target.get_attribute("name")
        self._goes_on("Tab", lambda: self._page.evaluate(FOCUSED_NAME) == name, target)
        self._goes_on("ArrowDown", lambda: bool(target.evaluate(IS_FOCUSED)), target)
        if not target.is_checked():
            self._press("Space")

    def presses(self, target: Locator, until: Locator, key: str = "Enter") -> None:
        """Reach it, press it and wait for what comes; where the page stayed, the focus stays somewhere on it."""
        self.reaches(target)
        self._page.evaluate(NAME_DOCUMENT)
        self._page.keyboard.press(key)
        expect(until.first).to_be_visible()
        if self._page.evaluate(IS_SAME_DOCUMENT):
            assert self._page.evaluate(HOLDS_FOCUS), f"pressing {target} loses the focus"

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
        self._page.keyboard.press(key)
        unseen = self._page.evaluate(UNSEEN)
        assert unseen in {"", NOTHING}, f"the focus is not seen on {unseen}"
        return bool(unseen != NOTHING)
