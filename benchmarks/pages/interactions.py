"""How long a page keeps a thumb waiting: Interaction to Next Paint, by the browser's own event timing."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page

# Run before a page's own scripts. The shortest that the browser tells is 16 ms.
OBSERVE = """
window.interactions = [];
new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (one.interactionId) window.interactions.push(one.duration);
}).observe({type: 'event', durationThreshold: 16, buffered: true});
"""
# What was pressed last is told once it has been painted.
READ = """
() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(window.interactions), 50)))
"""


def observe_interactions(context: BrowserContext) -> None:
    """Note the interactions with every page of a context from now on."""
    context.add_init_script(OBSERVE)


def slowest_interaction_ms(page: Page) -> float:
    """The worst since the page was opened, which INP is where there were fewer than fifty; 0 where all took less than
    16 ms."""
    durations: list[float] = page.evaluate(READ)
    return max(durations, default=0.0)
