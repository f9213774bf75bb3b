"""What people hold in their hands: the size of its screen, how fast it computes, and how its network is.

`PHONE` is a cheap Android phone on 3G: a processor four times slower than this machine's, and the network that
WebPageTest calls "3G", 300 ms there and back, 1.6 Mbit/s down and 768 kbit/s up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

BYTES_A_KILOBIT = 125
ACCEPTED = {"es": "es-PE", "en": "en-US"}


@dataclass(frozen=True, slots=True)
class Network:
    """How fast a device's network is."""

    round_trip_ms: int
    down_kbit_s: int
    up_kbit_s: int


THREE_G = Network(300, 1_600, 768)


@dataclass(frozen=True, slots=True)
class Device:
    """A device; `slowdown` is how many times slower its processor is than this machine's."""

    name: str
    width: int
    height: int
    is_touched: bool = False
    slowdown: float = 1
    network: Network | None = None

    def context(self, browser: Browser, locale: str = "es", **options: Any) -> BrowserContext:
        """A person's own browser on this device: their cookies, storage and workers."""
        return browser.new_context(
            viewport={"width": self.width, "height": self.height},
            has_touch=self.is_touched,
            is_mobile=self.is_touched,
            locale=ACCEPTED[locale],
            timezone_id="America/Lima",
            reduced_motion="reduce",  # what is reached is there at once
            **options,
        )

    def slow_down(self, page: Page) -> CDPSession:
        """Give a page the processor and the network of the device; the session to its developer tools."""
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        if self.slowdown > 1:
            session.send("Emulation.setCPUThrottlingRate", {"rate": self.slowdown})
        if self.network is not None:
            session.send("Network.emulateNetworkConditions", _conditions(self.network))
        return session


def _conditions(network: Network) -> dict[str, Any]:
    return {
        "offline": False,
        "latency": network.round_trip_ms,
        "downloadThroughput": network.down_kbit_s * BYTES_A_KILOBIT,
        "uploadThroughput": network.up_kbit_s * BYTES_A_KILOBIT,
    }


PHONE = Device("phone", 360, 740, is_touched=True, slowdown=4, network=THREE_G)
DESK = Device("desk", 1280, 800)
