"""What messages are in Spanish: `spanish.toml`, by their form in English; what pydantic finds, by its kind of error."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from engine.errors import GOES_ON, Message
from engine.explain import Locale

VALIDATION = "pydantic:"  # begins the keys of what pydantic finds itself


def in_language(text: str, locale: Locale) -> str:
    """A text of ours in a language: its translation with its values; what is no message of ours stays as it is."""
    if locale is Locale.EN:
        return str(text)
    form = spanish().get(text.key if isinstance(text, Message) else text)
    if form is None:
        return str(text)
    return form.format_map(_values(text, locale)) if isinstance(text, Message) and text.values else form


@cache
def spanish() -> Mapping[str, str]:
    """The form in Spanish of each message, by its key."""
    tables: dict[str, dict[str, str]] = tomllib.loads(files("api.language").joinpath("spanish.toml").read_text("utf-8"))
    validation = {VALIDATION + kind: form for kind, form in tables["pydantic"].items()}
    return tables["messages"] | validation


def _values(message: Message, locale: Locale) -> dict[str, object]:
    values = {
        name: in_language(value, locale) if isinstance(value, Message) else value
        for name, value in message.values.items()
    }
    return values | {"this": str(values["this"]).removesuffix(".")} if message.key == GOES_ON else values
