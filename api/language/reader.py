"""Which language somebody reads: what the request accepts (RFC 9110, 12.5.4), else what their account says."""

from __future__ import annotations

from functools import lru_cache

from starlette.types import Scope

from engine.explain import Locale

ACCEPT_LANGUAGE = b"accept-language"
# Browsers send some forty characters; what stands further on is not looked at.
LONGEST_HEADER, MOST_RANGES = 400, 20
CALLER = "chamba.caller"  # whoever asks, once it is known, in the scope of their request


def reader_locale(scope: Scope) -> Locale:
    """The language of whoever sent this request; English for somebody unknown, and for partner apps."""
    accepted = asked_locale(scope)
    if accepted is not None:
        return accepted
    caller = scope.get(CALLER)
    locale: Locale = Locale.EN if caller is None else caller.locale
    return locale


def asked_locale(scope: Scope) -> Locale | None:
    """The language that a request accepts; None where it says nothing of ours."""
    header = next((value for name, value in scope["headers"] if name == ACCEPT_LANGUAGE), b"")
    return accepted_locale(header.decode("latin-1")) if header else None


@lru_cache(maxsize=256)
def accepted_locale(header: str) -> Locale | None:
    """The language of ours that an `Accept-Language` header weighs most, the first of equals; None where it has none.

    `*` is any language: then the account's is as good as another.
    """
    best: Locale | None = None
    most = 0.0
    for text in header[:LONGEST_HEADER].split(",")[:MOST_RANGES]:
        language, _, parameters = text.strip().partition(";")
        locale = _LOCALES.get(language.strip().partition("-")[0].lower())
        weight = _weight(parameters)
        if locale is not None and weight > most:
            best, most = locale, weight
    return best


def _weight(parameters: str) -> float:
    name, _, value = parameters.partition("=")
    if not parameters.strip():
        return 1.0
    try:
        weight = float(value) if name.strip().lower() == "q" else 0.0
    except ValueError:
        return 0.0
    return weight if 0.0 <= weight <= 1.0 else 0.0


_LOCALES = {locale.value: locale for locale in Locale}
