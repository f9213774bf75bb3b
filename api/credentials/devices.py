"""What a device is called by the header that its program sends: a program and a system, and nothing else of it.

The header is the caller's own word: it is shown to the account's owner alone, so that they know their devices again.
"""

from __future__ import annotations

import re

from fastapi import Request

LONGEST_READ, LONGEST_NAME = 400, 40
UNKNOWN = "?"
# The first that is found: Edge, Opera and Samsung's call themselves Chrome too, and Chrome calls itself Safari.
_PROGRAMS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "CrOS": "ChromeOS",
    "Macintosh": "Mac",
    "Linux": "Linux",
}
_FIRST_NAME = re.compile(rf"[A-Za-z][A-Za-z0-9 ._-]{{0,{LONGEST_NAME - 1}}}")


def device_of(request: Request) -> str:
    """What the device that asks is called, such as `Chrome, Android`."""
    return device_name(request.headers.get("user-agent", ""))


def device_name(user_agent: str) -> str:
    """What a device of that header is called; of a program that is no browser, its first name; `?` for none."""
    read = user_agent[:LONGEST_READ]
    found = [next((name for sign, name in signs.items() if sign in read), None) for signs in (_PROGRAMS, _SYSTEMS)]
    named = ", ".join(name for name in found if name)
    if named:
        return named
    first = _FIRST_NAME.match(read)
    return first.group().strip() if first else UNKNOWN
