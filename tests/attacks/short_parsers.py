"""Parsers of outside text that is capped before it is read, or is not text: fuzzed like the others, but not grown."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

from api.accounts.service.phones import require_phone
from api.credentials.devices import device_name
from api.delivering.webhook_addresses import webhook_url
from api.http.connections import counted_address
from api.http.pagination import page
from api.language.reader import accepted_locale
from api.schemas.email_addresses import require_email
from engine.documents.terms import read_moment
from engine.explain import Locale
from store.feeds.xml_items import root_name
from store.fetching.bodies import gunzipped
from store.fetching.errors import FetchError
from store.fetching.visiting import retry_after_seconds
from store.hiring.employers import require_tax_id
from store.hiring.messages import filled, placeholders_in
from store.importers.cv.formats import cv_kind
from tests.attacks.parsers import CASES, ParserCase

NOW = datetime(2026, 1, 7, tzinfo=UTC)
MOST_BYTES = 2**20


def _gzip(text: str) -> object:
    with suppress(FetchError):
        return gunzipped(b"\x1f\x8b" + text.encode("utf-8", "replace"), MOST_BYTES)
    return None


def _address(text: str) -> object:
    with suppress(ValueError):  # of a socket of this machine, as its callers know
        return counted_address(text)
    return None


def _cv(text: str) -> object:
    return cv_kind(text.encode("utf-8", "replace"))


def _template(text: str) -> str:
    return filled(text, dict.fromkeys(placeholders_in(text), "Rosa"))


SHORT_CASES: dict[str, ParserCase] = {
    "mail address": ParserCase(require_email, (), ("rosa@", "correo.pe", "@xn--", '"a"@', "[127.0.0.1]", "=?utf-8?q?")),
    "phone": ParserCase(lambda text: require_phone(text, "PE", Locale.ES), (), ("+51 987", ";ext=", "tel:", "(01) ")),
    "webhook": ParserCase(
        lambda text: webhook_url(text, allows_loopback=True),
        (),
        ("https://", "a.pe", ":443", "[::1]", "?a=", "xn--", "%2"),
    ),
    "tax id": ParserCase(require_tax_id, (), ("20", "10", "20100070970", "²", "٣")),
    "Retry-After": ParserCase(
        lambda text: retry_after_seconds(text, NOW),
        (),
        ("120", "Wed, ", "21 Oct ", "2026 ", "07:28:00 ", "GMT", "+9999"),
    ),
    "template": ParserCase(_template, (), ("{name}", "{", "}", "{{", "{job")),
    "gzip": ParserCase(_gzip, (), ("\x08", "\x08\0\0\0\0\0\0\x03", "\x08\x04", "\x08\x1f")),
    "CV file": ParserCase(_cv, (), ("%PDF-1.7\n", "PK\x03\x04", "PK\x05\x06", "PK\x01\x02", "{\\rtf1", "startxref")),
    "packed CV file": ParserCase(
        _cv, (), ("PK\x05\x06", "\0" * 18, "\0\x01", "word/document.xml"), before="PK\x03\x04"
    ),
    "moment": ParserCase(read_moment, (), ("2026-01-07", "T09:00", "Z", "+24:00", "-05:00", "W01-1", ",5")),
    "languages of a reader": ParserCase(accepted_locale, (), ("es-PE", ";q=", "0.5", "*", ", ", "en", ";q=1e400")),
    "device": ParserCase(device_name, (), ("Mozilla/5.0 (", "Android", "Chrome/", "iPhone; ", "Firefox/")),
    "address of a caller": ParserCase(_address, (), ("::1", "127.0.0.1", "::ffff:", "%eth0", "fe80::", ".")),
    "cursor": ParserCase(lambda text: page(20, text).key(2), (), ("WyIx", "Il0", "==", "-_", "WyJcdTAwMDAiXQ")),
    "root of a feed": ParserCase(
        lambda text: root_name(text.encode("utf-8", "replace")),
        (),
        ("<?xml version='1.0'?>", "<rss>", "<!DOCTYPE ", "&a;"),
    ),
}
# What `make fuzz` and its replay read.
FUZZED = CASES | SHORT_CASES
