"""The page of an address that stops notices: it asks first, and says what was stopped."""

from __future__ import annotations

from html import escape

from fastapi.responses import HTMLResponse

from engine.explain import Locale
from store.notices.texts import NoticeGroup, frame

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
}
_PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>body{{font:1.1rem/1.5 sans-serif;max-width:34rem;margin:2rem auto;padding:0 1rem}}
button{{font:inherit;padding:.7rem 1rem}}</style></head><body><h1>{title}</h1>{body}</body></html>
"""


def asking_page(group: NoticeGroup, locale: Locale) -> HTMLResponse:
    """Asks; nothing has changed."""
    around = frame()[locale]
    question = around["stop_question"].format(what=around[f"group_{group}"])
    form = f'<form method="post"><button>{escape(around["stop_button"])}</button></form>'
    return _page(locale, f"<p>{escape(question)}</p>{form}<p>{escape(around['stop_nothing'])}</p>")


def done_page(group: NoticeGroup, locale: Locale) -> HTMLResponse:
    """Says what is mailed no more."""
    around = frame()[locale]
    return _page(locale, f"<p>{escape(around['stop_done'].format(what=around[f'group_{group}']))}</p>")


def _page(locale: Locale, body: str) -> HTMLResponse:
    title = escape(frame()[locale]["stop_title"])
    return HTMLResponse(_PAGE.format(lang=locale, title=title, body=body), headers=HEADERS)
