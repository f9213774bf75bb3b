"""robots.txt (RFC 9309) as it is said to us: by a kept parser, of which the groups for others are cut out before.

So its work grows with the file and no faster, whatever the file is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from protego import Protego

from store.fetching.requests import PRODUCT, Answer

ROBOTS_BYTES = 500 * 1024  # RFC 9309, 2.5: more need not be read
_AGENT_LINE = re.compile(r"^[ \t]*+user[ -]?agents?\b[ \t]*+:?+[ \t]*+([^\n#]*+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RobotRules:
    """What a host's robots.txt allows us; without `parser` everything."""

    parser: Protego | None = None

    def allows(self, url: str) -> bool:
        """Whether this address may be read."""
        return self.parser is None or bool(self.parser.can_fetch(url, PRODUCT))

    @property
    def gap_seconds(self) -> float:
        """The rest between two requests that the host asks for; 0 where it asks for none."""
        if self.parser is None:
            return 0.0
        rate = self.parser.request_rate(PRODUCT)
        return max(self.parser.crawl_delay(PRODUCT) or 0.0, rate.seconds / rate.requests if rate else 0.0)


def robot_rules(answer: Answer) -> RobotRules:
    """The rules that an answer to `/robots.txt` states; a host that gives us no such file allows everything."""
    return parse_robots(answer.body.decode("utf-8", "replace")) if answer.status == 200 else RobotRules()


def parse_robots(text: str) -> RobotRules:
    """The rules of a file's text."""
    return RobotRules(Protego.parse("\n".join(map(_for_us, text.removeprefix("\ufeff").splitlines()))))


def _for_us(line: str) -> str:
    """The line, but for one that names another robot: all of those get one name."""
    agent = _AGENT_LINE.match(line)
    if agent is None or agent[1].strip() == "*" or PRODUCT.casefold() in agent[1].casefold():
        return line
    return "User-agent: somebody-else"
