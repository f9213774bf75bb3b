"""A call of curl as a request to an app."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fastapi.testclient import TestClient

HOSTS = frozenset({"127.0.0.1:8000"})


def ask(client: TestClient, arguments: list[str]) -> Any:
    """The app's answer to what curl was called with."""
    method, headers, body, url = "", {}, None, ""
    words = iter(arguments)
    for word in words:
        match word:
            case "-s" | "-i":
                continue
            case "-X":
                method = next(words)
            case "-H":
                name, _, value = next(words).partition(": ")
                headers[name] = value
            case "-d":
                body = next(words)
            case "--data-binary":
                body = Path(next(words).removeprefix("@")).read_bytes().decode()
            case _:
                assert word.startswith("http"), f"curl is called with {word!r}, which no test knows"
                url = word
    parts = urlsplit(url)
    assert parts.netloc in HOSTS, f"{url}: a page asks the server that it told to start, at {HOSTS}"
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    usual = "GET" if body is None else "POST"
    return client.request(method or usual, path, headers=headers, content=None if body is None else body.encode())
