"""What somebody is told whose connection ends before an answer of the app: RFC 9457 problems, as whole HTTP answers."""

from __future__ import annotations

from http import HTTPStatus

import orjson

from api.http.metrics import Refusal
from api.http.problems import PROBLEM_MEDIA_TYPE, ProblemError, ProblemKind
from api.language.catalogue import in_language
from engine.explain import Locale

_HEADERS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
AGAIN = {"Retry-After": "5"}


def refusal_answer(refusal: Refusal) -> bytes:
    """The whole answer, after which the connection ends; empty where there is nothing to say."""
    return _ANSWERS.get(refusal, b"")


def _answer(kind: ProblemKind, detail: str, headers: dict[str, str] | None = None) -> bytes:
    messages = {locale.value: in_language(detail, locale) for locale in Locale}  # nothing is known of who reads it
    body = orjson.dumps(ProblemError(kind, detail, {"messages": messages}).document())
    stated = {
        "Content-Type": PROBLEM_MEDIA_TYPE,
        "Content-Language": "en, es",
        "Content-Length": str(len(body)),
        "Connection": "close",
        **_HEADERS,
    }
    lines = [f"{name}: {value}" for name, value in {**stated, **(headers or {})}.items()]
    status = HTTPStatus(kind.status)
    return "\r\n".join([f"HTTP/1.1 {status.value} {status.phrase}", *lines, "", ""]).encode() + body


_FULL = "no more connections can be held just now; use fewer at once and try again in 5 s"
_SLOW = "expected the whole request sooner; send it again, faster"
_ANSWERS = {
    Refusal.MOST_CONNECTIONS: _answer(ProblemKind.OVERLOADED, _FULL, AGAIN),
    Refusal.ADDRESS: _answer(
        ProblemKind.OVERLOADED,
        "from this address no more connections can be held just now; use fewer at once and try again in 5 s",
        AGAIN,
    ),
    Refusal.DESCRIPTORS: _answer(ProblemKind.OVERLOADED, _FULL, AGAIN),
    Refusal.STOPPING: _answer(ProblemKind.OVERLOADED, "the server stops; try again in 5 s", AGAIN),
    Refusal.SLOW_HEADERS: _answer(ProblemKind.REQUEST_TIMEOUT, _SLOW),
    Refusal.SLOW_BODY: _answer(ProblemKind.REQUEST_TIMEOUT, _SLOW),
    Refusal.LARGE_HEADERS: _answer(ProblemKind.HEADERS_TOO_LARGE, "expected fewer and shorter headers"),
    Refusal.LARGE_BODY: _answer(ProblemKind.BODY_TOO_LARGE, "the body is far larger than any that is taken"),
}
