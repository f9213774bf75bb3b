"""What every answer tells browsers and caches: it is what it says it is, stands in no frame and is stored nowhere.

An answer that says otherwise itself is left as it is; of the documentation's files only that they are what they say.
"""

from __future__ import annotations

from starlette.types import Message, Send

NO_SNIFFING = (b"x-content-type-options", b"nosniff")
NO_REFERRER = (b"referrer-policy", b"no-referrer")
# For JSON, which no browser should show as a page; pages have a policy of their own.
POLICY = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")
NO_STORE = (b"cache-control", b"no-store")
CACHED_PATHS = ("/docs-files/", "/docs", "/redoc", "/openapi.json")


def with_answer_headers(path: str, send: Send) -> Send:
    """`send`, which adds to an answer's headers what it does not state."""
    added = (NO_SNIFFING, NO_REFERRER, POLICY, *(() if path.startswith(CACHED_PATHS) else (NO_STORE,)))

    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            stated = message.get("headers", ())
            names = {name for name, _ in stated}
            message["headers"] = [*stated, *(header for header in added if header[0] not in names)]
        await send(message)

    return send_with_headers
