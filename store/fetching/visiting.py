"""Reads addresses as a guest does: robots.txt first, at the host's rate, no further than its own hosts.

visitor = Visitor(Fetcher(), HostPace(), hosts=frozenset({"empleos.example"}), gap_seconds=1.0)
page = visitor.get("https://empleos.example/aviso/1", Validators(etag='"a1"'))
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx2

from store.fetching.errors import FetchError, ForbiddenError
from store.fetching.pace import HostPace
from store.fetching.requests import Answer, Fetcher, MostBytes, address_of
from store.fetching.robots import ROBOTS_BYTES, RobotRules, robot_rules

NOT_MODIFIED, GONE = 304, (404, 410)
TOO_MANY, SERVER_FAILS = 429, 500
TRY_LATER = (408, 425, 429, 500, 502, 503, 504)
REDIRECTS = (301, 302, 303, 307, 308)
MOST_REDIRECTS = 5
ATTEMPTS = 3
_VALIDATOR = re.compile(r"[!-~][ -~]{0,400}")
FIRST_WAIT_SECONDS, WAIT_GROWTH, LONGEST_WAIT_SECONDS = 5.0, 4, 120.0


@dataclass(frozen=True, slots=True)
class Validators:
    """By what a host can tell that nothing changed: what it said when the address was last read."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """As a condition of the next request."""
        told = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in told.items() if value}


def validators_of(answer: Answer) -> Validators:
    """What an answer may be asked after by the next time; what no header may hold is nothing."""
    stated = [answer.headers.get(name, "") for name in ("etag", "last-modified")]
    etag, last_modified = (text if _VALIDATOR.fullmatch(text) else None for text in stated)
    return Validators(etag, last_modified)


class Visitor:
    """Reads the addresses of one source; safe to use from one thread."""

    def __init__(
        self,
        fetcher: Fetcher,
        pace: HostPace,
        *,
        hosts: frozenset[str],
        gap_seconds: float,
        until: float = math.inf,
        obeys_robots: bool = True,
    ) -> None:
        """`hosts`: where it may go, with or without `www.`; `until`: when it stops, by the clock of `pace`."""
        self._fetcher, self._pace, self._until = fetcher, pace, until
        self._hosts = frozenset(map(bare_host, hosts))
        self._gap_seconds, self._obeys_robots = gap_seconds, obeys_robots
        self._rules: dict[str, RobotRules] = {}
        self.requests = 0

    def get(self, address: str, validators: Validators, most_bytes: int) -> Answer:
        """What an address says: 200 with its body, 304 (as it was), 404 or 410; raises FetchError for all else.

        What may pass is tried again, after the time that the host names, if that is not long.
        """
        wait = FIRST_WAIT_SECONDS
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._followed(address_of(address), validators.headers(), MostBytes(most_bytes))
            except FetchError as error:
                pause = error.retry_after_seconds or wait
                if not error.is_passing or attempt == ATTEMPTS or pause > LONGEST_WAIT_SECONDS:
                    raise
                self._pace.rest(address_of(address).host, pause)
                wait *= WAIT_GROWTH
        raise AssertionError("the last attempt returns or raises")

    def _followed(self, url: httpx2.URL, headers: Mapping[str, str], most: MostBytes) -> Answer:
        for _ in range(MOST_REDIRECTS + 1):
            self._require_allowed(url)
            answer = self._ask(url, headers, most)
            if answer.status not in REDIRECTS:
                return _usable(answer)
            url = redirected(url, answer)
        raise ForbiddenError("too many redirects", expected=f"at most {MOST_REDIRECTS}")

    def _require_allowed(self, url: httpx2.URL) -> None:
        if bare_host(url.host) not in self._hosts:
            raise ForbiddenError(
                "leads to another host", expected=", ".join(sorted(self._hosts)), got=url.host, fix="see hosts"
            )
        if self._obeys_robots and not self._rules_of(url).allows(str(url)):
            raise ForbiddenError("robots.txt does not allow it", got=str(url)[:200])

    def _ask(self, url: httpx2.URL, headers: Mapping[str, str], most: MostBytes) -> Answer:
        asked_for = self._rules_of(url).gap_seconds if self._obeys_robots else 0.0
        self._pace.take_turn(url.host, max(self._gap_seconds, asked_for), self._until)
        self.requests += 1
        return self._fetcher.ask(url, headers, most)

    def _rules_of(self, url: httpx2.URL) -> RobotRules:
        origin = url.copy_with(raw_path=b"/robots.txt")
        found = self._rules.get(str(origin))
        if found is None:
            found = self._rules[str(origin)] = robot_rules(self._robots(origin))
        return found

    def _robots(self, url: httpx2.URL) -> Answer:
        """The answer to /robots.txt, which may be kept on another host; raises FetchError where nobody answers."""
        for _ in range(MOST_REDIRECTS + 1):
            self._pace.take_turn(url.host, self._gap_seconds, self._until)
            self.requests += 1
            answer = self._fetcher.ask(url, {}, MostBytes(ROBOTS_BYTES, is_cut=True))
            if answer.status not in REDIRECTS:
                if answer.status == TOO_MANY or answer.status >= SERVER_FAILS:
                    raise _refused(answer, "robots.txt cannot be read, so nothing is: the host answered")
                return answer
            url = redirected(url, answer)
        return Answer(str(url), 404, {}, b"")  # RFC 9309, 2.3.1.2: as if there were none


def bare_host(host: str) -> str:
    """A host without the `www.` that many have or have not."""
    return host.lower().rstrip(".").removeprefix("www.")


def redirected(url: httpx2.URL, answer: Answer) -> httpx2.URL:
    """Where an answer leads; raises FetchError where it says nothing that can be followed."""
    target = answer.headers.get("location", "")
    try:
        there = address_of(str(url.join(target)))
    except (httpx2.InvalidURL, UnicodeError, ValueError) as cause:
        raise FetchError("a redirect to nowhere", got=repr(target[:80])) from cause
    if url.scheme == "https" and there.scheme != "https":
        raise ForbiddenError("a redirect that gives up encryption", got=str(there)[:200])
    return there


def _usable(answer: Answer) -> Answer:
    if answer.status in (200, NOT_MODIFIED, *GONE):
        return answer
    raise _refused(answer, "the host answered")


def _refused(answer: Answer, what: str) -> FetchError:
    is_passing = answer.status in TRY_LATER
    after = retry_after_seconds(answer.headers.get("retry-after", ""), datetime.now(UTC)) if is_passing else None
    return FetchError(
        f"{what} {answer.status}",
        got=str(answer.url)[:200],
        is_passing=is_passing,
        retry_after_seconds=after,
    )


def retry_after_seconds(text: str, now: datetime) -> float | None:
    """What Retry-After says, in seconds or as a date; None where it says neither."""
    if text.isascii() and text.isdigit() and len(text) < 10:
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError, IndexError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
