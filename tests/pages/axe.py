"""What axe-core finds on a page that keeps people out of it.

It is run by the developer tools, so that the page's policy stays as it is.
"""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RUN = """
async () => (await axe.run(document, {resultTypes: ['violations']})).violations.flatMap((one) => one.nodes.map(
    (node) => `${one.id} (${one.impact}) ${node.target.join(' ')}: ${node.failureSummary}`))
"""


def findings(page: Page) -> list[str]:
    """Each breach of axe's rules, all of them: WCAG's levels and good practice."""
    page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(RUN)
    return found
